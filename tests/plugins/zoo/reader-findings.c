/* Reports findings without end. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_READ
#include "zoo.h"

static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink) {
  (void)it; (void)source; (void)sink;
  rin_finding finding;
  memset(&finding, 0, sizeof finding);
  finding.severity = RIN_NOTE;
  finding.code = text("again");
  finding.text.en = finding.text.de = text("Again.");
  finding.count = 1;
  for (int n = 0; n < 1000000; n++) {
    if (sink->findings(sink->ctx, &finding, 1, sizeof finding) != RIN_OK) return RIN_E_CANCELLED;
  }
  return RIN_OK;
}
