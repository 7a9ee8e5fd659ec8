//! Reads LinkedIn exports: the small and the large archive of every year since 2018, packed, unpacked, or one table.
//!
//! Names are gathered from all tables before anything is reported, because one table gives a person's address and
//! another only the name; then the owner is worked out, and then each table is read.

mod contacts;
mod desk;
mod export;
mod messages;
mod owner;
mod people;
mod say;
mod sheet;
mod signs;
mod tables;
mod when;

use std::io::Read;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, Limits},
    prelude::{
        AccountFlags, CoverageRecord, InteractionKind, InteractionKinds, Moment, Probe, ReadError,
        Record, RecordSink, Seen, Source, TieKind, TieKinds,
    },
};

use self::{
    desk::Desk,
    export::{Export, Kind},
    people::profile,
    sheet::Sheet,
    tables::Tables,
};

/// Tables looked into to tell whose export a source is.
const LOOKED_AT: usize = 24;

/// Says how sure it is that the source is an export of LinkedIn.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let named = archive.files().iter().filter_map(|file| Some((file, Kind::of(file.base())?)));
    let found = named.take(LOOKED_AT).map(|(file, kind)| {
        let mut head = Vec::new();
        // What cannot be read says nothing of itself; the reading tells why.
        let read = archive.open_file(file).map(|reader| reader.take(4096).read_to_end(&mut head));
        let text = rin_plugin::text::decode(&head).text.to_lowercase();
        let has_words = read.is_ok() && kind.words().iter().all(|word| text.contains(word));
        match kind {
            _ if !has_words && !text.contains("linkedin.com") => Probe::NO,
            Kind::Connections | Kind::Messages | Kind::Invitations | Kind::CompanyFollows => {
                Probe::CERTAIN
            }
            _ => Probe::LIKELY,
        }
    });
    found.max().unwrap_or(Probe::NO)
}

/// Reads everything in the source; `said` is whose it is, as the user says.
///
/// # Errors
/// [`ReadError`] if there is no export, or the taker wants no more.
pub(crate) fn read(
    source: &dyn Source,
    said: &str,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let exports = export::find(&archive);
    if exports.is_empty() {
        return Err(findings.failure().unwrap_or_else(|| say::no_export(&archive)));
    }
    // An address or the word in it.
    let said = if said.contains('/') { profile(said).into_owned() } else { said.to_lowercase() };
    let total = exports.len() as u64;
    let mut told: Vec<String> = Vec::new();
    for (done, export) in (0_u64..).zip(&exports) {
        sink.progress(done, total);
        let tables = Tables::open(&archive, export, &mut findings);
        let reading = Reading { archive: &archive, export, tables, said: &said };
        let owner = reading.run(source.now(), &told, sink, &mut findings)?;
        if export.of(Kind::Connections).next().is_some() {
            told.push(owner);
        }
    }
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

/// The reading of one export.
struct Reading<'r, 'a> {
    archive: &'r Archive<'a>,
    export: &'r Export<'r>,
    tables: Tables,
    said: &'r str,
}

impl Reading<'_, '_> {
    /// Reads all of it and returns its owner; contacts only if the owner is not among `told`, whose newer ones were.
    fn run(
        mut self,
        now: Moment,
        told: &[String],
        sink: &mut dyn RecordSink,
        findings: &mut Findings,
    ) -> Result<String, ReadError> {
        let (people, hints) = self.tables.learn();
        let owner = hints.owner(self.said);
        let mut desk = Desk { owner, people, now, sink, findings, seen: Seen::default() };
        let made = self.export.made().map(|made| made.min(now));
        self.owner(&mut desk, made)?;
        let covered = self.messages(&mut desk)?;
        for table in &self.tables.invitations {
            table.read(&mut desk)?;
        }
        for (sheet, table) in &self.tables.vouching {
            signs::vouch(sheet, *table, &mut desk)?;
        }
        let held = self.follows(&mut desk)?;
        let loose = self.export.files.iter().filter_map(|(_, file)| file.modified()).max();
        let until = made.or(desk.seen.until).or(loose).unwrap_or(now).min(now);
        let is_told = told.contains(&desk.owner.id);
        let held = held | self.contacts(until, is_told, &mut desk)?;
        self.count(&mut desk);
        desk.people.send(desk.sink)?;
        desk.sink.record(Record::Coverage(CoverageRecord {
            account: &desk.owner.id,
            sent: covered,
            received: covered,
            ties_held: held,
            ties_to: TieKinds::NONE,
            since: desk.seen.since,
            // A contact may be newer than the last message.
            until: Some(made.or(desk.seen.until).unwrap_or(until).min(now)),
        }))?;
        Ok(desk.owner.id)
    }

    /// Reports the owner, and says how sure it is who that is.
    fn owner(&self, desk: &mut Desk<'_>, made: Option<Moment>) -> Result<(), ReadError> {
        let first = self.export.files.first().map_or("", |(_, file)| file.name());
        let is_by_name = desk.owner.id.starts_with("me:");
        if !desk.owner.is_known {
            desk.findings.add(say::finding("owner-unknown", first, 0));
        } else if is_by_name {
            desk.findings.add(say::finding("owner-by-name", first, 0));
        }
        // An older export, without addresses, knew the owner by name.
        let has_alias = !is_by_name && !desk.owner.name.is_empty();
        let alias = if has_alias { owner::by_name(&desk.owner.name) } else { String::new() };
        desk.sink.record(Record::Account(desk.owner.record(&alias, made)))?;
        Ok(())
    }

    fn messages(&self, desk: &mut Desk<'_>) -> Result<InteractionKinds, ReadError> {
        if self.export.of(Kind::Messages).next().is_none() {
            desk.findings.add(say::finding("no-messages", "", 0));
        }
        let mut is_whole = !self.tables.messages.is_empty();
        for table in &self.tables.messages {
            is_whole &= table.read(desk)?;
        }
        let messages = InteractionKinds::of(&[InteractionKind::Message]);
        Ok(if is_whole { messages } else { InteractionKinds::NONE })
    }

    /// Reads whom the owner follows; complete if organisations and members both are.
    fn follows(&self, desk: &mut Desk<'_>) -> Result<TieKinds, ReadError> {
        let mut whole = Vec::new();
        for (kind, sheet) in &self.tables.follows {
            if signs::follow(sheet, desk)? {
                whole.push(*kind);
            }
        }
        let is_complete =
            [Kind::CompanyFollows, Kind::MemberFollows].iter().all(|kind| whole.contains(kind));
        Ok(if is_complete { TieKinds::of(&[TieKind::Follow]) } else { TieKinds::NONE })
    }

    fn contacts(
        &self,
        until: Moment,
        is_told: bool,
        desk: &mut Desk<'_>,
    ) -> Result<TieKinds, ReadError> {
        if self.tables.contacts.is_empty() {
            desk.findings.add(say::finding("no-contacts", "", 0));
            return Ok(TieKinds::NONE);
        }
        if is_told {
            let file = self.export.of(Kind::Connections).next().map_or("", ArchiveFile::name);
            desk.findings.add(say::finding("older-export", file, 0));
            return Ok(TieKinds::NONE);
        }
        let mut is_whole = true;
        for table in &self.tables.contacts {
            is_whole &= table.read(until, desk)?;
        }
        Ok(if is_whole { TieKinds::of(&[TieKind::Contact]) } else { TieKinds::NONE })
    }

    /// Returns how many rows a table has that is only counted.
    fn rows(&self, file: &ArchiveFile, desk: &mut Desk<'_>) -> u64 {
        let sheet = Sheet::open(self.archive, file, &["date"], desk.findings);
        sheet.map_or(0, |sheet| sheet.rows().count() as u64)
    }

    /// Counts what is there and does not say whom it was for.
    fn count(&self, desk: &mut Desk<'_>) {
        desk.findings.add(say::finding("targets-not-covered", "", 0));
        for (kind, file) in &self.export.files {
            let (code, count) = match kind {
                Kind::Comments => {
                    ("comments-without-target", signs::count_comments(self.archive, file, desk))
                }
                Kind::Reactions => ("reactions-without-target", self.rows(file, desk)),
                Kind::Shares => ("shares-without-target", self.rows(file, desk)),
                _ => continue,
            };
            if 0 < count {
                desk.findings.add(say::counted(code, file.name(), count));
            }
        }
        if 0 < self.export.others {
            desk.findings.add(say::counted("other-files", "", self.export.others));
        }
    }
}

/// Returns what an id says of an account: people have profiles, organisations pages.
fn flags_of(id: &str) -> AccountFlags {
    let is_organisation = ["company/", "school/", "showcase/", "organisation:"]
        .iter()
        .any(|begin| id.starts_with(begin));
    if is_organisation { AccountFlags::ORGANISATION } else { AccountFlags::PERSON }
}

#[cfg(test)]
mod tests;
