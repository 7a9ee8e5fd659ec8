//! What every part of a reading writes with: the owner, the records' taker, the findings, and the range of what was
//! seen.

use rin_plugin::{
    archive::{ArchiveFile, Fault, Findings, OwnedFinding},
    prelude::{
        InteractionKind, InteractionRecord, Moment, ReadError, Record, RecordSink, Seen, Severity,
        Stop,
    },
    text::{Items, ItemsError},
};

use super::{
    owner::Owner,
    people::{People, Person},
    say,
};

const ITEMS_A_STEP: u64 = 256;

/// What a reading of one archive writes with.
pub(super) struct Desk<'d> {
    pub(super) owner: Owner,
    pub(super) now: Moment,
    pub(super) sink: &'d mut dyn RecordSink,
    pub(super) findings: &'d mut Findings,
    pub(super) people: People,
    pub(super) seen: Seen,
    /// How far the reading of the source is, in bytes.
    pub(super) done: u64,
    pub(super) total: u64,
}

/// Something that happened between two accounts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'e> {
    pub(super) id: &'e str,
    pub(super) at: Moment,
    pub(super) from: &'e str,
    pub(super) to: &'e str,
    pub(super) kind: InteractionKind,
    pub(super) labels: &'e str,
}

impl Desk<'_> {
    pub(super) fn send(&mut self, event: Event<'_>) -> Result<(), Stop> {
        let Event { id, at, from, to, kind, labels } = event;
        self.sink.record(Record::Interaction(InteractionRecord { id, at, from, to, kind, labels }))
    }

    /// Notes that somebody is named in a post of that moment.
    pub(super) fn name(&mut self, person: Person<'_>, at: Moment) -> Result<(), Stop> {
        self.people.add(person, at, self.sink)
    }

    /// Counts a finding about a place in a file.
    pub(super) fn note(&mut self, code: &'static str, file: &str, place: u64) {
        self.findings.add(say::finding(code, file, place));
    }

    /// Says how far the reading is, now and then.
    pub(super) fn progress(&mut self, index: u64, place: u64) {
        if index.is_multiple_of(ITEMS_A_STEP) {
            self.sink.progress(self.done.saturating_add(place).min(self.total), self.total);
        }
    }

    /// Takes what became of the list in a file; `false` if something of it is missing.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the taker wants no more.
    pub(super) fn close(
        &mut self,
        file: &ArchiveFile,
        read: Result<Items, ItemsError>,
        expected: Option<u64>,
    ) -> Result<bool, ReadError> {
        self.done = self.done.saturating_add(file.size().unwrap_or(0));
        let items = match read {
            Ok(items) => items,
            Err(ItemsError::Stopped) => return Err(ReadError::Stopped),
            Err(ItemsError::Fault(fault)) => {
                self.fail(file, fault);
                return Ok(false);
            }
        };
        if 0 < items.too_long {
            let finding = say::finding("too-long-item", file.name(), items.first_too_long);
            self.findings.add(OwnedFinding { count: items.too_long, ..finding });
        }
        let is_complete = expected.is_none_or(|expected| expected <= items.count);
        if !is_complete {
            let missing = expected.unwrap_or(0).saturating_sub(items.count);
            self.findings.add(say::counted("missing-entries", file.name(), missing));
        }
        Ok(is_complete && items.too_long == 0)
    }

    pub(super) fn fail(&mut self, file: &ArchiveFile, fault: Fault) {
        self.findings.add(OwnedFinding::new(Severity::Error, file.name(), fault));
    }
}
