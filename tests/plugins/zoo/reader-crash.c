/* Crashes after the first record. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_READ
#include "zoo.h"

static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink) {
  (void)it; (void)source; (void)sink;
  rin_account account;
  memset(&account, 0, sizeof account);
  account.id = text("a");
  account.seen_ms = RIN_NO_MOMENT;
  sink->accounts(sink->ctx, &account, 1, sizeof account);
  abort();
}
