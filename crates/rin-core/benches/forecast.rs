//! What a forecast costs: a probability, its interval, an action's index, a lapse date, a scan and a fit.
//!
//! Prints one line a figure: name, value, unit, separated by tabs; what has a goal says it in the name. What takes
//! nanoseconds is timed in batches of some microseconds, whose median other work on the machine hardly moves; of what
//! takes longer the best of a few runs counts. Lapse dates scanned by the first argument.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]

use std::{hint::black_box, time::Instant};

use rin_core::{
    Day, Decayed, Example, History, LapseQueue, Moment, PartyId, Staying, StayingLaw, TieState,
    fold,
    testing::{self, Random},
};

/// Ties asked about in turn, few enough to stay in the cache.
const TIES: usize = 1024;
const HORIZON: f64 = 180.0;

fn main() {
    let lapses = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(10_000_000);
    sqrt_rule();
    queues(lapses);
    let log = testing::power_law_log(2_000_000, 50_000, 1);
    states(&log);
    law(&History::new(log));
}

/// One silent tie as both forecasts see it.
#[derive(Clone, Copy)]
struct Case {
    before: Staying,
    after: Staying,
    silence: f64,
}

impl Case {
    fn outlook(&self) -> f64 {
        let alive = self.before.contact_within(HORIZON, self.silence);
        let range = self.before.range_within(HORIZON, self.silence);
        let gain = self.after.contact_within(HORIZON, 0.0) - alive;
        alive + range.low + range.high + gain
    }
}

fn sqrt_rule() {
    let mut random = Random::new(1);
    let cases: Vec<Case> = (0..TIES)
        .map(|_| {
            let days = (1.0 + 100.0 * random.unit().powi(3)).floor();
            Case {
                before: Staying::by_sqrt_rule(1.0, days),
                after: Staying::by_sqrt_rule(1.0, days + 1.0),
                silence: 700.0 * random.unit(),
            }
        })
        .collect();
    each("probability (goal 30)", &cases, 2_000, |case| {
        case.before.contact_within(HORIZON, case.silence)
    });
    each("probability, interval and index (goal 100)", &cases, 1_000, Case::outlook);
    each("lapse date", &cases, 2_000, |case| case.before.days_to_lapse(HORIZON, 0.5));
}

fn queues(count: usize) {
    let mut random = Random::new(2);
    let start = Moment::from_unix_ms(1_786_000_000_000);
    let lapses: Vec<Moment> =
        (0..count).map(|_| start.plus_days(1_000.0 * random.unit())).collect();
    let (week, seconds) = timed(|| {
        let end = start.plus_days(7.0);
        black_box(&lapses).iter().filter(|lapse| **lapse < end).count()
    });
    println!("lapse dates scanned\t{count}\t");
    println!("of them due this week\t{week}\t");
    println!("scan (goal 1)\t{seconds:.4}\ts");
    let parties = || (0..1_000_000).zip(lapses.iter().cycle());
    let mut queue = LapseQueue::default();
    let fill = |queue: &mut LapseQueue, by: f64| {
        for (party, lapse) in parties() {
            queue.set(PartyId::new(party), lapse.plus_days(by));
        }
    };
    fill(&mut queue, 0.0);
    let mut by = 0.0;
    let ((), seconds) = timed(|| {
        by += 30.0;
        fill(&mut queue, by);
    });
    println!("queue of a million, set\t{:.0}\tns", seconds * 1e3);
    let (due, seconds) = timed(|| -> usize {
        (0..100).map(|_| black_box(&queue).until(start.plus_days(7.0 + by)).count()).sum()
    });
    println!("queue, read what is due\t{:.1}\tns an entry", seconds * 1e9 / due.max(1) as f64);
}

fn states(log: &[rin_core::Interaction]) {
    let table = fold(log);
    let bytes: usize = table.iter().map(|(_, _, bytes)| bytes.len()).sum();
    println!("ties\t{}\t", table.len());
    println!("bytes of a tie's state (goal 96)\t{:.1}\tB", bytes as f64 / table.len() as f64);
    let states: Vec<TieState> = table
        .iter()
        .take(TIES)
        .filter_map(|(_, _, bytes)| TieState::from_bytes(bytes).ok())
        .collect();
    let days: usize = states.iter().map(|state| state.days().len()).sum();
    println!("contact days a tie\t{:.1}\t", days as f64 / states.len().max(1) as f64);
    each("decayed sums of a state", &states, 300, |state| {
        Decayed::of(state).map_or(0.0, |sums| sums.at(Day::from_number(20_000))[2])
    });
}

fn law(history: &History) {
    let end = history.last().unwrap_or(Moment::from_unix_ms(0)).plus_days(-90.0).day();
    let mut examples = history.examples(end, 90.0, 2);
    examples.truncate(100_000);
    let (law, seconds) = timed(|| StayingLaw::learn(&examples, 90.0));
    println!("fit, ties\t{}\t", law.ties());
    println!("fit (goal 5)\t{seconds:.2}\ts");
    let ties: Vec<Example<'_>> =
        examples.iter().step_by((examples.len() / TIES).max(1)).copied().collect();
    let days: f64 = ties.iter().map(|one| one.tie.contact_days()).sum();
    println!("law, contact days a tie\t{:.1}\t", days / ties.len().max(1) as f64);
    each("law, features and staying power", &ties, 300, |one| law.staying(&one.tie).shape);
    each("law, expected interactions and interval", &ties, 20, |one| {
        law.expected(&one.tie, 90.0).1.high
    });
    let cases: Vec<Case> = ties
        .iter()
        .map(|one| {
            let staying = law.staying(&one.tie);
            Case { before: staying, after: staying, silence: one.tie.silence_days() }
        })
        .collect();
    each("law, probability (goal 30)", &cases, 2_000, |case| {
        case.before.contact_within(HORIZON, case.silence)
    });
    each("law, probability, interval and index (goal 100)", &cases, 1_000, Case::outlook);
}

/// Prints what one call takes: the median over `rounds` through all cases.
fn each<T>(name: &str, cases: &[T], rounds: usize, call: impl Fn(&T) -> f64) {
    let round = |_| {
        let start = Instant::now();
        black_box(black_box(cases).iter().map(&call).sum::<f64>());
        start.elapsed().as_secs_f64()
    };
    let mut times: Vec<f64> = (0..rounds).map(round).collect();
    times.sort_by(f64::total_cmp);
    let median = times.get(rounds / 2).copied().unwrap_or_default();
    println!("{name}\t{:.1}\tns", median * 1e9 / cases.len().max(1) as f64);
}

/// Returns what a run gives and its seconds, the least of five.
fn timed<T>(mut run: impl FnMut() -> T) -> (T, f64) {
    let mut once = || {
        let start = Instant::now();
        let result = black_box(run());
        (result, start.elapsed().as_secs_f64())
    };
    let (mut result, mut least) = once();
    for _ in 0..4 {
        let (again, seconds) = once();
        (result, least) = (again, least.min(seconds));
    }
    (result, least)
}
