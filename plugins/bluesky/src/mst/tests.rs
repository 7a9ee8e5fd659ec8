//! Trees that were built to be awkward: cut, shared, deep, and with keys that are none.

use std::fmt::Write;

use rin_plugin::testing::MemorySource;
use sha2::{Digest, Sha256};

use super::*;
use crate::car::{self, Bytes};

/// Writes blocks of DAG-CBOR by hand.
#[derive(Default)]
struct Builder {
    sections: Vec<u8>,
    last: Option<Link>,
}

type Link = [u8; 36];

impl Builder {
    fn add(&mut self, block: &[u8]) -> Link {
        let mut link = [0; 36];
        link[..4].copy_from_slice(&[1, 0x71, 0x12, 0x20]);
        link[4..].copy_from_slice(&Sha256::digest(block));
        let len = u16::try_from(36 + block.len()).unwrap();
        // Two bytes of a variable-length number hold fourteen bits.
        let (low, high) = (len.to_le_bytes()[0] & 0x7f, (len << 1).to_be_bytes()[0]);
        self.sections.extend_from_slice(&[0x80 | low, high]);
        self.sections.extend_from_slice(&link);
        self.sections.extend_from_slice(block);
        self.last = Some(link);
        link
    }

    /// Adds a node of at most 23 entries: prefix, suffix, record, right branch.
    fn node(&mut self, left: Option<Link>, entries: &[(u8, &str, Link, Option<Link>)]) -> Link {
        let mut out = vec![0xa2, 0x61, b'e', 0x80 | u8::try_from(entries.len()).unwrap()];
        for (prefix, suffix, record, right) in entries {
            // Lengths and numbers below 24 stand in the head itself.
            let len = u8::try_from(suffix.len()).unwrap();
            assert!(len < 24 && *prefix < 24);
            out.extend_from_slice(&[0xa4, 0x61, b'k', 0x40 | len]);
            out.extend_from_slice(suffix.as_bytes());
            out.extend_from_slice(&[0x61, b'p', *prefix, 0x61, b't']);
            push_link(&mut out, *right);
            out.extend_from_slice(&[0x61, b'v']);
            push_link(&mut out, Some(*record));
        }
        out.extend_from_slice(&[0x61, b'l']);
        push_link(&mut out, left);
        self.add(&out)
    }

    /// Walks from the block added last; returns the keys met, with a mark where the record is missing.
    fn walk(self) -> (String, Losses) {
        let mut bytes = vec![0x3a, 0xa2, 0x65];
        bytes.extend_from_slice(b"roots\x81");
        push_link(&mut bytes, self.last);
        bytes.extend_from_slice(b"\x67version\x01");
        bytes.extend_from_slice(&self.sections);
        let source = MemorySource::new().with_file("a.car", &bytes);
        let mut scan = car::scan(Bytes::open(&source, 0).unwrap(), &mut |_| ()).unwrap();
        let mut walk = Walk::new(&mut scan.blocks);
        let mut keys = String::new();
        walk.below::<()>(scan.root, &mut |found| {
            let mark = if found.block.is_none() { "?" } else { "" };
            write!(keys, "{}/{}{mark} ", found.collection, found.rkey).unwrap();
            Ok(())
        })
        .unwrap();
        let losses = walk.losses();
        (keys, losses)
    }
}

fn push_link(out: &mut Vec<u8>, link: Option<Link>) {
    match link {
        Some(link) => {
            out.extend_from_slice(&[0xd8, 42, 0x58, 37, 0]);
            out.extend_from_slice(&link);
        }
        None => out.push(0xf6),
    }
}

/// Returns a link to a block that is in no file.
fn absent() -> Link {
    let mut link = [1; 36];
    link[..4].copy_from_slice(&[1, 0x71, 0x12, 0x20]);
    link
}

#[test]
fn keys_come_in_order_and_share_prefixes() {
    let mut builder = Builder::default();
    let record = builder.add(&[0xa0]);
    let left = builder.node(None, &[(0, "a/1", record, None), (2, "2", record, None)]);
    let right = builder.node(None, &[(0, "a/5", record, None)]);
    builder.node(Some(left), &[(0, "a/3", record, Some(right)), (0, "b/1", absent(), None)]);
    let (keys, losses) = builder.walk();
    assert_eq!(keys, "a/1 a/2 a/3 a/5 b/1? ");
    assert_eq!(losses, Losses::default());
}

#[test]
fn a_missing_branch_is_counted_and_the_others_are_walked() {
    let mut builder = Builder::default();
    let record = builder.add(&[0xa0]);
    let right = builder.node(None, &[(0, "a/5", record, None)]);
    builder.node(
        Some(absent()),
        &[(0, "a/3", record, Some(right)), (0, "b/1", record, Some(absent()))],
    );
    let (keys, losses) = builder.walk();
    assert_eq!(keys, "a/3 a/5 b/1 ");
    assert_eq!(losses.missing_nodes.n, 2);
    assert!(!losses.is_none());
}

#[test]
fn a_tree_that_doubles_at_every_layer_is_walked_once() {
    let mut builder = Builder::default();
    let record = builder.add(&[0xa0]);
    let mut node = builder.node(None, &[(0, "a/0", record, None)]);
    for layer in 0..100 {
        node = builder.node(Some(node), &[(0, &format!("a/{layer}x"), record, Some(node))]);
    }
    let (keys, losses) = builder.walk();
    assert_eq!(keys.split(' ').count() - 1, 101);
    assert_eq!(losses.tangles.n, 100);
}

#[test]
fn a_tree_deeper_than_any_hash_allows_is_cut() {
    for (depth, lost) in [(MAX_DEPTH, 0), (MAX_DEPTH + 1, 1), (3000, 1)] {
        let mut builder = Builder::default();
        let record = builder.add(&[0xa0]);
        let mut node = None;
        for layer in 0..depth {
            node = Some(builder.node(node, &[(0, &format!("a/{layer}"), record, None)]));
        }
        let (keys, losses) = builder.walk();
        assert_eq!(keys.split(' ').count() - 1, depth.min(MAX_DEPTH), "{depth}");
        assert_eq!(losses.tangles.n, lost, "{depth}");
    }
}

#[test]
fn a_key_that_is_none_is_counted() {
    let mut builder = Builder::default();
    let record = builder.add(&[0xa0]);
    builder.node(
        None,
        &[
            (0, "a/1", record, None),
            (0, "nothing", record, None),
            (0, "a/", record, None),
            (0, "a/b/c", record, None),
            (0, "a/b c", record, None),
            (0, "b/1", record, None),
            // Longer than the key before it: this one and all that follow are unknown.
            (9, "2", record, None),
            (0, "c/1", record, None),
        ],
    );
    let (keys, losses) = builder.walk();
    assert_eq!(keys, "a/1 b/1 ");
    assert_eq!(losses.bad_keys.n, 6);
}

#[test]
fn a_record_in_a_nodes_place_is_counted() {
    let mut builder = Builder::default();
    let record = builder.add(&[0xa0]);
    // A record that looks like an empty node but for its type.
    let typed = builder.add(b"\xa3\x61e\x80\x61l\xf6\x65$type\x61x");
    builder.node(Some(record), &[(0, "a/1", record, Some(typed))]);
    let (keys, losses) = builder.walk();
    assert_eq!(keys, "a/1 ");
    assert_eq!(losses.bad_nodes.n, 2);
}

#[test]
fn one_large_block_is_not_read_for_ever() {
    let mut builder = Builder::default();
    // An array that holds a byte string of 8,000 bytes.
    let mut large = vec![0x81, 0x59, 0x1f, 0x40];
    large.resize(8_004, 0);
    let large = builder.add(&large);
    let entries: Vec<String> = (10..30).map(|n| format!("a/{n}")).collect();
    let entries: Vec<_> = entries.iter().map(|key| (0, key.as_str(), large, None)).collect();
    builder.node(None, &entries);
    let (keys, losses) = builder.walk();
    let read = keys.split(' ').count() as u64 - 1;
    assert!((8..20).contains(&read), "{read}");
    assert_eq!(read + losses.overread.n, 20);
}
