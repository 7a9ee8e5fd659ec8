//! Files that are small and want to be huge: archives made by hand, so that they can lie about themselves.

/// Bytes a bomb unpacks to.
const BURST: usize = 48 << 20;
/// Archives inside one another.
const NESTED: usize = 48;
/// Brackets inside one another.
const BRACKETS: usize = 200_000;

/// Makes a zip archive whose files, by these names, each unpack to a hundred times their size of blanks.
pub(super) fn zip_bomb(names: &[String]) -> Vec<u8> {
    let packed = blanks(BURST);
    let crc = crc32(std::iter::repeat_n(b' ', BURST));
    let file = |name: &String| Entry {
        name: name.clone(),
        method: 8,
        crc,
        packed: packed.clone(),
        size: u32::try_from(BURST).unwrap_or(u32::MAX),
    };
    zip(&names.iter().map(file).collect::<Vec<_>>())
}

/// Makes a zip archive whose files claim to be as large as can be claimed.
pub(super) fn zip_of_claims(names: &[String]) -> Vec<u8> {
    let file = |name: &String| Entry {
        name: name.clone(),
        method: 0,
        crc: 0,
        packed: b"x".to_vec(),
        size: u32::MAX - 1,
    };
    zip(&names.iter().map(file).collect::<Vec<_>>())
}

/// Makes an archive in an archive in an archive.
pub(super) fn zip_in_zip(name: &str) -> Vec<u8> {
    (0..NESTED).fold(b"at the bottom".to_vec(), |inner, _| zip(&[stored(name, inner)]))
}

/// Makes a zip archive of one file as it is.
pub(super) fn small_zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    zip(&[stored(name, bytes.to_vec())])
}

/// Makes a gzip file that unpacks to a hundred times its size of blanks.
pub(super) fn gz_bomb() -> Vec<u8> {
    let mut bytes = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    bytes.extend(blanks(BURST));
    bytes.extend(crc32(std::iter::repeat_n(b' ', BURST)).to_le_bytes());
    bytes.extend(u32::try_from(BURST).unwrap_or(u32::MAX).to_le_bytes());
    bytes
}

/// Makes texts that are nested deeper than any stack is.
pub(super) fn nested_texts() -> [Vec<u8>; 3] {
    [b"[".as_slice(), b"{\"a\":", b"<a>"].map(|open| open.repeat(BRACKETS))
}

/// Returns the names of the files in a zip archive, by its directory.
pub(super) fn names_in_zip(bytes: &[u8]) -> Vec<String> {
    const NAME: usize = 46;
    let mut names = Vec::new();
    for at in memory(bytes, b"PK\x01\x02") {
        let length = bytes.get(at + 28..at + 30).map_or(0, |two| match two {
            [low, high] => usize::from(u16::from_le_bytes([*low, *high])),
            _ => 0,
        });
        let name = bytes.get(at + NAME..at + NAME + length).unwrap_or_default();
        names.push(String::from_utf8_lossy(name).into_owned());
    }
    names
}

fn memory<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(mark.len()).enumerate().filter(move |(_, at)| *at == mark).map(|(at, _)| at)
}

/// A file of an archive as the archive tells it.
struct Entry {
    name: String,
    method: u16,
    crc: u32,
    packed: Vec<u8>,
    size: u32,
}

fn stored(name: &str, bytes: Vec<u8>) -> Entry {
    Entry {
        name: name.to_owned(),
        method: 0,
        crc: crc32(bytes.iter().copied()),
        size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        packed: bytes,
    }
}

fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(common(entry));
        bytes.extend(entry.name.bytes());
        bytes.extend(&entry.packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(common(entry));
        // Comment, disk and attributes: none.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.bytes());
    }
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX).to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap_or(u32::MAX).to_le_bytes();
    let offset = u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.into_iter().chain(count).chain(length).chain(offset));
    bytes.extend([0, 0]);
    bytes
}

/// Returns what stands in a file's own header and in the directory alike.
fn common(entry: &Entry) -> Vec<u8> {
    let mut bytes = vec![20, 0, 0, 0];
    bytes.extend(entry.method.to_le_bytes());
    // Midnight on the first day of 1980, where this format begins.
    bytes.extend([0, 0, 0x21, 0]);
    bytes.extend(entry.crc.to_le_bytes());
    bytes.extend(u32::try_from(entry.packed.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(entry.size.to_le_bytes());
    bytes.extend(u16::try_from(entry.name.len()).unwrap_or(u16::MAX).to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// Packs blanks by DEFLATE's fixed codes (RFC 1951, 3.2.6): one letter, and then itself again, 258 letters at a time.
fn blanks(length: usize) -> Vec<u8> {
    let mut bits = Bits { bytes: Vec::new(), held: 0, n_held: 0 };
    // The last block, with fixed codes.
    bits.low_first(0b011, 3);
    let repeats = length.saturating_sub(1) / 258;
    for _ in 0..length - repeats * 258 {
        bits.high_first(0x30 + u32::from(b' '), 8);
    }
    for _ in 0..repeats {
        // Length code 285 is 258 letters, distance code 0 is the letter before.
        bits.high_first(0b1100_0101, 8);
        bits.high_first(0, 5);
    }
    // The end of the block.
    bits.high_first(0, 7);
    bits.low_first(0, 7);
    bits.bytes
}

/// Bits on their way into bytes; what is left of the last byte is filled up by the caller.
struct Bits {
    bytes: Vec<u8>,
    held: u8,
    n_held: u8,
}

impl Bits {
    fn low_first(&mut self, value: u32, n: u8) {
        for bit in 0..n {
            self.held |= u8::from(value >> bit & 1 == 1) << self.n_held;
            self.n_held += 1;
            if self.n_held == 8 {
                self.bytes.push(self.held);
                (self.held, self.n_held) = (0, 0);
            }
        }
    }

    fn high_first(&mut self, value: u32, n: u8) {
        for bit in (0..n).rev() {
            self.low_first(value >> bit & 1, 1);
        }
    }
}

/// CRC-32 as zip and gzip have it (RFC 1952, 8).
fn crc32(bytes: impl Iterator<Item = u8>) -> u32 {
    let mut table = [0_u32; 256];
    for (n, slot) in (0_u32..).zip(&mut table) {
        *slot = (0..8).fold(n, |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 });
    }
    let step = |crc: u32, byte: u8| {
        let [low, ..] = crc.to_le_bytes();
        table.get(usize::from(low ^ byte)).copied().unwrap_or_default() ^ (crc >> 8)
    };
    !bytes.fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789".iter().copied()), 0xCBF4_3926);
    }

    #[test]
    fn a_bomb_is_small_and_its_names_are_found_again() {
        let names = ["a.json".to_owned(), "b/ü.csv".to_owned()];
        let bomb = zip_bomb(&names);
        assert!(bomb.len() < names.len() * BURST / 100, "{}", bomb.len());
        assert_eq!(names_in_zip(&bomb), names);
        assert_eq!(names_in_zip(&small_zip("x", b"y")), ["x"]);
    }
}
