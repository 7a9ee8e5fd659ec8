/* Stops itself, so that nothing can be heard of it. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  tell("stop", kill(getpid(), SIGSTOP));
  tell("stop-thread", syscall(SYS_tgkill, getpid(), gettid(), SIGSTOP));
  for (;;) sleep(1);
  return RIN_OK;
}
