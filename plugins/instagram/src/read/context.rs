//! What every part of a reading shares: where records and findings go, who was named already, and which moments count.
//!
//! A file is cut into its rows one after the other, so that memory holds one row and a few bytes for each account.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, OwnedFinding},
    prelude::{
        AccountFlags, AccountRecord, FactKind, InteractionKind, InteractionRecord, Moment,
        ReadError, Record, RecordSink, Seen, Stop, TieRecord,
    },
    text::{Facts, Item, Items, ItemsError},
};
use serde_json::Value;
use serde_json_borrow::Value as Borrowed;

use super::say;

/// A row is some hundred bytes; a message with many pictures some kilobytes. Parsed JSON may take eighty times that.
const MAX_ROW: usize = 1 << 20;
/// Facebook's first day, 2004-02-04: nothing on a platform of Meta is older, and broken dates are.
const FIRST_DAY: i64 = 1_075_852_800;
const DAY: i64 = 86_400;

/// One reading of one owner's files.
pub(super) struct Context<'r> {
    pub(super) archive: &'r Archive<'r>,
    pub(super) findings: &'r mut Findings,
    pub(super) sink: &'r mut dyn RecordSink,
    /// The moment of the import.
    pub(super) now: Moment,
    /// From when until when the export shows something.
    pub(super) seen: Seen,
    /// Hashes of the accounts that were reported: their names would fill the memory.
    reported: HashSet<u64>,
    /// How far the reading is, in bytes, and of how many.
    pub(super) done: u64,
    pub(super) total: u64,
}

/// One event, before it is reported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'e> {
    pub(super) id: &'e str,
    pub(super) at: Moment,
    pub(super) from: &'e str,
    pub(super) to: &'e str,
    pub(super) kind: InteractionKind,
    pub(super) labels: &'e str,
}

impl<'r> Context<'r> {
    pub(super) fn new(
        archive: &'r Archive<'r>,
        findings: &'r mut Findings,
        sink: &'r mut dyn RecordSink,
        now: Moment,
    ) -> Self {
        Self {
            archive,
            findings,
            sink,
            now,
            seen: Seen::default(),
            reported: HashSet::new(),
            done: 0,
            total: 0,
        }
    }

    /// Hands over the rows of a file, a bare list or the list under one of the keys.
    ///
    /// Returns whether the whole file could be read; what could not is a finding.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the sink wants no more.
    pub(super) fn rows(
        &mut self,
        file: &ArchiveFile,
        keys: &[&str],
        mut each: impl FnMut(&mut Self, &Value, u64) -> Result<(), Stop>,
    ) -> Result<bool, ReadError> {
        self.items(file, keys, |context, item| match serde_json::from_slice(item.bytes) {
            Ok(value) => each(context, &value, item.place).map(|()| true),
            Err(_) => Ok(false),
        })
    }

    /// The same for rows whose texts stay where they were read: half as much work for the messages, which are most of
    /// an export.
    ///
    /// # Errors
    /// As [`rows`](Self::rows).
    pub(super) fn borrowed_rows(
        &mut self,
        file: &ArchiveFile,
        keys: &[&str],
        mut each: impl FnMut(&mut Self, &Borrowed<'_>, u64) -> Result<(), Stop>,
    ) -> Result<bool, ReadError> {
        self.items(file, keys, |context, item| match serde_json::from_slice(item.bytes) {
            Ok(value) => each(context, &value, item.place).map(|()| true),
            Err(_) => Ok(false),
        })
    }

    /// Hands over the rows of a file as they are written; what `each` says is none is a finding.
    fn items(
        &mut self,
        file: &ArchiveFile,
        keys: &[&str],
        mut each: impl FnMut(&mut Self, Item<'_>) -> Result<bool, Stop>,
    ) -> Result<bool, ReadError> {
        let archive = self.archive;
        let mut is_whole = true;
        let name = file.name();
        let result = archive.items(file, keys, MAX_ROW, |item| {
            if each(self, item)? {
                return Ok(());
            }
            is_whole = false;
            self.findings.add(say::finding("bad-row", name, item.place));
            Ok(())
        });
        self.done = self.done.saturating_add(file.size().unwrap_or(0)).min(self.total);
        self.sink.progress(self.done, self.total);
        Ok(self.end(name, result)? && is_whole)
    }

    /// Hands over the rows of a file and passes over what cannot be read: another reading of the file tells it.
    pub(super) fn quiet_rows(
        &self,
        file: &ArchiveFile,
        keys: &[&str],
        mut each: impl FnMut(&Value),
    ) {
        // A fault ends it; what stood before has been handed over.
        let _ended = self.archive.items(file, keys, MAX_ROW, |item| {
            if let Ok(value) = serde_json::from_slice::<Value>(item.bytes) {
                each(&value);
            }
            Ok(())
        });
    }

    /// Says how the reading of a file ended; whether it was whole.
    fn end(&mut self, name: &str, result: Result<Items, ItemsError>) -> Result<bool, ReadError> {
        match result {
            Ok(items) => {
                if items.too_long != 0 {
                    let finding = say::counted("too-long-row", name, items.too_long);
                    let place = items.first_too_long;
                    self.findings.add(OwnedFinding { place, ..finding });
                }
                if items.arrays == 0 {
                    self.findings.add(say::finding("no-rows", name, 0));
                }
                Ok(items.too_long == 0 && items.arrays != 0)
            }
            Err(ItemsError::Stopped) => Err(ReadError::Stopped),
            Err(ItemsError::Fault(fault)) => {
                self.findings.add_error(&fault.in_file(name));
                Ok(false)
            }
        }
    }

    /// Returns the moment of so many seconds since 1970, or the code of what is wrong with it.
    pub(super) fn moment(&self, seconds: i64) -> Result<Moment, &'static str> {
        self.moment_of_ms(seconds.saturating_mul(1000))
    }

    /// Returns the moment of so many milliseconds since 1970, or the code of what is wrong with it.
    pub(super) fn moment_of_ms(&self, ms: i64) -> Result<Moment, &'static str> {
        if ms < FIRST_DAY * 1000 {
            return Err("no-date");
        }
        let is_ahead = self.now.unix_ms().saturating_add(DAY * 1000) < ms;
        if is_ahead { Err("future-date") } else { Ok(Moment::from_unix_ms(ms)) }
    }

    /// Reports an account once.
    pub(super) fn account(&mut self, account: &AccountRecord<'_>) -> Result<(), Stop> {
        let is_new = self.reported.insert(hash_of((account.id, account.alias)));
        if is_new { self.sink.record(Record::Account(*account)) } else { Ok(()) }
    }

    /// Reports somebody known by a user name.
    pub(super) fn person(&mut self, name: &str, shown: &str) -> Result<(), Stop> {
        if self.reported.contains(&hash_of((name, ""))) {
            return Ok(());
        }
        self.account(&AccountRecord {
            id: name,
            handle: name,
            name: shown,
            flags: AccountFlags::NONE,
            facts: page(name).as_str(),
            ..AccountRecord::default()
        })
    }

    pub(super) fn tie(&mut self, tie: TieRecord<'_>) -> Result<(), Stop> {
        self.sink.record(Record::Tie(tie))
    }

    pub(super) fn event(&mut self, event: &Event<'_>) -> Result<(), Stop> {
        self.seen.add(event.at);
        let Event { id, at, from, to, kind, labels } = *event;
        self.sink.record(Record::Interaction(InteractionRecord { id, at, from, to, kind, labels }))
    }

    /// Adds a finding about a row.
    pub(super) fn find(&mut self, code: &'static str, file: &str, place: u64) {
        self.findings.add(say::finding(code, file, place));
    }
}

/// Returns the address that a user name is itself, by which cards and profiles elsewhere name its holder.
pub(super) fn page(name: &str) -> Facts {
    let mut facts = Facts::default();
    facts.add(FactKind::Page, &format!("instagram.com/{name}"));
    facts
}

pub(super) fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
