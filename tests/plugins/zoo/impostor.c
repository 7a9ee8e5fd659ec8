/* Says that it is somebody else than its manifest. */
#define NAME "org.rin.zoo.calm"
#include "zoo.h"

static UNUSED const char who[] = NAME;
