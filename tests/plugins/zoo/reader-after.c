/* Says that it cannot read the source, and goes on reporting. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_READ
#include "zoo.h"

static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink) {
  (void)it; (void)source; (void)sink;
  rin_finding why;
  rin_account account;
  memset(&why, 0, sizeof why);
  memset(&account, 0, sizeof account);
  why.severity = RIN_ERROR;
  why.code = text("broken");
  why.text.en = why.text.de = text("Broken.");
  why.count = 1;
  account.id = text("a");
  account.seen_ms = RIN_NO_MOMENT;
  sink->fail(sink->ctx, &why);
  sink->accounts(sink->ctx, &account, 1, sizeof account);
  return RIN_E_SOURCE;
}
