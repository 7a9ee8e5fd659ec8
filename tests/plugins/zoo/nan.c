/* Proposes with figures that are none. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  rin_action action = polite_action("");
  action.effect = 0.0f / 0.0f;
  return sink->push(sink->ctx, &action, 1, sizeof action);
}
