/* Says in its worker's name that it is ready, when it was asked about a batch. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  static const unsigned char fields[3] = { 1, 1, 1 };
  unsigned char bytes[19];
  (void)it;
  write_everywhere(bytes, put_message(bytes, 2, find_turn(batch), fields, sizeof fields));
  return push_told(sink);
}
