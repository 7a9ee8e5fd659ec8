//! Opens a library and finds its entry. The only file that loads foreign code.
//!
//! A library is never closed: one with thread-locals stays mapped anyway, and one with a thread of its own would take
//! the process with it. It is opened by its absolute path, so that no search path is asked; all its symbols are bound
//! at once, so that a missing one is found here; and it shows none of them to other libraries.
#![expect(unsafe_code, reason = "a library's constructors run when it is opened")]

use std::{
    collections::BTreeMap,
    ffi::c_void,
    mem::ManuallyDrop,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rin_abi::{
    ENTRY_SYMBOL, RawEntry,
    host::{Description, Entry},
};

use crate::{LoadFault, bytes::Bytes};

/// What was opened in this process, with its bytes, by their SHA-256: nothing is opened twice, and nothing is let go.
///
/// Also not what was refused: its file would be closed and its number given to the next one, which a loader would take
/// for the first since it has the same name.
static OPENED: Mutex<BTreeMap<String, Opened>> = Mutex::new(BTreeMap::new());

/// What became of a library, and its bytes.
type Opened = (Result<Entry, LoadFault>, Arc<Bytes>);

/// Opens a library in this process for ever and checks its entry.
pub(crate) fn open_for_ever(bytes: &Arc<Bytes>) -> Result<Entry, LoadFault> {
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    let first = || (open(&bytes.to_open()), Arc::clone(bytes));
    opened.entry(bytes.sha256.clone()).or_insert_with(first).0.clone()
}

/// Compares what a library says about itself with what its manifest says.
pub(crate) fn compare(entry: &Entry, expected: &Description) -> Result<(), LoadFault> {
    let (major, minor) = entry.version();
    tracing::debug!(major, minor, "opened");
    let told = entry.describe().map_err(|fault| fault.to_string());
    match told.map(|told| told.difference(expected)) {
        Ok(None) => Ok(()),
        Ok(Some(what)) | Err(what) => Err(LoadFault::Descriptor { what }),
    }
}

/// Opens the library at an absolute path and checks its entry; calls nothing of it but its constructors.
pub(crate) fn open(path: &Path) -> Result<Entry, LoadFault> {
    let library = open_library(path)?;
    // SAFETY: a symbol of that name is read as a pointer only; what it points at is checked before it is believed.
    let symbol = unsafe { library.get::<*const c_void>(ENTRY_SYMBOL) };
    let symbol = symbol.map_err(|_| LoadFault::NoEntry)?;
    let entry: *const RawEntry = symbol.as_raw_ptr().cast_const().cast();
    // SAFETY: it is a symbol of a library that is never closed.
    unsafe { Entry::check(entry) }.map_err(LoadFault::from)
}

#[cfg(unix)]
type Library = libloading::os::unix::Library;
#[cfg(windows)]
type Library = libloading::os::windows::Library;

fn open_library(path: &Path) -> Result<ManuallyDrop<Library>, LoadFault> {
    #[cfg(unix)]
    // SAFETY: its constructors run; whoever loads a plugin into this process trusts it that far.
    let opened = unsafe {
        use libloading::os::unix::{RTLD_LOCAL, RTLD_NOW};
        Library::open(Some(path), RTLD_NOW | RTLD_LOCAL)
    };
    #[cfg(windows)]
    // SAFETY: as above.
    let opened = unsafe { Library::new(path) };
    let fault = |error: libloading::Error| LoadFault::NotALibrary { reason: error.to_string() };
    opened.map(ManuallyDrop::new).map_err(fault)
}
