/* The one that behaves: one proposal about the first row. */
#include "zoo.h"
