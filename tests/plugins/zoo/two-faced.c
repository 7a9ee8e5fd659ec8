/* Describes itself differently from the second time on. */
#define OWN_DESCRIBE
#include "zoo.h"

static const rin_descriptor *on_describe(void) {
  static int asked;
  if (asked++ != 0) descriptor.n_columns = 1;
  return &descriptor;
}
