/* Becomes another program. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  char *arguments[] = { "/bin/true", NULL };
  tell("exec", execv("/bin/true", arguments));
  tell("execveat", syscall(SYS_execveat, AT_FDCWD, "/bin/true", arguments, NULL, 0));
  return push_told(sink);
}
