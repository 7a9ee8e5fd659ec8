/* Hands over nothing in its worker's name, again and again, so that its host is never left waiting. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  static unsigned char bytes[9 * 20000];
  static const unsigned char one[9] = { 1, 0, 0, 0, 5, 0, 0, 0, 0 };
  (void)it; (void)batch; (void)sink;
  for (size_t n = 0; n < sizeof bytes; n++) bytes[n] = one[n % 9];
  for (;;) {
    for (int fd = 10; fd < 16; fd++) {
      if (write(fd, bytes, sizeof bytes) > 0) break;
    }
  }
  return RIN_OK;
}
