//! What a reader reports arrives as it was said, and what it must not say is found out, wherever it runs.

use std::{fs, thread, time::Duration};

use rin_core::{Moment, Record, RecordSink, Stop};
use rin_host::{CallFault, FolderSource, PluginReader, UnreadableSource};
use rin_plugin::Compiled;

use super::where_to;
use crate::build::{Build, lay_probe, mode};

/// Hears records as text, until it has no room.
struct Ear {
    heard: Vec<String>,
    room: usize,
    progress: Vec<(u64, u64)>,
}

impl Ear {
    fn new(room: usize) -> Self {
        Self { heard: Vec::new(), room, progress: Vec::new() }
    }

    /// Returns what was heard, sorted, since the order across kinds is not promised.
    fn sorted(mut self) -> Vec<String> {
        self.heard.sort();
        self.heard
    }
}

impl RecordSink for Ear {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if self.heard.len() == self.room {
            return Err(Stop);
        }
        self.heard.push(format!("{record:?}"));
        Ok(())
    }

    fn progress(&mut self, done: u64, total: u64) {
        self.progress.push((done, total));
    }
}

fn reader(how: &str) -> PluginReader {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    plugin.reader(&mode(&plugin, how)).unwrap()
}

fn with_source<R>(body: impl FnOnce(&FolderSource) -> R) -> R {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("probe.txt"), [1, 2, 3, 4, 250]).unwrap();
    body(&FolderSource::open(dir.path(), Moment::from_unix_ms(99)).unwrap())
}

fn read(how: &str, room: usize) -> (Ear, Result<(), CallFault>) {
    let mut ear = Ear::new(room);
    let end = with_source(|source| reader(how).read(source, &mut ear));
    (ear, end.map_err(|error| error.fault))
}

#[test]
fn every_shape_of_record_arrives_as_it_was_said() {
    let (ear, end) = read("calm", usize::MAX);
    assert_eq!(end, Ok(()));
    assert_eq!(ear.progress, [(1, 1)]);
    let mut direct = Ear::new(usize::MAX);
    let mut compiled = Compiled::<rin_probe::ProbePlugin>::new().unwrap();
    with_source(|source| compiled.read(source, &mut direct)).unwrap();
    let heard = ear.sorted();
    assert_eq!(heard.len(), 8);
    assert!(heard.iter().any(|record| record.contains("count: 260")), "the file's bytes were read");
    assert_eq!(heard, direct.sorted());
}

#[test]
fn many_records_arrive_in_their_order() {
    let (ear, end) = read("many", usize::MAX);
    assert_eq!((ear.heard.len(), end), (100_000, Ok(())));
    for n in [0, 255, 256, 99_999] {
        assert!(ear.heard[n].contains(&format!("\"event {n}\"")), "{}", ear.heard[n]);
    }
}

#[test]
fn a_probe_answers_in_percent() {
    let certain = with_source(|source| reader("calm").probe(source));
    assert_eq!(certain.map_err(|error| error.fault), Ok(100));
    let dir = tempfile::tempdir().unwrap();
    let empty = FolderSource::open(dir.path(), Moment::from_unix_ms(0)).unwrap();
    assert_eq!(reader("calm").probe(&empty).map_err(|error| error.fault), Ok(0));
    let panicked = with_source(|source| reader("panic-probe").probe(source)).unwrap_err();
    assert!(matches!(panicked.fault, CallFault::Panicked { .. }), "{panicked}");
}

#[test]
fn an_unreadable_source_is_explained() {
    let why = UnreadableSource {
        code: "truncated".into(),
        file: "probe.txt".into(),
        place: 7,
        en: "The file ends early; download it again.".into(),
        de: "Die Datei endet zu früh; lade sie noch einmal herunter.".into(),
    };
    let (ear, end) = read("unreadable", usize::MAX);
    assert_eq!((ear.heard.len(), end), (0, Err(CallFault::Unreadable(Box::new(why)))));
}

#[test]
fn texts_beyond_the_limit_are_a_finding_and_not_the_plugins_fault() {
    let (ear, end) = read("long", usize::MAX);
    assert_eq!(end, Ok(()));
    let heard = ear.sorted();
    assert_eq!(heard.len(), 2, "three records became one finding");
    assert!(heard[0].contains("no-date") && heard[0].len() < 66_000, "a finding's text is cut");
    assert!(heard[1].contains("text-too-long") && heard[1].contains("count: 3"), "{}", heard[1]);
}

#[test]
fn a_reader_stops_when_it_is_told() {
    assert_eq!(read("many", 10).1, Err(CallFault::Cancelled));
    assert!(matches!(read("panic-read", 10).1, Err(CallFault::Panicked { .. })));
}

#[test]
fn a_reader_is_not_refused_for_what_it_finds() {
    let (ear, end) = read("findings", usize::MAX);
    assert_eq!((ear.heard.len(), end), (100_002, Ok(())));
    assert!(ear.heard[99_999].contains("no-date"), "{}", ear.heard[99_999]);
    let (account, last) = (&ear.heard[100_000], &ear.heard[100_001]);
    assert!(account.contains("Ann"), "what comes after the findings is read: {account}");
    assert!(last.contains("more-findings") && last.contains("count: 20000"), "{last}");
}

#[test]
fn a_reader_is_cancelled_from_another_thread() {
    /// Forgets what it hears.
    struct Deaf;
    impl RecordSink for Deaf {
        fn record(&mut self, _: Record<'_>) -> Result<(), Stop> {
            Ok(())
        }
    }
    for how in ["spin", "spin-reading"] {
        let mut reader = reader(how);
        let canceller = reader.canceller();
        let end = thread::scope(|scope| {
            scope.spawn(move || {
                thread::park_timeout(Duration::from_millis(20));
                canceller.cancel();
            });
            with_source(|source| reader.read(source, &mut Deaf))
        });
        assert_eq!(end.map_err(|error| error.fault), Err(CallFault::Cancelled), "{how}");
    }
}
