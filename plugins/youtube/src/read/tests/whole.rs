//! Whole sources: packed and unpacked, several at once, probed, stopped, cut off and spoilt.

use std::fs;

use super::*;

const ROOT: &str = "Takeout/YouTube and YouTube Music/";

/// A small export with a file of every kind.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let comments =
        format!("{HEADING}{}{}", row("one", "", "tbpvom68y_z"), row("two", "", "d7y2wg7oj0v"));
    let channel = format!("Channel ID,Channel Title (Original)\n{OWN},Mara\n");
    vec![
        ("channels/channel.csv", channel.into_bytes()),
        ("comments/comments.csv", comments.into_bytes()),
        ("history/watch-history.json", WATCHED.as_bytes().to_vec()),
        ("playlists/playlists.csv", b"Playlist ID,Title\nPLx,x\n".to_vec()),
        ("subscriptions/subscriptions.csv", SUBSCRIBED.as_bytes().to_vec()),
    ]
}

fn loose(prefix: &str) -> MemorySource {
    files().iter().fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
        source.with_file(&format!("{prefix}{name}"), bytes)
    })
}

fn zipped(files: &[(&str, Vec<u8>)], month: u8) -> Vec<u8> {
    let named: Vec<String> = files.iter().map(|(name, _)| format!("{ROOT}{name}")).collect();
    let bytes = files.iter().map(|(_, bytes)| bytes.as_slice());
    let files: Vec<(&str, &[u8])> = named.iter().map(String::as_str).zip(bytes).collect();
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
    assert_eq!(expected.len(), 4, "{expected:#?}");
    assert_eq!(records(&loose(ROOT)), expected);
    let zip = zipped(&files(), 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
    let mut wrapped = files();
    wrapped.push(("__MACOSX/._comments.csv", b"\0\x05".to_vec()));
    let zip = zipped(&wrapped, 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
}

#[test]
fn parts_of_one_export_belong_together_and_a_missing_one_is_told() {
    let all = files();
    let (one, other) = all.split_at(2);
    let part = |name: &str, files: &[(&str, Vec<u8>)]| {
        MemorySource::new().at(NOW).with_file(name, &zipped(files, 9))
    };
    let first = "takeout-20260901T120000Z-001.zip";
    let source = part(first, one).with_file("takeout-20260901T120000Z-002.zip", &zipped(other, 9));
    assert_eq!(records(&source), records(&loose("")));
    check_coverage(&read_all(&source), "held=32 to=0");
    let third = part(first, one).with_file("takeout-20260901T120000Z-003.zip", &zipped(other, 9));
    let recorder = read_all(&third);
    check_finding(&recorder, "missing-part error takeout-20260901T120000Z-003.zip:0 ×1");
    check_coverage(&recorder, "sent=0 received=0 held=0 to=0");
}

/// A source whose zips say that they are as long as those that others follow.
struct Cut(MemorySource, Vec<rin_plugin::prelude::SourceEntry>);

impl Source for Cut {
    fn entries(&self) -> &[rin_plugin::prelude::SourceEntry] {
        &self.1
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read_at(entry, offset, buffer)
    }

    fn now(&self) -> Moment {
        NOW
    }
}

#[test]
fn a_zip_of_exactly_two_gigabytes_is_followed_by_another() {
    for name in ["takeout-20260901T120000Z-001.zip", "download.zip"] {
        let memory = MemorySource::new().at(NOW).with_file(name, &zipped(&files(), 9));
        let mut entries = memory.entries().to_vec();
        entries[0].size = 2 << 30;
        assert_eq!(export::torn(&Cut(memory, entries)), [name]);
    }
}

#[test]
fn of_two_exports_the_newer_tells_the_subscriptions() {
    let source = MemorySource::new()
        .at(NOW)
        .with_file("a.zip", &zipped(&files(), 3))
        .with_file("b.zip", &zipped(&files(), 9));
    let recorder = read_all(&source);
    assert_eq!(
        (recorder.count("coverage"), recorder.count("subscriber"), recorder.count("comment")),
        (1, 1, 1)
    );
    check_finding(
        &recorder,
        "older-export note a.zip/Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv:0 ×1",
    );
    assert!(recorder.of("subscriber").all(|line| line.contains("start=<=1788264000000")));
}

#[test]
fn the_moment_of_an_export_is_that_of_its_zip() {
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("x.zip", &zipped(&files(), 9)));
    check_coverage(&recorder, "since=1695145373434 until=1788264000000");
    // Unpacked, the last event is the better witness.
    check_coverage(&read_all(&loose("")), "since=1695145373434 until=1695145373434");
}

#[test]
fn what_came_back_is_never_covered_and_said() {
    let recorder = read_all(&loose(""));
    check_coverage(&recorder, &format!("{OWN} sent=0 received=0 held=32 to=0"));
    check_finding(&recorder, "received-not-covered note :0 ×1");
    check_finding(&recorder, "other-files note :0 ×1");
    // Once it is known whose every video is, the comments are all there are.
    let known = with(
        "Takeout/YouTube and YouTube Music/comments.csv",
        &format!("{HEADING}{}", row("one", "", "tbpvom68y_z")),
    );
    let comments = InteractionKinds::of(&[InteractionKind::Comment]).bits();
    check_coverage(
        &read_all(&known.with_file("w.json", WATCHED.as_bytes())),
        &format!("sent={comments} received=0"),
    );
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
    assert_eq!(one("x.csv", SUBSCRIBED.as_bytes()), Probe::CERTAIN);
    assert_eq!(one("subscriptions.csv", b"Channel Id,Channel Url,Channel Title\n"), Probe::CERTAIN);
    for (name, bytes) in [
        ("comments.csv", b"Date,Link,Message\n".as_slice()),
        ("watch.json", WATCHED.as_bytes()),
        ("comments.html", b"<html>"),
        ("subscriptions.csv", b"name,mail\nann,a@b.example\n"),
        ("x.csv", b""),
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
fn a_truncation_at_every_byte_is_read_or_explained() {
    for (name, bytes) in files() {
        for end in 0..bytes.len() {
            let others = files().into_iter().filter(|(other, _)| *other != name);
            let source = others.fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
                source.with_file(&format!("{ROOT}{name}"), &bytes)
            });
            let recorder = read_all(&source.with_file(&format!("{ROOT}{name}"), &bytes[..end]));
            assert_eq!(recorder.count("coverage"), 1, "{name} {end}");
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
            source = source.with_file(&format!("{ROOT}{name}"), &bytes);
        }
        // Damage to what tells a table leaves nothing of an export, which is told.
        let mut recorder = Recorder::default();
        match read(&source, "", &mut recorder) {
            Ok(()) => assert_eq!(recorder.count("coverage"), 1, "{round}"),
            Err(error) => assert!(error.to_string().contains("No YouTube export"), "{error}"),
        }
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
fn bad_tables_under_the_names_of_an_export_are_no_export() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    for file in ["csv_latin1.csv", "csv_nul_bytes.csv", "csv_ragged.csv", "json_html_error.json"] {
        let bytes = fs::read(folder.join(file)).unwrap();
        let source = MemorySource::new().at(NOW).with_file("youtube/subscriptions.csv", &bytes);
        assert_eq!(error_of(&source), "no-export ", "{file}");
    }
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    let shipped = FolderSource::open(&shipped_path(), NOW).unwrap();
    assert_eq!(differs_by_order(&shipped, |source| read_all(source)), None);
}

const COMMENTS: &str = "Takeout/YouTube and YouTube Music/comments/comments.csv";
const SUBSCRIPTIONS: &str = "Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv";

/// The rows of both tables shipped here, with the names of the tables, without their headings.
fn rows() -> Vec<(&'static str, String)> {
    let of = |name: &'static str| {
        let text = fs::read_to_string(shipped_path().join(name)).unwrap();
        text.lines().skip(1).map(|line| (name, line.to_owned())).collect::<Vec<_>>()
    };
    [of(COMMENTS), of(SUBSCRIPTIONS)].concat()
}

fn of_rows(rows: &[(&'static str, String)]) -> MemorySource {
    [COMMENTS, SUBSCRIPTIONS].iter().fold(MemorySource::new().at(NOW), |source, name| {
        let text = fs::read_to_string(shipped_path().join(name)).unwrap();
        let own = rows.iter().filter(|row| row.0 == *name).map(|row| row.1.as_str());
        let all: Vec<&str> = text.lines().take(1).chain(own).collect();
        source.with_file(name, all.join("\n").as_bytes())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rows_does_not_matter(drawn in Just(rows()).prop_shuffle()) {
        let said = unordered(read_all(&of_rows(&rows())));
        prop_assert!(10 < said.len());
        prop_assert_eq!(unordered(read_all(&of_rows(&drawn))), said);
    }
}
