/* Answers in its worker's name, twice: this question, and the next one ahead of it. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  static const unsigned char fields[5] = { 0 };
  unsigned char bytes[2 * 21];
  uint64_t turn = find_turn(batch);
  size_t n = put_message(bytes, 9, turn, fields, sizeof fields);
  (void)it;
  n += put_message(bytes + n, 9, turn, fields, sizeof fields);
  write_everywhere(bytes, n);
  return push_told(sink);
}
