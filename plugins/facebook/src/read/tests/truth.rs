//! A generated export against its truth, and a foreign one with plausible counts.

use std::{collections::BTreeSet, fs};

use super::*;

const OWNER: &str = "name:Mara Beispiel";

/// Returns the lines of a kind from and to the owner.
fn sides<'a>(seen: &'a Recorder, kind: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let from = format!("{kind} {OWNER} -> ");
    let to = format!(" -> {OWNER} ");
    let sent = seen.of(kind).filter(|line| line.starts_with(&from)).collect();
    (sent, seen.of(kind).filter(|line| line.contains(&to)).collect())
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
    let text = fs::read_to_string(data().join("synth-2021/truth.json")).unwrap();
    let truth: Value = serde_json::from_str(&text).unwrap();
    let count = |key: &str| usize::try_from(truth[key].as_u64().unwrap()).unwrap();

    let (friends, _) = sides(&seen, "friend");
    let (ended, standing): (Vec<_>, Vec<_>) =
        friends.iter().partition(|line| line.contains("start=?"));
    assert_eq!((standing.len(), ended.len()), (count("friends"), count("removed_friends")));
    assert_eq!(range(&standing, "start="), (1_617_617_224_000, 1_783_301_543_000));
    assert_eq!(seen.count("requests"), count("friend_requests"));
    // Two of the sixteen show the name of another.
    assert!(finding(&seen, "namesake").ends_with("×2"));

    let (sent, received) = sides(&seen, "message");
    assert_eq!((sent.len(), received.len()), (31, 17));
    assert_eq!(sent.len() + received.len(), count("messages"));
    assert_eq!(range(&all(&seen, "message"), "at="), (1_635_761_863_910, 1_774_040_577_600));
}

#[test]
fn comment_and_reaction_targets_are_found_in_their_sentences() {
    let seen = read_all(&synth());
    let (comments, none) = sides(&seen, "comment");
    assert_eq!((comments.len(), none.len()), (9, 0));
    assert_eq!(range(&comments, "at="), (1_645_884_669_000, 1_787_667_802_000));
    let (reactions, none) = sides(&seen, "reaction");
    assert_eq!((reactions.len(), none.len()), (11, 0));
    assert_eq!(range(&reactions, "at="), (1_615_009_114_000, 1_777_181_179_000));
    let whom =
        |line: &str| line.split(" -> ").nth(1).unwrap().split(" at=").next().unwrap().to_owned();
    let people: BTreeSet<String> =
        comments.iter().chain(&reactions).map(|line| whom(line)).collect();
    for name in
        ["name:İpek Müller", "name:Elif Smith, Ph.D.", "name:Hülya D’Amico", "name:Dmitri Müller"]
    {
        assert!(people.contains(name), "{name} {people:?}");
    }
    assert_eq!(finding(&seen, "target-unknown"), "");
}

#[test]
fn namesakes_in_conversations_stay_apart_and_others_are_joined_with_their_name() {
    let seen = read_all(&synth());
    let accounts: Vec<&str> = seen.of("account").filter(|line| line.contains("thread:")).collect();
    assert_eq!(
        accounts,
        [
            "account thread:3de4842dfc alias= handle= name=Dmitri Müller flags=0",
            "account thread:941da6b73e alias= handle= name=Dmitri Müller flags=0",
            "account thread:cb36940117 alias= handle= name=Fynn Öztürk flags=0",
            "account name:İpek Müller alias=thread:d97222d50d handle= name=İpek Müller flags=0",
        ]
    );
}

#[test]
fn coverage_of_messages_ends_where_encryption_began() {
    let seen = read_all(&synth());
    let sent = InteractionKinds::of(&[InteractionKind::Comment, InteractionKind::Reaction]);
    let message = InteractionKinds::of(&[InteractionKind::Message]).bits();
    let friend = TieKinds::of(&[TieKind::Friend]).bits();
    assert_eq!(
        all(&seen, "coverage"),
        [
            format!(
                "coverage {OWNER} sent={} received=0 held={friend} to=0 since=1615009114000 until=1787667802000",
                sent.bits()
            ),
            format!(
                "coverage {OWNER} sent={message} received={message} held=0 to=0 since=1615009114000 until=1701820800000"
            ),
        ]
    );
    assert!(finding(&seen, "encrypted-missing").starts_with("warning"));
}

#[test]
fn reading_twice_gives_the_same_records() {
    assert_eq!(read_all(&synth()).lines, read_all(&synth()).lines);
    assert_eq!(probe(&synth()), Probe::CERTAIN);
}

#[test]
fn a_sink_that_wants_no_more_is_heard() {
    for stop_after in [0, 1, 5, 40, 90, 110] {
        let mut seen = Recorder { stop_after: Some(stop_after), ..Recorder::default() };
        assert!(matches!(read(&synth(), "", &mut seen), Err(ReadError::Stopped)));
        assert_eq!(seen.lines.len(), stop_after);
    }
}

#[test]
fn a_foreign_export_with_a_broken_file_is_read_as_far_as_it_goes() {
    let Some(folder) = foreign("facebook/kawsay") else { return };
    let source = FolderSource::open(&folder, NOW).unwrap();
    assert_eq!(probe(&source), Probe::LIKELY);
    // Its only conversation cannot say which of the two is the owner.
    assert_eq!(refused(&source, ""), "no-owner");
    let mut seen = Recorder::default();
    read(&source, "Me", &mut seen).unwrap();
    let (sent, received): (Vec<_>, Vec<_>) =
        seen.of("message").partition(|line| line.starts_with("message name:Me"));
    assert_eq!((sent.len(), received.len()), (1, 2));
    assert!(
        seen.of("account").any(|line| line
            == "account name:José García alias=thread:abc handle= name=José García flags=0")
    );
    assert_eq!(finding(&seen, "malformed"), "error posts/your_posts_2.json:3 ×1");
}
