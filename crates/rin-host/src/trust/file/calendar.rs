//! Days as the file writes them, `2026-08-17`: the proleptic Gregorian calendar, in UTC.
//!
//! The two directions are Howard Hinnant's `days_from_civil` and `civil_from_days`
//! (<https://howardhinnant.github.io/date_algorithms.html>): years begin in March, so that the leap day is the last
//! one, and eras of 400 years have one length.

use rin_core::Day;
use toml::value::Date;

/// Days from 1 March of the year 0 to 1 January 1970.
const TO_EPOCH: i32 = 719_468;
/// Days of 400 years.
const ERA: i32 = 146_097;

/// Returns a date's day.
pub(super) fn day(date: Date) -> Day {
    let (month, day) = (i32::from(date.month), i32::from(date.day));
    let year = i32::from(date.year) - i32::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Day::from_number(era * ERA + day_of_era - TO_EPOCH)
}

/// Returns a day's date; days before the year 0 and after the year 9999 as the nearest that can be written.
pub(super) fn date(day: Day) -> Date {
    // The first and the last day that TOML can write.
    let shifted = day.number().clamp(-719_528, 2_932_896) + TO_EPOCH;
    let (era, day_of_era) = (shifted.div_euclid(ERA), shifted.rem_euclid(ERA));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    // All three are in range by what the calendar is; a conversion that failed would show as the first of its kind.
    Date {
        year: u16::try_from(year).unwrap_or_default(),
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(day).unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_have_known_dates() {
        for (number, text) in [
            (0, "1970-01-01"),
            (20_682, "2026-08-17"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (-1, "1969-12-31"),
            (-719_528, "0000-01-01"),
            (2_932_896, "9999-12-31"),
        ] {
            assert_eq!(date(Day::from_number(number)).to_string(), text);
        }
        assert_eq!(date(Day::from_number(i32::MAX)).to_string(), "9999-12-31");
    }

    #[test]
    fn every_day_comes_back_from_its_date() {
        for number in -719_528..=2_932_896 {
            assert_eq!(day(date(Day::from_number(number))).number(), number);
        }
    }
}
