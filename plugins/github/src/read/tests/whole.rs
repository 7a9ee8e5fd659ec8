//! Whole sources: packed and unpacked, several at once, probed, stopped, cut off and spoilt.

use std::fs;

use super::*;

/// A small archive with a list of most kinds.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let comment = r#""type":"issue_comment","url":"$/club/site/issues/1#issuecomment-9","issue":"$/club/site/issues/1","user":"$/ben","body":"thanks @carl","created_at":"2024-02-01T00:00:00Z""#;
    let user = r#""type":"user","url":"$/ben","login":"ben","name":"Ben""#;
    let organization =
        r#""type":"organization","url":"$/club","name":"Club","members":[{"user":"$/ann"}]"#;
    vec![
        ("issue_comments_000001.json", list(&[comment]).into_bytes()),
        ("issues_000001.json", list(&[ISSUE]).into_bytes()),
        ("organizations_000001.json", list(&[organization]).into_bytes()),
        ("releases_000001.json", b"[]".to_vec()),
        ("schema.json", br#"{"version":"1.0.1"}"#.to_vec()),
        ("users_000001.json", list(&[user]).into_bytes()),
    ]
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

/// A packed tar as the platform sends it: headers of 512 bytes, names below a folder.
fn packed() -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, bytes) in files() {
        let mut header = [0_u8; 512];
        let name = format!("archive/{name}");
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        header[136..147].copy_from_slice(b"15230000000");
        header[148..156].copy_from_slice(b"        ");
        header[156] = b'0';
        header[257..263].copy_from_slice(b"ustar\0");
        header[263..265].copy_from_slice(b"00");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend(header);
        tar.extend(&bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
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
    assert_eq!(expected.len(), 8, "{expected:#?}");
    assert_eq!(records(&loose("octocat-0123/")), expected);
    let zip = zipped(&files(), 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.tar", &packed())), expected);
    let mut wrapped = files();
    wrapped.push(("__MACOSX/._issues_000001.json", b"\0\x05".to_vec()));
    let zip = zipped(&wrapped, 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
}

#[test]
fn an_archive_in_two_downloads_is_one() {
    let all = files();
    let (one, other) = all.split_at(3);
    let source = MemorySource::new()
        .at(NOW)
        .with_file("a.zip", &zipped(one, 9))
        .with_file("b.zip", &zipped(other, 9));
    assert_eq!(read_all(&source).count("coverage"), 1);
    assert_eq!(records(&source), records(&loose("")));
}

#[test]
fn of_two_archives_the_newer_tells_the_members() {
    let source = MemorySource::new()
        .at(NOW)
        .with_file("a.zip", &zipped(&files(), 3))
        .with_file("b.zip", &zipped(&files(), 9));
    let recorder = read_all(&source);
    assert_eq!((recorder.count("coverage"), recorder.count("member")), (2, 1));
    check_finding(&recorder, "older-archive note a.zip/organizations_000001.json:0 ×1");
    assert!(recorder.of("member").all(|line| line.contains("start=<=1788264000000")));
}

#[test]
fn the_moment_of_an_archive_is_that_of_its_making() {
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("x.zip", &zipped(&files(), 9)));
    check_coverage(&recorder, "since=1704067200000 until=1788264000000");
    // Unpacked, the last event is the better witness.
    check_coverage(&read_all(&loose("")), "since=1704067200000 until=1706745600000");
}

#[test]
fn both_directions_are_covered_and_what_lies_outside_is_said() {
    let recorder = read_all(&loose(""));
    let kinds = InteractionKinds::of(&KINDS).bits();
    check_coverage(&recorder, &format!("club sent={kinds} received={kinds} held=0 to=16"));
    check_finding(&recorder, "own-repositories-only note :0 ×1");
    check_finding(&recorder, "other-files note :0 ×1");
}

#[test]
fn read_twice_it_is_the_same() {
    assert_eq!(read_all(&loose("")).lines, read_all(&loose("")).lines);
}

#[test]
fn the_source_is_probed_by_its_content() {
    let one = |name: &str, bytes: &[u8]| probe_of(&MemorySource::new().with_file(name, bytes));
    assert_eq!(probe_of(&loose("")), Probe::CERTAIN);
    assert_eq!(probe_of(&MemorySource::new().with_file("x", &packed())), Probe::CERTAIN);
    assert_eq!(
        one("issues.json", br#"[{"html_url":"https://github.com/a/b/issues/1"}]"#),
        Probe::LIKELY
    );
    for (name, bytes) in [
        ("issues.json", b"[]".as_slice()),
        ("users_000001.json", b"{}"),
        ("notes.json", br#"[{"url":"https://github.com/a"}]"#),
        ("issues_000001.json", b"<html>"),
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
    assert_eq!(one("t.tar.gz", b""), "empty t.tar.gz");
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
fn a_truncation_at_every_byte_is_read_or_explained() {
    for (name, bytes) in files() {
        for end in 0..bytes.len() {
            let others = files().into_iter().filter(|(other, _)| *other != name);
            let source = others.fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
                source.with_file(name, &bytes)
            });
            let recorder = read_all(&source.with_file(name, &bytes[..end]));
            assert_eq!(recorder.count("coverage"), 1, "{name} {end}");
            let is_read =
                ["schema.json", "releases_000001.json"].iter().all(|other| *other != name);
            let is_told = findings(&recorder).iter().any(|line| line.contains(" error "));
            assert_eq!(is_told, is_read, "{name} {end}");
        }
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
        for name in [own, "issues_000001.json", "users_000001.json", "organizations_000001.json"] {
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
fn bad_lists_under_the_names_of_an_archive_say_what_is_wrong_and_where() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    let grave = |file: &str| {
        let bytes = fs::read(folder.join(file)).unwrap();
        let recorder =
            read_all(&MemorySource::new().at(NOW).with_file("issues_000001.json", &bytes));
        findings(&recorder).into_iter().find(|line| line.contains(" error ")).unwrap_or_default()
    };
    assert_eq!(grave("json_html_error.json"), "html error issues_000001.json:1 ×1");
    assert_eq!(grave("json_truncated.json"), "malformed error issues_000001.json:1 ×1");
    assert_eq!(grave("json_deep_nesting.json"), "too-deep error issues_000001.json:130 ×1");
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    let shipped = FolderSource::open(&shipped_path(), NOW).unwrap();
    assert_eq!(differs_by_order(&shipped, |source| read_all(source)), None);
}
