//! Reads GitHub migration archives, and lists fetched from the platform's interface under the same names.
//!
//! Who wrote what is gathered from all files before anything is reported, because a comment does not say whom it
//! answers; then accounts come, then what was written, then who belongs to which organisation.

mod body;
mod item;
mod kind;
mod learn;
mod people;
mod say;
mod written;

use rin_plugin::{
    archive::{Archive, Findings, Limits},
    prelude::{
        CoverageRecord, InteractionKinds, Moment, Probe, ReadError, Record, RecordSink, Seen,
        Source, TieKind, TieKinds,
    },
    text::Words,
};

use self::{
    kind::{Export, Kind, Part},
    learn::Learned,
    people::{Desk, KINDS},
};

/// Files whose beginning is looked at to tell whose archive a source is.
const LOOKED_AT: usize = 16;
/// The word for an owner whom nothing names; the platform gives it to nobody.
const UNKNOWN: &str = "me";

/// Says how sure it is that the source is an archive of GitHub.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let parts = archive.files().iter().filter_map(Part::of).take(LOOKED_AT);
    let found = parts.map(|part| {
        let head = item::head_of(&archive, part.file);
        let is_list = head.trim_start_matches('\u{feff}').trim_start().starts_with('[');
        let is_typed = head.contains("\"type\"") && head.contains("\"url\"");
        match (is_list, 0 < part.number && is_typed, head.contains("github.com/")) {
            (true, true, true) => Probe::CERTAIN,
            (true, true, false) | (true, false, true) => Probe::LIKELY,
            _ => Probe::NO,
        }
    });
    found.max().unwrap_or(Probe::NO)
}

/// Reads everything in the source; `said` is whose it is, as the user says.
///
/// # Errors
/// [`ReadError`] if there is no archive, or the taker wants no more.
pub(crate) fn read(
    source: &dyn Source,
    said: &str,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let exports = kind::find(&archive);
    if exports.is_empty() {
        return Err(findings.failure().unwrap_or_else(|| say::no_export(&archive)));
    }
    let total = exports.len() as u64;
    let mut told: Vec<String> = Vec::new();
    for (done, export) in (0_u64..).zip(&exports) {
        sink.progress(done, total);
        let reading = Reading { archive: &archive, export, said };
        let owner = reading.run(source.now(), &told, sink, &mut findings)?;
        if export.of(Kind::Organizations).next().is_some() {
            told.push(owner);
        }
    }
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

/// The reading of one archive.
struct Reading<'r, 'a> {
    archive: &'r Archive<'a>,
    export: &'r Export<'r>,
    said: &'r str,
}

impl Reading<'_, '_> {
    /// Reads all of it and returns its owner; members only if the owner is not among `told`, whose newer ones were.
    fn run(
        &self,
        now: Moment,
        told: &[String],
        sink: &mut dyn RecordSink,
        findings: &mut Findings,
    ) -> Result<String, ReadError> {
        let learned = Learned::of(self.archive, self.export);
        let owner = match (self.said, learned.owner()) {
            ("", Some(owner)) => owner.to_owned(),
            ("", None) => UNKNOWN.to_owned(),
            (said, _) => said.to_owned(),
        };
        let made = self.export.made().map(|made| made.min(now));
        let (seen, ids) = (Seen::default(), Words::default());
        let mut desk = Desk { owner, learned, now, made, sink, findings, seen, told: ids };
        people::accounts(self.archive, self.export, &mut desk)?;
        let is_whole = self.written(&mut desk)?;
        let loose = self.export.parts.iter().filter_map(|part| part.file.modified()).max();
        let until = made.or(desk.seen.until).or(loose).unwrap_or(now).min(now);
        let ties_to = self.members(told, &mut desk)?;
        self.tell(&mut desk);
        let is_covered = is_whole && self.export.has_schema && desk.owner != UNKNOWN;
        let covered =
            if is_covered { InteractionKinds::of(&KINDS) } else { InteractionKinds::NONE };
        desk.sink.record(Record::Coverage(CoverageRecord {
            account: &desk.owner,
            sent: covered,
            received: covered,
            ties_held: TieKinds::NONE,
            ties_to,
            since: desk.seen.since,
            until: Some(until),
        }))?;
        Ok(desk.owner)
    }

    /// Reads what was written; `false` if something of it is missing.
    fn written(&self, desk: &mut Desk<'_>) -> Result<bool, ReadError> {
        let mut is_whole = !desk.learned.is_full;
        for kind in Kind::WRITTEN {
            for file in self.export.of(kind) {
                is_whole &= written::read(self.archive, (kind, file), desk)?;
            }
        }
        for (kind, file) in self.export.torn() {
            desk.note("missing-part", file, 0);
            is_whole &= !Kind::WRITTEN.contains(&kind);
        }
        Ok(is_whole)
    }

    /// Reads who belongs to organisations; returns which ties to the owner are complete.
    fn members(&self, told: &[String], desk: &mut Desk<'_>) -> Result<TieKinds, ReadError> {
        let Some(file) = self.export.of(Kind::Organizations).next() else {
            return Ok(TieKinds::NONE);
        };
        if told.contains(&desk.owner) {
            desk.note("older-archive", file, 0);
            return Ok(TieKinds::NONE);
        }
        let is_whole = people::members(self.archive, self.export, desk)?;
        let torn = self.export.torn();
        let is_torn =
            torn.iter().any(|(kind, _)| [Kind::Organizations, Kind::Teams].contains(kind));
        let is_theirs = desk.learned.is_organization(&desk.owner);
        let is_complete = is_whole && !is_torn && is_theirs && self.export.has_schema;
        Ok(if is_complete { TieKinds::of(&[TieKind::Member]) } else { TieKinds::NONE })
    }

    /// Says what the archive cannot show and what was passed over.
    fn tell(&self, desk: &mut Desk<'_>) {
        desk.findings.add(say::finding("own-repositories-only", "", 0));
        let first = self.export.parts.first().map_or("", |part| part.file.name());
        if desk.owner == UNKNOWN {
            desk.findings.add(say::finding("owner-unknown", first, 0));
        }
        if !self.export.has_schema {
            desk.findings.add(say::finding("no-schema", first, 0));
        }
        if desk.learned.is_full {
            desk.findings.add(say::finding("too-many", first, 0));
        }
        if 0 < self.export.others {
            desk.findings.add(say::counted("other-files", "", self.export.others));
        }
    }
}

#[cfg(test)]
mod tests;
