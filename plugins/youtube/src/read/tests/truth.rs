//! The shipped export against the truth beside it, and two tables that another project tests with.

use std::fs;

use super::*;

const ROOT: &str = "Takeout/YouTube and YouTube Music";

/// Returns a number of the truth file.
fn said(key: &str) -> usize {
    let text = fs::read_to_string(shipped_path().join(ROOT).join("truth.json")).unwrap();
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
    let recorder = read_all(&FolderSource::open(&shipped_path(), NOW).unwrap());
    assert_eq!(recorder.count("subscriber"), said("subscriptions"));
    assert!(
        recorder
            .of("subscriber")
            .all(|line| line.starts_with("subscriber UCEMgPB3eFkOnsVPHiK7S4PQ -> UC"))
    );
    // It holds no history, so nothing says whose the videos are.
    assert_eq!(count_of(&recorder, "answers-without-target"), said("replies"));
    assert_eq!(count_of(&recorder, "comments-without-target") + said("replies"), said("comments"));
    assert_eq!((recorder.count("comment"), recorder.count("reply")), (0, 0));
    let text = fs::read_to_string(shipped_path().join(ROOT).join("comments/comments.csv")).unwrap();
    let dates = text.split(',').filter_map(value::moment).map(Moment::unix_ms);
    let (first, last) = (dates.clone().min().unwrap(), dates.max().unwrap());
    check_coverage(
        &recorder,
        &format!("sent=0 received=0 held=32 to=0 since={first} until={last}"),
    );
    assert!(
        findings(&recorder).iter().all(|line| line.contains(" note ")),
        "{:#?}",
        findings(&recorder)
    );
    assert!(recorder.of("account").any(|line| line.contains("name=Tierheim \"Pfote\", gGmbH")));
}

#[test]
fn tables_that_another_project_tests_with_are_read() {
    for (name, answers, comments) in [("pre", 1, 1), ("post", 0, 2)] {
        let Some(path) =
            foreign(&format!("youtube/google_takeout_parser/comments_{name}_2024-06.csv"))
        else {
            return;
        };
        let source = FolderSource::open(&path, NOW).unwrap();
        assert_eq!(probe_of(&source), Probe::CERTAIN);
        let recorder = read_all(&source);
        assert_eq!(count_of(&recorder, "answers-without-target"), answers, "{name}");
        assert_eq!(count_of(&recorder, "comments-without-target"), comments, "{name}");
        assert_eq!(count_of(&recorder, "bad-row"), 0, "{name}");
    }
}
