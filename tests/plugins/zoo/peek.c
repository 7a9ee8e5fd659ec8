/* Reads files: its own library, the accounts of this computer, and its target. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  tell("self", open("/proc/self/exe", O_RDONLY));
  tell("maps", open("/proc/self/maps", O_RDONLY));
  tell("passwd", open("/etc/passwd", O_RDONLY));
  tell("cache", open("/etc/ld.so.cache", O_RDONLY));
  tell("target", open(it->target, O_RDONLY));
  tell("openat2", syscall(SYS_openat2, AT_FDCWD, it->target, NULL, 0));
  tell("stat", access(it->target, F_OK));
  tell("folder", open("/", O_RDONLY | O_DIRECTORY));
  return push_told(sink);
}
