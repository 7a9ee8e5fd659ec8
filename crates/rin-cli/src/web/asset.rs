//! Our own stylesheet and script, under names that change with their content, so that a browser may keep them.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

const STYLE: Asset = Asset::new(
    "style",
    "css",
    "text/css",
    concat!(include_str!("asset/app.css"), include_str!("asset/picture.css")),
);
const SCRIPT: Asset = Asset::new("script", "js", "text/javascript", include_str!("asset/app.js"));
const NETWORK: Asset =
    Asset::new("network", "js", "text/javascript", include_str!("asset/network.js"));

/// Where the files lie.
const FOLDER: &str = "/asset/";

#[derive(Clone, Copy)]
struct Asset {
    stem: &'static str,
    ending: &'static str,
    kind: &'static str,
    text: &'static str,
    hash: u64,
}

impl Asset {
    const fn new(
        stem: &'static str,
        ending: &'static str,
        kind: &'static str,
        text: &'static str,
    ) -> Self {
        Self { stem, ending, kind, text, hash: hash(text.as_bytes()) }
    }

    fn name(&self) -> String {
        format!("{}-{:016x}.{}", self.stem, self.hash, self.ending)
    }
}

/// Returns the path of the stylesheet.
pub(super) fn style() -> String {
    format!("{FOLDER}{}", STYLE.name())
}

/// Returns the path of the script.
pub(super) fn script() -> String {
    format!("{FOLDER}{}", SCRIPT.name())
}

/// Returns the path of the script that draws the network.
pub(super) fn network() -> String {
    format!("{FOLDER}{}", NETWORK.name())
}

/// Whether a path is that of a file which anybody may read: they are the same in every copy of the program.
pub(super) fn is_one(path: &str) -> bool {
    path.strip_prefix(FOLDER).is_some_and(|name| !name.contains('/'))
}

/// Answers with a file.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    let asset = [STYLE, SCRIPT, NETWORK].into_iter().find(|asset| asset.name() == name);
    let Some(asset) = asset else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, format!("{}; charset=utf-8", asset.kind)),
        (header::CACHE_CONTROL, "max-age=31536000, immutable".to_owned()),
    ];
    (headers, asset.text).into_response()
}

/// Returns the FNV-1a hash of the bytes.
const fn hash(bytes: &[u8]) -> u64 {
    let (mut hash, mut rest) = (0xcbf2_9ce4_8422_2325_u64, bytes);
    while let [byte, tail @ ..] = rest {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        rest = tail;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        // Values of the hash's authors, Fowler, Noll and Vo.
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
        assert!(is_one(&style()) && !is_one("/asset/../week") && !is_one("/week"));
    }
}
