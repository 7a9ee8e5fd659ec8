//! Reads Bluesky exports: the repositories among the files, and the documents that tell their handles.
//!
//! A repository holds what its account wrote, and nothing of what others wrote to it; it is public, so several
//! accounts' repositories may lie side by side and then show both directions. A file that cannot be read at all is
//! a finding beside others that can, and an error when nothing is left.

mod collect;
mod document;
mod failure;
mod finding;
mod lexicon;
mod moment;
mod repository;
#[cfg(test)]
mod tests;
mod ties;

use std::{cmp::Reverse, io};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Limits},
    prelude::{AccountRecord, FactKind, Probe, ReadError, Record, RecordSink, Source},
    text::Facts,
};

use self::{
    document::Handles,
    failure::Failure,
    finding::Tally,
    repository::{Task, peek, read as read_repository},
};
use crate::car::{self, CarError};

/// How many files are looked into to guess what a source is.
const PROBED: usize = 64;
/// How much of a file tells what it is.
const HEAD: usize = 64;

/// Says how sure it is that a source is an export of Bluesky.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let of_entry = |(entry, file): (usize, &rin_plugin::SourceEntry)| {
        let head = car::head(source, entry, HEAD).unwrap_or_default();
        match (car::is_car(&head), has_car_name(&file.name)) {
            (true, _) => Probe::CERTAIN,
            (false, true) => Probe::LIKELY,
            (false, false) => Probe::NO,
        }
    };
    let plain = source.entries().iter().enumerate().take(PROBED).map(of_entry).max();
    let is_small = source.entries().len() <= PROBED;
    // Names cost nothing, so every one is looked at.
    let named = source.entries().iter().any(|file| has_car_name(&file.name));
    let named = if named { Probe::LIKELY } else { Probe::NO };
    match plain.unwrap_or(Probe::NO).max(named) {
        Probe::NO if is_small && packed_in(source, &Limits::GLANCE).is_some() => Probe::MAYBE,
        probe => probe,
    }
}

/// Reads everything in a source.
///
/// # Errors
/// [`ReadError`] if no file is a readable repository, or the taker wants no more.
pub(crate) fn read(source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
    let mut files = sort_files(source)?;
    order_by_owner(source, &mut files.repositories);
    let size = |entry: usize| source.entries().get(entry).map_or(0, |entry| entry.size);
    let total = files.repositories.iter().map(|&entry| size(entry)).fold(0, u64::saturating_add);
    let mut done: u64 = 0;
    let mut told = Vec::new();
    let mut owners = Vec::new();
    let mut failures = Vec::new();
    for &entry in &files.repositories {
        let task = Task { source, entry, handles: &files.handles, told: &told };
        match read_repository(&task, sink, (done, total)) {
            Ok(outcome) => {
                if outcome.is_whole {
                    told.push(outcome.owner.clone());
                }
                owners.push(outcome.owner);
            }
            Err(ReadError::Stopped) => return Err(ReadError::Stopped),
            Err(error) => failures.push(error),
        }
        done = done.saturating_add(size(entry));
        sink.progress(done, total);
    }
    if owners.is_empty() {
        let first = if failures.is_empty() { None } else { Some(failures.remove(0)) };
        tell_failures(&failures, sink)?;
        return Err(first.unwrap_or_else(|| match packed_in(source, &Limits::default()) {
            Some(file) => Failure::packed().of(&file),
            None => Failure::no_repository().of(""),
        }));
    }
    tell_failures(&failures, sink)?;
    tell_handles(source, &files.handles, &owners, sink)?;
    files.tally.report("", sink)?;
    Ok(())
}

/// The files of a source by what they are.
#[derive(Default)]
struct Files {
    repositories: Vec<usize>,
    handles: Handles,
    tally: Tally,
}

fn sort_files(source: &dyn Source) -> Result<Files, ReadError> {
    let mut files = Files::default();
    for (entry, file) in source.entries().iter().enumerate() {
        let fail = |error: io::Error| Failure::car(&CarError::Read(error)).of(&file.name);
        if has_car_name(&file.name) || car::is_car(&car::head(source, entry, HEAD).map_err(fail)?) {
            files.repositories.push(entry);
        } else if file.name.to_ascii_lowercase().ends_with("chat.jsonl") {
            files.tally.add(&finding::CHAT_LOG, 0);
        } else if !files.handles.take(source, entry).map_err(fail)? {
            files.tally.add(&finding::OTHER_FILES, 0);
        }
    }
    Ok(files)
}

/// Returns a repository that lies inside an archive, where it is not read.
fn packed_in(source: &dyn Source, limits: &Limits) -> Option<String> {
    let archive = Archive::open(source, limits).ok()?;
    let is_packed = |file: &&ArchiveFile| file.is_archived() && has_car_name(file.base());
    archive.files().iter().find(is_packed).map(|file| file.name().to_owned())
}

fn has_car_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".car", ".car.gz"].iter().any(|ending| name.ends_with(ending))
}

/// Puts the exports of one account one after the other, the newest first: revisions sort as text.
fn order_by_owner(source: &dyn Source, repositories: &mut [usize]) {
    if 1 < repositories.len() {
        repositories.sort_by_cached_key(|&entry| {
            peek(source, entry).map(|(owner, revision)| (owner, Reverse(revision)))
        });
    }
}

/// Tells why files could not be read. A difference that holds nothing is no damage.
fn tell_failures(failures: &[ReadError], sink: &mut dyn RecordSink) -> Result<(), ReadError> {
    for error in failures {
        if let ReadError::Unreadable { code: "empty-difference", file, .. } = error {
            let mut tally = Tally::default();
            tally.add(&finding::EMPTY_DIFFERENCE, 0);
            tally.report(file, sink)?;
        } else if let Some(finding) = error.as_finding() {
            sink.record(Record::Finding(finding))?;
        }
    }
    Ok(())
}

/// Returns the page of an account; its handle is a domain and with that a page already.
fn page(handle: &str) -> Facts {
    let mut facts = Facts::default();
    if !handle.is_empty() {
        facts.add(FactKind::Page, &format!("bsky.app/profile/{handle}"));
    }
    facts
}

/// Tells the handles of accounts whose document lies here without their repository.
fn tell_handles(
    source: &dyn Source,
    handles: &Handles,
    owners: &[String],
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    for (did, told) in handles.iter() {
        if owners.iter().any(|owner| owner == did) {
            continue;
        }
        let facts = page(&told.handle);
        sink.record(Record::Account(AccountRecord {
            id: did,
            facts: facts.as_str(),
            handle: &told.handle,
            seen: source.entries().get(told.entry).and_then(|entry| entry.modified),
            ..AccountRecord::default()
        }))?;
    }
    Ok(())
}
