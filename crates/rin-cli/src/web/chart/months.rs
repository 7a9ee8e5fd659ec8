//! Interactions month by month: theirs above the line, ours below, coloured by platform.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rin_app::{CourseMonthView, Lang, PartyCourseView};

use super::{WIDTH, path};
use crate::web::page::words;

const HEIGHT: f64 = 220.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 28.0;
/// A bar is never wider than this.
const WIDEST: f64 = 22.0;
/// One interaction is never taller than this.
const TALLEST: f64 = 24.0;
/// Room that a year's number takes below.
const YEAR: f64 = 44.0;

/// Draws them.
pub(in crate::web) fn draw(course: &PartyCourseView, lang: Lang) -> Markup {
    let numbered: Vec<(i32, &CourseMonthView)> =
        course.months.iter().filter_map(|month| Some((number(&month.month)?, month))).collect();
    let (Some(first), Some(last)) =
        (numbered.iter().map(|(n, _)| *n).min(), numbered.iter().map(|(n, _)| *n).max())
    else {
        return html! {};
    };
    let end = course.as_of.as_deref().and_then(number).unwrap_or(last).max(last);
    let slot = (WIDTH - LEFT - RIGHT) / f64::from(end - first + 1);
    let (above, below) = highest(&numbered);
    let unit = ((HEIGHT - TOP - BOTTOM) / f64::from((above + below).max(1))).min(TALLEST);
    let zero = TOP + f64::from(above) * unit;
    let scale = Scale { first, slot, unit, zero };
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img"
            aria-label=(lang.pick("Interactions by month; the table says the same", "Interaktionen nach Monat; die Tabelle sagt dasselbe")) {
            @for year in years(first, end, slot) {
                @let x = scale.x(year * 12);
                path.grid d=(path([(x, TOP), (x, HEIGHT - BOTTOM)])) {}
                text.axis x=(format!("{:.1}", x + 3.0)) y=(HEIGHT - 8.0) { (year) }
            }
            @for (class, x, y, height) in scale.bars(&numbered) {
                rect class={ "bar on-" (class) } x=(format!("{x:.1}")) y=(format!("{y:.1}"))
                    width=(format!("{:.1}", scale.width())) height=(format!("{height:.1}")) {}
            }
            path.zero d=(path([(LEFT, zero), (WIDTH - RIGHT, zero)])) {}
            @if 0 < above { text.axis.end x=(LEFT - 8.0) y=(TOP + 8.0) { (above) } }
            @if 0 < below {
                text.axis.end x=(LEFT - 8.0) y=(zero + unit * f64::from(below)) { (below) }
            }
        }
    }
}

/// Where things stand.
#[derive(Clone, Copy)]
struct Scale {
    first: i32,
    slot: f64,
    unit: f64,
    zero: f64,
}

impl Scale {
    fn x(&self, month: i32) -> f64 {
        LEFT + f64::from(month - self.first) * self.slot
    }

    fn width(&self) -> f64 {
        (0.8 * self.slot).min(WIDEST)
    }

    /// Returns the bars, those of one month on one side upon each other: class, left, top, height.
    fn bars(&self, months: &[(i32, &CourseMonthView)]) -> Vec<(String, f64, f64, f64)> {
        let mut heights: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
        let mut bars = Vec::new();
        for (n, month) in months {
            let (up, down) = heights.entry(*n).or_default();
            let (x, class) = (self.x(*n), words::class(&month.platform));
            let (received, sent) =
                (month.received.unwrap_or_default(), month.sent.unwrap_or_default());
            let (theirs, ours) = (f64::from(received) * self.unit, f64::from(sent) * self.unit);
            if 0 < received {
                *up += theirs;
                bars.push((class.clone(), x, self.zero - *up, theirs));
            }
            if 0 < sent {
                bars.push((class, x, self.zero + *down, ours));
                *down += ours;
            }
        }
        bars
    }
}

/// Returns the most that one month has of theirs and of ours.
fn highest(months: &[(i32, &CourseMonthView)]) -> (u32, u32) {
    let mut sums: BTreeMap<i32, (u32, u32)> = BTreeMap::new();
    for (n, month) in months {
        let (received, sent) = sums.entry(*n).or_default();
        *received = received.saturating_add(month.received.unwrap_or_default());
        *sent = sent.saturating_add(month.sent.unwrap_or_default());
    }
    let most = |of: fn(&(u32, u32)) -> u32| sums.values().map(of).max().unwrap_or_default();
    (most(|sum| sum.0), most(|sum| sum.1))
}

/// Returns the years that begin in a span of months, as many as have room.
fn years(first: i32, end: i32, slot: f64) -> impl Iterator<Item = i32> {
    let step = [1, 2, 5, 10, 20].into_iter().find(|step| YEAR <= f64::from(step * 12) * slot);
    let step = step.unwrap_or(50);
    let begin = (first + 11).div_euclid(12);
    (begin..=end.div_euclid(12)).filter(move |year| year % step == 0)
}

/// Returns the number of a month, counted from the year nought; a day's too.
fn number(month: &str) -> Option<i32> {
    let mut parts = month.split('-');
    let (year, month) = (parts.next()?.parse::<i32>().ok()?, parts.next()?.parse::<i32>().ok()?);
    year.checked_mul(12)?.checked_add(month - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(month: &str, platform: &str, sent: u32, received: u32) -> CourseMonthView {
        CourseMonthView {
            month: month.to_owned(),
            platform: platform.to_owned(),
            sent: Some(sent),
            received: Some(received),
        }
    }

    #[test]
    fn two_platforms_of_a_month_stand_upon_each_other() {
        let months = [month("2026-01", "x", 2, 1), month("2026-01", "mail", 3, 0)];
        let numbered: Vec<_> = months.iter().map(|m| (number(&m.month).unwrap(), m)).collect();
        assert_eq!(highest(&numbered), (1, 5));
        let scale = Scale { first: number("2026-01").unwrap(), slot: 10.0, unit: 1.0, zero: 50.0 };
        let bars = scale.bars(&numbered);
        let places: Vec<_> = bars.iter().map(|(class, _, y, h)| (class.as_str(), *y, *h)).collect();
        assert_eq!(places, [("x", 49.0, 1.0), ("x", 50.0, 2.0), ("mail", 52.0, 3.0)]);
    }

    #[test]
    fn years_have_room() {
        let (first, end) = (number("2019-07").unwrap(), number("2026-03-02").unwrap());
        assert_eq!(
            years(first, end, 10.0).collect::<Vec<_>>(),
            [2020, 2021, 2022, 2023, 2024, 2025, 2026]
        );
        assert_eq!(years(first, end, 1.0).collect::<Vec<_>>(), [2020, 2025]);
    }
}
