/* Closes every file. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  for (int fd = 0; fd < 64; fd++) close(fd);
  return push_told(sink);
}
