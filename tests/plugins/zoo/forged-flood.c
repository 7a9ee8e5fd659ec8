/* Hands over nothing in its worker's name, again and again, so that its host is never left waiting. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  static unsigned char bytes[17 * 20000];
  static const unsigned char nothing[1] = { 0 };
  uint64_t turn = find_turn(batch);
  (void)it; (void)sink;
  for (size_t n = 0; n < sizeof bytes; n += 17) put_message(bytes + n, 5, turn, nothing, 1);
  for (;;) {
    for (int fd = 10; fd < 16; fd++) {
      if (write(fd, bytes, sizeof bytes) > 0) break;
    }
  }
  return RIN_OK;
}
