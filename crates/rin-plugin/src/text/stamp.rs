//! The one shape of a date that most exports have, read without looking for any other.
//!
//! A general parser tries many shapes and makes an error of each that does not fit, which costs more than all else that
//! is done with a row. Whatever is not exactly of this shape is left to such a parser.

use rin_core::Moment;

/// Bytes of the shape.
const LENGTH: usize = 19;
const DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Returns the moment of a text that begins like `2021-05-04 06:35:40` or `2021-05-04T06:35:40`, taken as UTC, and what
/// stands behind it; `None` for another shape and for what is no date.
///
/// # Example
/// ```
/// use rin_plugin::text::stamp;
///
/// let (at, rest) = stamp("2021-05-04 06:35:40 UTC").unwrap();
/// assert_eq!((at.unix_ms(), rest), (1_620_110_140_000, " UTC"));
/// assert_eq!(stamp("2021-02-29 06:35:40"), None);
/// assert_eq!(stamp("4 May 2021"), None);
/// ```
pub fn stamp(text: &str) -> Option<(Moment, &str)> {
    let (shape, rest) = text.split_at_checked(LENGTH)?;
    let bytes: &[u8; LENGTH] = shape.as_bytes().try_into().ok()?;
    let [_, _, _, _, b'-', _, _, b'-', _, _, b' ' | b'T', _, _, b':', _, _, b':', _, _] = bytes
    else {
        return None;
    };
    let digits =
        [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18].map(|at| bytes[at].wrapping_sub(b'0'));
    if digits.iter().any(|digit| 9 < *digit) {
        return None;
    }
    let [century, year, month, day, hour, minute, second] =
        [0, 2, 4, 6, 8, 10, 12].map(|at| i64::from(digits[at]) * 10 + i64::from(digits[at + 1]));
    let year = century * 100 + year;
    let last = last_day(year, month)?;
    if !(1..=last).contains(&day) || 23 < hour || 59 < minute || 59 < second {
        return None;
    }
    let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    Some((Moment::from_unix_ms(seconds * 1000), rest))
}

/// Returns the milliseconds that a fraction like `.956042` of up to nine digits adds to a moment, finer ones cut, and what
/// stands behind it; zero and the text for one that begins otherwise.
///
/// # Example
/// ```
/// use rin_plugin::text::stamp_fraction;
///
/// assert_eq!(stamp_fraction(".956042+00:00"), (956, "+00:00"));
/// assert_eq!(stamp_fraction(".5Z"), (500, "Z"));
/// assert_eq!(stamp_fraction("Z"), (0, "Z"));
/// assert_eq!(stamp_fraction(".Z"), (0, ".Z"));
/// ```
pub fn stamp_fraction(text: &str) -> (i64, &str) {
    let Some(digits) = text.strip_prefix('.') else { return (0, text) };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = digits.split_at(length);
    if !(1..=9).contains(&length) {
        return (0, text);
    }
    let three = digits.bytes().chain(*b"000").take(3);
    (three.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')), rest)
}

fn last_day(year: i64, month: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = *DAYS.get(usize::try_from(month - 1).ok()?)?;
    Some(if is_leap && month == 2 { days + 1 } else { days })
}

/// Returns the days from 1970-01-01 to a date from year 0 on: `days_from_civil` of Howard Hinnant,
/// <https://howardhinnant.github.io/date_algorithms.html>, which counts years from March.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use jiff::{civil::DateTime, tz::TimeZone};

    use super::*;

    fn by_library(text: &str) -> Option<i64> {
        let civil: DateTime = text.parse().ok()?;
        Some(TimeZone::UTC.to_timestamp(civil).ok()?.as_millisecond())
    }

    #[test]
    fn days_of_ten_thousand_years_are_the_library_s() {
        let years = (0..=9999).step_by(7).chain(1896..=2104);
        let months = years.flat_map(|year| (0..=13).map(move |month| (year, month)));
        let days = [0, 1, 15, 28, 29, 30, 31, 32];
        for ((year, month), day) in months.flat_map(|month| days.map(|day| (month, day))) {
            let text = format!("{year:04}-{month:02}-{day:02} 23:59:07");
            let found = stamp(&text).map(|(at, _)| at.unix_ms());
            assert_eq!(found, by_library(&text), "{text}");
        }
    }

    #[test]
    fn another_shape_is_none() {
        for other in [
            "",
            "2021-05-04",
            "2021-05-04 06:35",
            "2021-05-04 24:00:00",
            "2021-05-04 06:60:00",
            "2021-05-04 06:35:60",
            "2021/05/04 06:35:40",
            "2021-05-04_06:35:40",
            "+021-05-04 06:35:40",
            "2021-05-04 06:35:4é",
            "2021-05-04 -6:35:40",
        ] {
            assert_eq!(stamp(other), None, "{other}");
        }
    }
}
