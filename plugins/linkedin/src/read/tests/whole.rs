//! Whole sources: packed and unpacked, several at once, probed, stopped, cut off and spoilt.

use std::fs;

use super::*;

/// A small export with a table of every kind.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let messages = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n\
        c,,Ann,https://www.linkedin.com/in/ann-1,Mara Beispiel,https://www.linkedin.com/in/mara-1,2023-09-12 03:28:47 UTC,,\"a, \"\"b\"\"\",INBOX\n";
    let contacts = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAnn,,https://www.linkedin.com/in/ann-1,,Club,,08 Feb 2026\n";
    let comments =
        "Date,Link,Message\n2024-07-07 08:46:24,https://www.linkedin.com/feed/update/1,x\n";
    vec![
        ("Comments.csv", comments.as_bytes().to_vec()),
        (
            "Company Follows.csv",
            b"Organization,Followed On\nClub,Wed Jun 24 12:43:42 UTC 2026\n".to_vec(),
        ),
        ("Connections.csv", contacts.as_bytes().to_vec()),
        ("Invitations.csv", format!("{INVITATIONS}{INVITED}").into_bytes()),
        ("Profile.csv", PROFILE.as_bytes().to_vec()),
        ("messages.csv", messages.as_bytes().to_vec()),
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
    assert_eq!(expected.len(), 9, "{expected:#?}");
    assert_eq!(records(&loose("Complete_LinkedInDataExport_09-01-2026/")), expected);
    let zip = zipped(&files(), 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
    let mut wrapped = files();
    wrapped.push(("__MACOSX/._messages.csv", b"\0\x05".to_vec()));
    let zip = zipped(&wrapped, 9);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("x.zip", &zip)), expected);
}

#[test]
fn the_small_and_the_large_archive_belong_together() {
    let all = files();
    let (small, large) = all.split_at(3);
    let source = MemorySource::new()
        .at(NOW)
        .with_file("Basic.zip", &zipped(small, 8))
        .with_file("Complete.zip", &zipped(large, 9));
    let recorder = read_all(&source);
    assert_eq!((recorder.count("coverage"), recorder.count("contact")), (1, 1));
    assert!(recorder.of("contact").all(|line| line.starts_with("contact mara-1 -> ann-1 ")));
}

#[test]
fn of_two_exports_the_newer_tells_the_contacts() {
    let source = MemorySource::new()
        .at(NOW)
        .with_file("a.zip", &zipped(&files(), 3))
        .with_file("b.zip", &zipped(&files(), 9));
    let recorder = read_all(&source);
    assert_eq!((recorder.count("coverage"), recorder.count("contact")), (2, 1));
    check_finding(&recorder, "older-export note a.zip/Connections.csv:0 ×1");
}

#[test]
fn the_moment_of_an_export_is_that_of_its_zip() {
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("x.zip", &zipped(&files(), 9)));
    check_coverage(&recorder, "until=1788264000000");
    assert!(recorder.of("member").all(|line| line.contains("start=<=1788264000000")));
    // Unpacked, the last event is the better witness.
    check_coverage(&read_all(&loose("")), "until=1782305022000");
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
    assert_eq!(one("Connections.csv", b"First Name,Last Name,Connected On\n"), Probe::CERTAIN);
    assert_eq!(one("Profile.csv", PROFILE.as_bytes()), Probe::LIKELY);
    for (name, bytes) in [
        ("messages.csv", b"id,text\n".as_slice()),
        ("comments.csv", b"Comment ID,Channel ID,Video ID\n"),
        ("profile.csv", b"a,b\n"),
        ("following_accounts.csv", b"Account address\n"),
        ("notes.txt", b"First Name,Connected On"),
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
    assert_eq!(one("t.zip", b""), "empty t.zip");
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
                source.with_file(name, &bytes)
            });
            let mut recorder = Recorder::default();
            read(&source.with_file(name, &bytes[..end]), "", &mut recorder).unwrap();
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
                2 => bytes.insert(at, b"\",\n\r\t;\\%-"[self.below(9)]),
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
fn a_foreign_export_is_read() {
    let Some(path) = foreign("linkedin/kawsay/tests/fixtures/linkedin") else { return };
    let source = FolderSource::open(&path, NOW).unwrap();
    let recorder = read_with(&source, "https://www.linkedin.com/in/pedro");
    assert_eq!(messages(&recorder), ["analopez -> pedro", "pedro -> analopez"]);
    assert_eq!(
        contacts(&recorder),
        ["josegarcia start=1705320000000", "aesop start=1706961600000"]
    );
    check_finding(&recorder, "bad-row warning messages.csv:5 ×1");
    // Two people in one conversation: which of them is the owner nobody can tell.
    let alone = read_all(&source);
    check_finding(&alone, "side-unknown error messages.csv:2 ×2");
    assert_eq!((alone.count("message"), alone.count("contact")), (0, 2));
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
            "Connections.csv",
            "messages.csv",
            "Invitations.csv",
            "Comments.csv",
            "Profile.csv",
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
fn bad_tables_under_the_names_of_an_export_say_what_is_wrong() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    let code = |file: &str, name: &str| {
        let source =
            MemorySource::new().at(NOW).with_file(name, &fs::read(folder.join(file)).unwrap());
        let recorder = read_all(&source);
        let code = |line: &String| line.split(' ').next().unwrap().to_owned();
        let grave = |line: &&String| line.contains(" error ");
        findings(&recorder).iter().find(grave).map(code).unwrap_or_default()
    };
    assert_eq!(code("csv_header_only.csv", "messages.csv"), "unknown-heading");
    assert_eq!(code("csv_latin1.csv", "Invitations.csv"), "unknown-heading");
    assert_eq!(code("zip_empty_file.zip", "Connections.csv"), "unknown-heading");
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    for year in ["synth-2018", "synth-2022", "synth-2024"] {
        assert_eq!(differs_by_order(&shipped(year), |source| read_all(source)), None, "{year}");
    }
}

/// The rows of three tables shipped here, with the names of the tables, without their headings.
fn rows() -> Vec<(&'static str, String)> {
    let of = |name: &'static str| {
        let text = fs::read_to_string(shipped_path("synth-2022").join(name)).unwrap();
        let rows = text.lines().skip(headings(name));
        rows.map(|line| (name, line.to_owned())).collect::<Vec<_>>()
    };
    TABLES.map(of).concat()
}

const TABLES: [&str; 3] = ["Connections.csv", "Invitations.csv", "messages.csv"];

/// Lines of a table before its first row.
fn headings(name: &str) -> usize {
    let text = fs::read_to_string(shipped_path("synth-2022").join(name)).unwrap();
    let is_heading =
        |line: &str| line.starts_with("First Name,") || line.to_lowercase().contains("from,");
    text.lines().position(is_heading).unwrap() + 1
}

fn of_rows(rows: &[(&'static str, String)]) -> MemorySource {
    TABLES.iter().fold(MemorySource::new().at(NOW), |source, name| {
        let text = fs::read_to_string(shipped_path("synth-2022").join(name)).unwrap();
        let own = rows.iter().filter(|row| row.0 == *name).map(|row| row.1.as_str());
        let all: Vec<&str> = text.lines().take(headings(name)).chain(own).collect();
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
