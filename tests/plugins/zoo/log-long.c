/* Logs one line of a megabyte, and one that is no text. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  size_t n = 1 << 20;
  char *line = malloc(n + 1);
  rin_str odd = { "\xff\x1b[31m", 6 };
  memset(line, 'y', n);
  line[n] = 0;
  say(it, RIN_LOG_ERROR, line);
  it->host->log(it->host->ctx, RIN_LOG_ERROR, odd, odd);
  it->host->log(it->host->ctx, 99, odd, odd);
  free(line);
  tell_text("logged", "both");
  return push_told(sink);
}
