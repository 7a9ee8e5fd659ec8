/* Makes another process. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  tell("fork", syscall(SYS_fork));
  tell("vfork", syscall(SYS_vfork));
  tell("clone", syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
  tell("clone3", syscall(SYS_clone3, NULL, 0));
  return push_told(sink);
}
