//! End-to-end tests: the program as its user runs it, on exports as they were downloaded.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says when it is skipped"
)]

mod backtest;
mod bad_inputs;
mod browser;
mod campaign;
mod demo;
mod disguise;
mod exit;
mod exports;
mod filter;
mod foreign;
mod forget;
mod german;
mod kit;
mod manual;
mod notes;
mod origins;
mod outside;
mod page;
mod people;
mod period;
mod plain;
mod plan;
mod plugin_check;
mod readme;
mod report;
mod routes;
mod same;
mod settings;
mod simulate;
mod snapshots;
mod terminal;
mod tidy;
mod torture;
mod trust;
mod unify;
mod weeks;

use std::{
    collections::HashMap,
    env::consts::{DLL_PREFIX, DLL_SUFFIX, EXE_SUFFIX},
    ffi::OsString,
    fs::{self, Permissions},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Arc, LazyLock, Mutex, OnceLock},
};

use tempfile::TempDir;

/// The Monday after the shipped exports were made.
const NOW: &str = "2026-08-17";

/// The platforms whose plugins an installation has.
const PLATFORMS: &[&str] = &[
    "bluesky",
    "facebook",
    "github",
    "instagram",
    "linkedin",
    "mail",
    "mastodon",
    "table",
    "tiktok",
    "x",
    "youtube",
];

/// The program, its worker and its plugins as an installation has them, which need no approval. `cargo test` alone
/// builds neither cdylibs nor another package's program.
static INSTALLED: LazyLock<Installed> = LazyLock::new(|| {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "rin-host"]);
    // `unify` has them built as `cargo test` builds them, which is not to do it twice.
    for name in ["unify", "club-plugin", "probe-plugin", "example-embed", "example-host", "xtask"] {
        cargo.args(["--package", name]);
    }
    for name in PLATFORMS {
        cargo.args(["--package", &format!("rin-{name}")]);
    }
    assert!(cargo.current_dir(root()).status().unwrap().success(), "the plugins must build");
    let prefix = Path::new(env!("CARGO_TARGET_TMPDIR")).join("installed");
    let (bin, plugins) = (prefix.join("bin"), prefix.join("lib/rin/plugins"));
    fs::create_dir_all(&bin).unwrap();
    for name in ["rin", "rin-worker"] {
        let program = format!("{name}{EXE_SUFFIX}");
        link(&built(&program), &bin.join(&program));
    }
    for name in PLATFORMS {
        let source = root().join("plugins").join(name);
        lay(&plugins.join(name), &source.join("plugin.toml"), &format!("rin_{name}"));
    }
    Installed { rin: bin.join(format!("rin{EXE_SUFFIX}")), plugins }
});

struct Installed {
    rin: PathBuf,
    plugins: PathBuf,
}

/// Returns what cargo has built under that name.
fn built(name: &str) -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_rin")).with_file_name(name)
}

/// Lays a plugin out: its manifest and the library that cargo has built.
fn lay(dir: &Path, manifest: &Path, library: &str) {
    fs::create_dir_all(dir).unwrap();
    let library = format!("{DLL_PREFIX}{library}{DLL_SUFFIX}");
    fs::copy(built(&library), dir.join(&library)).unwrap();
    fs::copy(manifest, dir.join("plugin.toml")).unwrap();
}

/// Puts a program in place without opening it for writing, because a test that starts something at that moment would
/// hand the open file down, and a program that is open for writing cannot be run.
fn link(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_file(to).unwrap();
    }
    fs::hard_link(from, to).unwrap();
}

/// A network of its own in a temporary folder.
struct Home {
    dir: TempDir,
}

impl Home {
    /// Makes an empty one.
    fn new() -> Self {
        let home = Self { dir: TempDir::new().unwrap() };
        home.ok(&["init"]);
        home
    }

    /// Makes one with the shipped exports.
    fn demo() -> Self {
        Self::made("demo", || {
            let home = Self::new();
            home.ok(&["import", &data("mastodon")]);
            home.ok(&["import", &data("bluesky/pds"), "--own", "stadtbuecherei-dev.test"]);
            home
        })
    }

    /// Makes one as whoever asked first for that name has made it: what is in its folder is made once and then copied.
    fn made(name: &str, make: impl FnOnce() -> Self) -> Self {
        static MADE: LazyLock<Mutex<HashMap<String, Arc<OnceLock<Kept>>>>> =
            LazyLock::new(Mutex::default);
        let cell = Arc::clone(MADE.lock().unwrap().entry(name.to_owned()).or_default());
        let files = cell.get_or_init(|| Kept::read(&make().path()));
        let home = Self { dir: TempDir::new().unwrap() };
        files.write(&home.path());
        home
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("rin")
    }

    /// Runs `rin` and returns what it says.
    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    fn command(&self, words: &[&str]) -> Command {
        self.at(words, NOW)
    }

    /// The same at a moment of its own.
    fn at(&self, words: &[&str], now: &str) -> Command {
        let mut command = Command::new(&INSTALLED.rin);
        command
            .args(words)
            .args(["--now", now])
            .env_clear()
            .env("RIN_DATA_DIR", self.path())
            .env("XDG_DATA_HOME", self.dir.path())
            .env("TZ", "UTC")
            .env("LANG", "C")
            .current_dir(self.dir.path());
        command
    }

    /// Runs `rin`, which must succeed or end with code 3 (findings), and returns its answer.
    fn ok(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 3)), "{words:?} ended with {code:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs `rin --json` and returns the view.
    fn json(&self, words: &[&str]) -> serde_json::Value {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.ok(&words)).unwrap()
    }

    /// Returns the canonical dump of the store.
    fn dump(&self) -> String {
        let store = rin_store::Store::open_read_only(&self.path()).unwrap();
        let mut out = Vec::new();
        store.dump(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

/// A folder and all that is in it.
struct Kept {
    rights: Permissions,
    files: Vec<(OsString, Permissions, Vec<u8>)>,
    folders: Vec<(OsString, Self)>,
}

impl Kept {
    fn read(folder: &Path) -> Self {
        let rights = fs::metadata(folder).unwrap().permissions();
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (name, path) = (entry.file_name(), entry.path());
            if path.is_dir() {
                folders.push((name, Self::read(&path)));
            } else {
                let rights = entry.metadata().unwrap().permissions();
                files.push((name, rights, fs::read(path).unwrap()));
            }
        }
        Self { rights, files, folders }
    }

    fn write(&self, folder: &Path) {
        fs::create_dir(folder).unwrap();
        fs::set_permissions(folder, self.rights.clone()).unwrap();
        for (name, rights, bytes) in &self.files {
            let path = folder.join(name);
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(path, rights.clone()).unwrap();
        }
        for (name, files) in &self.folders {
            files.write(&folder.join(name));
        }
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns a path under `tests/data`.
fn data(name: &str) -> String {
    root().join("tests/data").join(name).to_str().unwrap().to_owned()
}

/// Returns a path among foreign samples that lie beside the project but never in it; `None` if they are absent.
fn foreign(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data/archives").join(name);
    let is_there = path.exists();
    if !is_there {
        eprintln!("skipped: no foreign samples at {}", path.display());
    }
    is_there.then_some(path)
}
