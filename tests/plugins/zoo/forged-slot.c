/* Says in its worker's name that a slot there is none of is full. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  static const unsigned char bytes[] = { 9, 0, 0, 0, 5, 0, 0, 0, 1, 255, 0, 0, 0, 255, 255, 255, 127 };
  for (int fd = 3; fd < 64; fd++) {
    if (write(fd, bytes, sizeof bytes) < 0) continue;
  }
  return push_told(sink);
}
