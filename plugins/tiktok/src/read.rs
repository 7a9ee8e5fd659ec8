//! Reads TikTok exports: a file of JSON with any of the roots of the years, or the older text files.
//!
//! The file is walked through twice, because who the owner is stands behind the messages; lists are passed over the
//! first time.

mod desk;
mod export;
mod say;
mod text;
mod walk;
mod when;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead, BufReader, Read},
};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault, Findings, Limits, OwnedFinding},
    prelude::{
        AccountFlags, AccountRecord, CoverageRecord, InteractionKind, InteractionKinds, Moment,
        Probe, ReadError, Record, RecordSink, Seen, Severity, Source, Stop, TieKind, TieKinds,
    },
    text::Facts,
};

use self::{
    desk::{Desk, name_of, text},
    export::{Export, Form, Part},
    walk::{Ended, Found, List, Sought},
};

/// Files looked into to tell whose export a source is.
const LOOKED_AT: usize = 64;
/// The longest text file.
const MAX_TEXT: usize = 64 << 20;
/// A file up to this length is read into memory at once, which is faster.
const MAX_WHOLE: u64 = 64 << 20;
/// The word for an owner whom nothing names; no name can have it.
const UNKNOWN: &str = "me:owner";

/// Says how sure it is that the source is an export of TikTok.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let found = archive.files().iter().take(LOOKED_AT).filter_map(|file| {
        Some(match export::form_of(&archive, file)? {
            Form::Text(List::Chats) => Probe::CERTAIN,
            Form::Text(_) => Probe::LIKELY,
            Form::Json if looks_like_one(&archive, file) => Probe::CERTAIN,
            Form::Json if file.base() == "user_data_tiktok.json" => Probe::LIKELY,
            Form::Json => Probe::NO,
        })
    });
    found.max().unwrap_or(Probe::NO)
}

/// Whether a file of JSON has a list of ours near its beginning.
fn looks_like_one(archive: &Archive<'_>, file: &ArchiveFile) -> bool {
    let mut head = Vec::new();
    let read = archive.open_file(file).map(|reader| reader.take(8192).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    let roots = [
        "\"Activity\"",
        "\"Your Activity\"",
        "\"Profile And Settings\"",
        "\"App Settings\"",
        "\"Comment\"",
        "\"Direct Messages\"",
        "\"Direct Message\"",
        "\"Likes and Favorites\"",
        "\"Profile\"",
    ];
    let is_object = head.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    read.is_ok() && is_object && roots.iter().any(|root| head.contains(root))
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
    let total = exports.len() as u64;
    let mut told: Vec<String> = Vec::new();
    for (done, export) in (0_u64..).zip(&exports) {
        sink.progress(done, total);
        let reading = Reading { archive: &archive, export };
        told.push(reading.run((source.now(), said), &told, sink, &mut findings)?);
    }
    findings.add(say::finding("received-not-covered", "", 0));
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

/// The reading of one export.
struct Reading<'r, 'a> {
    archive: &'r Archive<'a>,
    export: &'r Export<'r>,
}

impl Reading<'_, '_> {
    /// Reads all of it and returns its owner; follows only if the owner is not among `told`, whose newer ones were.
    fn run(
        &self,
        (now, said): (Moment, &str),
        told: &[String],
        sink: &mut dyn RecordSink,
        findings: &mut Findings,
    ) -> Result<String, ReadError> {
        let first = self.export.parts.first().map_or("", |(file, _)| file.name());
        let owner = if said.is_empty() { self.owner() } else { said.to_owned() };
        if owner == UNKNOWN {
            findings.add(say::finding("owner-unknown", first, 0));
        }
        let is_told = told.contains(&owner);
        if is_told {
            findings.add(say::finding("older-export", first, 0));
        }
        let made = self.export.made().map(|made| made.min(now));
        let loose = self.export.parts.iter().filter_map(|(file, _)| file.modified()).max();
        let handle = if owner == UNKNOWN { "me" } else { &owner };
        let facts = if owner == UNKNOWN { Facts::default() } else { desk::page(&owner) };
        sink.record(Record::Account(AccountRecord {
            id: &owner,
            handle,
            flags: AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT),
            seen: made,
            facts: facts.as_str(),
            ..AccountRecord::default()
        }))?;
        let mut desk = Desk {
            until: made.or(loose).unwrap_or(now).min(now),
            file: String::new(),
            seen: Seen::default(),
            lists: BTreeSet::new(),
            torn: BTreeSet::new(),
            met: BTreeSet::new(),
            twins: BTreeMap::new(),
            owner,
            now,
            is_told,
            sink,
            findings,
        };
        let mut is_whole = true;
        for part in &self.export.parts {
            part.0.name().clone_into(&mut desk.file);
            let read = self.walk(part, Sought::Everything, |found| desk.take(&found));
            is_whole &= close(read, part.0, desk.findings)?;
        }
        let until = made.or(desk.seen.until).or(loose).unwrap_or(now).min(now);
        cover(&mut desk, is_whole, until)?;
        Ok(desk.owner)
    }

    fn walk(
        &self,
        (file, form): &Part<'_>,
        sought: Sought,
        each: impl FnMut(Found<'_>) -> Result<(), Stop>,
    ) -> Result<(), ReadEnd> {
        if let Form::Text(list) = form {
            let text = self.archive.text_of(file, MAX_TEXT).map_err(ReadEnd::Error)?;
            return text::walk(list, &text, each).map_err(|_| ReadEnd::Stopped);
        }
        let walked = match self.whole(file).map_err(ReadEnd::Error)? {
            Some(bytes) => {
                let json = without_mark(&bytes);
                if !is_object(json) {
                    return Err(ReadEnd::Damaged(1, None));
                }
                walk::walk_whole(json, sought, each)
            }
            None => walk::walk(self.stream(file)?, sought, each),
        };
        walked.map_err(|ended| match ended {
            Ended::Stopped => ReadEnd::Stopped,
            Ended::Damaged(line, fault) => ReadEnd::Damaged(line, fault),
        })
    }

    /// Returns the bytes of a file; `None` for a long one, and for one that breaks off, whose beginning is read as it comes.
    fn whole(&self, file: &ArchiveFile) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(size) = file.size().filter(|size| *size <= MAX_WHOLE) else { return Ok(None) };
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        let reader = self.archive.open_file(file)?.take(MAX_WHOLE + 1);
        let is_whole =
            { reader }.read_to_end(&mut bytes).is_ok() && bytes.len() as u64 <= MAX_WHOLE;
        Ok(is_whole.then_some(bytes))
    }

    /// Opens a file past its mark, if it holds an object.
    fn stream(&self, file: &ArchiveFile) -> Result<impl Read, ReadEnd> {
        let mut reader = BufReader::new(self.archive.open_file(file).map_err(ReadEnd::Error)?);
        let mut head = || -> io::Result<bool> {
            let length = reader.fill_buf()?.len();
            let json = without_mark(reader.buffer());
            let (is_object, mark) = (is_object(json), length - json.len());
            reader.consume(mark);
            Ok(is_object)
        };
        match head() {
            Ok(true) => Ok(reader),
            Ok(false) => Err(ReadEnd::Damaged(1, None)),
            Err(error) => Err(ReadEnd::Damaged(1, Some(Fault::from_io(&error, 1)))),
        }
    }

    /// Works out the owner: the name of the profile, or who writes in the conversations beside the other side.
    fn owner(&self) -> String {
        let named = self.hints(Sought::Name);
        if named.named.is_some() { named.owner() } else { self.hints(Sought::Everything).owner() }
    }

    fn hints(&self, sought: Sought) -> Hints {
        let mut hints = Hints::default();
        for part in &self.export.parts {
            // What is damaged is told when it is read.
            let _read = self.walk(part, sought, |found| {
                hints.take(&found);
                Ok(())
            });
        }
        hints
    }
}

/// What an export says about whose it is.
#[derive(Default)]
struct Hints {
    /// The name in the profile.
    named: Option<String>,
    /// How much was written by each who is not whom a conversation is with.
    senders: BTreeMap<String, u64>,
}

impl Hints {
    fn take(&mut self, found: &Found<'_>) {
        match found {
            Found::Entry(List::Owner, _, name) if self.named.is_none() => {
                self.named = name_of(name.as_str().unwrap_or_default());
            }
            Found::Entry(List::Chat(with), _, entry) => {
                let from = name_of(text(entry, &["From", "from"]));
                if let Some(from) = from.filter(|from| name_of(with).as_ref() != Some(from)) {
                    *self.senders.entry(from).or_default() += 1;
                }
            }
            _ => {}
        }
    }

    fn owner(self) -> String {
        let most = self.senders.iter().max_by_key(|(name, count)| (**count, Reverse(*name)));
        let most = most.map(|(name, _)| name.clone());
        self.named.or(most).unwrap_or_else(|| UNKNOWN.to_owned())
    }
}

/// Why the reading of a file ended early.
enum ReadEnd {
    Stopped,
    Damaged(u64, Option<Fault>),
    Error(ReadError),
}

/// Takes how a file ended; `false` if something of it is missing.
fn close(
    read: Result<(), ReadEnd>,
    file: &ArchiveFile,
    findings: &mut Findings,
) -> Result<bool, ReadError> {
    match read {
        Ok(()) => return Ok(true),
        Err(ReadEnd::Stopped) => return Err(ReadError::Stopped),
        Err(ReadEnd::Damaged(_, Some(fault))) => {
            findings.add(OwnedFinding::new(Severity::Error, file.name(), fault));
        }
        Err(ReadEnd::Damaged(line, None)) => {
            findings.add(say::finding("malformed", file.name(), line));
        }
        Err(ReadEnd::Error(error)) => findings.add_error(&error),
    }
    Ok(false)
}

/// Returns a file without the mark at its beginning.
fn without_mark(file: &[u8]) -> &[u8] {
    file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file)
}

/// Whether what a file begins with is an object.
fn is_object(file: &[u8]) -> bool {
    file.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// Reports what the export could see.
fn cover(desk: &mut Desk<'_>, is_whole: bool, until: Moment) -> Result<(), Stop> {
    let has = |list: &List| is_whole && desk.lists.contains(list) && !desk.torn.contains(list);
    let is_known = desk.owner != UNKNOWN;
    let one = |is: bool, kind: TieKind| {
        if is { TieKinds::of(&[kind]) } else { TieKinds::NONE }
    };
    let has_ties = !desk.is_told;
    let follows = one(has_ties && has(&List::Following), TieKind::Follow);
    let blocks = one(has_ties && has(&List::Blocks), TieKind::Block);
    let followers = one(has_ties && has(&List::Followers), TieKind::Follow);
    let messages = if is_known && has(&List::Chats) {
        InteractionKinds::of(&[InteractionKind::Message])
    } else {
        InteractionKinds::NONE
    };
    for (list, code) in [
        (List::Followers, "no-followers"),
        (List::Following, "no-following"),
        (List::Chats, "no-messages"),
    ] {
        if !desk.lists.contains(&list) {
            desk.note(code, 0);
        }
    }
    desk.sink.record(Record::Coverage(CoverageRecord {
        account: &desk.owner,
        sent: messages,
        received: messages,
        ties_held: follows | blocks,
        ties_to: followers,
        since: desk.seen.since,
        until: Some(until),
    }))
}

#[cfg(test)]
mod tests;
