//! Opens a library and finds its entry. The only file that loads foreign code.
//!
//! A library is never closed: one with thread-locals stays mapped anyway, and one with a thread of its own would take
//! the process with it. It is opened by its absolute path, so that no search path is asked; all its symbols are bound
//! at once, so that a missing one is found here; and it shows none of them to other libraries.
#![expect(unsafe_code, reason = "a library's constructors run when it is opened")]

use std::{ffi::c_void, fs, io, mem::ManuallyDrop, path::Path};

use rin_abi::{ENTRY_SYMBOL, RawEntry, host::Entry};
use sha2::{Digest, Sha256};

use crate::{LoadFault, image};

/// Opens the library at `path` and checks its entry; calls nothing of it but its constructors.
pub(crate) fn open(path: &Path, sha256: Option<&str>) -> Result<Entry, LoadFault> {
    let path = fs::canonicalize(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => LoadFault::NotFound,
        _ => unreadable(&error),
    })?;
    check_length(&path)?;
    if let Some(expected) = sha256 {
        check_sum(&path, expected)?;
    }
    let library = open_library(&path)?;
    // SAFETY: a symbol of that name is read as a pointer only; what it points at is checked before it is believed.
    let symbol = unsafe { library.get::<*const c_void>(ENTRY_SYMBOL) };
    let symbol = symbol.map_err(|_| LoadFault::NoEntry)?;
    let entry: *const RawEntry = symbol.as_raw_ptr().cast_const().cast();
    // SAFETY: it is a symbol of a library that is never closed.
    unsafe { Entry::check(entry) }.map_err(LoadFault::from)
}

fn unreadable(error: &io::Error) -> LoadFault {
    LoadFault::NotALibrary { reason: error.to_string() }
}

/// Refuses a file that ends before its own headers say, since opening it would end this process.
fn check_length(path: &Path) -> Result<(), LoadFault> {
    let meta = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !meta.is_file() {
        return Err(LoadFault::NotALibrary { reason: "it is no regular file".to_owned() });
    }
    let mut file = fs::File::open(path).map_err(|error| unreadable(&error))?;
    let needed = image::needed_bytes(&mut file).map_err(|error| unreadable(&error))?;
    let has = meta.len();
    if needed <= has { Ok(()) } else { Err(LoadFault::Truncated { has, needed }) }
}

fn check_sum(path: &Path, expected: &str) -> Result<(), LoadFault> {
    let mut file = fs::File::open(path).map_err(|error| unreadable(&error))?;
    let mut hash = Sha256::new();
    io::copy(&mut file, &mut hash).map_err(|error| unreadable(&error))?;
    let found = format!("{:x}", hash.finalize());
    if found == expected { Ok(()) } else { Err(LoadFault::Checksum { found }) }
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
