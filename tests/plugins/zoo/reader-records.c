/* Reports accounts without end. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_READ
#include "zoo.h"

#ifndef PATIENT
#define PATIENT 0
#endif

static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink) {
  (void)it; (void)source; (void)sink;
  rin_account account;
  memset(&account, 0, sizeof account);
  account.id = text("a");
  account.seen_ms = RIN_NO_MOMENT;
  for (;;) {
    int32_t status = sink->accounts(sink->ctx, &account, 1, sizeof account);
    if (status != RIN_OK && PATIENT) return status;
  }
}
