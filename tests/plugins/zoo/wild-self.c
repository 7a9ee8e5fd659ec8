/* Describes itself with a name of 2^60 bytes. */
#define OWN_DESCRIBE
#include "zoo.h"

static const rin_descriptor *on_describe(void) {
  descriptor.name.len = 1ull << 60;
  return &descriptor;
}
