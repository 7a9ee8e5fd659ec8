//! Animals that are given a person's files to read.

use std::{fs, time::Duration};

use rin_core::{Moment, Record, RecordSink, Stop};
use rin_host::{FolderSource, Limits, Loading, load};

use super::{both, caged, call_words, calm_works, impatient, lay, load_words, target};

/// Hears what fits.
struct Ear {
    heard: Vec<String>,
    room: usize,
}

impl RecordSink for Ear {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if self.heard.len() == self.room {
            return Err(Stop);
        }
        self.heard.push(format!("{record:?}"));
        Ok(())
    }
}

/// Lets an animal probe and read a small source, and says what came of it.
fn read(animal: &str, how: &Loading, room: usize) -> Option<String> {
    let laid = lay(animal)?;
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), [7; 10]).unwrap();
    let source = FolderSource::open(dir.path(), Moment::from_unix_ms(99)).unwrap();
    let mut ear = Ear { heard: Vec::new(), room };
    let plugin = load(&laid.found(), how).unwrap();
    let words = match plugin.reader(&target(&plugin, "")) {
        Err(error) => load_words(&error),
        Ok(mut reader) => {
            let end = reader.probe(&source).and_then(|_| reader.read(&source, &mut ear));
            end.map_or_else(
                |error| call_words(&error),
                |()| format!("told: {}", ear.heard.join("; ")),
            )
        }
    };
    calm_works();
    Some(words)
}

fn check(animal: &str, how: &Loading, expected: &[&str]) {
    for how in both(how) {
        let Some(words) = read(animal, &how, 2_000) else { return };
        println!("{animal}: {words}");
        for part in expected {
            assert!(words.contains(part), "{animal}: {words} (without {part})");
        }
        if !words.starts_with("told") {
            assert!(words.contains(&format!("plugin org.rin.zoo.{animal} ")), "{words}");
        }
    }
}

#[test]
fn who_reads_on_for_ever_is_ended() {
    check("reader-loop", &impatient(), &["late"]);
    check("reader-progress", &impatient(), &["late"]);
    // The taker wants no more, the reader goes on: it is stopped as if it had been asked to.
    check("reader-records", &impatient(), &["was asked to stop"]);
}

#[test]
fn bytes_that_are_not_there_are_not_lent() {
    check("reader-wild", &caged(), &["told", "beyond -7, none -1, null -1, wide -1"]);
}

#[test]
fn what_a_reader_must_not_say_is_found_out() {
    check("reader-long", &caged(), &["lied", "65537"]);
    check("reader-after", &caged(), &["unreadable", "Broken."]);
    check("reader-sure", &caged(), &["lied", "200"]);
    check("reader-crash", &caged(), &["crashed", "SIGABRT"]);
    check("wild-reader", &caged(), &["crashed", "SIGSEGV"]);
}

#[test]
fn findings_have_an_end() {
    for how in both(&caged()) {
        let Some(words) = read("reader-findings", &how, usize::MAX) else { return };
        // What is beyond the limit is counted in one more.
        let told = words.matches("code: \"again\"").count();
        assert!(words.starts_with("told") && (1..=100_000).contains(&told), "{told}");
    }
}

#[test]
fn records_have_an_end_even_where_everything_is_taken() {
    /// Takes everything and keeps nothing.
    struct Mouth;
    impl RecordSink for Mouth {
        fn record(&mut self, _: Record<'_>) -> Result<(), Stop> {
            Ok(())
        }
    }
    let Some(laid) = lay("reader-records") else { return };
    let dir = tempfile::tempdir().unwrap();
    let source = FolderSource::open(dir.path(), Moment::from_unix_ms(99)).unwrap();
    // Its processor time is the last resort, and would show as a crash.
    let how = impatient();
    let limits = Limits { processor: Duration::from_secs(6), ..how.limits };
    for how in both(&Loading { limits, ..how }) {
        let plugin = load(&laid.found(), &how).unwrap();
        let mut reader = plugin.reader(&target(&plugin, "")).unwrap();
        let words = call_words(&reader.read(&source, &mut Mouth).unwrap_err());
        assert!(words.starts_with("late") || words.starts_with("flooded"), "{words}");
    }
}
