//! The file `rin-plugins.lock`: read strictly, because a misspelt permission that is silently ignored is worse than
//! an error, and written whole or not at all.

mod calendar;
mod shape;
mod text;

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::Path,
    process,
    sync::Arc,
};

use super::{Kept, TrustError};

/// Longest file read; a thousand plugins take less.
const MAX_LENGTH: u64 = 1 << 20;

/// Reads the file; one that is not there is as good as empty.
pub(super) fn read(path: &Path) -> Result<Kept, TrustError> {
    let failed = |source| TrustError::Read { path: path.to_owned(), source: Arc::new(source) };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::default()),
        Ok(meta) if MAX_LENGTH < meta.len() => {
            let reason = format!("it is longer than {MAX_LENGTH} bytes");
            return Err(failed(io::Error::new(io::ErrorKind::FileTooLarge, reason)));
        }
        Ok(_) => {}
        Err(error) => return Err(failed(error)),
    }
    shape::parse(path, &fs::read_to_string(path).map_err(failed)?)
}

/// Writes the file beside itself and puts it in place, so that whoever reads it sees the old one or the new one.
pub(super) fn write(path: &Path, kept: &Kept) -> Result<(), TrustError> {
    // A link stays a link, and what it leads to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    replace(&target, text::print(kept).as_bytes())
        .map_err(|source| TrustError::Write { path: path.to_owned(), source: Arc::new(source) })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    make_folder(folder)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", process::id()));
    let fresh = folder.join(name);
    let placed = write_whole(&fresh, bytes).and_then(|()| fs::rename(&fresh, path));
    if placed.is_err() {
        // What is left of the attempt is of no use; the error that matters is the first.
        drop(fs::remove_file(&fresh));
    }
    placed?;
    // The rename itself outlives a loss of power only once the folder is on the disk.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
