//! What the file holds: every table with the meaning of its columns, in the words a person reads in the file itself.
//!
//! `SQLite` keeps the text of a `CREATE` with its comments, so `.schema` in any tool shows this documentation. Times
//! are milliseconds since 1970 in UTC, kinds are the numbers of table `kind`, and no text of a message has a column.
//! The log is keyed by time, not by the random event id: an index over random ids costs five times the import.

use rin_core::{FactKind, InteractionKind, Severity, TieKind};
use rusqlite::Connection;

use crate::{
    decision::DecisionKind, identity::SaidBy, origin::OriginMark, own::OwnReason,
    programme::ProgrammeStep,
};

/// Marks the file as Rin's: "Rin!" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x5269_6e21;

/// The tables of version 1. A later version adds to them and never changes this text.
pub(crate) const VERSION_1: &str = "
CREATE TABLE meta (            -- what is said about the file as a whole
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE kind (            -- the names of all numbers used as kinds
    family TEXT NOT NULL,      -- interaction, tie, tie start, tie end, severity, decision, own
    number INTEGER NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (family, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE platform (
    id   INTEGER PRIMARY KEY,  -- 0 to 255
    name TEXT NOT NULL UNIQUE  -- short name in ASCII lower case: mastodon
) STRICT;

CREATE TABLE source (          -- an export that was imported
    id             INTEGER PRIMARY KEY,
    platform       INTEGER NOT NULL REFERENCES platform,
    plugin         TEXT NOT NULL,     -- id of the plugin that read it last
    plugin_version TEXT NOT NULL,
    name           TEXT NOT NULL,     -- how the user called it
    fingerprint    TEXT NOT NULL,     -- the same for the same bytes
    imported_at    INTEGER NOT NULL,  -- first import
    until          INTEGER,           -- the moment of the export, if it says so
    UNIQUE (platform, fingerprint)
) STRICT;

CREATE TABLE party (           -- a person or an organisation on any number of platforms
    id   INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL DEFAULT 0,  -- as the user says: 0 unsaid, 1 person, 2 organisation, 3 bot
    name TEXT                         -- as the user says; otherwise that of an account
) STRICT;

CREATE TABLE account (         -- a party's presence on one platform
    id          INTEGER PRIMARY KEY,
    platform    INTEGER NOT NULL REFERENCES platform,
    key         TEXT NOT NULL,        -- the platform's own id
    handle      TEXT,                 -- what people type to reach it
    handle_seen INTEGER,              -- when that was so
    name        TEXT,                 -- the name shown
    name_seen   INTEGER,
    flags       INTEGER NOT NULL DEFAULT 0,  -- 1 owner, 2 private export, 4 bot, 8 organisation, 16 person, 32 gone
    seen        INTEGER,              -- latest report about it
    last_active INTEGER,              -- its own latest interaction
    party       INTEGER NOT NULL REFERENCES party,
    canonical   INTEGER NOT NULL REFERENCES account,  -- the account it is the same as; mostly itself
    UNIQUE (platform, key)
) STRICT;
CREATE INDEX account_party ON account (party);
CREATE INDEX account_alias ON account (canonical) WHERE canonical <> id;

CREATE TABLE own (             -- accounts of ours, and those the user said are not
    account INTEGER NOT NULL PRIMARY KEY REFERENCES account,
    is_own  INTEGER NOT NULL,         -- 1 ours, 0 not ours
    reason  INTEGER NOT NULL,         -- kind 'own': who said so
    since   INTEGER NOT NULL
) STRICT;

CREATE TABLE tie_seen (        -- a tie as one source shows it; periods are computed from these on reading
    src        INTEGER NOT NULL REFERENCES account,  -- holder
    dst        INTEGER NOT NULL REFERENCES account,
    kind       INTEGER NOT NULL,
    source     INTEGER NOT NULL REFERENCES source,
    start_kind INTEGER NOT NULL,      -- 0 unknown, 1 at or before, 2 exact
    start_at   INTEGER NOT NULL,      -- 0 if unknown
    end_kind   INTEGER NOT NULL,      -- 0 open, 1 exact, 2 between
    end_after  INTEGER NOT NULL,      -- last seen, for between
    end_at     INTEGER NOT NULL,      -- ended, or first missed
    label      TEXT NOT NULL,         -- the list it stands in
    PRIMARY KEY (src, dst, kind, source, start_kind, start_at, end_kind, end_after, end_at, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_seen_dst ON tie_seen (dst);

CREATE TABLE interaction (     -- the log, in the order of time
    t      INTEGER NOT NULL,
    id     INTEGER NOT NULL,          -- 64 bits of SHA-256 over platform, native id, kind and both keys
    src    INTEGER NOT NULL,          -- account that did it
    dst    INTEGER NOT NULL,          -- account on the other side
    kind   INTEGER NOT NULL,
    source INTEGER NOT NULL,          -- the source that brought it first
    PRIMARY KEY (t, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage (        -- what a source can see about an account; what it cannot see is unknown
    source    INTEGER NOT NULL REFERENCES source,
    account   INTEGER NOT NULL REFERENCES account,
    sent      INTEGER NOT NULL,       -- set of interaction kinds: bit n for kind n
    received  INTEGER NOT NULL,
    ties_held INTEGER NOT NULL,       -- set of tie kinds listed completely
    ties_to   INTEGER NOT NULL,
    since     INTEGER,
    until     INTEGER
) STRICT;
CREATE UNIQUE INDEX coverage_once ON coverage
    (account, source, sent, received, ties_held, ties_to, ifnull(since, -1), ifnull(until, -1));

CREATE VIEW snapshot AS        -- complete lists: a tie missing from a later one has ended
    SELECT source, account, 'held' AS direction, ties_held AS kinds, until AS as_of
      FROM coverage WHERE ties_held <> 0 AND until IS NOT NULL
    UNION ALL
    SELECT source, account, 'to', ties_to, until
      FROM coverage WHERE ties_to <> 0 AND until IS NOT NULL;

CREATE TABLE finding (         -- what could not be used, or should be known
    id       INTEGER PRIMARY KEY,
    source   INTEGER NOT NULL REFERENCES source,
    severity INTEGER NOT NULL,
    code     TEXT NOT NULL,
    file     TEXT NOT NULL,           -- inside the source; empty for the whole
    place    INTEGER NOT NULL,        -- line, item or byte from 1; 0 for none
    count    INTEGER NOT NULL,        -- rows it stands for
    en       TEXT NOT NULL,
    de       TEXT NOT NULL
) STRICT;
CREATE INDEX finding_source ON finding (source);

CREATE TABLE tie_state (       -- the summary of all interactions of two accounts; can be rebuilt from the log
    lo    INTEGER NOT NULL,           -- the smaller account id; from lo to hi counts as sent
    hi    INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (lo, hi)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (            -- the last plans made
    id         INTEGER PRIMARY KEY,
    made_at    INTEGER NOT NULL,
    start_at   INTEGER NOT NULL,      -- the days it is for
    end_at     INTEGER NOT NULL,
    budget     INTEGER NOT NULL,      -- seconds
    seed       INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_line (
    plan     INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
    line     INTEGER NOT NULL,        -- from 1, as shown
    party    INTEGER NOT NULL REFERENCES party,
    platform TEXT NOT NULL,
    strategy TEXT NOT NULL,           -- who proposed it
    action   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    seconds  INTEGER NOT NULL,
    earliest INTEGER,
    due      INTEGER,
    PRIMARY KEY (plan, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_line_party ON plan_line (party);

CREATE TABLE decision (        -- what the user said to a proposal; not an interaction, the next export brings that
    id        INTEGER PRIMARY KEY,
    made_at   INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    party     INTEGER NOT NULL REFERENCES party,
    seconds   INTEGER,                -- time spent, for done
    until     INTEGER,                -- for later
    plan      INTEGER,                -- the plan it answers, which may be gone by now
    line      INTEGER,
    undone_at INTEGER                 -- taken back; it counts no longer
) STRICT;
CREATE INDEX decision_party ON decision (party);

CREATE VIEW interaction_named AS
    SELECT strftime('%Y-%m-%dT%H:%M:%SZ', i.t / 1000, 'unixepoch') AS at, p.name AS platform, k.name AS kind,
           ifnull(ca.handle, ca.key) AS from_account, ifnull(cb.handle, cb.key) AS to_account
      FROM interaction i
      JOIN kind k ON k.family = 'interaction' AND k.number = i.kind
      JOIN account a ON a.id = i.src JOIN account ca ON ca.id = a.canonical
      JOIN account b ON b.id = i.dst JOIN account cb ON cb.id = b.canonical
      JOIN platform p ON p.id = a.platform;
";

/// What version 2 adds.
pub(crate) const VERSION_2: &str = "
CREATE TABLE calibration (     -- what the forecast learned from this network's own past; can be made again
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    made_at INTEGER NOT NULL,
    method  INTEGER NOT NULL,  -- version of the method; what another version learned is not used
    body    TEXT NOT NULL      -- JSON
) STRICT;
";

/// What version 3 adds: the lasting commitment, what overlays it, and what is said of parties.
pub(crate) const VERSION_3: &str = "
CREATE TABLE programme_event ( -- every step of every programme; rows are added, never changed
    id        INTEGER PRIMARY KEY,
    programme TEXT NOT NULL,          -- its name
    at        INTEGER NOT NULL,       -- from when it holds
    kind      INTEGER NOT NULL,       -- kind 'programme'
    body      TEXT NOT NULL           -- JSON: the programme as it stands after the step
) STRICT;
CREATE INDEX programme_event_name ON programme_event (programme);
CREATE TRIGGER programme_event_stays BEFORE UPDATE ON programme_event
    BEGIN SELECT raise(ABORT, 'the history of a programme is not changed'); END;
CREATE TRIGGER programme_event_remains BEFORE DELETE ON programme_event
    BEGIN SELECT raise(ABORT, 'the history of a programme is not changed'); END;

CREATE TABLE campaign (        -- a campaign that was started
    id         TEXT NOT NULL PRIMARY KEY,  -- short name: reading-summer
    programme  TEXT NOT NULL,         -- the name of the programme it supports
    body       TEXT NOT NULL,         -- TOML: its file as it was when it started
    started_at INTEGER NOT NULL,
    despite    TEXT,                  -- why it was started although the check said stop
    ended_at   INTEGER,
    seconds    INTEGER,               -- what it took, once ended
    money      REAL                   -- what it cost, once ended, if that is known
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_mark (   -- the user's word on whether a campaign won a party
    campaign TEXT NOT NULL REFERENCES campaign,
    party    INTEGER NOT NULL REFERENCES party,
    won      INTEGER NOT NULL,        -- 1 won, 0 not won
    at       INTEGER NOT NULL,
    PRIMARY KEY (campaign, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_mark_party ON campaign_mark (party);

CREATE TABLE origin (          -- how a relationship began; written once and kept for life
    party    INTEGER NOT NULL PRIMARY KEY REFERENCES party,
    campaign TEXT REFERENCES campaign,  -- the campaign that won it; none if no campaign did
    won_at   INTEGER NOT NULL,
    how      INTEGER NOT NULL         -- kind 'origin': by what it was recognised
) STRICT;
CREATE INDEX origin_campaign ON origin (campaign);
CREATE TRIGGER origin_stays BEFORE UPDATE OF campaign, won_at, how ON origin
    BEGIN SELECT raise(ABORT, 'an origin is kept for life'); END;

CREATE TABLE tag (             -- the user's words for parties
    party INTEGER NOT NULL REFERENCES party,
    tag   TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (party, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_name ON tag (tag);

CREATE TABLE tier (            -- where a party stands, so that it is demoted slowly; can be made again
    party INTEGER NOT NULL PRIMARY KEY REFERENCES party,
    tier  TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;

CREATE TABLE label (           -- hashtags and links of interactions, in one spelling
    label       TEXT NOT NULL,        -- #reading or example.org/reading
    t           INTEGER NOT NULL,     -- with interaction the key into the log
    interaction INTEGER NOT NULL,
    PRIMARY KEY (label, t, interaction)
) STRICT, WITHOUT ROWID;
";

/// What version 4 adds: when and by whom a line of a plan is to be done.
pub(crate) const VERSION_4: &str = "
CREATE TABLE plan_place (
    plan   INTEGER NOT NULL,
    line   INTEGER NOT NULL,
    day    INTEGER NOT NULL,          -- the day it is planned for, counted from 1970-01-01
    member TEXT NOT NULL,             -- who of the team does it; empty if there is no team
    PRIMARY KEY (plan, line),
    FOREIGN KEY (plan, line) REFERENCES plan_line ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
";

/// What version 5 adds: the user's notes, and who is not to come back.
pub(crate) const VERSION_5: &str = "
CREATE TABLE note (            -- what the user wrote about somebody
    id      INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account,  -- an account of theirs, with which the note moves
    at      INTEGER NOT NULL,         -- the moment it is about
    written INTEGER NOT NULL,         -- when it was last written
    text    TEXT NOT NULL
) STRICT;
CREATE INDEX note_account ON note (account);

CREATE TABLE forgotten (       -- who was erased and is left out of later imports
    hash BLOB NOT NULL PRIMARY KEY    -- HMAC-SHA-256 of an id or a handle, under the key in meta
) STRICT, WITHOUT ROWID;
";

/// What version 7 adds: which marks are of one erased party, so that all of them are lifted by one.
pub(crate) const VERSION_7: &str = "
ALTER TABLE forgotten ADD COLUMN person INTEGER;  -- the same number for all marks of one party; chance, and null before version 7
CREATE INDEX forgotten_person ON forgotten (person);
";

/// What version 6 adds: who stands behind accounts, and which of them are one party.
pub(crate) const VERSION_6: &str = "
CREATE TABLE fact (            -- what profiles and cards say of who stands behind an account
    account    INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    kind       INTEGER NOT NULL,      -- kind 'fact'
    text       TEXT NOT NULL,
    first_seen INTEGER,               -- the first report that says so, if one has a date
    last_seen  INTEGER,
    PRIMARY KEY (account, kind, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity (        -- words on whether two accounts are of one party
    id        INTEGER PRIMARY KEY,
    made_at   INTEGER NOT NULL,
    a         INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    b         INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    is_same   INTEGER NOT NULL,       -- 1 of one party, 0 of two
    said_by   INTEGER NOT NULL,       -- kind 'identity': user or rule
    why       TEXT NOT NULL,
    undone_at INTEGER                 -- taken back; it counts no longer
) STRICT;
CREATE INDEX identity_a ON identity (a);
CREATE INDEX identity_b ON identity (b);
";

/// Writes the names of all kinds this version knows into table `kind`; those there stay.
pub(crate) fn name_kinds(connection: &Connection) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO kind (family, number, name) VALUES (?, ?, ?)")?;
    for kind in InteractionKind::ALL {
        insert.execute(("interaction", kind.number(), kind.name()))?;
    }
    for kind in TieKind::ALL {
        insert.execute(("tie", kind.number(), kind.name()))?;
    }
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        insert.execute(("severity", severity as u8, severity.name()))?;
    }
    for kind in DecisionKind::ALL {
        insert.execute(("decision", kind.number(), kind.name()))?;
    }
    for reason in OwnReason::ALL {
        insert.execute(("own", reason.number(), reason.name()))?;
    }
    for step in ProgrammeStep::ALL {
        insert.execute(("programme", step.number(), step.name()))?;
    }
    for mark in OriginMark::ALL {
        insert.execute(("origin", mark.number(), mark.name()))?;
    }
    for kind in FactKind::ALL {
        insert.execute(("fact", kind.number(), kind.name()))?;
    }
    for by in SaidBy::ALL {
        insert.execute(("identity", by.number(), by.name()))?;
    }
    for (number, name) in [(0, "unknown"), (1, "at or before"), (2, "exact")] {
        insert.execute(("tie start", number, name))?;
    }
    for (number, name) in [(0, "open"), (1, "exact"), (2, "between")] {
        insert.execute(("tie end", number, name))?;
    }
    Ok(())
}
