//! The open file: how it is opened, made, set up and checked.
//!
//! Write-ahead logging lets readers read while an import writes. `synchronous = NORMAL` means that a killed program
//! loses nothing it has committed and a power loss may lose the last commits but never breaks the file: the exports
//! are still there to be imported again. Every kill inside a transaction leaves the state before it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use crate::{
    Disguise, StoreError,
    migrate::{self, STEPS},
    open::{self, OpenError},
};

/// How long a write waits for another writer before it gives up.
const PATIENCE: Duration = Duration::from_secs(2);

/// Files up to this size are checked in full whenever they are opened; larger ones by [`Store::check`].
const CHECKED_ON_OPENING: u64 = 32 << 20;

/// One store, opened.
///
/// # Example
/// ```
/// use rin_core::{InteractionKind, InteractionRecord, Moment, Record, Stop};
/// use rin_store::{SourceInfo, Store};
///
/// let folder = tempfile::tempdir()?;
/// let mut store = Store::create(folder.path())?;
/// let now = Moment::from_unix_ms(1_700_000_000_000);
/// let source = SourceInfo { platform: "example", fingerprint: "f1", now, ..SourceInfo::default() };
/// let report = store.import(&source, |sink| {
///     sink.record(Record::Interaction(InteractionRecord {
///         id: "event 1",
///         at: now,
///         from: "us",
///         to: "ann",
///         kind: InteractionKind::Reply,
///         labels: "",
///     }))?;
///     Ok::<(), Stop>(())
/// })?;
/// assert_eq!(report.interactions.new, 1);
/// assert_eq!(store.read()?.counts()?.interactions, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) disguise: Option<Disguise>,
}

impl Store {
    /// Makes a store in `folder`, which is made too if it is missing. Only the user can read either.
    ///
    /// # Errors
    /// [`OpenError::AlreadyThere`] if one is there, or whatever the file system refuses.
    pub fn create(folder: &Path) -> Result<Self, OpenError> {
        let path = open::claim(folder)?;
        let fail = |error| OpenError::new(&path, error);
        let mut connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(fail)?;
        // The tables come before the write-ahead log: under the plain journal the file is empty or complete.
        migrate::migrate(&mut connection, STEPS).map_err(fail)?;
        set_up_writing(&connection).map_err(fail)?;
        Ok(Self { connection, path, disguise: None })
    }

    /// Opens the store in `folder` for reading and writing, and brings an earlier version up to date.
    ///
    /// # Errors
    /// [`OpenError`] by what is there instead; the file is left as it is.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = open::inspect(folder)?;
        let about = fs::metadata(&path);
        if about.is_ok_and(|about| about.permissions().readonly()) {
            return Err(OpenError::ReadOnly { path });
        }
        let fail = |error| OpenError::new(&path, error);
        let mut connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(fail)?;
        if connection.is_readonly("main").map_err(fail)? {
            return Err(OpenError::ReadOnly { path });
        }
        if check_version(&connection, &path)? < migrate::known_version() {
            migrate::migrate(&mut connection, STEPS).map_err(fail)?;
        }
        check_small(&connection, &path)?;
        set_up_writing(&connection).map_err(fail)?;
        let mut store = Self { connection, path, disguise: None };
        // Somebody else may be reading; then it is tried again the next time.
        if let Err(error) = store.finish_erasure() {
            tracing::warn!(%error, "the file is to be rewritten and is not yet");
        }
        Ok(store)
    }

    /// Opens the store in `folder` for reading only; every writing method then fails with
    /// [`StoreError::ReadOnly`].
    ///
    /// # Errors
    /// [`OpenError`] by what is there instead; [`OpenError::Older`] if the file must be migrated first.
    pub fn open_read_only(folder: &Path) -> Result<Self, OpenError> {
        let path = open::inspect(folder)?;
        let fail = |error| OpenError::new(&path, error);
        let connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(fail)?;
        let found = check_version(&connection, &path)?;
        let known = migrate::known_version();
        if found < known {
            return Err(OpenError::Older { path, found, known });
        }
        check_small(&connection, &path)?;
        Ok(Self { connection, path, disguise: None })
    }

    /// Hands out made-up names, handles and ids from now on in the place of the real ones. Nothing is written, and
    /// [`Store::dump`] is not disguised.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn disguise(&mut self) -> Result<(), StoreError> {
        let sources = self.read()?.sources()?;
        let seed = sources.first().map_or("", |source| source.fingerprint.as_str());
        self.disguise = Some(Disguise::new(seed));
        Ok(())
    }

    /// Returns what stands for names, if they are disguised.
    pub const fn disguised(&self) -> Option<Disguise> {
        self.disguise
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the whole file, compares every index with its table and looks for references to nothing.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing found.
    ///
    /// # Complexity
    /// Linear in the size of the file.
    pub fn check(&self) -> Result<(), StoreError> {
        let damaged = |what| StoreError::Damaged { path: self.path.clone(), what };
        let found: String =
            self.at(self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)))?;
        if found != "ok" {
            return Err(damaged(found));
        }
        let table: Option<String> = self.at(crate::column::first(
            &self.connection,
            "SELECT \"table\" FROM pragma_foreign_key_check",
        ))?;
        let table = match table {
            Some(table) => Some(table),
            None => self.at(crate::column::first(&self.connection, LOST_ACCOUNTS))?,
        };
        match table {
            Some(table) => Err(damaged(format!("a row of {table} refers to nothing"))),
            None => Ok(()),
        }
    }

    /// Attaches the path to what the database library says.
    pub(crate) fn at<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::new(&self.path, error))
    }

    /// Moves the write-ahead log into the file and empties it. Readers at work only postpone it.
    pub(crate) fn checkpoint(&self) -> Result<(), StoreError> {
        let busy: bool =
            self.at(self
                .connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)))?;
        tracing::debug!(busy, "checkpoint");
        Ok(())
    }
}

/// The log and the states have no foreign keys: checking three of them for each event makes an import a quarter
/// slower, and a person could be erased only by searching the whole log for each account.
const LOST_ACCOUNTS: &str = "
SELECT 'interaction' FROM interaction
 WHERE src NOT IN (SELECT id FROM account) OR dst NOT IN (SELECT id FROM account)
    OR source NOT IN (SELECT id FROM source)
UNION ALL
SELECT 'tie_state' FROM tie_state
 WHERE lo NOT IN (SELECT id FROM account) OR hi NOT IN (SELECT id FROM account)
LIMIT 1";

fn connect(path: &Path, access: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    // A file may come from somebody else: its own text must not call functions with side effects, and a broken
    // page is to be noticed when it is read.
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -16384;",
    )?;
    Ok(connection)
}

fn set_up_writing(connection: &Connection) -> rusqlite::Result<()> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        tracing::warn!(mode, "no write-ahead log on this file system: imports shut readers out");
    }
    // What is deleted is overwritten with zeros, so that a person erased is not found in free pages. It makes an
    // import about a tenth slower.
    connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;")
}

fn check_version(connection: &Connection, path: &Path) -> Result<i64, OpenError> {
    let found = migrate::version(connection).map_err(|error| OpenError::new(path, error))?;
    let known = migrate::known_version();
    if known < found {
        return Err(OpenError::Newer { path: path.to_owned(), found, known });
    }
    if found < 1 {
        let what = format!("version {found} never was");
        return Err(OpenError::Damaged { path: path.to_owned(), what });
    }
    Ok(found)
}

fn check_small(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let size = fs::metadata(path).map_or(0, |about| about.len());
    if CHECKED_ON_OPENING < size {
        return Ok(());
    }
    let fail = |error| OpenError::new(path, error);
    let what: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(fail)?;
    if what == "ok" { Ok(()) } else { Err(OpenError::Damaged { path: path.to_owned(), what }) }
}
