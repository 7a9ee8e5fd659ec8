//! Rounds of chance that can be repeated: each has a seed of its own, and that seed alone makes it again.
//!
//! A round asks with random parameters about random relationships, and again, in another order and in portions; a
//! reader is shown a sample spoilt in a few places, twice. Only what must hold for every plugin is judged.

use std::time::{Duration, Instant};

use rin_core::Text;

use super::{
    Bench, CheckRequest, Outcome, quietly,
    random::Random,
    reader,
    report::Verdict,
    settings,
    start::starts_or_refuses,
    words::{same, say},
    world::{World, ask, difference},
};
use crate::{Connection, Found, Params};

/// Most rows of a round.
const ROWS: usize = 200;

/// How long to try.
#[derive(Clone, Debug, Default)]
pub struct FuzzRequest {
    /// What with; its seed is that of the first round.
    pub check: CheckRequest,
    /// Rounds after which to end.
    pub rounds: Option<u64>,
    /// Time after which to end.
    pub time: Option<Duration>,
}

/// What was tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FuzzReport {
    /// The plugin's id.
    pub plugin: String,
    /// Its version.
    pub version: String,
    /// The seed of the first round.
    pub seed: u64,
    /// Rounds tried.
    pub rounds: u64,
    /// The round that failed, which was the last; `None` if none did.
    pub failure: Option<FuzzFailure>,
}

/// A round that failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FuzzFailure {
    /// Its seed: one round with it fails in the same way.
    pub seed: u64,
    /// Failed or crashed.
    pub outcome: Outcome,
    /// What happened.
    pub what: Text,
}

/// Tries rounds until one fails, or rounds or time are over; without either, one round.
pub fn fuzz_plugin(found: &Found, request: &FuzzRequest, heard: &mut dyn FnMut(u64)) -> FuzzReport {
    let info = &found.manifest.info;
    let mut report = FuzzReport {
        plugin: info.id.clone(),
        version: info.version.clone(),
        seed: request.check.seed,
        rounds: 0,
        failure: None,
    };
    let mut seed = request.check.seed;
    let bench = match Bench::new(found, &request.check) {
        Ok(bench) => bench,
        Err(Verdict { outcome, what }) => {
            report.failure = Some(FuzzFailure { seed, outcome, what });
            return report;
        }
    };
    let started = Instant::now();
    let limit = request.rounds.or(request.time.is_none().then_some(1));
    let is_over = |rounds| {
        limit.is_some_and(|limit| limit <= rounds)
            || request.time.is_some_and(|time| time <= started.elapsed())
    };
    while !is_over(report.rounds) {
        report.rounds += 1;
        heard(report.rounds);
        bench.plugin.how_often_forgotten();
        if let Err(Verdict { outcome, what }) = quietly(|| round(&bench, seed)) {
            report.failure = Some(FuzzFailure { seed, outcome, what });
            break;
        }
        seed = Random::new(seed).bits();
    }
    report
}

fn round(bench: &Bench<'_>, seed: u64) -> Result<(), Verdict> {
    let mut random = Random::new(seed);
    let manifest = bench.manifest();
    let settings = settings::chance(manifest, &bench.request.params, &mut random);
    let with = |verdict: Verdict| match settings::in_words(&settings) {
        words if words.is_empty() => verdict,
        words => verdict.when(&say!("with {words}", "mit {words}")),
    };
    let params =
        Params::check(manifest, &settings).map_err(|error| with(Verdict::failed(same(error))))?;
    let Some(mut connection) = starts_or_refuses(bench, &params).map_err(with)? else {
        return Ok(());
    };
    if manifest.provides.strategy {
        relationships(bench, connection.as_mut(), &mut random).map_err(with)?;
    }
    if manifest.provides.reader {
        files(bench, connection.as_mut(), &mut random).map_err(with)?;
    }
    Ok(())
}

fn relationships(
    bench: &Bench<'_>,
    connection: &mut dyn Connection,
    random: &mut Random,
) -> Result<(), Verdict> {
    let rows = random.below(ROWS);
    let world = World::wild(bench.manifest(), rows, random);
    let mut order = world.order();
    let mut ask = |order: &[usize], at_a_time: usize| {
        ask(connection, &world, order, at_a_time).map_err(|error| {
            Verdict::from(error)
                .when(&say!("{rows} rows, {at_a_time} at a time", "{rows} Zeilen, je {at_a_time}"))
        })
    };
    let first = ask(&order, rows)?;
    let again = ask(&order, rows)?;
    let portion = 1 + random.below(rows);
    let split = ask(&order, portion)?;
    random.shuffle(&mut order);
    let shuffled = ask(&order, rows)?;
    for (what, other) in [
        (say!("asked again", "noch einmal gefragt"), again),
        (say!("asked {portion} at a time", "je {portion} gefragt"), split),
        (say!("asked in another order", "in anderer Reihenfolge gefragt"), shuffled),
    ] {
        if let Some(difference) = difference(&world, bench.manifest(), &first, &other) {
            return Err(Verdict::failed(difference).when(&what));
        }
    }
    Ok(())
}

fn files(
    bench: &Bench<'_>,
    connection: &mut dyn Connection,
    random: &mut Random,
) -> Result<(), Verdict> {
    let samples = match &bench.samples {
        Ok(samples) => samples,
        Err(what) => return Err(Verdict::failed(what.clone())),
    };
    let Some(mut sample) = random.pick(samples) else { return Ok(()) };
    sample.spoil(random);
    let name = &sample.name;
    let with = |verdict: Verdict| verdict.when(&say!("{name}, spoilt", "{name}, verdorben"));
    let first = reader::endure(connection, &sample.lent()).map_err(with)?;
    let again = reader::endure(connection, &sample.lent()).map_err(with)?;
    match reader::difference(&first, &again) {
        None => Ok(()),
        Some(what) => Err(with(Verdict::failed(what))),
    }
}
