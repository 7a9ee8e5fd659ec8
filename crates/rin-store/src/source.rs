//! Which exports were imported, and what was found in each that a person should know.

use rin_core::{Moment, Severity};
use rusqlite::Row;

use crate::{
    Reader, StoreError,
    column::{moment, moment_or_none},
};

/// One imported export in this store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(pub(crate) i64);

impl SourceId {
    /// Returns the number in table `source`.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// An export that was imported.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct StoredSource {
    /// Its number.
    pub id: SourceId,
    /// The platform's short name.
    pub platform: String,
    /// The id of the plugin that read it last.
    pub plugin: String,
    /// That plugin's version.
    pub version: String,
    /// How the user called it.
    pub name: String,
    /// The same for the same bytes.
    pub fingerprint: String,
    /// When it was imported first.
    pub imported_at: Moment,
    /// The moment of the export, if it says so.
    pub until: Option<Moment>,
    /// How many findings are kept about it.
    pub findings: u64,
}

/// A finding kept with its source.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct StoredFinding {
    /// How grave.
    pub severity: Severity,
    /// A short stable name.
    pub code: String,
    /// The file inside the source; empty for the source as a whole.
    pub file: String,
    /// Line, item or byte, counted from 1; 0 for none. For the store's own findings the number of the record.
    pub place: u64,
    /// How many rows it stands for.
    pub count: u64,
    /// One sentence in English.
    pub en: String,
    /// The same in German.
    pub de: String,
}

impl Reader<'_> {
    /// Returns the imported sources, the first first.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn sources(&self) -> Result<Vec<StoredSource>, StoreError> {
        self.rows(
            "SELECT s.id, p.name, s.plugin, s.plugin_version, s.name, s.fingerprint, s.imported_at, s.until,
                    (SELECT count(*) FROM finding f WHERE f.source = s.id)
               FROM source s JOIN platform p ON p.id = s.platform ORDER BY s.id",
            [],
            |row| {
                let id: i64 = row.get(0)?;
                let disguised = self.disguise().map(|disguise| disguise.source(id));
                Ok(StoredSource {
                    id: SourceId(id),
                    platform: row.get(1)?,
                    plugin: row.get(2)?,
                    version: row.get(3)?,
                    name: disguised.map_or_else(|| row.get(4), Ok)?,
                    fingerprint: row.get(5)?,
                    imported_at: moment(row, 6)?,
                    until: moment_or_none(row, 7)?,
                    findings: count(row, 8)?,
                })
            },
        )
    }

    /// Returns what was found in one source, gravest first, then in the order of finding.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn findings(&self, source: SourceId) -> Result<Vec<StoredFinding>, StoreError> {
        self.rows(
            "SELECT severity, code, file, place, count, en, de FROM finding
              WHERE source = ? ORDER BY severity DESC, id",
            [source.0],
            |row| {
                Ok(StoredFinding {
                    severity: Severity::from_number(row.get(0)?),
                    code: row.get(1)?,
                    // Folders in an export are called after people.
                    file: if self.disguise().is_some() { String::new() } else { row.get(2)? },
                    place: count(row, 3)?,
                    count: count(row, 4)?,
                    en: row.get(5)?,
                    de: row.get(6)?,
                })
            },
        )
    }
}

/// Reads a number that is never negative.
pub(crate) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}
