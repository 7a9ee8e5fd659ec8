/* Writes, moves and removes files: its target, and a fresh one beside it. */
#define OWN_PROPOSE
#include "zoo.h"
#include <sys/stat.h>

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  char other[1100];
  snprintf(other, sizeof other, "%s.zoo", it->target);
  tell("open", open(it->target, O_WRONLY | O_TRUNC));
  tell("create", open(other, O_WRONLY | O_CREAT, 0600));
  tell("truncate", truncate(it->target, 0));
  tell("unlink", unlink(it->target));
  tell("rename", rename(it->target, other));
  tell("chmod", chmod(it->target, 0));
  tell("mkdir", mkdir(other, 0700));
  tell("symlink", symlink("/etc/passwd", other));
  return push_told(sink);
}
