/* Blocks every signal and never comes back. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  for (int n = 1; n < 64; n++) signal(n, SIG_IGN);
  for (volatile unsigned n = 0;; n++) {}
  return RIN_OK;
}
