/* Connects to the port that is its target, over a socket or over whatever file is open. */
#define OWN_PROPOSE
#include "zoo.h"
#include <netinet/in.h>
#include <sys/socket.h>

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(it->target)) };
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  tell("socket", fd);
  tell("connect", connect(fd, (struct sockaddr *)&there, sizeof there));
  for (fd = 0; fd < 16; fd++) {
    if (sendto(fd, "x", 1, 0, (struct sockaddr *)&there, sizeof there) == 1) tell("sendto", 0);
  }
  tell("sendto-3", sendto(3, "x", 1, 0, (struct sockaddr *)&there, sizeof there));
  return push_told(sink);
}
