//! Whole exports read from end to end: genuine ones against their truth, damaged ones, generated and foreign ones.

mod built;
mod damaged;
mod foreign;
mod generated;
mod truth;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use rin_plugin::{prelude::*, testing::MemorySource};

/// The moment every test imports at: 2027-01-01.
const NOW: Moment = Moment::from_unix_ms(1_798_761_600_000);

/// Keeps every record as text, so that sets of them can be compared.
#[derive(Default, Clone, PartialEq, Debug)]
struct Taken {
    /// id, handle, name, flags, seen
    accounts: Vec<(String, String, String, AccountFlags, Option<Moment>)>,
    /// holder, other end, kind, start, label
    ties: Vec<(String, String, TieKind, TieStart, String)>,
    /// id, moment, kind, doer, other side
    interactions: Vec<(String, Moment, InteractionKind, String, String)>,
    /// account, sent, complete ties, until
    coverage: Vec<(String, InteractionKinds, TieKinds, Option<Moment>)>,
    /// code, severity, file, count
    findings: Vec<(String, Severity, String, u64)>,
    /// How many records to take before saying stop.
    stop_after: Option<usize>,
}

impl RecordSink for Taken {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if let Some(left) = &mut self.stop_after {
            *left = left.checked_sub(1).ok_or(Stop)?;
        }
        let own = str::to_owned;
        match record {
            Record::Account(a) => {
                self.accounts.push((own(a.id), own(a.handle), own(a.name), a.flags, a.seen));
            }
            Record::Tie(t) => {
                assert_eq!(t.end, TieEnd::Open);
                self.ties.push((own(t.from), own(t.to), t.kind, t.start, own(t.label)));
            }
            Record::Interaction(i) => {
                self.interactions.push((own(i.id), i.at, i.kind, own(i.from), own(i.to)));
            }
            Record::Coverage(c) => {
                assert_eq!((c.received, c.ties_to), (InteractionKinds::NONE, TieKinds::NONE));
                self.coverage.push((own(c.account), c.sent, c.ties_held, c.until));
            }
            Record::Finding(f) => {
                assert!(!f.en.contains('{') && !f.de.contains('{'), "{f:?}");
                assert!(f.count != 0 && !f.en.is_empty() && !f.de.is_empty(), "{f:?}");
                self.findings.push((own(f.code), f.severity, own(f.file), f.count));
            }
            other => panic!("{other:?}"),
        }
        Ok(())
    }
}

impl Taken {
    /// Returns code and count of the findings about `file`, notes left out.
    fn troubles(&self, file: &str) -> BTreeMap<&str, u64> {
        let about = self.findings.iter().filter(|finding| finding.2 == file);
        let grave = about.filter(|finding| finding.1 != Severity::Note);
        grave.map(|finding| (finding.0.as_str(), finding.3)).collect()
    }

    /// Returns how often `code` was counted in all files.
    fn count(&self, code: &str) -> u64 {
        self.findings.iter().filter(|finding| finding.0 == code).map(|finding| finding.3).sum()
    }

    /// Returns how many interactions there are of each kind.
    fn kinds(&self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for interaction in &self.interactions {
            *kinds.entry(interaction.2.name()).or_insert(0) += 1;
        }
        kinds
    }
}

fn read_all(source: &MemorySource) -> Result<Taken, ReadError> {
    let mut taken = Taken::default();
    super::read(source, &mut taken).map(|()| taken)
}

fn read_one(name: &str, bytes: &[u8]) -> Result<Taken, ReadError> {
    read_all(&MemorySource::new().at(NOW).with_file(name, bytes))
}

fn code_of(error: &ReadError) -> &'static str {
    match error {
        ReadError::Unreadable { code, .. } => code,
        other => panic!("{other}"),
    }
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/bluesky")
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(data().join(name)).unwrap()
}

/// Returns a source of every file in a folder whose name `wanted` takes.
fn folder(name: &str, wanted: impl Fn(&str) -> bool) -> MemorySource {
    let mut source = MemorySource::new().at(NOW);
    for entry in fs::read_dir(data().join(name)).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if wanted(&file) {
            source = source.with_file(&file, &sample(&format!("{name}/{file}")));
        }
    }
    source
}

#[test]
fn a_reader_told_to_stop_stops_at_once() {
    let source = folder("pds", |file| file == "anna.car");
    let all = read_all(&source).unwrap();
    let n_records = all.accounts.len()
        + all.ties.len()
        + all.interactions.len()
        + all.coverage.len()
        + all.findings.len();
    for after in 0..n_records {
        let mut taken = Taken { stop_after: Some(after), ..Taken::default() };
        assert_eq!(super::read(&source, &mut taken), Err(ReadError::Stopped));
        assert_eq!(taken.stop_after, Some(0));
    }
    let mut taken = Taken { stop_after: Some(n_records), ..Taken::default() };
    assert_eq!(super::read(&source, &mut taken), Ok(()));
}

#[test]
fn a_source_is_recognised_by_its_first_bytes() {
    let probe = |name: &str, bytes: &[u8]| {
        super::probe(&MemorySource::new().with_file("a.txt", b"x").with_file(name, bytes))
    };
    let car = sample("pds/anna.car");
    assert_eq!(probe("anna.car", &car), Probe::CERTAIN);
    assert_eq!(probe("repo", &car), Probe::CERTAIN);
    assert_eq!(probe("anna.car", b"<html>"), Probe::LIKELY);
    assert_eq!(probe("outbox.json", b"{}"), Probe::NO);
    assert_eq!(super::probe(&MemorySource::new()), Probe::NO);
}

#[test]
fn a_source_without_a_repository_says_what_to_do() {
    let source = folder("pds", |file| file == "anna.didDoc.json");
    assert_eq!(code_of(&read_all(&source).unwrap_err()), "no-repository");
    assert_eq!(code_of(&read_all(&MemorySource::new()).unwrap_err()), "no-repository");
}

/// A tar of one file.
fn tar_of(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
    header[148..156].copy_from_slice(b"        ");
    header[156] = b'0';
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let padding = vec![0; bytes.len().next_multiple_of(512) - bytes.len() + 1024];
    [&header, bytes, &padding].concat()
}

#[test]
fn a_repository_inside_an_archive_is_to_be_unpacked() {
    let tar = tar_of("anna.car", &sample("pds/anna.car"));
    let source = MemorySource::new().with_file("anna.tar", &tar);
    assert_eq!(super::probe(&source), Probe::MAYBE);
    let ReadError::Unreadable { code, file, en, de, .. } = read_all(&source).unwrap_err() else {
        panic!("stopped");
    };
    assert_eq!((code, file.as_str()), ("no-repository", "anna.tar/anna.car"));
    assert!(en.contains("Unpack it first") && de.contains("Entpacke es zuerst"), "{en} {de}");
    let zip = read_one("anna.car", b"PK\x03\x04").unwrap_err();
    assert_eq!(code_of(&zip), "no-car");
    assert!(zip.to_string().contains("Unpack it first"), "{zip}");
}

#[test]
fn every_error_is_a_sentence_of_what_is_so_and_one_of_what_to_do() {
    use super::failure::Failure;
    use crate::car::{CarError, Foreign};
    let foreign = [Foreign::WebPage, Foreign::Json, Foreign::Packed, Foreign::Unknown];
    let others = [
        CarError::Read(std::io::Error::other("gone")),
        CarError::Empty,
        CarError::CutHeader,
        CarError::Header,
        CarError::Version(2),
        CarError::TooManyBlocks,
        CarError::Inflated,
    ];
    let of_car = foreign.into_iter().map(CarError::Foreign).chain(others);
    let plain = [
        Failure::no_repository(),
        Failure::packed(),
        Failure::truncated(),
        Failure::bad_length(),
        Failure::empty_difference(),
        Failure::no_commit(),
        Failure::bad_commit(),
    ];
    for failure in of_car.map(|error| Failure::car(&error)).chain(plain) {
        let ReadError::Unreadable { en, de, .. } = failure.of("") else { panic!("stopped") };
        for text in [&en, &de] {
            assert!(text.starts_with(char::is_uppercase) && text.ends_with('.'), "{text}");
            assert_eq!(text.matches(". ").count(), 1, "{text}");
        }
        assert!(!de.contains("itte") && !de.contains(" Sie "), "{de}");
    }
}

#[test]
fn files_of_other_kinds_are_counted() {
    let source = folder("pds", |file| file.starts_with("anna."))
        .with_file("chat.jsonl", b"{}\n")
        .with_file("photo.jpg", &[0xff, 0xd8]);
    let taken = read_all(&source).unwrap();
    assert_eq!(taken.count("chat-log"), 1);
    assert_eq!(taken.count("other-files"), 2, "the photo and the listing of records");
    assert_eq!(taken.count("no-handle"), 0);
}
