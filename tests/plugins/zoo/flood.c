/* Proposes without end, whatever it is told. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  rin_action action = polite_action("");
  for (;;) sink->push(sink->ctx, &action, 1, sizeof action);
  return RIN_OK;
}
