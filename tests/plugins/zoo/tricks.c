/* Tries to get rights back. */
#define OWN_PROPOSE
#include "zoo.h"
#include <sys/prctl.h>
#include <sys/resource.h>

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
  char room[256] = { 0 };
  tell("dumpable", prctl(PR_SET_DUMPABLE, 1));
  tell("orphan", prctl(PR_SET_PDEATHSIG, 0));
  tell("filter", syscall(SYS_seccomp, 1, 0, room));
  tell("rlimit", setrlimit(RLIMIT_AS, &all));
  tell("prlimit", syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &all, NULL));
  tell("setuid", setuid(0));
  tell("setsid", setsid());
  tell("landlock", syscall(SYS_landlock_create_ruleset, NULL, 0, 1));
  return push_told(sink);
}
