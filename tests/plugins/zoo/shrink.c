/* Shortens every file it finds open, among them the memory it shares with its host. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  int done = 0;
  for (int fd = 0; fd < 1024; fd++) {
    done += ftruncate(fd, 0) == 0;
    done += syscall(SYS_fallocate, fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0L, 4096L) == 0;
    done += fcntl(fd, 1033, 0) == 0;
  }
  tell_text("shortened", done == 0 ? "none" : "some");
  return push_told(sink);
}
