/* Tells what it was born with: variables, and files that answer. */
#define OWN_PROPOSE
#include "zoo.h"
#include <sys/stat.h>

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  char found[256] = "";
  extern char **environ;
  tell_text("environment", environ == NULL || *environ == NULL ? "empty" : *environ);
  for (int fd = 0; fd < 1024; fd++) {
    struct stat about;
    size_t n = strlen(found);
    if (syscall(SYS_fstat, fd, &about) == 0) snprintf(found + n, sizeof found - n, "%d:%o ", fd, about.st_mode >> 12);
  }
  tell_text("files", found);
  return push_told(sink);
}
