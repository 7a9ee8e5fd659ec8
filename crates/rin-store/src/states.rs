//! The tie states: one small summary per pair of accounts, kept beside the log so that a start reads states, not events.
//!
//! A state is a commutative monoid, so adding what an import brought gives the same as summing up the whole log
//! ([`Store::rebuild_states`]). Rows stand for the accounts as reported; the groups that aliases make are joined on
//! reading by merging, because a later import may join accounts whose events are long summed up.

use std::collections::{HashMap, hash_map::Entry};

use rin_core::{Direction, InteractionKind, Moment, TieState};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};

use crate::{
    Store, StoreError,
    column::{damaged, interaction_kind, moment},
};

/// Bytes of states gathered in memory before they are written; a guess from above.
const GATHERED: usize = 32 << 20;
/// What a state of one day takes, with its place in the table and in the sorted list when it is written.
const STATE_BYTES: usize = 448;
/// What a further day may add.
const DAY_BYTES: usize = 12;
/// What the last activity of an account takes.
const ACTIVE_BYTES: usize = 32;

/// An event between two accounts of this store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Event {
    pub(crate) at: Moment,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) kind: InteractionKind,
}

/// Sums of new events that are not in the file yet.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    states: HashMap<(u32, u32), TieState>,
    active: HashMap<u32, Moment>,
    bytes: usize,
}

impl Pending {
    /// Takes an event that the log did not have before.
    pub(crate) fn add(&mut self, event: &Event) {
        match self.active.entry(event.from) {
            Entry::Occupied(mut active) => *active.get_mut() = event.at.max(*active.get()),
            Entry::Vacant(vacant) => {
                vacant.insert(event.at);
                self.bytes += ACTIVE_BYTES;
            }
        }
        // Talking to oneself is no relationship, though it shows that somebody is there.
        if event.from == event.to {
            return;
        }
        let (pair, direction) = orient(event.from, event.to);
        let state = self.states.entry(pair).or_default();
        self.bytes += if state.is_empty() { STATE_BYTES } else { DAY_BYTES };
        state.add(event.at, direction, event.kind);
    }

    /// Writes what was gathered if it has grown large.
    pub(crate) fn write_if_large(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        if GATHERED <= self.bytes { self.write(connection) } else { Ok(()) }
    }

    /// Writes all that was gathered, in the order of the tables, and forgets it.
    pub(crate) fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut states: Vec<_> = self.states.drain().collect();
        states.sort_unstable_by_key(|(pair, _)| *pair);
        let mut select =
            connection.prepare_cached("SELECT state FROM tie_state WHERE lo = ? AND hi = ?")?;
        let mut upsert = connection.prepare_cached(
            "INSERT INTO tie_state (lo, hi, state) VALUES (?, ?, ?)
                 ON CONFLICT (lo, hi) DO UPDATE SET state = excluded.state",
        )?;
        let mut bytes = Vec::new();
        for ((lo, hi), mut state) in states {
            if let Some(before) = select.query_row((lo, hi), |row| read(row, 0)).optional()? {
                state.merge(&before);
            }
            bytes.clear();
            state.write_bytes(&mut bytes);
            upsert.execute((lo, hi, &bytes))?;
        }
        self.bytes = 0;
        self.write_active(connection)
    }

    fn write_active(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut active: Vec<_> = self.active.drain().collect();
        active.sort_unstable();
        let mut update = connection.prepare_cached(
            "UPDATE account SET last_active = ?2
              WHERE id = ?1 AND (last_active IS NULL OR last_active < ?2)",
        )?;
        for (account, at) in active {
            update.execute((account, at.unix_ms()))?;
        }
        Ok(())
    }
}

/// Returns the pair as the table keys it, and which way an event between them goes.
pub(crate) const fn orient(from: u32, to: u32) -> ((u32, u32), Direction) {
    if from < to { ((from, to), Direction::Sent) } else { ((to, from), Direction::Received) }
}

/// Reads a state out of a column.
pub(crate) fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<TieState> {
    let bytes = row.get_ref(column)?.as_blob()?;
    TieState::from_bytes(bytes).map_err(|error| damaged(error.to_string()))
}

impl Store {
    /// Sums up the whole log again and replaces all tie states; returns how many there are.
    ///
    /// The result is what was there before, unless the file was changed by other tools.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read or written; the states are then as before.
    ///
    /// # Complexity
    /// Linear in the log; memory is bounded.
    pub fn rebuild_states(&mut self) -> Result<u64, StoreError> {
        let _span = tracing::info_span!("rebuild_states").entered();
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let n_states = rebuild(&transaction).map_err(fail)?;
        transaction.commit().map_err(fail)?;
        self.checkpoint()?;
        Ok(n_states)
    }
}

pub(crate) fn rebuild(connection: &Connection) -> rusqlite::Result<u64> {
    connection.execute_batch(
        "DELETE FROM tie_state;
         UPDATE account SET last_active = NULL WHERE last_active IS NOT NULL;",
    )?;
    let mut pending = Pending::default();
    let mut log = connection.prepare("SELECT t, src, dst, kind FROM interaction ORDER BY t, id")?;
    let mut rows = log.query([])?;
    while let Some(row) = rows.next()? {
        let kind = interaction_kind(row, 3)?;
        pending.add(&Event { at: moment(row, 0)?, from: row.get(1)?, to: row.get(2)?, kind });
        pending.write_if_large(connection)?;
    }
    pending.write(connection)?;
    connection.query_row("SELECT count(*) FROM tie_state", [], |row| crate::source::count(row, 0))
}
