//! Shipped exports of three eras against the truth that was written beside them.

use std::fs;

use super::*;

/// Returns a number of a truth file.
fn said(name: &str, key: &str) -> usize {
    let text = fs::read_to_string(shipped_path(name).join("truth.json")).unwrap();
    let rest = text.split(&format!("\"{key}\": ")).nth(1).unwrap();
    rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

fn count_of(recorder: &Recorder, code: &str) -> usize {
    let is_code = |line: &&str| {
        line.split(' ').nth(1).is_some_and(|word| word == "note" || word == "warning")
    };
    let line = recorder.of(code).find(is_code);
    line.map_or(0, |line| line.rsplit('×').next().unwrap().parse().unwrap())
}

/// Holds one export against its truth; `more` are messages that the truth names beside its counts.
#[track_caller]
fn check(name: &str, owner: &str, more: usize) -> Recorder {
    let recorder = read_all(&shipped(name));
    assert_eq!(recorder.count("contact"), said(name, "contacts"));
    assert_eq!(count_of(&recorder, "hidden-contact"), said(name, "hidden_connections"));
    assert_eq!(recorder.count("reaction"), said(name, "invitations"));
    let sent = recorder
        .of("message")
        .filter(|line| line.starts_with(&format!("message {owner} -> ")))
        .count();
    let received =
        recorder.of("message").filter(|line| line.contains(&format!(" -> {owner} at="))).count();
    assert_eq!(sent + received, recorder.count("message"));
    assert_eq!(sent, said(name, "messages_out"));
    // The truth counts advertising as messages received; it is left out, counted.
    let advertising = count_of(&recorder, "sponsored");
    assert_eq!(received + advertising, said(name, "messages_in") + more);
    assert!(
        findings(&recorder).iter().all(|line| !line.contains(" error ")),
        "{:#?}",
        findings(&recorder)
    );
    recorder
}

#[test]
fn the_export_of_2018_equals_its_truth() {
    let recorder = check("synth-2018", "me:mara beispiel", 0);
    check_finding(&recorder, "shares-without-target note Shares.csv:0 ×1");
    check_finding(&recorder, "no-zone note Messages.csv:");
    // No file of that year has addresses: people are names, and two who share one are told apart by their day.
    assert!(contacts(&recorder).iter().all(|line| line.starts_with("name:") && line.contains('#')));
}

#[test]
fn the_export_of_2022_equals_its_truth() {
    let recorder = check("synth-2022", "mara-beispiel-0a1b2c", 1);
    check_finding(&recorder, "gone note messages.csv:43 ×1");
    check_finding(&recorder, "comments-without-target note Comments.csv:0 ×6");
    check_finding(&recorder, "reactions-without-target note Reactions.csv:0 ×12");
    // Contacts without addresses are joined by name with the senders, who have one.
    let joined = contacts(&recorder).iter().filter(|line| !line.starts_with("name:")).count();
    assert!(5 < joined, "{joined}");
    assert_eq!(recorder.count("follow"), 3);
}

#[test]
fn the_export_of_2024_equals_its_truth() {
    let recorder = check("synth-2024", "mara-beispiel-0a1b2c", 1);
    check_finding(&recorder, "draft note messages.csv:43 ×1");
    check_finding(&recorder, "gone note messages.csv:44 ×1");
    check_finding(&recorder, "comments-without-target note Comments.csv:0 ×6");
    assert!(contacts(&recorder).iter().all(|line| !line.starts_with("name:")));
    assert_eq!((recorder.count("follow"), recorder.count("namesakes")), (3, 0));
    let member = recorder.of("member").next().unwrap();
    assert!(
        member.starts_with(
            "member fynnztrk0-18b8ff -> organisation:stadtbücherei musterstadt start=<="
        ),
        "{member}"
    );
}

#[test]
fn first_and_last_date_are_those_of_the_files() {
    for (name, file) in [("synth-2022", "messages.csv"), ("synth-2024", "messages.csv")] {
        let text = fs::read_to_string(shipped_path(name).join(file)).unwrap();
        let dates = text
            .split(',')
            .filter_map(|field| when::when(field).filter(|_| field.ends_with(" UTC")));
        let written: Vec<i64> = dates.map(|found| found.at.unix_ms()).collect();
        let recorder = read_all(&shipped(name));
        let mut read: Vec<i64> = recorder
            .of("message")
            .map(|line| {
                line.split("at=").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap()
            })
            .collect();
        read.sort_unstable();
        assert!(read.iter().all(|at| written.contains(at)));
        assert_eq!(read.first(), written.iter().min(), "{name}");
        assert_eq!(read.last(), written.iter().max(), "{name}");
    }
}

#[test]
fn coverage_says_messages_both_ways_and_no_complete_contacts() {
    let recorder = read_all(&shipped("synth-2024"));
    let message = InteractionKinds::of(&[InteractionKind::Message]).bits();
    check_coverage(
        &recorder,
        &format!("mara-beispiel-0a1b2c sent={message} received={message} held=0 to=0"),
    );
    check_finding(&recorder, "targets-not-covered note :0 ×1");
}
