//! From sources to a plugin laid out as an installation has it: cargo or make, then one folder with everything.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::SystemTime,
};

use rin_host::{Found, Manifest, discover};
use serde::Deserialize;

use super::{DevError, DevRequest};

/// Folders that hold what was built, not what it is built from.
const BUILT: [&str; 3] = ["target", "build", ".git"];
/// Most files looked at for changes; a folder with more is not a plugin's.
const MAX_SOURCES: usize = 10_000;

/// What builds a plugin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tool {
    Cargo,
    Make,
}

impl Tool {
    pub(super) fn of(dir: &Path) -> Result<Self, DevError> {
        let missing = |what| Err(DevError::NoProject { dir: dir.to_owned(), what });
        if !dir.join("plugin.toml").is_file() {
            return missing("plugin.toml");
        }
        if dir.join("Cargo.toml").is_file() {
            return Ok(Self::Cargo);
        }
        if dir.join("Makefile").is_file() {
            return Ok(Self::Make);
        }
        missing("Cargo.toml or Makefile")
    }
}

/// A line of cargo's account of a build, as far as it matters here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

/// Builds the plugin and lays it out in `target/rin/NAME`.
pub(super) fn build(request: &DevRequest) -> Result<Found, DevError> {
    let dir = &request.dir;
    let file = dir.join("plugin.toml");
    let text = fs::read_to_string(&file).map_err(|source| failed(&file, source))?;
    let manifest = Manifest::parse(&file.display().to_string(), &text)
        .map_err(|error| DevError::Manifest { what: error.to_string() })?;
    let name = manifest.info.id.rsplit('.').next().unwrap_or_default();
    let library = format!("{DLL_PREFIX}rin_{}{DLL_SUFFIX}", name.replace('-', "_"));
    let built = match Tool::of(dir)? {
        Tool::Cargo => cargo(request, &library)?,
        Tool::Make => make(dir, &library)?,
    };
    let stage = dir.join("target").join("rin");
    let folder = stage.join(name);
    lay_out(dir, &folder, &built, &library)?;
    let mut discovery = discover(&[stage]);
    let is_ours = |found: &Found| found.manifest_file.starts_with(&folder);
    match discovery.found.iter().position(is_ours) {
        Some(at) => Ok(discovery.found.swap_remove(at)),
        None => Err(DevError::Manifest {
            what: discovery.problems.first().map_or_else(
                || format!("{} holds no plugin", folder.display()),
                ToString::to_string,
            ),
        }),
    }
}

/// Builds a crate; what the compiler says goes where our own messages go.
fn cargo(request: &DevRequest, library: &str) -> Result<PathBuf, DevError> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let manifest = request.dir.join("Cargo.toml");
    let mut command = Command::new(&program);
    command.args(["build", "--lib", "--quiet", "--message-format=json-render-diagnostics"]);
    command.arg("--manifest-path").arg(&manifest);
    if request.release {
        command.arg("--release");
    }
    let output = command.stderr(Stdio::inherit()).output();
    let name = program.to_string_lossy().into_owned();
    let output = output.map_err(|source| DevError::NoBuilder { program: name.clone(), source })?;
    if !output.status.success() {
        return Err(DevError::Build { program: name });
    }
    let manifest = manifest.canonicalize().map_err(|source| failed(&manifest, source))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    let artifacts = messages.filter(|message| {
        let from = message.manifest_path.as_ref().and_then(|path| path.canonicalize().ok());
        message.reason == "compiler-artifact" && from.as_ref() == Some(&manifest)
    });
    let mut files = artifacts.flat_map(|message| message.filenames);
    files
        .find(|file| file.file_name().is_some_and(|name| name == library))
        .ok_or_else(|| DevError::NoLibrary { file: library.to_owned() })
}

fn make(dir: &Path, library: &str) -> Result<PathBuf, DevError> {
    let program = std::env::var("MAKE").unwrap_or_else(|_| "make".to_owned());
    let status = Command::new(&program).arg("-C").arg(dir).stdout(io::stderr()).status();
    let status =
        status.map_err(|source| DevError::NoBuilder { program: program.clone(), source })?;
    if !status.success() {
        return Err(DevError::Build { program });
    }
    let file = dir.join(library);
    if file.is_file() { Ok(file) } else { Err(DevError::NoLibrary { file: library.to_owned() }) }
}

/// Puts manifest, library and samples into one folder.
fn lay_out(dir: &Path, folder: &Path, built: &Path, library: &str) -> Result<(), DevError> {
    let samples = folder.join("samples");
    if samples.exists() {
        fs::remove_dir_all(&samples).map_err(|source| failed(&samples, source))?;
    }
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    copy(&dir.join("plugin.toml"), &folder.join("plugin.toml"))?;
    copy(built, &folder.join(library))?;
    copy_all(&dir.join("samples"), &samples)
}

fn copy_all(from: &Path, to: &Path) -> Result<(), DevError> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to).map_err(|source| failed(to, source))?;
    for entry in fs::read_dir(from).map_err(|source| failed(from, source))? {
        let path = entry.map_err(|source| failed(from, source))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_all(&path, &target)?;
        } else {
            copy(&path, &target)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), DevError> {
    fs::copy(from, to).map(|_| ()).map_err(|source| failed(from, source))
}

fn failed(path: &Path, source: io::Error) -> DevError {
    DevError::File { path: path.to_owned(), source }
}

/// Lists the files a plugin is built from, with time and length, in their order.
pub(super) fn sources(dir: &Path) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
    let mut files = Vec::new();
    let mut todo = vec![dir.to_owned()];
    while let Some(dir) = todo.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let Ok(meta) = entry.metadata() else { continue };
            if meta.is_dir() && !BUILT.iter().any(|built| name == *built) {
                todo.push(path);
            } else if meta.is_file() && !is_made(&name.to_string_lossy()) {
                files.push((path, meta.modified().ok(), meta.len()));
            }
        }
        if MAX_SOURCES < files.len() {
            break;
        }
    }
    files.sort();
    files
}

/// Whether a build itself writes files of this name.
fn is_made(name: &str) -> bool {
    let is_object = Path::new(name).extension().is_some_and(|end| end == "o");
    is_object || name.ends_with(DLL_SUFFIX) || name == "Cargo.lock"
}
