/* Logs ten million lines. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  for (int n = 0; n < 10000000; n++) say(it, RIN_LOG_ERROR, "still here");
  tell_text("logged", "all");
  return push_told(sink);
}
