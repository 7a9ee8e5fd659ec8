//! The tables: shares of the lift with intervals, goals met or missed, and the timing of the same budget.

use std::collections::BTreeSet;

use rin_core::{Estimate, Policy, Timing};

use super::{CAMPAIGN, Cell, DAYS, Lived, sets::Set};

/// Of which value a share is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    End,
    Area,
}

/// What was asked beforehand: how ties matter, of which value, at least which share.
const GOALS: [(&str, bool, Of, f64); 4] = [
    ("equal, end", false, Of::End, 0.86),
    ("equal, area", false, Of::Area, 0.87),
    ("unequal, end", true, Of::End, 0.94),
    ("unequal, area", true, Of::Area, 0.95),
];

/// Prints all tables.
pub(super) fn text(sets: &[Set], lived: &[Lived], timings: &[Timing], is_markdown: bool) -> String {
    let mut out = String::new();
    for set in sets {
        out.extend([format!("{}\n", set.about())]);
    }
    out += "\nAll four sets and one, three and eight touches a day:\n\n";
    out += &table(lived, is_markdown, &|_| true);
    for (number, set) in sets.iter().enumerate() {
        out.extend([format!("\n{}:\n\n", set.name)]);
        out += &table(lived, is_markdown, &|cell| cell.set == number);
    }
    out += "\nAsked for beforehand, and what came of it (all sets):\n\n";
    for (name, is_unequal, of, goal) in GOALS {
        out += &goal_line(lived, (name, is_unequal, of, goal));
    }
    out += &timing_table(timings, is_markdown);
    out
}

fn table(lived: &[Lived], is_markdown: bool, is_meant: &dyn Fn(&Cell) -> bool) -> String {
    let titles = ["policy", "equal, end", "equal, area", "unequal, end", "unequal, area"];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    for policy in Policy::ALL {
        if matches!(policy, Policy::Nothing | Policy::AllKnowing) {
            continue;
        }
        let mut row = vec![policy.name().to_owned()];
        for (_, is_unequal, of, _) in GOALS {
            let meant = |cell: &Cell| cell.is_unequal == is_unequal && is_meant(cell);
            row.push(shares(lived, policy, of, &meant).map_or_else(String::new, shown));
        }
        rows.push(row);
    }
    laid_out(&rows, is_markdown)
}

/// Returns the share of the all-knowing planner's lift, the mean over the cells of each seed.
fn shares(
    lived: &[Lived],
    policy: Policy,
    of: Of,
    is_meant: &dyn Fn(&Cell) -> bool,
) -> Option<Estimate> {
    let seeds: BTreeSet<u64> = lived.iter().map(|one| one.cell.seed).collect();
    let of_seed = |seed: u64| {
        let cells = lived.iter().filter(|one| one.cell.seed == seed && is_meant(&one.cell));
        let shares: Vec<f64> = cells.filter_map(|one| share(one, policy, of)).collect();
        Estimate::of(&shares).map(|mean| mean.value)
    };
    let means: Option<Vec<f64>> = seeds.into_iter().map(of_seed).collect();
    Estimate::of(&means?)
}

fn share(lived: &Lived, policy: Policy, of: Of) -> Option<f64> {
    let value = |policy: Policy| {
        let at = Policy::ALL.iter().position(|one| *one == policy)?;
        let (end, area) = lived.values.get(at)?;
        Some(if of == Of::End { *end } else { *area })
    };
    let (none, all) = (value(Policy::Nothing)?, value(Policy::AllKnowing)?);
    Some((value(policy)? - none) / (all - none))
}

/// Says whether a goal was met, and which simple policy came nearest, by the paired difference.
fn goal_line(lived: &[Lived], (name, is_unequal, of, goal): (&str, bool, Of, f64)) -> String {
    let meant = |cell: &Cell| cell.is_unequal == is_unequal;
    let simple = |policy: &Policy| {
        !matches!(policy, Policy::Nothing | Policy::Ours | Policy::OursHawkes | Policy::AllKnowing)
    };
    let value = |policy| shares(lived, policy, of, &meant).map_or(0.0, |share| share.value);
    let best = Policy::ALL
        .into_iter()
        .filter(simple)
        .max_by(|one, other| value(*one).total_cmp(&value(*other)));
    let Some(best) = best else { return String::new() };
    let mut line = String::new();
    for policy in [Policy::Ours, Policy::OursHawkes] {
        let Some(ours) = shares(lived, policy, of, &meant) else { continue };
        let verdict = if goal <= ours.value { "met" } else { "missed" };
        line.extend([format!(
            "* {name}, {}: {}, asked ≥ {}: {verdict}; best simple policy {} {}\n",
            policy.name(),
            shown(ours),
            decimals(goal),
            best.name(),
            decimals(value(best)),
        )]);
    }
    line
}

fn timing_table(timings: &[Timing], is_markdown: bool) -> String {
    let mut rows = vec![
        ["day", "ongoing", "one campaign, then nothing", "a campaign every year"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for (at, day) in DAYS.iter().enumerate() {
        let mut row = vec![day.to_string()];
        for schedule in 0..3 {
            let gained = |one: &Timing| {
                let schedules = [&one.ongoing, &one.once, &one.yearly];
                schedules.get(schedule)?.get(at).copied()
            };
            let seeds: Vec<f64> = timings.iter().filter_map(gained).collect();
            row.push(Estimate::of(&seeds).map_or_else(String::new, whole));
        }
        rows.push(row);
    }
    let title = format!(
        "\nTies gained over doing nothing per 1,000 (lean, three touches a day on the mean, campaigns of {CAMPAIGN} days):\n\n"
    );
    title + &laid_out(&rows, is_markdown)
}

/// Returns whole ties with their interval.
fn whole(gained: Estimate) -> String {
    let range = gained
        .interval
        .map_or_else(String::new, |range| format!(" [{:.0}, {:.0}]", range.low, range.high));
    format!("{:.0}{range}", gained.value)
}

fn laid_out(rows: &[Vec<String>], is_markdown: bool) -> String {
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        if is_markdown {
            out.extend([format!("| {} |\n", row.join(" | "))]);
            if number == 0 {
                out.extend([format!("|{}\n", "---|".repeat(row.len()))]);
            }
        } else {
            let cells: Vec<String> = row.iter().map(|cell| format!("{cell:<26}")).collect();
            out.extend([format!("{}\n", cells.join(" ").trim_end())]);
        }
    }
    out
}

fn shown(estimate: Estimate) -> String {
    let range = estimate.interval.map_or_else(String::new, |range| {
        format!(" [{}, {}]", decimals(range.low), decimals(range.high))
    });
    format!("{}{range}", decimals(estimate.value))
}

fn decimals(share: f64) -> String {
    let text = format!("{share:.2}");
    text.replacen("0.", ".", usize::from(share.abs() < 0.995))
}
