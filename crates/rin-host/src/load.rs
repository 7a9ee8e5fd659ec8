//! From a plugin found to a plugin that can be asked: every check before the first question.

use std::{path::PathBuf, sync::Arc, time::Duration};

use rin_abi::{
    Manifest, Status,
    host::{Description, Entry, EntryError, Services},
};
use rin_core::Column;

use crate::{
    Connection, Found, Isolation, Loading, Params, PluginReader, PluginStrategy,
    bytes::Bytes,
    call::{after_colon, seconds},
    discover::TARGET,
    in_process::InProcess,
    library,
    seat::{Seat, Seated},
    services::Office,
    worker::{Remote, Start},
};

/// Why a plugin is not used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("plugin {plugin} in {} is not used: {fault}", file.display())]
pub struct LoadError {
    /// The plugin's id by its manifest.
    pub plugin: String,
    /// Its library.
    pub file: PathBuf,
    /// What does not fit.
    pub fault: LoadFault,
}

/// What does not fit.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadFault {
    /// The file is not there.
    #[error("there is no such file")]
    NotFound,
    /// The file is no library that can be opened here.
    #[error("it cannot be opened as a library: {reason}")]
    NotALibrary {
        /// In the words of the system.
        reason: String,
    },
    /// The file ends before its own headers say: a copy or a download that broke off.
    #[error("its file is cut off: it has {has} bytes and needs {needed}; copy or build it again")]
    Truncated {
        /// Its length in bytes.
        has: u64,
        /// The least length its headers speak of.
        needed: u64,
    },
    /// Its bytes are not those that the manifest promises.
    #[error("its SHA-256 is {found}, which is not what the manifest says")]
    Checksum {
        /// Its checksum.
        found: String,
    },
    /// Its bytes are not those that were approved.
    #[error("its SHA-256 is {found}, which is not what was approved")]
    Changed {
        /// Its checksum.
        found: String,
    },
    /// It does not export the one symbol.
    #[error("it does not export rin_plugin_entry")]
    NoEntry,
    /// The symbol is something else.
    #[error("its entry has the magic number {found:#010x} of something else")]
    WrongMagic {
        /// What stands there.
        found: u32,
    },
    /// It was built for another major version of the boundary.
    #[error("it was built for version {found} of the plugin interface, this program has {ours}")]
    WrongMajor {
        /// Its version.
        found: u16,
        /// Ours.
        ours: u16,
    },
    /// Its structs lie differently in memory.
    #[error("its structs have layout {found:#010x}, this program's have {ours:#010x}")]
    WrongLayout {
        /// Its layout.
        found: u32,
        /// Ours.
        ours: u32,
    },
    /// Its entry is shorter than version 1.0's, or a function is missing.
    #[error("its entry is incomplete: {what}")]
    ShortEntry {
        /// What is missing.
        what: String,
    },
    /// A panic inside would end this process.
    #[error("it was built with panic = \"abort\": build it to unwind, or run it in a worker")]
    PanicAborts,
    /// It describes itself in a way that cannot be read, or differently from its manifest.
    #[error("its library does not fit its manifest: {what}")]
    Descriptor {
        /// The first difference.
        what: String,
    },
    /// It cannot do without a personal column that the user has not allowed.
    #[error("it needs the personal data \"{column}\", which has not been permitted")]
    Personal {
        /// The column.
        column: &'static str,
    },
    /// It refuses the parameters it was started with, which only their combination can show.
    #[error("it refuses its parameters{}", after_colon(said))]
    Params {
        /// In its own words, usually naming the parameter; may be empty.
        said: String,
    },
    /// The program plugins run in cannot be had.
    #[error("the program it would run in cannot be started: {what}")]
    NoWorker {
        /// Why, and what to do.
        what: String,
    },
    /// The system cannot confine it as was required.
    #[error("it would run without {missing}, and confinement is required")]
    NotConfined {
        /// What is missing.
        missing: String,
    },
    /// Its process ended while it was loaded or started.
    #[error("it crashed while it was started: {how}")]
    Crashed {
        /// How it ended, and what it said last.
        how: String,
    },
    /// It was not ready in time, and its process was ended.
    #[error("it was not ready within {} s and was ended", seconds(*after))]
    Late {
        /// How long was waited.
        after: Duration,
    },
    /// It has crashed too often and is not run any more.
    #[error(
        "it has crashed {crashes} times and is not run any more; approve it again to give it another chance"
    )]
    Quarantined {
        /// How often.
        crashes: u32,
    },
    /// It could not be started.
    #[error("it could not be started (status {code}){}", after_colon(said))]
    Create {
        /// Its status.
        code: i32,
        /// The last error it logged; may be empty.
        said: String,
    },
}

impl LoadFault {
    /// Returns what the status of a plugin that did not start stands for, in its own words.
    pub(crate) fn of_create(status: Status, said: String) -> Self {
        match status {
            Status::CONFIG => Self::Params { said },
            status => Self::Create { code: status.code(), said },
        }
    }
}

impl LoadError {
    /// Whether the user's parameters are at fault, so that they are to be changed and not the library.
    pub const fn is_about_params(&self) -> bool {
        matches!(self.fault, LoadFault::Params { .. })
    }
}

impl From<EntryError> for LoadFault {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::WrongMagic { found } => Self::WrongMagic { found },
            EntryError::WrongMajor { found, ours } => Self::WrongMajor { found, ours },
            EntryError::WrongLayout { found, ours } => Self::WrongLayout { found, ours },
            other => Self::ShortEntry { what: other.to_string() },
        }
    }
}

/// A plugin whose bytes were read and found to be the right ones.
///
/// In a worker, nothing of it has run yet. In this process it stays loaded as long as the process lives.
#[derive(Clone, Debug)]
pub struct Plugin {
    manifest: Arc<Manifest>,
    library: PathBuf,
    bytes: Arc<Bytes>,
    withheld: Vec<Column>,
    how: Arc<Loading>,
}

/// Reads a plugin's bytes and compares them with what the manifest and the caller say about them.
///
/// # Errors
/// [`LoadError`] naming plugin, file and the first thing that does not fit.
pub fn load(found: &Found, how: &Loading) -> Result<Plugin, LoadError> {
    let manifest = &found.manifest;
    let span = tracing::info_span!("load", plugin = manifest.info.id);
    let _entered = span.enter();
    let fail =
        |fault| LoadError { plugin: manifest.info.id.clone(), file: found.library.clone(), fault };
    let withheld = withheld(manifest, &how.permitted).map_err(fail)?;
    let bytes = Bytes::read(&found.library).map_err(fail)?;
    let pinned = manifest.targets.iter().find(|target| target.triple == TARGET);
    let pinned = pinned.and_then(|target| target.sha256.as_deref());
    let sum = || bytes.sha256.clone();
    if pinned.is_some_and(|sha256| sha256 != bytes.sha256) {
        return Err(fail(LoadFault::Checksum { found: sum() }));
    }
    if how.sha256.as_ref().is_some_and(|sha256| *sha256 != bytes.sha256) {
        return Err(fail(LoadFault::Changed { found: sum() }));
    }
    if how.ledger.is_quarantined(&bytes.sha256) {
        let crashes = how.ledger.count(&bytes.sha256);
        return Err(fail(LoadFault::Quarantined { crashes }));
    }
    let plugin = Plugin {
        manifest: Arc::new(manifest.clone()),
        library: found.library.clone(),
        bytes: Arc::new(bytes),
        withheld,
        how: Arc::new(how.clone()),
    };
    if how.isolation == Isolation::InProcess {
        open_here(&plugin.bytes, manifest).map_err(fail)?;
    }
    Ok(plugin)
}

/// Opens a library in this process and compares what it says about itself with its manifest.
fn open_here(bytes: &Arc<Bytes>, manifest: &Manifest) -> Result<Entry, LoadFault> {
    let entry = library::open_for_ever(bytes)?;
    if !entry.catches_panics() {
        return Err(LoadFault::PanicAborts);
    }
    library::compare(&entry, &Description::of(manifest))?;
    Ok(entry)
}

/// Returns the columns it would like and does not get.
fn withheld(manifest: &Manifest, permitted: &[Column]) -> Result<Vec<Column>, LoadFault> {
    let asked = manifest.info.columns.iter().filter(|request| request.column.is_personal());
    let mut withheld = Vec::new();
    for request in asked.filter(|request| !permitted.contains(&request.column)) {
        if !request.is_optional {
            return Err(LoadFault::Personal { column: request.column.name() });
        }
        withheld.push(request.column);
    }
    Ok(withheld)
}

impl Plugin {
    /// Returns what it is.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the SHA-256 of its library in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.bytes.sha256
    }

    /// Starts an instance with these parameters.
    ///
    /// # Errors
    /// [`LoadError`] with [`LoadFault::Params`] if it refuses them, and with whatever else does not fit: in a worker
    /// the library is opened here for the first time.
    pub fn connect(&self, params: &Params) -> Result<Box<dyn Connection>, LoadError> {
        self.start(params).map_err(|fault| self.error(fault))
    }

    fn start(&self, params: &Params) -> Result<Box<dyn Connection>, LoadFault> {
        match self.how.isolation {
            Isolation::InProcess => self.start_here(params),
            Isolation::Worker | Isolation::Required => self.start_in_worker(params),
        }
    }

    fn start_here(&self, params: &Params) -> Result<Box<dyn Connection>, LoadFault> {
        let office = Arc::new(Office::new(&self.manifest.info.id));
        let entry = open_here(&self.bytes, &self.manifest)?;
        let services: Arc<dyn Services> = office.clone();
        let created = InProcess::new(entry, params.values(), services);
        let said = office.end();
        let seat = created.map_err(|status| LoadFault::of_create(status, said))?;
        self.seated(seat, office)
    }

    fn start_in_worker(&self, params: &Params) -> Result<Box<dyn Connection>, LoadFault> {
        let office = Arc::new(Office::new(&self.manifest.info.id));
        let seat = Remote::start(Start {
            manifest: Arc::clone(&self.manifest),
            bytes: Arc::clone(&self.bytes),
            values: params.values().to_vec(),
            how: Arc::clone(&self.how),
            office: Arc::clone(&office),
        })?;
        self.seated(seat, office)
    }

    fn seated<S: Seat + 'static>(
        &self,
        seat: S,
        office: Arc<Office>,
    ) -> Result<Box<dyn Connection>, LoadFault> {
        if self.manifest.provides != seat.provides() {
            let what = "an instance does not provide what the manifest says".to_owned();
            return Err(LoadFault::Descriptor { what });
        }
        let manifest = Arc::clone(&self.manifest);
        Ok(Box::new(Seated::new(seat, manifest, self.withheld.clone(), office)))
    }

    fn error(&self, fault: LoadFault) -> LoadError {
        LoadError { plugin: self.manifest.info.id.clone(), file: self.library.clone(), fault }
    }

    /// Starts its strategy.
    ///
    /// # Errors
    /// [`LoadError`] if it refuses its parameters or its norms are impossible.
    pub fn strategy(&self, params: &Params) -> Result<PluginStrategy, LoadError> {
        let strategy = PluginStrategy::new(self.connect(params)?);
        strategy
            .map_err(|error| self.error(LoadFault::Descriptor { what: error.fault.to_string() }))
    }

    /// Starts its reader.
    ///
    /// # Errors
    /// [`LoadError`] if it refuses its parameters.
    pub fn reader(&self, params: &Params) -> Result<PluginReader, LoadError> {
        self.connect(params).map(PluginReader::new)
    }
}
