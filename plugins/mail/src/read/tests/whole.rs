//! Whole sources: packed and unpacked, probed, stopped, cut off and spoilt.

use std::fs;

use super::*;

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let mail = [
        "X-Gmail-Labels: Gesendet\nFrom: m@a.example\nTo: \"Bee, Ann\" <ann@x.example>\nMessage-ID: <1@a>",
        "From: =?utf-8?b?SsO2cmc=?= <j@x.example>\nTo: m@a.example\nList-Id: <l.a.example>\nMessage-ID: <2@a>",
    ];
    let mail: String = mail.iter().map(|head| letter(head)).collect();
    let card = "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=B6rg\nEMAIL:j@x.example\nORG:Club\nREV:20240501T100000Z\nEND:VCARD\n";
    vec![("Mail/All.mbox", mail.into_bytes()), ("Contacts/all.vcf", card.as_bytes().to_vec())]
}

fn loose(prefix: &str) -> MemorySource {
    files().iter().fold(MemorySource::new().at(NOW), |source, (name, bytes)| {
        source.with_file(&format!("{prefix}{name}"), bytes)
    })
}

fn zipped() -> Vec<u8> {
    let files = files();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    zip_of(&files)
}

fn records(source: &dyn Source) -> Vec<String> {
    let recorder = read_all(source);
    let told = findings(&recorder);
    recorder.lines.into_iter().filter(|line| !told.contains(line)).collect()
}

#[test]
fn packed_unpacked_and_wrapped_is_the_same() {
    let expected = records(&loose(""));
    assert_eq!(
        expected.iter().filter(|line| line.starts_with("message")).count(),
        2,
        "{expected:#?}"
    );
    assert_eq!(records(&loose("Takeout/")), expected);
    assert_eq!(records(&MemorySource::new().at(NOW).with_file("t.zip", &zipped())), expected);
}

#[test]
fn letters_that_are_kept_and_letters_read_again_are_the_same() {
    let cut = ["X: 1", "To: b@x.example\nFrom: b@x.example", "From: c@x.example"].map(letter);
    let source = loose("").with_file("Sent.mbox", (cut.concat() + MARK + "\nTo: x").as_bytes());
    let read = |kept: usize| {
        let mut recorder = Recorder::default();
        read_within(&source, &[], kept, &mut recorder).unwrap();
        recorder.lines
    };
    let whole = read(KEPT);
    assert!(whole.iter().any(|line| line.contains("cut-letter")), "{whole:#?}");
    // From nothing on, in steps that end inside of files and between them.
    (0..12_000).step_by(400).for_each(|kept| assert_eq!(read(kept), whole, "{kept}"));
}

#[test]
fn mail_is_told_by_its_first_line() {
    let one =
        |name: &str, text: &str| probe_of(&MemorySource::new().with_file(name, text.as_bytes()));
    assert_eq!(one("Inbox", &letter("From: a@b")), Probe::CERTAIN);
    assert_eq!(one("x.mbox", &letter("From: a@b")), Probe::CERTAIN);
    assert_eq!(one("x.vcf", "\u{feff}begin:vcard\r\nFN:A"), Probe::CERTAIN);
    assert_eq!(one("x.eml", "From: a@b\n\n"), Probe::LIKELY);
    assert_eq!(one("Maildir/cur/1:2,S", "From: a@b\n\n"), Probe::LIKELY);
    for (name, text) in [
        ("x.mbox", "hello"),
        ("x.vcf", "<html>"),
        ("x.csv", "BEGIN:VCARD"),
        ("notes", "From here"),
        ("x.eml", ""),
    ] {
        assert_eq!(one(name, text), Probe::NO, "{name}");
    }
    assert_eq!(probe_of(&loose("Takeout/")), Probe::CERTAIN);
}

#[test]
fn what_is_no_mail_is_refused_with_a_remedy() {
    let one =
        |name: &str, bytes: &[u8]| error_of(&MemorySource::new().at(NOW).with_file(name, bytes));
    assert_eq!(one("notes.txt", b"x"), "no-mail ");
    assert_eq!(one("x.vcf", b"<html>"), "no-mailbox x.vcf");
    assert_eq!(one("t.zip", b"<html>"), "html t.zip");
    assert_eq!(error_of(&MemorySource::new()), "no-mail ");
}

#[test]
fn folders_of_single_letters_are_read() {
    let text = |head: &str| format!("{head}\n{DATE}\n\nx");
    let source = MemorySource::new()
        .at(NOW)
        .with_file(
            ".Sent/cur/1:2,S",
            text("From: m@a.example\nTo: ann@x.example\nMessage-ID: <1@a>").as_bytes(),
        )
        .with_file(
            "cur/2:2,S",
            text("From: ann@x.example\nTo: m@a.example\nMessage-ID: <2@a>").as_bytes(),
        )
        .with_file(
            "saved.eml",
            text("From: ann@x.example\nTo: m@a.example\nMessage-ID: <3@a>").as_bytes(),
        );
    assert_eq!(read_all(&source).count("message"), 3);
}

#[test]
fn a_fault_of_many_single_letters_is_told_once() {
    let source = ["cur/1", "cur/2", "a.eml", "b.eml"].iter().fold(mailbox(&[]), |source, name| {
        source.with_file(name, format!("To: m@a.example\n{DATE}\n\nx").as_bytes())
    });
    let told = findings(&read_all(&source));
    let told: Vec<&String> = told.iter().filter(|line| line.starts_with("no-sender")).collect();
    assert_eq!(told, ["no-sender warning a.eml:1 ×2", "no-sender warning cur/1:1 ×2"]);
}

#[test]
fn a_host_that_wants_no_more_is_obeyed_at_every_record() {
    let source = loose("");
    let all = read_all(&source).lines.len();
    for most in 0..all {
        let mut recorder = Recorder { stop_after: Some(most), ..Recorder::default() };
        let result = read(&source, &[], &mut recorder);
        assert_eq!((result, recorder.lines.len()), (Err(ReadError::Stopped), most));
    }
}

#[test]
fn a_truncation_at_every_byte_is_read_or_explained() {
    for (name, bytes) in files() {
        for end in 0..bytes.len() {
            let source = MemorySource::new().at(NOW).with_file(name, &bytes[..end]);
            check_end(&source, &format!("{name} {end}"));
        }
    }
    let zip = zipped();
    for end in 0..zip.len() {
        let source = MemorySource::new().with_file("x.zip", &zip[..end]);
        assert!(read(&source, &[], &mut Recorder::default()).is_err(), "{end}");
    }
}

#[test]
fn a_mailbox_cut_off_in_a_header_is_not_complete() {
    let text = letter("X-Gmail-Labels: Sent\nFrom: m@a.example\nTo: ann@x.example")
        + MARK
        + "\nFrom: ann@x.exa";
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("a.mbox", text.as_bytes()));
    check_finding(&recorder, "cut-letter warning a.mbox:9 ×1");
    check_coverage(&recorder, "sent=0 received=0");
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
                2 => bytes.insert(at, b"\"<>\n\r:;=\\%"[self.below(10)]),
                _ => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            }
        }
    }
}

#[test]
fn seeded_damage_never_panics_and_is_always_answered() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let shipped = fs::read(shipped_path().join("contacts.vcf")).unwrap();
    for round in 0..600 {
        let mut source = MemorySource::new().at(NOW);
        let card = ("b.vcf", shipped.clone());
        for (name, mut bytes) in files().into_iter().chain([card]) {
            chance.spoil(&mut bytes);
            source = source.with_file(name, &bytes);
        }
        check_end(&source, &round.to_string());
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
        for name in [own, "Inbox", "a.mbox", "a.vcf", "a.eml", "cur/1"] {
            let source = MemorySource::new().at(NOW).with_file(name, &bytes);
            let _probe = probe_of(&source);
            check_end(&source, own);
        }
        assert_ne!(probe_of(&MemorySource::new().with_file(own, &bytes)), Probe::CERTAIN, "{own}");
        for name in [own, "Inbox", "a.mbox", "a.vcf"] {
            let said = error_of(&MemorySource::new().at(NOW).with_file(name, &bytes));
            assert_ne!(said, "Ok(())", "{own} as {name}");
        }
        seen += 1;
    }
    assert_eq!(seen, 44);
}

/// Reads to the end, or to an error that says what to do.
#[track_caller]
fn check_end(source: &MemorySource, name: &str) {
    let mut recorder = Recorder::default();
    match read(source, &[], &mut recorder) {
        Err(ReadError::Unreadable { en, de, .. }) => {
            assert!(en.ends_with('.') && de.ends_with('.'), "{name}: {en}");
        }
        other => {
            assert_eq!(other, Ok(()), "{name}");
            assert_eq!(recorder.count("coverage"), 1, "{name}");
        }
    }
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    let shipped = FolderSource::open(&shipped_path(), NOW).unwrap();
    assert_eq!(differs_by_order(&shipped, |source| read_all(source)), None);
}

/// The letters of the mailbox shipped here.
fn letters() -> Vec<String> {
    let name = "All mail Including Spam and Trash.mbox";
    let all = fs::read_to_string(shipped_path().join(name)).unwrap();
    let letters = all.strip_prefix("From ").unwrap().split("\nFrom ");
    letters.map(|letter| format!("From {}\n\n", letter.trim_end())).collect()
}

fn of_letters(letters: &[String]) -> MemorySource {
    MemorySource::new().at(NOW).with_file("all.mbox", letters.concat().as_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_letters_does_not_matter(drawn in Just(letters()).prop_shuffle()) {
        let said = unordered(read_all(&of_letters(&letters())));
        prop_assert!(10 < said.len());
        prop_assert_eq!(unordered(read_all(&of_letters(&drawn))), said);
    }
}
