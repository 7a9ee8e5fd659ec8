//! A generated export against its truth: counts, directions, first and last moments.

use std::{collections::BTreeSet, fs};

use super::*;

const OWNER: &str = "mara.beispiel";

fn truth(name: &str) -> Value {
    let path = data().join("synth-2022-flat").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Returns the lines of a kind from and to the owner.
fn sides<'a>(seen: &'a Recorder, kind: &'a str, owner: &str) -> (Vec<&'a str>, Vec<&'a str>) {
    let from = format!("{kind} {owner} -> ");
    let to = format!(" -> {owner} ");
    let sent = seen.of(kind).filter(|line| line.starts_with(&from)).collect();
    (sent, seen.of(kind).filter(|line| line.contains(&to)).collect())
}

fn ids<'a>(lines: &[&'a str]) -> BTreeSet<&'a str> {
    lines.iter().map(|line| line.split(" id=").nth(1).unwrap()).collect()
}

/// Returns the first and the last moment of the lines, in milliseconds.
fn range(lines: &[&str], mark: &str) -> (i64, i64) {
    let at = |line: &&str| {
        let rest = line.split(mark).nth(1).unwrap();
        rest.split(' ').next().unwrap().parse::<i64>().unwrap()
    };
    (lines.iter().map(at).min().unwrap(), lines.iter().map(at).max().unwrap())
}

#[test]
fn the_generated_export_equals_its_truth() {
    let seen = read_all(&synth());
    let truth = truth("truth.json");
    let count = |key: &str| usize::try_from(truth[key].as_u64().unwrap()).unwrap();

    let (following, followers) = sides(&seen, "follow", OWNER);
    assert_eq!((followers.len(), following.len()), (count("followers"), count("following")));
    assert_eq!(range(&followers, "start="), (1_616_893_578_000, 1_777_565_366_000));
    assert_eq!(range(&following, "start="), (1_623_647_022_000, 1_774_468_360_000));

    let (likes, none) = sides(&seen, "reaction", OWNER);
    assert_eq!((likes.len(), none.len()), (count("likes"), 0));
    assert_eq!(range(&likes, "at="), (1_647_081_711_000, 1_781_069_365_000));
    let (comments, none) = sides(&seen, "comment", OWNER);
    assert_eq!((comments.len(), none.len()), (count("comments"), 0));
    assert_eq!(range(&comments, "at="), (1_633_928_456_000, 1_782_222_009_000));

    let (sent, received) = sides(&seen, "message", OWNER);
    // Each is one event, to three people where it was written to the group: 53 + 1 to one, 4 to three; 80 - 4 came in.
    assert_eq!((ids(&sent).len(), ids(&received).len()), (58, 76));
    assert_eq!(ids(&sent).len() + ids(&received).len(), count("messages"));
    assert_eq!((sent.len(), received.len()), (58 + 4 * 2, 76));
    assert_eq!(
        range(&seen.of("message").collect::<Vec<_>>(), "at="),
        (1_616_248_351_841, 1_781_350_724_758)
    );
    let threads: BTreeSet<&str> =
        ids(&sent).union(&ids(&received)).map(|id| id.split('/').nth(1).unwrap()).collect();
    assert_eq!(threads.len(), count("threads"));
}

#[test]
fn the_threads_of_the_generated_export_equal_their_truth() {
    let seen = read_all(&synth());
    let truth = truth("threads/truth.json");
    let count = |key: &str| usize::try_from(truth[key].as_u64().unwrap()).unwrap();
    let owner = format!("threads:{OWNER}");
    let (following, followers) = sides(&seen, "follow", &owner);
    assert_eq!((followers.len(), following.len()), (count("followers"), count("following")));
    assert!(followers.iter().chain(&following).all(|line| line.ends_with("label=Threads")));
    assert_eq!(range(&followers, "start="), (1_618_349_912_000, 1_787_565_014_000));
    assert_eq!(range(&following, "start="), (1_615_840_802_000, 1_767_293_818_000));
    assert_eq!(sides(&seen, "reaction", &owner).0.len(), count("likes"));
    assert_eq!(sides(&seen, "mention", &owner).0.len(), count("mentions_in_text"));
    // Posts that are replies do not say to whom.
    let replies = finding(&seen, "reply-author-unknown");
    assert_eq!(
        replies,
        format!("note threads/threads_and_replies.json:39 ×{}", count("replies_flagged"))
    );
    let case = |line: &&&str| line.contains("-> bekirnowakwgrzyn8 ");
    assert_eq!(following.iter().filter(case).count(), 1);
}

#[test]
fn coverage_says_what_the_generated_export_can_see() {
    let seen = read_all(&synth());
    let sent = InteractionKinds::of(&[
        InteractionKind::Reaction,
        InteractionKind::Comment,
        InteractionKind::Message,
    ]);
    let received = InteractionKinds::of(&[InteractionKind::Message]);
    let follow = TieKinds::of(&[TieKind::Follow]);
    let on_threads = InteractionKinds::of(&[InteractionKind::Reaction, InteractionKind::Mention]);
    let coverage = |id: &str, sent: InteractionKinds, received: InteractionKinds, since, until| {
        format!(
            "coverage {id} sent={} received={} held={} to={} since={since} until={until}",
            sent.bits(),
            received.bits(),
            follow.bits(),
            follow.bits()
        )
    };
    assert_eq!(
        all(&seen, "coverage"),
        [
            coverage(OWNER, sent, received, 1_616_248_351_841_i64, 1_782_222_009_000_i64),
            coverage(
                "threads:mara.beispiel",
                on_threads,
                InteractionKinds::NONE,
                1_618_160_939_000,
                1_787_565_014_000
            ),
        ]
    );
    let owners = seen.of("account").filter(|line| line.ends_with("flags=3")).collect::<Vec<_>>();
    assert_eq!(
        owners,
        [
            "account mara.beispiel alias= handle=mara.beispiel name=Mara Beispiel flags=3",
            "account threads:mara.beispiel alias= handle=mara.beispiel name=Mara Beispiel flags=3",
        ]
    );
    assert_eq!(seen.progress.0, seen.progress.1);
}

#[test]
fn reading_twice_gives_the_same_records() {
    assert_eq!(read_all(&synth()).lines, read_all(&synth()).lines);
}

#[test]
fn a_sink_that_wants_no_more_is_heard() {
    for stop_after in [0, 1, 5, 40, 150, 250] {
        let mut seen = Recorder { stop_after: Some(stop_after), ..Recorder::default() };
        assert!(matches!(read(&synth(), "", &mut seen), Err(ReadError::Stopped)));
        assert_eq!(seen.lines.len(), stop_after);
    }
}
