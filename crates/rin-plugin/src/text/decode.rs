//! Which encoding a text file is in, and its text.
//!
//! A mark at the beginning decides; without one it is UTF-8 if that fits and Windows-1252 if not, because spreadsheets
//! save so and every byte means something in it.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An encoding met in exports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, low byte first, told by its mark.
    Utf16Le,
    /// UTF-16, high byte first, told by its mark.
    Utf16Be,
    /// What is no UTF-8 and has no mark.
    Windows1252,
}

/// A text and how it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded<'a> {
    /// The text without its mark; borrowed where no byte had to change.
    pub text: Cow<'a, str>,
    /// The encoding it was in.
    pub encoding: Encoding,
    /// Whether something could not be read and stands as U+FFFD.
    pub has_replacements: bool,
}

/// Returns the text of the bytes of a file.
///
/// # Example
/// ```
/// use rin_plugin::text::{Encoding, decode};
///
/// assert_eq!(decode(b"J\xfcrgen").text, "Jürgen");
/// assert_eq!(decode(b"\xff\xfea\0").encoding, Encoding::Utf16Le);
/// ```
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = String::from_utf8_lossy(rest);
        let has_replacements = matches!(text, Cow::Owned(_));
        return Decoded { text, encoding: Encoding::Utf8, has_replacements };
    }
    let marked =
        [(b"\xff\xfe", UTF_16LE, Encoding::Utf16Le), (b"\xfe\xff", UTF_16BE, Encoding::Utf16Be)];
    for (mark, decoder, encoding) in marked {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, has_replacements) = decoder.decode_without_bom_handling(rest);
            return Decoded { text, encoding, has_replacements };
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.into(), encoding: Encoding::Utf8, has_replacements: false };
    }
    let (text, has_replacements) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded { text, encoding: Encoding::Windows1252, has_replacements }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Encoding, has_replacements: bool) {
        assert_eq!(decode(bytes), Decoded { text: text.into(), encoding, has_replacements });
    }

    #[test]
    fn the_mark_decides_then_utf8_then_windows_1252() {
        check(b"", "", Encoding::Utf8, false);
        check("Zoë".as_bytes(), "Zoë", Encoding::Utf8, false);
        check(b"\xef\xbb\xbfa", "a", Encoding::Utf8, false);
        check(b"\xef\xbb\xbf\xff", "\u{fffd}", Encoding::Utf8, true);
        check(b"\xff\xfeZ\0o\0\xeb\0", "Zoë", Encoding::Utf16Le, false);
        check(b"\xfe\xff\0Z\0o\0\xeb", "Zoë", Encoding::Utf16Be, false);
        check(b"\xff\xfeZ\0o", "Z\u{fffd}", Encoding::Utf16Le, true);
        check(b"Gro\xdf \x80", "Groß €", Encoding::Windows1252, false);
    }
}
