//! What comes out of an archive, one trap at a time; every test is named after what it guards.

mod traps;
mod truth;
mod whole;

use std::{
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use rin_plugin::{
    prelude::{Params, Plugin},
    testing::{FolderSource, MemorySource, Recorder, differs_by_order},
};
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::GitHub;

const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);

/// The records of a list: each is given without its braces, and `$` stands for the server.
fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("{{{item}}}")).collect();
    format!("[{}]", items.join(",")).replace('$', "https://github.com")
}

/// Issue 1 of ann's in a repository of the club, at the beginning of 2024.
const ISSUE: &str = r#""type":"issue","url":"$/club/site/issues/1","repository":"$/club/site","user":"$/Ann","body":"","created_at":"2024-01-01T00:00:00Z""#;

/// An archive whole enough to be covered, with one more list.
fn with(name: &str, items: &[&str]) -> MemorySource {
    MemorySource::new()
        .at(NOW)
        .with_file("schema.json", br#"{"version":"1.0.1"}"#)
        .with_file("issues_000001.json", list(&[ISSUE]).as_bytes())
        .with_file(name, list(items).as_bytes())
}

fn read_all(source: &dyn Source) -> Recorder {
    read_with(source, "")
}

fn read_with(source: &dyn Source, login: &str) -> Recorder {
    let mut recorder = Recorder::default();
    let params = Params::default().with_text("login", login);
    GitHub::new(&params).unwrap().read(source, &mut recorder).unwrap();
    recorder
}

fn error_of(source: &dyn Source) -> String {
    let mut recorder = Recorder::default();
    match GitHub::new(&Params::default()).unwrap().read(source, &mut recorder) {
        Err(ReadError::Unreadable { code, file, .. }) => format!("{code} {file}"),
        other => format!("{other:?}"),
    }
}

fn probe_of(source: &dyn Source) -> Probe {
    GitHub::new(&Params::default()).unwrap().probe(source)
}

/// Returns the interactions as `kind from -> to`, without the issue that every archive here begins with.
fn events(recorder: &Recorder) -> Vec<String> {
    let kinds = ["comment", "reply", "mention", "reaction"];
    let is_event = |line: &&String| kinds.contains(&line.split(' ').next().unwrap());
    let sides = |line: &String| line.split(" at=").next().unwrap().to_owned();
    let all = recorder.lines.iter().filter(is_event).map(sides);
    all.filter(|line| line != "comment ann -> club").collect()
}

fn findings(recorder: &Recorder) -> Vec<String> {
    let severities = ["note", "warning", "error"];
    let is_finding =
        |line: &&String| line.split(' ').nth(1).is_some_and(|word| severities.contains(&word));
    recorder.lines.iter().filter(is_finding).cloned().collect()
}

#[track_caller]
fn check_finding(recorder: &Recorder, expected: &str) {
    let all = findings(recorder);
    assert!(all.iter().any(|line| line.starts_with(expected)), "{expected} is not among {all:#?}");
}

#[track_caller]
fn check_coverage(recorder: &Recorder, expected: &str) {
    let line = recorder.of("coverage").next().unwrap();
    assert!(line.contains(expected), "{expected} is not in {line}");
}

fn zip_of(files: &[(&str, &[u8])], month: u8) -> Vec<u8> {
    let at = DateTime::from_date_and_time(2026, month, 1, 12, 0, 0).unwrap();
    let options = SimpleFileOptions::default().last_modified_time(at);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn shipped_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/github/synth-migration-dev")
}

/// Other people's files, kept outside the project; `None`, with a printed word, where they are not at hand.
fn foreign(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/archives");
    let found = Some(folder.join(path)).filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: {path} is not at hand");
    }
    found
}
