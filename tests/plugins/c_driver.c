/* Calls a strategy's entry directly with a batch of its own making, so that no Rust is involved and a tool like
 * valgrind sees nothing but the plugin. Every row is an allocation to the byte: one step beyond is seen. */
#include <stdio.h>
#include <stdlib.h>
#include "rin_plugin.h"

#define ROWS 10000u

static uint64_t taken, room;
static int is_cancelled;

static void log_line(void *ctx, uint32_t level, rin_str target, rin_str message) {
  (void)ctx; (void)level; (void)target; (void)message;
}
static int32_t cancelled(void *ctx) { (void)ctx; return is_cancelled; }
static const void *no_extension(void *ctx, rin_str id) { (void)ctx; (void)id; return NULL; }

static int32_t push(void *ctx, const rin_action *first, uint64_t n, uint64_t stride) {
  uint64_t i;
  (void)ctx;
  for (i = 0; i < n; i++) {
    const rin_action *action = (const rin_action *)((const char *)first + i * stride);
    if (action->row >= ROWS || !(action->minutes > 0) || !(action->effect >= 0 && action->effect <= 1)) return RIN_E_ARG;
    if (taken == room) return RIN_E_FULL;
    taken++;
  }
  return RIN_OK;
}

static int fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  return 1;
}

int main(void) {
  const rin_host host = { sizeof host, RIN_ABI_MAJOR, RIN_ABI_MINOR, NULL, RIN_LOG_WARN, 0, log_line, cancelled, no_extension };
  const rin_descriptor *about = rin_plugin_entry.describe();
  rin_value *values = malloc(about->n_params * sizeof *values);
  float *silence = malloc(ROWS * sizeof *silence);
  uint32_t *contacts = malloc(ROWS * sizeof *contacts);
  uint8_t *validity = malloc(ROWS / 8);
  const rin_sink sink = { sizeof sink, 0, NULL, push };
  rin_instance instance = { 0 };
  rin_column columns[2] = { { 0 } };
  rin_batch batch = { 0 };
  uint32_t i;
  if (values == NULL || silence == NULL || contacts == NULL || validity == NULL) return fail("no memory");
  for (i = 0; i < about->n_params; i++) {
    values[i].number = about->params[i].def;
    values[i].text = about->params[i].def_text;
  }
  for (i = 0; i < ROWS; i++) {
    silence[i] = (float)(i % 250);
    contacts[i] = i % 17;
  }
  for (i = 0; i < ROWS / 8; i++) validity[i] = 0x7f; /* the last of eight has no value */
  columns[0].id = RIN_COL_SILENCE_DAYS; columns[0].type = RIN_T_F32; columns[0].data = silence; columns[0].validity = validity;
  columns[1].id = RIN_COL_CONTACT_DAYS; columns[1].type = RIN_T_U32; columns[1].data = contacts;
  batch.size = sizeof batch; batch.n_cols = 2; batch.n_rows = ROWS; batch.cols = columns;
  instance.size = sizeof instance;
  if (rin_plugin_entry.create(&host, values, about->n_params, &instance) != RIN_OK) return fail("create");
  room = ROWS;
  if (instance.propose(instance.self, &batch, &sink) != RIN_OK) return fail("propose");
  printf("%u rows, %u actions", ROWS, (unsigned)taken);
  taken = 0; room = 100;
  if (instance.propose(instance.self, &batch, &sink) != RIN_E_FULL) return fail("it goes on when the host is full");
  is_cancelled = 1;
  if (instance.propose(instance.self, &batch, &sink) != RIN_E_CANCELLED) return fail("it goes on when cancelled");
  is_cancelled = 0; batch.n_rows = 0;
  if (instance.propose(instance.self, &batch, &sink) != RIN_OK) return fail("an empty batch");
  if (instance.reset(instance.self) != RIN_OK || instance.destroy(instance.self) != RIN_OK) return fail("destroy");
  printf(", refused when full, cancelled when asked\n");
  free(values); free(silence); free(contacts); free(validity);
  return 0;
}
