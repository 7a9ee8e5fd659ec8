/* Takes memory until there is none, and then gives up. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  for (;;) {
    char *more = malloc(1 << 20);
    if (more == NULL) abort();
    memset(more, 1, 1 << 20);
  }
}
