/* A strategy in C against the bare header: who has been silent for long gets a letter.
 * It starts no threads and opens nothing; all it knows comes with the call, and all it says goes into the sink. */
#include <math.h>
#include <stdlib.h>
#include "rin_plugin.h"

#define AT_ONCE 64 /* how many actions are handed over together */

typedef struct plugin { const rin_host *host; float write_after_days; } plugin;

/* The same ids, in the same order, as in plugin.toml. Texts stand there alone: people read the manifest's. */
#define NO_TEXT { { NULL, 0 }, { NULL, 0 } }
static const uint32_t columns[] = { RIN_COL_SILENCE_DAYS, RIN_COL_CONTACT_DAYS };
static const rin_param params[] = { { RIN_STR("write-after-days"), NO_TEXT, RIN_P_NUMBER, 0, 1, 365, 30, { NULL, 0 } } };
static const rin_kind kinds[] = { { RIN_STR("write"), NO_TEXT } };
static const rin_kind reasons[] = { { RIN_STR("silent"), NO_TEXT } };
static const rin_descriptor descriptor = {
  sizeof(rin_descriptor), RIN_PROVIDES_STRATEGY, 2, 1, 1, 1, /* columns, params, kinds, reasons */
  RIN_STR("org.example.postbox"), RIN_STR("0.1.0"), RIN_STR("The postbox"), RIN_STR("MIT"), RIN_STR("postbox"),
  columns, params, kinds, reasons
};

/* Arrow's bitmap: a set bit says that the row has a value; without a bitmap all have one. */
static int has(const rin_column *column, uint64_t row) {
  return column->validity == NULL || (column->validity[row / 8] >> (row % 8) & 1);
}

static int32_t propose(void *self, const rin_batch *batch, const rin_sink *sink) {
  const plugin *it = (const plugin *)self;
  const rin_column *silence = &batch->cols[0], *contacts = &batch->cols[1]; /* in the descriptor's order */
  rin_action actions[AT_ONCE];
  uint64_t row, n = 0;
  for (row = 0; row < batch->n_rows; row++) {
    const rin_action none = { 0 };
    float silent, days;
    if (row % 4096 == 0 && it->host->cancelled(it->host->ctx)) return RIN_E_CANCELLED;
    if (!has(silence, row) || !has(contacts, row)) continue;
    silent = ((const float *)silence->data)[row];
    if (!isfinite(silent) || silent < it->write_after_days) continue;
    days = (float)((const uint32_t *)contacts->data)[row];
    actions[n] = none;
    actions[n].row = row;
    actions[n].minutes = 30.0f;
    actions[n].effect = (days + 1.0f) / (days + 1.0f + silent * 0.25f); /* say where yours comes from */
    actions[n].due_days = INFINITY;
    actions[n].confidence = 0.5f;
    if (++n == AT_ONCE) {
      const int32_t status = sink->push(sink->ctx, actions, n, sizeof actions[0]);
      if (status != RIN_OK) return status; /* the host wants no more */
      n = 0;
    }
  }
  return n == 0 ? RIN_OK : sink->push(sink->ctx, actions, n, sizeof actions[0]);
}

static int32_t reset(void *self) { (void)self; return RIN_OK; } /* nothing is kept from one call to the next */
static const void *get_extension(void *self, rin_str id) { (void)self; (void)id; return NULL; }
static int32_t destroy(void *self) { free(self); return RIN_OK; }
static const rin_descriptor *describe(void) { return &descriptor; }

/* The values come in the order of the parameters, checked by the host against their ranges. */
static int32_t create(const rin_host *host, const rin_value *values, uint64_t n_values, rin_instance *out) {
  plugin *it;
  if (host == NULL || values == NULL || n_values != 1 || out == NULL || out->size < sizeof *out) return RIN_E_ARG;
  it = (plugin *)malloc(sizeof *it);
  if (it == NULL) return RIN_E_INTERNAL;
  it->host = host;
  it->write_after_days = (float)values[0].number;
  out->self = it;
  out->propose = propose;
  out->reset = reset;
  out->get_extension = get_extension;
  out->destroy = destroy;
  return RIN_OK;
}

/* The one exported symbol. C has no panics, so none can leave: RIN_F_UNWINDS_CAUGHT is true. */
const rin_entry rin_plugin_entry = {
  RIN_MAGIC, sizeof(rin_entry), RIN_ABI_MAJOR, RIN_ABI_MINOR, RIN_F_UNWINDS_CAUGHT, RIN_LAYOUT, 0, describe, create
};
