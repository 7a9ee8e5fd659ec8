//! End-to-end tests: the program as its user runs it, on exports as they were downloaded.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says when it is skipped"
)]

mod bad_inputs;
mod demo;
mod foreign;
mod plan;
mod readme;
mod same;
mod tidy;
mod torture;

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::LazyLock,
};

use tempfile::TempDir;

/// The Monday after the shipped exports were made.
const NOW: &str = "2026-08-17";

/// One folder for each plugin, as an installation has it. `cargo test` alone builds no cdylib.
static PLUGINS: LazyLock<PathBuf> = LazyLock::new(|| {
    let names = ["bluesky", "mastodon"];
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet"]).current_dir(root());
    for name in names {
        cargo.args(["--package", &format!("rin-{name}")]);
    }
    assert!(cargo.status().unwrap().success(), "the plugins must build");
    let built = Path::new(env!("CARGO_BIN_EXE_rin")).parent().unwrap();
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugins");
    for name in names {
        let dir = out.join(name);
        fs::create_dir_all(&dir).unwrap();
        let library = format!("{DLL_PREFIX}rin_{name}{DLL_SUFFIX}");
        fs::copy(built.join(&library), dir.join(&library)).unwrap();
        fs::copy(root().join("plugins").join(name).join("plugin.toml"), dir.join("plugin.toml"))
            .unwrap();
    }
    out
});

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
        let home = Self::new();
        home.ok(&["import", &data("mastodon")]);
        home.ok(&["import", &data("bluesky/pds"), "--own", "stadtbuecherei-dev.test"]);
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
        let mut command = Command::new(env!("CARGO_BIN_EXE_rin"));
        command
            .args(words)
            .args(["--now", NOW])
            .env_clear()
            .env("RIN_DATA_DIR", self.path())
            .env("RIN_PLUGIN_PATH", &*PLUGINS)
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
