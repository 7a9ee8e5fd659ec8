//! What comes out of an export, one trap at a time; every test is named after what it guards.

mod eras;
mod hostile;
mod inbox;
mod traps;
mod truth;

use std::{
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use rin_plugin::{
    prelude::{Probe, TieKind},
    testing::{FolderSource, MemorySource, Recorder, differs_by_order},
};
use serde_json::{Value, json};
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::*;

/// The moment every test imports at: 2027-01-01.
const NOW: Moment = Moment::from_unix_ms(1_798_761_600_000);
/// When most of the rows of the tests happened, in seconds: 2025-06-15.
const THEN: i64 = 1_750_000_000;
const PROFILE: &str = "profile_information/profile_information.json";
const MARA: &str = "name:Mära B";

/// Writes a text as Meta does.
fn doubled(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

fn profile() -> Value {
    json!({"profile_v2": {"name": {"full_name": doubled("Mära B"), "first_name": doubled("Mära")}}})
}

fn named(name: &str, seconds: i64) -> Value {
    json!({"name": doubled(name), "timestamp": seconds})
}

/// A conversation's file.
fn talk(names: &[&str], messages: &[(&str, i64)]) -> Value {
    let people: Vec<Value> = names.iter().map(|name| json!({"name": doubled(name)})).collect();
    let rows: Vec<Value> = messages
        .iter()
        .map(|(name, seconds)| json!({"sender_name": doubled(name), "timestamp_ms": seconds * 1000, "content": "x", "type": "Generic"}))
        .collect();
    json!({"participants": people, "messages": rows, "title": doubled(names[0])})
}

/// An encrypted conversation's file.
fn secret(names: &[&str], messages: &[(&str, i64)]) -> Value {
    let rows: Vec<Value> = messages
        .iter()
        .map(|(name, seconds)| json!({"senderName": name, "timestamp": seconds * 1000, "text": "x", "isUnsent": false}))
        .collect();
    json!({"participants": names, "threadName": format!("{}_7", names[0]), "messages": rows})
}

fn files(files: &[(&str, Value)]) -> MemorySource {
    files.iter().fold(MemorySource::new().at(NOW), |source, (name, value)| {
        source.with_file(name, value.to_string().as_bytes())
    })
}

fn zipped(files: &[(&str, Value)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let time = DateTime::from_date_and_time(2026, 1, 2, 3, 4, 6).unwrap();
    let options = SimpleFileOptions::default().last_modified_time(time);
    for (name, value) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(value.to_string().as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_all(source: &dyn Source) -> Recorder {
    let mut seen = Recorder::default();
    read(source, "", &mut seen).unwrap();
    seen
}

/// Returns the code of the error that a source is refused with.
fn refused(source: &dyn Source, me: &str) -> &'static str {
    match read(source, me, &mut Recorder::default()) {
        Err(ReadError::Unreadable { code, en, de, .. }) => {
            assert!(!en.is_empty() && !de.is_empty());
            code
        }
        other => panic!("{other:?}"),
    }
}

fn all<'a>(seen: &'a Recorder, kind: &'a str) -> Vec<&'a str> {
    seen.of(kind).collect()
}

/// Returns the finding of that code as `severity file:place ×count`; empty if there is none.
fn finding(seen: &Recorder, code: &str) -> String {
    let found = seen.of(code).next().unwrap_or_default();
    found.strip_prefix(code).unwrap_or_default().trim().to_owned()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/facebook")
}

fn synth() -> FolderSource {
    FolderSource::open(&data().join("synth-2021"), NOW).unwrap()
}

/// Returns a folder of samples that are not part of this project; without it what needs them is passed over.
fn foreign(name: &str) -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/archives").join(name);
    let there = path.exists().then_some(path);
    if there.is_none() {
        println!("skipped: {name} is not at hand");
    }
    there
}
