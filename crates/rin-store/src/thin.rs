//! Lets the log begin where the user wants it to: interactions before a moment go, and what was computed from them with them.
//!
//! What is gone is unknown from then on and not "no contact": the coverage of every source begins no earlier than the log.

use rin_core::Moment;
use rusqlite::{Connection, TransactionBehavior};

use crate::{Reader, Store, StoreError, forget::UNFINISHED, source::count, states::rebuild};

impl Store {
    /// Erases all interactions before a moment, in one transaction, and returns how many there were.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written; nothing is erased then.
    ///
    /// # Complexity
    /// Linear in the log and in the file, which is written anew; nothing but a look if there are none.
    pub fn thin(&mut self, before: Moment) -> Result<u64, StoreError> {
        if self.read()?.interactions_before(before)? == 0 {
            return Ok(0);
        }
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let n_erased = thin(&transaction, before.unix_ms()).map_err(fail)?;
        transaction.commit().map_err(fail)?;
        self.finish_erasure()?;
        Ok(n_erased)
    }
}

impl Reader<'_> {
    /// Returns how many interactions there are before a moment.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn interactions_before(&self, before: Moment) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM interaction WHERE t < ?";
        let found = self.connection().query_row(sql, [before.unix_ms()], |row| count(row, 0));
        self.at(found)
    }
}

fn thin(connection: &Connection, before: i64) -> rusqlite::Result<u64> {
    connection.execute("DELETE FROM label WHERE t < ?", [before])?;
    let n_erased = connection.execute("DELETE FROM interaction WHERE t < ?", [before])?;
    // What a source saw before is seen by nobody any more; two rows that say the same now are one.
    connection.execute(
        "UPDATE OR REPLACE coverage SET sent = 0, received = 0, since = NULL WHERE until < ?1",
        [before],
    )?;
    connection.execute(
        "UPDATE OR REPLACE coverage SET since = ?1
          WHERE ifnull(until, ?1) >= ?1 AND ifnull(since, ?1 - 1) < ?1",
        [before],
    )?;
    rebuild(connection)?;
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, '1')", [UNFINISHED])?;
    Ok(n_erased as u64)
}
