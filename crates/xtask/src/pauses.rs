//! `cargo xtask pauses`: holds the forecast of a pause against people who really paused.
//!
//! Every figure of docs/METHODS.md, "Exit", comes from it. The law of a pause is fitted on all sets but the one it is
//! judged on; the last line of each table is the fit on all, which the program carries.

mod find;
mod fit;

use std::{collections::BTreeMap, fs, path::Path};

use rin_core::{AccountId, Conduct, Left, PauseLaw, left_by};
use xtask::build::at;

use self::find::Case;
use crate::evaluate::{priors, read, sets};

/// Sets with fewer cases of a conduct neither teach nor are judged.
const LEAST_CASES: usize = 15;
/// Coverage of fewer cases than this is shown and not judged.
const JUDGED: usize = 30;
/// The coverage that is asked of 90 % intervals.
const ASKED: (f64, f64) = (0.85, 0.95);
/// More cases than this of whoever went on are thinned out: they are many, and all alike.
const MOST_ENGAGED: usize = 250;

/// Tests what the words name, and prints it.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let (dir, is_markdown) = match words {
        [dir] => (Path::new(dir), false),
        [dir, "--markdown"] | ["--markdown", dir] => (Path::new(dir), true),
        _ => return Err("say which folder holds the data sets: cargo xtask pauses DIR".to_owned()),
    };
    let sets = read_all(dir)?;
    let mut judged = Vec::new();
    for conduct in [Conduct::Returned, Conduct::Silent, Conduct::Engaged] {
        let some: Vec<(&str, Vec<Case>)> = sets
            .iter()
            .map(|(name, cases)| (name.as_str(), of(cases, conduct)))
            .filter(|(_, cases)| LEAST_CASES <= cases.len())
            .collect();
        let rows = judge(&some);
        println!("{}", table(conduct, &rows, is_markdown));
        if conduct != Conduct::Engaged {
            judged.extend(rows);
        }
    }
    println!("{}", together(&judged));
    Ok(())
}

fn read_all(dir: &Path) -> Result<Vec<(String, Vec<Case>)>, String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(|error| at(dir, &error))? {
        let path = entry.map_err(|error| at(dir, &error))?.path();
        let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = file.strip_suffix(".csv.gz").map(str::to_owned);
        files.extend(name.map(|name| (sets::order(&name), name, path)));
    }
    files.sort();
    let mut found = Vec::new();
    for (_, file, path) in files {
        let name = sets::known(&file).map_or(file.as_str(), |known| known.name);
        let history = read::read(&path)?;
        let cases = find::cases(&history, &priors::without(name).unwrap_or_default());
        eprintln!("{name}: {} cases", cases.len());
        found.push((name.to_owned(), cases));
    }
    Ok(found)
}

/// Returns the cases of one conduct.
fn of(cases: &[Case], conduct: Conduct) -> Vec<Case> {
    let all: Vec<&Case> = cases.iter().filter(|case| case.conduct == conduct).collect();
    let step =
        if conduct == Conduct::Engaged { all.len().div_ceil(MOST_ENGAGED).max(1) } else { 1 };
    all.into_iter().step_by(step).cloned().collect()
}

/// One set, judged by what the others have in common.
#[derive(Debug)]
struct Row {
    set: String,
    cases: usize,
    ties: usize,
    /// Ties left: by the law of staying alone, as forecast, in truth; a case.
    alone: f64,
    expected: f64,
    actual: f64,
    covered: usize,
    below: usize,
    width: f64,
    law: PauseLaw,
    /// Cases of each person, and how many of them were covered.
    by_person: BTreeMap<AccountId, (usize, usize)>,
}

/// Judges each set by the others, and the last row by all: that is no test but says what the program carries.
fn judge(sets: &[(&str, Vec<Case>)]) -> Vec<Row> {
    let without = |left_out: &str| {
        let others: Vec<&[Case]> = sets
            .iter()
            .filter(|(name, _)| *name != left_out)
            .map(|(_, cases)| cases.as_slice())
            .collect();
        fit::fit(&others)
    };
    let mut rows: Vec<Row> =
        sets.iter().map(|(name, cases)| row(name, cases, without(name))).collect();
    let all: Vec<Case> = sets.iter().flat_map(|(_, cases)| cases.iter().cloned()).collect();
    rows.push(row("fitted on all", &all, without("")));
    rows
}

fn row(set: &str, cases: &[Case], law: PauseLaw) -> Row {
    let n = to_f64(cases.len().max(1));
    let mut row = Row {
        set: set.to_owned(),
        cases: cases.len(),
        ties: cases.iter().map(|case| case.ties.len()).sum(),
        alone: cases.iter().flat_map(|case| &case.ties).map(|(z, _)| -(-z).exp_m1()).sum::<f64>()
            / n,
        expected: 0.0,
        actual: 0.0,
        covered: 0,
        below: 0,
        width: 0.0,
        law,
        by_person: BTreeMap::new(),
    };
    for case in cases {
        let Left { expected, range, .. } =
            left_by(&law, &case.at_risk, case.days, case.horizon_days);
        let actual = to_f64(case.ties.iter().filter(|(_, is_left)| *is_left).count());
        row.expected += expected / n;
        row.actual += actual / n;
        row.width += (range.high - range.low) / n;
        let is_covered = range.low <= actual && actual <= range.high;
        row.covered += usize::from(is_covered);
        let (cases, covered) = row.by_person.entry(case.who).or_default();
        (*cases, *covered) = (*cases + 1, *covered + usize::from(is_covered));
        row.below += usize::from(actual < range.low);
    }
    row
}

const HEADING: [&str; 12] = [
    "set",
    "people",
    "cases",
    "ties a case",
    "law alone",
    "forecast",
    "in truth",
    "covered",
    "below",
    "width",
    "c₀, c₁",
    "σ",
];

fn table(conduct: Conduct, rows: &[Row], is_markdown: bool) -> String {
    let title = match conduct {
        Conduct::Engaged => "Went on",
        Conduct::Returned => "Paused for sixty days or more and came back",
        Conduct::Silent => "Wrote to nobody until the count was over",
    };
    let mut text = format!("{title}:\n\n");
    let mut line = |cells: &[String]| {
        let joined = cells.join(if is_markdown { " | " } else { "  " });
        let (left, right) = if is_markdown { ("| ", " |") } else { ("", "") };
        text.push_str(left);
        text.push_str(&joined);
        text.push_str(right);
        text.push('\n');
    };
    line(&HEADING.map(str::to_owned));
    if is_markdown {
        line(&HEADING.map(|_| "---".to_owned()));
    }
    for row in rows {
        line(&cells(row));
    }
    text
}

fn cells(row: &Row) -> [String; 12] {
    let n = to_f64(row.cases.max(1));
    [
        row.set.clone(),
        row.by_person.len().to_string(),
        row.cases.to_string(),
        format!("{:.1}", to_f64(row.ties) / n),
        format!("{:.2}", row.alone),
        format!("{:.2}", row.expected),
        format!("{:.2}", row.actual),
        format!("{:.3}", to_f64(row.covered) / n),
        format!("{:.3}", to_f64(row.below) / n),
        format!("{:.1}", row.width),
        format!("{:.3}, {:.3}", row.law.level, row.law.lasting),
        format!("{:.3}", row.law.spread),
    ]
}

/// Says of each set with enough pauses how many intervals held, whether people came back or not, and of all together.
fn together(rows: &[Row]) -> String {
    let names: Vec<&String> = rows.iter().map(|row| &row.set).collect();
    let mut text =
        "Pauses, come back from or not, within the 90 % interval (asked .85 to .95):\n\n"
            .to_owned();
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if name.contains(' ') || names.iter().take(at).any(|earlier| earlier == name) {
            continue;
        }
        let of_set = rows.iter().filter(|row| row.set == **name);
        let people: Vec<(usize, usize)> =
            of_set.flat_map(|row| row.by_person.values().copied()).collect();
        text.push_str(&verdict(name, &people));
        all.extend(people);
    }
    text.push_str(&verdict("all", &all));
    text
}

/// Says how many of the cases of some people were covered, within which 95 % interval that is known, and whether that
/// is what is asked.
///
/// The cases of one person are no independent witnesses: the interval is Wilson's (1927) with as many cases as would
/// give the variance that the share has over whole people (Kish 1965, the effective size of a clustered sample).
fn verdict(name: &str, people: &[(usize, usize)]) -> String {
    let cases: usize = people.iter().map(|(cases, _)| cases).sum();
    let covered: usize = people.iter().map(|(_, covered)| covered).sum();
    let (n, people_count) = (to_f64(cases.max(1)), to_f64(people.len().max(2)));
    let share = to_f64(covered) / n;
    let sum: f64 = people
        .iter()
        .map(|(cases, covered)| (to_f64(*covered) - share * to_f64(*cases)).powi(2))
        .sum();
    let variance = sum / (n * n) * people_count / (people_count - 1.0);
    let effective = if 0.0 < variance { (share * (1.0 - share) / variance).min(n) } else { n };
    let (low, high) = wilson(share, effective);
    let judged = match share {
        _ if cases < JUDGED => "too few to judge",
        share if (ASKED.0..=ASKED.1).contains(&share) => "met",
        _ if low <= ASKED.1 && ASKED.0 <= high => "outside, by no more than chance",
        _ => "missed",
    };
    format!("* {name}: {cases} pauses, {share:.3} [{low:.3}, {high:.3}]: {judged}\n")
}

/// Returns Wilson's 95 % interval of a share of `n` cases.
fn wilson(share: f64, n: f64) -> (f64, f64) {
    let square = 1.959_963_984_540_054_f64.powi(2);
    let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
    let half =
        (square * (share * (1.0 - share) / n + square / (4.0 * n * n))).sqrt() / (1.0 + square / n);
    (middle - half, middle + half)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wilson 1927; the values are of statsmodels 0.15.0 (`proportion_confint(45, 50, method="wilson")`).
    #[test]
    fn the_interval_of_a_share_is_wilsons() {
        let (low, high) = wilson(0.9, 50.0);
        assert!((low - 0.786_397_685_6).abs() < 1e-9, "{low}");
        assert!((high - 0.956_524_235_1).abs() < 1e-9, "{high}");
    }

    #[test]
    fn people_whose_cases_agree_say_less_than_their_cases() {
        let apart =
            verdict("apart", &[(1, 1); 40].into_iter().chain([(1, 0); 10]).collect::<Vec<_>>());
        assert_eq!(
            apart,
            "* apart: 50 pauses, 0.800 [0.668, 0.888]: outside, by no more than chance\n"
        );
        let alike =
            verdict("alike", &[(5, 5); 8].into_iter().chain([(5, 0); 2]).collect::<Vec<_>>());
        assert!(alike.starts_with("* alike: 50 pauses, 0.800 [0.4"), "{alike}");
    }
}
