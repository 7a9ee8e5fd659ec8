/* A strategy in C against the bare header. It computes the rule of tests/plugins/probe, bit for bit, so build it with
 * -ffp-contract=off. The ODD_* macros make the broken libraries that a host must refuse. */
#include <stdlib.h>
#include <string.h>
#include "rin_plugin.h"

#ifndef ODD_MAGIC
#define ODD_MAGIC RIN_MAGIC
#endif
#ifndef ODD_MAJOR
#define ODD_MAJOR RIN_ABI_MAJOR
#endif
#ifndef ODD_MINOR
#define ODD_MINOR RIN_ABI_MINOR
#endif
#ifndef ODD_LAYOUT
#define ODD_LAYOUT RIN_LAYOUT
#endif
#ifndef ODD_SIZE
#define ODD_SIZE sizeof(rin_entry)
#endif
#ifndef ODD_VERSION
#define ODD_VERSION "0.1.0"
#endif
#ifndef ODD_DESCRIBES
#define ODD_DESCRIBES 1
#endif
#ifndef ODD_STRIDE
#define ODD_STRIDE sizeof(rin_action)
#endif
#ifndef ODD_COUNT
#define ODD_COUNT n
#endif

#ifndef ODD_FORGETS
#define ODD_FORGETS 0
#endif
#ifndef ODD_SECOND
#define ODD_SECOND 0
#endif

/* How often it was reset, and how many instances there were: what must not be felt. */
static unsigned resets, creations;

typedef struct plugin { const rin_host *host; float threshold; } plugin;

static const uint32_t columns[] = { RIN_COL_SILENCE_DAYS, RIN_COL_CONTACT_DAYS };
static const rin_param params[] = { { RIN_STR("threshold"), { { NULL, 0 }, { NULL, 0 } }, RIN_P_NUMBER, 0, 0, 10000, 30, { NULL, 0 } } };
static const rin_kind kinds[] = { { RIN_STR("hello"), { { NULL, 0 }, { NULL, 0 } } }, { RIN_STR("visit"), { { NULL, 0 }, { NULL, 0 } } } };
static const rin_kind reasons[] = { { RIN_STR("silent"), { { NULL, 0 }, { NULL, 0 } } } };
static const rin_descriptor descriptor = {
  sizeof(rin_descriptor), RIN_PROVIDES_STRATEGY, 2, 1, 2, 1,
  RIN_STR("org.rin.c-strategy"), RIN_STR(ODD_VERSION), RIN_STR("A strategy in C"), RIN_STR("MIT OR Apache-2.0"), RIN_STR("probe"),
  columns, params, kinds, reasons
};

static int valid(const rin_column *column, uint64_t row) {
  return column->validity == NULL || (column->validity[row / 8] >> (row % 8) & 1);
}

static int32_t propose(void *self, const rin_batch *batch, const rin_sink *sink) {
  const plugin *it = (const plugin *)self;
  const rin_column *silence = &batch->cols[0], *days = &batch->cols[1];
  rin_action actions[64];
  uint64_t row, n = 0;
  int32_t status = RIN_OK;
  for (row = 0; row < batch->n_rows && status == RIN_OK; row++) {
    float silent, contacts, effect;
    rin_action *action = &actions[n];
    if (!valid(silence, row) || !valid(days, row)) continue;
    silent = ((const float *)silence->data)[row];
    if (!(silent > it->threshold)) continue;
    contacts = (float)((const uint32_t *)days->data)[row];
    effect = (contacts + 1.0f) / (contacts + 1.0f + silent * 0.25f);
    memset(action, 0, sizeof *action);
    action->row = row;
    action->kind = effect < 0.5f;
    action->minutes = 5.0f;
    action->effect = effect;
    action->due_days = silent * 0.5f;
    action->confidence = (ODD_FORGETS && resets > 0) || (ODD_SECOND && creations > 1) ? 0.5f : 0.75f;
    if (++n == 64) {
      status = sink->push(sink->ctx, actions, ODD_COUNT, ODD_STRIDE);
      n = 0;
    }
  }
  return status != RIN_OK || n == 0 ? status : sink->push(sink->ctx, actions, ODD_COUNT, ODD_STRIDE);
}

static int32_t reset(void *self) { (void)self; resets++; return RIN_OK; }
static const void *get_extension(void *self, rin_str id) { (void)self; (void)id; return NULL; }
static int32_t destroy(void *self) { free(self); return RIN_OK; }
static const rin_descriptor *describe(void) {
  return ODD_DESCRIBES ? &descriptor : NULL;
}

static int32_t create(const rin_host *host, const rin_value *values, uint64_t n_values, rin_instance *out) {
  static const rin_str unknown = RIN_STR("org.example.unknown/1");
  plugin *it;
  if (host == NULL || n_values != 1 || out == NULL || out->size < sizeof(rin_instance)) return RIN_E_ARG;
  if (host->get_extension(host->ctx, unknown) != NULL) return RIN_E_INTERNAL;
  it = (plugin *)malloc(sizeof *it);
  if (it == NULL) return RIN_E_INTERNAL;
  creations++;
  it->host = host;
  it->threshold = (float)values[0].number;
  out->self = it;
  out->propose = propose;
  out->reset = reset;
  out->get_extension = get_extension;
  out->destroy = destroy;
  return RIN_OK;
}

#ifdef ODD_LONGER
/* A later minor version: the struct has grown at its end. */
typedef struct longer { rin_entry entry; uint64_t more[4]; } longer;
extern RIN_EXPORT const longer rin_plugin_entry_longer;
const longer rin_plugin_entry_longer __asm__("rin_plugin_entry") = {
  { RIN_MAGIC, sizeof(longer), RIN_ABI_MAJOR, RIN_ABI_MINOR + 1, RIN_F_UNWINDS_CAUGHT | 0x80u, RIN_LAYOUT, 0, describe, create }, { 1, 2, 3, 4 }
};
#else
const rin_entry rin_plugin_entry = { ODD_MAGIC, (uint32_t)(ODD_SIZE), ODD_MAJOR, ODD_MINOR, RIN_F_UNWINDS_CAUGHT, ODD_LAYOUT, 0, describe, create };
#endif
