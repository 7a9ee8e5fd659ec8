/* Is 200 per cent sure. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_PROBE
#include "zoo.h"

static int32_t on_probe(animal *it, const rin_source *source) {
  (void)it; (void)source;

  return 200;
}
