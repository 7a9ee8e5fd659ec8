/* Offers a reader at a place where there is none. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_EXTENSION
#include "zoo.h"

static const void *on_extension(animal *it, rin_str id) {
  (void)it; (void)id;
  return (const void *)16;
}
