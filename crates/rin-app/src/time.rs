//! Days and weeks as people count them, in their own time zone.

use jiff::{
    Timestamp, ToSpan, ZonedDateTime,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use rin_core::{Day, Moment, Window};

/// Why a text is no moment.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{text}` is neither a day (2026-08-17) nor a moment (2026-08-17T09:00:00+02:00)")]
pub struct MomentError {
    /// What was given.
    pub text: String,
}

/// Reads a day (its start in `zone`) or a moment with its offset.
///
/// # Errors
/// [`MomentError`] if it is neither.
///
/// # Example
/// ```
/// use jiff::tz::TimeZone;
/// let moment = rin_app::parse_moment("2026-08-17", &TimeZone::UTC)?;
/// assert_eq!(moment.unix_ms(), 1_786_924_800_000);
/// assert_eq!(rin_app::parse_moment("2026-08-17T02:00:00+02:00", &TimeZone::UTC)?, moment);
/// # Ok::<(), rin_app::MomentError>(())
/// ```
pub fn parse_moment(text: &str, zone: &TimeZone) -> Result<Moment, MomentError> {
    let timestamp: Option<Timestamp> = text.parse().ok().or_else(|| {
        let date: Date = text.parse().ok()?;
        Some(date.to_zoned_datetime(zone.clone()).ok()?.timestamp())
    });
    let ms = timestamp.map(Timestamp::as_millisecond).map(Moment::from_unix_ms);
    ms.ok_or_else(|| MomentError { text: text.to_owned() })
}

/// Returns the week (Monday to Sunday) a moment falls into.
pub(crate) fn week_of(moment: Moment, zone: &TimeZone) -> Window {
    let bounds = zoned(moment, zone).and_then(|zoned| {
        let back = i64::from(zoned.weekday().since(Weekday::Monday));
        let monday = zoned.date().checked_sub(back.days()).ok()?;
        let next = monday.checked_add(7.days()).ok()?;
        Some((start(monday, zone)?, start(next, zone)?))
    });
    let (start, end) = bounds.unwrap_or((moment, moment.plus_days(7.0)));
    Window::new(start, end)
}

/// Returns the start of the day a moment falls on; `None` beyond the calendar.
pub(crate) fn day_start(moment: Moment, zone: &TimeZone) -> Option<Moment> {
    start(zoned(moment, zone)?.date(), zone)
}

/// Returns the start of the same day of the next year, of 29 February that of 28 February; `None` beyond the calendar.
pub(crate) fn year_later(moment: Moment, zone: &TimeZone) -> Option<Moment> {
    start(zoned(moment, zone)?.date().checked_add(1.year()).ok()?, zone)
}

/// Returns the start of the day so many weeks after a moment.
pub(crate) fn weeks_on(moment: Moment, weeks: u32, zone: &TimeZone) -> Moment {
    days_on(moment, weeks.saturating_mul(7), zone)
}

/// Returns the start of the day so many days after a moment.
pub(crate) fn days_on(moment: Moment, days: u32, zone: &TimeZone) -> Moment {
    let later = zoned(moment, zone)
        .and_then(|zoned| start(zoned.date().checked_add(i64::from(days).days()).ok()?, zone));
    later.unwrap_or_else(|| moment.plus_days(f64::from(days)))
}

/// Returns how many days there are from the day of a moment to that on which a span ends, the first counted in; at
/// least one.
pub(crate) fn days_until(now: Moment, end: Moment, zone: &TimeZone) -> u32 {
    let last = civil_day(Moment::from_unix_ms(end.unix_ms().saturating_sub(1)), zone);
    u32::try_from(last.days_since(civil_day(now, zone)).saturating_add(1)).unwrap_or(1).max(1)
}

/// Returns the day on the calendar of `zone`, counted as if it were one of UTC.
pub(crate) fn civil_day(moment: Moment, zone: &TimeZone) -> Day {
    zoned(moment, zone).map_or_else(|| moment.day(), |zoned| day_of(zoned.date()))
}

/// Returns the number of a date.
pub(crate) fn day_of(date: Date) -> Day {
    let start = date.to_zoned_datetime(TimeZone::UTC).map(|zoned| zoned.timestamp());
    Moment::from_unix_ms(start.map_or(0, Timestamp::as_millisecond)).day()
}

/// Returns the date of a day as ISO 8601.
pub(crate) fn date_of(day: Day) -> String {
    iso_date(day.start(), &TimeZone::UTC)
}

/// Returns by how many minutes the clock in `zone` is ahead of UTC at a moment.
pub(crate) fn utc_offset_minutes(moment: Moment, zone: &TimeZone) -> i32 {
    zoned(moment, zone).map_or(0, |zoned| zoned.offset().seconds() / 60)
}

/// Returns the day in `zone` as ISO 8601; the number of milliseconds for a moment no calendar knows.
pub(crate) fn iso_date(moment: Moment, zone: &TimeZone) -> String {
    zoned(moment, zone)
        .map_or_else(|| moment.unix_ms().to_string(), |zoned| zoned.date().to_string())
}

fn start(date: Date, zone: &TimeZone) -> Option<Moment> {
    let zoned = date.to_zoned_datetime(zone.clone()).ok()?;
    Some(Moment::from_unix_ms(zoned.timestamp().as_millisecond()))
}

fn zoned(moment: Moment, zone: &TimeZone) -> Option<ZonedDateTime> {
    Some(Timestamp::from_millisecond(moment.unix_ms()).ok()?.to_zoned_datetime(zone.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_starts_on_monday_in_ones_own_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let monday = parse_moment("2026-08-17", &zone).unwrap();
        for day in ["2026-08-17", "2026-08-20T23:00:00+02:00", "2026-08-23T23:59:59+02:00"] {
            let week = week_of(parse_moment(day, &zone).unwrap(), &zone);
            assert_eq!(
                (week.start(), iso_date(week.start(), &zone)),
                (monday, "2026-08-17".into())
            );
            assert_eq!(week.end(), monday.plus_days(7.0));
        }
    }

    #[test]
    fn days_are_counted_on_the_calendar_also_over_a_change_of_the_clock() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        // The clock goes back on Sunday, 25 October: that day has twenty-five hours.
        let friday = parse_moment("2026-10-23T09:00:00+02:00", &zone).unwrap();
        let week = week_of(friday, &zone);
        assert_eq!(days_until(friday, week.end(), &zone), 3);
        assert_eq!(days_until(friday, weeks_on(week.end(), 2, &zone), &zone), 17);
        assert_eq!(days_until(friday, days_on(friday, 1, &zone), &zone), 1);
        assert_eq!(date_of(civil_day(friday, &zone)), "2026-10-23");
        assert_eq!(utc_offset_minutes(friday, &zone), 120);
    }

    #[test]
    fn a_year_ends_on_the_same_day_of_the_next() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        for (from, until) in [
            ("2026-11-27T15:00:00+02:00", "2027-11-27"),
            ("2027-11-27", "2028-11-27"),
            ("2028-02-29", "2029-02-28"),
        ] {
            let from = parse_moment(from, &zone).unwrap();
            let later = year_later(from, &zone);
            assert_eq!(later, Some(parse_moment(until, &zone).unwrap()));
            assert_eq!(day_start(later.unwrap(), &zone), later);
        }
        assert_eq!(year_later(Moment::from_unix_ms(i64::MAX), &zone), None);
    }

    #[test]
    fn what_is_no_moment_is_named() {
        let error = parse_moment("tomorrow", &TimeZone::UTC).unwrap_err();
        assert!(error.to_string().starts_with("`tomorrow` is neither"));
    }
}
