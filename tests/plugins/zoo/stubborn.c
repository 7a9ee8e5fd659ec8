/* Pushes on after it was told to stop, and says that all is well. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  rin_action action = polite_action("");
  action.row = batch->n_rows;
  sink->push(sink->ctx, &action, 1, sizeof action);
  action.row = 0;
  sink->push(sink->ctx, &action, 1, sizeof action);
  return RIN_OK;
}
