//! Dates of an export: in UTC, with or without the word behind them.

use jiff::{civil::DateTime, tz::TimeZone};
use rin_plugin::{prelude::Moment, text::stamp};

/// 2014-04-01, the month of the first version of what became the platform (<https://en.wikipedia.org/wiki/Musical.ly>).
const OPENED: Moment = Moment::from_unix_ms(1_396_310_400_000);
const DAY_MS: i64 = 86_400_000;

/// Returns the moment of `2021-05-04 06:35:40` or `2021-05-04 06:35:40 UTC`.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let civil = text.strip_suffix("UTC").unwrap_or(text).trim_end();
    if let Some((at, "")) = stamp(civil) {
        return Some(at);
    }
    if civil.len() != 19 {
        return None;
    }
    let at = TimeZone::UTC.to_timestamp(civil.parse::<DateTime>().ok()?).ok()?;
    Some(Moment::from_unix_ms(at.as_millisecond()))
}

/// Returns it if it can be: since there was anything, until a day after `now`.
pub(super) fn judged(text: &str, now: Moment) -> Option<Moment> {
    let until = now.unix_ms().saturating_add(DAY_MS);
    moment(text).filter(|at| OPENED <= *at && at.unix_ms() <= until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_date_are_read() {
        let ms = |text: &str| moment(text).map(Moment::unix_ms);
        assert_eq!(ms("2021-05-04 06:35:40"), Some(1_620_110_140_000));
        assert_eq!(ms("2021-05-04 06:35:40 UTC"), Some(1_620_110_140_000));
        for none in ["", "N/A", "2021-05-04", "2021-13-04 06:35:40", "ünïcödë-is-longer"] {
            assert_eq!(ms(none), None, "{none}");
        }
        let now = Moment::from_unix_ms(1_700_000_000_000);
        assert_eq!(judged("1970-01-01 00:00:00", now), None);
        assert_eq!(judged("2031-01-01 00:00:00", now), None);
    }
}
