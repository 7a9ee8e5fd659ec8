/* Says that it has a billion columns. */
#define OWN_DESCRIBE
#include "zoo.h"

static const rin_descriptor *on_describe(void) {
  descriptor.n_columns = 1u << 30;
  return &descriptor;
}
