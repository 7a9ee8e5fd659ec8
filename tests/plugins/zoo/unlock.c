/* Makes the columns it was lent writable, and then writes. */
#define OWN_PROPOSE
#include "zoo.h"

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) {
  (void)it; (void)batch; (void)sink;
  uintptr_t page = (uintptr_t)batch->cols[0].data & ~(uintptr_t)4095;
  tell("mprotect", mprotect((void *)page, 4096, PROT_READ | PROT_WRITE));
  return push_told(sink);
}
