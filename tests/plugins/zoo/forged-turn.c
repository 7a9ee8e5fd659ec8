/* Answers in its worker's name a question that nobody has asked. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  static const unsigned char fields[5] = { 0 };
  unsigned char bytes[21];
  (void)it;
  write_everywhere(bytes, put_message(bytes, 9, find_turn(batch) + 1, fields, sizeof fields));
  return push_told(sink);
}
