/* Names an account with 64 KiB and a byte. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_READ
#include "zoo.h"

static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink) {
  (void)it; (void)source; (void)sink;
  size_t n = RIN_MAX_TEXT + 1;
  char *name = malloc(n);
  rin_account account;
  memset(&account, 0, sizeof account);
  memset(name, 'n', n);
  account.id = text("a");
  account.name.ptr = name;
  account.name.len = n;
  account.seen_ms = RIN_NO_MOMENT;
  return sink->accounts(sink->ctx, &account, 1, sizeof account);
}
