/* Never comes back when it is ended. */
#define OWN_DESTROY
#include "zoo.h"

static int32_t on_destroy(animal *it) {
  (void)it;
  for (volatile unsigned n = 0;; n++) {}
  return RIN_OK;
}
