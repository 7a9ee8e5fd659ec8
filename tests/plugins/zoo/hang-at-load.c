/* Never comes back from a constructor. */
#include "zoo.h"

__attribute__((constructor)) static void at_load(void) { for (volatile unsigned n = 0;; n++) {} }
