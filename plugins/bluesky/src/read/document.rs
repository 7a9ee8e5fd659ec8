//! Reads DID documents, the only place that says which handle an account has.
//!
//! A document is JSON with the account's DID as `id` and its handle in `alsoKnownAs` as an `at://` address
//! (<https://atproto.com/specs/did>); people save it beside their export from a directory such as plc.directory.

use std::{collections::BTreeMap, io};

use rin_plugin::prelude::Source;
use serde::Deserialize;

use super::lexicon::is_did;
use crate::car;

/// The largest file looked at; a document has about a kilobyte.
const MAX_DOCUMENT: u64 = 64 << 10;

/// The handles that documents of a source tell, by DID.
#[derive(Default)]
pub(super) struct Handles {
    by_did: BTreeMap<String, Told>,
}

/// What one document tells.
pub(super) struct Told {
    /// The handle.
    pub(super) handle: String,
    /// The file it stands in.
    pub(super) entry: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    id: String,
    also_known_as: Vec<String>,
}

impl Handles {
    /// Takes file number `entry` if it is a DID document with a handle; returns whether it is.
    ///
    /// # Errors
    /// Whatever the source says.
    pub(super) fn take(&mut self, source: &dyn Source, entry: usize) -> io::Result<bool> {
        let size = source.entries().get(entry).map_or(0, |entry| entry.size);
        if MAX_DOCUMENT < size {
            return Ok(false);
        }
        let bytes = car::head(source, entry, usize::try_from(size).unwrap_or(0))?;
        let Some((did, handle)) = parse(&bytes) else { return Ok(false) };
        self.by_did.entry(did).or_insert(Told { handle, entry });
        Ok(true)
    }

    /// Returns the handle of `did`; empty if no document tells it.
    pub(super) fn of(&self, did: &str) -> &str {
        self.by_did.get(did).map_or("", |told| told.handle.as_str())
    }

    /// Returns every DID with what its document tells.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Told)> {
        self.by_did.iter().map(|(did, told)| (did.as_str(), told))
    }
}

/// Returns DID and handle of a document; the first handle counts if there are several.
fn parse(bytes: &[u8]) -> Option<(String, String)> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Document = serde_json::from_slice(text).ok()?;
    let handle = document.also_known_as.iter().find_map(|name| name.strip_prefix("at://"))?;
    is_did(&document.id).then(|| (document.id.clone(), handle.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_handle_of_a_document_counts() {
        let told = |did: &str, handle: &str| Some((did.to_owned(), handle.to_owned()));
        let cases = [
            (
                r#"{"id":"did:plc:abc","alsoKnownAs":["https://a.example","at://a.example","at://b.example"]}"#,
                told("did:plc:abc", "a.example"),
            ),
            ("\u{feff}{\"id\":\"did:web:a\",\"alsoKnownAs\":[\"at://a\"]}", told("did:web:a", "a")),
            (r#"{"id":"did:plc:abc","alsoKnownAs":[]}"#, None),
            (r#"{"id":"abc","alsoKnownAs":["at://a.example"]}"#, None),
            (r#"{"id":"did:plc:abc"}"#, None),
            ("[]", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text.as_bytes()), expected, "{text}");
        }
    }
}
