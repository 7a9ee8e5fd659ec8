/* Listens on a port. */
#define OWN_PROPOSE
#include "zoo.h"
#include <netinet/in.h>
#include <sys/socket.h>

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  struct sockaddr_in here = { .sin_family = AF_INET };
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  tell("socket", fd);
  tell("bind", bind(fd, (struct sockaddr *)&here, sizeof here));
  tell("listen", listen(fd, 1));
  return push_told(sink);
}
