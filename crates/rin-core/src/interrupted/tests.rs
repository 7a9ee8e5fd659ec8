//! Against statsmodels 0.15.0 and scipy by the rows that `golden/make.py` wrote, and that no interval is too sure.

use proptest::prelude::*;

use super::*;

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn number(word: &str) -> f64 {
    word.parse().unwrap()
}

fn series(name: &str) -> Vec<SeriesPoint> {
    rows(include_str!("golden/series.tsv"))
        .filter(|row| row.first() == Some(&name))
        .map(|row| SeriesPoint {
            period: row[1].parse().unwrap(),
            value: number(row[2]),
            control: Some(number(row[3])).filter(|control| !control.is_nan()),
        })
        .collect()
}

fn near(found: f64, expected: f64, what: &[&str]) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what:?}: {found}");
}

#[test]
fn every_figure_is_that_of_statsmodels() {
    let mut checked = 0;
    for row in rows(include_str!("golden/statsmodels.tsv")) {
        let points = series(row[0]);
        let (start, end) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let request = InterruptedRequest { points: &points, start, end };
        let parts = Parts::new(&request);
        let rows = parts.rows();
        let line = fit(&rows).unwrap();
        let column: usize = row[3].parse().unwrap();
        let changes = Changes { line: &line, scales: parts.scales(), smallest: smallest(&request) };
        let found = changes.of(column).unwrap();
        near(found.value, number(row[4]), &row);
        if row[5] != "nan" {
            let plain = line.newey_west(column, least_squares::reach(rows.len())).sqrt();
            near(plain / parts.scales()[column], number(row[5]), &row);
        }
        near(found.sd, number(row[6]), &row);
        near(found.degrees, number(row[7]), &row);
        near(found.interval.low, number(row[8]), &row);
        near(found.p, number(row[9]), &row);
        checked += 1;
    }
    assert!(25 < checked, "{checked}");
}

#[test]
fn parts_that_are_too_short_are_left_out_and_the_rest_is_said() {
    let all =
        interrupted(&InterruptedRequest { points: &series("three after"), start: 13, end: 18 });
    let all = all.unwrap();
    assert_eq!((all.periods, all.trend_after), ([20, 5, 3], None));
    assert!(all.after.is_some() && all.control.is_some() && all.trend_during.is_some());
    assert!((all.seen - all.expected - all.during.value).abs() < 1e-12);
    let points = series("short");
    let found = |start, end| interrupted(&InterruptedRequest { points: &points, start, end });
    assert_eq!(found(5, 8).unwrap().trend_during, None);
    assert_eq!(found(5, 7), Err(InterruptedError::During { periods: 2, needed: 3 }));
    assert_eq!(found(2, 8), Err(InterruptedError::Before { periods: 9, needed: 10 }));
    let flat: Vec<_> =
        (0..20).map(|period| SeriesPoint { period, value: 3.0, control: None }).collect();
    let flat = interrupted(&InterruptedRequest { points: &flat, start: 15, end: 20 });
    assert_eq!(flat, Err(InterruptedError::NoVariation));
}

proptest! {
    #[test]
    fn units_change_nothing_but_the_unit(
        values in prop::collection::vec(0_u8..30, 30), unit in 0.01..1000.0_f64, later in -500_i32..500
    ) {
        let points = |unit: f64, later: i32| -> Vec<SeriesPoint> {
            let point = |(period, value): (i32, &u8)| {
                SeriesPoint { period: period + later, value: unit * f64::from(*value), control: None }
            };
            (0..).zip(&values).map(point).collect()
        };
        let of = |points: &[SeriesPoint], later: i32| {
            interrupted(&InterruptedRequest { points, start: 16 + later, end: 22 + later })
        };
        let (one, other) = (of(&points(1.0, 0), 0), of(&points(unit, later), later));
        prop_assert_eq!(one.is_ok(), other.is_ok());
        if let (Ok(one), Ok(other)) = (one, other) {
            prop_assert!((one.during.p - other.during.p).abs() < 1e-6);
            prop_assert!((unit * one.during.value - other.during.value).abs() < 1e-6 * unit.max(1.0));
            prop_assert!(other.during.interval.low < other.during.interval.high);
        }
    }
}
