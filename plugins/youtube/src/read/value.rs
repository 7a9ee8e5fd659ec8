//! What a field is, told by its value: headings are in the language of whoever exported, ids and times are not.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use rin_plugin::{
    prelude::{FactKind, Moment},
    text::{Facts, stamp, stamp_fraction},
};

/// 2005-02-14, the day the platform was founded (<https://en.wikipedia.org/wiki/YouTube>).
const OPENED: Moment = Moment::from_unix_ms(1_108_339_200_000);
const DAY_MS: i64 = 86_400_000;
/// Bytes of a channel's id, of a video's, and of a community post's.
const CHANNEL: usize = 24;
const VIDEO: usize = 11;
const POST: usize = 36;

fn is_word(text: &str) -> bool {
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // Without a way out, so that many bytes are looked at in one step.
    text.bytes().fold(true, |are, byte| are & is_one(byte))
}

/// Whether a text is the id of a channel.
pub(super) fn is_channel(text: &str) -> bool {
    text.len() == CHANNEL && text.starts_with("UC") && is_word(text)
}

/// Whether a text can be the id of a video; a price can be as long, of digits alone.
pub(super) fn is_video(text: &str) -> bool {
    text.len() == VIDEO && is_word(text) && !text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is the id of a comment; an answer's has its thread's before a dot. Those of the years in which comments
/// were posts on Google+ begin with `z1`.
pub(super) fn is_comment(text: &str) -> bool {
    let least = match text.get(..2) {
        Some("Ug") => 16,
        Some("z1") => 30,
        _ => return false,
    };
    let thread = text.split('.').next().unwrap_or_default();
    (least..=128).contains(&text.len()) && is_word(thread) && !is_post(text)
}

/// Whether a text is the id of a community post.
fn is_post(text: &str) -> bool {
    text.len() == POST && text.starts_with("Ugkx")
}

/// Returns the channel that an address leads to.
pub(super) fn channel_in(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("youtube.com/channel/")?;
    rest.get(..CHANNEL).filter(|id| is_channel(id))
}

/// Returns the address that a channel is itself, by which cards and profiles elsewhere name its holder.
pub(super) fn page(channel: &str) -> Facts {
    let mut facts = Facts::default();
    if is_channel(channel) {
        facts.add(FactKind::Page, &format!("youtube.com/channel/{channel}"));
    }
    facts
}

/// Returns the video that an address leads to.
pub(super) fn video_in(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("youtube.com/watch?v=")?;
    rest.get(..VIDEO).filter(|id| is_word(id))
}

/// Whether a text is the text of a comment as it is exported: pieces in JSON.
pub(super) fn is_text(text: &str) -> bool {
    text.starts_with("{\"text\"") || text.starts_with("{\"takeoutSegments\"")
}

/// Returns the moment of a text that is one: `2023-04-14T07:39:35.956042+00:00`, `2021-08-01 10:00:00 UTC`.
pub(super) fn moment(text: &str) -> Option<Moment> {
    if text.len() < 19 || !text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    if let Some((at, rest)) = stamp(text)
        && let (ms, "Z" | "+00:00" | " UTC") = stamp_fraction(rest)
    {
        return Some(Moment::from_unix_ms(at.unix_ms() + ms));
    }
    let at = text.parse::<Timestamp>().ok().or_else(|| {
        let civil: DateTime = text.strip_suffix(" UTC")?.parse().ok()?;
        TimeZone::UTC.to_timestamp(civil).ok()
    })?;
    Some(Moment::from_unix_ms(at.as_millisecond()))
}

/// Whether something can have happened then: since the platform was founded, until a day after `now`.
pub(super) fn can_be(at: Moment, now: Moment) -> bool {
    OPENED <= at && at.unix_ms() <= now.unix_ms().saturating_add(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_by_their_shape() {
        assert!(is_channel("UCA6DtnbZ2KJckyTYfXOwQNA") && !is_channel("UCA6DtnbZ2KJckyTYfXOwQN"));
        assert!(!is_channel("UCA6DtnbZ2KJckyTYfXOwQN!"));
        assert!(is_video("tbpvom68y_z") && is_video("9-r86j-m0hj"));
        assert!(!is_video("12345678901") && !is_video("short") && !is_video("with space "));
        assert!(is_comment("UgxtiXQkY7gqHbldJ1F4AaABAg") && is_comment("UgiNMzGz_nAsjXfCoAEC"));
        assert!(is_comment("UgwDN8UeMxW4NDFbvY54AaABAg.9iwJkUYNcXa9u0lv3j3Abh"));
        assert!(!is_comment("UgkxF0123456789abcdef0123456789abcde") && !is_comment("Ugly"));
        assert!(is_comment("z13ju5kz2nzsyhzhd04cd3ya0lvxsrz40d4") && !is_comment("z1short"));
        assert_eq!(
            channel_in("http://www.youtube.com/channel/UCA6DtnbZ2KJckyTYfXOwQNA"),
            Some("UCA6DtnbZ2KJckyTYfXOwQNA")
        );
        assert_eq!(
            video_in("https://www.youtube.com/watch?v=tbpvom68y_z&t=3"),
            Some("tbpvom68y_z")
        );
    }

    #[test]
    fn times_are_read_in_both_spellings() {
        let ms = |text: &str| moment(text).map(Moment::unix_ms);
        assert_eq!(ms("2023-04-14T07:39:35.956042+00:00"), Some(1_681_457_975_956));
        assert_eq!(ms("2021-08-01 10:00:00 UTC"), Some(1_627_812_000_000));
        for none in ["", "0", "2021-08-01", "yesterday", "2021-13-01T10:00:00Z"] {
            assert_eq!(ms(none), None, "{none}");
        }
        let now = Moment::from_unix_ms(1_700_000_000_000);
        assert!(can_be(now, now) && !can_be(Moment::from_unix_ms(0), now));
        assert!(!can_be(Moment::from_unix_ms(1_800_000_000_000), now));
    }
}
