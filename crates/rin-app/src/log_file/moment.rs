//! When a row happened: seconds, milliseconds or words.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use rin_core::Moment;

/// Larger numbers are milliseconds: as seconds they would lie beyond the year 5138.
const LAST_SECOND: f64 = 1e11;

/// Reads seconds or milliseconds since 1970, or an ISO 8601 moment (a day alone is its start, without an offset UTC).
pub(super) fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return from_number(number);
    }
    let timestamp: Timestamp = text.parse().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        Some(civil.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
    })?;
    Some(Moment::from_unix_ms(timestamp.as_millisecond()))
}

/// Takes seconds or milliseconds since 1970.
pub(super) fn from_number(number: f64) -> Option<Moment> {
    let ms = if number.abs() < LAST_SECOND { number * 1e3 } else { number };
    #[expect(clippy::cast_possible_truncation, reason = "checked to fit")]
    (ms.abs() < 9e15).then(|| Moment::from_unix_ms(ms.round() as i64))
}
