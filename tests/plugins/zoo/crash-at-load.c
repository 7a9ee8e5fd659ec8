/* Crashes in a constructor, before anybody asked it anything. */
#include "zoo.h"

__attribute__((constructor)) static void at_load(void) { *(volatile int *)8 = 1; }
