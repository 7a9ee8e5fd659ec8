//! The shipped export against the truth beside it.

use std::fs;

use super::*;

/// Returns a number of the truth file.
fn said(key: &str) -> usize {
    let text = fs::read_to_string(shipped_path().join("truth.json")).unwrap();
    let rest = text.split(&format!("\"{key}\": ")).nth(1).unwrap();
    rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

fn count_of(recorder: &Recorder, code: &str) -> usize {
    let all = findings(recorder);
    let line = all.iter().find(|line| line.starts_with(&format!("{code} ")));
    line.map_or(0, |line| line.rsplit('×').next().unwrap().parse().unwrap())
}

#[test]
fn the_shipped_export_equals_its_truth() {
    let source = FolderSource::open(&shipped_path(), NOW).unwrap();
    assert_eq!(probe_of(&source), Probe::CERTAIN);
    let recorder = read_all(&source);
    let to_owner =
        recorder.of("follow").filter(|line| line.contains(" -> mara.beispiel start=")).count();
    assert_eq!(to_owner, said("followers"));
    assert_eq!(recorder.count("follow") - to_owner, said("following"));
    assert_eq!(recorder.count("message"), said("messages"));
    assert_eq!(count_of(&recorder, "likes-without-author"), said("likes"));
    assert_eq!(count_of(&recorder, "comments-without-target"), said("comments"));
    assert!(recorder.of("follow").all(|line| !line.contains("start=<=")));
    assert!(
        findings(&recorder).iter().all(|line| line.contains(" note ")),
        "{:#?}",
        findings(&recorder)
    );
}

#[test]
fn directions_and_the_first_and_last_date_are_those_of_the_file() {
    let recorder = read_all(&FolderSource::open(&shipped_path(), NOW).unwrap());
    let text = fs::read_to_string(shipped_path().join("user_data.json")).unwrap();
    let sent = text.matches("\"From\": \"mara.beispiel\"").count();
    assert_eq!(
        recorder.of("message").filter(|line| line.starts_with("message mara.beispiel -> ")).count(),
        sent
    );
    // Likes, comments and messages; follows have their own dates.
    let dated = |from: &str, to: &str| {
        let begin = text.find(from).unwrap();
        let end = text[begin..].find(to).map_or(text.len(), |at| begin + at);
        let pieces = text[begin..end]
            .split("\"Date\": \"")
            .skip(1)
            .map(|rest| when::moment(&rest[..19]).unwrap().unix_ms());
        pieces.collect::<Vec<_>>()
    };
    let mut all = dated("ItemFavoriteList", "Favorite Sounds");
    all.extend(dated("CommentsList", "Direct Messages"));
    all.extend(dated("ChatHistory", "Profile Information"));
    assert_eq!(all.len(), said("likes") + said("comments") + said("messages"));
    let (first, last) = (all.iter().min().unwrap(), all.iter().max().unwrap());
    check_coverage(&recorder, &format!("since={first} until={last}"));
}
