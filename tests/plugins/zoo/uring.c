/* Asks for system calls to be made by somebody else. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  char room[256] = { 0 };
  tell("uring", syscall(SYS_io_uring_setup, 1, room));
  tell("bpf", syscall(SYS_bpf, 0, room, sizeof room));
  tell("userfault", syscall(SYS_userfaultfd, 0));
  tell("perf", syscall(SYS_perf_event_open, room, 0, -1, -1, 0));
  tell("unshare", syscall(SYS_unshare, 0x10000000));
  tell("memfd", syscall(SYS_memfd_create, "x", 0));
  return push_told(sink);
}
