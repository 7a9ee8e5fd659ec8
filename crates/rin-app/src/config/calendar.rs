//! The days on which nothing is planned: days of the week and holidays, on the user's own calendar.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use rin_core::{Day, Moment};
use serde::Deserialize;

use super::PlanConfig;
use crate::time::{civil_day, date_of, day_of};

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuietDay {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl QuietDay {
    const fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Monday,
            Self::Tue => Weekday::Tuesday,
            Self::Wed => Weekday::Wednesday,
            Self::Thu => Weekday::Thursday,
            Self::Fri => Weekday::Friday,
            Self::Sat => Weekday::Saturday,
            Self::Sun => Weekday::Sunday,
        }
    }
}

impl PlanConfig {
    /// Returns the days between two moments on which nothing is planned.
    pub(crate) fn quiet_days(&self, from: Moment, until: Moment, zone: &TimeZone) -> Vec<Day> {
        let holidays: Vec<(Date, Date)> =
            self.holidays.iter().filter_map(|text| holiday(text)).collect();
        let first: Option<Date> = date_of(civil_day(from, zone)).parse().ok();
        let last = civil_day(until, zone);
        let days = first.into_iter().flat_map(|first| first.series(1.day()));
        days.take_while(|date| day_of(*date) <= last)
            .filter(|date| {
                self.quiet_days.iter().any(|quiet| quiet.weekday() == date.weekday())
                    || holidays.iter().any(|(first, last)| first <= date && date <= last)
            })
            .map(day_of)
            .collect()
    }
}

/// Reads a day, or the first and the last of several.
pub(super) fn holiday(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last): (Date, Date) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_moment;

    #[test]
    fn weekends_and_holidays_are_quiet() {
        let plan = PlanConfig {
            quiet_days: vec![QuietDay::Sat, QuietDay::Sun],
            holidays: vec!["2026-12-24..2027-01-01".into(), "2026-12-22".into()],
            ..PlanConfig::default()
        };
        let zone = TimeZone::fixed(jiff::tz::offset(-9));
        let at = |day| parse_moment(day, &zone).unwrap();
        let quiet = plan.quiet_days(at("2026-12-18"), at("2027-01-04"), &zone);
        let quiet: Vec<String> = quiet.into_iter().map(date_of).collect();
        assert_eq!(quiet.len(), 2 + 1 + 9 + 2, "{quiet:?}");
        assert_eq!((&*quiet[0], &*quiet[2]), ("2026-12-19", "2026-12-22"));
        assert_eq!(quiet.last().map(String::as_str), Some("2027-01-03"));
    }
}
