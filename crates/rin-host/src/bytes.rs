//! A library's bytes, read once: what was hashed and compared is what is loaded, whatever becomes of the file.
//!
//! On Linux the bytes lie in a sealed file in memory that nobody can change any more, this program included. Elsewhere
//! they are kept, and a worker opens a copy of them. In this process the file itself is loaded there, so that somebody
//! who can write it between the look and the loading is not found out.

use std::{
    borrow::Cow,
    fs,
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{LoadFault, image};

/// Longest library taken.
const MAX_LIBRARY: u64 = 512 << 20;

/// A library's bytes.
#[derive(Debug)]
pub(crate) struct Bytes {
    /// Their SHA-256 in lower-case hexadecimal.
    pub(crate) sha256: String,
    /// Where they came from.
    path: PathBuf,
    #[cfg(target_os = "linux")]
    pub(crate) sealed: std::os::fd::OwnedFd,
    #[cfg(not(target_os = "linux"))]
    kept: Vec<u8>,
}

impl Bytes {
    /// Reads a library.
    pub(crate) fn read(path: &Path) -> Result<Self, LoadFault> {
        let (path, bytes) = whole(path)?;
        let sha256 = digest(&bytes);
        #[cfg(target_os = "linux")]
        let sealed = crate::memory::seal(&path, &bytes).map_err(|error| unreadable(&error))?;
        Ok(Self {
            sha256,
            path,
            #[cfg(target_os = "linux")]
            sealed,
            #[cfg(not(target_os = "linux"))]
            kept: bytes,
        })
    }

    /// Returns the bytes themselves.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(clippy::unnecessary_wraps, reason = "they are read from a file in memory on Linux")
    )]
    pub(crate) fn content(&self) -> io::Result<Cow<'_, [u8]>> {
        #[cfg(target_os = "linux")]
        {
            use std::os::unix::fs::FileExt as _;
            let file = fs::File::from(self.sealed.try_clone()?);
            let mut bytes = vec![0; usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX)];
            file.read_exact_at(&mut bytes, 0)?;
            Ok(Cow::Owned(bytes))
        }
        #[cfg(not(target_os = "linux"))]
        Ok(Cow::Borrowed(&self.kept))
    }

    /// Returns the name of the file they came from.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Returns what to open in this process. Whoever opens it must keep the bytes for ever, because a loader that is
    /// shown another file under the same name takes it for the first.
    pub(crate) fn to_open(&self) -> PathBuf {
        #[cfg(target_os = "linux")]
        {
            use std::os::fd::AsRawFd as _;
            PathBuf::from(format!("/proc/self/fd/{}", self.sealed.as_raw_fd()))
        }
        #[cfg(not(target_os = "linux"))]
        self.path.clone()
    }
}

/// Returns the SHA-256 of a library's bytes.
pub(crate) fn sha256(path: &Path) -> Result<String, LoadFault> {
    whole(path).map(|(_, bytes)| digest(&bytes))
}

pub(crate) fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// Reads a whole library and returns its path without links.
fn whole(path: &Path) -> Result<(PathBuf, Vec<u8>), LoadFault> {
    let path = fs::canonicalize(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => LoadFault::NotFound,
        _ => unreadable(&error),
    })?;
    let file = fs::File::open(&path).map_err(|error| unreadable(&error))?;
    let meta = file.metadata().map_err(|error| unreadable(&error))?;
    if !meta.is_file() {
        return Err(LoadFault::NotALibrary { reason: "it is no regular file".to_owned() });
    }
    if MAX_LIBRARY < meta.len() {
        let reason = format!("it is longer than {MAX_LIBRARY} bytes");
        return Err(LoadFault::NotALibrary { reason });
    }
    let mut bytes = Vec::new();
    file.take(MAX_LIBRARY).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    check_length(&bytes)?;
    Ok((path, bytes))
}

fn unreadable(error: &io::Error) -> LoadFault {
    LoadFault::NotALibrary { reason: error.to_string() }
}

/// Refuses bytes that end before their own headers say, since opening them would end the process.
fn check_length(bytes: &[u8]) -> Result<(), LoadFault> {
    let needed =
        image::needed_bytes(&mut Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let has = bytes.len() as u64;
    if needed <= has { Ok(()) } else { Err(LoadFault::Truncated { has, needed }) }
}
