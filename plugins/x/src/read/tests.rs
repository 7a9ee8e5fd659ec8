//! What comes out of an archive, one trap at a time; every test is named after what it guards.

mod bad;
mod eras;
mod lists;
mod messages;
mod posts;
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
use serde_json::{Value, json};
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::X;

const OWN: &str = "1400000000000000001";
const ANN: &str = "144781521050584354";
const BEN: &str = "1226063409110618708";
const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);

fn account() -> Vec<u8> {
    script(
        "account",
        &json!([{"account": {
            "username": "mara", "accountId": OWN, "accountDisplayName": "Mara",
            "createdAt": "2012-05-01T10:00:00.000Z",
        }}]),
    )
}

/// A file as X writes it.
fn script(name: &str, list: &Value) -> Vec<u8> {
    format!("window.YTD.{name}.part0 = {list:#}").into_bytes()
}

/// A post of that number and time with more fields.
fn tweet(number: u32, fields: &Value) -> Value {
    let mut tweet = json!({
        "id_str": number_of(number), "created_at": format!("Sat Aug 12 16:10:{:02} +0000 2023", number % 60),
        "full_text": "x", "entities": {"user_mentions": [], "urls": [], "hashtags": []},
    });
    for (key, value) in fields.as_object().unwrap() {
        match key.as_str() {
            "user_mentions" | "urls" | "hashtags" => tweet["entities"][key] = value.clone(),
            _ => tweet[key] = value.clone(),
        }
    }
    json!({ "tweet": tweet })
}

fn number_of(number: u32) -> String {
    format!("16903892374{number:08}")
}

fn mention(id: &str, handle: &str) -> Value {
    json!({"id_str": id, "id": id, "screen_name": handle, "name": handle.to_uppercase()})
}

fn tweets(list: &[Value]) -> Vec<u8> {
    script("tweets", &Value::Array(list.to_vec()))
}

/// An archive of these posts.
fn posted(list: &[Value]) -> MemorySource {
    MemorySource::new()
        .at(NOW)
        .with_file("data/account.js", &account())
        .with_file("data/tweets.js", &tweets(list))
}

fn read_all(source: &dyn Source) -> Recorder {
    let mut recorder = Recorder::default();
    X::new(&Params::default()).unwrap().read(source, &mut recorder).unwrap();
    recorder
}

fn error_of(source: &dyn Source) -> String {
    let mut recorder = Recorder::default();
    match X::new(&Params::default()).unwrap().read(source, &mut recorder) {
        Err(ReadError::Unreadable { code, file, .. }) => format!("{code} {file}"),
        other => format!("{other:?}"),
    }
}

fn probe_of(source: &dyn Source) -> Probe {
    X::new(&Params::default()).unwrap().probe(source)
}

/// Returns what was sent or received, as `number kind from -> to`, with `me` for the owner.
fn events(recorder: &Recorder) -> Vec<String> {
    let kinds = ["reply", "mention", "message", "share", "quote", "reaction"];
    let is_event = |line: &&String| kinds.contains(&line.split(' ').next().unwrap());
    let lines = recorder.lines.iter().filter(is_event).map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let id = words[5].trim_start_matches("id=");
        let number = id.strip_prefix("16903892374").map_or(id, |n| n.trim_start_matches('0'));
        let name = |id: &str| if id == OWN { "me".to_owned() } else { id.to_owned() };
        format!("{number} {} {} -> {}", words[0], name(words[1]), name(words[3]))
    });
    lines.collect()
}

#[track_caller]
fn check(list: &[Value], expected: &[&str]) -> Recorder {
    let recorder = read_all(&posted(list));
    assert_eq!(events(&recorder), expected);
    recorder
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

/// The bits of kinds of interaction in a line.
fn bits(kinds: &[InteractionKind]) -> u32 {
    InteractionKinds::of(kinds).bits().into()
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let at = DateTime::from_date_and_time(2024, 2, 1, 12, 0, 0).unwrap();
    let options = SimpleFileOptions::default().last_modified_time(at);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A shipped export.
fn shipped(name: &str) -> FolderSource {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/x").join(name);
    FolderSource::open(&folder, NOW).unwrap()
}

/// Other people's files, kept outside the project; `None`, with a printed word, where they are not at hand.
fn foreign(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/archives");
    let folder = Some(folder).filter(|folder| folder.exists());
    let found = folder.map(|folder| folder.join(path)).filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: {path} is not at hand");
    }
    found
}
