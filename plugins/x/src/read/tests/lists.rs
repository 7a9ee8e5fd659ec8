//! Lists of numbers: complete or not, and the parts they come in.

use super::*;
use rin_plugin::prelude::TieKind;

fn followers(ids: &[&str]) -> Value {
    let link = "https://twitter.com/intent/user?user_id=1";
    ids.iter().map(|id| json!({"follower": {"accountId": id, "userLink": link}})).collect()
}

fn with_followers(files: &[(&str, &[&str])]) -> MemorySource {
    let source = MemorySource::new().at(NOW).with_file("data/account.js", &account());
    files.iter().fold(source, |source, (name, ids)| {
        source.with_file(&format!("data/{name}"), &script("follower", &followers(ids)))
    })
}

fn manifest(files: &[(&str, u32)], is_partial: bool) -> Vec<u8> {
    let files: Vec<Value> = files
        .iter()
        .map(
            |(name, count)| json!({"fileName": format!("data/{name}"), "count": count.to_string()}),
        )
        .collect();
    let value = json!({
        "userInfo": {"accountId": OWN, "userName": "mara"},
        "archiveInfo": {"generationDate": "2024-05-01T00:00:00.000Z", "isPartialArchive": is_partial},
        "dataTypes": {"follower": {"files": files}},
    });
    format!("window.__THAR_CONFIG = {value:#}").into_bytes()
}

fn to_owner(recorder: &Recorder) -> bool {
    let line = recorder.of("coverage").next().unwrap();
    line.contains(&format!(" to={} ", TieKinds::of(&[TieKind::Follow]).bits()))
}

#[test]
fn part10_comes_after_part2() {
    let source = with_followers(&[
        ("follower.js", &["1"]),
        ("follower-part10.js", &["10"]),
        ("follower-part2.js", &["2"]),
    ]);
    let recorder = read_all(&source);
    let order: Vec<&str> =
        recorder.of("follow").map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(order, ["1", "2", "10"]);
    assert!(!to_owner(&recorder), "parts 1 and 3 to 9 are missing");
    let recorder =
        read_all(&with_followers(&[("follower.js", &["1"]), ("follower-part1.js", &["2"])]));
    assert!(to_owner(&recorder));
}

#[test]
fn the_manifest_proves_that_nothing_is_missing() {
    let ids: &[&str] = &["1", "2"];
    let source = |files: &[(&str, u32)], is_partial| {
        with_followers(&[("follower.js", ids)])
            .with_file("data/manifest.js", &manifest(files, is_partial))
    };
    let recorder = read_all(&source(&[("follower.js", 2)], false));
    assert!(to_owner(&recorder) && recorder.count("missing-entries") == 0);
    let recorder = read_all(&source(&[("follower.js", 5)], false));
    assert!(!to_owner(&recorder));
    check_finding(&recorder, "missing-entries error data/follower.js:0 ×3");
    let recorder = read_all(&source(&[("follower.js", 2), ("follower-part1.js", 9)], false));
    assert!(!to_owner(&recorder));
    check_finding(&recorder, "missing-file error follower-part1.js:0 ×1");
    let recorder = read_all(&source(&[("follower.js", 2)], true));
    assert!(!to_owner(&recorder));
    check_finding(&recorder, "partial-archive warning :0 ×1");
}

#[test]
fn an_entry_that_cannot_be_read_makes_the_list_incomplete() {
    let list = json!([{"follower": {"accountId": "1"}}, {"follower": {"accountId": "ann"}}, 7, {"follower": {"accountId": "1"}}, {"follower": {"accountId": OWN}}]);
    let source = MemorySource::new().at(NOW).with_file("account.js", &account());
    let recorder = read_all(&source.with_file("follower.js", &script("follower", &list)));
    assert_eq!(recorder.count("follow"), 1);
    assert!(!to_owner(&recorder));
    check_finding(&recorder, "bad-entry warning follower.js:");
    check_finding(&recorder, "duplicate-entry note follower.js:");
    check_finding(&recorder, "own-entry note follower.js:");
}

#[test]
fn blocks_and_mutes_are_ties_without_a_date() {
    let source = MemorySource::new()
        .at(NOW)
        .with_file("account.js", &account())
        .with_file("manifest.js", &manifest(&[], false))
        .with_file("block.js", &script("block", &json!([{"blocking": {"accountId": "3"}}])))
        .with_file("mute.js", &script("mute", &json!([{"muting": {"accountId": "4"}}])));
    let recorder = read_all(&source);
    let made = moment::moment("2024-05-01T00:00:00.000Z").unwrap().unix_ms();
    assert_eq!(
        recorder.of("block").next().unwrap(),
        format!("block {OWN} -> 3 start=<={made} label=")
    );
    assert_eq!(
        recorder.of("mute").next().unwrap(),
        format!("mute {OWN} -> 4 start=<={made} label=")
    );
    check_coverage(
        &recorder,
        &format!("held={}", TieKinds::of(&[TieKind::Block, TieKind::Mute]).bits()),
    );
}

#[test]
fn of_two_archives_of_one_account_the_newer_tells_the_lists() {
    let dated = |date: &str| {
        String::from_utf8(manifest(&[], false)).unwrap().replace("2024-05-01", date).into_bytes()
    };
    let files = |date: &str, ids: &[&str]| {
        zip_of(&[
            ("data/manifest.js", &dated(date)),
            ("data/account.js", &account()),
            ("data/follower.js", &script("follower", &followers(ids))),
            (
                "data/tweets.js",
                &tweets(&[tweet(1, &json!({"user_mentions": [mention(ANN, "ann")]}))]),
            ),
        ])
    };
    let source = MemorySource::new()
        .at(NOW)
        .with_file("b.zip", &files("2023-01-01", &["1", "2"]))
        .with_file("a.zip", &files("2024-01-01", &["1"]));
    let recorder = read_all(&source);
    assert_eq!(recorder.count("follow"), 1);
    check_finding(&recorder, "older-archive note b.zip/data/follower.js:0 ×1");
    assert_eq!(recorder.count("coverage"), 2);
    assert_eq!(recorder.count("mention"), 2, "the store knows it as one");
}

#[test]
fn parts_of_one_archive_in_several_zips_belong_together() {
    let one = zip_of(&[
        ("data/manifest.js", &manifest(&[("follower.js", 1), ("follower-part1.js", 1)], false)),
        ("data/account.js", &account()),
        ("data/follower.js", &script("follower", &followers(&["1"]))),
    ]);
    let two = zip_of(&[
        ("data/manifest.js", &manifest(&[("follower.js", 1), ("follower-part1.js", 1)], false)),
        ("data/follower-part1.js", &script("follower", &followers(&["2"]))),
    ]);
    let source =
        MemorySource::new().at(NOW).with_file("x-part1.zip", &one).with_file("x-part2.zip", &two);
    let recorder = read_all(&source);
    assert!(to_owner(&recorder), "{:#?}", recorder.lines);
    assert_eq!((recorder.count("follow"), recorder.count("coverage")), (2, 1));
}

#[test]
fn a_list_beside_the_archive_belongs_to_it() {
    let zip = zip_of(&[("data/account.js", &account()), ("data/tweets.js", &tweets(&[]))]);
    let source = MemorySource::new().at(NOW).with_file("x.zip", &zip);
    let source = source.with_file("loose/follower.js", &script("follower", &followers(&["1"])));
    let recorder = read_all(&source);
    assert!(recorder.of("follow").all(|line| line.contains(&format!("-> {OWN} "))));
    assert_eq!((recorder.count("follow"), recorder.count("coverage")), (1, 1));
}
