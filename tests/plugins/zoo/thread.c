/* Starts a thread. */
#define OWN_PROPOSE
#include "zoo.h"
#include <pthread.h>

static void *body(void *nothing) { return nothing; }

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  pthread_t thread;
  errno = pthread_create(&thread, NULL, body, NULL);
  tell("thread", errno == 0 ? 0 : -1);
  return push_told(sink);
}
