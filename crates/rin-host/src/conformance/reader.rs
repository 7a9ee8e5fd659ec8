//! What a reader makes of exports: its own, other people's, broken ones and malicious ones.

mod hostile;

use std::{
    cell::Cell,
    io,
    time::{Duration, Instant},
};

use rin_core::{AccountFlags, Moment, Record, RecordSink, Stop, Text};

pub(super) use self::hostile::{bombs, empty_files, encodings, endure, names, truncation};
use super::{
    Bench, bomb,
    random::Random,
    report::{Tried, Verdict},
    sample::{Lent, Sample},
    strategy::prompt,
    words::{same, say},
};
use crate::{CallFault, Canceller, Connection, Source, SourceEntry};

/// From here on a reader is asked to read without asking the user.
const LIKELY: u8 = 70;
/// Longest part of a record shown.
const SHOWN: usize = 200;

/// Hears records as text.
#[derive(Default)]
pub(super) struct Ear {
    heard: Vec<String>,
    owners: usize,
    coverages: usize,
}

impl Ear {
    /// Returns what was heard, sorted, since the order across kinds is not promised.
    pub(super) fn sorted(mut self) -> Vec<String> {
        self.heard.sort();
        self.heard
    }
}

impl RecordSink for Ear {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        match record {
            Record::Account(account) if account.flags.contains(AccountFlags::OWNER) => {
                self.owners += 1;
            }
            Record::Coverage(_) => self.coverages += 1,
            _ => {}
        }
        self.heard.push(format!("{record:?}"));
        Ok(())
    }
}

/// Returns a source without files.
pub(super) fn nothing() -> Lent {
    Sample::of([]).lent()
}

/// Returns files that are no export of any platform.
fn foreign(seed: u64) -> Vec<(Text, Lent)> {
    let mut random = Random::new(seed);
    let mut noise = |n: usize| (0..n).flat_map(|_| random.bits().to_le_bytes()).collect::<Vec<_>>();
    let one = |name: &str, bytes: &[u8]| Sample::of([(name.to_owned(), bytes.to_vec())]).lent();
    let picture = [b"\xFF\xD8\xFF\xE0\0\x10JFIF\0".as_slice(), &noise(64)].concat();
    let zip = bomb::small_zip("holiday/readme.txt", b"Sunny.");
    let noise = noise(512);
    vec![
        (say!("nothing", "nichts"), nothing()),
        (say!("noise", "Rauschen"), one("7f3a", &noise)),
        (say!("a picture", "ein Bild"), one("holiday.jpg", &picture)),
        (say!("a letter", "ein Brief"), one("letter.txt", b"Dear Ann,\n\nall is well.\n")),
        (say!("a table", "eine Tabelle"), one("prices.csv", b"article,price\npear,2\n")),
        (say!("a setting", "eine Einstellung"), one("settings.json", b"{\"colour\": \"blue\"}")),
        (say!("a zip of somebody else", "ein fremdes Zip"), one("holiday.zip", &zip)),
        (say!("an empty file", "eine leere Datei"), one("empty", b"")),
    ]
}

pub(super) fn probe_foreign(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    for (what, source) in foreign(bench.request.seed) {
        let with = |verdict: Verdict| verdict.when(&what);
        let sure = connection.probe(&source).map_err(|error| with(error.into()))?;
        if LIKELY <= sure {
            return Err(with(Verdict::failed(say!(
                "it is {sure} % sure that this is its own",
                "es ist zu {sure} % sicher, dass das seines ist"
            ))));
        }
        let again = connection.probe(&source).map_err(|error| with(error.into()))?;
        if sure != again {
            return Err(with(Verdict::failed(say!(
                "it is {sure} % sure, then {again} %",
                "es ist zu {sure} % sicher, dann zu {again} %"
            ))));
        }
    }
    Ok(Verdict::fine())
}

pub(super) fn sample_read(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    let (mut unsure, mut records) = (Vec::new(), 0);
    for sample in bench.samples()? {
        let with = |verdict: Verdict| verdict.when(&same(&sample.name));
        let source = sample.lent();
        let sure = connection.probe(&source).map_err(|error| with(error.into()))?;
        if sure < LIKELY {
            unsure.push(format!("{} ({sure} %)", sample.name));
        }
        let mut ear = Ear::default();
        connection.read(&source, &mut ear).map_err(|error| with(error.into()))?;
        if ear.heard.is_empty() {
            return Err(with(Verdict::failed(say!(
                "it reads nothing from it",
                "es liest nichts daraus"
            ))));
        }
        records += ear.heard.len();
    }
    if unsure.is_empty() {
        return Ok(Verdict::passed(say!("{records} records", "{records} Datensätze")));
    }
    let unsure = unsure.join(", ");
    Ok(Verdict::warned(say!("it is not sure of {unsure}", "es ist sich nicht sicher bei {unsure}")))
}

pub(super) fn sample_coverage(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    for sample in bench.samples()? {
        let mut ear = Ear::default();
        connection
            .read(&sample.lent(), &mut ear)
            .map_err(|error| Verdict::from(error).when(&same(&sample.name)))?;
        let missing = match (ear.owners, ear.coverages) {
            (0, _) => say!(
                "it does not say whose account this is (AccountFlags::OWNER)",
                "es sagt nicht, wessen Konto das ist (AccountFlags::OWNER)",
            ),
            (_, 0) => say!(
                "it does not say what this can see (a coverage record)",
                "es sagt nicht, was darin zu sehen ist (ein Coverage-Datensatz)",
            ),
            _ => continue,
        };
        return Ok(Verdict::warned(missing).when(&same(&sample.name)));
    }
    Ok(Verdict::fine())
}

pub(super) fn sample_repeat(bench: &Bench<'_>) -> Tried {
    let (mut one, mut other) = (bench.connect()?, bench.connect()?);
    for sample in bench.samples()? {
        let with = |verdict: Verdict| verdict.when(&same(&sample.name));
        let first = read(one.as_mut(), &sample.lent()).map_err(with)?;
        for connection in [&mut one, &mut other] {
            let again = read(connection.as_mut(), &sample.lent()).map_err(with)?;
            if let Some(what) = difference(&first, &again) {
                return Err(with(Verdict::failed(what)));
            }
        }
    }
    Ok(Verdict::fine())
}

fn read(connection: &mut dyn Connection, source: &Lent) -> Result<Vec<String>, Verdict> {
    let mut ear = Ear::default();
    connection.read(source, &mut ear)?;
    Ok(ear.sorted())
}

/// Says which record two readings do not share; `None` if they are alike.
pub(super) fn difference(first: &[String], second: &[String]) -> Option<Text> {
    let lost = first.iter().find(|record| second.binary_search(record).is_err());
    let gained = second.iter().find(|record| first.binary_search(record).is_err());
    let cut = |record: &String| record.chars().take(SHOWN).collect::<String>();
    match (lost, gained) {
        (Some(record), _) => {
            let record = cut(record);
            Some(say!("only in the first reading: {record}", "nur beim ersten Lesen: {record}"))
        }
        (_, Some(record)) => {
            let record = cut(record);
            Some(say!("only in the second reading: {record}", "nur beim zweiten Lesen: {record}"))
        }
        _ if first.len() == second.len() => None,
        _ => {
            let (n, then) = (first.len(), second.len());
            Some(say!("{n} records, then {then}", "{n} Datensätze, dann {then}"))
        }
    }
}

/// Stops at the first record and remembers when.
struct Full(Option<Instant>);

impl RecordSink for Full {
    fn record(&mut self, _: Record<'_>) -> Result<(), Stop> {
        self.0.get_or_insert_with(Instant::now);
        Err(Stop)
    }
}

pub(super) fn read_stops(bench: &Bench<'_>) -> Tried {
    let samples = bench.samples()?;
    let mut connection = bench.connect()?;
    for sample in samples {
        prompt(|| {
            let mut full = Full(None);
            let answer = connection.read(&sample.lent(), &mut full);
            ended(answer.map_err(|error| error.fault), full.0.map(|asked| asked.elapsed()))
        })
        .map_err(|verdict| verdict.when(&same(&sample.name)))?;
        read(connection.as_mut(), &sample.lent()).map_err(|verdict| {
            let name = &sample.name;
            verdict.when(&say!("{name}, read again", "{name}, noch einmal gelesen"))
        })?;
    }
    Ok(Verdict::fine())
}

/// Judges a reading that was interrupted; `late` is the time since then.
fn ended(answer: Result<(), CallFault>, late: Option<Duration>) -> Result<Duration, Verdict> {
    match (answer, late) {
        (Ok(()) | Err(CallFault::Cancelled | CallFault::Late { .. }), Some(late)) => Ok(late),
        (Ok(()), None) => Ok(Duration::ZERO),
        (Err(fault), _) => Err(crate::CallError { plugin: String::new(), fault }.into()),
    }
}

/// Files whose first byte read brings the wish to stop.
struct Cancelling {
    lent: Lent,
    canceller: Canceller,
    asked: Cell<Option<Instant>>,
}

impl Source for Cancelling {
    fn entries(&self) -> &[SourceEntry] {
        self.lent.entries()
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        if self.asked.get().is_none() {
            self.canceller.cancel();
            self.asked.set(Some(Instant::now()));
        }
        self.lent.read_at(entry, offset, buffer)
    }

    fn now(&self) -> Moment {
        self.lent.now()
    }
}

pub(super) fn read_cancel(bench: &Bench<'_>) -> Tried {
    for sample in bench.samples()? {
        prompt(|| {
            let mut connection = bench.connect()?;
            let source = Cancelling {
                lent: sample.lent(),
                canceller: connection.canceller(),
                asked: Cell::new(None),
            };
            let answer = connection.read(&source, &mut Ear::default());
            let late = source.asked.get().map(|asked| asked.elapsed());
            ended(answer.map_err(|error| error.fault), late)
        })
        .map_err(|verdict| verdict.when(&same(&sample.name)))?;
    }
    Ok(Verdict::fine())
}
