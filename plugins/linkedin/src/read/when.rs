//! Dates as LinkedIn writes them, in seven spellings: one a file, and others where a program saved it again.
//!
//! Most have no zone or no time at all. Such a date stands for noon of its day, so that the day is right for nearly
//! everybody; the hour is not guessed.

use jiff::{civil::Date, fmt::strtime, tz::TimeZone};
use rin_plugin::{prelude::Moment, text::stamp};

/// What a date says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct When {
    pub(super) at: Moment,
    pub(super) spelling: Spelling,
}

/// How a date was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spelling {
    /// With time and zone.
    Exact,
    /// A day.
    Day,
    /// A time without a zone, of which only the day is kept.
    Unzoned,
    /// A day as a spreadsheet writes it: the file was saved again.
    Resaved,
    /// A day with its month in another language than English.
    Localised,
}

/// Beginnings of months in the languages of western Europe, and their numbers.
const MONTHS: [(&str, i8); 40] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("jän", 1),
    ("ene", 1),
    ("gen", 1),
    ("fév", 2),
    ("fev", 2),
    ("mär", 3),
    ("mrt", 3),
    ("mrz", 3),
    ("abr", 4),
    ("avr", 4),
    ("mai", 5),
    ("mei", 5),
    ("mag", 5),
    ("maj", 5),
    ("giu", 6),
    ("juin", 6),
    ("lug", 7),
    ("juil", 7),
    ("ago", 8),
    ("aoû", 8),
    ("aug", 8),
    ("set", 9),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("dez", 12),
    ("dic", 12),
    ("déc", 12),
    ("mars", 3),
    ("april", 4),
];

/// Returns the moment of a date in any of the spellings.
pub(super) fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if let Some((at, " UTC")) = stamp(text) {
        return Some(When { at, spelling: Spelling::Exact });
    }
    exact(text).or_else(|| unzoned(text)).or_else(|| day(text)).or_else(|| localised(text))
}

/// `2023-09-12 03:28:47 UTC`, `2023/09/12 03:28:47 UTC`, `Wed Jun 24 12:43:42 UTC 2026`.
fn exact(text: &str) -> Option<When> {
    let civil = if let Some(text) = text.strip_suffix(" UTC") {
        ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S"].iter().find_map(|format| parse(format, text))?
    } else {
        let (date, year) = text.rsplit_once(" UTC ")?;
        // The day of the week says nothing that the date does not.
        let (_, date) = date.split_once(' ')?;
        parse("%b %d %H:%M:%S %Y", &format!("{date} {year}"))?
    };
    let at = TimeZone::UTC.to_timestamp(civil).ok()?;
    Some(When { at: Moment::from_unix_ms(at.as_millisecond()), spelling: Spelling::Exact })
}

fn parse(format: &str, text: &str) -> Option<jiff::civil::DateTime> {
    strtime::parse(format, text).ok()?.to_datetime().ok()
}

/// `1/29/26, 2:37 PM`, `2021-03-09 22:03:24`.
fn unzoned(text: &str) -> Option<When> {
    // Some programs write a narrow space before the half of the day.
    let text = text.replace(['\u{202f}', '\u{a0}'], " ");
    let formats = ["%m/%d/%y, %I:%M %p", "%m/%d/%Y, %I:%M %p", "%Y-%m-%d %H:%M:%S"];
    let civil = formats.iter().find_map(|format| parse(format, &text))?;
    noon(civil.date(), Spelling::Unzoned)
}

/// `08 Feb 2026`, `2026-02-08`, and `4-Apr-21` of a spreadsheet.
fn day(text: &str) -> Option<When> {
    let date = |format: &str| strtime::parse(format, text).ok()?.to_date().ok();
    if let Some(date) = date("%d %b %Y").or_else(|| date("%Y-%m-%d")) {
        return noon(date, Spelling::Day);
    }
    noon(date("%d-%b-%y").or_else(|| date("%d-%b-%Y"))?, Spelling::Resaved)
}

/// `08 Okt. 2026`.
fn localised(text: &str) -> Option<When> {
    let mut words = text.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?.to_lowercase(), words.next()?);
    let (_, month) = MONTHS
        .iter()
        .filter(|(begin, _)| month.starts_with(begin))
        .max_by_key(|(begin, _)| begin.len())?;
    let day = day.trim_end_matches('.').parse().ok()?;
    noon(Date::new(year.parse().ok()?, *month, day).ok()?, Spelling::Localised)
}

fn noon(date: Date, spelling: Spelling) -> Option<When> {
    let noon = TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok()?;
    Some(When { at: Moment::from_unix_ms(noon.as_millisecond()), spelling })
}

/// Returns the day of a moment as `2026-02-08`.
pub(super) fn iso_day(at: Moment) -> String {
    let at = jiff::Timestamp::from_millisecond(at.unix_ms());
    at.map(|at| TimeZone::UTC.to_datetime(at).date().to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, ms: i64, spelling: Spelling) {
        assert_eq!(when(text), Some(When { at: Moment::from_unix_ms(ms), spelling }), "{text}");
    }

    #[test]
    fn every_spelling_of_a_date_is_read() {
        check("2023-09-12 03:28:47 UTC", 1_694_489_327_000, Spelling::Exact);
        check("2023/09/12 03:28:47 UTC", 1_694_489_327_000, Spelling::Exact);
        check("Tue Sep 12 03:28:47 UTC 2023", 1_694_489_327_000, Spelling::Exact);
        check("9/12/23, 3:28 AM", 1_694_520_000_000, Spelling::Unzoned);
        check("09/12/2023, 11:28 PM", 1_694_520_000_000, Spelling::Unzoned);
        check("9/12/23, 3:28\u{202f}AM", 1_694_520_000_000, Spelling::Unzoned);
        check("2023-09-12 23:28:47", 1_694_520_000_000, Spelling::Unzoned);
        check("12 Sep 2023", 1_694_520_000_000, Spelling::Day);
    }

    #[test]
    fn a_date_that_a_spreadsheet_saved_again_is_read_and_known() {
        check("4-Apr-21", 1_617_537_600_000, Spelling::Resaved);
    }

    #[test]
    fn months_in_other_languages_are_read_and_known() {
        for text in ["12 Okt. 2023", "12. okt 2023", "12 oct. 2023", "12 ott 2023"] {
            assert_eq!(when(text).map(|when| when.at.unix_ms()), Some(1_697_112_000_000), "{text}");
        }
        check("08 déc. 2023", 1_702_036_800_000, Spelling::Localised);
        assert_ne!(when("08 juin 2023"), when("08 juillet 2023"));
    }

    #[test]
    fn what_is_no_date_is_none_and_days_are_not_guessed() {
        for bad in ["", "yesterday", "29/1/26, 2:37 PM", "31 Feb 2023", "13/13/2023", "08 xyz 2023"]
        {
            assert_eq!(when(bad), None, "{bad}");
        }
        assert_eq!(iso_day(Moment::from_unix_ms(1_694_520_000_000)), "2023-09-12");
    }
}
