//! The rows of a JSON file of a source, whichever way its exporter put them there.
//!
//! The same list is a file of its own in one year and stands under a key in the next, and keys get versions. So a
//! reader names the keys it knows, and what a file begins with decides.

use std::io::Read;

use rin_core::Stop;

use super::{Archive, ArchiveFile, Fault};
use crate::text::{Item, Items, ItemsError, json_array, json_items};

/// Enough to see whether a file is a list or an object, and its first keys.
const HEAD: usize = 4096;

impl Archive<'_> {
    /// Returns how a file begins: its first 4,096 bytes, or all of a shorter one.
    ///
    /// # Errors
    /// [`Fault`] if it is damaged before that.
    pub fn head(&self, file: &ArchiveFile) -> Result<Vec<u8>, Fault> {
        let mut head = Vec::new();
        let read = self.reader(file)?.take(HEAD as u64).read_to_end(&mut head);
        read.map_err(|error| Fault::from_io(&error, 1))?;
        Ok(head)
    }

    /// Hands over the elements of a JSON file: of the array that it is, or of the arrays under one key of its object.
    ///
    /// That key is the first of `keys` that stands in the first 4,096 bytes, else the first key there is. Elements
    /// longer than `max_item_bytes` are counted, not kept.
    ///
    /// # Errors
    /// [`ItemsError`] after the elements before the fault have been handed over.
    ///
    /// # Example
    /// ```
    /// use rin_plugin::{archive::{Archive, Limits}, testing::MemorySource};
    ///
    /// let source = MemorySource::new()
    ///     .with_file("a.json", b"[1, 2]")
    ///     .with_file("b.json", br#"{"version": 2, "friends_v2": [3]}"#)
    ///     .with_file("c.json", br#"{"people": [4]}"#);
    /// let archive = Archive::open(&source, &Limits::default())?;
    /// let mut seen = Vec::new();
    /// for file in archive.files() {
    ///     archive.items(file, &["friends_v2", "friends"], 1024, |item| {
    ///         seen.push(String::from_utf8_lossy(item.bytes).into_owned());
    ///         Ok(())
    ///     }).unwrap();
    /// }
    /// assert_eq!(seen, ["1", "2", "3", "4"]);
    /// # Ok::<(), rin_plugin::ReadError>(())
    /// ```
    pub fn items(
        &self,
        file: &ArchiveFile,
        keys: &[&str],
        max_item_bytes: usize,
        each: impl FnMut(Item<'_>) -> Result<(), Stop>,
    ) -> Result<Items, ItemsError> {
        let head = self.head(file)?;
        let reader = self.reader(file)?;
        match key_in(&String::from_utf8_lossy(&head), keys) {
            None => json_array(reader, max_item_bytes, each),
            Some(key) => json_items(reader, &key, max_item_bytes, each),
        }
    }
}

/// Returns the key the elements stand under; `None` if the file is no object.
fn key_in(head: &str, keys: &[&str]) -> Option<String> {
    let text =
        head.trim_start_matches(|letter: char| letter == '\u{feff}' || letter.is_whitespace());
    if !text.starts_with('{') {
        return None;
    }
    let expected = keys.iter().find(|key| text.contains(&format!("\"{key}\"")));
    let first = || text.split('"').nth(1).unwrap_or_default().to_owned();
    Some(expected.map_or_else(first, |key| (*key).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_an_expected_one_or_the_first() {
        let key = |head| key_in(head, &["b", "c"]);
        assert_eq!(key("[1]"), None);
        assert_eq!(key(" \u{feff} <html>"), None);
        assert_eq!(key("\u{feff}{\"a\": 1, \"b\": []}").as_deref(), Some("b"));
        assert_eq!(key("{ \"a\": []").as_deref(), Some("a"));
        assert_eq!(key("{").as_deref(), Some(""));
    }
}
