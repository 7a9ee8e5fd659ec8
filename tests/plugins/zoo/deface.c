/* Writes into the columns it was lent. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  ((float *)(uintptr_t)batch->cols[0].data)[0] = 1.0f;
  tell_text("columns", "written");
  return push_told(sink);
}
