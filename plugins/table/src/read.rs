//! Reads tables of who, whom, when and what, of any origin.
//!
//! A table does not say whose it is: the owner is who the user says, else the only one who stands in every row. Rows
//! between others are taken as well. What a kind means is never guessed.

mod columns;
mod owner;
mod rows;
mod say;
mod when;
mod word;

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, Limits},
    prelude::{
        AccountFlags, AccountRecord, CoverageRecord, FactKind, InteractionKind, InteractionKinds,
        InteractionRecord, Moment, Probe, ReadError, Record, RecordSink, Seen, Source, Stop,
        TieEnd, TieKind, TieKinds, TieRecord, TieStart,
    },
    text::Facts,
};

pub(crate) use self::columns::Settings;
use self::{
    columns::{AT, FACTS, FROM, ID, KIND, NAME, TO, UNTIL},
    owner::{Owner, Side},
    rows::{Ended, Form, Row},
    word::Deed,
};

/// Files looked into to tell whether a source is a table.
const LOOKED_AT: usize = 16;
const DAY_MS: i64 = 86_400_000;
/// What was said of accounts and is remembered as reported; beyond it some is reported twice, which changes nothing.
const REMEMBERED: usize = 500_000;
/// How sure a table with the two columns makes: not as sure as whoever knows its own tables, in percent.
const PERHAPS: u8 = 50;

/// Says how sure it is that the source is a table of relationships.
pub(crate) fn probe(source: &dyn Source, settings: &Settings) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let mut files = archive.files().iter().take(LOOKED_AT);
    // What is called Parquet and is broken is nobody else's, so that its fault is told.
    let is_table = files.any(|file| !matches!(rows::judge(&archive, file, settings), Ok(None)));
    if is_table { Probe::new(PERHAPS) } else { Probe::NO }
}

/// Reads every table in the source.
///
/// # Errors
/// [`ReadError`] if there is none, or the taker wants no more.
pub(crate) fn read(
    source: &dyn Source,
    settings: &Settings,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let mut tables: Vec<(&ArchiveFile, Form)> = Vec::new();
    for file in archive.files() {
        match rows::judge(&archive, file, settings) {
            Ok(Some(form)) => tables.push((file, form)),
            Err(error) => findings.add_error(&error),
            // Counted together: a source may hold any number of other files.
            Ok(None) if rows::is_named(file) => {
                findings.add_under("", say::finding("no-table", file.name(), 1));
            }
            Ok(None) => findings.add_under("", say::finding("other-files", file.name(), 0)),
        }
    }
    if tables.is_empty() {
        return Err(findings.failure().unwrap_or_else(say::no_table));
    }
    let mut desk = Desk {
        owner: owner(&archive, &tables, settings)?,
        settings,
        now: source.now(),
        sink,
        findings: &mut findings,
        seen: Seen::default(),
        met: HashSet::new(),
        last: word::Last::default(),
        made: String::new(),
    };
    let mut is_whole = true;
    let total = tables.len() as u64;
    for (done, table) in (0_u64..).zip(&tables) {
        desk.sink.progress(done, total);
        is_whole &= desk.table(&archive, *table)?;
    }
    desk.finish(is_whole)?;
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

/// Returns who the tables are about: whom the user names, else the only one in every row. That is worked out while the
/// rows are read, and before only if what they say of contacts has to be told apart from what they say of the owner.
fn owner(
    archive: &Archive<'_>,
    tables: &[(&ArchiveFile, Form)],
    settings: &Settings,
) -> Result<Owner, ReadError> {
    let mut owner = Owner::open();
    if !settings.me.is_empty() {
        return Ok(Owner::said(&settings.me));
    }
    if tables.iter().all(|(_, form)| form.is_bare()) {
        return Ok(owner);
    }
    for table in tables {
        let read = rows::each(archive, *table, settings, &mut |_, row| {
            if let Row::Fields(fields) = row
                && let (from, to) = (fields[FROM], fields[TO])
                && !(from.is_empty() || to.is_empty())
            {
                owner.row(from, to);
            }
            Ok(())
        });
        if let Err(Ended::Stopped(stop)) = read {
            return Err(stop.into());
        }
    }
    Ok(owner.decided())
}

/// What a reading writes with.
struct Desk<'d> {
    owner: Owner,
    settings: &'d Settings,
    now: Moment,
    sink: &'d mut dyn RecordSink,
    findings: &'d mut Findings,
    seen: Seen,
    /// Hashes of what was reported of accounts.
    met: HashSet<u64>,
    last: word::Last,
    /// The id of an event without one of its own, made in the same place each time.
    made: String,
}

/// A row whose two sides are known.
#[derive(Clone, Copy)]
struct Pair<'p> {
    from: &'p str,
    to: &'p str,
    id: &'p str,
    at: Option<Moment>,
    until: Option<Moment>,
}

impl Desk<'_> {
    /// Takes the rows of a file; `false` if some could not be read.
    fn table(
        &mut self,
        archive: &Archive<'_>,
        table: (&ArchiveFile, Form),
    ) -> Result<bool, ReadError> {
        let (name, settings) = (table.0.name(), self.settings);
        let mut is_whole = true;
        let read = rows::each(archive, table, settings, &mut |place, row| {
            let code = match row {
                Row::Fields(fields) => self.row(&fields, (name, place))?,
                Row::Bad => Some("bad-row"),
                Row::Open => Some("open-quote"),
            };
            let torn = ["bad-row", "no-date", "unknown-kind", "open-quote"];
            is_whole &= code.is_none_or(|code| !torn.contains(&code));
            if let Some(code) = code {
                self.note(code, name, place);
            }
            Ok(())
        });
        match read {
            Ok(()) => Ok(is_whole),
            Err(Ended::Stopped(stop)) => Err(stop.into()),
            Err(Ended::Fault(error)) => {
                self.findings.add_error(&error);
                Ok(false)
            }
        }
    }

    /// Takes a row; returns why it was left out.
    fn row(
        &mut self,
        fields: &[&str; columns::COLUMNS],
        place: (&str, u64),
    ) -> Result<Option<&'static str>, Stop> {
        let (from, to) = (fields[FROM], fields[TO]);
        if from.is_empty() || to.is_empty() {
            return Ok(Some("no-side"));
        }
        self.owner.row(from, to);
        if from == to {
            return Ok(Some("own-row"));
        }
        let deed = match fields[KIND] {
            "" => self.settings.kind,
            word => self.last.deed(word),
        };
        let Some(deed) = deed else {
            return Ok(Some(if fields[KIND].is_empty() { "no-kind" } else { "unknown-kind" }));
        };
        let at = self.when(fields[AT], place);
        let until = self.when(fields[UNTIL], place);
        let has_date = at.is_some() || (fields[AT].is_empty() && !matches!(deed, Deed::Event(_)));
        if !has_date {
            return Ok(Some("no-date"));
        }
        self.accounts(fields)?;
        let pair = Pair { from, to, id: fields[ID], at, until };
        match (deed, at) {
            (Deed::Event(kind), Some(at)) => self.event(pair, kind, at)?,
            (Deed::Begin(kind), _) => self.begin(pair, kind)?,
            (Deed::End(kind), Some(at)) => {
                self.tie(pair, kind, (TieStart::Unknown, TieEnd::Exact(at)))?;
            }
            _ => return Ok(Some("no-date")),
        }
        Ok(None)
    }

    /// Reports what is said of both sides: an id that is an address, and the columns about whom the row is with.
    fn accounts(&mut self, fields: &[&str; columns::COLUMNS]) -> Result<(), Stop> {
        let is_said =
            !fields[NAME].is_empty() || FACTS.iter().any(|(column, _)| !fields[*column].is_empty());
        let sides = [fields[FROM], fields[TO]];
        for (id, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
            let said = if is_said && self.owner.side().name == other { &FACTS[..] } else { &[] };
            let name = if said.is_empty() { "" } else { fields[NAME] };
            let mut facts = Facts::default();
            if let Some(kind) = fact_in(id) {
                facts.add(kind, id);
            }
            for (column, kind) in said {
                facts.add(*kind, fields[*column]);
            }
            let facts = facts.as_str();
            let is_some = !facts.is_empty() || !name.is_empty();
            if is_some && self.is_new(&(id, name, facts)) {
                let account = AccountRecord { id, name, facts, ..AccountRecord::default() };
                self.sink.record(Record::Account(account))?;
            }
        }
        Ok(())
    }

    fn is_new(&mut self, said: &(&str, &str, &str)) -> bool {
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        let hash = hasher.finish();
        if REMEMBERED <= self.met.len() {
            return !self.met.contains(&hash);
        }
        self.met.insert(hash)
    }

    fn when(&mut self, text: &str, (file, place): (&str, u64)) -> Option<Moment> {
        let last = self.now.unix_ms().saturating_add(DAY_MS);
        let found = when::when(text).filter(|found| found.at.unix_ms() <= last)?;
        if found.is_unzoned {
            self.note("no-zone", file, place);
        }
        self.seen.add(found.at);
        Some(found.at)
    }

    fn event(&mut self, pair: Pair<'_>, kind: InteractionKind, at: Moment) -> Result<(), Stop> {
        let Pair { from, to, .. } = pair;
        self.owner.event(from, to, kind);
        // Without an id of its own a row is known by all it says, so that twice the same row is once the same event.
        self.made.clear();
        if pair.id.is_empty() {
            let mut ms = itoa::Buffer::new();
            self.made.extend([from, "/", to, "/", kind.name(), "/", ms.format(at.unix_ms())]);
        }
        let id = if pair.id.is_empty() { self.made.as_str() } else { pair.id };
        self.sink.record(Record::Interaction(InteractionRecord {
            id,
            at,
            from,
            to,
            kind,
            labels: "",
        }))
    }

    fn begin(&mut self, pair: Pair<'_>, kind: TieKind) -> Result<(), Stop> {
        let start = pair.at.map_or(TieStart::Unknown, TieStart::Exact);
        let end = pair.until.filter(|until| pair.at.is_none_or(|at| at <= *until));
        self.tie(pair, kind, (start, end.map_or(TieEnd::Open, TieEnd::Exact)))
    }

    fn tie(
        &mut self,
        pair: Pair<'_>,
        kind: TieKind,
        (start, end): (TieStart, TieEnd),
    ) -> Result<(), Stop> {
        let Pair { from, to, .. } = pair;
        self.sink.record(Record::Tie(TieRecord { from, to, kind, start, end, label: "" }))
    }

    /// Reports the owner, and what the tables can show: of the owner, the kinds that stand in them, if every row could be
    /// used.
    fn finish(&mut self, is_whole: bool) -> Result<(), Stop> {
        if self.owner.rows == 0 {
            self.note("no-rows", "", 0);
        } else if self.owner.only().is_none() {
            self.note("owner-unknown", "", 0);
        } else if !self.settings.me.is_empty() && !self.owner.is_met {
            self.note("me-not-there", "", 0);
        }
        let Side { name, sent, received } = self.owner.side();
        let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        let account = AccountRecord { id: name, handle: name, flags, ..AccountRecord::default() };
        self.sink.record(Record::Account(account))?;
        let covered = |kinds| if is_whole { kinds } else { InteractionKinds::NONE };
        self.sink.record(Record::Coverage(CoverageRecord {
            account: name,
            sent: covered(*sent),
            received: covered(*received),
            // Whether a table lists all ties it does not say.
            ties_held: TieKinds::NONE,
            ties_to: TieKinds::NONE,
            since: self.seen.since,
            until: self.seen.until.map(|until| until.min(self.now)),
        }))
    }

    /// Counts a finding about a place in a file.
    fn note(&mut self, code: &'static str, file: &str, place: u64) {
        self.findings.add(say::finding(code, file, place));
    }
}

/// Returns what the id of an account says of who stands behind it, if it is an address.
fn fact_in(id: &str) -> Option<FactKind> {
    let is_page = id.starts_with("https://") || id.starts_with("http://");
    let kind = if is_page { FactKind::Page } else { FactKind::Mail };
    (is_page || id.contains('@')).then_some(kind)
}

#[cfg(test)]
mod tests;
