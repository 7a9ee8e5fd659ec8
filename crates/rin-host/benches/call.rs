//! What the boundary costs: one strategy compiled in, loaded from a library, confined in a worker, and in a worker that
//! is fed through pipes as on systems other than Linux.
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

use std::{fs, path::PathBuf, sync::LazyLock, time::Instant};

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
    starts("worker", &build::away());
    starts("worker with pipes", &build::in_pipes());
    for case in CASES {
        ratio(case);
    }
}

/// Prints how long a worker takes from nothing to its first answer.
fn starts(name: &str, how: &Loading) {
    let plugin = LAID.load(how);
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
    println!("{name}, start to first answer, median\t{}\tus (least {})", times[50], times[0]);
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

#[divan::bench(args = 0..CASES.len(), max_time = 1)]
fn in_a_worker_with_pipes(bencher: divan::Bencher<'_, '_>, case: usize) {
    run(bencher, &mut loaded_strategy(CASES[case], &build::in_pipes()));
}

/// Prints the ratios of processor times, all asked in turn so that a busy machine is busy for all.
fn ratio(case: Case) {
    const ROUNDS: usize = 15;
    const PASSES: usize = 20;
    let mut here = compiled(case);
    let mut there = loaded_strategy(case, &build::here());
    let mut away = loaded_strategy(case, &build::away());
    let mut piped = loaded_strategy(case, &build::in_pipes());
    let workers = [away.process(), piped.process()];
    let mut times: [Vec<u64>; 4] = Default::default();
    let mut proposals = 0;
    for _ in 0..ROUNDS {
        let asked: [&mut dyn Strategy; 4] = [&mut here, &mut there, &mut away, &mut piped];
        for (strategy, times) in asked.into_iter().zip(&mut times) {
            let Some(before) = cpu_ns(workers) else { return };
            for _ in 0..PASSES {
                proposals = ask_about_all(strategy).n;
            }
            times.push(cpu_ns(workers).unwrap_or_default() - before);
        }
    }
    let [a, b, c, d] = times.map(|mut times| {
        times.sort_unstable();
        (times[ROUNDS / 2] / PASSES as u64 / 1000).max(1)
    });
    let percent = |part: u64| part * 100 / a;
    println!(
        "{}, {proposals} proposals in {ROWS} rows: compiled in {a} us of CPU, loaded {b} us ({} %), \
         in a worker {c} us ({} %), in a worker with pipes {d} us ({} %)",
        case.0,
        percent(b),
        percent(c),
        percent(d),
    );
}

/// Processor time of this process and of workers in nanoseconds, with all their threads, where the system says.
fn cpu_ns(workers: [Option<u32>; 2]) -> Option<u64> {
    let of_thread = |path: PathBuf| {
        let text = fs::read_to_string(path.join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    let of_process = |process: &str| {
        let threads = fs::read_dir(format!("/proc/{process}/task")).ok()?;
        threads.map(|thread| of_thread(thread.ok()?.path())).sum::<Option<u64>>()
    };
    let workers = workers.into_iter().flatten().map(|worker| of_process(&worker.to_string()));
    Some(of_process("self")? + workers.sum::<Option<u64>>()?)
}
