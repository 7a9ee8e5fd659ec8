//! A private copy of a library's bytes, for systems on which a library is opened by the name of a file.
//!
//! It lies in a fresh folder that only this user may look into, and is read again and hashed after it was written, by
//! the very handle that was opened for it. On Windows that handle lets nobody write to the file, rename or delete it
//! until the library is open. On Unix somebody could still exchange it between the look and the opening: only this
//! user or the administrator, who can do anything to this program anyway.

use std::{
    env,
    fs::{self, File, OpenOptions},
    hash::{BuildHasher as _, RandomState},
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::bytes::{Bytes, digest};

/// Tries to delete a copy that somebody, such as a virus scanner, still has open.
const TRIES: u32 = 20;
/// The time between two of them.
const PAUSE: Duration = Duration::from_millis(5);

/// A copy that is deleted when it is dropped.
#[derive(Debug)]
pub(crate) struct Copy {
    folder: PathBuf,
    file: PathBuf,
    /// What the copy was read by.
    held: Option<File>,
}

impl Copy {
    /// Copies a library's bytes.
    pub(crate) fn of(bytes: &Bytes) -> io::Result<Self> {
        let folder = fresh_folder()?;
        let file = folder.join(bytes.name());
        let mut copy = Self { folder, file, held: None };
        let mut to = create_new(&copy.file)?;
        to.write_all(&bytes.content()?)?;
        drop(to);
        let mut held = open_held(&copy.file)?;
        let mut found = Vec::new();
        held.read_to_end(&mut found)?;
        if digest(&found) != bytes.sha256 {
            return Err(io::Error::other("its copy is not what was copied"));
        }
        copy.held = Some(held);
        Ok(copy)
    }

    /// Returns the path to open.
    pub(crate) fn path(&self) -> &Path {
        &self.file
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        self.held = None;
        for _ in 0..TRIES {
            match fs::remove_dir_all(&self.folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => thread::sleep(PAUSE),
                _ => return,
            }
        }
        tracing::warn!(folder = %self.folder.display(), "a copy of a plugin could not be deleted");
    }
}

/// Makes a folder with a name that nobody can guess, in the system's folder for such things.
fn fresh_folder() -> io::Result<PathBuf> {
    // Keys that the system made up, a fresh pair each time.
    let number = RandomState::new().hash_one(std::process::id());
    let folder = env::temp_dir().join(format!("rin-plugin-{number:016x}"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        fs::DirBuilder::new().mode(0o700).create(&folder)?;
    }
    #[cfg(not(unix))]
    fs::create_dir(&folder)?;
    Ok(folder)
}

fn create_new(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o400);
    }
    options.open(file)
}

fn open_held(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        // Others may read it, and nothing else.
        const FILE_SHARE_READ: u32 = 1;
        options.share_mode(FILE_SHARE_READ);
    }
    options.open(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_private_whole_and_gone_afterwards() {
        let bytes = Bytes::read(&env::current_exe().unwrap()).unwrap();
        let (one, two) = (Copy::of(&bytes).unwrap(), Copy::of(&bytes).unwrap());
        assert_ne!(one.path(), two.path());
        assert_eq!(digest(&fs::read(one.path()).unwrap()), bytes.sha256);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&one.folder), mode(one.path())), (0o700, 0o400));
        }
        #[cfg(windows)]
        assert!(OpenOptions::new().write(true).open(one.path()).is_err());
        let folder = one.folder.clone();
        drop(one);
        assert!(!folder.exists() && two.path().exists());
    }
}
