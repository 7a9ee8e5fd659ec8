//! The shipped archive against the truth beside it, and lists of the platform's interface that others keep.

use std::fs;

use super::*;

/// Returns a number of the truth file.
fn said(key: &str) -> usize {
    let text = fs::read_to_string(shipped_path().join("truth.json")).unwrap();
    let rest = text.split(&format!("\"{key}\": ")).nth(1).unwrap();
    rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

#[test]
fn the_shipped_archive_equals_its_truth() {
    let source = FolderSource::open(&shipped_path(), NOW).unwrap();
    let recorder = read_all(&source);
    // Every user of the list, and whose the repository is.
    assert_eq!(recorder.count("account"), said("users") + 1);
    let of = |word: &str| recorder.of("comment").filter(|line| line.contains(word)).count();
    assert_eq!(of("/issues/") - of("#issuecomment"), said("issues"));
    let gone = findings(&recorder)
        .iter()
        .filter(|line| line.starts_with("gone "))
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(gone.len(), 1);
    assert_eq!(
        gone[0],
        format!(
            "gone note issue_comments_000001.json:{} ×{}",
            place_of_null(),
            said("deleted_authors")
        )
    );
    assert_eq!(of("#issuecomment") + said("deleted_authors"), said("issue_comments"));
    let written = |file: &str| fs::read_to_string(shipped_path().join(file)).unwrap();
    let text = written("issues_000001.json") + &written("issue_comments_000001.json");
    let pieces = text.split("\"created_at\": \"").skip(1).map(|rest| &rest[..20]);
    let (first, last) = (pieces.clone().min().unwrap(), pieces.max().unwrap());
    let ms = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    check_coverage(&recorder, &format!("since={} until={}", ms(first), ms(last)));
    assert!(
        findings(&recorder).iter().all(|line| line.contains(" note ")),
        "{:#?}",
        findings(&recorder)
    );
}

/// Returns the byte at which the record of the deleted account begins.
fn place_of_null() -> usize {
    let text = fs::read_to_string(shipped_path().join("issue_comments_000001.json")).unwrap();
    let at = text.find("\"user\": null").unwrap();
    text[..at].rfind('{').unwrap() + 1
}

#[test]
fn directions_are_those_of_the_files() {
    let recorder = read_all(&FolderSource::open(&shipped_path(), NOW).unwrap());
    let to_owner = recorder.of("comment").filter(|line| line.contains(" -> verein at=")).count();
    let mentions =
        recorder.of("mention").filter(|line| line.contains(" -> ipekmller1 at=")).count();
    // Every issue names the same person, and is for the organisation.
    assert_eq!((mentions, recorder.count("mention")), (said("issues"), said("issues")));
    assert!(said("issues") <= to_owner);
    assert!(recorder.of("coverage").next().unwrap().starts_with("coverage verein "));
}

#[test]
fn lists_fetched_from_the_interface_are_read_under_the_same_names() {
    let Some(path) = foreign("github/github-to-sqlite/tests") else { return };
    let source = FolderSource::open(&path, NOW).unwrap();
    assert_eq!(probe_of(&source), Probe::LIKELY);
    let recorder = read_with(&source, "simonw");
    // One person's issues in the own repositories, and comments on issues that are in no list.
    assert_eq!((recorder.count("comment"), recorder.count("mention")), (0, 0));
    check_finding(&recorder, "own-post note issues.json:7 ×2");
    check_finding(&recorder, "own-post note pull_requests.json:7 ×1");
    check_finding(&recorder, "target-unknown warning issue-comments.json:7 ×3");
    check_finding(&recorder, "no-schema note issues.json:0 ×1");
}
