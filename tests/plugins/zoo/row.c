/* Proposes something for a row there is none of. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  rin_action action = polite_action("");
  action.row = batch->n_rows;
  return sink->push(sink->ctx, &action, 1, sizeof action);
}
