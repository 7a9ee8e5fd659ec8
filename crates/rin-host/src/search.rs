//! In which folders plugins are looked for. Never in the working directory, which anybody may have filled.

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

/// Returns the folders to look in, most particular first, each once.
///
/// Relative paths in the variable are left out, because they would mean the working directory.
pub fn search_path(places: &Places<'_>) -> Vec<PathBuf> {
    let mut folders = places.explicit.to_vec();
    let listed = places.variable.map(|value| env::split_paths(value).collect::<Vec<_>>());
    folders.extend(listed.into_iter().flatten().filter(|folder| folder.is_absolute()));
    let data = places.data_home.filter(|folder| folder.is_absolute());
    folders.extend(data.map(|folder| folder.join("rin/plugins")));
    if let Some(folder) = places.program.and_then(Path::parent).filter(|f| f.is_absolute()) {
        folders.push(folder.join("plugins"));
        folders.extend(folder.parent().map(|prefix| prefix.join("lib/rin/plugins")));
    }
    if cfg!(unix) {
        folders.push(PathBuf::from("/usr/lib/rin/plugins"));
    }
    let mut seen = Vec::new();
    folders.retain(|folder| {
        let is_new = !folder.as_os_str().is_empty() && !seen.contains(folder);
        seen.push(folder.clone());
        is_new
    });
    folders
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn check(places: &Places<'_>, expected: &[&str]) {
        assert_eq!(search_path(places), expected.iter().map(PathBuf::from).collect::<Vec<_>>());
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
            "/opt/rin/lib/rin/plugins",
            "/usr/lib/rin/plugins",
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
        check(&places, &["/usr/lib/rin/plugins"]);
    }
}
