//! Builds the test plugins and lays them out as a user would: one folder with manifest and library.

use std::{
    env::{
        self,
        consts::{DLL_PREFIX, DLL_SUFFIX},
    },
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use rin_host::{Found, Isolation, Loading, Params, Plugin, discover, load};
use tempfile::TempDir;

/// The probe as every other crate is built here.
static PROBE: LazyLock<PathBuf> = LazyLock::new(|| probe("dev", &[]));
/// The probe without any optimisation.
static UNOPTIMISED: LazyLock<PathBuf> = LazyLock::new(|| probe("probe-unoptimised", &FAST));
/// The probe as somebody builds it who does not know that a panic must unwind.
static ABORTING: LazyLock<PathBuf> = LazyLock::new(|| {
    let settings: Vec<_> = FAST.into_iter().chain(["panic=\"abort\""]).collect();
    probe("probe-aborting", &settings)
});
/// A profile that costs little to build.
const FAST: [&str; 5] = [
    "inherits=\"dev\"",
    "opt-level=0",
    "debug=false",
    "package.\"*\".opt-level=0",
    "package.rin-core.opt-level=0",
];

/// Has a package built as `cargo test` builds it, which is not to do it twice.
const UNIFIED: [&str; 2] = ["--package", "unify"];

/// Which build of the probe.
#[derive(Clone, Copy)]
pub(crate) enum Build {
    Usual,
    Unoptimised,
    Aborting,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn library_name(name: &str) -> String {
    format!("{DLL_PREFIX}{name}{DLL_SUFFIX}")
}

fn target_dir() -> PathBuf {
    let exe = env::current_exe().unwrap();
    exe.ancestors().nth(3).unwrap().to_path_buf()
}

/// Builds the probe with a profile made of these settings and returns the library.
pub(crate) fn probe(profile: &str, settings: &[&str]) -> PathBuf {
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--quiet", "--package", "probe-plugin", "--profile", profile]);
    if profile == "dev" {
        command.args(UNIFIED);
    }
    command.arg("--target-dir").arg(target_dir()).current_dir(root());
    for setting in settings {
        command.arg("--config").arg(format!("profile.{profile}.{setting}"));
    }
    assert!(command.status().unwrap().success());
    let folder = if profile == "dev" { "debug" } else { profile };
    target_dir().join(folder).join(library_name("rin_probe"))
}

/// Builds another plugin of this workspace as every other crate is built here, and returns its library.
pub(crate) fn build_plugin(package: &str, library: &str) -> PathBuf {
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--quiet", "--package", package]);
    command.args(UNIFIED);
    command.arg("--target-dir").arg(target_dir()).current_dir(root());
    assert!(command.status().unwrap().success());
    target_dir().join("debug").join(library_name(library))
}

/// A plugin in a folder of its own, which lives as long as this.
pub(crate) struct Laid {
    pub(crate) dir: TempDir,
}

impl Laid {
    pub(crate) fn new(manifest: &str, library: &Path, name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("plugin");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("plugin.toml"), manifest).unwrap();
        fs::copy(library, folder.join(library_name(name))).unwrap();
        Self { dir }
    }

    pub(crate) fn found(&self) -> Found {
        let mut discovery = discover(&[self.dir.path().to_path_buf()]);
        assert!(discovery.problems.is_empty(), "{:?}", discovery.problems);
        discovery.found.remove(0)
    }

    pub(crate) fn load(&self, how: &Loading) -> Plugin {
        load(&self.found(), how).unwrap()
    }
}

pub(crate) fn probe_manifest() -> String {
    fs::read_to_string(root().join("tests/plugins/probe/plugin.toml")).unwrap()
}

pub(crate) fn lay_probe(build: Build) -> Laid {
    let library = match build {
        Build::Usual => &PROBE,
        Build::Unoptimised => &UNOPTIMISED,
        Build::Aborting => &ABORTING,
    };
    Laid::new(&probe_manifest(), library, "rin_probe")
}

/// Returns the probe's parameters with this mode.
pub(crate) fn mode(plugin: &Plugin, mode: &str) -> Params {
    let settings = format!("mode = \"{mode}\"").parse().unwrap();
    Params::check(plugin.manifest(), &settings).unwrap()
}

/// Builds the strategy in C with these macros; `None` with a message if there is no C compiler.
pub(crate) fn lay_c(macros: &[&str]) -> Option<Laid> {
    lay_c_against("crates/rin-abi/include", macros)
}

/// The same against the header in another folder.
pub(crate) fn lay_c_against(include: &str, macros: &[&str]) -> Option<Laid> {
    lay_source("tests/plugins/c", "strategy.c", "rin_c_strategy", (include, macros))
}

/// Builds the plugin kept from version 1.0 against the header kept with it.
pub(crate) fn lay_kept() -> Option<Laid> {
    lay_source("tests/data/abi/1.0", "plugin.c", "rin_kept", ("tests/data/abi/1.0", &[]))
}

/// Builds a source in C against the header in a folder, with macros, and lays it out.
fn lay_source(
    folder: &str,
    source: &str,
    name: &str,
    (include, macros): (&str, &[&str]),
) -> Option<Laid> {
    let sources = root().join(folder);
    let dir = tempfile::tempdir().unwrap();
    let library = dir.path().join("library");
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let mut command = Command::new(&compiler);
    command.args(["-std=c11", "-O2", "-ffp-contract=off", "-fvisibility=hidden"]);
    command.args(["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I"]);
    command.arg(root().join(include)).args(macros.iter().map(|name| format!("-D{name}")));
    command.arg(sources.join(source)).arg("-o").arg(&library);
    let Ok(output) = command.output() else {
        println!("skipped: there is no compiler called {compiler}");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let manifest = fs::read_to_string(sources.join("plugin.toml")).unwrap();
    Some(Laid::new(&manifest, &library, name))
}

/// Returns how a plugin is loaded into this process.
pub(crate) fn here() -> Loading {
    Loading { isolation: Isolation::InProcess, ..Loading::default() }
}

/// Returns how a plugin is loaded into a worker.
pub(crate) fn away() -> Loading {
    let worker = Some(PathBuf::from(env!("CARGO_BIN_EXE_rin-worker")));
    let is_whole = cfg!(target_os = "linux");
    let isolation = if is_whole { Isolation::Required } else { Isolation::Worker };
    Loading { isolation, worker, ..Loading::default() }
}

/// Returns how a plugin is loaded into a worker that is fed and limited as on every system.
pub(crate) fn in_pipes() -> Loading {
    Loading { portable: true, isolation: Isolation::Worker, ..away() }
}

/// Returns all ways in which a plugin is loaded.
pub(crate) fn all_ways() -> Vec<Loading> {
    vec![here(), away(), in_pipes()]
}
