//! Text whose UTF-8 bytes an exporter took for letters, put right.
//!
//! Meta writes `ü` as `Ã¼`: each byte of its UTF-8 stands as a letter of its own, in values, keys and names alike.

use std::borrow::Cow;

/// Returns the text with doubly encoded UTF-8 put right, or as it is.
///
/// Only a text all of whose letters are bytes, and whose bytes are UTF-8, is changed: a genuine `Müller` is no UTF-8
/// as bytes and stays, and what is half broken stays as it is. A repaired text is not changed by another repair unless it was encoded thrice.
///
/// # Example
/// ```
/// use rin_plugin::text::repair;
///
/// assert_eq!(repair("J\u{c3}\u{bc}rgen"), "Jürgen");
/// assert_eq!(repair("Jürgen"), "Jürgen");
/// assert_eq!(repair("Ann"), "Ann");
/// ```
pub fn repair(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let bytes: Option<Vec<u8>> =
        text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    match bytes.map(String::from_utf8) {
        Some(Ok(repaired)) => repaired.into(),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a text as Meta does.
    fn doubled(text: &str) -> String {
        text.bytes().map(char::from).collect()
    }

    #[test]
    fn mojibake_is_repaired_once_and_genuine_text_stays() {
        for genuine in ["Jörg D’Amico", "Grażyna", "🌻 Schön!", "Ñandú", "Ελένη", "Zoë", "", "a"]
        {
            assert_eq!(repair(&doubled(genuine)), genuine);
            assert_eq!(repair(genuine), genuine);
            assert_eq!(repair(&repair(&doubled(genuine))), genuine);
        }
    }

    #[test]
    fn half_mojibake_stays_as_it_is() {
        let half = format!("{} – Grüße", doubled("Jörg"));
        assert_eq!(repair(&half), half);
        assert_eq!(repair("J\u{c3}"), "J\u{c3}");
    }
}
