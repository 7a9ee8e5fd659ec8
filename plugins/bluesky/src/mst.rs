//! Walks a repository's tree: which records it names, and which parts of it are not there.
//!
//! The tree (Merkle search tree, <https://atproto.com/specs/repository>) is foreign data: it may be cut, share
//! branches or run deep. So every node is entered once, the depth is bounded, record bytes are read at most a
//! few times the size of the file, and the walk keeps its own stack.

#[cfg(test)]
mod tests;

use ipld_core::cid::Cid;
use serde::{Deserialize, de::IgnoredAny};

use crate::car::{Blocks, CarError, Count, Key};

/// No tree is deeper: a key's layer is half the leading zero bits of its 256-bit hash.
const MAX_DEPTH: usize = 128;
/// The longest key used; the protocol allows 317 bytes of collection, a slash and 512 bytes of record key.
const MAX_KEY: usize = 1024;
/// How often the file's own size may be read as records, since several keys may name one block.
const READ_FACTOR: u64 = 8;

/// One record named by the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    /// Its collection, e.g. `app.bsky.feed.like`.
    pub(crate) collection: &'a str,
    /// Its key within the collection.
    pub(crate) rkey: &'a str,
    /// Its bytes; `None` if the file does not hold them.
    pub(crate) block: Option<&'a [u8]>,
    /// The byte, from 1, at which it begins; 0 if it is not there.
    pub(crate) place: u64,
}

/// What a walk could not use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Losses {
    /// Nodes that are not in the file.
    pub(crate) missing_nodes: Count,
    /// Blocks that are no nodes.
    pub(crate) bad_nodes: Count,
    /// Nodes met twice or too deep.
    pub(crate) tangles: Count,
    /// Keys that are none.
    pub(crate) bad_keys: Count,
    /// Records not read because the same blocks were asked for again and again.
    pub(crate) overread: Count,
}

impl Losses {
    /// Whether every key of the tree was seen.
    pub(crate) fn is_none(&self) -> bool {
        [self.missing_nodes, self.bad_nodes, self.tangles, self.bad_keys, self.overread]
            .iter()
            .all(|count| count.n == 0)
    }
}

/// Why a walk ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WalkError<E> {
    /// The file could not be read.
    #[error("the file could not be read")]
    Car(#[source] CarError),
    /// Whoever takes the records said so.
    #[error("the taker of records ended the walk")]
    Taker(E),
}

/// A walk over one file's blocks.
pub(crate) struct Walk<'b, 's> {
    blocks: &'b mut Blocks<'s>,
    is_entered: Vec<bool>,
    stack: Vec<Frame>,
    allowance: u64,
    losses: Losses,
}

impl<'b, 's> Walk<'b, 's> {
    /// Prepares a walk.
    pub(crate) fn new(blocks: &'b mut Blocks<'s>) -> Self {
        let is_entered = vec![false; blocks.len()];
        let allowance = blocks.file_size().saturating_mul(READ_FACTOR);
        Self { blocks, is_entered, stack: Vec::new(), allowance, losses: Losses::default() }
    }

    /// Returns what could not be used so far.
    pub(crate) fn losses(&self) -> Losses {
        self.losses
    }

    /// Hands every record below the node `root` to `take`, in the order of keys.
    ///
    /// # Errors
    /// [`WalkError`] if the file cannot be read or `take` fails.
    pub(crate) fn below<E>(
        &mut self,
        root: Key,
        take: &mut dyn FnMut(Found<'_>) -> Result<(), E>,
    ) -> Result<(), WalkError<E>> {
        self.enter(root).map_err(WalkError::Car)?;
        self.drain(take)
    }

    /// Hands over the records of nodes that no walk has reached, in the order of the blocks' names.
    ///
    /// A difference between two versions holds such nodes: what leads to them stayed on the server. The first key
    /// of every node is written in full, so each can be read by itself.
    ///
    /// # Errors
    /// [`WalkError`] if the file cannot be read or `take` fails.
    pub(crate) fn strays<E>(
        &mut self,
        take: &mut dyn FnMut(Found<'_>) -> Result<(), E>,
    ) -> Result<(), WalkError<E>> {
        for position in 0..self.blocks.len() {
            if self.is_entered.get(position) != Some(&false) {
                continue;
            }
            let block = self.blocks.get(position).map_err(WalkError::Car)?;
            let Some(node) = Node::decode(block).filter(|node| !node.entries.is_empty()) else {
                continue;
            };
            self.mark(position);
            let place = self.blocks.place(position);
            self.push(node, place).map_err(WalkError::Car)?;
            self.drain(take)?;
        }
        Ok(())
    }

    /// Hands over everything that is on the stack and below it.
    fn drain<E>(
        &mut self,
        take: &mut dyn FnMut(Found<'_>) -> Result<(), E>,
    ) -> Result<(), WalkError<E>> {
        while let Some(mut frame) = self.stack.pop() {
            let Some(entry) = frame.next_entry() else { continue };
            self.record(&frame, &entry, take)?;
            self.stack.push(frame);
            if let Some(right) = entry.right {
                self.enter(right).map_err(WalkError::Car)?;
            }
        }
        Ok(())
    }

    /// Puts the node called `key`, and its leftmost descent, on the stack.
    fn enter(&mut self, key: Key) -> Result<(), CarError> {
        let above = self.stack.last().map_or(0, |frame| frame.place);
        let Some(position) = self.blocks.position(key) else {
            self.losses.missing_nodes.add(above);
            return Ok(());
        };
        let place = self.blocks.place(position);
        let is_first = self.mark(position);
        if !is_first || MAX_DEPTH <= self.stack.len() {
            self.losses.tangles.add(place);
            return Ok(());
        }
        let Some(node) = Node::decode(self.blocks.get(position)?) else {
            self.losses.bad_nodes.add(place);
            return Ok(());
        };
        self.push(node, place)
    }

    /// The recursion is at most [`MAX_DEPTH`] deep: [`Self::enter`] looks at the stack.
    fn push(&mut self, node: Node, place: u64) -> Result<(), CarError> {
        let left = node.left;
        self.losses.bad_nodes.n += node.bad_links;
        self.stack.push(Frame {
            entries: node.entries.into_iter(),
            key: Vec::new(),
            place,
            is_cut: false,
        });
        left.map_or(Ok(()), |left| self.enter(left))
    }

    /// Marks a block as entered; returns whether it was not before.
    fn mark(&mut self, position: usize) -> bool {
        self.is_entered.get_mut(position).is_some_and(|seen| !std::mem::replace(seen, true))
    }

    fn record<E>(
        &mut self,
        frame: &Frame,
        entry: &Entry,
        take: &mut dyn FnMut(Found<'_>) -> Result<(), E>,
    ) -> Result<(), WalkError<E>> {
        let Some((collection, rkey)) = frame.key() else {
            self.losses.bad_keys.add(frame.place);
            return Ok(());
        };
        let position = entry.record.and_then(|record| self.blocks.position(record));
        let place = position.map_or(0, |position| self.blocks.place(position));
        let block = match position {
            Some(position) => Some(self.blocks.get(position).map_err(WalkError::Car)?),
            None => None,
        };
        let len = block.map_or(0, |block| block.len() as u64);
        if self.allowance < len {
            self.losses.overread.add(place);
            return Ok(());
        }
        self.allowance -= len;
        take(Found { collection, rkey, block, place }).map_err(WalkError::Taker)
    }
}

/// A node on the way, with the entries still to come.
struct Frame {
    entries: std::vec::IntoIter<Entry>,
    key: Vec<u8>,
    place: u64,
    is_cut: bool,
}

impl Frame {
    /// Takes the next entry and brings the key up to it.
    fn next_entry(&mut self) -> Option<Entry> {
        let entry = self.entries.next()?;
        match usize::try_from(entry.prefix) {
            Ok(prefix) if prefix <= self.key.len() => {
                self.key.truncate(prefix);
                self.key.extend_from_slice(&entry.suffix);
            }
            // Every later key of the node builds on this one.
            _ => self.is_cut = true,
        }
        Some(entry)
    }

    /// Returns collection and record key; `None` if the key is none.
    fn key(&self) -> Option<(&str, &str)> {
        if self.is_cut || MAX_KEY < self.key.len() {
            return None;
        }
        let (collection, rkey) = std::str::from_utf8(&self.key).ok()?.split_once('/')?;
        let is_plain = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:~-".contains(&byte))
        };
        (is_plain(collection) && is_plain(rkey)).then_some((collection, rkey))
    }
}

struct Node {
    left: Option<Key>,
    entries: Vec<Entry>,
    bad_links: u64,
}

struct Entry {
    prefix: u64,
    suffix: Box<[u8]>,
    record: Option<Key>,
    right: Option<Key>,
}

#[derive(Deserialize)]
struct RawNode<'a> {
    l: Option<Cid>,
    #[serde(borrow)]
    e: Vec<RawEntry<'a>>,
    /// Every record says its type and no node does; without this, a record with an `e` would pass for a node.
    #[serde(rename = "$type", default)]
    kind: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct RawEntry<'a> {
    p: u64,
    k: &'a [u8],
    v: Cid,
    t: Option<Cid>,
}

impl Node {
    fn decode(block: &[u8]) -> Option<Self> {
        let raw: RawNode<'_> = serde_ipld_dagcbor::from_slice(block).ok()?;
        if raw.kind.is_some() {
            return None;
        }
        let mut bad_links = 0;
        let mut branch = |link: Option<Cid>| {
            let key = link.as_ref().and_then(Key::of_link);
            bad_links += u64::from(link.is_some() && key.is_none());
            key
        };
        let left = branch(raw.l);
        let entries = raw
            .e
            .into_iter()
            .map(|entry| Entry {
                prefix: entry.p,
                suffix: entry.k.into(),
                record: Key::of_link(&entry.v),
                right: branch(entry.t),
            })
            .collect();
        Some(Self { left, entries, bad_links })
    }
}
