//! What comes out of mailboxes and address books, one trap at a time; every test is named after what it guards.

mod cards;
mod letters;
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
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::Mail;

const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);
const MARK: &str = "From 1@xxx Mon Sep 04 07:11:05 +0000 2023";
const DATE: &str = "Date: Mon, 04 Sep 2023 07:11:05 +0000";

/// A letter as it stands in a mailbox.
fn letter(head: &str) -> String {
    format!("{MARK}\n{head}\n{DATE}\n\nHallo\n\n")
}

/// A source of one mailbox with these letters, of `m@a.example`, whose sent letter comes first.
fn mailbox(heads: &[&str]) -> MemorySource {
    let sent =
        "X-Gmail-Labels: Sent\nFrom: Mara <m@a.example>\nTo: ann@x.example\nMessage-ID: <0@a>";
    let all: String = [sent].iter().chain(heads).map(|head| letter(head)).collect();
    MemorySource::new().at(NOW).with_file("all.mbox", all.as_bytes())
}

fn read_all(source: &dyn Source) -> Recorder {
    read_with(source, "")
}

fn read_with(source: &dyn Source, address: &str) -> Recorder {
    let mut recorder = Recorder::default();
    let params = Params::default().with_text("address", address);
    Mail::new(&params).unwrap().read(source, &mut recorder).unwrap();
    recorder
}

fn error_of(source: &dyn Source) -> String {
    match read(source, &[], &mut Recorder::default()) {
        Err(ReadError::Unreadable { code, file, .. }) => format!("{code} {file}"),
        other => format!("{other:?}"),
    }
}

fn probe_of(source: &dyn Source) -> Probe {
    Mail::new(&Params::default()).unwrap().probe(source)
}

/// Returns the messages as `from -> to`, but for the first.
fn messages(recorder: &Recorder) -> Vec<String> {
    let sides = |line: &str| line.split(" at=").next().unwrap().replacen("message ", "", 1);
    recorder.of("message").skip(1).map(sides).collect()
}

fn ties(recorder: &Recorder, kind: &str) -> Vec<String> {
    let cut =
        |line: &str| line.split(" start=").next().unwrap().replacen(&format!("{kind} "), "", 1);
    recorder.of(kind).map(cut).collect()
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

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn shipped_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/mail/synth-dev")
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
