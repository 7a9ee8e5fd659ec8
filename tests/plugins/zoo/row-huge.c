/* Proposes something for the last row there could ever be. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  rin_action action = polite_action("");
  action.row = UINT64_MAX;
  return sink->push(sink->ctx, &action, 1, sizeof action);
}
