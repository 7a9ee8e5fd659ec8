//! A new plugin to begin with: the files of `examples/plugin-template` or `examples/plugin-c` under another name.
//!
//! The examples are the templates, so what an author gets is what the tests build, run and check.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use rin_core::Text;
use serde::Serialize;

use crate::Lang;

/// The names that stand in the examples.
const RUST_NAME: &str = "pinboard";
const C_NAME: &str = "postbox";
/// What the examples say about where Rin is.
const RUST_DEPENDENCY: &str = "{ path = \"../../crates/rin-plugin\" }";
const C_INCLUDE: &str = "../../crates/rin-abi/include";
/// Longest name of a plugin.
const MAX_NAME: usize = 40;
/// Names whose crate would be called like one of Rin's own.
const TAKEN: [&str; 8] = ["abi", "app", "cli", "core", "host", "plugin", "store", "worker"];
/// The source tree this program was built from.
const BUILT_FROM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A file of a template: its place, and its text.
type Template = (&'static str, &'static str);

const RUST: &[Template] = &[
    (".gitignore", include_str!("../../../examples/plugin-template/.gitignore")),
    ("Cargo.toml", include_str!("../../../examples/plugin-template/Cargo.toml")),
    ("plugin.toml", include_str!("../../../examples/plugin-template/plugin.toml")),
    (
        "samples/export/members.csv",
        include_str!("../../../examples/plugin-template/samples/export/members.csv"),
    ),
    (
        "samples/export/notes.csv",
        include_str!("../../../examples/plugin-template/samples/export/notes.csv"),
    ),
    ("src/lib.rs", include_str!("../../../examples/plugin-template/src/lib.rs")),
    ("src/tests.rs", include_str!("../../../examples/plugin-template/src/tests.rs")),
];

const C: &[Template] = &[
    (".gitignore", include_str!("../../../examples/plugin-c/.gitignore")),
    ("Makefile", include_str!("../../../examples/plugin-c/Makefile")),
    ("plugin.toml", include_str!("../../../examples/plugin-c/plugin.toml")),
    ("strategy.c", include_str!("../../../examples/plugin-c/strategy.c")),
];

/// The contract of the boundary, which a project in C keeps a copy of.
const HEADER: Template = ("rin_plugin.h", include_str!("../../rin-abi/include/rin_plugin.h"));

/// The language of a plugin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PluginLang {
    /// Rust, with the kit: a reader and a strategy.
    Rust,
    /// C, with the bare header: a strategy.
    C,
}

/// Where a plugin in Rust gets the kit from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KitSource {
    /// A copy of Rin's source tree.
    Path(PathBuf),
    /// The address of a git repository.
    Git(String),
}

/// What is to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPluginRequest {
    /// The plugin's name: the last part of its id, and its platform's name until the author gives another.
    pub name: String,
    /// Its language.
    pub lang: PluginLang,
    /// The folder to write; `None` for one called like the plugin in the working directory.
    pub dir: Option<PathBuf>,
    /// Where the kit is; `None` for the source tree this program was built from.
    pub kit: Option<KitSource>,
}

/// What was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NewPluginView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plugin's id.
    pub id: String,
    /// Its language.
    pub lang: PluginLang,
    /// Its folder.
    pub dir: PathBuf,
    /// Its files, relative to the folder.
    pub files: Vec<String>,
    /// The commands to go on with, in their order.
    pub next: Vec<String>,
}

/// Why no plugin was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NewPluginError {
    /// The name cannot be one.
    #[error("`{name}` cannot be the name of a plugin: {what}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Something is there already.
    #[error("{} is there already and not empty", dir.display())]
    Exists {
        /// The folder.
        dir: PathBuf,
    },
    /// The source tree this program was built from is not there.
    #[error(
        "the kit for plugins in Rust is not to be found: the source of this program is not on this machine"
    )]
    NoKit,
    /// A folder does not hold Rin's source.
    #[error("{} holds no crates/rin-plugin", path.display())]
    NotRin {
        /// The folder.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl NewPluginError {
    /// Returns what to do about it, if there is something.
    pub fn remedy(&self) -> Option<Text> {
        let (en, de) = match self {
            Self::Name { .. } => (
                "Take small letters, digits and single hyphens, beginning with a letter, for example: chess-club",
                "Nimm Kleinbuchstaben, Ziffern und einzelne Bindestriche, zuerst einen Buchstaben, zum Beispiel: schach-klub",
            ),
            Self::Exists { .. } => (
                "Choose another folder with --dir, or empty this one.",
                "Mit --dir einen anderen Ordner wählen, oder diesen leeren.",
            ),
            Self::NoKit | Self::NotRin { .. } => (
                "Say where it is: --rin PATH names a copy of Rin's source, --rin-git URL its repository.",
                "Sagen, wo er liegt: --rin PFAD nennt eine Kopie von Rins Quelltext, --rin-git URL sein Repositorium.",
            ),
            Self::File { .. } => return None,
        };
        Some(Text { en: en.to_owned(), de: de.to_owned() })
    }
}

/// Writes a plugin that builds, whose tests pass and that passes the checker as it is.
///
/// # Errors
/// [`NewPluginError`]; nothing that was there is changed.
pub fn new_plugin(request: &NewPluginRequest) -> Result<NewPluginView, NewPluginError> {
    check_name(&request.name)?;
    let dir = request.dir.clone().unwrap_or_else(|| PathBuf::from(&request.name));
    let is_free = fs::read_dir(&dir).map_or_else(
        |error| error.kind() == io::ErrorKind::NotFound,
        |mut entries| entries.next().is_none(),
    );
    if !is_free {
        return Err(NewPluginError::Exists { dir });
    }
    let files = match request.lang {
        PluginLang::Rust => {
            let mut files = rust_files(&request.name, &dependency(request.kit.as_ref())?);
            if is_in_workspace(&dir) {
                own_workspace(&mut files);
            }
            files
        }
        PluginLang::C => c_files(&request.name),
    };
    for (name, text) in &files {
        write(&dir.join(name), text)?;
    }
    Ok(NewPluginView {
        schema: "rin.plugin-new/1",
        id: format!("org.example.{}", request.name),
        lang: request.lang,
        next: next(request, &dir),
        files: files.into_iter().map(|(name, _)| name).collect(),
        dir,
    })
}

/// Returns the message about what was made, in a sentence.
pub fn new_plugin_words(view: &NewPluginView, lang: Lang) -> String {
    let dir = view.dir.display();
    match (view.lang, lang) {
        (PluginLang::Rust, Lang::En) => {
            format!(
                "{dir} holds a plugin in Rust that reads an invented platform and plans for it."
            )
        }
        (PluginLang::Rust, Lang::De) => {
            format!(
                "{dir} enthält ein Plugin in Rust, das eine erfundene Plattform liest und für sie plant."
            )
        }
        (PluginLang::C, Lang::En) => {
            format!("{dir} holds a plugin in C that plans for an invented platform.")
        }
        (PluginLang::C, Lang::De) => {
            format!("{dir} enthält ein Plugin in C, das für eine erfundene Plattform plant.")
        }
    }
}

fn next(request: &NewPluginRequest, dir: &Path) -> Vec<String> {
    let try_it = match request.lang {
        PluginLang::Rust => "cargo test",
        PluginLang::C => "make",
    };
    let checked = format!("target/rin/{}", request.name);
    vec![
        format!("cd {} && {try_it}", dir.display()),
        "rin plugin dev . --once".to_owned(),
        format!("rin plugin check {checked}"),
    ]
}

fn check_name(name: &str) -> Result<(), NewPluginError> {
    let fail = |what| Err(NewPluginError::Name { name: name.to_owned(), what });
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return fail("it does not begin with a small letter");
    }
    if !name.chars().all(is_plain) {
        return fail("it holds something else than a-z, 0-9 and hyphens");
    }
    if name.ends_with('-') || name.contains("--") {
        return fail("a hyphen stands between two letters or digits");
    }
    if MAX_NAME < name.len() {
        return fail("it has more than 40 letters");
    }
    if TAKEN.contains(&name) {
        return fail("one of Rin's own crates is called so");
    }
    Ok(())
}

/// Returns what stands behind `rin-plugin =` in the new crate.
fn dependency(kit: Option<&KitSource>) -> Result<String, NewPluginError> {
    let has_kit = |root: &Path| root.join("crates/rin-plugin/Cargo.toml").is_file();
    let root = match kit {
        Some(KitSource::Git(url)) => return Ok(format!("{{ git = {} }}", quoted(url))),
        Some(KitSource::Path(path)) if has_kit(path) => path.clone(),
        Some(KitSource::Path(path)) => return Err(NewPluginError::NotRin { path: path.clone() }),
        None if has_kit(Path::new(BUILT_FROM)) => PathBuf::from(BUILT_FROM),
        None => return Err(NewPluginError::NoKit),
    };
    let kit = root.canonicalize().unwrap_or(root).join("crates/rin-plugin");
    Ok(format!("{{ path = {} }}", quoted(&kit.display().to_string())))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn rust_files(name: &str, dependency: &str) -> Vec<(String, String)> {
    let file = |(place, text): &Template| {
        let text = renamed(text, RUST_NAME, name).replacen(RUST_DEPENDENCY, dependency, 1);
        ((*place).to_owned(), text)
    };
    RUST.iter().map(file).collect()
}

fn c_files(name: &str) -> Vec<(String, String)> {
    let file = |(place, text): &Template| {
        ((*place).to_owned(), renamed(text, C_NAME, name).replace(C_INCLUDE, "."))
    };
    let header = (HEADER.0.to_owned(), HEADER.1.to_owned());
    C.iter().map(file).chain([header]).collect()
}

/// Puts `name` in the place of `old`; a library is called with `_` for `-`.
fn renamed(text: &str, old: &str, name: &str) -> String {
    let mut parts = text.split(old);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if out.ends_with("librin_") {
            out.push_str(&name.replace('-', "_"));
        } else {
            out.push_str(name);
        }
        out.push_str(part);
    }
    out
}

/// Whether cargo would count a crate in `dir` among those of a workspace above it.
fn is_in_workspace(dir: &Path) -> bool {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    absolute.ancestors().skip(1).any(|above| {
        let text = fs::read_to_string(above.join("Cargo.toml")).unwrap_or_default();
        text.lines().any(|line| line.trim_start().starts_with("[workspace"))
    })
}

/// Makes the new crate the root of a workspace of its own.
fn own_workspace(files: &mut [(String, String)]) {
    let manifest = files.iter_mut().find(|(name, _)| name == "Cargo.toml");
    if let Some((_, text)) = manifest {
        text.push_str(
            "\n# It lies below another workspace and does not belong to it.\n[workspace]\n",
        );
    }
}

fn write(path: &Path, text: &str) -> Result<(), NewPluginError> {
    let fail = |source| NewPluginError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let mut file = fs::File::create_new(path).map_err(fail)?;
    file.write_all(text.as_bytes()).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_same(files: &[(String, String)], templates: &[Template]) {
        for ((name, text), (place, original)) in files.iter().zip(templates) {
            assert_eq!((name.as_str(), text.as_str()), (*place, *original));
        }
    }

    #[test]
    fn under_its_own_name_the_output_is_the_example_byte_for_byte() {
        let files = rust_files(RUST_NAME, RUST_DEPENDENCY);
        assert_eq!(files.len(), RUST.len());
        assert_same(&files, RUST);
        let files = c_files(C_NAME);
        assert_eq!(files.len(), C.len() + 1);
        let back: Vec<_> = files
            .into_iter()
            .map(|(name, text)| {
                let text =
                    text.replace("RIN_INCLUDE ?= .\n", &format!("RIN_INCLUDE ?= {C_INCLUDE}\n"));
                (name, text)
            })
            .collect();
        assert_same(&back, C);
    }

    /// Lists the files below a folder but for what was built.
    fn files_below(root: &Path, dir: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && name != "target" {
                names.extend(files_below(root, &path));
            } else if path.is_file() && !name.starts_with("librin_") {
                names.push(name);
            }
        }
        names
    }

    #[test]
    fn no_file_of_an_example_is_left_behind() {
        for (folder, templates) in [("plugin-template", RUST), ("plugin-c", C)] {
            let root = Path::new(BUILT_FROM).join("examples").join(folder);
            for name in files_below(&root, &root) {
                assert!(templates.iter().any(|(place, _)| *place == name), "{name}");
            }
        }
    }

    #[test]
    fn another_name_stands_everywhere() {
        for (name, library) in
            [("chess-club", "librin_chess_club"), ("postbox-2", "librin_postbox_2")]
        {
            let all: String = c_files(name).into_iter().map(|(_, text)| text).collect();
            assert!(all.contains(&format!("LIBRARY := {library}.$(SUFFIX)")));
            assert!(all.contains(&format!("RIN_STR(\"org.example.{name}\")")));
            assert!(all.contains(&format!("id = \"org.example.{name}\"")));
            assert!(!all.replace("postbox-2", "").replace("postbox_2", "").contains("postbox"));
        }
        let files = rust_files("chess-club", "{ git = \"https://example.org/rin\" }");
        assert!(files.iter().all(|(_, text)| !text.contains("pinboard")));
        assert!(files[1].1.ends_with("rin-plugin = { git = \"https://example.org/rin\" }\n"));
    }

    #[test]
    fn names_are_checked() {
        let wrong = [
            ("", "it does not begin with a small letter"),
            ("Chess", "it does not begin with a small letter"),
            ("2chess", "it does not begin with a small letter"),
            ("../chess", "it does not begin with a small letter"),
            ("chess_club", "it holds something else than a-z, 0-9 and hyphens"),
            ("schachklüb", "it holds something else than a-z, 0-9 and hyphens"),
            ("chess--club", "a hyphen stands between two letters or digits"),
            ("chess-", "a hyphen stands between two letters or digits"),
            ("core", "one of Rin's own crates is called so"),
        ];
        for (name, what) in wrong {
            let error = check_name(name).unwrap_err().to_string();
            assert_eq!(error, format!("`{name}` cannot be the name of a plugin: {what}"));
        }
        assert!(check_name(&"a".repeat(41)).is_err());
        assert!(check_name("chess-club-2").is_ok());
    }

    #[test]
    fn a_tree_without_the_kit_is_refused() {
        let kit = KitSource::Path(PathBuf::from("/nowhere"));
        let error = dependency(Some(&kit)).unwrap_err();
        assert_eq!(error.to_string(), "/nowhere holds no crates/rin-plugin");
        assert!(error.remedy().unwrap().en.contains("--rin PATH"));
    }
}
