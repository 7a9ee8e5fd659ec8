//! From a plugin found to a plugin that can be asked: every check before the first question.

use std::{path::PathBuf, sync::Arc};

use rin_abi::{
    Manifest, Status,
    host::{Description, Entry, EntryError, Services},
};
use rin_core::Column;

use crate::{
    Connection, Found, Params, PluginReader, PluginStrategy, call::after_colon, discover::TARGET,
    in_process::InProcess, library, services::Office,
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
    fn of_create(status: Status, said: String) -> Self {
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

/// A plugin loaded into this process. It stays loaded as long as the process lives.
#[derive(Clone, Debug)]
pub struct Plugin {
    manifest: Arc<Manifest>,
    library: PathBuf,
    entry: Entry,
    withheld: Vec<Column>,
}

/// Loads a plugin into this process, with the personal columns the user has permitted.
///
/// # Errors
/// [`LoadError`] naming plugin, file and the first thing that does not fit.
pub fn load(found: &Found, permitted: &[Column]) -> Result<Plugin, LoadError> {
    let manifest = &found.manifest;
    let span = tracing::info_span!("load", plugin = manifest.info.id);
    let _entered = span.enter();
    let fail =
        |fault| LoadError { plugin: manifest.info.id.clone(), file: found.library.clone(), fault };
    let withheld = withheld(manifest, permitted).map_err(fail)?;
    let pinned = manifest.targets.iter().find(|target| target.triple == TARGET);
    let sha256 = pinned.and_then(|target| target.sha256.as_deref());
    let entry = library::open(&found.library, sha256).map_err(fail)?;
    if !entry.catches_panics() {
        return Err(fail(LoadFault::PanicAborts));
    }
    let told = entry.describe().map_err(|fault| fault.to_string());
    let differs = told.map(|told| told.difference(&Description::of(manifest)));
    match differs {
        Ok(None) => {}
        Ok(Some(what)) | Err(what) => return Err(fail(LoadFault::Descriptor { what })),
    }
    let (major, minor) = entry.version();
    tracing::debug!(major, minor, "loaded");
    let manifest = Arc::new(manifest.clone());
    Ok(Plugin { manifest, library: found.library.clone(), entry, withheld })
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

    /// Starts an instance with these parameters.
    ///
    /// # Errors
    /// [`LoadError`] with [`LoadFault::Params`] if it refuses them, with [`LoadFault::Create`] if it fails otherwise.
    pub fn connect(&self, params: &Params) -> Result<Box<dyn Connection>, LoadError> {
        let fail = |fault| LoadError {
            plugin: self.manifest.info.id.clone(),
            file: self.library.clone(),
            fault,
        };
        let office = Arc::new(Office::new(&self.manifest.info.id));
        let services: Arc<dyn Services> = office.clone();
        let created = self.entry.create(params.values(), services);
        let said = office.end();
        let instance = created.map_err(|status| fail(LoadFault::of_create(status, said)))?;
        let provides = self.manifest.provides;
        if provides.strategy != instance.is_strategy() || provides.reader != instance.is_reader() {
            let what = "an instance does not provide what the manifest says".to_owned();
            return Err(fail(LoadFault::Descriptor { what }));
        }
        let manifest = Arc::clone(&self.manifest);
        Ok(Box::new(InProcess::new(instance, manifest, self.withheld.clone(), office)))
    }

    /// Starts its strategy.
    ///
    /// # Errors
    /// [`LoadError`] if it refuses its parameters or its norms are impossible.
    pub fn strategy(&self, params: &Params) -> Result<PluginStrategy, LoadError> {
        PluginStrategy::new(self.connect(params)?).map_err(|error| LoadError {
            plugin: error.plugin,
            file: self.library.clone(),
            fault: LoadFault::Descriptor { what: error.fault.to_string() },
        })
    }

    /// Starts its reader.
    ///
    /// # Errors
    /// [`LoadError`] if it refuses its parameters.
    pub fn reader(&self, params: &Params) -> Result<PluginReader, LoadError> {
        self.connect(params).map(PluginReader::new)
    }
}
