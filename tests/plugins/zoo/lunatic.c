/* Describes itself by a pointer to nowhere. */
#define OWN_DESCRIBE
#include "zoo.h"

static const rin_descriptor *on_describe(void) { return (const rin_descriptor *)16; }
