/* Lays hands on its host: looks into it, stops it, signals it and everybody else. The signal is one that does no harm
 * where it arrives. */
#define OWN_PROPOSE
#include "zoo.h"
#include <sys/ptrace.h>
#include <sys/resource.h>

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  tell("attach", ptrace(PTRACE_SEIZE, getppid(), NULL, NULL));
  tell("kill", syscall(SYS_kill, (long)atoi(it->target), SIGURG));
  tell("group", syscall(SYS_kill, 0L, SIGURG));
  tell("tgkill", syscall(SYS_tgkill, (long)atoi(it->target), (long)atoi(it->target), SIGURG));
  tell("queue", syscall(SYS_rt_sigqueueinfo, (long)atoi(it->target), SIGURG, NULL));
  tell("pidfd", syscall(SYS_pidfd_open, (long)atoi(it->target), 0));
  tell("read", syscall(SYS_process_vm_readv, (long)atoi(it->target), NULL, 0, NULL, 0, 0));
  tell("nice", setpriority(PRIO_PROCESS, 0, -1));
  return push_told(sink);
}
