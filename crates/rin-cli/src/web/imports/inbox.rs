//! The folder for what is sent to the page, and names that stay inside it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// Where it lies in the network's folder.
const NAME: &str = "inbox";
/// What lies there longer than this belongs to no running import.
const OLD: Duration = Duration::from_hours(24);
/// Longest part of a name, in bytes; file systems take 255.
const LONGEST: usize = 200;
/// How deep folders are nested at most.
const DEEPEST: usize = 40;

/// The folder of one run.
#[derive(Debug)]
pub(in crate::web) struct Inbox {
    all: PathBuf,
    run: u32,
}

impl Inbox {
    /// Returns that of this process; nothing is made yet.
    pub(in crate::web) fn new(dir: &Path) -> Self {
        Self { all: dir.join(NAME), run: std::process::id() }
    }

    /// Makes a folder for one import.
    pub(in crate::web) fn folder(&self, number: u64) -> io::Result<PathBuf> {
        let folder = self.all.join(format!("{}-{number}", self.run));
        if folder.exists() {
            // A process of the same number left it behind.
            fs::remove_dir_all(&folder)?;
        }
        make(&folder)?;
        Ok(folder)
    }

    /// Clears away what earlier runs have left.
    pub(in crate::web) fn clear_old(&self) {
        let is_old = |path: &Path| {
            let changed = path.metadata().and_then(|about| about.modified());
            let age = changed.ok().and_then(|at| SystemTime::now().duration_since(at).ok());
            age.is_some_and(|age| OLD < age)
        };
        for entry in fs::read_dir(&self.all).into_iter().flatten().flatten() {
            if is_old(&entry.path()) {
                // What cannot be removed is tried again by the next start.
                drop(fs::remove_dir_all(entry.path()));
            }
        }
    }
}

/// Returns what lies in a folder, in the order of names.
pub(super) fn contents(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Returns where a file of that name goes inside a folder; `None` if the name would lead elsewhere or is none.
pub(in crate::web) fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = name.split(['/', '\\']).collect();
    if DEEPEST < parts.len() || parts.iter().any(|part| matches!(part.trim(), "" | "." | "..")) {
        return None;
    }
    let mut path = folder.to_owned();
    path.extend(parts.into_iter().map(harmless));
    Some(path)
}

/// Returns a part of a name as every system takes it.
fn harmless(part: &str) -> String {
    let is_odd = |letter: char| letter.is_control() || "<>:\"|?*".contains(letter);
    let mut kept: String =
        part.chars().map(|letter| if is_odd(letter) { '_' } else { letter }).collect();
    // The end tells what kind of file it is, so the beginning goes.
    while LONGEST < kept.len() {
        kept.remove(0);
    }
    kept
}

#[cfg(unix)]
pub(super) fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;

    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(super) fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        let folder = Path::new("/in");
        let path = |name: &str| inside(folder, name);
        assert_eq!(path("a/b.json"), Some(PathBuf::from("/in/a/b.json")));
        assert_eq!(path("a\\c:d.json"), Some(PathBuf::from("/in/a/c_d.json")));
        for name in ["", "..", "../x", "a/../../x", "/etc/passwd", "a//b", "a\\..\\b", ". ", "a/"] {
            assert_eq!(path(name), None, "{name:?}");
        }
        assert_eq!(path("a\0b\n"), Some(PathBuf::from("/in/a_b_")));
        let long = format!("{}.zip", "ä".repeat(300));
        let kept = path(&long).unwrap();
        let name = kept.file_name().unwrap().to_str().unwrap();
        assert!(name.ends_with("ää.zip") && name.len() <= LONGEST, "{name}");
        assert_eq!(path(&"a/".repeat(50)), None);
    }

    #[test]
    fn only_what_is_old_is_cleared_away() {
        let dir = tempfile::tempdir().unwrap();
        let inbox = Inbox::new(dir.path());
        let (old, young) = (inbox.folder(1).unwrap(), inbox.folder(2).unwrap());
        let before = SystemTime::now() - 2 * OLD;
        fs::File::open(&old).unwrap().set_modified(before).unwrap();
        inbox.clear_old();
        assert_eq!((old.exists(), young.exists()), (false, true));
        fs::write(young.join("b"), "").unwrap();
        fs::write(young.join("a"), "").unwrap();
        assert_eq!(contents(&young).unwrap(), [young.join("a"), young.join("b")]);
    }
}
