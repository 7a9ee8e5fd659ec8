/* Asks for bytes that are not there: beyond the end, of no file, into no memory. */
#define PROVIDES RIN_PROVIDES_READER
#define OWN_READ
#include "zoo.h"

static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink) {
  (void)it; (void)source; (void)sink;
  uint8_t room[64];
  rin_finding finding;
  char line[256];
  snprintf(line, sizeof line, "beyond %d, none %d, null %d, wide %d",
    (int)source->read_at(source->ctx, 0, UINT64_MAX, room, sizeof room),
    (int)source->read_at(source->ctx, UINT64_MAX, 0, room, sizeof room),
    (int)source->read_at(source->ctx, 0, 0, NULL, sizeof room),
    (int)source->read_at(source->ctx, 0, 5, room, UINT64_MAX));
  memset(&finding, 0, sizeof finding);
  finding.severity = RIN_NOTE;
  finding.code = text("tried");
  finding.text.en = finding.text.de = text(line);
  finding.count = 1;
  return sink->findings(sink->ctx, &finding, 1, sizeof finding);
}
