//! The JSON inside X's files: what stands before it is cut off, and what breaks parsers is mended.
//!
//! A file is a script that assigns one list, `window.YTD.like.part0 = [ … ]`. People also keep the bare list, editors
//! add a byte order mark, and texts hold control characters that no JSON may hold.

use std::io::{self, Chain, Cursor, Read};

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::{ReadError, Stop},
    text::{Item, Items, ItemsError, json_array},
};
use serde_json::Value;

/// The longest text looked through for an assignment, in bytes.
const HEAD: usize = 512;
/// Documents that are one object: the manifest names every file of the archive.
const MAX_DOCUMENT: usize = 4 << 20;

/// A script without its assignment.
pub(super) struct Script<R> {
    inner: Chain<Cursor<Vec<u8>>, R>,
    /// How many bytes were cut off.
    skipped: u64,
}

impl<R: Read> Script<R> {
    /// Reads up to the value of the assignment.
    pub(super) fn open(mut reader: R) -> io::Result<Self> {
        let mut head = Vec::new();
        reader.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let skipped = assignment(&head);
        head.drain(..skipped);
        Ok(Self { inner: Cursor::new(head).chain(reader), skipped: skipped as u64 })
    }
}

/// Returns where the value of an assignment begins; behind the mark if there is none.
fn assignment(head: &[u8]) -> usize {
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let rest = head.get(mark..).unwrap_or_default();
    let Some(equals) = rest.iter().position(|byte| *byte == b'=') else { return mark };
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._ \t\r\n".contains(byte);
    let is_assignment = rest.iter().take(equals).all(is_name);
    if is_assignment { mark + equals + 1 } else { mark }
}

/// Returns the beginning of a file as text; empty for one that cannot be read, which says why when it is.
pub(super) fn head_of(archive: &Archive<'_>, file: &ArchiveFile) -> String {
    let mut head = Vec::new();
    let read = archive.open_file(file).map(|reader| reader.take(256).read_to_end(&mut head));
    if read.is_err() {
        return String::new();
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Hands over the elements of the list in a file, one after the other, with places counted in the whole file.
///
/// # Errors
/// [`ItemsError`] after what stands before the fault has been handed over.
pub(super) fn each_item(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    longest: usize,
    mut each: impl FnMut(Item<'_>) -> Result<(), Stop>,
) -> Result<Items, ItemsError> {
    let reader = archive.open_file(file).map_err(fault_of)?;
    let script = Script::open(reader)
        .map_err(|error| ItemsError::Fault(rin_plugin::archive::Fault::from_io(&error, 1)))?;
    let skipped = script.skipped;
    let read = json_array(script.inner, longest, |item| {
        each(Item { place: item.place.saturating_add(skipped), ..item })
    });
    match read {
        Err(ItemsError::Fault(fault)) => {
            let place = fault.place.saturating_add(skipped);
            Err(ItemsError::Fault(fault.at(place)))
        }
        Ok(mut items) => {
            items.first_too_long = items.first_too_long.saturating_add(skipped);
            Ok(items)
        }
        stopped => stopped,
    }
}

fn fault_of(error: ReadError) -> ItemsError {
    match error {
        ReadError::Unreadable { code, place, en, de, .. } => {
            ItemsError::Fault(rin_plugin::archive::Fault { code, place, en, de })
        }
        _ => ItemsError::Stopped,
    }
}

/// Returns the object a small file assigns, or the one element of the list it assigns; `None` if there is none.
///
/// # Errors
/// [`ReadError`] if the file cannot be read.
pub(super) fn document(
    archive: &Archive<'_>,
    file: &ArchiveFile,
) -> Result<Option<Value>, ReadError> {
    let bytes = archive.bytes(file, MAX_DOCUMENT)?;
    let skipped = assignment(bytes.get(..HEAD.min(bytes.len())).unwrap_or_default());
    let value = parse(bytes.get(skipped..).unwrap_or_default()).map(|(value, _)| value);
    Ok(match value {
        Some(Value::Array(mut all)) if !all.is_empty() => Some(all.swap_remove(0)),
        Some(value @ Value::Object(_)) => Some(value),
        _ => None,
    })
}

/// Parses one element; `true` if it had to be mended first.
pub(super) fn parse(bytes: &[u8]) -> Option<(Value, bool)> {
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Some((value, false));
    }
    let text = String::from_utf8_lossy(bytes);
    let mended: String =
        text.chars().map(|letter| if letter.is_ascii_control() { ' ' } else { letter }).collect();
    serde_json::from_str(&mended).ok().map(|value| (value, true))
}

/// Returns a text field; a number is taken as its digits, as far as it is exact.
pub(super) fn text_of<'v>(value: &'v Value, key: &str) -> Option<std::borrow::Cow<'v, str>> {
    match value.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.as_str().into()),
        Value::Number(number) => number.as_u64().map(|number| number.to_string().into()),
        _ => None,
    }
}

/// Returns an account's id under the first of `keys` that holds one: digits, kept as text.
pub(super) fn id_of(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| {
        let text = text_of(value, key)?;
        let text = text.trim();
        is_id(text).then(|| text.to_owned())
    })
}

/// Whether a text is an id: up to twenty digits, not zero.
pub(super) fn is_id(text: &str) -> bool {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits && text.len() <= 20 && text.bytes().any(|byte| byte != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], rest: &[u8]) {
        let mut script = Script::open(text).unwrap();
        let mut value = Vec::new();
        script.inner.read_to_end(&mut value).unwrap();
        assert_eq!(value, rest);
        assert_eq!(script.skipped + value.len() as u64, text.len() as u64);
    }

    #[test]
    fn the_assignment_is_cut_off_with_and_without_spaces_and_marks() {
        check(b"window.YTD.like.part0 = [ ]", b" [ ]");
        check(b"window.YTD.like.part12=[1]", b"[1]");
        check(b"\xef\xbb\xbfwindow.YTD.like.part0 = []", b" []");
        check(b"\n Grailbird.data.tweets_2013_01 = \n[ {", b" \n[ {");
        check(b"[{\"text\":\"a = b\"}]", b"[{\"text\":\"a = b\"}]");
        check(b"\xef\xbb\xbf[]", b"[]");
        check(b"<a href=\"x\">", b"<a href=\"x\">");
        check(b"", b"");
    }

    #[test]
    fn control_characters_and_broken_letters_are_mended() {
        assert_eq!(parse(b"{\"a\":1}").map(|(_, is_mended)| is_mended), Some(false));
        let (value, is_mended) = parse(b"{\"t\":\"a\x01b\xffc\x0b\"}").unwrap();
        assert!(is_mended);
        assert_eq!(text_of(&value, "t").unwrap(), "a b\u{fffd}c ");
        assert_eq!(parse(b"{\"a\":"), None);
    }

    #[test]
    fn ids_beyond_2_to_the_53_are_kept_digit_by_digit() {
        let value = parse(br#"{"a":"1400000000000000001","b":9007199254740993,"c":1.5,"d":"-1"}"#);
        let (value, _) = value.unwrap();
        assert_eq!(id_of(&value, &["x", "a"]).as_deref(), Some("1400000000000000001"));
        assert_eq!(id_of(&value, &["b"]).as_deref(), Some("9007199254740993"));
        assert_eq!((id_of(&value, &["c"]), id_of(&value, &["d"])), (None, None));
        assert!(!is_id("0") && !is_id("123456789012345678901") && !is_id("12a"));
    }
}
