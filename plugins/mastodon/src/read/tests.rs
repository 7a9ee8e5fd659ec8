//! What comes out of an archive, one trap at a time; every test is named after what it guards.

mod collections;
mod items;
mod lists;
mod whole;

use std::{
    io::{Cursor, Write},
    iter,
};

use rin_plugin::{
    prelude::{Params, Plugin},
    testing::{MemorySource, Recorder, differs_by_order},
};
use serde_json::{Value, json};
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::Mastodon;

const ANN: &str = "https://a.example/users/ann";
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

fn actor() -> Vec<u8> {
    br#"{"@context":["https://www.w3.org/ns/activitystreams"],"id":"https://a.example/users/ann","type":"Person",
    "preferredUsername":"ann","name":"Ann","url":"https://a.example/@ann","published":"2022-11-10T00:00:00Z"}"#
        .to_vec()
}

fn outbox(items: &[Value]) -> Vec<u8> {
    let outbox = json!({
        "@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection",
        "totalItems": items.len(), "orderedItems": items,
    });
    outbox.to_string().into_bytes()
}

/// A post of Ann's: number, more fields, and whom it mentions as `href name`.
fn post(number: u32, fields: &Value, mentions: &[(&str, &str)]) -> Value {
    let tags: Vec<Value> = mentions
        .iter()
        .map(|(href, name)| json!({"type": "Mention", "href": href, "name": name}))
        .collect();
    let cc: Vec<&str> = iter::once("https://a.example/users/ann/followers")
        .chain(mentions.iter().map(|m| m.0))
        .collect();
    let mut note = json!({
        "id": format!("{ANN}/statuses/{number}"), "type": "Note", "attributedTo": ANN,
        "published": format!("2023-01-01T00:00:{number:02}Z"), "to": [PUBLIC], "cc": cc, "tag": tags, "content": "<p>x</p>",
    });
    for (key, value) in fields.as_object().unwrap() {
        note[key] = value.clone();
    }
    json!({
        "id": format!("{ANN}/statuses/{number}/activity"), "type": "Create", "actor": ANN,
        "published": note["published"], "to": note["to"], "cc": note["cc"], "object": note,
    })
}

fn boost(number: u32, object: &Value, cc: &[&str]) -> Value {
    json!({
        "id": format!("{ANN}/statuses/{number}/activity"), "type": "Announce", "actor": ANN,
        "published": format!("2023-01-01T00:00:{number:02}Z"), "to": [PUBLIC], "cc": cc, "object": object,
    })
}

fn source(items: &[Value]) -> MemorySource {
    MemorySource::new().with_file("actor.json", &actor()).with_file("outbox.json", &outbox(items))
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let at = DateTime::from_date_and_time(2023, 2, 1, 12, 0, 0).unwrap();
    let options = SimpleFileOptions::default().last_modified_time(at);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_all(source: &dyn Source) -> Recorder {
    let mut recorder = Recorder::default();
    Mastodon::new(&Params::default()).unwrap().read(source, &mut recorder).unwrap();
    recorder
}

fn error_of(source: &dyn Source) -> String {
    let mut recorder = Recorder::default();
    match Mastodon::new(&Params::default()).unwrap().read(source, &mut recorder) {
        Err(ReadError::Unreadable { code, file, .. }) => format!("{code} {file}"),
        other => format!("{other:?}"),
    }
}

/// Compares what was sent, as `kind target` with the number of the post.
#[track_caller]
fn check(items: &[Value], expected: &[&str]) {
    assert_eq!(sent(&read_all(&source(items))), expected);
}

fn sent(recorder: &Recorder) -> Vec<String> {
    let kinds = ["reply", "mention", "message", "share", "quote"];
    recorder
        .lines
        .iter()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let kind = words.next().filter(|kind| kinds.contains(kind))?;
            assert_eq!((words.next(), words.next()), (Some(ANN), Some("->")));
            let target = words.next()?;
            let id = line.rsplit("/statuses/").next()?.trim_end_matches("/activity");
            Some(format!("{id} {kind} {target}"))
        })
        .collect()
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
    assert!(all.iter().any(|line| line == expected), "{expected} is not among {all:#?}");
}

const BOB: &str = "https://b.example/users/bob";
const CY: &str = "https://c.example/ap/users/7";
