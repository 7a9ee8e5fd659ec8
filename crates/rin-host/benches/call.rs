//! What the boundary costs: one strategy compiled in and the same loaded from a library, batch by batch.
//!
//! Both compute the same rule over the same million relationships; the ratio of the two is the price of the boundary.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]
#![expect(clippy::print_stdout, reason = "it prints a ratio that no harness prints")]

#[path = "../tests/it/build.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod build;
#[path = "../tests/it/world.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod world;

use std::sync::LazyLock;

use rin_core::{Proposal, ProposalSink, Stop, Strategy};
use rin_host::{ParamValue, Params, Plugin, PluginStrategy};
use rin_plugin::Compiled;

use crate::world::World;

const ROWS: usize = 1_000_000;

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(ROWS, 1));
static PLUGIN: LazyLock<Plugin> = LazyLock::new(|| {
    let library = build::probe("release", &[]);
    build::Laid::new(&build::probe_manifest(), &library, "rin_probe").load()
});

fn main() {
    divan::main();
    for case in CASES {
        ratio(case);
    }
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

fn ask_about_all(strategy: &mut dyn Strategy, at_a_time: usize) -> Sum {
    let mut sum = Sum::default();
    for from in (0..ROWS).step_by(at_a_time) {
        WORLD.rows(from, from + at_a_time, |batch| strategy.propose(batch, &mut sum)).unwrap();
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

fn loaded_strategy((mode, threshold): Case) -> PluginStrategy {
    let settings = format!("mode = \"{mode}\"\nthreshold = {threshold}").parse().unwrap();
    PLUGIN.strategy(&Params::check(PLUGIN.manifest(), &settings).unwrap()).unwrap()
}

fn run(bencher: divan::Bencher<'_, '_>, strategy: &mut dyn Strategy) {
    let bencher = bencher.counter(divan::counter::ItemsCount::new(ROWS));
    bencher.bench_local(|| ask_about_all(strategy, 8192));
}

#[divan::bench(args = 0..CASES.len(), max_time = 1)]
fn compiled_in(bencher: divan::Bencher<'_, '_>, case: usize) {
    run(bencher, &mut compiled(CASES[case]));
}

#[divan::bench(args = 0..CASES.len(), max_time = 1)]
fn loaded(bencher: divan::Bencher<'_, '_>, case: usize) {
    run(bencher, &mut loaded_strategy(CASES[case]));
}

/// Prints the ratio of CPU times, both asked in turn so that a busy machine is busy for both.
fn ratio(case: Case) {
    const ROUNDS: usize = 15;
    // The system counts in steps of some milliseconds, so a round is many passes.
    const PASSES: usize = 20;
    let (mut here, mut there) = (compiled(case), loaded_strategy(case));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    let mut proposals = 0;
    for _ in 0..ROUNDS {
        for (strategy, times) in [(&mut here as &mut dyn Strategy, &mut a), (&mut there, &mut b)] {
            let Some(before) = cpu_ns() else { return };
            for _ in 0..PASSES {
                proposals = ask_about_all(strategy, 8192).n;
            }
            times.push(cpu_ns().unwrap_or_default() - before);
        }
    }
    a.sort_unstable();
    b.sort_unstable();
    let micros = |times: &[u64]| times[ROUNDS / 2] / PASSES as u64 / 1000;
    let (a, b) = (micros(&a).max(1), micros(&b));
    let percent = b * 100 / a;
    println!(
        "{}, {proposals} proposals in {ROWS} rows: compiled in {a} us, loaded {b} us of CPU, {percent} %",
        case.0,
    );
}

/// CPU time of this thread in nanoseconds, where the system says.
fn cpu_ns() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}
