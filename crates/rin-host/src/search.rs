//! In which folders plugins are looked for. Never in the working directory, which anybody may have filled.
//!
//! Two of them belong to the program itself: whoever can write there can replace the program too, so that asking
//! about the plugins in them would protect nobody. What lies anywhere else is a stranger's until it is approved.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
};

/// Where the caller says things are; nothing is read from the environment here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places<'a> {
    /// Folders the user named for this run, first of all; relative ones are meant as typed.
    pub explicit: &'a [PathBuf],
    /// The value of `RIN_PLUGIN_PATH`.
    pub variable: Option<&'a OsStr>,
    /// The user's data folder (`$XDG_DATA_HOME`, `~/.local/share`).
    pub data_home: Option<&'a Path>,
    /// The program that is running.
    pub program: Option<&'a Path>,
}

/// Whose folder a plugin was found in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Origin {
    /// The program's own: `PREFIX/lib/rin/plugins` of a program in `PREFIX/bin`, or `/usr/lib/rin/plugins`.
    Shipped,
    /// Any other.
    #[default]
    Elsewhere,
}

/// A folder to look in.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PluginFolder {
    /// Where it is.
    pub path: PathBuf,
    /// Whose it is.
    pub origin: Origin,
}

impl From<PathBuf> for PluginFolder {
    fn from(path: PathBuf) -> Self {
        Self { path, origin: Origin::Elsewhere }
    }
}

/// Returns the folders to look in, most particular first, each once.
///
/// Relative paths in the variable are left out, because they would mean the working directory.
pub fn search_path(places: &Places<'_>) -> Vec<PluginFolder> {
    let mut folders = places.explicit.to_vec();
    let listed = places.variable.map(|value| env::split_paths(value).collect::<Vec<_>>());
    folders.extend(listed.into_iter().flatten().filter(|folder| folder.is_absolute()));
    let data = places.data_home.filter(|folder| folder.is_absolute());
    folders.extend(data.map(|folder| folder.join("rin/plugins")));
    let mut shipped = Vec::new();
    if let Some(folder) = places.program.and_then(Path::parent).filter(|f| f.is_absolute()) {
        folders.push(folder.join("plugins"));
        let library = folder.parent().map(|prefix| prefix.join("lib/rin/plugins"));
        // A program that does not lie in a `bin` was not installed, and the folder beside it is anybody's.
        if folder.ends_with("bin") {
            shipped.extend(library.clone());
        }
        folders.extend(library);
    }
    if cfg!(unix) {
        shipped.push(PathBuf::from("/usr/lib/rin/plugins"));
        folders.extend(shipped.last().cloned());
    }
    let mut seen: Vec<PluginFolder> = Vec::new();
    for path in folders.into_iter().filter(|folder| !folder.as_os_str().is_empty()) {
        if seen.iter().all(|known| known.path != path) {
            let is_shipped = shipped.contains(&path);
            let origin = if is_shipped { Origin::Shipped } else { Origin::Elsewhere };
            seen.push(PluginFolder { path, origin });
        }
    }
    seen
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Expects these folders, a `*` before those of the program itself.
    fn check(places: &Places<'_>, expected: &[&str]) {
        let mark = |folder: PluginFolder| {
            let mark = if folder.origin == Origin::Shipped { "*" } else { "" };
            format!("{mark}{}", folder.path.display())
        };
        assert_eq!(search_path(places).into_iter().map(mark).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_most_particular_place_comes_first_and_each_once() {
        let explicit = [PathBuf::from("here"), PathBuf::from("/a")];
        let places = Places {
            explicit: &explicit,
            variable: Some(OsStr::new("/b:/a:")),
            data_home: Some(Path::new("/home/ann/.local/share")),
            program: Some(Path::new("/opt/rin/bin/rin")),
        };
        let expected = [
            "here",
            "/a",
            "/b",
            "/home/ann/.local/share/rin/plugins",
            "/opt/rin/bin/plugins",
            "*/opt/rin/lib/rin/plugins",
            "*/usr/lib/rin/plugins",
        ];
        check(&places, &expected);
    }

    #[test]
    fn nothing_leads_into_the_working_directory() {
        let places = Places {
            variable: Some(OsStr::new(".:plugins::../x:")),
            data_home: Some(Path::new("share")),
            program: Some(Path::new("rin")),
            ..Places::default()
        };
        check(&places, &["*/usr/lib/rin/plugins"]);
    }

    #[test]
    fn a_folder_beside_a_program_that_was_not_installed_is_anybodys() {
        let places =
            Places { program: Some(Path::new("/src/target/debug/rin")), ..Places::default() };
        let expected = ["/src/target/debug/plugins", "/src/target/lib/rin/plugins"];
        check(&places, &[expected[0], expected[1], "*/usr/lib/rin/plugins"]);
    }

    #[test]
    fn naming_a_folder_does_not_make_it_the_programs_own() {
        let explicit = [PathBuf::from("/tmp/lib/rin/plugins")];
        let places = Places { explicit: &explicit, ..Places::default() };
        check(&places, &["/tmp/lib/rin/plugins", "*/usr/lib/rin/plugins"]);
    }
}
