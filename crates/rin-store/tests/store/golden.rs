//! A file of every version that ever was must open for ever and show the same network.
//!
//! `cargo run -p rin-store --example golden -- crates/rin-store/tests/golden/v1` writes a folder; a released one is
//! never written again.

use std::{fs, path::Path};

use rin_core::Day;
use rin_store::Store;

fn check(version: &str) -> (tempfile::TempDir, Store) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(version);
    let folder = tempfile::tempdir().unwrap();
    fs::copy(golden.join("rin.db"), folder.path().join("rin.db")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.check().unwrap();
    let mut text = Vec::new();
    store.dump(&mut text).unwrap();
    let expected = fs::read_to_string(golden.join("network.txt")).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), expected);
    let reader = store.read().unwrap();
    assert_eq!(reader.own().len(), 1);
    assert_eq!(reader.last_plan().unwrap().unwrap().lines.len(), 1);
    assert!(reader.standings().unwrap()[0].never);
    assert_eq!(reader.findings(reader.sources().unwrap()[0].id).unwrap().len(), 1);
    drop(reader);
    (folder, store)
}

#[test]
fn version_1_opens() {
    check("v1");
}

#[test]
fn version_2_opens_with_what_was_learned() {
    let (_folder, store) = check("v2");
    let reader = store.read().unwrap();
    assert_eq!(reader.calibration().unwrap().unwrap().method, 1);
    assert_eq!(reader.programme_events().unwrap(), []);
}

#[test]
fn version_3_opens_with_programme_campaign_and_origin() {
    let (_folder, store) = check("v3");
    let reader = store.read().unwrap();
    assert_eq!(reader.last_plan().unwrap().unwrap().lines[0].day, None);
    assert_eq!(reader.programme_events().unwrap().len(), 1);
    assert_eq!(reader.campaigns().unwrap()[0].end.unwrap().money, Some(80.5));
    assert_eq!(reader.origins().unwrap()[0].campaign.as_deref(), Some("summer"));
    assert_eq!(reader.labelled("#reading").unwrap().len(), 1);
}

#[test]
fn version_4_opens_with_the_day_and_the_member_of_a_line() {
    let (_folder, store) = check("v4");
    assert_eq!(store.read().unwrap().facts().unwrap(), []);
    let line = store.read().unwrap().last_plan().unwrap().unwrap().lines.remove(0);
    assert_eq!((line.day.map(Day::number), line.member.as_str()), (Some(20_003), "anna"));
}

#[test]
fn version_5_opens_with_a_note() {
    let (_folder, store) = check("v5");
    let notes = store.read().unwrap().notes().unwrap();
    assert_eq!((notes.len(), notes[0].1.text.as_str()), (1, "likes tea"));
}

#[test]
fn version_6_opens_with_facts_and_words_on_who_is_one() {
    let (_folder, store) = check("v6");
    let reader = store.read().unwrap();
    let facts = reader.facts().unwrap();
    assert_eq!(
        facts.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(),
        ["ann@example.org", "Änn's"]
    );
    assert_eq!(reader.identity_words().unwrap().len(), 1);
}

#[test]
fn version_7_opens_with_who_is_not_to_come_back() {
    let (_folder, mut store) = check("v7");
    let lifted = store.lift(&["bob@b.example"]).unwrap();
    assert_eq!((lifted.people, lifted.marks), (1, 5));
}
