/* Says in its worker's name that a slot there is none of is full. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  static const unsigned char fields[9] = { 1, 255, 0, 0, 0, 255, 255, 255, 127 };
  unsigned char bytes[25];
  (void)it;
  write_everywhere(bytes, put_message(bytes, 5, find_turn(batch), fields, sizeof fields));
  return push_told(sink);
}
