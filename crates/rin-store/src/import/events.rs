//! Writes interactions into the log in batches sorted by time, which is the order of its key.
//!
//! The identity of an event is made of what the platform says about it (id, kind, both accounts' native ids), never
//! of row numbers, so that it is the same in every store and in every order of imports.

use rin_core::{InteractionKind, InteractionRecord, normal_label};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::Tally;
use crate::states::{Event, Pending};

/// Events gathered before they are sorted and written.
const BATCH: usize = 1 << 17;
/// Labels kept of one event, and the longest in bytes: a post that names more is about none of them.
const MOST_LABELS: usize = 32;
const LONGEST_LABEL: usize = 512;

/// Events on their way into the log.
#[derive(Debug)]
pub(super) struct Events {
    source: i64,
    /// The hash with the platform already in it.
    platform: Sha256,
    batch: Vec<(i64, Event)>,
    /// Labels of events of the batch, with the event's moment in milliseconds and its identity.
    labels: Vec<(String, i64, i64)>,
    pending: Pending,
    /// How many of those written were new.
    pub(super) tally: Tally,
}

impl Events {
    pub(super) fn new(source: i64, platform: &str) -> Self {
        let mut hash = Sha256::new();
        take_text(&mut hash, platform);
        Self {
            source,
            platform: hash,
            batch: Vec::new(),
            labels: Vec::new(),
            pending: Pending::default(),
            tally: Tally::default(),
        }
    }

    /// Takes the event of `record` between two rows of table `account`.
    pub(super) fn push(
        &mut self,
        connection: &Connection,
        record: &InteractionRecord<'_>,
        from: u32,
        to: u32,
    ) -> rusqlite::Result<()> {
        let event = Event { at: record.at, from, to, kind: record.kind };
        let id = self.identity(record);
        self.batch.push((id, event));
        if !record.labels.is_empty() {
            self.label(record, id);
        }
        if BATCH <= self.batch.len() { self.write(connection) } else { Ok(()) }
    }

    /// Keeps the labels of a public event in their one spelling; of a private message none, whatever a reader says.
    fn label(&mut self, record: &InteractionRecord<'_>, id: i64) {
        if record.kind == InteractionKind::Message {
            return;
        }
        let told = record.labels.lines().filter(|label| label.len() <= LONGEST_LABEL);
        let at = record.at.unix_ms();
        self.labels
            .extend(told.filter_map(normal_label).take(MOST_LABELS).map(|label| (label, at, id)));
    }

    /// Returns the first 64 bits of a hash over all that makes the event what it is.
    fn identity(&self, record: &InteractionRecord<'_>) -> i64 {
        let mut hash = self.platform.clone();
        take_text(&mut hash, record.id);
        hash.update([InteractionKind::number(record.kind)]);
        take_text(&mut hash, record.from);
        take_text(&mut hash, record.to);
        let digest: [u8; 32] = hash.finalize().into();
        digest.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
    }

    fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.batch.sort_unstable_by_key(|(id, event)| (event.at, *id));
        let mut insert = connection.prepare_cached(
            "INSERT INTO interaction (t, id, src, dst, kind, source) VALUES (?, ?, ?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
        )?;
        for (id, event) in self.batch.drain(..) {
            let kind = event.kind.number();
            let row = (event.at.unix_ms(), id, event.from, event.to, kind, self.source);
            let is_new = insert.execute(row)? != 0;
            self.tally.count(is_new);
            if is_new {
                self.pending.add(&event);
            }
        }
        self.write_labels(connection)?;
        self.pending.write_if_large(connection)
    }

    /// Also of events that were known: an earlier reader may not have told their labels.
    fn write_labels(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.labels.sort_unstable();
        let mut insert = connection.prepare_cached(
            "INSERT INTO label (label, t, interaction) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )?;
        for (label, at, id) in self.labels.drain(..) {
            insert.execute((label, at, id))?;
        }
        Ok(())
    }

    /// Writes what is left and the states.
    pub(super) fn finish(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.write(connection)?;
        self.pending.write(connection)
    }
}

/// Hashes a text with its length before it, so that no two lists of texts hash alike.
fn take_text(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use rin_core::Moment;

    use super::*;

    fn record<'a>(id: &'a str, from: &'a str, to: &'a str) -> InteractionRecord<'a> {
        InteractionRecord {
            id,
            at: Moment::from_unix_ms(0),
            from,
            to,
            kind: InteractionKind::Reply,
            labels: "",
        }
    }

    #[test]
    fn the_identity_is_made_of_all_parts_and_never_changes() {
        let events = Events::new(1, "example");
        let one = events.identity(&record("event", "us", "ann"));
        // Computed apart: sha256 over length-prefixed texts with the kind's number between them.
        assert_eq!(one, -8_964_181_767_215_533_360);
        assert_eq!(Events::new(2, "example").identity(&record("event", "us", "ann")), one);
        assert_ne!(Events::new(1, "other").identity(&record("event", "us", "ann")), one);
        assert_ne!(events.identity(&record("event", "u", "sann")), one);
        assert_ne!(events.identity(&record("event", "ann", "us")), one);
        let message =
            InteractionRecord { kind: InteractionKind::Message, ..record("event", "us", "ann") };
        assert_ne!(events.identity(&message), one);
    }
}
