/* A plugin as it was written for ABI 1.0. It is built against the header beside it and must load for ever: a strategy, a
 * reader and norms, so that every struct of 1.0 crosses the boundary. Never change it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "rin_plugin.h"

typedef struct plugin { const rin_host *host; float threshold; } plugin;

#define NO_TEXT { { NULL, 0 }, { NULL, 0 } }
static const uint32_t columns[] = { RIN_COL_SILENCE_DAYS, RIN_COL_CONTACT_DAYS, RIN_COL_ALIVE | RIN_COL_OPTIONAL };
static const rin_param params[] = { { RIN_STR("threshold"), NO_TEXT, RIN_P_NUMBER, 0, 0, 10000, 30, { NULL, 0 } } };
static const rin_kind kinds[] = { { RIN_STR("hello"), NO_TEXT } };
static const rin_kind reasons[] = { { RIN_STR("silent"), NO_TEXT } };
static const rin_descriptor descriptor = {
  sizeof(rin_descriptor), RIN_PROVIDES_STRATEGY | RIN_PROVIDES_READER, 3, 1, 1, 1,
  RIN_STR("org.rin.kept"), RIN_STR("1.0.0"), RIN_STR("Kept from 1.0"), RIN_STR("MIT OR Apache-2.0"), RIN_STR("kept"),
  columns, params, kinds, reasons
};

static int32_t propose(void *self, const rin_batch *batch, const rin_sink *sink) {
  const plugin *it = (const plugin *)self;
  const rin_column *silence = &batch->cols[0], *contacts = &batch->cols[1];
  uint64_t row;
  for (row = 0; row < batch->n_rows; row++) {
    rin_action action;
    int32_t status;
    float silent;
    if (silence->validity != NULL && !(silence->validity[row / 8] >> (row % 8) & 1)) continue;
    silent = ((const float *)silence->data)[row];
    if (!(silent > it->threshold)) continue;
    memset(&action, 0, sizeof action);
    action.row = row;
    action.minutes = 5.0f;
    action.effect = 1.0f / (1.0f + (float)((const uint32_t *)contacts->data)[row]);
    action.due_days = INFINITY;
    action.confidence = 1.0f;
    status = sink->push(sink->ctx, &action, 1, sizeof action);
    if (status != RIN_OK) return status;
  }
  return RIN_OK;
}

static int32_t probe(void *self, const rin_source *source) {
  rin_entry_info info;
  memset(&info, 0, sizeof info);
  info.size = sizeof info;
  (void)self;
  if (source->n_entries != 1 || source->entry(source->ctx, 0, &info) != RIN_OK) return 0;
  return info.name.len == 8 && memcmp(info.name.ptr, "kept.txt", 8) == 0 ? 80 : 0;
}

/* Each byte of the file is the name of somebody who wrote to "me"; a space is a finding. */
static int32_t read_file(void *self, const rin_source *source, const rin_record_sink *sink) {
  const rin_account me = { RIN_STR("me"), { NULL, 0 }, RIN_STR("me"), RIN_STR("Me"), RIN_ACCOUNT_OWNER, 0, RIN_NO_MOMENT };
  const rin_coverage seen = { RIN_STR("me"), 0, 1u << RIN_INTERACTION_MESSAGE, 0, 0, RIN_NO_MOMENT, source->now_ms };
  uint8_t bytes[64];
  int32_t status = sink->accounts(sink->ctx, &me, 1, sizeof me);
  const int64_t n = source->read_at(source->ctx, 0, 0, bytes, sizeof bytes);
  int64_t i;
  (void)self;
  if (n < 0) {
    const rin_finding why = { RIN_ERROR, 0, RIN_STR("unreadable"), RIN_STR("kept.txt"), 0, 1, { RIN_STR("It cannot be read."), RIN_STR("Unlesbar.") } };
    sink->fail(sink->ctx, &why);
    return RIN_E_SOURCE;
  }
  for (i = 0; i < n && status == RIN_OK; i++) {
    const rin_str name = { (const char *)&bytes[i], 1 };
    if (bytes[i] == ' ') {
      const rin_finding gap = { RIN_NOTE, 0, RIN_STR("gap"), RIN_STR("kept.txt"), (uint64_t)i + 1, 1, { RIN_STR("A gap."), RIN_STR("Eine Lücke.") } };
      status = sink->findings(sink->ctx, &gap, 1, sizeof gap);
    } else {
      const rin_tie tie = { name, RIN_STR("me"), { NULL, 0 }, RIN_TIE_CONTACT, RIN_START_UNKNOWN, RIN_END_OPEN, 0, 0, 0, 0 };
      const rin_interaction one = { name, name, RIN_STR("me"), 1000 * (i + 1), RIN_INTERACTION_MESSAGE, 0 };
      status = sink->ties(sink->ctx, &tie, 1, sizeof tie);
      if (status == RIN_OK) status = sink->interactions(sink->ctx, &one, 1, sizeof one);
    }
  }
  if (status == RIN_OK) status = sink->coverage(sink->ctx, &seen, 1, sizeof seen);
  if (status == RIN_OK) status = sink->progress(sink->ctx, (uint64_t)n, (uint64_t)n);
  return status;
}

static const void *get_extension(void *self, rin_str id) {
  static const rin_reader reader = { sizeof reader, 0, probe, read_file };
  static const rin_norm norm = { RIN_STR("cooldown"), NULL, 0, RIN_RULE_COOLDOWN_DAYS, 0, 14, RIN_STR("kept from 1.0"), { RIN_STR("At most once in 14 days."), RIN_STR("H\xc3\xb6" "chstens alle 14 Tage.") } };
  static const rin_norms norms = { sizeof norms, 0, 1, &norm };
  (void)self;
  if (id.len == sizeof RIN_EXT_READER - 1 && memcmp(id.ptr, RIN_EXT_READER, id.len) == 0) return &reader;
  if (id.len == sizeof RIN_EXT_NORMS - 1 && memcmp(id.ptr, RIN_EXT_NORMS, id.len) == 0) return &norms;
  return NULL;
}

static int32_t reset(void *self) { (void)self; return RIN_OK; }
static int32_t destroy(void *self) { free(self); return RIN_OK; }
static const rin_descriptor *describe(void) { return &descriptor; }

static int32_t create(const rin_host *host, const rin_value *values, uint64_t n_values, rin_instance *out) {
  plugin *it;
  if (host == NULL || n_values != 1 || out == NULL || out->size < sizeof *out) return RIN_E_ARG;
  it = (plugin *)malloc(sizeof *it);
  if (it == NULL) return RIN_E_INTERNAL;
  it->host = host;
  it->threshold = (float)values[0].number;
  out->self = it;
  out->propose = propose;
  out->reset = reset;
  out->get_extension = get_extension;
  out->destroy = destroy;
  return RIN_OK;
}

const rin_entry rin_plugin_entry = {
  RIN_MAGIC, sizeof(rin_entry), RIN_ABI_MAJOR, RIN_ABI_MINOR, RIN_F_UNWINDS_CAUGHT, RIN_LAYOUT, 0, describe, create
};
