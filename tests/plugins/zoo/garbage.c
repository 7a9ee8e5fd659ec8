/* Writes nonsense into every file it finds open. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  unsigned char bytes[4096];
  for (size_t n = 0; n < sizeof bytes; n++) bytes[n] = (unsigned char)(n * 167 + 13);
  for (int fd = 3; fd < 64; fd++) {
    if (write(fd, bytes, sizeof bytes) < 0) continue;
  }
  return push_told(sink);
}
