//! What the boundary costs: one strategy compiled in, loaded from a library, and confined in a worker.
//!
//! All compute the same rule over the same million relationships, batch by batch and in turn; the ratios of their
//! processor times are the price of the boundary and of the lead. What a worker uses is counted with its host's.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]
#![expect(clippy::print_stdout, reason = "it prints a ratio that no harness prints")]

#[path = "../tests/it/build.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod build;
#[path = "../tests/it/world.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod world;

use std::{sync::LazyLock, time::Instant};

use rin_core::{Batch, Proposal, ProposalSink, Stop, Strategy};
use rin_host::{Loading, ParamValue, Params, PluginStrategy};
use rin_plugin::Compiled;

use crate::world::World;

const ROWS: usize = 1_000_000;
/// Rows lent at a time, as `rin_core::propose` does. A loaded strategy sees fewer at once.
const BATCH_ROWS: usize = 262_144;

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(ROWS, 1));
static LAID: LazyLock<build::Laid> = LazyLock::new(|| {
    let library = build::probe("release", &[]);
    build::Laid::new(&build::probe_manifest(), &library, "rin_probe")
});

fn main() {
    divan::main();
    starts();
    for case in CASES {
        ratio(case);
    }
}

/// Prints how long a worker takes from nothing to its first answer.
fn starts() {
    let plugin = LAID.load(&build::away());
    let params = Params::defaults(plugin.manifest());
    let mut times: Vec<_> = (0..101)
        .map(|_| {
            let begin = Instant::now();
            let mut strategy = plugin.strategy(&params).unwrap();
            let said = WORLD.rows(0, 8192, |batch| strategy.propose(batch, &mut Sum::default()));
            said.unwrap();
            begin.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    println!("worker, start to first answer, median\t{}\tus (least {})", times[50], times[0]);
}

/// Counts proposals and adds up their effects, so that none of the work can be left out.
#[derive(Default)]
struct Sum {
    n: usize,
    effect: f32,
}

impl ProposalSink for Sum {
    fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop> {
        self.n += 1;
        self.effect += proposal.effect;
        Ok(())
    }
}

fn ask_about_all(strategy: &mut dyn Strategy) -> Sum {
    let mut sum = Sum::default();
    for from in (0..ROWS).step_by(BATCH_ROWS) {
        let ask = |batch: &Batch<'_>| strategy.propose(batch, &mut sum);
        WORLD.rows(from, from + BATCH_ROWS, ask).unwrap();
    }
    sum
}

/// The rule, and the threshold: at 645 days something is proposed for one relationship in 60, at 30 for nearly all.
type Case = (&'static str, u32);

const CASES: [Case; 4] = [("logistic", 645), ("logistic", 30), ("calm", 645), ("calm", 30)];

fn compiled(case: Case) -> Compiled<rin_probe::ProbePlugin> {
    Compiled::with_values(vec![ParamValue::Text(case.0.into()), ParamValue::Number(case.1.into())])
        .unwrap()
}

fn loaded_strategy((mode, threshold): Case, how: &Loading) -> PluginStrategy {
    let plugin = LAID.load(how);
    let settings = format!("mode = \"{mode}\"\nthreshold = {threshold}").parse().unwrap();
    plugin.strategy(&Params::check(plugin.manifest(), &settings).unwrap()).unwrap()
}

fn run(bencher: divan::Bencher<'_, '_>, strategy: &mut dyn Strategy) {
    let bencher = bencher.counter(divan::counter::ItemsCount::new(ROWS));
    bencher.bench_local(|| ask_about_all(strategy));
}

#[divan::bench(args = 0..CASES.len(), max_time = 1)]
fn compiled_in(bencher: divan::Bencher<'_, '_>, case: usize) {
    run(bencher, &mut compiled(CASES[case]));
}

#[divan::bench(args = 0..CASES.len(), max_time = 1)]
fn loaded(bencher: divan::Bencher<'_, '_>, case: usize) {
    run(bencher, &mut loaded_strategy(CASES[case], &build::here()));
}

#[divan::bench(args = 0..CASES.len(), max_time = 1)]
fn in_a_worker(bencher: divan::Bencher<'_, '_>, case: usize) {
    run(bencher, &mut loaded_strategy(CASES[case], &build::away()));
}

/// Prints the ratios of processor times, all three asked in turn so that a busy machine is busy for all.
fn ratio(case: Case) {
    const ROUNDS: usize = 15;
    const PASSES: usize = 20;
    let mut here = compiled(case);
    let mut there = loaded_strategy(case, &build::here());
    let mut away = loaded_strategy(case, &build::away());
    let worker = away.process();
    let mut times: [Vec<u64>; 3] = Default::default();
    let mut proposals = 0;
    for _ in 0..ROUNDS {
        let asked: [&mut dyn Strategy; 3] = [&mut here, &mut there, &mut away];
        for (strategy, times) in asked.into_iter().zip(&mut times) {
            let Some(before) = cpu_ns(worker) else { return };
            for _ in 0..PASSES {
                proposals = ask_about_all(strategy).n;
            }
            times.push(cpu_ns(worker).unwrap_or_default() - before);
        }
    }
    let [a, b, c] = times.map(|mut times| {
        times.sort_unstable();
        (times[ROUNDS / 2] / PASSES as u64 / 1000).max(1)
    });
    let percent = |part: u64| part * 100 / a;
    println!(
        "{}, {proposals} proposals in {ROWS} rows: compiled in {a} us of CPU, loaded {b} us ({} %), \
         in a worker {c} us ({} %)",
        case.0,
        percent(b),
        percent(c),
    );
}

/// Processor time of this thread and of a worker in nanoseconds, where the system says.
fn cpu_ns(worker: Option<u32>) -> Option<u64> {
    let read = |path: String| {
        let text = std::fs::read_to_string(path).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    let own = read("/proc/thread-self/schedstat".to_owned())?;
    match worker {
        Some(worker) => Some(own + read(format!("/proc/{worker}/schedstat"))?),
        None => Some(own),
    }
}
