//! Moments as tables write them: with a zone, without one, as a day, as a number.
//!
//! Nothing is guessed: a day written with slashes may have its month first or second and is no date here. A time
//! without a zone is taken as UTC and said to be.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use rin_plugin::{prelude::Moment, text::stamp};

/// What a date says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct When {
    pub(super) at: Moment,
    /// Whether it is a time without a zone.
    pub(super) is_unzoned: bool,
}

/// English and German beginnings of months.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän"],
    &["feb"],
    &["mar", "mär", "mrz"],
    &["apr"],
    &["may", "mai"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez"],
];

/// Returns the moment of a text; a day stands for its noon. `None` for what is no date or more than one.
pub(super) fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let exact = |at: i64| Some(When { at: Moment::from_unix_ms(at), is_unzoned: false });
    if let Some((at, rest)) = stamp(text)
        && matches!(rest, "" | "Z" | " UTC")
    {
        return Some(When { at, is_unzoned: rest.is_empty() });
    }
    if let Some(ms) = number(text) {
        return exact(ms);
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return exact(at.as_millisecond());
    }
    let utc = text.strip_suffix(" UTC").or_else(|| text.strip_suffix(" GMT")).map(str::trim);
    if let Some(at) = utc.and_then(civil) {
        return exact(at);
    }
    if let Some(date) =
        text.parse::<Date>().ok().filter(|_| !text.contains(':')).or_else(|| day(text))
    {
        return exact(ms_of(date.at(12, 0, 0, 0))?);
    }
    civil(text).map(|at| When { at: Moment::from_unix_ms(at), is_unzoned: true })
}

fn civil(text: &str) -> Option<i64> {
    let at = text.parse::<DateTime>().ok().filter(|_| text.contains(':'));
    at.or_else(|| {
        let (day_text, time) = text.rsplit_once(' ')?;
        let date = day(day_text.trim_end_matches(','))?;
        Some(date.to_datetime(time.parse().ok()?))
    })
    .and_then(ms_of)
}

fn ms_of(at: DateTime) -> Option<i64> {
    TimeZone::UTC.to_timestamp(at).ok().map(Timestamp::as_millisecond)
}

/// Returns the milliseconds of a number of seconds, milli-, micro- or nanoseconds since 1970, told by its size: as
/// seconds it would be a year beyond 5000.
fn number(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() < 6 || !is_number(whole) || !is_number(rest) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match number {
        0..100_000_000_000 => {
            let thousandths: String = rest.chars().chain("000".chars()).take(3).collect();
            Some(number * 1000 + thousandths.parse::<i64>().ok()?)
        }
        100_000_000_000..100_000_000_000_000 => Some(number),
        100_000_000_000_000..100_000_000_000_000_000 => Some(number / 1000),
        _ => Some(number / 1_000_000),
    }
}

/// Returns a day as `8.2.2026`, `8 Feb 2026` or `8-Feb-2026`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split(['.', ' ', '-']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || 2 < day.len() {
        return None;
    }
    let word = month.to_lowercase();
    let named = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)));
    let month = match named {
        Some(place) => i8::try_from(place).ok()? + 1,
        None if text.contains('.') => month.parse().ok()?,
        None => return None,
    };
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_every_spelling_that_has_one_meaning() {
        let noon = 1_770_552_000_000;
        for (text, at, is_unzoned) in [
            ("2026-02-08T12:00:00Z", noon, false),
            ("2026-02-08T13:00:00+01:00", noon, false),
            ("2026-02-08 12:00:00 UTC", noon, false),
            ("2026-02-08 12:00:00", noon, true),
            ("2026-02-08T12:00", noon, true),
            ("08.02.2026 12:00", noon, true),
            ("2026-02-08", noon, false),
            ("08.02.2026", noon, false),
            ("8 Feb 2026", noon, false),
            ("08-Feb-2026", noon, false),
            ("8. Februar 2026", noon, false),
            ("1770552000", noon, false),
            ("1770552000.5", noon + 500, false),
            ("1770552000000", noon, false),
            ("1770552000000000", noon, false),
            ("1770552000000000000", noon, false),
        ] {
            let expected = When { at: Moment::from_unix_ms(at), is_unzoned };
            assert_eq!(when(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_has_two_meanings_or_none_is_no_date() {
        for text in [
            "",
            "02/08/2026",
            "2/8/26, 3:04 PM",
            "31 Feb 2026",
            "8-Feb-26",
            "soon",
            "12",
            "-1770552000",
            "1e9",
            "NaN",
            "99999999999999999999",
        ] {
            assert_eq!(when(text), None, "{text}");
        }
    }
}
