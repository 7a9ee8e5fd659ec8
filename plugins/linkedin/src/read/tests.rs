//! What comes out of an export, one trap at a time; every test is named after what it guards.

mod contacts;
mod messages;
mod signs;
mod truth;
mod whole;

use std::{
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use proptest::prelude::{
    Just, ProptestConfig, Strategy as _, prop_assert, prop_assert_eq, proptest,
};
use rin_plugin::{
    prelude::{Params, Plugin},
    testing::{FolderSource, MemorySource, Recorder, differs_by_order, unordered},
};
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::LinkedIn;

const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);
const PROFILE: &str = "First Name,Last Name,Maiden Name\nMara,Beispiel,\n";
const INVITATIONS: &str = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
const INVITED: &str = "Mara Beispiel,Zoe,\"12/26/24, 11:44 PM\",,OUTGOING,https://www.linkedin.com/in/mara-1,https://www.linkedin.com/in/zoe\n";

/// An export of Mara, whose profile an invitation gives, with one more table.
fn with(name: &str, table: &str) -> MemorySource {
    MemorySource::new()
        .at(NOW)
        .with_file("Profile.csv", PROFILE.as_bytes())
        .with_file("Invitations.csv", format!("{INVITATIONS}{INVITED}").as_bytes())
        .with_file(name, table.as_bytes())
}

fn read_all(source: &dyn Source) -> Recorder {
    read_with(source, "")
}

fn read_with(source: &dyn Source, profile: &str) -> Recorder {
    let mut recorder = Recorder::default();
    let params = Params::default().with_text("profile", profile);
    LinkedIn::new(&params).unwrap().read(source, &mut recorder).unwrap();
    recorder
}

fn error_of(source: &dyn Source) -> String {
    let mut recorder = Recorder::default();
    match LinkedIn::new(&Params::default()).unwrap().read(source, &mut recorder) {
        Err(ReadError::Unreadable { code, file, .. }) => format!("{code} {file}"),
        other => format!("{other:?}"),
    }
}

fn probe_of(source: &dyn Source) -> Probe {
    LinkedIn::new(&Params::default()).unwrap().probe(source)
}

/// Returns the messages as `from -> to`.
fn messages(recorder: &Recorder) -> Vec<String> {
    let sides = |line: &str| line.split(" at=").next().unwrap().replacen("message ", "", 1);
    recorder.of("message").map(sides).collect()
}

/// Returns the contacts as `id start`.
fn contacts(recorder: &Recorder) -> Vec<String> {
    let side =
        |line: &str| line.split(" -> ").nth(1).unwrap().trim_end_matches(" label=").to_owned();
    recorder.of("contact").map(side).collect()
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

fn shipped_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/linkedin").join(name)
}

/// A shipped export.
fn shipped(name: &str) -> FolderSource {
    FolderSource::open(&shipped_path(name), NOW).unwrap()
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
