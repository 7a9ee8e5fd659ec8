//! Shipped archives against the truth that was written beside them.

use std::fs;

use super::*;

fn truth(name: &str) -> Value {
    let path = format!("{}/../../tests/data/x/{name}/truth.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Returns the moments of all lines of that kind.
fn moments<'r>(recorder: &'r Recorder, kind: &'r str) -> impl Iterator<Item = i64> + 'r {
    recorder
        .of(kind)
        .map(|line| line.split("at=").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap())
}

/// Returns the dates of an unparsed file, found by their key alone.
fn dates(path: &str, key: &str) -> Vec<i64> {
    let text =
        fs::read_to_string(format!("{}/../../tests/data/x/{path}", env!("CARGO_MANIFEST_DIR")))
            .unwrap();
    let key = format!("\"{key}\": \"");
    let dates = text.split(&key).skip(1).map(|rest| rest.split('"').next().unwrap());
    dates.map(|date| moment::moment(date).unwrap().unix_ms()).collect()
}

#[test]
fn the_archive_of_2021_equals_its_truth() {
    let (recorder, truth) = (read_all(&shipped("synth-2021")), truth("synth-2021"));
    let said = |pointer: &str| {
        usize::try_from(truth.pointer(pointer).and_then(Value::as_u64).unwrap()).unwrap()
    };
    let follows = |towards: bool| {
        let ends = format!("-> {OWN} ");
        recorder.of("follow").filter(|line| line.contains(&ends) == towards).count()
    };
    assert_eq!(follows(true), said("/followers"));
    assert_eq!(follows(false), said("/following"));
    assert_eq!(recorder.count("block"), said("/blocks"));
    assert_eq!(recorder.count("reply"), said("/kinds/reply"));
    assert_eq!(recorder.count("mention"), said("/kinds/mention_edges"));
    assert_eq!(recorder.count("share"), said("/kinds/retweet"));
    assert_eq!(recorder.count("message"), said("/dm") + said("/group_dm"));
    assert_eq!((recorder.count("quote"), recorder.count("reaction")), (0, 0));
    let likes = said("/likes_without_author");
    check_finding(&recorder, &format!("likes-without-author note data/like.js:0 ×{likes}"));
    let own = said("/kinds/self_reply");
    check_finding(&recorder, "own-post note data/tweet.js:");
    assert!(
        findings(&recorder)
            .iter()
            .any(|line| line.starts_with("own-post") && line.ends_with(&format!("×{own}")))
    );
    assert!(
        recorder.lines.iter().all(|line| !line.contains(" warning ") && !line.contains(" error ")),
        "{:#?}",
        findings(&recorder)
    );
}

#[test]
fn first_and_last_date_are_those_of_the_files() {
    let recorder = read_all(&shipped("synth-2021"));
    let posts = dates("synth-2021/data/tweet.js", "created_at");
    assert_eq!(posts.len(), 60);
    for kind in ["reply", "mention", "share"] {
        assert!(moments(&recorder, kind).all(|at| posts.contains(&at)), "{kind}");
    }
    let mut messages = dates("synth-2021/data/direct-messages.js", "createdAt");
    messages.push(dates("synth-2021/data/direct-messages-group.js", "createdAt")[0]);
    let mut read: Vec<i64> = moments(&recorder, "message").collect();
    messages.sort_unstable();
    read.sort_unstable();
    assert_eq!(read, messages);
    // From the day the account was made until the moment the manifest says.
    let since = moment::moment("2012-05-01T10:00:00.000Z").unwrap().unix_ms();
    let until = moment::moment("2026-09-02T05:46:38.082Z").unwrap().unix_ms();
    check_coverage(&recorder, &format!("since={since} until={until}"));
    assert!(recorder.of("follow").all(|line| line.contains(&format!("start=<={until}"))));
}

#[test]
fn messages_of_2021_have_both_directions() {
    let recorder = read_all(&shipped("synth-2021"));
    let sent =
        recorder.of("message").filter(|line| line.starts_with(&format!("message {OWN} "))).count();
    assert_eq!(
        recorder.of("message").filter(|line| line.contains(&format!("-> {OWN} "))).count(),
        22 - sent
    );
    assert!(0 < sent && sent < 22);
    check_coverage(&recorder, &format!("received={}", bits(&[InteractionKind::Message])));
}

#[test]
fn the_table_of_2017_equals_its_truth() {
    let (recorder, truth) =
        (read_all(&shipped("synth-2017-grailbird")), truth("synth-2017-grailbird"));
    assert_eq!(recorder.count("reply") as u64, truth["replies"].as_u64().unwrap());
    assert_eq!(
        recorder.of("reply").collect::<Vec<_>>(),
        ["reply me -> 144781521050584354 at=1631768330000 id=1366176354926624175"]
    );
    // Two posts, one of them to nobody: both are in the range.
    assert_eq!(truth["tweets"], 2);
    check_coverage(&recorder, "since=1631768330000 until=1783540554000");
    check_finding(&recorder, "owner-unknown warning tweets.csv:0 ×1");
}

#[test]
fn coverage_says_what_was_sent_and_that_nothing_public_was_received() {
    let recorder = read_all(&shipped("synth-2021"));
    let sent = bits(&[
        InteractionKind::Reply,
        InteractionKind::Mention,
        InteractionKind::Share,
        InteractionKind::Quote,
        InteractionKind::Message,
    ]);
    let held =
        TieKinds::of(&[rin_plugin::prelude::TieKind::Follow, rin_plugin::prelude::TieKind::Block]);
    let to = TieKinds::of(&[rin_plugin::prelude::TieKind::Follow]);
    let received = bits(&[InteractionKind::Message]);
    let expected = format!("sent={sent} received={received} held={} to={}", held.bits(), to.bits());
    check_coverage(&recorder, &expected);
    // Who is named by a number alone in lists has no name; who is named in posts has.
    assert!(
        recorder.of("account").any(|line| line.contains("handle=bekirdamico17 name=Bekir D’Amico"))
    );
}
