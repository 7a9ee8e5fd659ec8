//! Why the store could not read or write, told apart by what a person can do about it.
//!
//! `SQLite`'s own error is kept as the source only, so that no caller depends on the library underneath.

use std::{
    error::Error,
    path::{Path, PathBuf},
};

use rin_core::Text;
use rusqlite::ErrorCode;

/// Why a reading or writing failed. What was there before is still there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Somebody else is writing.
    #[error("another rin is working on {}", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file holds what no version writes.
    #[error("{} is damaged ({what})", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The disk is full.
    #[error("no space is left for {}", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// It was opened for reading, or the file system allows no more.
    #[error("{} may only be read", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The account, party or decision named is not in the store.
    #[error("there is no {what} {id} in {}", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
        /// Its number.
        id: i64,
    },
    /// What is named is not in the store.
    #[error("there is no {what} {name} in {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// What is to be written once is there already.
    #[error("{what} {name} is in {} already", path.display())]
    Taken {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// The dump could not be written where it was to go.
    #[error("the dump of {} could not be written", path.display())]
    Output {
        /// The file that was read.
        path: PathBuf,
        /// What the writer said.
        #[source]
        source: std::io::Error,
    },
    /// Anything else.
    #[error("{} could not be read or written", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What the database library said.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl StoreError {
    pub(crate) fn new(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { path, what: error.to_string() }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            _ if is_conversion(&error) => Self::Damaged { path, what: error.to_string() },
            _ => Self::Other { path, source: error.into() },
        }
    }

    /// Returns what to do about it.
    pub fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Busy { .. } => (
                "Wait until the other rin has finished, or end it.",
                "Warten, bis das andere rin fertig ist, oder es beenden.",
            ),
            Self::Damaged { .. } => (
                "Put back a copy of the file, or move it away and import the exports again.",
                "Eine Kopie der Datei zurückspielen, oder sie wegräumen und die Exporte neu importieren.",
            ),
            Self::Full { .. } => (
                "Free some space on the disk and repeat; nothing was changed.",
                "Platz auf dem Datenträger schaffen und wiederholen; es wurde nichts geändert.",
            ),
            Self::ReadOnly { .. } => (
                "Make the file and its folder writable, or work on a copy.",
                "Datei und Ordner beschreibbar machen, oder mit einer Kopie arbeiten.",
            ),
            Self::Unknown { .. } | Self::Missing { .. } => {
                ("Name one that is there.", "Etwas nennen, das vorhanden ist.")
            }
            Self::Taken { .. } => (
                "Choose another name; what is there stays.",
                "Einen anderen Namen wählen; was da ist, bleibt.",
            ),
            Self::Output { .. } => {
                ("Choose another place to write to.", "Ein anderes Ziel wählen.")
            }
            Self::Other { .. } => (
                "Check that the disk and the file can be read.",
                "Prüfen, ob Datenträger und Datei lesbar sind.",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

/// Whether a value in the file is not of the type or range the schema promises.
fn is_conversion(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
    )
}
