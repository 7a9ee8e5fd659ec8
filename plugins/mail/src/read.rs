//! Reads mail: mailboxes, single letters and address books, as programs and providers give them out.
//!
//! Whose mailboxes are is known only at their end; so what they say is kept till then, and where it is too much for the
//! memory they are gone through twice. Of a letter the header alone is looked at; of a header nothing is kept but who wrote
//! to whom and when.

mod card;
mod contacts;
mod folder;
mod kind;
mod letter;
mod letters;
mod owner;
mod people;
mod say;
mod split;

use std::collections::HashSet;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, Limits},
    prelude::{
        CoverageRecord, InteractionKind, InteractionKinds, Moment, Probe, ReadError, Record,
        RecordSink, Seen, Source, TieKinds,
    },
};

pub(crate) use self::letter::address;
use self::{kind::Kind, letter::Letterbox, letters::Kept, owner::Owner, people::People};

/// Files looked into to tell whether there is mail in a source.
const LOOKED_AT: usize = 64;
/// Bytes of letters kept in memory, so that their files need not be read twice: some hundred thousand letters.
const KEPT: usize = 64 << 20;

/// What every part of a reading writes with.
struct Desk<'d> {
    owner: Owner,
    people: People,
    now: Moment,
    sink: &'d mut dyn RecordSink,
    findings: &'d mut Findings,
    seen: Seen,
    /// Letters taken already, by a number made of their ids.
    taken: HashSet<u64>,
    sent: u64,
    received: u64,
}

/// Says how sure it is that there is mail in the source.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let named = archive.files().iter().filter(|file| kind::is_named(file)).take(LOOKED_AT);
    let found = named.map(|file| match kind::of(&archive, file) {
        Some(Kind::Mailbox | Kind::Cards) => Probe::CERTAIN,
        Some(Kind::Letter) => Probe::LIKELY,
        None => Probe::NO,
    });
    found.max().unwrap_or(Probe::NO)
}

/// Reads everything in the source; `said` are the owner's addresses, as the user says them.
///
/// # Errors
/// [`ReadError`] if there is no mail, or the taker wants no more.
pub(crate) fn read(
    source: &dyn Source,
    said: &[String],
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    read_within(source, said, KEPT, sink)
}

fn read_within(
    source: &dyn Source,
    said: &[String],
    kept: usize,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let (mut mail, mut books, mut others) = (Vec::new(), Vec::new(), 0);
    for file in archive.files() {
        match kind::is_named(file).then(|| kind::of(&archive, file)).flatten() {
            Some(Kind::Mailbox | Kind::Letter) => mail.push(file),
            Some(Kind::Cards) => books.push(file),
            None if kind::should_be(file) => {
                let finding = say::finding("no-mailbox", file.name(), 1);
                findings.add_under(kind::group(file.name()), finding);
            }
            None => others += 1,
        }
    }
    if mail.is_empty() && books.is_empty() {
        return Err(findings.failure().unwrap_or_else(|| say::no_mail(&archive)));
    }
    if 0 < others {
        findings.add(say::counted("other-files", "", others));
    }
    let now = source.now();
    let letterbox = Letterbox::new(now);
    let (owner, mut kept) = letters::owner(&archive, &mail, &letterbox, said, kept);
    let desk = Desk {
        owner,
        people: People::default(),
        now,
        sink,
        findings: &mut findings,
        seen: Seen::default(),
        taken: HashSet::new(),
        sent: 0,
        received: 0,
    };
    let total = (mail.len() + books.len()) as u64;
    desk.run(&archive, (&letterbox, &mut kept), (&mail, &books))?;
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

impl Desk<'_> {
    fn run(
        mut self,
        archive: &Archive<'_>,
        (letterbox, kept): (&Letterbox, &mut Kept),
        (mail, books): (&[&ArchiveFile], &[&ArchiveFile]),
    ) -> Result<(), ReadError> {
        let first = mail.first().or(books.first()).map_or("", |file| file.name());
        if !self.owner.is_known {
            let code = if mail.is_empty() { "owner-unknown" } else { "side-unknown" };
            self.note(code, first, 0);
        } else if self.owner.is_proven {
            self.note("owner-proven", first, 0);
        }
        let total = (mail.len() + books.len()) as u64;
        let is_readable = self.owner.is_known;
        let mut is_whole = is_readable;
        for (done, file) in (0_u64..).zip(mail.iter().filter(|_| is_readable)) {
            self.sink.progress(done, total);
            is_whole &= self.letters(archive, (done, file), letterbox, kept)?;
        }
        let changed = self.contacts(archive, books)?;
        let until = self.seen.until.or(changed).map(|at| at.min(self.now));
        let own = self.people.name_of(&self.owner.id).to_owned();
        self.owner.send(&own, until, self.sink)?;
        self.people.send(&self.owner.id, self.sink)?;
        let messages = InteractionKinds::of(&[InteractionKind::Message]);
        let covered =
            |count: u64| if is_whole && 0 < count { messages } else { InteractionKinds::NONE };
        let (sent, received) = (covered(self.sent), covered(self.received));
        self.say_missing(mail.is_empty());
        self.sink.record(Record::Coverage(CoverageRecord {
            account: &self.owner.id,
            sent,
            received,
            // A file of cards may be the whole book or a handful of it, and does not say which.
            ties_held: TieKinds::NONE,
            ties_to: TieKinds::NONE,
            since: self.seen.since,
            until,
        }))?;
        Ok(())
    }

    /// Says which half of the letters is not there.
    fn say_missing(&mut self, is_without_mail: bool) {
        if is_without_mail {
            self.note("no-letters", "", 0);
        } else if self.owner.is_known && 0 < self.sent + self.received {
            if self.sent == 0 {
                self.note("no-sent", "", 0);
            }
            if self.received == 0 {
                self.note("no-received", "", 0);
            }
        }
    }

    /// Counts a finding about a place in a file.
    fn note(&mut self, code: &'static str, file: &str, place: u64) {
        self.findings.add_under(kind::group(file), say::finding(code, file, place));
    }
}

#[cfg(test)]
mod tests;
