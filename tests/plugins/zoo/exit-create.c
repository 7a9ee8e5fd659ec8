/* Ends the process while it is made. */
#define OWN_CREATE
#include "zoo.h"

static int32_t on_create(animal *it) {
  (void)it;
  _exit(0);
}
