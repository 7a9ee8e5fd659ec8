//! Building the host and the plugins, and laying plugins out the way an installation does.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX, EXE_SUFFIX},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The platforms with a plugin in this workspace.
pub const PLATFORMS: &[&str] = &[
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

/// The header for plugins in C.
const HEADER: &str = "rin_plugin.h";

/// How to build.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// Quickly; shared with `cargo test`.
    Dev,
    /// For measuring.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Returns the workspace's folder.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or(root)
}

/// Returns where cargo builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Builds packages; cargo's own messages go to stderr.
pub fn cargo(profile: Profile, packages: &[String]) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO"));
    command.arg("build").current_dir(root());
    if profile == Profile::Release {
        command.arg("--release");
    }
    for package in packages {
        command.args(["--package", package]);
    }
    let status = command.status().map_err(|error| format!("cannot run cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err("the build failed".to_owned()) }
}

/// An installation: what `PREFIX` holds.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The program `rin`; `rin-worker` lies beside it.
    pub program: PathBuf,
    /// One folder for each plugin that comes with it: library and manifest.
    pub plugins: PathBuf,
}

/// Builds everything and lays it out under the build folder as an installation, so that it needs no approval.
///
/// It shares what `cargo test` and the benches build.
pub fn stage(profile: Profile) -> Result<Installation, String> {
    let prefix = target().join("rin").join(profile.folder());
    let installation =
        lay_out(profile, &prefix, &["rin-cli", "rin-host", "unify"], &["rin", "rin-worker"])?;
    share(&installation.program, &prefix.join("share"))?;
    Ok(installation)
}

/// The same without the program: the plugins and what they run in.
pub fn stage_plugins(profile: Profile) -> Result<Installation, String> {
    let prefix = target().join("rin").join(profile.folder());
    lay_out(profile, &prefix, &["rin-host", "unify"], &["rin-worker"])
}

/// Builds everything for real use and lays it out under `prefix`, together with the header for plugins in C.
pub fn install(prefix: &Path) -> Result<Installation, String> {
    let installation =
        lay_out(Profile::Release, prefix, &["rin-cli", "rin-host"], &["rin", "rin-worker"])?;
    let include = prefix.join("include");
    fs::create_dir_all(&include).map_err(|error| at(&include, &error))?;
    copy(&root().join("crates/rin-abi/include").join(HEADER), &include.join(HEADER))?;
    share(&installation.program, &prefix.join("share"))?;
    Ok(installation)
}

/// Has a program write what shells complete of it and its manual pages, where both are looked for.
fn share(program: &Path, share: &Path) -> Result<(), String> {
    for (shell, file) in [
        ("bash", "bash-completion/completions/rin"),
        ("zsh", "zsh/site-functions/_rin"),
        ("fish", "fish/vendor_completions.d/rin.fish"),
    ] {
        let file = share.join(file);
        let dir = file.parent().unwrap_or(share);
        fs::create_dir_all(dir).map_err(|error| at(dir, &error))?;
        fs::write(&file, ask(program, &["completions".as_ref(), shell.as_ref()])?)
            .map_err(|error| at(&file, &error))?;
    }
    let pages = share.join("man/man1");
    ask(program, &["man".as_ref(), "--dir".as_ref(), pages.as_os_str()]).map(|_| ())
}

fn ask(program: &Path, words: &[&OsStr]) -> Result<Vec<u8>, String> {
    let said = Command::new(program).args(words).output().map_err(|error| at(program, &error))?;
    if said.status.success() {
        return Ok(said.stdout);
    }
    Err(format!("{}: {}", program.display(), String::from_utf8_lossy(&said.stderr)))
}

fn lay_out(
    profile: Profile,
    prefix: &Path,
    packages: &[&str],
    programs: &[&str],
) -> Result<Installation, String> {
    let plugins = PLATFORMS.iter().map(|name| format!("rin-{name}"));
    let packages = packages.iter().map(|name| (*name).to_owned());
    cargo(profile, &plugins.chain(packages).collect::<Vec<_>>())?;
    let built = target().join(profile.folder());
    let bin = prefix.join("bin");
    fs::create_dir_all(&bin).map_err(|error| at(&bin, &error))?;
    for name in programs {
        let program = format!("{name}{EXE_SUFFIX}");
        copy(&built.join(&program), &bin.join(&program))?;
    }
    let plugins = prefix.join("lib/rin/plugins");
    for name in PLATFORMS {
        let dir = plugins.join(name);
        let library = format!("{DLL_PREFIX}rin_{name}{DLL_SUFFIX}");
        fs::create_dir_all(&dir).map_err(|error| at(&dir, &error))?;
        copy(&built.join(&library), &dir.join(&library))?;
        let manifest = root().join("plugins").join(name).join("plugin.toml");
        copy(&manifest, &dir.join("plugin.toml"))?;
    }
    Ok(Installation { program: bin.join(format!("rin{EXE_SUFFIX}")), plugins })
}

/// Returns where a user's own programs go.
pub fn home_prefix() -> Result<PathBuf, String> {
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    home.map(|home| home.join(".local")).ok_or_else(|| "there is no home folder".to_owned())
}

/// Copies by rename, so that a library that some process has loaded is never written into.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let fresh = to.with_extension("new");
    fs::copy(from, &fresh).map_err(|error| at(from, &error))?;
    fs::rename(&fresh, to).map_err(|error| at(to, &error))
}

/// Names the file in a message.
pub fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
