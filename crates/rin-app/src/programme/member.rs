//! A member of a team as a user writes it on a line: `ben=30:mastodon,github@2027-03-01`.

use jiff::tz::TimeZone;
use rin_core::{Member, Minutes};

use super::ProgrammeRequestError;
use crate::parse_moment;

/// The most minutes a week has.
const WEEK: f64 = 10_080.0;

/// Reads `NAME=MINUTES[:PLATFORM,…][@LAST DAY]`.
///
/// # Errors
/// [`ProgrammeRequestError::Member`] with what is wrong.
///
/// # Example
/// ```
/// use jiff::tz::TimeZone;
/// let ben = rin_app::parse_member("ben=30:mastodon@2027-03-01", &TimeZone::UTC)?;
/// assert_eq!((ben.name.as_str(), ben.minutes_per_week.get()), ("ben", 30.0));
/// assert!(ben.tends("mastodon") && !ben.tends("github"));
/// assert!(rin_app::parse_member("ben", &TimeZone::UTC).is_err());
/// # Ok::<(), rin_app::ProgrammeRequestError>(())
/// ```
pub fn parse_member(text: &str, zone: &TimeZone) -> Result<Member, ProgrammeRequestError> {
    let wrong =
        |what: &str| ProgrammeRequestError::Member { text: text.to_owned(), what: what.to_owned() };
    let (name, rest) =
        text.split_once('=').ok_or_else(|| wrong("`=` and the minutes are missing"))?;
    let (rest, until) = match rest.split_once('@') {
        Some((rest, day)) => {
            let until = parse_moment(day.trim(), zone);
            (rest, Some(until.map_err(|error| wrong(&error.to_string()))?))
        }
        None => (rest, None),
    };
    let (minutes, platforms) = rest.split_once(':').unwrap_or((rest, ""));
    let minutes: f64 = minutes.trim().parse().map_err(|_| wrong("the minutes are no number"))?;
    if !(0.0..=WEEK).contains(&minutes) {
        return Err(wrong("the minutes of a week are 0 to 10,080"));
    }
    if name.trim().is_empty() {
        return Err(wrong("the name is missing"));
    }
    let platforms = platforms.split(',').map(str::trim).filter(|platform| !platform.is_empty());
    Ok(Member {
        platforms: platforms.map(str::to_ascii_lowercase).collect(),
        until,
        ..Member::new(name.trim(), Minutes::new(minutes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        for (text, said) in [
            ("ben", "`ben` is no member of a team: `=` and the minutes are missing"),
            ("=30", "`=30` is no member of a team: the name is missing"),
            ("ben=x", "`ben=x` is no member of a team: the minutes are no number"),
            ("ben=-1", "`ben=-1` is no member of a team: the minutes of a week are 0 to 10,080"),
            ("ben=nan", "`ben=nan` is no member of a team: the minutes of a week are 0 to 10,080"),
        ] {
            assert_eq!(parse_member(text, &TimeZone::UTC).unwrap_err().to_string(), said);
        }
        let error = parse_member("ben=1@soon", &TimeZone::UTC).unwrap_err();
        assert!(error.to_string().contains("`soon` is neither a day"), "{error}");
    }

    #[test]
    fn platforms_and_last_day_may_be_left_out() {
        let member = parse_member(" Anna B = 12.5 : Mastodon, github ", &TimeZone::UTC).unwrap();
        assert_eq!(member.name, "Anna B");
        assert_eq!(member.minutes_per_week, Minutes::new(12.5));
        assert_eq!(member.platforms, ["mastodon", "github"]);
        assert_eq!(member.until, None);
    }
}
