//! Building the host and the plugins, and laying plugins out the way an installation does.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX, EXE_SUFFIX},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The platforms with a plugin in this workspace.
pub const PLATFORMS: &[&str] = &["bluesky", "mastodon"];

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

/// Builds the program `rin` and returns its path.
pub fn rin(profile: Profile) -> Result<PathBuf, String> {
    cargo(profile, &["rin-cli".to_owned()])?;
    Ok(target().join(profile.folder()).join(format!("rin{EXE_SUFFIX}")))
}

/// Builds the plugins and returns the folder that holds one folder for each: library and manifest.
pub fn plugins(profile: Profile) -> Result<PathBuf, String> {
    let packages: Vec<String> = PLATFORMS.iter().map(|name| format!("rin-{name}")).collect();
    cargo(profile, &packages)?;
    let out = target().join("rin").join(profile.folder()).join("plugins");
    for name in PLATFORMS {
        let dir = out.join(name);
        let library = format!("{DLL_PREFIX}rin_{name}{DLL_SUFFIX}");
        fs::create_dir_all(&dir).map_err(|error| at(&dir, &error))?;
        copy(&target().join(profile.folder()).join(&library), &dir.join(&library))?;
        let manifest = root().join("plugins").join(name).join("plugin.toml");
        copy(&manifest, &dir.join("plugin.toml"))?;
    }
    Ok(out)
}

/// Returns where a user's own programs go.
pub fn home_prefix() -> Result<PathBuf, String> {
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    home.map(|home| home.join(".local")).ok_or_else(|| "there is no home folder".to_owned())
}

/// Builds the program and the plugins for real use and lays them out under `prefix`, where the program looks first.
pub fn install(prefix: &Path) -> Result<(), String> {
    let (program, plugins) = (rin(Profile::Release)?, plugins(Profile::Release)?);
    let bin = prefix.join("bin");
    fs::create_dir_all(&bin).map_err(|error| at(&bin, &error))?;
    copy(&program, &bin.join(format!("rin{EXE_SUFFIX}")))?;
    for name in PLATFORMS {
        let (from, to) = (plugins.join(name), prefix.join("lib/rin/plugins").join(name));
        fs::create_dir_all(&to).map_err(|error| at(&to, &error))?;
        for file in [format!("{DLL_PREFIX}rin_{name}{DLL_SUFFIX}"), "plugin.toml".to_owned()] {
            copy(&from.join(&file), &to.join(&file))?;
        }
    }
    Ok(())
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
