/* Points with a note at memory that is not there. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  rin_action action = polite_action("");
  action.note.ptr = (const char *)16;
  action.note.len = 8;
  return sink->push(sink->ctx, &action, 1, sizeof action);
}
