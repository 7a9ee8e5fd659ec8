/* Says that it hands over 2^40 proposals. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  rin_action action = polite_action("");
  return sink->push(sink->ctx, &action, 1ull << 40, sizeof action);
}
