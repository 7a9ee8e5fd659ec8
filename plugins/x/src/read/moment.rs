//! When something was posted: the spellings X has used, and the clock inside an id.
//!
//! A post's id is a second clock since November 2010. It is asked only where the date that is written cannot be,
//! because real archives hold posts dated years before the platform began.

use jiff::{Timestamp, fmt::strtime};
use rin_plugin::prelude::Moment;

/// 2006-03-21, the day of the first post there is (<https://x.com/jack/status/20>).
const FIRST_POST: Moment = Moment::from_unix_ms(1_142_899_200_000);
/// The moment ids count from (<https://github.com/twitter-archive/snowflake/tree/snowflake-2010>).
const ID_EPOCH_MS: i64 = 1_288_834_974_657;
/// Bits of an id behind its milliseconds.
const ID_BITS: u32 = 22;
/// Ids below this were given out one by one, before they told a time.
const FIRST_TIMED_ID: i64 = 29_700_859_247;
const DAY_MS: i64 = 86_400_000;

/// Returns the moment of a date as posts, messages and manifests write it.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let at = match first.as_bytes().first()? {
        b'0'..=b'9' if rest.is_empty() => first.parse::<Timestamp>().ok()?,
        // The table of an old archive: 2013-01-24 02:02:37 +0000.
        b'0'..=b'9' => parse("%Y-%m-%d %H:%M:%S %z", text)?,
        // The day of the week in front says nothing that the date does not: Sat Aug 12 16:10:37 +0000 2023.
        _ => parse("%b %d %H:%M:%S %z %Y", rest)?,
    };
    Some(Moment::from_unix_ms(at.as_millisecond()))
}

fn parse(format: &str, text: &str) -> Option<Timestamp> {
    strtime::parse(format, text).ok()?.to_timestamp().ok()
}

/// Returns the moment inside an id; `None` for one that holds none.
pub(super) fn of_id(id: &str) -> Option<Moment> {
    let id: i64 = id.parse().ok()?;
    (FIRST_TIMED_ID <= id).then(|| Moment::from_unix_ms((id >> ID_BITS) + ID_EPOCH_MS))
}

/// When a post was made, and whether the date that is written cannot be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Dated {
    pub(super) at: Option<Moment>,
    pub(super) is_odd: bool,
}

/// Judges the date written beside an id: it stands from the first post there is until a day after `now`.
pub(super) fn judge(written: Option<Moment>, id: &str, now: Moment) -> Dated {
    let until = now.unix_ms().saturating_add(DAY_MS);
    let can_be = |at: &Moment| FIRST_POST <= *at && at.unix_ms() <= until;
    match written.filter(can_be) {
        Some(at) => Dated { at: Some(at), is_odd: false },
        None => Dated { at: of_id(id).filter(can_be), is_odd: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<i64>) {
        assert_eq!(moment(text), expected.map(Moment::from_unix_ms), "{text}");
    }

    #[test]
    fn every_spelling_of_a_date_is_read() {
        check("Sat Aug 12 16:10:37 +0000 2023", Some(1_691_856_637_000));
        check("2013-01-24 02:02:37 +0000", Some(1_358_992_957_000));
        check("2023-08-12T16:10:37.068Z", Some(1_691_856_637_068));
        check(" 2012-05-01T10:00:00.000Z ", Some(1_335_866_400_000));
        for bad in ["", " ", "yesterday", "Sat Aug 12", "2023-08-12", "Sat Feb 31 1:1:1 +0000 2023"]
        {
            check(bad, None);
        }
    }

    #[test]
    fn an_id_since_november_2010_holds_its_moment() {
        // The id of the worked example in the platform's documentation and its `created_at`.
        assert_eq!(
            of_id("1626922779105759235").map(|at| at.unix_ms() / 1000),
            moment("Sat Feb 18 12:33:11 +0000 2023").map(|at| at.unix_ms() / 1000)
        );
        for none in ["20", "29700859246", "-1", "", "x", "99999999999999999999"] {
            assert_eq!(of_id(none), None, "{none}");
        }
    }

    #[test]
    fn posts_dated_1997_or_2031_are_dated_by_their_id() {
        let now = Moment::from_unix_ms(1_700_000_000_000);
        let id = "1626922779105759235";
        let written = moment("Sat Feb 18 12:33:11 +0000 2023");
        assert_eq!(judge(written, id, now), Dated { at: written, is_odd: false });
        for odd in ["Mon Jan 06 10:00:00 +0000 1997", "Mon Jan 06 10:00:00 +0000 2031"] {
            assert_eq!(judge(moment(odd), id, now), Dated { at: of_id(id), is_odd: true });
        }
        assert_eq!(judge(None, id, now), Dated { at: of_id(id), is_odd: true });
        assert_eq!(judge(None, "20", now), Dated { at: None, is_odd: true });
    }
}
