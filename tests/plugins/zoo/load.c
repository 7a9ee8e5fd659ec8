/* Tries what is forbidden in a constructor, before anybody asked it anything. */
#include "zoo.h"
#include <sys/socket.h>

__attribute__((constructor)) static void at_load(void) {
  tell("passwd", open("/etc/passwd", O_RDONLY));
  tell("socket", socket(AF_INET, SOCK_STREAM, 0));
  tell("fork", syscall(SYS_fork));
  tell("create", open("/tmp/rin-zoo-load", O_WRONLY | O_CREAT, 0600));
  tell("kill", syscall(SYS_kill, (long)getppid(), SIGURG));
}
