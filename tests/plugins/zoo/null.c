/* Hands over proposals that are nowhere. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  return sink->push(sink->ctx, NULL, 3, sizeof(rin_action));
}
