/* Prints a hundred megabytes on both outputs, then crashes. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  static char line[4096];
  memset(line, 'x', sizeof line - 1);
  for (int n = 0; n < 12800; n++) {
    fprintf(stdout, "%s\n", line);
    fprintf(stderr, "%s\n", line);
  }
  fflush(stdout);
  fprintf(stderr, "my last words\n");
  abort();
}
