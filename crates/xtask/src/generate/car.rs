//! Makes a Bluesky repository export of any size: a valid CAR whose every record is known beforehand.
//!
//! Genuine exports are other people's, and small. This one is seeded and reads no clock, so a bench measures the
//! same bytes every time. It writes its own CBOR and builds the tree by the specification, so that a reader that
//! agrees with it has not merely agreed with itself. The signature is a dummy.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The first record's moment: 2023-02-01T00:00:00Z in microseconds.
const START_MICROS: u64 = 1_675_209_600_000_000;
/// The mean gap between two records: ten minutes in microseconds.
const GAP_MICROS: u64 = 600_000_000;

/// A repository export and what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repository {
    /// The file.
    pub bytes: Vec<u8>,
    /// The account's DID.
    pub did: String,
    /// How many likes of other people's posts it holds.
    pub likes: usize,
    /// How many accounts it follows, each once.
    pub follows: usize,
    /// How many posts that answer somebody it holds.
    pub replies: usize,
    /// How many posts that address nobody it holds.
    pub posts: usize,
}

/// Makes a repository with `n_records` records: of ten, six are likes, two replies, one a post, one a follow.
pub fn repository(n_records: usize, seed: u64) -> Repository {
    let mut dice = Dice(seed);
    let did = did(&mut dice);
    let n_others = (n_records / 20).max(1);
    let others: Vec<String> = (0..n_others).map(|_| self::did(&mut dice)).collect();
    let mut made =
        Repository { bytes: Vec::new(), did, likes: 0, follows: 0, replies: 0, posts: 0 };
    let mut blocks = Vec::new();
    let mut tree = BTreeMap::new();
    let mut micros = START_MICROS;
    for n in 0..n_records {
        micros += 1 + dice.below(2 * GAP_MICROS);
        let other = &others[to_index(dice.next(), others.len())];
        let (collection, record) = made.record(n, other, &mut dice, micros);
        let key = format!("{collection}/{}", tid(micros));
        tree.insert(key.into_bytes(), blocks.add(&record));
    }
    let entries: Vec<(Vec<u8>, Link)> = tree.into_iter().collect();
    let layers: Vec<usize> = entries.iter().map(|(key, _)| layer(key)).collect();
    let top = layers.iter().copied().max().unwrap_or(0);
    let root =
        Level { entries: &entries, layers: &layers }.node(0..entries.len(), top, &mut blocks);
    made.bytes = file(&made.did, &root, &tid(micros + GAP_MICROS), blocks);
    made
}

impl Repository {
    /// Makes record number `n`, counts it and returns its collection and bytes.
    fn record(
        &mut self,
        n: usize,
        other: &str,
        dice: &mut Dice,
        micros: u64,
    ) -> (&'static str, Vec<u8>) {
        let theirs =
            format!("at://{other}/app.bsky.feed.post/{}", tid(micros - 1 - dice.below(GAP_MICROS)));
        let at = rfc3339(micros);
        match n % 10 {
            0..6 => {
                self.likes += 1;
                ("app.bsky.feed.like", like(&theirs, &at))
            }
            6 | 7 => {
                self.replies += 1;
                ("app.bsky.feed.post", post(Some(&theirs), &at))
            }
            8 => {
                self.posts += 1;
                ("app.bsky.feed.post", post(None, &at))
            }
            _ => {
                self.follows += 1;
                ("app.bsky.graph.follow", follow(&did(dice), &at))
            }
        }
    }
}

// Maps are written with their keys in DAG-CBOR's order: by length, then by bytes.

fn like(uri: &str, at: &str) -> Vec<u8> {
    let mut out = Vec::new();
    head(&mut out, MAP, 3);
    text(&mut out, "$type");
    text(&mut out, "app.bsky.feed.like");
    text(&mut out, "subject");
    strong_reference(&mut out, uri);
    text(&mut out, "createdAt");
    text(&mut out, at);
    out
}

fn follow(subject: &str, at: &str) -> Vec<u8> {
    let mut out = Vec::new();
    head(&mut out, MAP, 3);
    text(&mut out, "$type");
    text(&mut out, "app.bsky.graph.follow");
    text(&mut out, "subject");
    text(&mut out, subject);
    text(&mut out, "createdAt");
    text(&mut out, at);
    out
}

fn post(parent: Option<&str>, at: &str) -> Vec<u8> {
    let mut out = Vec::new();
    head(&mut out, MAP, 4 + u64::from(parent.is_some()));
    text(&mut out, "text");
    text(&mut out, "Moin! Ein Satz, der lang genug ist, um wie ein Post auszusehen.");
    text(&mut out, "$type");
    text(&mut out, "app.bsky.feed.post");
    text(&mut out, "langs");
    head(&mut out, ARRAY, 1);
    text(&mut out, "de");
    if let Some(uri) = parent {
        text(&mut out, "reply");
        head(&mut out, MAP, 2);
        text(&mut out, "root");
        strong_reference(&mut out, uri);
        text(&mut out, "parent");
        strong_reference(&mut out, uri);
    }
    text(&mut out, "createdAt");
    text(&mut out, at);
    out
}

fn strong_reference(out: &mut Vec<u8>, uri: &str) {
    head(out, MAP, 2);
    text(out, "cid");
    // Any text of a CID's length serves: the record it names is in somebody else's repository.
    text(out, "bafyreidummydummydummydummydummydummydummydummydummydummydu");
    text(out, "uri");
    text(out, uri);
}

/// A link: version 1, DAG-CBOR, SHA-256, digest.
type Link = [u8; 36];

trait AddBlock {
    fn add(&mut self, block: &[u8]) -> Link;
}

impl AddBlock for Vec<(Link, Vec<u8>)> {
    fn add(&mut self, block: &[u8]) -> Link {
        let mut link = [0; 36];
        link[..4].copy_from_slice(&[0x01, 0x71, 0x12, 0x20]);
        link[4..].copy_from_slice(&Sha256::digest(block));
        self.push((link, block.to_vec()));
        link
    }
}

/// Returns a key's layer: the leading zero bits of its SHA-256, two bits a layer.
fn layer(key: &[u8]) -> usize {
    let mut zeros = 0;
    for byte in Sha256::digest(key) {
        zeros += byte.leading_zeros() as usize;
        if byte != 0 {
            break;
        }
    }
    zeros / 2
}

struct Level<'t> {
    entries: &'t [(Vec<u8>, Link)],
    layers: &'t [usize],
}

impl Level<'_> {
    /// Makes the node of `layer` over a range of entries, and all below it; entries of that layer stand in it.
    fn node(
        &self,
        range: std::ops::Range<usize>,
        layer: usize,
        blocks: &mut Vec<(Link, Vec<u8>)>,
    ) -> Link {
        let here: Vec<usize> = range.clone().filter(|&n| self.layers[n] == layer).collect();
        let below = |from: usize, to: usize, blocks: &mut Vec<(Link, Vec<u8>)>| {
            (from < to).then(|| self.node(from..to, layer - 1, blocks))
        };
        let first = here.first().copied().unwrap_or(range.end);
        let left = below(range.start, first, blocks);
        let mut out = Vec::new();
        head(&mut out, MAP, 2);
        text(&mut out, "e");
        head(&mut out, ARRAY, here.len() as u64);
        let mut previous: &[u8] = &[];
        for (i, &n) in here.iter().enumerate() {
            let (key, record) = &self.entries[n];
            let next = here.get(i + 1).copied().unwrap_or(range.end);
            let right = below(n + 1, next, blocks);
            entry(&mut out, previous, key, record, right.as_ref());
            previous = key;
        }
        text(&mut out, "l");
        optional_link(&mut out, left.as_ref());
        blocks.add(&out)
    }
}

fn entry(out: &mut Vec<u8>, previous: &[u8], key: &[u8], record: &Link, right: Option<&Link>) {
    let shared = previous.iter().zip(key).take_while(|(a, b)| a == b).count();
    head(out, MAP, 4);
    text(out, "k");
    head(out, BYTES, (key.len() - shared) as u64);
    out.extend_from_slice(&key[shared..]);
    text(out, "p");
    head(out, NUMBER, shared as u64);
    text(out, "t");
    optional_link(out, right);
    text(out, "v");
    optional_link(out, Some(record));
}

/// Writes the file: header, commit, then the tree from its root down to the records.
fn file(did: &str, data: &Link, rev: &str, mut blocks: Vec<(Link, Vec<u8>)>) -> Vec<u8> {
    let mut commit = Vec::new();
    head(&mut commit, MAP, 6);
    text(&mut commit, "did");
    text(&mut commit, did);
    text(&mut commit, "rev");
    text(&mut commit, rev);
    text(&mut commit, "sig");
    head(&mut commit, BYTES, 64);
    commit.extend_from_slice(&[0; 64]);
    text(&mut commit, "data");
    optional_link(&mut commit, Some(data));
    text(&mut commit, "prev");
    optional_link(&mut commit, None);
    text(&mut commit, "version");
    head(&mut commit, NUMBER, 3);
    let root = blocks.add(&commit);

    let mut header = Vec::new();
    head(&mut header, MAP, 2);
    text(&mut header, "roots");
    head(&mut header, ARRAY, 1);
    optional_link(&mut header, Some(&root));
    text(&mut header, "version");
    head(&mut header, NUMBER, 1);

    let mut out = Vec::new();
    varint(&mut out, header.len());
    out.extend_from_slice(&header);
    for (link, block) in blocks.iter().rev() {
        varint(&mut out, link.len() + block.len());
        out.extend_from_slice(link);
        out.extend_from_slice(block);
    }
    out
}

// The major types of CBOR (RFC 8949, section 3.1).
const NUMBER: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

/// Writes a major type with its number in the shortest form.
fn head(out: &mut Vec<u8>, major: u8, number: u64) {
    let bytes = number.to_be_bytes();
    match number {
        0..24 => out.push(major << 5 | bytes[7]),
        24..0x100 => out.extend_from_slice(&[major << 5 | 0x18, bytes[7]]),
        0x100..0x1_0000 => {
            out.push(major << 5 | 0x19);
            out.extend_from_slice(&bytes[6..]);
        }
        _ => {
            out.push(major << 5 | 0x1a);
            out.extend_from_slice(&bytes[4..]);
        }
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    head(out, TEXT, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Writes a link as tag 42 over bytes that begin with zero, or null.
fn optional_link(out: &mut Vec<u8>, link: Option<&Link>) {
    if let Some(link) = link {
        out.extend_from_slice(&[0xd8, 42]);
        head(out, BYTES, 37);
        out.push(0);
        out.extend_from_slice(link);
    } else {
        out.push(0xf6);
    }
}

fn varint(out: &mut Vec<u8>, mut number: usize) {
    while 0x80 <= number {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

const BASE32: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// Writes microseconds as a TID of clock 0.
fn tid(micros: u64) -> String {
    let number = micros << 10;
    (0..13).rev().map(|n| char::from(BASE32[to_index(number >> (5 * n), 32)])).collect()
}

/// Makes a DID of the method `plc`: 24 digits.
fn did(dice: &mut Dice) -> String {
    let digits: String =
        (0..24).map(|_| char::from(BASE32[to_index(dice.next() >> 33, 32)])).collect();
    format!("did:plc:{digits}")
}

/// Writes a moment as RFC 3339 with milliseconds, by Howard Hinnant's `civil_from_days`
/// (<https://howardhinnant.github.io/date_algorithms.html>).
fn rfc3339(micros: u64) -> String {
    let (days, rest) = (micros / 86_400_000_000, micros % 86_400_000_000);
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute) = (rest / 3_600_000_000, rest / 60_000_000 % 60);
    let (second, ms) = (rest / 1_000_000 % 60, rest / 1_000 % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}

fn to_index(number: u64, len: usize) -> usize {
    usize::try_from(number % len.max(1) as u64).unwrap_or(0)
}

/// Numbers that look random and repeat for a seed: `splitmix64` (Steele, Lea and Flood, OOPSLA 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_those_of_the_specification() {
        // Heights from the protocol's interoperability vectors.
        let cases = [
            ("asdf", 0),
            ("blue", 1),
            ("88bfafc7", 2),
            ("2a92d355", 4),
            ("884976f5", 6),
            ("app.bsky.feed.post/454397e440ec", 4),
            ("app.bsky.feed.post/9adeb165882c", 8),
        ];
        for (key, height) in cases {
            assert_eq!(layer(key.as_bytes()), height, "{key}");
        }
    }

    #[test]
    fn moments_are_written_as_dates_and_keys() {
        assert_eq!(rfc3339(START_MICROS), "2023-02-01T00:00:00.000Z");
        assert_eq!(rfc3339(1_709_164_799_999_000), "2024-02-28T23:59:59.999Z");
        assert_eq!(rfc3339(1_709_164_800_000_000), "2024-02-29T00:00:00.000Z");
        assert_eq!(rfc3339(1_735_689_599_000_000), "2024-12-31T23:59:59.000Z");
        assert_eq!(tid(0), "2222222222222");
        assert_eq!(tid(1_688_137_381_887_007), "3jzfcijpj2z22");
    }
}
