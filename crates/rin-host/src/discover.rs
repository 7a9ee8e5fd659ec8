//! Which plugins there are, by their manifests alone: no code of theirs runs here.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    fmt, fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use rin_abi::{Manifest, ManifestError};

use crate::{Origin, PluginFolder};

/// The target this program was built for.
pub(crate) const TARGET: &str = env!("RIN_TARGET");
/// Longest manifest read.
const MAX_MANIFEST: u64 = 256 * 1024;
/// Most entries of a folder looked at.
const MAX_ENTRIES: usize = 10_000;

/// A plugin found.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Found {
    /// What it says about itself.
    pub manifest: Manifest,
    /// Its manifest.
    pub manifest_file: PathBuf,
    /// Its library.
    pub library: PathBuf,
    /// Whose folder it lies in.
    pub origin: Origin,
}

/// Something in a plugin folder that is no plugin we can use.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// A folder or manifest cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// A manifest is wrong.
    Manifest(ManifestError),
    /// The library a manifest names is not there.
    NoLibrary {
        /// The manifest.
        manifest: PathBuf,
        /// The library it names.
        library: PathBuf,
    },
    /// A plugin of that id was found before, in a more particular place.
    Hidden {
        /// The id of both.
        id: String,
        /// The manifest that is not used.
        manifest: PathBuf,
        /// The manifest that is.
        by: PathBuf,
    },
    /// Another plugin for that platform was found before; two would read and propose everything twice.
    SamePlatform {
        /// The platform of both.
        platform: String,
        /// The id of the plugin that is not used.
        id: String,
        /// Its manifest.
        manifest: PathBuf,
        /// The id of the plugin that is used.
        used: String,
        /// Its manifest.
        by: PathBuf,
    },
    /// A folder holds too many entries.
    Crowded {
        /// Which.
        path: PathBuf,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, reason } => {
                write!(f, "{} cannot be read: {reason}", path.display())
            }
            Self::Manifest(error) => write!(f, "{error}"),
            Self::NoLibrary { manifest, library } => {
                let (manifest, library) = (manifest.display(), library.display());
                write!(f, "{manifest} has no library for {TARGET}: {library} is missing")
            }
            Self::Hidden { id, manifest, by } => {
                write!(f, "{} is not used: {} is {id} already", manifest.display(), by.display())
            }
            Self::SamePlatform { platform, id, manifest, used, by } => {
                let (manifest, by) = (manifest.display(), by.display());
                write!(
                    f,
                    "{id} in {manifest} is not used: {used} in {by} serves the platform {platform} already; \
                     remove one of them, or name the folder of the one you want first in the search path"
                )
            }
            Self::Crowded { path } => {
                write!(f, "{} holds more than {MAX_ENTRIES} entries", path.display())
            }
        }
    }
}

/// What a look through the folders has found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Discovery {
    /// The plugins, at most one for a platform, in the order of the folders and of their names within one.
    pub found: Vec<Found>,
    /// What is there and cannot be used.
    pub problems: Vec<Problem>,
}

impl Discovery {
    /// Returns the plugin of that id.
    pub fn get(&self, id: &str) -> Option<&Found> {
        self.found.iter().find(|found| found.manifest.info.id == id)
    }

    /// Returns the plugin for that platform; there is at most one.
    pub fn for_platform(&self, platform: &str) -> Option<&Found> {
        self.found.iter().find(|found| found.manifest.info.platform == platform)
    }
}

/// Looks through folders for `NAME/plugin.toml` and `NAME.rin.toml`; folders that are not there are passed over.
///
/// Of two plugins with one id, and of two for one platform, the first wins and the other is a problem. No folder
/// counts as the program's own here: [`discover_in`] is told whose each is.
pub fn discover(folders: &[PathBuf]) -> Discovery {
    let folders: Vec<_> = folders.iter().cloned().map(PluginFolder::from).collect();
    discover_in(&folders)
}

/// The same through the folders of [`search_path`](crate::search_path).
pub fn discover_in(folders: &[PluginFolder]) -> Discovery {
    let mut discovery = Discovery::default();
    for folder in folders {
        for manifest in manifests(&folder.path, &mut discovery.problems) {
            match read(&manifest, folder.origin) {
                Ok(found) => add(found, &mut discovery),
                Err(problem) => discovery.problems.push(problem),
            }
        }
    }
    let (found, problems) = (discovery.found.len(), discovery.problems.len());
    tracing::debug!(folders = folders.len(), found, problems, "looked for plugins");
    discovery
}

/// Looks at one plugin: a folder with `plugin.toml`, or a manifest itself.
///
/// # Errors
/// [`Problem`] saying why it cannot be used.
#[cfg_attr(
    windows,
    expect(clippy::result_large_err, reason = "paths are longer there, and it is rare")
)]
pub fn find_at(path: &Path) -> Result<Found, Problem> {
    let manifest = if path.is_dir() { path.join("plugin.toml") } else { path.to_owned() };
    read(&manifest, Origin::Elsewhere)
}

fn add(found: Found, discovery: &mut Discovery) {
    let (id, platform) = (found.manifest.info.id.clone(), found.manifest.info.platform.clone());
    let problem = if let Some(first) = discovery.get(&id) {
        let by = first.manifest_file.clone();
        Problem::Hidden { id, manifest: found.manifest_file, by }
    } else if let Some(first) = discovery.for_platform(&platform) {
        let (used, by) = (first.manifest.info.id.clone(), first.manifest_file.clone());
        Problem::SamePlatform { platform, id, manifest: found.manifest_file, used, by }
    } else {
        discovery.found.push(found);
        return;
    };
    discovery.problems.push(problem);
}

/// Returns the manifests of a folder, sorted by name.
fn manifests(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(reason) => {
            problems.push(Problem::Unreadable { path: folder.to_owned(), reason });
            return Vec::new();
        }
    };
    let mut paths = Vec::new();
    for entry in listing {
        if paths.len() == MAX_ENTRIES {
            problems.push(Problem::Crowded { path: folder.to_owned() });
            break;
        }
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(reason) => problems.push(Problem::Unreadable { path: folder.to_owned(), reason }),
        }
    }
    paths.sort();
    paths.into_iter().filter_map(manifest_of).collect()
}

fn manifest_of(path: PathBuf) -> Option<PathBuf> {
    if path.is_dir() {
        let inside = path.join("plugin.toml");
        return inside.is_file().then_some(inside);
    }
    let is_manifest = path.file_name()?.to_str()?.ends_with(".rin.toml");
    (is_manifest && path.is_file()).then_some(path)
}

#[cfg_attr(
    windows,
    expect(clippy::result_large_err, reason = "paths are longer there, and it is rare")
)]
fn read(path: &Path, origin: Origin) -> Result<Found, Problem> {
    let unreadable = |reason| Problem::Unreadable { path: path.to_owned(), reason };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(MAX_MANIFEST + 1).read_to_string(&mut text).map_err(unreadable)?;
    if MAX_MANIFEST < text.len() as u64 {
        let reason = format!("it is longer than {MAX_MANIFEST} bytes");
        return Err(unreadable(io::Error::new(io::ErrorKind::FileTooLarge, reason)));
    }
    let manifest =
        Manifest::parse(&path.display().to_string(), &text).map_err(Problem::Manifest)?;
    let library = path.with_file_name(library_name(&manifest));
    if !library.is_file() {
        return Err(Problem::NoLibrary { manifest: path.to_owned(), library });
    }
    Ok(Found { manifest, manifest_file: path.to_owned(), library, origin })
}

/// Returns the name of the library: as listed for this target, else made of the last part of the id.
fn library_name(manifest: &Manifest) -> String {
    let listed = manifest.targets.iter().find(|target| target.triple == TARGET);
    listed.map_or_else(
        || {
            let id = &manifest.info.id;
            let name = id.rsplit('.').next().unwrap_or(id).replace('-', "_");
            format!("{DLL_PREFIX}rin_{name}{DLL_SUFFIX}")
        },
        |target| target.file.clone(),
    )
}
