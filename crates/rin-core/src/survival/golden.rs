//! The survival figures against lifelines 0.30.3 on the data sets it ships and on drawn ones, to nine digits.
//!
//! `golden/make.py` wrote both files; it says what is lifelines' own and what was computed beside it.

use super::*;

/// Returns the lives of one group of a data set.
fn lives(set: &str, group: f64) -> Vec<Lifetime> {
    let rows = include_str!("golden/lives.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut lives = Vec::new();
    for row in rows {
        let (name, figures) = row.split_once('\t').unwrap();
        let figures: Vec<f64> = figures.split('\t').map(|word| word.parse().unwrap()).collect();
        let &[of, entry_days, days, ended] = figures.as_slice().first_chunk().unwrap();
        if name == set && (of - group).abs() < 0.5 {
            lives.push(Lifetime { entry_days, days, has_ended: 0.5 < ended });
        }
    }
    lives
}

fn near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {found}");
}

/// Compares one row of what lifelines said.
fn check(row: &str) {
    let words: Vec<&str> = row.split('\t').collect();
    let &[set, what] = words.first_chunk().unwrap();
    let figures: Vec<f64> = words[2..].iter().map(|word| word.parse().unwrap()).collect();
    let &[group, at, first, second, third] = figures.first_chunk().unwrap();
    let curve = || survival(&lives(set, group));
    let both = || (lives(set, 0.0), lives(set, 1.0));
    match what {
        "curve" => {
            near(curve().at(at), first, row);
            let band = curve().interval_at(at);
            near(band.low, second, row);
            near(band.high, third, row);
        }
        "median" => near(curve().median().unwrap_or(f64::INFINITY).min(1e9), first.min(1e9), row),
        "mean" => {
            let (mean, variance) = curve().mean_and_variance(at);
            near(mean, first, row);
            near(variance, second, row);
        }
        "log-rank" => near(log_rank(&both().0, &both().1).unwrap().chi_square, first, row),
        "hazard" => {
            let found = hazard_ratio(&both().0, &both().1).unwrap();
            near(found.ratio.ln(), first, row);
            near(found.log_sd, second, row);
            near(found.p, third, row);
            near(found.interval.low.ln(), first - NINETY_FIVE * second, row);
        }
        _ => near(f64::NAN, 0.0, row),
    }
}

#[test]
fn every_figure_is_that_of_lifelines() {
    let rows = include_str!("golden/lifelines.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut checked = 0;
    for row in rows {
        check(row);
        checked += 1;
    }
    assert!(140 < checked, "{checked}");
}

#[test]
fn the_difference_of_means_is_that_of_the_curves() {
    let (one, other) = (survival(&lives("lung", 0.0)), survival(&lives("lung", 1.0)));
    let found = mean_difference(&one, &other, 675.5).unwrap();
    near(found.difference, 306.357_776_623_952 - 421.583_330_465_132_6, "difference");
    let half = NINETY_FIVE * (338.955_743_880_545_5_f64 + 626.239_291_852_419_3).sqrt();
    near(found.interval.high, found.difference + half, "interval");
    assert!(mean_difference(&one, &survival(&[]), 100.0).is_none());
}

#[test]
fn where_one_group_never_ends_there_is_no_ratio() {
    let ends: Vec<_> = (1..9).map(|n| Lifetime::ended(f64::from(n))).collect();
    let goes_on = vec![Lifetime::going_on(90.0); 8];
    assert_eq!(hazard_ratio(&ends, &goes_on), None);
    assert_eq!(hazard_ratio(&goes_on, &goes_on), None);
    assert_eq!(hazard_ratio(&ends, &[]), None);
    let there = hazard_ratio(&ends, &lives("waltons", 0.0)).unwrap();
    let back = hazard_ratio(&lives("waltons", 0.0), &ends).unwrap();
    assert!((there.ratio * back.ratio - 1.0).abs() < 1e-12);
}
