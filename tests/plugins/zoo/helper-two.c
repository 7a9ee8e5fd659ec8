/* Exports a function that another plugin exports too. */
#define OWN_PROPOSE
#include "zoo.h"

RIN_EXPORT int helper(void);
int helper(void) { return 777; }

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  tell_text("helper", helper() == 777 ? "own" : "foreign");
  return push_told(sink);
}
