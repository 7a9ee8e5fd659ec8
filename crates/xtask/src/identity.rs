//! `cargo xtask identity`: how well one human is recognised on six platforms, in made-up humanities whose truth is known.
//!
//! The table of docs/METHODS.md comes from it, on seeds that nobody looked at while the weights were set. Beside it: what it
//! costs to ask for proposals among so many accounts.

use std::{collections::BTreeSet, fs, time::Instant};

use rin_core::{
    IdentityRequest, SUGGESTED, same_persons,
    testing::{PeopleScore, people_world},
};

/// The first seed of the table, and how many there are.
pub(crate) const SEEDS: (u64, u64) = (101, 10);
/// Humans of each world.
const HUMANS: usize = 2_000;
/// Least probabilities that are tried.
const LEAST: [f64; 3] = [SUGGESTED, 0.5, 0.9];

/// Draws the worlds and prints one row for each, and one for all of them.
pub(crate) fn run(first: u64, count: u64) {
    println!(
        "| seed | accounts | true pairs | joined by rule | of them right | proposals from | precision | recall | of the lines right |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for least in LEAST {
        let mut all = PeopleScore::default();
        for seed in first..first.saturating_add(count) {
            let world = people_world(HUMANS, seed);
            let score = world.score(least);
            print(&seed.to_string(), world.accounts.len(), least, &score);
            add(&mut all, &score);
        }
        print("all", 0, least, &all);
    }
}

/// Draws a world of about so many accounts and prints what asking for proposals takes; one size a process, as memory is
/// given back to nobody.
pub(crate) fn scale(accounts: usize) {
    let world = people_world(accounts / 3, SEEDS.0);
    let facts = world.facts();
    let profiles = world.profiles(&facts);
    let apart = BTreeSet::new();
    let before = memory("VmRSS");
    let start = Instant::now();
    let request = IdentityRequest { profiles: &profiles, apart: &apart, least: SUGGESTED };
    let found = same_persons(&request);
    let seconds = start.elapsed().as_secs_f64();
    let certain = found.iter().filter(|pair| pair.is_certain).count();
    let peak = memory("VmHWM").saturating_sub(before);
    println!("| accounts | seconds | MiB beside the accounts | proposals | certain |");
    println!("|---|---|---|---|---|");
    println!("| {} | {seconds:.2} | {peak} | {} | {certain} |", profiles.len(), found.len());
}

/// Returns a figure of the process's memory in MiB, where the system tells (Linux).
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1_024
}

fn add(all: &mut PeopleScore, score: &PeopleScore) {
    let sum = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
    all.true_pairs += score.true_pairs;
    all.certain = sum(all.certain, score.certain);
    all.proposed = sum(all.proposed, score.proposed);
    all.lines = sum(all.lines, score.lines);
}

fn print(name: &str, n_accounts: usize, least: f64, score: &PeopleScore) {
    let n_accounts = if n_accounts == 0 { String::new() } else { n_accounts.to_string() };
    println!(
        "| {name} | {n_accounts} | {} | {} | {} | {least} | {} | {} | {} |",
        score.true_pairs,
        score.certain.0,
        share(score.certain.1, score.certain.0),
        share(score.proposed.1, score.proposed.0),
        share(score.proposed.1, score.true_pairs),
        share(score.lines.1, score.lines.0),
    );
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.4}", part as f64 / whole as f64) }
}
