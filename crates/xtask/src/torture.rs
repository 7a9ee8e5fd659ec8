//! `cargo xtask torture`: kills an import at random moments and looks at what is left.
//!
//! A child process imports generated events as eight sources; the parent kills it without warning after a random
//! while. Afterwards the store must open, pass its own check, hold whole sources only, and a repeat must complete it
//! to the same dump as an import that was never disturbed.

use std::{
    convert::Infallible,
    fmt::Display,
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rin_core::{
    Interaction, InteractionRecord, Moment, Record, RecordSink,
    testing::{self, Random},
};
use rin_store::{SourceInfo, Store};

use xtask::build::{self, at};

const SOURCES: usize = 8;

/// Kills an import of `events` events `kills` times, each in a fresh store.
pub(crate) fn run(kills: u32, events: usize) -> Result<(), String> {
    let dir = build::target().join("rin").join("torture");
    let whole = dir.join("whole");
    clean(&whole)?;
    let start = Instant::now();
    child(&whole, events)?;
    let length = start.elapsed();
    let expected = dump(&whole)?;
    println!("an undisturbed import of {events} events takes {:.1} s", length.as_secs_f64());

    let mut random = Random::new(1);
    let mut cut = 0;
    for kill in 1..=kills {
        let store = dir.join("killed");
        clean(&store)?;
        let wait = length.mul_f64(random.unit());
        if !kill_after(&store, events, wait)? {
            cut += 1;
        }
        let sources = whole_sources(&store, events)?;
        child(&store, events)?;
        if dump(&store)? != expected {
            return Err(format!(
                "kill {kill} after {wait:?}: the repeat did not complete the store"
            ));
        }
        println!(
            "kill {kill} after {:.2} s: {sources} of {SOURCES} sources, repeat complete",
            wait.as_secs_f64()
        );
    }
    println!(
        "{kills} kills, {cut} of them during the import: whole sources only, each completed by a repeat"
    );
    Ok(())
}

/// Imports everything; this is what the killed process runs.
pub(crate) fn child(dir: &Path, events: usize) -> Result<(), String> {
    let opened = if dir.join("rin.db").exists() { Store::open(dir) } else { Store::create(dir) };
    let mut store = opened.map_err(text)?;
    let log = testing::power_law_log(events, accounts(events), 7);
    for (number, part) in log.chunks(events.div_ceil(SOURCES)).enumerate() {
        let name = format!("part {number}");
        let info = SourceInfo {
            platform: "generated",
            plugin: "xtask",
            version: "1",
            name: &name,
            fingerprint: &name,
            now: Moment::from_unix_ms(1_800_000_000_000),
        };
        let import = store.import(&info, |sink| {
            tell(part, number, sink);
            Ok::<(), Infallible>(())
        });
        import.map_err(text)?;
    }
    Ok(())
}

/// Hands over a part of the log, until the store wants no more.
fn tell(part: &[Interaction], number: usize, sink: &mut dyn RecordSink) {
    for (place, it) in part.iter().enumerate() {
        let id = format!("{number}/{place}");
        let (from, to) = (it.from.get().to_string(), it.to.get().to_string());
        let (at, kind) = (it.at, it.kind);
        let record = InteractionRecord { id: &id, at, from: &from, to: &to, kind, labels: "" };
        if sink.record(Record::Interaction(record)).is_err() {
            return;
        }
    }
}

/// Starts the child and kills it; tells whether it had already finished.
fn kill_after(dir: &Path, events: usize, wait: Duration) -> Result<bool, String> {
    let exe = std::env::current_exe().map_err(text)?;
    let mut child = Command::new(exe)
        .arg("torture-child")
        .arg(dir)
        .arg(events.to_string())
        .stdin(Stdio::null())
        .spawn()
        .map_err(text)?;
    thread::sleep(wait);
    let has_ended = child.try_wait().map_err(text)?.is_some();
    child.kill().map_err(text)?;
    child.wait().map_err(text)?;
    Ok(has_ended)
}

/// Opens what is left, and returns how many sources it holds; a source in part is an error.
fn whole_sources(dir: &Path, events: usize) -> Result<usize, String> {
    if !dir.join("rin.db").exists() {
        return Ok(0);
    }
    let store = Store::open(dir).map_err(text)?;
    store.check().map_err(text)?;
    let reader = store.read().map_err(text)?;
    let sources = reader.sources().map_err(text)?.len();
    let found = reader.counts().map_err(text)?.interactions;
    let expected = (sources * events.div_ceil(SOURCES)).min(events);
    // The log holds a few interactions of an account with itself, which stay out of states but in the log.
    if usize::try_from(found).ok() == Some(expected) {
        Ok(sources)
    } else {
        Err(format!("{sources} sources hold {found} interactions, expected {expected}"))
    }
}

fn dump(dir: &Path) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    Store::open(dir).map_err(text)?.dump(&mut out).map_err(text)?;
    Ok(out)
}

fn accounts(events: usize) -> u32 {
    u32::try_from(events / 40).unwrap_or(u32::MAX).max(2)
}

fn clean(dir: &Path) -> Result<(), String> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(at(dir, &error)),
        _ => Ok(()),
    }
}

fn text(error: impl Display) -> String {
    error.to_string()
}
