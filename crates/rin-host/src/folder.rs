//! The files a user named, as a source: one file, or a folder with everything below it.
//!
//! Links are not followed, because an export unpacked by a careless tool may hold one that leads to the rest of the
//! disk. A file that was exchanged after the listing is refused rather than read.

use std::{
    borrow::Cow,
    cell::RefCell,
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use rin_abi::{Source, SourceEntry};
use rin_core::Moment;

/// Most files of a source.
const MAX_FILES: usize = 200_000;
/// Deepest folder below the one the user named.
const MAX_DEPTH: usize = 64;
/// Files kept open at once.
const MAX_OPEN: usize = 16;

/// The files the user named.
#[derive(Debug)]
pub struct FolderSource {
    entries: Vec<SourceEntry>,
    files: Vec<Listed>,
    skipped: Vec<Skipped>,
    open: RefCell<Vec<(usize, File)>>,
    now: Moment,
}

#[derive(Debug)]
struct Listed {
    path: PathBuf,
    identity: Identity,
}

/// Something below the folder that is not part of the source.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Skipped {
    /// A link; it is not followed.
    Link {
        /// Its name relative to the folder.
        name: String,
    },
    /// A device, pipe or socket.
    Special {
        /// Its name relative to the folder.
        name: String,
    },
    /// A file or folder that cannot be read, or lies too deep.
    Unreadable {
        /// Its name relative to the folder.
        name: String,
        /// Why.
        reason: String,
    },
}

/// Why a path is no source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// It cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It holds too many files.
    #[error("{} holds more than {limit} files", path.display())]
    TooMany {
        /// Which.
        path: PathBuf,
        /// The most that is taken.
        limit: usize,
    },
    /// It is neither a file nor a folder.
    #[error("{} is neither a file nor a folder", path.display())]
    Special {
        /// Which.
        path: PathBuf,
    },
}

impl FolderSource {
    /// Lists a file or a folder; `now` is the moment of the import.
    ///
    /// A folder that bears a day in its name is an export unpacked under the name it came with, which says things that
    /// nothing in it does; so this name stands before those of its files, as it would in the folder around it.
    ///
    /// # Errors
    /// [`FolderError`] if the path itself cannot be read or holds too much.
    pub fn open(path: &Path, now: Moment) -> Result<Self, FolderError> {
        let fail = |source| FolderError::Unreadable { path: path.to_owned(), source };
        // The user named this path, so a link here is meant.
        let metadata = fs::metadata(path).map_err(fail)?;
        let label = if metadata.is_dir() { label(path) } else { None };
        let mut walk = Walk { root: path, label, files: Vec::new(), skipped: Vec::new() };
        if metadata.is_file() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            walk.add(path.to_owned(), name.unwrap_or_default(), &metadata);
        } else if metadata.is_dir() {
            walk.folder(path, 0)?;
        } else {
            return Err(FolderError::Special { path: path.to_owned() });
        }
        walk.files.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        let (entries, files) = walk.files.into_iter().unzip();
        Ok(Self { entries, files, skipped: walk.skipped, open: RefCell::default(), now })
    }

    /// Returns what lies there and is not part of the source.
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Runs `read` on an open file, which is kept open for the next read.
    fn with_file(
        &self,
        index: usize,
        read: impl FnOnce(&File) -> io::Result<usize>,
    ) -> io::Result<usize> {
        let mut open = self.open.borrow_mut();
        if let Some(position) = open.iter().position(|(opened, _)| *opened == index) {
            // The last one used stays longest.
            let used = open.remove(position);
            open.push(used);
        } else {
            let listed = self.files.get(index).ok_or(io::ErrorKind::NotFound)?;
            let file = File::open(&listed.path)?;
            if Identity::of(&file.metadata()?) != listed.identity {
                return Err(io::Error::other("the file was exchanged while it was read"));
            }
            if open.len() == MAX_OPEN {
                open.remove(0);
            }
            open.push((index, file));
        }
        open.last().map_or(Err(io::ErrorKind::NotFound.into()), |(_, file)| read(file))
    }
}

impl Source for FolderSource {
    fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.with_file(entry, |file| read_at(file, buffer, offset))
    }

    fn now(&self) -> Moment {
        self.now
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

/// What tells a file from another that has taken its place.
#[derive(PartialEq, Eq, Debug)]
struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(metadata.dev(), metadata.ino())
    }

    #[cfg(windows)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::windows::fs::MetadataExt;
        Self(metadata.creation_time(), 0)
    }
}

/// A walk through a folder.
struct Walk<'a> {
    root: &'a Path,
    /// What stands before every name.
    label: Option<String>,
    files: Vec<(SourceEntry, Listed)>,
    skipped: Vec<Skipped>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, depth: usize) -> Result<(), FolderError> {
        let listing = match fs::read_dir(folder) {
            Ok(listing) => listing,
            Err(source) if depth == 0 => {
                return Err(FolderError::Unreadable { path: folder.to_owned(), source });
            }
            Err(error) => {
                self.unreadable(folder, &error.to_string());
                return Ok(());
            }
        };
        for entry in listing {
            match entry {
                Ok(entry) => self.entry(entry.path(), depth)?,
                Err(error) => self.unreadable(folder, &error.to_string()),
            }
        }
        Ok(())
    }

    fn entry(&mut self, path: PathBuf, depth: usize) -> Result<(), FolderError> {
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) => {
                self.unreadable(&path, &error.to_string());
                return Ok(());
            }
        };
        let name = self.name(&path);
        if metadata.is_symlink() {
            self.skipped.push(Skipped::Link { name });
        } else if metadata.is_dir() && depth < MAX_DEPTH {
            return self.folder(&path, depth + 1);
        } else if metadata.is_dir() {
            self.unreadable(&path, "it lies too deep");
        } else if !metadata.is_file() {
            self.skipped.push(Skipped::Special { name });
        } else if self.files.len() == MAX_FILES {
            let path = self.root.to_owned();
            return Err(FolderError::TooMany { path, limit: MAX_FILES });
        } else {
            self.add(path, name, &metadata);
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, name: String, metadata: &Metadata) {
        let modified = metadata.modified().ok().and_then(moment);
        let entry = SourceEntry { name, size: metadata.len(), modified };
        self.files.push((entry, Listed { path, identity: Identity::of(metadata) }));
    }

    fn unreadable(&mut self, path: &Path, reason: &str) {
        let (name, reason) = (self.name(path), reason.to_owned());
        self.skipped.push(Skipped::Unreadable { name, reason });
    }

    /// Returns the path below the root with `/` between folders; only a label.
    fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        let below = below.iter().map(|part| part.to_string_lossy());
        let parts: Vec<_> = self.label.as_deref().map(Cow::from).into_iter().chain(below).collect();
        parts.join("/")
    }
}

/// Returns the name of a folder that bears a day, as `instagram-ann-2025-10-01-x7Kd` does.
fn label(path: &Path) -> Option<String> {
    // `.` and `..` have the name of where they lead.
    let real = path.canonicalize().ok()?;
    let name = path.file_name().or_else(|| real.file_name())?.to_string_lossy().into_owned();
    let fits = |at: usize, byte: u8| {
        if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() }
    };
    let is_day = |ten: &[u8]| ten.iter().enumerate().all(|(at, byte)| fits(at, *byte));
    name.as_bytes().windows(10).any(is_day).then_some(name)
}

fn moment(time: SystemTime) -> Option<Moment> {
    let ms = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_millis()).ok()?,
    };
    Some(Moment::from_unix_ms(ms))
}

#[cfg(test)]
mod tests;
