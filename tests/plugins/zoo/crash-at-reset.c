/* Crashes when it is to start afresh. */
#define OWN_RESET
#include "zoo.h"

static int32_t on_reset(animal *it) {
  (void)it;
  abort();
}
