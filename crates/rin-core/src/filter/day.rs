//! Days, months and years as people write them, and spans of them.
//!
//! The core has no calendar of its own otherwise. Here it needs the one of the dates people type, which is arithmetic:
//! H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil` and `civil_from_days`.

use std::fmt;

use crate::Day;

/// A span of days, both ends inside; an end that is `None` is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DaySpan {
    /// First day.
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
}

impl DaySpan {
    /// Reads `2026`, `2026-03`, `2026-03-05`, or two of them with `..` between, of which one may be missing.
    ///
    /// # Example
    /// ```
    /// use rin_core::{DaySpan, day_of_date};
    /// let spring = DaySpan::parse("2026-03..2026-05").unwrap();
    /// assert!(spring.contains(day_of_date(2026, 5, 31).unwrap()));
    /// assert!(!spring.contains(day_of_date(2026, 6, 1).unwrap()));
    /// assert_eq!(DaySpan::parse("2026-02-30"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let Some((from, until)) = text.split_once("..") else {
            let (first, last) = period(text)?;
            return Some(Self { first: Some(first), last: Some(last) });
        };
        let first = if from.is_empty() { None } else { Some(period(from)?.0) };
        let last = if until.is_empty() { None } else { Some(period(until)?.1) };
        let is_span = match (first, last) {
            (None, None) => false,
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        is_span.then_some(Self { first, last })
    }

    /// Whether a day lies inside.
    pub fn contains(self, day: Day) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl fmt::Display for DaySpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |day: Option<Day>| day.map_or_else(String::new, date);
        if self.first == self.last {
            write!(f, "{}", end(self.first))
        } else {
            write!(f, "{}..{}", end(self.first), end(self.last))
        }
    }
}

/// Returns the day of a date of the Gregorian calendar, years 1 to 9999; `None` if there is no such date.
///
/// # Example
/// ```
/// use rin_core::{Day, day_of_date};
/// assert_eq!(day_of_date(1970, 1, 1), Some(Day::from_number(0)));
/// assert_eq!(day_of_date(2026, 3, 5).map(Day::number), Some(20_517));
/// assert_eq!(day_of_date(2026, 2, 29), None);
/// ```
pub fn day_of_date(year: i32, month: i32, day: i32) -> Option<Day> {
    let is_date = (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day);
    if !is_date {
        return None;
    }
    // A year that begins in March has its leap day at its end.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(Day::from_number(era * 146_097 + day_of_era - 719_468))
}

/// Returns the first and the last day of a year, a month or a day.
fn period(text: &str) -> Option<(Day, Day)> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
    let day = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let (first, last) = (month.unwrap_or(1), month.unwrap_or(12));
    let until = day.unwrap_or_else(|| days_in(year, last));
    Some((day_of_date(year, first, day.unwrap_or(1))?, day_of_date(year, last, until)?))
}

fn number(text: &str, digits: usize) -> Option<i32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

const fn days_in(year: i32, month: i32) -> i32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn date(day: Day) -> String {
    let days = i64::from(day.number()) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days_agree_over_four_centuries_and_every_day_has_one() {
        let months = (2000..2401).flat_map(|year| (1..=12).map(move |month| (year, month)));
        let dates = months.flat_map(|(year, month)| {
            (1..=days_in(year, month)).map(move |day| (year, month, day))
        });
        let first = day_of_date(1999, 12, 31).unwrap().number() + 1;
        for ((year, month, day), expected) in dates.zip(first..) {
            let found = day_of_date(year, month, day).unwrap();
            assert_eq!(found.number(), expected);
            assert_eq!(date(found), format!("{year:04}-{month:02}-{day:02}"));
        }
        // 400 years have 146,097 days; the one after begins on the day that follows.
        assert_eq!(day_of_date(2400, 1, 1).unwrap().number() - 146_097, 10_957);
    }

    #[test]
    fn a_year_or_a_month_is_all_its_days() {
        let shown = |text: &str| DaySpan::parse(text).map(|span| span.to_string());
        assert_eq!(shown("2024-02").as_deref(), Some("2024-02-01..2024-02-29"));
        assert_eq!(shown("2026").as_deref(), Some("2026-01-01..2026-12-31"));
        assert_eq!(shown("2026-03-05").as_deref(), Some("2026-03-05"));
        assert_eq!(shown("..2026-03").as_deref(), Some("..2026-03-31"));
        assert_eq!(shown("2026-03..").as_deref(), Some("2026-03-01.."));
        for wrong in [
            "",
            "..",
            "26",
            "2026-13",
            "2026-3",
            "2026-03-05-1",
            "2026-03..2026-02",
            "2026-+1",
            "0000",
        ] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }
}
