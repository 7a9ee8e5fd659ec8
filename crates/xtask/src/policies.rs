//! `cargo xtask policies`: lives through public networks under every policy, and prints the tables of docs/METHODS.md.
//!
//! The protocol: a thousand real ties heard of within a year at a fixed cut-off; contact that comes by itself from a Hawkes
//! process fitted to the whole set; answers by the law of the set; one, three or eight touches a day for a year, the same
//! tie at most every fortnight; importance equal or lognormal. What a policy knows was learned from before the cut-off.

mod report;
mod sets;

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rin_core::{Course, Policy, SimulationRequest, Timing, TimingRequest, simulate, timing};

use self::sets::Set;

/// Touches a day.
const BUDGETS: [f64; 3] = [1.0, 3.0, 8.0];
/// Days at which the schedules are looked at.
const DAYS: [u32; 5] = [42, 272, 365, 730, 1_095];
/// The constants of the worth were chosen on smaller seeds; those of the tables come after this one.
const FIRST_SEED: u64 = 200;
/// Length of a campaign in days.
const CAMPAIGN: u32 = 42;
/// Seeds of the timing table: each lives three years three times.
const TIMING_SEEDS: u64 = 20;

/// What was asked for.
#[derive(Debug)]
struct Request {
    dir: PathBuf,
    seeds: u64,
    is_markdown: bool,
}

/// One year to be lived: which set, how ties matter, how many touches, whose luck.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Cell {
    set: usize,
    is_unequal: bool,
    budget: f64,
    seed: u64,
}

/// What each policy made of one cell, in the order of [`Policy::ALL`].
#[derive(Debug)]
struct Lived {
    cell: Cell,
    /// The courses without their days: end and mean value.
    values: Vec<(f64, f64)>,
}

/// Runs the protocol and prints its tables.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let request = parse(words)?;
    let sets = sets::read(&request.dir)?;
    let mut cells = Vec::new();
    for set in 0..sets.len() {
        for is_unequal in [false, true] {
            for budget in BUDGETS {
                let seeds = (1..=request.seeds).map(|seed| FIRST_SEED + seed);
                cells.extend(seeds.map(|seed| Cell { set, is_unequal, budget, seed }));
            }
        }
    }
    let lived = parallel(&cells, |cell| {
        eprint!(".");
        sets.get(cell.set).map(|set| live(set, *cell))
    });
    let lived: Vec<Lived> = lived.into_iter().flatten().collect();
    let seeds: Vec<u64> = (1..=TIMING_SEEDS).map(|seed| FIRST_SEED + seed).collect();
    let timings = sets.first().map(|set| parallel(&seeds, |seed| schedules(set, *seed)));
    eprintln!();
    println!("{}", report::text(&sets, &lived, &timings.unwrap_or_default(), request.is_markdown));
    Ok(())
}

fn parse(words: &[&str]) -> Result<Request, String> {
    let mut request = Request { dir: PathBuf::new(), seeds: 5, is_markdown: false };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--markdown" => request.is_markdown = true,
            "--seeds" => {
                let value = words.next().ok_or_else(|| format!("{word} wants a value"))?;
                request.seeds = crate::number(value)?;
            }
            option if option.starts_with("--") => {
                return Err(format!("`{option}` is no option of policies"));
            }
            dir => request.dir = dir.into(),
        }
    }
    if request.dir == Path::new("") {
        return Err("say which folder holds the data sets: cargo xtask policies DIR".to_owned());
    }
    Ok(request)
}

/// Lives through one cell under every policy.
fn live(set: &Set, cell: Cell) -> Lived {
    let world = set.world(cell.is_unequal, cell.seed);
    let year = SimulationRequest { touches_a_day: cell.budget, ..SimulationRequest::default() };
    let lived = |policy| {
        let course: Course = simulate(&world, policy, &set.knowledge, &year, cell.seed);
        (course.end(), course.mean())
    };
    Lived { cell, values: Policy::ALL.into_iter().map(lived).collect() }
}

fn schedules(set: &Set, seed: u64) -> Timing {
    let request = TimingRequest {
        touches_a_day: 3.0,
        campaign_days: CAMPAIGN,
        days: &DAYS,
        horizon_days: 180.0,
        policy: Policy::Ours,
        seed,
    };
    timing(&set.world(false, seed), &set.knowledge, &request)
}

/// Works on all items with as many threads as there are cores, and returns the results in order.
fn parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return };
            let result = work(item);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(worker);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
