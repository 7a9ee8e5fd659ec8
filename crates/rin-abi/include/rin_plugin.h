/* rin_plugin.h - the boundary between Rin and its plugins, ABI 1.0. Frozen rules:
 * 1. Structs only grow at the end, in minor versions. One that starts with `size` says how long it is; its reader touches
 *    min(size, sizeof its own). One that crosses in an array with a `stride` may grow as well. All others never change
 *    within a major version, and RIN_LAYOUT proves it.
 * 2. Unknown enum values, flags, columns and extensions are ignored or counted, never errors. New abilities come as
 *    extensions by string id, "rin.NAME/REVISION"; others than Rin use "reverse.domain.NAME/REVISION".
 * 3. Memory is borrowed for the call unless said otherwise. Nobody frees the other side's memory. The host copies what it
 *    is handed before the callback returns.
 * 4. No unwinding, longjmp or exit() across the border. Rust: catch_unwind in every entry (the kit does it); C++: noexcept.
 * 5. Threads: [exclusive] = the host never enters one instance twice at once, but may change the thread between calls;
 *    [any] = callable from every thread at once. Plugins start no threads (a confined worker forbids it).
 * 6. No clock, no random source, no I/O: moment and seed come with the call, files through rin_source. The same input gives
 *    the same output, however it is split into batches.
 * 7. Every moment is int64 milliseconds since 1970-01-01T00:00:00Z; RIN_NO_MOMENT where a moment may be absent.
 * 8. Text is UTF-8. Limits: RIN_MAX_NOTE, RIN_MAX_TEXT, RIN_MAX_PUSH. What breaks a limit is refused as a whole. */
#ifndef RIN_PLUGIN_H
#define RIN_PLUGIN_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#define RIN_MAGIC 0x314E4952u /* "RIN1" */
#define RIN_ABI_MAJOR 1
#define RIN_ABI_MINOR 2
#define RIN_NO_MOMENT INT64_MIN
#define RIN_MAX_NOTE 4096   /* bytes of an action's note */
#define RIN_MAX_TEXT 65536  /* bytes of any other string */
#define RIN_MAX_PUSH 65536  /* rows in one push */
#if defined(_WIN32)
#define RIN_EXPORT __declspec(dllexport)
#else
#define RIN_EXPORT __attribute__((visibility("default")))
#endif

/* ---- Strings and status ------------------------------------------------------------------------------------------- */

typedef struct rin_str { const char *ptr; uint64_t len; } rin_str;              /* not NUL-terminated; NULL with len 0 = "" */
typedef struct rin_text { rin_str en, de; } rin_text;                           /* one sentence in both languages */
#define RIN_STR(literal) { (literal), sizeof(literal) - 1 }

enum { /* what every function and callback returns */
  RIN_OK = 0,
  RIN_E_ARG = -1,           /* an argument is wrong: null, out of range, a column missing */
  RIN_E_UNSUPPORTED = -2,
  RIN_E_CONFIG = -3,        /* the parameters do not fit together */
  RIN_E_CANCELLED = -4,     /* the taker wants no more: return it at once */
  RIN_E_FULL = -5,          /* more than the host takes */
  RIN_E_INTERNAL = -6,
  RIN_E_SOURCE = -7,        /* the source as a whole is unreadable; fail() has said why */
  RIN_E_PANIC = -100        /* a panic was caught; the instance is spent, every later call returns this */
};

/* ---- What the host offers ----------------------------------------------------------------------------------------- */

enum { RIN_LOG_ERROR = 1, RIN_LOG_WARN, RIN_LOG_INFO, RIN_LOG_DEBUG, RIN_LOG_TRACE };

typedef struct rin_host {                 /* lives until destroy() of the instance it was given to has returned */
  uint32_t size;
  uint16_t abi_major, abi_minor;
  void *ctx;
  uint32_t max_log_level, reserved;       /* do not log above it */
  /* [any] Ids and counts only, never names or texts of people. The last error logged in a call that fails is shown. */
  void (*log)(void *ctx, uint32_t level, rin_str target, rin_str message);
  int32_t (*cancelled)(void *ctx);                                              /* [any] not 0: return RIN_E_CANCELLED */
  const void *(*get_extension)(void *ctx, rin_str id);                          /* [any] NULL if absent */
} rin_host;

/* ---- What a plugin says about itself ------------------------------------------------------------------------------ */
/* The same stands in its plugin.toml, which the host reads before it loads any code; a difference is refused. */

enum { RIN_P_NUMBER = 1, RIN_P_SWITCH, RIN_P_TEXT };                            /* rin_param.type; a switch is 0 or 1 */
typedef struct rin_param {
  rin_str key;
  rin_text text;
  uint32_t type, reserved;
  double min, max, def;                   /* numbers and switches */
  rin_str def_text;                       /* texts */
} rin_param;
typedef struct rin_value { double number; rin_str text; } rin_value;            /* one for each param, in their order */
typedef struct rin_kind { rin_str id; rin_text text; } rin_kind;                /* a kind of action, or a reason */

enum { RIN_PROVIDES_STRATEGY = 1u, RIN_PROVIDES_READER = 2u };
typedef struct rin_descriptor {           /* constant, valid while the library is loaded */
  uint32_t size, provides;
  uint32_t n_columns, n_params, n_kinds, n_reasons;
  rin_str id, version, name, license, platform;                                 /* id: reverse domain, a-z 0-9 . - */
  const uint32_t *columns;                /* RIN_COL_*; | RIN_COL_OPTIONAL where it can do without */
  const rin_param *params;
  const rin_kind *kinds, *reasons;        /* an action names one by its position */
} rin_descriptor;

/* ---- Relationships as columns ------------------------------------------------------------------------------------- */
/* One row is one relationship on the plugin's platform. A plugin sees the columns it asked for and no others. */

enum { RIN_T_NONE = 0, RIN_T_U32, RIN_T_U64, RIN_T_I64, RIN_T_F32, RIN_T_UTF8 };
enum {
  RIN_COL_ACCOUNT = 1,      /* U64 stable number of the account, the same in every batch of one run */
  RIN_COL_PARTY = 2,        /* U64 stable number of the party behind it */
  RIN_COL_LAST_MS = 3,      /* I64 last contact on this platform; null: never */
  RIN_COL_FIRST_MS = 4,     /* I64 first contact on this platform; null: never */
  RIN_COL_RECEIVED = 5,     /* U32 interactions received on this platform; null: not covered */
  RIN_COL_SENT = 6,         /* U32 interactions sent on this platform */
  RIN_COL_CONTACT_DAYS = 7, /* U32 distinct days with contact, all platforms */
  RIN_COL_SILENCE_DAYS = 8, /* F32 days since the last contact on any platform; null: never */
  RIN_COL_STRENGTH = 9,     /* F32 decayed contact days */
  RIN_COL_RECIPROCITY = 10, /* F32 0..1, share of the rarer direction, 1 = balanced; null: a direction is not covered */
  RIN_COL_RHYTHM_DAYS = 11, /* F32 mean gap between contact days; null: fewer than two */
  RIN_COL_ALIVE = 12,       /* F32 0..1, probability that the relationship is alive */
  RIN_COL_LAPSE_MS = 13,    /* I64 expected lapse if nobody acts; null: never in contact */
  RIN_COL_OPEN_MS = 14,     /* I64 they addressed us then and have had no answer; null: nothing open */
  RIN_COL_UNANSWERED = 15,  /* U32 contacts we sent in a row without an answer; null: not covered */
  RIN_COL_IMPORTANCE = 16,  /* F32 how much the user cares; 1 = as usual */
  RIN_COL_FLAGS = 17,       /* U32 1 we follow them, 2 they follow us, 4 contact or friend, 8 organisation, 16 bot */
  RIN_COL_NAME = 1000,      /* UTF8 from 1000 on: personal data, needs a permission in plugin.toml and the user's consent */
  RIN_COL_HANDLE = 1001     /* UTF8 */
};
#define RIN_COL_OPTIONAL 0x80000000u

typedef struct rin_column {               /* Arrow layout */
  uint32_t id, type;
  const void *data;                       /* n_rows values; UTF8: int32 offsets[n_rows + 1]; aligned to the value */
  const uint8_t *bytes;                   /* UTF8: all texts end to end; else NULL */
  uint64_t n_bytes;
  const uint8_t *validity;                /* bit set = the row has a value; NULL = all have one */
} rin_column;

typedef struct rin_batch {
  uint32_t size, n_cols;                  /* n_cols == descriptor.n_columns */
  uint64_t n_rows;
  int64_t now_ms;
  uint64_t seed;
  const rin_column *cols;                 /* cols[i] is columns[i] of the descriptor; an optional one that the host does not
                                             have has type RIN_T_NONE and no data */
} rin_batch;

/* ---- Proposing actions -------------------------------------------------------------------------------------------- */
/* Actions are the only output of a strategy. There is no score for each row beside them: what nobody can act on needs no
 * number, and with one output there is one thing to check and no second figure that may contradict the first. */

typedef struct rin_action {
  uint64_t row;                           /* row in this batch, not an id: nothing to forge */
  uint32_t kind, reason;                  /* positions in descriptor.kinds and .reasons */
  float minutes;                          /* what it costs us: finite, > 0 */
  float effect;                           /* 0..1, probability that it leads to a contact */
  float earliest_days;                    /* days from now before which it makes no sense; 0 = at once */
  float due_days;                         /* days from now after which it is too late; INFINITY = never */
  float confidence;                       /* 0..1 */
  uint32_t reserved;
  rin_str note;                           /* may be empty */
} rin_action;

typedef struct rin_sink {
  uint32_t size, reserved;
  void *ctx;
  int32_t (*push)(void *ctx, const rin_action *first, uint64_t n, uint64_t stride); /* not RIN_OK: stop and return it */
} rin_sink;

/* ---- The plugin --------------------------------------------------------------------------------------------------- */

typedef struct rin_instance {             /* the host sets size and zeroes the rest; create() fills it up to that size */
  uint32_t size, reserved;
  void *self;
  int32_t (*propose)(void *self, const rin_batch *, const rin_sink *);          /* [exclusive] NULL: no strategy */
  int32_t (*reset)(void *self);                                                 /* [exclusive] as if just created */
  const void *(*get_extension)(void *self, rin_str id);                         /* [exclusive] NULL if absent; lives as long
                                                                                   as the instance */
  int32_t (*destroy)(void *self);                                               /* [exclusive] last call */
} rin_instance;

enum { RIN_F_UNWINDS_CAUGHT = 1u };       /* rin_entry.flags: a panic or exception ends as a status, not as the process */

/* One library is one plugin: at most one strategy and one reader, of one platform. A second one inside would share its
 * permissions, its checksum and its crash, so there is no index to pass around. */
typedef struct rin_entry {
  uint32_t magic, size;
  uint16_t abi_major, abi_minor;          /* what it was built against; the host needs the same major */
  uint32_t flags;
  uint32_t layout, reserved;              /* RIN_LAYOUT */
  const rin_descriptor *(*describe)(void);                                      /* [any] pure; NULL if it cannot */
  int32_t (*create)(const rin_host *, const rin_value *values, uint64_t n_values, rin_instance *out); /* [any] */
} rin_entry;
extern RIN_EXPORT const rin_entry rin_plugin_entry;                             /* the one exported symbol */

/* ---- Extension "rin.reader/1": reading an export ------------------------------------------------------------------- */

#define RIN_EXT_READER "rin.reader/1"
typedef struct rin_entry_info {           /* the host fills it up to the size the plugin has set */
  uint32_t size, reserved;
  rin_str name;                           /* relative, '/' between folders; a label, never a path to open; lives for the call */
  uint64_t n_bytes;
  int64_t modified_ms;                    /* or RIN_NO_MOMENT */
} rin_entry_info;

typedef struct rin_source {               /* the files the user named, sorted by name */
  uint32_t size, reserved;
  uint64_t n_entries;
  void *ctx;
  int64_t now_ms;                         /* the moment of the import */
  int32_t (*entry)(void *ctx, uint64_t index, rin_entry_info *out);
  /* Bytes read: 0 at the end, fewer than asked for at any time; negative: a RIN_E_* code. */
  int64_t (*read_at)(void *ctx, uint64_t index, uint64_t offset, uint8_t *buffer, uint64_t len);
} rin_source;

enum { RIN_TIE_FOLLOW = 1, RIN_TIE_FRIEND, RIN_TIE_CONTACT, RIN_TIE_MEMBER, RIN_TIE_SUBSCRIBER, RIN_TIE_ENDORSER,
       RIN_TIE_BLOCK, RIN_TIE_MUTE };
enum { RIN_INTERACTION_REPLY = 1, RIN_INTERACTION_COMMENT, RIN_INTERACTION_MENTION, RIN_INTERACTION_MESSAGE,
       RIN_INTERACTION_REACTION, RIN_INTERACTION_SHARE, RIN_INTERACTION_QUOTE, RIN_INTERACTION_VISIT };
enum { RIN_ACCOUNT_OWNER = 1, RIN_ACCOUNT_PRIVATE_EXPORT = 2, RIN_ACCOUNT_BOT = 4, RIN_ACCOUNT_ORGANISATION = 8,
       RIN_ACCOUNT_PERSON = 16, RIN_ACCOUNT_GONE = 32 };
enum { RIN_START_UNKNOWN = 0, RIN_START_EXACT, RIN_START_AT_OR_BEFORE };
enum { RIN_END_OPEN = 0, RIN_END_EXACT, RIN_END_BETWEEN };
enum { RIN_NOTE = 1, RIN_WARNING, RIN_ERROR };

typedef struct rin_account {
  rin_str id, alias, handle, name;        /* native id; another id of the same account; "" = not said */
  uint32_t flags, reserved;               /* RIN_ACCOUNT_* */
  int64_t seen_ms;                        /* or RIN_NO_MOMENT */
  rin_str facts;                          /* since 1.2: who is behind it, one a line: page link vouched mail organisation
                                             role place, a space, the text: "mail ann@example.org" */
} rin_account;

typedef struct rin_tie {
  rin_str from, to, label;                /* native ids; the list or group it stands in, or "" */
  uint32_t kind, start_kind, end_kind, reserved;                                /* RIN_TIE_*, RIN_START_*, RIN_END_* */
  int64_t start_ms;
  int64_t end_ms, end_by_ms;              /* EXACT: end_ms. BETWEEN: last seen, first missed */
} rin_tie;

typedef struct rin_interaction {
  rin_str id, from, to;                   /* the platform's id of the event: its identity for ever */
  int64_t at_ms;
  uint32_t kind, reserved;                /* RIN_INTERACTION_* */
  rin_str labels;                         /* since 1.1: "#name" and addresses in the post, one a line; none of a message */
} rin_interaction;

typedef struct rin_coverage {             /* what the source can see of one account; bit n of a set = kind n */
  rin_str account;
  uint32_t sent, received;                /* sets of RIN_INTERACTION_* */
  uint32_t ties_held, ties_to;            /* sets of RIN_TIE_* listed completely */
  int64_t since_ms, until_ms;             /* or RIN_NO_MOMENT */
} rin_coverage;

typedef struct rin_finding {
  uint32_t severity, reserved;            /* RIN_NOTE, RIN_WARNING, RIN_ERROR */
  rin_str code, file;                     /* a short stable name, e.g. "no-date"; file inside the source or "" */
  uint64_t place, count;                  /* line, item or byte from 1, 0 = none; rows it stands for */
  rin_text text;
} rin_finding;

/* Records of different kinds may come in any order. A status other than RIN_OK: stop and return it. */
typedef struct rin_record_sink {
  uint32_t size, reserved;
  void *ctx;
  int32_t (*accounts)(void *ctx, const rin_account *first, uint64_t n, uint64_t stride);
  int32_t (*ties)(void *ctx, const rin_tie *first, uint64_t n, uint64_t stride);
  int32_t (*interactions)(void *ctx, const rin_interaction *first, uint64_t n, uint64_t stride);
  int32_t (*coverage)(void *ctx, const rin_coverage *first, uint64_t n, uint64_t stride);
  int32_t (*findings)(void *ctx, const rin_finding *first, uint64_t n, uint64_t stride);
  int32_t (*progress)(void *ctx, uint64_t done, uint64_t total);                /* bytes of the source's files */
  int32_t (*fail)(void *ctx, const rin_finding *why);                           /* before returning RIN_E_SOURCE */
} rin_record_sink;

typedef struct rin_reader {
  uint32_t size, reserved;
  int32_t (*probe)(void *self, const rin_source *);                             /* [exclusive] 0..100 % sure, or a RIN_E_* */
  int32_t (*read)(void *self, const rin_source *, const rin_record_sink *);     /* [exclusive] */
} rin_reader;

/* ---- Extension "rin.norms/1": limits and customs of the platform ---------------------------------------------------- */
/* Without it the norms of plugin.toml hold; with it these do, since a limit may hang on a parameter. */

#define RIN_EXT_NORMS "rin.norms/1"
enum { RIN_RULE_COOLDOWN_DAYS = 1, RIN_RULE_PER_DAY, RIN_RULE_PER_WEEK, RIN_RULE_MAX_UNANSWERED, RIN_RULE_MAX_LENGTH };
typedef struct rin_norm {
  rin_str id;
  const rin_str *kinds;                   /* ids of the action kinds it limits; none = all */
  uint64_t n_kinds;
  uint32_t rule, reserved;
  double value;
  rin_str source;                         /* where the number comes from */
  rin_text text;
} rin_norm;
typedef struct rin_norms { uint32_t size, reserved; uint64_t n_norms; const rin_norm *norms; } rin_norms;

/* ---- Extension "rin.review/1": what the norms mean for a campaign --------------------------------------------------- */

#define RIN_EXT_REVIEW "rin.review/1"
enum { RIN_VERDICT_OK = 0, RIN_VERDICT_WARN, RIN_VERDICT_STOP };
typedef struct rin_brief {
  uint32_t size, team;                    /* how many people work on it */
  int64_t start_ms, end_ms;               /* the end is the first moment after it */
  double posts_per_week, strangers_per_week, messages_per_week, minutes_per_week;
  uint32_t automated, reserved;           /* 1: a program would post */
} rin_brief;
typedef struct rin_remark {
  uint32_t verdict, reserved;
  rin_str norm;                           /* id of the norm behind it, or "" */
  double found, limit;
  rin_text text;
} rin_remark;
typedef struct rin_remark_sink {
  uint32_t size, reserved;
  void *ctx;
  int32_t (*push)(void *ctx, const rin_remark *first, uint64_t n, uint64_t stride);
} rin_remark_sink;
typedef struct rin_review {
  uint32_t size, reserved;
  int32_t (*review)(void *self, const rin_brief *, const rin_remark_sink *);    /* [exclusive] */
} rin_review;

/* ---- Layout --------------------------------------------------------------------------------------------------------- */
/* Sizes of what can never grow and places of the last 1.0 field in what can: a packing pragma, another pointer size or a
 * hand-translated struct with a slip gives another number. The same in every 1.x. */

#define RIN_MIX(hash, number) ((hash) * 31u + (uint32_t)(number))
#define RIN_LAYOUT_FIXED \
  RIN_MIX(RIN_MIX(RIN_MIX(RIN_MIX(RIN_MIX(RIN_MIX(sizeof(void *) + 0u, sizeof(rin_str)), sizeof(rin_param)), \
    sizeof(rin_value)), sizeof(rin_kind)), sizeof(rin_column)), sizeof(rin_norm))
#define RIN_LAYOUT_CALLS \
  RIN_MIX(RIN_MIX(RIN_MIX(RIN_MIX(RIN_MIX(RIN_LAYOUT_FIXED, offsetof(rin_host, get_extension)), offsetof(rin_descriptor, reasons)), \
    offsetof(rin_batch, cols)), offsetof(rin_action, note)), offsetof(rin_instance, destroy))
#define RIN_LAYOUT_RECORDS \
  RIN_MIX(RIN_MIX(RIN_MIX(RIN_MIX(RIN_MIX(RIN_LAYOUT_CALLS, offsetof(rin_account, seen_ms)), offsetof(rin_tie, end_by_ms)), \
    offsetof(rin_interaction, kind)), offsetof(rin_coverage, until_ms)), offsetof(rin_finding, text))
#define RIN_LAYOUT ((uint32_t)(RIN_LAYOUT_RECORDS))
#ifdef __cplusplus
}
#endif
#endif
