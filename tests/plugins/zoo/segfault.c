/* Writes where no memory is. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  *(volatile int *)8 = 1;
  return push_told(sink);
}
