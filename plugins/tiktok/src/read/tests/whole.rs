//! Whole sources: packed and unpacked, several at once, probed, stopped, cut off and spoilt.

use std::fs;

use super::*;

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let roots = r#""Your Activity":{"Follower":{"FansList":[{"Date":"2021-05-04 06:35:40","UserName":"ann"}]},"Following":{"Following":[{"Date":"2021-05-05 06:35:40 UTC","UserName":"ben"}]}},"Direct Message":{"Direct Messages":{"ChatHistory":{"Chat History with ann:":[{"Date":"2022-01-01 00:00:00","From":"ann","Content":"a \"b\" \u00e4"}]}}},"Tail":1"#;
    vec![("user_data_tiktok.json", export(roots).into_bytes())]
}

fn loose(prefix: &str) -> MemorySource {
    files().iter().fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
        source.with_file(&format!("{prefix}{name}"), bytes)
    })
}

fn zipped(files: &[(&str, Vec<u8>)], month: u8) -> Vec<u8> {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    zip_of(&files, month)
}

fn records(source: &dyn Source) -> Vec<String> {
    let recorder = read_all(source);
    let told = findings(&recorder);
    let is_record = |line: &String| !told.contains(line) && !line.starts_with("coverage");
    let cut = |line: String| line.split(" start=<=").next().unwrap().to_owned();
    recorder.lines.into_iter().filter(is_record).map(cut).collect()
}

#[test]
fn packed_unpacked_and_wrapped_is_the_same() {
    let expected = records(&loose(""));
    assert_eq!(expected.len(), 6, "{expected:#?}");
    assert_eq!(records(&loose("TikTok_Data_1657155605/")), expected);
    let zip = zipped(&files(), 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
    let mut wrapped = files();
    wrapped.push(("__MACOSX/._user_data_tiktok.json", b"\0\x05".to_vec()));
    let zip = zipped(&wrapped, 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
}

#[test]
fn of_two_exports_the_newer_tells_the_lists() {
    let source = MemorySource::new()
        .at(NOW)
        .with_file("a.zip", &zipped(&files(), 3))
        .with_file("b.zip", &zipped(&files(), 9));
    let recorder = read_all(&source);
    assert_eq!((recorder.count("coverage"), recorder.count("follow")), (2, 2));
    check_finding(&recorder, "older-export note a.zip/user_data_tiktok.json:0 ×1");
    let last = recorder.of("coverage").last().unwrap();
    assert!(last.contains("held=0 to=0"), "{last}");
}

#[test]
fn the_moment_of_an_export_is_that_of_its_zip() {
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("x.zip", &zipped(&files(), 9)));
    check_coverage(&recorder, "since=1640995200000 until=1788264000000");
    // Unpacked, the last event is the better witness.
    check_coverage(&read_all(&loose("")), "since=1640995200000 until=1640995200000");
}

#[test]
fn messages_and_lists_are_covered_and_what_is_not_is_said() {
    let recorder = read_all(&loose(""));
    let messages = InteractionKinds::of(&[InteractionKind::Message]).bits();
    let follow = TieKinds::of(&[TieKind::Follow]).bits();
    check_coverage(
        &recorder,
        &format!("mara sent={messages} received={messages} held={follow} to={follow}"),
    );
    check_finding(&recorder, "received-not-covered note :0 ×1");
}

#[test]
fn read_twice_it_is_the_same() {
    assert_eq!(read_all(&loose("")).lines, read_all(&loose("")).lines);
}

#[test]
fn the_source_is_probed_by_its_content() {
    let one = |name: &str, bytes: &[u8]| probe_of(&MemorySource::new().with_file(name, bytes));
    assert_eq!(probe_of(&loose("")), Probe::CERTAIN);
    assert_eq!(probe_of(&MemorySource::new().with_file("x", &zipped(&files(), 9))), Probe::CERTAIN);
    assert_eq!(one("renamed.json", &files()[0].1), Probe::CERTAIN);
    assert_eq!(one("Mensajes.txt", b">>> Chat History with ann::\n"), Probe::CERTAIN);
    assert_eq!(
        one("Follower.txt", b"Date: 2021-05-04 06:35:40 UTC\nUsername: ann\n"),
        Probe::LIKELY
    );
    assert_eq!(one("user_data_tiktok.json", b"{"), Probe::LIKELY);
    for (name, bytes) in [
        ("x.json", b"{\"Activity\":1}".as_slice()),
        ("user_data.json", b"[]"),
        ("notes.txt", b"Date: Username:"),
        ("follower.js", b"window.YTD.follower.part0 = []"),
    ] {
        assert_eq!(one(name, bytes), Probe::NO, "{name}");
    }
    assert_eq!(probe_of(&MemorySource::new()), Probe::NO);
}

#[test]
fn what_is_no_export_is_refused_with_a_remedy() {
    let one =
        |name: &str, bytes: &[u8]| error_of(&MemorySource::new().at(NOW).with_file(name, bytes));
    assert_eq!(one("notes.txt", b"x"), "no-export ");
    assert_eq!(one("t.tar.gz", b""), "empty t.tar.gz");
    assert_eq!(one("t.zip", b"<html>"), "html t.zip");
    assert_eq!(error_of(&MemorySource::new()), "no-export ");
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
fn a_truncation_at_every_byte_is_read_and_told() {
    let (name, bytes) = files().remove(0);
    for end in 0..bytes.len() {
        let recorder = read_all(&MemorySource::new().at(NOW).with_file(name, &bytes[..end]));
        assert_eq!(recorder.count("coverage"), 1, "{end}");
        check_finding(&recorder, "malformed error user_data_tiktok.json:");
        check_coverage(&recorder, "sent=0 received=0 held=0 to=0");
    }
    let zip = zipped(&files(), 9);
    for end in 0..zip.len() {
        let source = MemorySource::new().with_file("x.zip", &zip[..end]);
        assert!(read(&source, "", &mut Recorder::default()).is_err(), "{end}");
    }
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
                2 => bytes.insert(at, b"\",\n[{}]:\\/@"[self.below(11)]),
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
        read(&source, "", &mut recorder).unwrap();
        assert_eq!(recorder.count("coverage"), 1, "{round}");
    }
}

#[test]
fn no_bad_input_is_more_than_an_error_or_a_finding() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let own = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        for name in [
            own,
            "youtube/comments.csv",
            "youtube/Abos.csv",
            "youtube/watch-history.html",
            "youtube/my-comments.html",
        ] {
            let source = MemorySource::new().at(NOW).with_file(name, &bytes);
            let _probe = probe_of(&source);
            check_end(&source, own);
        }
        seen += 1;
    }
    assert_eq!(seen, 44);
}

/// Reads to the end, or to an error that says what to do.
#[track_caller]
fn check_end(source: &MemorySource, name: &str) {
    match read(source, "", &mut Recorder::default()) {
        Err(ReadError::Unreadable { en, de, .. }) => {
            assert!(en.ends_with('.') && de.ends_with('.'), "{name}: {en}");
        }
        other => assert_eq!(other, Ok(()), "{name}"),
    }
}

#[test]
fn bad_files_under_the_name_of_an_export_say_what_is_wrong_and_where() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    let grave = |file: &str| {
        let bytes = fs::read(folder.join(file)).unwrap();
        let recorder = read_all(&MemorySource::new().at(NOW).with_file("user_data.json", &bytes));
        findings(&recorder).into_iter().find(|line| line.contains(" error ")).unwrap_or_default()
    };
    for file in [
        "json_html_error.json",
        "json_truncated.json",
        "json_deep_nesting.json",
        "json_trailing_comma.json",
        "json_nan_infinity.json",
        "zip_empty_file.zip",
    ] {
        assert!(
            grave(file).starts_with("malformed error user_data.json:"),
            "{file}: {}",
            grave(file)
        );
    }
    // A mark and other line ends are harmless.
    assert_eq!((grave("json_bom.json"), grave("json_crlf.json")), (String::new(), String::new()));
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    let list = b"Date: 2021-05-04 06:35:40 UTC\nUsername: ann\n";
    let chats = b">>> Chat History with ann::\n\n2022-01-01 00:00:00 UTC mara: a\n2022-01-02 00:00:00 UTC ann: a\n";
    let source = MemorySource::new()
        .at(NOW)
        .with_file("TikTok/Direct Messages/Chat History.txt", chats)
        .with_file("TikTok/Profile/Profile Information.txt", b"Username: mara\n")
        .with_file("TikTok/Your Activity/Follower.txt", list)
        .with_file("TikTok/Your Activity/Following.txt", list);
    assert_eq!(differs_by_order(&source, |source| read_all(source)), None);
}
