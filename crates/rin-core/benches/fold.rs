//! How fast a log becomes tie states: 20 million power-law interactions, one and two threads.
//!
//! Prints one line a figure: name, value, unit, separated by tabs. Size by the first argument.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]

use std::{fs, thread, time::Instant};

use rin_core::{Interaction, StateTable, fold, fold_share, partition, shares_for, testing};

fn main() {
    let count = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(20_000_000);
    let log = testing::power_law_log(count, u32::try_from(count / 40).unwrap_or(u32::MAX), 1);
    let one = timed("fold, 1 thread", count, || fold(&log));
    let two = timed("fold, 2 threads", count, || fold_on_two(&log));
    assert!(one == two, "threads change nothing");
    println!("interactions\t{count}\t");
    println!("ties\t{}\t", one.len());
    println!("bytes a tie\t{:.1}\tB", one.content_bytes() as f64 / one.len() as f64);
    let (left, right) = log.split_at(count / 2);
    let (left, right) = timed("fold of two halves", count, || (fold(left), fold(right)));
    let merged = timed("merge of two halves", count, || left.merge(&right));
    assert!(merged.is_ok_and(|merged| merged == one), "halves make the whole");
}

fn fold_on_two(log: &[Interaction]) -> StateTable {
    let shares = shares_for(log.len());
    let (left, right) = log.split_at(log.len() / 2);
    let (left, right) = thread::scope(|scope| {
        let right = scope.spawn(move || partition(right, shares));
        (partition(left, shares), right.join().unwrap_or_else(|_| partition(&[], shares)))
    });
    let some = |from, to| {
        StateTable::concat((from..to).map(|n| fold_share(&[left.share(n), right.share(n)])))
    };
    let middle = left.shares() / 2;
    let (lower, upper) = thread::scope(|scope| {
        let upper = scope.spawn(|| some(middle, left.shares()));
        (some(0, middle), upper.join().unwrap_or_default())
    });
    StateTable::concat([lower, upper])
}

/// Runs it three times and prints the median of wall and CPU time.
fn timed<T>(name: &str, count: usize, run: impl Fn() -> T) -> T {
    let mut times: Vec<(f64, f64)> = Vec::new();
    let mut last = None;
    for _ in 0..3 {
        drop(last.take());
        let (start, cpu) = (Instant::now(), cpu_seconds());
        last = Some(run());
        times.push((start.elapsed().as_secs_f64(), cpu_seconds() - cpu));
    }
    times.sort_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((wall, cpu)) = times.get(1) {
        println!("{name}, wall\t{wall:.2}\ts");
        println!("{name}, CPU\t{:.1}\tns an interaction", cpu * 1e9 / count as f64);
    }
    last.unwrap_or_else(run)
}

/// Returns user and system seconds of this process; 0 where /proc does not tell.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
