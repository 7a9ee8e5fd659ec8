//! What comes out of an export, one trap at a time; every test is named after what it guards.

mod traps;
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
use crate::YouTube;

const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);

const OWN: &str = "UCA6DtnbZ2KJckyTYfXOwQNA";
const CLUB: &str = "UCFtMtpOEfgtY5C4OC-OJhXT";
const HEADING: &str = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n";
const SUBSCRIBED: &str = "Channel Id,Channel Url,Channel Title\nUCFtMtpOEfgtY5C4OC-OJhXT,http://www.youtube.com/channel/UCFtMtpOEfgtY5C4OC-OJhXT,\"Club, the\"\n";

/// A comment of the owner's on the club's video, in the order of columns until June 2024.
fn row(id: &str, parent: &str, video: &str) -> String {
    let thread = if parent.is_empty() { String::new() } else { format!("{parent}.") };
    format!(
        "{thread}Ug{id:x<24},{OWN},2023-09-19T17:42:53.434647+00:00,0,{parent},{video},\"{{\"\"takeoutSegments\"\":[{{\"\"text\"\":\"\"#Woche https://club.example\"\"}}]}}\"\n"
    )
}

/// What was watched: the club's video.
const WATCHED: &str = r#"[{"header":"YouTube","title":"x","titleUrl":"https://www.youtube.com/watch?v\u003dtbpvom68y_z","subtitles":[{"name":"Club","url":"https://www.youtube.com/channel/UCFtMtpOEfgtY5C4OC-OJhXT"}]}]"#;

fn with(name: &str, table: &str) -> MemorySource {
    MemorySource::new()
        .at(NOW)
        .with_file(
            "Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv",
            SUBSCRIBED.as_bytes(),
        )
        .with_file(name, table.as_bytes())
}

fn read_all(source: &dyn Source) -> Recorder {
    read_with(source, "")
}

fn read_with(source: &dyn Source, channel: &str) -> Recorder {
    let mut recorder = Recorder::default();
    let params = Params::default().with_text("channel", channel);
    YouTube::new(&params).unwrap().read(source, &mut recorder).unwrap();
    recorder
}

fn error_of(source: &dyn Source) -> String {
    let mut recorder = Recorder::default();
    match YouTube::new(&Params::default()).unwrap().read(source, &mut recorder) {
        Err(ReadError::Unreadable { code, file, .. }) => format!("{code} {file}"),
        other => format!("{other:?}"),
    }
}

fn probe_of(source: &dyn Source) -> Probe {
    YouTube::new(&Params::default()).unwrap().probe(source)
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
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/youtube/synth-en-2023")
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
