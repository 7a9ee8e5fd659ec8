//! Whole sources: packed and unpacked, probed, stopped, cut off and spoilt.

use super::*;

/// A small archive with a file of every kind.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let posts = [
        tweet(1, &json!({"in_reply_to_user_id_str": ANN, "in_reply_to_status_id_str": "5"})),
        tweet(
            2,
            &json!({"user_mentions": [mention(BEN, "ben")], "urls": [{"expanded_url": "https://x.com/cy/status/5"}]}),
        ),
    ];
    let messages = json!([{"dmConversation": {"conversationId": "1-2", "messages": [
        {"messageCreate": {"id": "9", "senderId": ANN, "recipientId": OWN, "createdAt": "2023-03-01T10:00:00.000Z"}},
    ]}}]);
    vec![
        ("data/account.js", account()),
        ("data/direct-messages.js", script("direct_messages", &messages)),
        ("data/follower.js", script("follower", &json!([{"follower": {"accountId": "5"}}]))),
        ("data/like.js", script("like", &json!([{"like": {"tweetId": "5"}}]))),
        ("data/tweets.js", tweets(&posts)),
    ]
}

fn borrowed(files: &[(&'static str, Vec<u8>)]) -> Vec<(&'static str, &'static [u8])> {
    files
        .iter()
        .map(|(name, bytes)| (*name, &*Box::leak(bytes.clone().into_boxed_slice())))
        .collect()
}

fn loose(prefix: &str) -> MemorySource {
    files().iter().fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
        source.with_file(&format!("{prefix}{name}"), bytes)
    })
}

fn records(source: &dyn Source) -> Vec<String> {
    let recorder = read_all(source);
    let told = findings(&recorder);
    let is_record = |line: &String| !told.contains(line) && !line.starts_with("coverage");
    // A packed list stood when the archive was made, a loose one when its last event was.
    let cut = |line: String| line.split(" start=").next().unwrap().to_owned();
    recorder.lines.into_iter().filter(is_record).map(cut).collect()
}

#[test]
fn packed_unpacked_and_wrapped_is_the_same() {
    let expected = records(&loose(""));
    assert_eq!(expected.len(), 8, "{expected:#?}");
    assert_eq!(records(&loose("twitter-2023-08-12/")), expected);
    let zip = zip_of(&borrowed(&files()));
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("t.zip", &zip)), expected);
    let mut wrapped = files();
    for (name, _) in &mut wrapped {
        *name = Box::leak(format!("wrapper/{name}").into_boxed_str());
    }
    wrapped.push(("__MACOSX/wrapper/data/._tweets.js", b"\0\x05".to_vec()));
    wrapped.push(("wrapper/data/.DS_Store", b"x".to_vec()));
    let zip = zip_of(&borrowed(&wrapped));
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("t.zip", &zip)), expected);
}

#[test]
fn read_twice_it_is_the_same() {
    assert_eq!(read_all(&loose("")).lines, read_all(&loose("")).lines);
}

#[test]
fn the_source_is_probed_by_its_content() {
    let one = |name: &str, bytes: &[u8]| probe_of(&MemorySource::new().with_file(name, bytes));
    assert_eq!(probe_of(&loose("")), Probe::CERTAIN);
    assert_eq!(
        probe_of(&MemorySource::new().with_file("x", &zip_of(&borrowed(&files())))),
        Probe::CERTAIN
    );
    assert_eq!(one("follower.js", b"window.YTD.follower.part0=[]"), Probe::CERTAIN);
    assert_eq!(one("follower.js", b"[{\"follower\":{\"accountId\":\"1\"}}]"), Probe::LIKELY);
    assert_eq!(one("tweets.csv", b"\"tweet_id\",\"in_reply_to_status_id\""), Probe::CERTAIN);
    for (name, bytes) in [
        ("tweets.csv", b"name,text\n".as_slice()),
        ("follower.js", b"export default [1]"),
        ("manifest.json", b"{\"name\":\"app\"}"),
        ("account.json", b"{\"username\":\"x\"}"),
        ("outbox.json", b"{\"orderedItems\":[]}"),
        ("followers_1.json", b"[{\"string_list_data\":[]}]"),
        ("notes.txt", b"window.YTD."),
    ] {
        assert_eq!(one(name, bytes), Probe::NO, "{name}");
    }
    assert_eq!(probe_of(&MemorySource::new()), Probe::NO);
}

#[test]
fn what_is_no_archive_is_refused_with_a_remedy() {
    let one =
        |name: &str, bytes: &[u8]| error_of(&MemorySource::new().at(NOW).with_file(name, bytes));
    assert_eq!(one("notes.txt", b"x"), "no-archive ");
    assert_eq!(one("manifest.json", b"{\"name\":\"app\"}"), "no-archive ");
    assert_eq!(one("account.js", b"{}"), "bad-account account.js");
    assert_eq!(one("t.zip", b""), "empty t.zip");
    assert_eq!(one("t.zip", b"<html>"), "html t.zip");
    assert_eq!(error_of(&MemorySource::new()), "no-archive ");
}

#[test]
fn a_host_that_wants_no_more_is_obeyed_at_every_record() {
    let source = loose("");
    let all = read_all(&source).lines.len();
    for most in 0..all {
        let mut recorder = Recorder { stop_after: Some(most), ..Recorder::default() };
        let result = read(&source, "", &mut recorder);
        assert_eq!((result, recorder.lines.len()), (Err(ReadError::Stopped), most));
    }
}

#[test]
fn a_truncation_at_every_byte_is_survived() {
    for (name, bytes) in files() {
        for end in 0..bytes.len() {
            let others = files().into_iter().filter(|(other, _)| *other != name);
            let source = others.fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
                source.with_file(name, &bytes)
            });
            let mut recorder = Recorder::default();
            read(&source.with_file(name, &bytes[..end]), "", &mut recorder).unwrap();
            let told = findings(&recorder);
            assert!(
                told.iter().any(|line| line.contains(&format!(" error {name}"))),
                "{name} {end}"
            );
        }
    }
    let zip = zip_of(&borrowed(&files()));
    for end in 0..zip.len() {
        let source = MemorySource::new().with_file("x.zip", &zip[..end]);
        assert!(read(&source, "", &mut Recorder::default()).is_err(), "{end}");
    }
}

#[test]
fn a_cut_list_is_not_complete_and_a_cut_message_file_not_covered() {
    let source = files().iter().fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
        source.with_file(name, &bytes[..bytes.len() - 3])
    });
    let source = source.with_file("account.js", &account());
    let recorder = read_all(&source);
    let line = recorder.of("coverage").next().unwrap();
    assert!(line.contains(" sent=0 received=0 held=0 to=0 "), "{line}");
    assert_eq!(recorder.count("reply"), 1, "what stands before the cut is read all the same");
}

/// A sequence of numbers from a seed (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    /// Spoils bytes in up to three places.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(4) {
                0 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                1 => bytes.truncate(at.max(1)),
                2 => bytes.insert(at, b"[]{}\",:-0"[self.below(9)]),
                _ => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            }
        }
    }
}

#[test]
fn seeded_damage_never_panics_and_is_always_answered() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for round in 0..400 {
        let mut source = MemorySource::new().at(NOW);
        for (name, mut bytes) in files() {
            chance.spoil(&mut bytes);
            source = source.with_file(name, &bytes);
        }
        let mut recorder = Recorder::default();
        match read(&source, "", &mut recorder) {
            Ok(()) => assert_eq!(recorder.count("coverage"), 1, "{round}"),
            Err(ReadError::Unreadable { en, .. }) => assert!(en.ends_with('.'), "{round}: {en}"),
            Err(other) => panic!("{round}: {other}"),
        }
    }
}

#[test]
fn lists_of_other_platforms_that_are_called_alike_are_left_to_them() {
    let list = script("following", &json!([{"following": {"accountId": ANN, "userLink": "x"}}]));
    let ours = posted(&[tweet(1, &json!({"in_reply_to_user_id_str": BEN}))])
        .with_file("data/following.js", &list);
    let both = ours
        .clone()
        .with_file("instagram/following.json", b"{\"relationships_following\":[]}")
        .with_file("mastodon/following.json", b"[\"https://a.example/users/ann\"]")
        .with_file("mastodon/account.json", b"{\"id\":\"https://a.example/users/us\"}");
    assert_eq!(read_all(&both).lines, read_all(&ours).lines);
    let bare = json!([{"following": {"accountId": BEN}}]).to_string();
    let also = ours.with_file("following.json", bare.as_bytes());
    assert_eq!(read_all(&also).count("follow"), 2);
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    for year in ["synth-2017-grailbird", "synth-2021"] {
        assert_eq!(differs_by_order(&shipped(year), |source| read_all(source)), None, "{year}");
    }
}
