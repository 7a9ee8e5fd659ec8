/* Crashes when it is ended. */
#define OWN_DESTROY
#include "zoo.h"

static int32_t on_destroy(animal *it) {
  (void)it;
  *(volatile int *)8 = 1;
  return RIN_OK;
}
