/* The polite parts of every animal of the zoo. An animal is a file that says which of them it does itself, by defining
 * OWN_PROPOSE and the like, includes this, and writes those functions. What it tried is told in the note of its one
 * proposal: a word and either "done" or the error the system gave. */
#ifndef ZOO_H
#define ZOO_H
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "rin_plugin.h"

#ifndef PROVIDES
#define PROVIDES RIN_PROVIDES_STRATEGY
#endif
#ifndef NAME
#define NAME "org.rin.zoo." ANIMAL
#endif
#define UNUSED __attribute__((unused))

typedef struct animal { const rin_host *host; char target[1024]; } animal;

/* ---- Telling what came of a try ---- */

static char told[3500];

static UNUSED const char *error_name(int error) {
  switch (error) {
    case EPERM: return "EPERM";
    case EACCES: return "EACCES";
    case ENOSYS: return "ENOSYS";
    case EBADF: return "EBADF";
    case EINVAL: return "EINVAL";
    case EFBIG: return "EFBIG";
    case ENOMEM: return "ENOMEM";
    default: return "another error";
  }
}

static UNUSED void tell_text(const char *what, const char *outcome) {
  size_t n = strlen(told);
  snprintf(told + n, sizeof told - n, "%s%s %s", n ? ", " : "", what, outcome);
}

/* Tells what a system call returned: below zero it has failed, and errno says why. */
static UNUSED void tell(const char *what, long result) {
  tell_text(what, result < 0 ? error_name(errno) : "done");
}

static UNUSED rin_str text(const char *of) { rin_str it = { of, strlen(of) }; return it; }

static UNUSED rin_action polite_action(const char *note) {
  rin_action action;
  memset(&action, 0, sizeof action);
  action.minutes = 5.0f;
  action.effect = 0.5f;
  action.due_days = 7.0f;
  action.confidence = 0.75f;
  action.note = text(note);
  return action;
}

static UNUSED int32_t push_told(const rin_sink *sink) {
  rin_action action = polite_action(told);
  int32_t status = sink->push(sink->ctx, &action, 1, sizeof action);
  told[0] = 0;
  return status;
}

static UNUSED void say(const animal *it, uint32_t level, const char *line) {
  it->host->log(it->host->ctx, level, text("zoo"), text(line));
}

/* ---- Speaking in the worker's name ---- */

/* Looks for the turn of this question where the worker has read it: before the moment and the seed it came with. */
static UNUSED uint64_t find_turn(const rin_batch *batch) {
  unsigned char *page = (unsigned char *)((uintptr_t)sbrk(0) & ~(uintptr_t)4095) - 4096;
  /* A page that cannot be written from is none of the heap's any more. */
  for (; write(1, page, 1) == 1; page -= 4096) {
    for (size_t at = 8; at + 16 <= 4096; at += 1) {
      uint64_t turn;
      if (memcmp(page + at, &batch->now_ms, 8) || memcmp(page + at + 8, &batch->seed, 8)) continue;
      memcpy(&turn, page + at - 8, 8);
      /* A copy of the fields alone has no head before it. */
      if (at < 16 || page[at - 12] != 2) continue;
      return turn;
    }
  }
  return 0;
}

/* Puts the head of a message before its fields and returns how long it is then. */
static UNUSED size_t put_message(unsigned char *to, unsigned char kind, uint64_t turn, const void *fields, uint32_t n) {
  memset(to, 0, 8);
  memcpy(to, &n, 4);
  to[4] = kind;
  memcpy(to + 8, &turn, 8);
  memcpy(to + 16, fields, n);
  return 16 + n;
}

static UNUSED void write_everywhere(const unsigned char *bytes, size_t n) {
  for (int fd = 3; fd < 64; fd++) {
    if (write(fd, bytes, n) < 0) continue;
  }
}

/* ---- What an animal may do itself ---- */

static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink);
static int32_t on_create(animal *it);
static int32_t on_reset(animal *it);
static int32_t on_destroy(animal *it);
static int32_t on_probe(animal *it, const rin_source *source);
static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink);
static const void *on_extension(animal *it, rin_str id);

#ifndef OWN_PROPOSE
static int32_t on_propose(animal *it, const rin_batch *batch, const rin_sink *sink) { (void)it; (void)batch; return push_told(sink); }
#endif
#ifndef OWN_CREATE
static int32_t on_create(animal *it) { (void)it; return RIN_OK; }
#endif
#ifndef OWN_RESET
static int32_t on_reset(animal *it) { (void)it; return RIN_OK; }
#endif
#ifndef OWN_DESTROY
static int32_t on_destroy(animal *it) { (void)it; return RIN_OK; }
#endif
#ifndef OWN_PROBE
static int32_t on_probe(animal *it, const rin_source *source) { (void)it; (void)source; return 100; }
#endif
#ifndef OWN_READ
static int32_t on_read(animal *it, const rin_source *source, const rin_record_sink *sink) { (void)it; (void)source; (void)sink; return RIN_OK; }
#endif

/* ---- The polite rest ---- */

static const uint32_t columns[] = { RIN_COL_SILENCE_DAYS, RIN_COL_CONTACT_DAYS };
static const rin_param params[] = { { RIN_STR("target"), { { NULL, 0 }, { NULL, 0 } }, RIN_P_TEXT, 0, 0, 0, 0, { NULL, 0 } } };
static const rin_kind kinds[] = { { RIN_STR("hello"), { { NULL, 0 }, { NULL, 0 } } } };
static const rin_kind reasons[] = { { RIN_STR("silent"), { { NULL, 0 }, { NULL, 0 } } } };
static UNUSED rin_descriptor descriptor = {
  sizeof(rin_descriptor), PROVIDES, 2, 1, 1, 1,
  RIN_STR(NAME), RIN_STR("0.1.0"), RIN_STR("A hostile plugin"), RIN_STR("MIT OR Apache-2.0"), RIN_STR("zoo"),
  columns, params, kinds, reasons
};

#ifdef OWN_DESCRIBE
static const rin_descriptor *on_describe(void);
#else
static const rin_descriptor *on_describe(void) { return &descriptor; }
#endif

static int32_t propose(void *self, const rin_batch *batch, const rin_sink *sink) { return on_propose((animal *)self, batch, sink); }
static int32_t reset(void *self) { return on_reset((animal *)self); }
static int32_t probe(void *self, const rin_source *source) { return on_probe((animal *)self, source); }
static int32_t read_source(void *self, const rin_source *source, const rin_record_sink *sink) { return on_read((animal *)self, source, sink); }
static UNUSED const rin_reader reader = { sizeof(rin_reader), 0, probe, read_source };
#ifndef OWN_EXTENSION
static const void *on_extension(animal *it, rin_str id) {
  static const char name[] = RIN_EXT_READER;
  (void)it;
  if (!(PROVIDES & RIN_PROVIDES_READER) || id.len != sizeof name - 1) return NULL;
  return memcmp(id.ptr, name, id.len) == 0 ? &reader : NULL;
}
#endif
static const void *get_extension(void *self, rin_str id) { return on_extension((animal *)self, id); }
static int32_t destroy(void *self) {
  int32_t status = on_destroy((animal *)self);
  free(self);
  return status;
}

static int32_t create(const rin_host *host, const rin_value *values, uint64_t n_values, rin_instance *out) {
  animal *it = calloc(1, sizeof *it);
  int32_t status;
  if (it == NULL || n_values != 1) return RIN_E_ARG;
  it->host = host;
  if (values[0].text.len < sizeof it->target && values[0].text.len != 0)
    memcpy(it->target, values[0].text.ptr, values[0].text.len);
  status = on_create(it);
  if (status != RIN_OK) return status;
  out->self = it;
  if (PROVIDES & RIN_PROVIDES_STRATEGY) out->propose = propose;
  out->reset = reset;
  out->get_extension = get_extension;
  out->destroy = destroy;
  return RIN_OK;
}

const rin_entry rin_plugin_entry = { RIN_MAGIC, sizeof(rin_entry), RIN_ABI_MAJOR, RIN_ABI_MINOR, RIN_F_UNWINDS_CAUGHT, RIN_LAYOUT, 0, on_describe, create };
#endif
