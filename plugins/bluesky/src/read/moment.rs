//! Says when a record was made, although its date is whatever the writer's program claimed.
//!
//! `createdAt` is set by the client; servers accept 1985 and 2031 alike. The record key is a second clock: a TID
//! holds the microsecond at which the server or client took it (<https://atproto.com/specs/tid>). A claimed date
//! stands unless it is impossible, because imported posts keep their true, earlier date that way. What decides is
//! the record alone and not when it was exported, so that two exports of one record give one moment.

use jiff::Timestamp;
use rin_plugin::prelude::Moment;

/// The month after the protocol was made public on 2022-10-18
/// (<https://bsky.social/about/blog/10-18-2022-the-at-protocol>): nothing was written on the network before.
pub(super) const NETWORK_START: Moment = Moment::from_unix_ms(1_667_260_800_000);

/// How far ahead of the server's a writer's clock may be, in milliseconds: a minute.
const MAX_LEAD_MS: i64 = 60_000;

const TID_DIGITS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// When a record was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Made {
    /// As it claims.
    Claimed(Moment),
    /// As its key says, because the claim is impossible or unreadable.
    ByKey(Moment),
    /// Nothing says so.
    Unknown,
}

impl Made {
    /// Returns the moment, if there is one.
    pub(super) fn moment(self) -> Option<Moment> {
        match self {
            Self::Claimed(at) | Self::ByKey(at) => Some(at),
            Self::Unknown => None,
        }
    }
}

/// Returns when a record was made that was written by `latest`.
///
/// If the key holds a time, the claim stands from [`NETWORK_START`] to a minute after that time, and else the key's
/// time is taken. Without it, an early claim stands, being somebody's word; one after `latest` does not, being
/// impossible.
pub(super) fn made(claim: Option<&str>, rkey: &str, latest: Moment) -> Made {
    let claimed = claim.and_then(parse);
    let key = tid(rkey).filter(|key| NETWORK_START <= *key && *key <= latest);
    let Some(key) = key else {
        return claimed.filter(|at| *at <= latest).map_or(Made::Unknown, Made::Claimed);
    };
    let end = Moment::from_unix_ms(key.unix_ms().saturating_add(MAX_LEAD_MS));
    let stands = |at: &Moment| NETWORK_START <= *at && *at <= end;
    claimed.filter(stands).map_or(Made::ByKey(key), Made::Claimed)
}

/// Returns the moment an RFC 3339 text names; digits finer than a nanosecond are cut.
pub(super) fn parse(text: &str) -> Option<Moment> {
    let (head, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let timestamp: Timestamp = if 9 < digits {
        let (fine, zone) = (fraction.get(..9)?, fraction.get(digits..)?);
        format!("{head}.{fine}{zone}").parse().ok()?
    } else {
        text.parse().ok()?
    };
    Some(Moment::from_unix_ms(timestamp.as_millisecond()))
}

/// Returns the moment a TID holds; `None` if the text is no TID.
pub(super) fn tid(text: &str) -> Option<Moment> {
    let digits: &[u8; 13] = text.as_bytes().try_into().ok()?;
    let mut number: u64 = 0;
    for byte in digits {
        let digit = TID_DIGITS.iter().position(|digit| digit == byte)?;
        // Thirteen digits hold 65 bits, of which the first two are zero.
        if number >> 58 != 0 {
            return None;
        }
        number = number << 5 | u64::try_from(digit).ok()?;
    }
    // 53 bits of microseconds, 10 bits of clock number.
    let micros = i64::try_from(number >> 10).ok()?;
    Some(Moment::from_unix_ms(micros / 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        parse(text).unwrap()
    }

    #[test]
    fn dates_of_every_shape_are_read() {
        let cases = [
            ("1985-04-12T23:20:50.123Z", 482_196_050_123),
            ("1985-04-12T23:20:50.1Z", 482_196_050_100),
            ("1985-04-12T23:20:50.123456Z", 482_196_050_123),
            ("1985-04-12T23:20:50.1234567890123Z", 482_196_050_123),
            ("1985-04-12T23:20:50Z", 482_196_050_000),
            ("2024-04-04T06:43:53.965+02:00", 1_712_205_833_965),
            ("2024-04-04T04:43:53.965+00:00", 1_712_205_833_965),
            ("1969-12-31T23:59:59.999Z", -1),
        ];
        for (text, ms) in cases {
            assert_eq!(parse(text), Some(Moment::from_unix_ms(ms)), "{text}");
        }
        for text in ["", "yesterday", "2024-04-04", "2024-13-01T00:00:00Z", "1985-04-12T23:20:50.é"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_tid_holds_microseconds() {
        // The third is the example of the specification; the figures were worked out apart from this code.
        assert_eq!(tid("2222222222222"), Some(Moment::from_unix_ms(0)));
        assert_eq!(tid("7777777777777"), Some(Moment::from_unix_ms(5_811_096_293_381)));
        assert_eq!(tid("3jzfcijpj2z2a"), Some(Moment::from_unix_ms(1_688_137_381_887)));
        for text in ["", "3jzfcijpj2z2", "3jzfcijpj2z2aa", "3JZFCIJPJ2Z2A", "0000000000000"] {
            assert_eq!(tid(text), None, "{text}");
        }
        assert_eq!(tid("zzzzzzzzzzzzz"), None, "the highest bit is zero");
        assert_eq!(tid("kjzfcijpj2z2a"), None, "the highest bit is zero");
    }

    #[test]
    fn a_later_export_tells_the_same_moment() {
        let (early, late) = (at("2025-05-01T00:00:00Z"), at("2032-01-01T00:00:00Z"));
        for claim in ["2024-01-01T00:00:00Z", "2025-04-01T00:00:30Z", "2031-12-24T18:00:00Z"] {
            let key = "3llpkvwccuu3k";
            assert_eq!(made(Some(claim), key, early), made(Some(claim), key, late), "{claim}");
        }
    }

    #[test]
    fn an_impossible_claim_gives_way_to_the_key() {
        let latest = at("2026-01-01T00:00:00Z");
        let key = "3llpkvwccuu3k";
        let by_key = tid(key).unwrap();
        let cases = [
            (Some("2024-05-01T00:00:00Z"), key, Made::Claimed(at("2024-05-01T00:00:00Z"))),
            (Some("2025-04-01T00:01:00Z"), key, Made::Claimed(at("2025-04-01T00:01:00Z"))),
            (Some("2025-04-01T00:01:00.001Z"), key, Made::ByKey(by_key)),
            (Some("2031-12-24T18:00:00Z"), key, Made::ByKey(by_key)),
            (Some("1985-04-12T23:20:50Z"), key, Made::ByKey(by_key)),
            (Some("soon"), key, Made::ByKey(by_key)),
            (None, key, Made::ByKey(by_key)),
            (Some("1985-04-12T23:20:50Z"), "self", Made::Claimed(at("1985-04-12T23:20:50Z"))),
            (Some("2031-12-24T18:00:00Z"), "self", Made::Unknown),
            (Some("2031-12-24T18:00:00Z"), "7777777777777", Made::Unknown),
            (None, "self", Made::Unknown),
        ];
        for (claim, rkey, expected) in cases {
            assert_eq!(made(claim, rkey, latest), expected, "{claim:?} {rkey}");
        }
    }
}
