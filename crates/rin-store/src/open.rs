//! Why a store could not be opened or made, and the looks at the file that find out before the database library does.
//!
//! A file that is not ours is refused by its first hundred bytes, without a byte written beside it: opening somebody
//! else's database, even to look, would play back their journal.

use std::{
    error::Error,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use rin_core::Text;
use rusqlite::ErrorCode;

use crate::{migrate, schema::APPLICATION_ID};

/// The file in the folder.
pub(crate) const FILE_NAME: &str = "rin.db";

/// Why a store could not be opened or made. Nothing on the disk was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no store.
    #[error("there is no store at {}", path.display())]
    Missing {
        /// The file looked for.
        path: PathBuf,
    },
    /// A store was to be made where one is.
    #[error("{} is there already", path.display())]
    AlreadyThere {
        /// The file.
        path: PathBuf,
    },
    /// The folder named is a file.
    #[error("{} is not a folder", path.display())]
    NotAFolder {
        /// What was named.
        path: PathBuf,
    },
    /// Where the file should be is a folder.
    #[error("{} is a folder, not a file", path.display())]
    IsAFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is not a database", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is a database of another program.
    #[error("{} belongs to another application (id {id})", path.display())]
    OtherApplication {
        /// The file.
        path: PathBuf,
        /// The number it carries.
        id: i32,
    },
    /// A later version of Rin wrote it.
    #[error("{} has version {found}, this rin knows version {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version this program writes.
        known: i64,
    },
    /// An earlier version wrote it, and reading only does not bring it up to date.
    #[error("{} has version {found} and must be brought to version {known}", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version this program writes.
        known: i64,
    },
    /// The file is broken.
    #[error("{} is damaged ({what})", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The file or its folder may not be written.
    #[error("{} may only be read", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else is writing.
    #[error("another rin is working on {}", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("{} could not be opened", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: io::Error,
    },
    /// The database library refused for another reason.
    #[error("{} could not be opened as a database", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What it said.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl OpenError {
    pub(crate) fn new(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, what: error.to_string() },
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly { path }
            }
            _ => Self::Other { path, source: error.into() },
        }
    }

    fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::AlreadyExists => Self::AlreadyThere { path },
            io::ErrorKind::NotADirectory => Self::NotAFolder { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path }
            }
            _ => Self::Io { path, source },
        }
    }

    /// Returns what to do about it.
    pub fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Missing { .. } => (
                "Make a store there first, or name the folder that holds one.",
                "Dort zuerst einen Speicher anlegen, oder den Ordner nennen, der einen enthält.",
            ),
            Self::AlreadyThere { .. } => (
                "Open it, or choose another folder.",
                "Ihn öffnen, oder einen anderen Ordner wählen.",
            ),
            Self::NotAFolder { .. } | Self::IsAFolder { .. } => (
                "Name the folder that holds rin.db as a file.",
                "Den Ordner nennen, in dem rin.db als Datei liegt.",
            ),
            Self::NotADatabase { .. } | Self::OtherApplication { .. } => (
                "Choose another folder; this file is left as it is.",
                "Einen anderen Ordner wählen; diese Datei bleibt, wie sie ist.",
            ),
            Self::Newer { .. } => ("Use a newer rin.", "Ein neueres rin verwenden."),
            Self::Older { .. } => (
                "Open it once for writing, which brings it up to date.",
                "Einmal zum Schreiben öffnen; das bringt die Datei auf den neuen Stand.",
            ),
            Self::Damaged { .. } => (
                "Put back a copy of the file, or move it away and import the exports again.",
                "Eine Kopie der Datei zurückspielen, oder sie wegräumen und die Exporte neu importieren.",
            ),
            Self::ReadOnly { .. } => (
                "Make the file and its folder writable, or work on a copy.",
                "Datei und Ordner beschreibbar machen, oder mit einer Kopie arbeiten.",
            ),
            Self::Busy { .. } => (
                "Wait until the other rin has finished, or end it.",
                "Warten, bis das andere rin fertig ist, oder es beenden.",
            ),
            Self::Io { .. } | Self::Other { .. } => (
                "Check that the disk and the file can be read.",
                "Prüfen, ob Datenträger und Datei lesbar sind.",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

/// Returns the file of the store in `folder` after a look at what is there.
pub(crate) fn inspect(folder: &Path) -> Result<PathBuf, OpenError> {
    let path = folder.join(FILE_NAME);
    if fs::metadata(folder).is_ok_and(|about| !about.is_dir()) {
        return Err(OpenError::NotAFolder { path: folder.to_owned() });
    }
    let about = fs::metadata(&path).map_err(|error| OpenError::io(&path, error))?;
    if about.is_dir() {
        return Err(OpenError::IsAFolder { path });
    }
    check_header(&path, about.len())?;
    Ok(path)
}

/// Returns the path of a file that the database library keeps beside the store.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Refuses what is not ours by the documented layout of the first hundred bytes.
fn check_header(path: &Path, size: u64) -> Result<(), OpenError> {
    let owned = || path.to_owned();
    let mut header = Vec::with_capacity(100);
    let file = File::open(path).map_err(|error| OpenError::io(path, error))?;
    file.take(100).read_to_end(&mut header).map_err(|error| OpenError::io(path, error))?;
    let Some(header) = header.first_chunk::<100>() else {
        return Err(OpenError::NotADatabase { path: owned() });
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(OpenError::NotADatabase { path: owned() });
    }
    let number = |at: usize| {
        let bytes = header.get(at..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map_or(0, |bytes| u32::from_be_bytes(*bytes))
    };
    let id = number(68).cast_signed();
    if id != APPLICATION_ID {
        return Err(OpenError::OtherApplication { path: owned(), id });
    }
    // A version set by a migration may still stand in the log alone; that is looked at once the file is open.
    let (found, known) = (i64::from(number(60).cast_signed()), migrate::known_version());
    if known < found {
        return Err(OpenError::Newer { path: owned(), found, known });
    }
    // Pages in a log make the file longer later and a journal takes changes back, so only a file without either
    // must be whole.
    let page = u64::from(number(16) >> 16);
    let page = if page == 1 { 65_536 } else { page };
    let has_log = ["-wal", "-journal"]
        .iter()
        .any(|suffix| fs::metadata(beside(path, suffix)).is_ok_and(|about| 0 < about.len()));
    if !has_log && size < page * u64::from(number(28)) {
        let what = format!("it ends after {size} bytes");
        return Err(OpenError::Damaged { path: owned(), what });
    }
    Ok(())
}

/// Makes the folder and an empty file that only its owner can read; an empty file left by a killed attempt is taken.
pub(crate) fn claim(folder: &Path) -> Result<PathBuf, OpenError> {
    if fs::metadata(folder).is_ok_and(|about| !about.is_dir()) {
        return Err(OpenError::NotAFolder { path: folder.to_owned() });
    }
    make_folder(folder).map_err(|error| OpenError::io(folder, error))?;
    let path = folder.join(FILE_NAME);
    match fs::metadata(&path) {
        Ok(about) if about.is_dir() => Err(OpenError::IsAFolder { path }),
        Ok(about) if about.len() == 0 => Ok(path),
        Ok(_) => Err(OpenError::AlreadyThere { path }),
        Err(_) => {
            let mut options = File::options();
            options.write(true).create_new(true);
            private(&mut options);
            options.open(&path).map_err(|error| OpenError::io(&path, error))?;
            Ok(path)
        }
    }
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn private(options: &mut fs::OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;

    options.mode(0o600);
}

#[cfg(not(unix))]
fn private(_: &mut fs::OpenOptions) {}
