//! Hostile plugins, each in a worker: the host goes on, and says which plugin did what.
//!
//! The animals are the small C files in `tests/plugins/zoo`. None of them ever runs in this process. What an animal
//! could do is read from the note of its one proposal; what became of it is a line: the kind of end, and its words.

mod crashes;
mod host;
mod leaks;
mod lies;
mod pipes;
mod plan;
mod protocol;
mod readers;
mod sandbox;
mod supply;

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use rin_host::{
    CallError, CallFault, Isolation, Ledger, Limits, LoadError, LoadFault, Loading, Params, Plugin,
    PluginStrategy, load,
};

use crate::{
    build::{Laid, away, root},
    world::{Ear, World},
};

/// Where the libraries and the worker are, if somebody has put them there for a user who can read nothing else.
const READY: &str = "RIN_ZOO_READY";
const MANIFEST: &str = include_str!("../../../../tests/plugins/zoo/plugin.toml");

/// Builds an animal, once; `None` with a message if there is no C compiler.
fn library(animal: &str) -> Option<PathBuf> {
    static BUILT: LazyLock<Mutex<HashMap<String, Option<PathBuf>>>> = LazyLock::new(Mutex::default);
    if let Some(ready) = env::var_os(READY) {
        return Some(Path::new(&ready).join(animal));
    }
    let mut built = BUILT.lock().unwrap();
    built.entry(animal.to_owned()).or_insert_with(|| compile(animal)).clone()
}

fn compile(animal: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("zoo");
    fs::create_dir_all(&folder).unwrap();
    // Another run of the tests may build the same one at the same moment: only what is whole gets its name.
    let fresh = folder.join(format!("{animal}.{}", std::process::id()));
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let mut command = Command::new(&compiler);
    command.args(["-std=gnu11", "-O1", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror"]);
    command.args(["-shared", "-fPIC", "-pthread", "-I"]);
    command.arg(root().join("crates/rin-abi/include")).arg(format!("-DANIMAL=\"{animal}\""));
    command.arg(root().join(format!("tests/plugins/zoo/{animal}.c"))).arg("-o").arg(&fresh);
    let Ok(output) = command.output() else {
        println!("skipped: there is no compiler called {compiler}");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let library = folder.join(animal);
    fs::rename(fresh, &library).unwrap();
    Some(library)
}

/// Returns what its library is called.
fn name(animal: &str) -> String {
    format!("rin_{}", animal.replace('-', "_"))
}

/// Lays an animal out as a user would; `None` with a message if it cannot be built.
fn lay(animal: &str) -> Option<Laid> {
    let is_reader = animal.starts_with("reader") || animal == "wild-reader";
    let provides = if is_reader { "\"reader\"" } else { "\"strategy\"" };
    let manifest = MANIFEST.replace("ANIMAL", animal).replace("PROVIDES", provides);
    Some(Laid::new(&manifest, &library(animal)?, &name(animal)))
}

/// Returns how animals are kept: wholly confined.
fn caged() -> Loading {
    let how = away();
    match env::var_os(READY) {
        Some(ready) => Loading { worker: Some(Path::new(&ready).join("rin-worker")), ..how },
        None => how,
    }
}

/// The same with little patience, for those that never come back.
fn impatient() -> Loading {
    let brief = Duration::from_secs(1);
    let limits = Limits { answer: brief, silence: brief, read: brief * 3, ..Limits::default() };
    Loading { limits, ..caged() }
}

/// The same with both ways of feeding a worker: this system's own, and the one that every system has.
fn both(how: &Loading) -> [Loading; 2] {
    [how.clone(), Loading { ledger: Ledger::default(), ..in_pipes(how) }]
}

fn in_pipes(how: &Loading) -> Loading {
    Loading { portable: true, isolation: Isolation::Worker, ..how.clone() }
}

/// Returns the parameters of an animal that goes for this.
fn target(plugin: &Plugin, target: &str) -> Params {
    let settings = format!("target = '{target}'").parse().unwrap();
    Params::check(plugin.manifest(), &settings).unwrap()
}

fn open(laid: &Laid, how: &Loading) -> Result<PluginStrategy, LoadError> {
    let plugin = load(&laid.found(), how)?;
    plugin.strategy(&target(&plugin, ""))
}

/// Asks about eight rows and returns the notes.
fn ask(strategy: &mut PluginStrategy) -> Result<String, CallError> {
    let mut said = Vec::new();
    let mut ear = Ear { first_row: 0, said: &mut said, room: usize::MAX };
    World::new(8, 1).rows(0, 8, |batch| strategy.ask(batch, &mut ear))?;
    let notes: Vec<_> = said.into_iter().map(|(.., note)| note).collect();
    Ok(notes.join("; "))
}

/// Says what became of a start: the kind of fault, then its words, which name the plugin.
fn load_words(error: &LoadError) -> String {
    let kind = match &error.fault {
        LoadFault::Crashed { .. } => "load-crashed",
        LoadFault::Late { .. } => "load-late",
        LoadFault::Descriptor { .. } => "descriptor",
        LoadFault::Quarantined { .. } => "quarantined",
        LoadFault::Create { .. } => "create",
        _ => "another fault",
    };
    format!("{kind}: {error}")
}

/// Says what became of a call, likewise.
fn call_words(error: &CallError) -> String {
    let kind = match &error.fault {
        CallFault::Crashed { .. } => "crashed",
        CallFault::Late { .. } => "late",
        CallFault::Lied { .. } => "lied",
        CallFault::Flooded { .. } => "flooded",
        CallFault::Quarantined { .. } => "quarantined",
        CallFault::Status { .. } => "status",
        CallFault::Unreadable(_) => "unreadable",
        _ => "another fault",
    };
    format!("{kind}: {error}")
}

/// Starts an animal that goes for something, asks it once, and says what came of it.
fn outcome(animal: &str, how: &Loading, goal: &str) -> Option<String> {
    let laid = lay(animal)?;
    let answer = load(&laid.found(), how)
        .and_then(|plugin| plugin.strategy(&target(&plugin, goal)))
        .map(|mut strategy| ask(&mut strategy));
    let words = match answer {
        Err(error) => load_words(&error),
        Ok(Err(error)) => call_words(&error),
        Ok(Ok(notes)) => format!("told: {notes}"),
    };
    // Whatever it was, its host lives and the next plugin is well.
    calm_works();
    Some(words)
}

/// Whether the polite animal answers.
fn calm_works() {
    let Some(laid) = lay("calm") else { return };
    let mut strategy = open(&laid, &caged()).unwrap();
    assert!(strategy.confinement().is_full(), "{}", strategy.confinement());
    assert_eq!(ask(&mut strategy).unwrap(), "");
}

/// Each animal must come to this kind of end, however its worker is fed; every fault names its plugin.
fn check(cases: &[(&str, &[&str])], how: &Loading) {
    for how in both(how) {
        for (animal, expected) in cases {
            let Some(words) = outcome(animal, &how, "") else { return };
            for part in *expected {
                assert!(words.contains(part), "{animal}: {words} (without {part})");
            }
            if !words.starts_with("told") {
                assert!(words.contains(&format!("plugin org.rin.zoo.{animal} ")), "{words}");
            }
            println!("{animal}: {words}");
        }
    }
}

/// Each thing the animal tried must have been refused; returns what it told.
fn check_refused(animal: &str, goal: &str) -> Option<String> {
    let words = outcome(animal, &caged(), goal)?;
    println!("{animal}: {words}");
    let tries = words.strip_prefix("told: ");
    assert!(tries.is_some_and(|tries| !tries.is_empty()), "{animal}: {words}");
    for tried in tries.unwrap_or_default().split(", ") {
        let is_refused = tried.ends_with(" EPERM") || tried.ends_with(" EACCES");
        assert!(is_refused, "{animal}: {tried}");
    }
    Some(words)
}
