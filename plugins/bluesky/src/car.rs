//! Finds the blocks of a CAR file: where each lies, and whether it is what its name claims.
//!
//! One pass over the file checks every block's SHA-256 and keeps 32 bytes a block; blocks are fetched by name
//! afterwards. So the order of blocks does not matter, a damaged block is never used, and memory grows with the
//! number of blocks only. The container is CAR version 1 (<https://ipld.io/specs/transport/car/carv1/>).

mod bytes;
#[cfg(test)]
mod tests;

use std::io;

use ipld_core::cid::Cid;
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub(crate) use self::bytes::{Bytes, INFLATED_MAX, head};

/// The most blocks an index holds: 128 MB of memory.
pub(crate) const MAX_BLOCKS: usize = 4_000_000;
/// The largest block used; records and tree nodes of a repository stay far below.
const MAX_BLOCK: u64 = 8 << 20;
/// The largest header used: a handful of roots.
const MAX_HEADER: u64 = 64 << 10;
/// The longest variable-length number that is allowed.
const MAX_VARINT: usize = 9;
/// SHA-256 in the table of multihashes.
const SHA2_256: u64 = 0x12;

/// Names a block: the first half of its SHA-256.
///
/// Half a digest keeps the index small. Two blocks share it by chance once in 2¹²⁸ pairs, and whoever forges a
/// pair deceives their own export only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Key(u128);

impl Key {
    /// Returns the name a link stands for; `None` if it is not made with SHA-256.
    pub(crate) fn of_link(link: &Cid) -> Option<Self> {
        let hash = link.hash();
        let digest = hash.digest();
        (hash.code() == SHA2_256 && digest.len() == 32).then(|| Self::of_digest(digest)).flatten()
    }

    fn of_digest(digest: &[u8]) -> Option<Self> {
        digest.first_chunk().map(|half| Self(u128::from_be_bytes(*half)))
    }
}

/// Why a file is no readable CAR.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum CarError {
    /// The source failed.
    #[error("the file could not be read")]
    Read(#[source] io::Error),
    /// It holds no bytes.
    #[error("the file is empty")]
    Empty,
    /// It is something else.
    #[error("the file is no CAR")]
    Foreign(Foreign),
    /// It ends within its header.
    #[error("the file ends within its header")]
    CutHeader,
    /// Its header cannot be understood.
    #[error("the header is damaged")]
    Header,
    /// It is a CAR of another version.
    #[error("the file is a CAR of version {0}")]
    Version(u64),
    /// It has more than [`MAX_BLOCKS`].
    #[error("the file holds too many blocks")]
    TooManyBlocks,
    /// It inflates to more than [`INFLATED_MAX`].
    #[error("the file inflates to too much")]
    Inflated,
}

/// What a file is that is no CAR.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Foreign {
    /// A page of a web site.
    WebPage,
    /// A server's answer in JSON.
    Json,
    /// A zip, RAR or 7z archive.
    Packed,
    /// Nothing known.
    Unknown,
}

/// How often something was met and at which byte first, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Count {
    /// How often.
    pub(crate) n: u64,
    /// Where first; 0 if never.
    pub(crate) place: u64,
}

impl Count {
    /// Counts one more.
    pub(crate) fn add(&mut self, place: u64) {
        if self.n == 0 {
            self.place = place;
        }
        self.n += 1;
    }
}

/// How the file ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// With a whole block.
    Whole,
    /// Within a block.
    Cut,
    /// With a length that cannot be.
    Length,
}

/// What is wrong with the container.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Damage {
    /// Blocks that do not match their checksum.
    pub(crate) mismatches: Count,
    /// Sections that hold no block.
    pub(crate) strays: Count,
    /// Sections without any bytes.
    pub(crate) empties: Count,
    /// Roots after the first.
    pub(crate) more_roots: u64,
    /// How it ends.
    pub(crate) end: End,
    /// The byte, from 1, behind the last good block: what follows was of no use.
    pub(crate) behind_last: u64,
}

/// The blocks of one file, by name.
pub(crate) struct Blocks<'s> {
    bytes: Bytes<'s>,
    slots: Vec<Slot>,
}

struct Slot {
    key: Key,
    offset: u64,
    len: u32,
}

impl Blocks<'_> {
    /// Returns how many different blocks there are.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Returns the size of the file in bytes.
    pub(crate) fn file_size(&self) -> u64 {
        self.bytes.size()
    }

    /// Returns the position of the block called `key`.
    pub(crate) fn position(&self, key: Key) -> Option<usize> {
        self.slots.binary_search_by_key(&key, |slot| slot.key).ok()
    }

    /// Returns the byte, from 1, at which the block at `position` begins.
    pub(crate) fn place(&self, position: usize) -> u64 {
        self.slots.get(position).map_or(0, |slot| slot.offset + 1)
    }

    /// Returns the block at `position`; empty if there is none.
    ///
    /// # Errors
    /// [`CarError::Read`] if the source fails.
    pub(crate) fn get(&mut self, position: usize) -> Result<&[u8], CarError> {
        let Some(slot) = self.slots.get(position) else { return Ok(&[]) };
        self.bytes.view(slot.offset, slot.len as usize).map_err(CarError::Read)
    }
}

/// What one pass over a file found.
pub(crate) struct Scan<'s> {
    /// The first root: the repository's commit.
    pub(crate) root: Key,
    /// The blocks.
    pub(crate) blocks: Blocks<'s>,
    /// What is wrong.
    pub(crate) damage: Damage,
}

/// Passes over the whole file and checks every block.
///
/// # Errors
/// [`CarError`] if it is no CAR or cannot be read.
pub(crate) fn scan<'s>(
    mut bytes: Bytes<'s>,
    progress: &mut dyn FnMut(u64),
) -> Result<Scan<'s>, CarError> {
    let header = read_header(&mut bytes)?;
    let mut slots = Vec::new();
    let mut damage = Damage {
        mismatches: Count::default(),
        strays: Count::default(),
        empties: Count::default(),
        more_roots: header.more_roots,
        end: End::Whole,
        behind_last: header.len + 1,
    };
    let mut offset = header.len;
    let mut told = 0;
    while offset < bytes.size() {
        let section = match next_section(&mut bytes, offset)? {
            Ok(section) => section,
            Err(end) => {
                damage.end = end;
                break;
            }
        };
        match take_block(&mut bytes, &section)? {
            Taken::Block(slot) if slots.len() < MAX_BLOCKS => {
                slots.push(slot);
                damage.behind_last = section.behind() + 1;
            }
            Taken::Block(_) => return Err(CarError::TooManyBlocks),
            Taken::Mismatch => damage.mismatches.add(offset + 1),
            Taken::Stray => damage.strays.add(offset + 1),
            Taken::Empty => damage.empties.add(offset + 1),
        }
        offset = section.behind();
        if told + (1 << 20) <= offset {
            told = offset;
            progress(offset);
        }
    }
    bytes.stop_reading_ahead();
    slots.sort_unstable_by_key(|slot| (slot.key, slot.offset));
    slots.dedup_by_key(|slot| slot.key);
    Ok(Scan { root: header.root, blocks: Blocks { bytes, slots }, damage })
}

/// Returns the root block if it is whole and stands within the first `max` bytes, as servers write it.
pub(crate) fn peek_root(bytes: &mut Bytes<'_>, max: u64) -> Option<Vec<u8>> {
    let header = read_header(bytes).ok()?;
    let mut offset = header.len;
    while offset < bytes.size().min(max) {
        let section = next_section(bytes, offset).ok()?.ok()?;
        if let Taken::Block(slot) = take_block(bytes, &section).ok()?
            && slot.key == header.root
        {
            return bytes.view(slot.offset, slot.len as usize).ok().map(<[u8]>::to_vec);
        }
        offset = section.behind();
    }
    None
}

/// Whether bytes begin as a CAR does: a length, then a map that names its roots or its version.
pub(crate) fn is_car(head: &[u8]) -> bool {
    varint(head).is_some_and(|(_, used)| {
        let map = head.get(used..).unwrap_or(&[]);
        map.first().is_some_and(|byte| byte >> 5 == 5)
            && (map.get(1..).is_some_and(|rest| {
                rest.starts_with(b"\x65roots") || rest.starts_with(b"\x67version")
            }))
    })
}

struct Header {
    root: Key,
    more_roots: u64,
    len: u64,
}

#[derive(Deserialize)]
struct RawHeader {
    version: u64,
    #[serde(default)]
    roots: Vec<Cid>,
}

fn read_header(bytes: &mut Bytes<'_>) -> Result<Header, CarError> {
    let size = bytes.size();
    let head = bytes.view(0, 64).map_err(CarError::Read)?;
    if head.is_empty() {
        return Err(CarError::Empty);
    }
    if !is_car(head) {
        return Err(CarError::Foreign(foreign(head)));
    }
    let (len, used) = varint(head).ok_or(CarError::Header)?;
    let start = used as u64;
    if MAX_HEADER < len {
        return Err(CarError::Header);
    }
    if size < start + len {
        return Err(CarError::CutHeader);
    }
    let body = bytes.view(start, to_usize(len)).map_err(CarError::Read)?;
    let raw: RawHeader =
        serde_ipld_dagcbor::from_slice(body).map_err(|_damaged| CarError::Header)?;
    if raw.version != 1 {
        return Err(CarError::Version(raw.version));
    }
    let root = raw.roots.first().and_then(Key::of_link).ok_or(CarError::Header)?;
    Ok(Header { root, more_roots: raw.roots.len() as u64 - 1, len: start + len })
}

fn foreign(head: &[u8]) -> Foreign {
    if [b"PK".as_slice(), b"Rar!", b"7z\xbc\xaf"].iter().any(|start| head.starts_with(start)) {
        return Foreign::Packed;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match text.trim_ascii_start().first() {
        Some(b'<') => Foreign::WebPage,
        Some(b'{' | b'[') => Foreign::Json,
        _ => Foreign::Unknown,
    }
}

struct Section {
    start: u64,
    len: u64,
}

impl Section {
    fn behind(&self) -> u64 {
        self.start + self.len
    }
}

/// Returns the section at `offset`, or how the file ends there.
fn next_section(bytes: &mut Bytes<'_>, offset: u64) -> Result<Result<Section, End>, CarError> {
    let size = bytes.size();
    let head = bytes.view(offset, MAX_VARINT).map_err(CarError::Read)?;
    let Some((len, used)) = varint(head) else {
        return Ok(Err(if head.len() < MAX_VARINT { End::Cut } else { End::Length }));
    };
    let start = offset + used as u64;
    if len <= size.saturating_sub(start) {
        return Ok(Ok(Section { start, len }));
    }
    Ok(Err(if len <= MAX_BLOCK { End::Cut } else { End::Length }))
}

enum Taken {
    Block(Slot),
    Mismatch,
    Stray,
    Empty,
}

fn take_block(bytes: &mut Bytes<'_>, section: &Section) -> Result<Taken, CarError> {
    if section.len == 0 {
        return Ok(Taken::Empty);
    }
    if MAX_BLOCK < section.len {
        return Ok(Taken::Stray);
    }
    let body = bytes.view(section.start, to_usize(section.len)).map_err(CarError::Read)?;
    let Some((digest, block)) = split_link(body) else { return Ok(Taken::Stray) };
    if Sha256::digest(block).as_slice() != digest {
        return Ok(Taken::Mismatch);
    }
    let (Some(key), Ok(len)) = (Key::of_digest(digest), u32::try_from(block.len())) else {
        return Ok(Taken::Stray);
    };
    Ok(Taken::Block(Slot { key, offset: section.behind() - block.len() as u64, len }))
}

/// Splits a section into the digest in its link and the block; `None` if the link is none a repository uses.
///
/// A link is version 1, DAG-CBOR or raw bytes, SHA-256 of 32 bytes: nothing else is allowed in a repository.
fn split_link(section: &[u8]) -> Option<(&[u8], &[u8])> {
    match section {
        [0x01, 0x71 | 0x55, 0x12, 0x20, rest @ ..] => rest.split_at_checked(32),
        _ => None,
    }
}

/// Returns the number at the beginning and how many bytes it takes.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0;
    for (i, byte) in bytes.iter().take(MAX_VARINT).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Some((number, i + 1));
        }
    }
    None
}

/// A length that was checked against a limit far below any address space.
fn to_usize(len: u64) -> usize {
    usize::try_from(len).unwrap_or(usize::MAX)
}
