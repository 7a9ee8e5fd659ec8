/* Opens sockets of every family it can think of. */
#define OWN_PROPOSE
#include "zoo.h"
#include <sys/socket.h>

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  tell("inet", socket(AF_INET, SOCK_STREAM, 0));
  tell("inet6", socket(AF_INET6, SOCK_DGRAM, 0));
  tell("unix", socket(AF_UNIX, SOCK_STREAM, 0));
  tell("netlink", socket(AF_NETLINK, SOCK_RAW, 0));
  tell("pair", socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){ 0, 0 }));
  return push_told(sink);
}
