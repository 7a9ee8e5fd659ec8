//! What the forecast learned from this network's own past.
//!
//! Derived from the log and made again when it grows, so it is no part of a dump. Only one is kept: an older one says
//! nothing that the log does not.

use rin_core::Moment;
use rusqlite::OptionalExtension as _;

use crate::{Reader, Store, StoreError, column::moment};

/// What was learned, as it was saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredCalibration {
    /// When.
    pub made_at: Moment,
    /// Version of the method; a program of another version does not use it.
    pub method: u32,
    /// What was learned, JSON.
    pub body: String,
}

impl Store {
    /// Keeps what was learned in the place of what was learned before.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written.
    pub fn save_calibration(&mut self, calibration: &StoredCalibration) -> Result<(), StoreError> {
        let saved = self.connection.execute(
            "INSERT INTO calibration (id, made_at, method, body) VALUES (1, ?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET made_at = ?1, method = ?2, body = ?3",
            (calibration.made_at.unix_ms(), calibration.method, &calibration.body),
        );
        saved.map(|_| ()).map_err(|error| StoreError::new(&self.path, error))
    }
}

impl Reader<'_> {
    /// Returns what was learned last, if anything was.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn calibration(&self) -> Result<Option<StoredCalibration>, StoreError> {
        let sql = "SELECT made_at, method, body FROM calibration WHERE id = 1";
        self.at(self
            .connection()
            .query_row(sql, [], |row| {
                Ok(StoredCalibration {
                    made_at: moment(row, 0)?,
                    method: row.get(1)?,
                    body: row.get(2)?,
                })
            })
            .optional())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::create(dir.path()).unwrap();
        assert_eq!(store.read().unwrap().calibration().unwrap(), None);
        let at = |ms| Moment::from_unix_ms(ms);
        let one = StoredCalibration { made_at: at(1), method: 1, body: "{}".to_owned() };
        let two = StoredCalibration { made_at: at(2), ..one.clone() };
        store.save_calibration(&one).unwrap();
        store.save_calibration(&two).unwrap();
        assert_eq!(store.read().unwrap().calibration().unwrap(), Some(two));
    }
}
