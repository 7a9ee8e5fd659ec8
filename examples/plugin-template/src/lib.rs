//! Rin on the pinboard: reads its exports and knows its house rules.
//!
//! An export is a folder, or an archive of it, with two tables:
//!
//! * `members.csv`: `handle`, `name`, and `you`, which says `yes` for the member whose export it is;
//! * `notes.csv`: `id`, `sent` in seconds since 1970 (UTC), `from` and `to`, both of them handles.
//!
//! What the plugin *is* stands in `plugin.toml`, what it *does* stands here.
#![forbid(unsafe_code)]

use rin_plugin::{
    archive::{Archive, Fault, Findings, Limits, OwnedFinding},
    prelude::*,
    text::{self, Table},
};

/// Positions of the `[[kind]]` and `[[reason]]` entries in `plugin.toml`.
const ANSWER: u32 = 0;
const GREET: u32 = 1;
const OPEN: u32 = 0;
const SILENT: u32 = 1;

/// The longest table read, in bytes: what a plugin holds in memory it must be able to hold.
const MAX_TABLE: usize = 32 << 20;

/// Milliseconds of a day.
const DAY_MS: f64 = 86_400_000.0;

/// One instance with its parameters.
struct Platform {
    greet_after_days: f32,
    answer_within_days: f32,
}

impl Plugin for Platform {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    /// Every parameter is there: with the user's value, checked against the manifest, or with its default.
    fn new(params: &Params) -> Result<Self, PluginError> {
        let number = |key| params.number(key).unwrap_or_default() as f32;
        Ok(Self {
            greet_after_days: number("greet-after-days"),
            answer_within_days: number("answer-within-days"),
        })
    }

    /// Looks at names only: of several plugins the surest is asked to read, so do not claim what is not yours.
    fn probe(&mut self, source: &dyn Source) -> Probe {
        let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
        let notes = archive.by_name("notes.csv");
        let is_ours = notes.is_some_and(|notes| archive.beside(notes, "members.csv").is_some());
        if is_ours { Probe::LIKELY } else { Probe::NO }
    }

    /// A row that cannot be used is a finding and the reading goes on; only a source as a whole is an error.
    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        let archive = Archive::open(source, &Limits::default())?;
        let mut findings = archive.findings().clone();
        let owner = read_members(&table(&archive, "members.csv")?, sink, &mut findings)?;
        let seen = read_notes(&table(&archive, "notes.csv")?, sink, &mut findings)?;
        // What an export cannot show is unknown, not zero. This one shows all notes from us and to us.
        let messages = InteractionKinds::of(&[InteractionKind::Message]);
        sink.record(Record::Coverage(CoverageRecord {
            account: &owner,
            sent: messages,
            received: messages,
            since: seen.map(|(first, _)| first),
            until: seen.map(|(_, last)| last),
            ..Default::default()
        }))?;
        findings.send(sink)?;
        Ok(())
    }

    /// The answer for a row depends on that row, `now`, `seed` and the parameters, on nothing else.
    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let silence = batch.f32(Column::SilenceDays)?;
        let contact_days = batch.u32(Column::ContactDays)?;
        let open = batch.i64(Column::OpenMs)?;
        let now = batch.now().unix_ms() as f64;
        for row in 0..batch.rows() {
            // A null means "unknown" or "never"; the table of columns in docs/PLUGINS.md says which.
            let waiting = open.get(row).map(|since| (now - since as f64) / DAY_MS);
            let proposal = match (waiting, silence.get(row), contact_days.get(row)) {
                (Some(waiting), ..) => self.answer(waiting as f32),
                (None, Some(silence), Some(days)) if self.greet_after_days <= silence => {
                    greet(silence, days)
                }
                _ => continue,
            };
            sink.push(&Proposal { row, ..proposal })?;
        }
        Ok(())
    }
}

impl Platform {
    /// They have written: their half of the contact has happened, and our answer is the other.
    fn answer(&self, waiting_days: f32) -> Proposal<'static> {
        let left = self.answer_within_days - waiting_days;
        let due_days = left.clamp(1.0, self.answer_within_days);
        Proposal {
            kind: ANSWER,
            reason: OPEN,
            minutes: 5.0,
            effect: 1.0,
            due_days,
            ..Default::default()
        }
    }
}

/// `effect` is the probability that the action leads to a contact; say where yours comes from. Nobody has counted it
/// on the pinboard, so this is the kit's figure for platforms without one of their own.
fn greet(silence: f32, contact_days: u32) -> Proposal<'static> {
    let effect = answer_probability(f64::from(silence), f64::from(contact_days)) as f32;
    Proposal { kind: GREET, reason: SILENT, minutes: 3.0, effect, ..Default::default() }
}

/// Returns the text of a table, whatever it is packed in and however it is encoded.
fn table(archive: &Archive<'_>, name: &str) -> Result<String, ReadError> {
    let Some(file) = archive.by_name(name) else {
        let en = "The table is not there. Import the export as it was downloaded.";
        let de = "Die Tabelle fehlt. Importiere den Export so, wie er heruntergeladen wurde.";
        return Err(Fault::new("no-table", en, de).in_file(name));
    };
    Ok(text::decode(&archive.bytes(file, MAX_TABLE)?).text.into_owned())
}

/// Reports the members and returns the handle of the one whose export it is.
fn read_members(
    table: &str,
    sink: &mut dyn RecordSink,
    findings: &mut Findings,
) -> Result<String, ReadError> {
    let mut rows = Table::new(table, b',');
    let [handle, name, you] = columns(&mut rows, "members.csv", ["handle", "name", "you"])?;
    let mut owner = None;
    for row in rows {
        let id = row.get(handle);
        if id.is_empty() {
            findings.add(left_out("members.csv", row.line()));
            continue;
        }
        let is_owner = owner.is_none() && row.get(you) == "yes";
        let ours = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        let flags = if is_owner { ours } else { AccountFlags::default() };
        let account =
            AccountRecord { id, handle: id, name: row.get(name), flags, ..Default::default() };
        sink.record(Record::Account(account))?;
        if is_owner {
            owner = Some(id.to_owned());
        }
    }
    owner.ok_or_else(|| {
        let en = "No member is marked as you. Download the export again.";
        let de = "Kein Mitglied ist als du markiert. Lade den Export neu herunter.";
        Fault::new("no-owner", en, de).in_file("members.csv")
    })
}

/// Reports the notes and returns the first and the last moment seen.
fn read_notes(
    table: &str,
    sink: &mut dyn RecordSink,
    findings: &mut Findings,
) -> Result<Option<(Moment, Moment)>, ReadError> {
    let mut rows = Table::new(table, b',');
    let [id, sent, from, to] = columns(&mut rows, "notes.csv", ["id", "sent", "from", "to"])?;
    let mut seen: Option<(Moment, Moment)> = None;
    for row in rows {
        let seconds = row.get(sent).parse::<i64>().ok();
        let at = seconds.and_then(|seconds| seconds.checked_mul(1000)).map(Moment::from_unix_ms);
        let (id, from, to) = (row.get(id), row.get(from), row.get(to));
        // The platform's own id of the event is its identity: imported twice, it is still one event.
        let (Some(at), false) = (at, [id, from, to].contains(&"")) else {
            findings.add(left_out("notes.csv", row.line()));
            continue;
        };
        seen = Some(seen.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
        let kind = InteractionKind::Message;
        sink.record(Record::Interaction(InteractionRecord { id, at, from, to, kind }))?;
    }
    Ok(seen)
}

/// Reads the header and returns where each column stands.
fn columns<const N: usize>(
    rows: &mut Table<'_>,
    file: &str,
    names: [&str; N],
) -> Result<[usize; N], ReadError> {
    let header = rows.next();
    let mut found = [0; N];
    for (place, name) in found.iter_mut().zip(names) {
        let column = header.as_ref().and_then(|header| header.position(&[name]));
        *place = column.ok_or_else(|| {
            let en = format!("The column {name} is missing. Download the export again.");
            let de = format!("Die Spalte {name} fehlt. Lade den Export neu herunter.");
            Fault::new("no-column", en, de).at(1).in_file(file)
        })?;
    }
    Ok(found)
}

/// Findings of one code in one file are counted together and keep the first place.
fn left_out(file: &str, line: u64) -> OwnedFinding {
    let en = "A row without an id, a moment or a member is left out.";
    let de = "Eine Zeile ohne Kennung, Zeitpunkt oder Mitglied bleibt weg.";
    OwnedFinding::new(Severity::Warning, file, Fault::new("bad-row", en, de).at(line))
}

rin_plugin::export!(Platform);

#[cfg(test)]
mod tests;
