//! The file a picture goes into: another picture may be written over, nothing else.

use std::{fs, io, path::Path};

use rin_app::SessionError;

use crate::error::Error;

/// Refuses to write over what is no picture, before anything is computed.
pub(crate) fn check_target(path: &Path) -> Result<(), Error> {
    let failed = |source| SessionError::File { what: "write", path: path.to_owned(), source };
    let is_picture = match fs::read(path) {
        Ok(there) => there.trim_ascii_start().starts_with(b"<svg") || there.is_empty(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(failed(error).into()),
    };
    if !is_picture {
        let what = "there is another file, and it is no SVG picture: give another name";
        return Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, what)).into());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        let what = "its folder is not there: make it first";
        return Err(failed(io::Error::new(io::ErrorKind::NotFound, what)).into());
    }
    Ok(())
}

/// Writes a picture.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |source| SessionError::File { what: "write", path: path.to_owned(), source };
    Ok(fs::write(path, text).map_err(failed)?)
}
