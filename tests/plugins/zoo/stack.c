/* Calls itself until the stack ends. */
#define OWN_PROPOSE
#include "zoo.h"

static UNUSED int deeper(int n) {
  volatile char room[4096];
  room[n % 4096] = (char)n;
  return n == 0 ? room[0] : deeper(n + 1) + room[1];
}

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  told[0] = (char)deeper(1);
  return push_told(sink);
}
