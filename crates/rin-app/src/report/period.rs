//! Months, quarters and years of the calendar, in UTC as everywhere where months are counted.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use rin_core::{Moment, Window};

use super::ReportSpan;
use crate::{Lang, MomentError};

/// Reads a period or a day in it: `2026`, `2026-Q1`, `2026-03`, `2026-03-15`; returns its first moment.
///
/// # Errors
/// [`MomentError`] if it is none of them.
///
/// # Example
/// ```
/// let march = rin_app::parse_period("2026-03")?;
/// assert_eq!(march, rin_app::parse_period("2026-03-01")?);
/// assert_eq!(rin_app::parse_period("2026-Q2")?, rin_app::parse_period("2026-04-01")?);
/// # Ok::<(), rin_app::MomentError>(())
/// ```
pub fn parse_period(text: &str) -> Result<Moment, MomentError> {
    let parts: Vec<&str> = text.split('-').collect();
    let date = match parts.as_slice() {
        [year] => first_of(year, 1),
        [year, part] => match part.strip_prefix(['Q', 'q']) {
            Some(quarter) => {
                let quarter: Option<i8> = quarter.parse().ok().filter(|it| (1..=4).contains(it));
                quarter.and_then(|it| first_of(year, 3 * it - 2))
            }
            None => part.parse().ok().and_then(|month| first_of(year, month)),
        },
        _ => text.parse().ok(),
    };
    date.and_then(start).ok_or_else(|| MomentError { text: text.to_owned() })
}

impl ReportSpan {
    const fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// Returns the period a moment lies in, or else the last one that is known whole, or else that in which what is known
    /// ends.
    pub(super) fn window(self, of: Option<Moment>, known: Window) -> Window {
        if let Some(of) = of {
            return self.around(of);
        }
        let running = self.around(known.end());
        let last = self.around(running.start().plus_days(-1.0));
        let is_whole = known.start() <= last.start() && last.end() <= known.end();
        if is_whole { last } else { running }
    }

    fn around(self, moment: Moment) -> Window {
        let window = date(moment).and_then(|date| {
            let back = (date.month() - 1) % self.months();
            let first = date.first_of_month().checked_sub(i64::from(back).months()).ok()?;
            let next = first.checked_add(i64::from(self.months()).months()).ok()?;
            Some(Window::new(start(first)?, start(next)?))
        });
        window.unwrap_or_else(|| Window::new(moment, moment))
    }

    /// Returns what people call a period.
    pub(super) fn title(self, window: Window, lang: Lang) -> String {
        let Some(first) = date(window.start()) else { return String::new() };
        let (year, month) = (first.year(), usize::try_from(first.month()).unwrap_or(1));
        match self {
            Self::Year => year.to_string(),
            Self::Quarter => {
                let quarter = month.div_ceil(3);
                lang.pick(format!("Q{quarter} {year}"), format!("{quarter}. Quartal {year}"))
            }
            Self::Month => {
                let names = MONTHS.get(month - 1).copied().unwrap_or_default();
                format!("{} {year}", lang.pick(names.0, names.1))
            }
        }
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("January", "Januar"),
    ("February", "Februar"),
    ("March", "März"),
    ("April", "April"),
    ("May", "Mai"),
    ("June", "Juni"),
    ("July", "Juli"),
    ("August", "August"),
    ("September", "September"),
    ("October", "Oktober"),
    ("November", "November"),
    ("December", "Dezember"),
];

fn first_of(year: &str, month: i8) -> Option<Date> {
    let is_year = year.len() == 4;
    Date::new(year.parse().ok().filter(|_| is_year)?, month, 1).ok()
}

fn date(moment: Moment) -> Option<Date> {
    let timestamp = Timestamp::from_millisecond(moment.unix_ms()).ok()?;
    Some(timestamp.to_zoned_datetime(TimeZone::UTC).date())
}

fn start(date: Date) -> Option<Moment> {
    let zoned = date.to_zoned_datetime(TimeZone::UTC).ok()?;
    Some(Moment::from_unix_ms(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Moment {
        parse_period(text).unwrap()
    }

    #[test]
    fn the_last_period_that_is_known_whole_is_taken() {
        let known = Window::new(day("2024-11-07"), day("2026-08-15"));
        for (span, from, until, title) in [
            (ReportSpan::Month, "2026-07-01", "2026-08-01", "Juli 2026"),
            (ReportSpan::Quarter, "2026-04-01", "2026-07-01", "2. Quartal 2026"),
            (ReportSpan::Year, "2025-01-01", "2026-01-01", "2025"),
        ] {
            let window = span.window(None, known);
            assert_eq!(window, Window::new(day(from), day(until)));
            assert_eq!(span.title(window, Lang::De), title);
        }
        // Less than a month is known: the running one is told in part.
        let known = Window::new(day("2026-08-03"), day("2026-08-15"));
        assert_eq!(ReportSpan::Month.window(None, known).start(), day("2026-08-01"));
        let asked = ReportSpan::Quarter.window(Some(day("2026-02-14")), known);
        assert_eq!(asked, Window::new(day("2026-01-01"), day("2026-04-01")));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in
            ["", "26", "2026-13", "2026-Q5", "2026-Q0", "2026-02-30", "march", "2026-03-01-1"]
        {
            assert!(parse_period(text).is_err(), "{text}");
        }
    }
}
