//! Whether a library's file is as long as its own headers say.
//!
//! A loader maps the segments of an ELF file without looking at its length, and the first touch of a page beyond the
//! end kills the process with SIGBUS: no error, no second chance. A download that broke off must cost its own plugin
//! only, so the few headers that state extents are read beforehand, as data, in bounded pieces.
//!
//! Not checked: what the bytes say (a manifest may pin their SHA-256), symbols and relocations (the loader's),
//! big-endian ELF, Mach-O of 32 bits or for several processors (the system opens them unseen), and a file that is cut
//! off between this look and the opening.

use std::io::{self, Read, Seek, SeekFrom};

/// Load commands of a Mach-O file that are looked at, in bytes; those of real libraries take a few thousand.
const MAX_COMMANDS: u64 = 1 << 20;

/// Returns the least length an image can have by its headers, as far as they can be read; 0 if it is of no known kind.
///
/// Reads at most a few megabytes, whatever the headers say.
pub(crate) fn needed_bytes(file: &mut (impl Read + Seek)) -> io::Result<u64> {
    let head = window(file, 0, 64)?;
    let kind = (head.bytes.get(..4), head.bytes.get(4..6));
    match kind {
        (Some(b"\x7fELF"), Some([1, 1])) => elf(file, &head, &ELF32),
        (Some(b"\x7fELF"), Some([2, 1])) => elf(file, &head, &ELF64),
        // So short that even its class is missing.
        (Some(b"\x7fELF"), None) => Ok(ELF32.header),
        (Some([0xcf, 0xfa, 0xed, 0xfe]), _) => mach_o(file, &head),
        (Some([b'M', b'Z', ..]), _) => pe(file, &head),
        _ => Ok(0),
    }
}

/// Bytes of the file from a place on; fewer than asked for if it ends.
struct Piece {
    bytes: Vec<u8>,
}

fn window(file: &mut (impl Read + Seek), from: u64, len: u64) -> io::Result<Piece> {
    let mut bytes = Vec::new();
    // A place that no file can have lies beyond the end of this one.
    if file.seek(SeekFrom::Start(from)).is_err() {
        return Ok(Piece { bytes });
    }
    file.take(len).read_to_end(&mut bytes)?;
    Ok(Piece { bytes })
}

impl Piece {
    /// Reads a little-endian number of so many bytes; 0 beyond the end, where the length tells on its own.
    fn number(&self, at: usize, n_bytes: usize) -> u64 {
        let bytes = self.bytes.get(at..at + n_bytes).unwrap_or_default();
        bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// Returns the rows of a table in it, each of so many bytes.
    fn rows(&self, n_bytes: usize) -> impl Iterator<Item = Self> + '_ {
        self.bytes.chunks_exact(n_bytes).map(|row| Self { bytes: row.to_vec() })
    }
}

/// Where the two classes of ELF keep what is asked of them.
struct Elf {
    /// Bytes of a number that is a place in the file.
    word: usize,
    /// Bytes of the header.
    header: u64,
    /// Where the header says where the tables of segments and sections begin.
    tables: [usize; 2],
    /// Where it says how long a row of each is and, right after, how many there are.
    shapes: [usize; 2],
    /// Bytes of a row of the segments, and where it has the segment's place and length in the file.
    segment: (usize, usize, usize),
}

const ELF32: Elf =
    Elf { word: 4, header: 52, tables: [28, 32], shapes: [42, 46], segment: (32, 4, 16) };
const ELF64: Elf =
    Elf { word: 8, header: 64, tables: [32, 40], shapes: [54, 58], segment: (56, 8, 32) };

/// Header, table of segments, every segment, table of sections.
fn elf(file: &mut (impl Read + Seek), head: &Piece, class: &Elf) -> io::Result<u64> {
    let mut needed = class.header;
    let tables = class.tables.iter().zip(class.shapes);
    for (begin, shape) in tables {
        let (begin, n_rows) = (head.number(*begin, class.word), head.number(shape + 2, 2));
        let n_bytes = head.number(shape, 2) * n_rows;
        needed = needed.max(begin.saturating_add(n_bytes));
    }
    let [segments, _] = class.tables;
    let [shape, _] = class.shapes;
    let (row, place, length) = class.segment;
    // A loader refuses rows of another length without touching them.
    if head.number(shape, 2) == row as u64 {
        let n_bytes = head.number(shape + 2, 2) * row as u64;
        let table = window(file, head.number(segments, class.word), n_bytes)?;
        let end = |row: Piece| {
            row.number(place, class.word).saturating_add(row.number(length, class.word))
        };
        needed = needed.max(table.rows(row).map(end).max().unwrap_or_default());
    }
    Ok(needed)
}

/// Header, load commands, every segment of a 64-bit Mach-O file.
fn mach_o(file: &mut (impl Read + Seek), head: &Piece) -> io::Result<u64> {
    const HEADER: u64 = 32;
    const SEGMENT_64: u64 = 0x19;
    let n_bytes = head.number(20, 4);
    let commands = window(file, HEADER, n_bytes.min(MAX_COMMANDS))?;
    let (mut needed, mut rest) = (HEADER + n_bytes, commands.bytes.as_slice());
    while !rest.is_empty() {
        let command = Piece { bytes: rest.get(..56).unwrap_or(rest).to_vec() };
        if command.number(0, 4) == SEGMENT_64 {
            needed = needed.max(command.number(40, 8).saturating_add(command.number(48, 8)));
        }
        // A command is at least its own head long; one that says less ends the list.
        let size = usize::try_from(command.number(4, 4)).unwrap_or(usize::MAX);
        rest = if size < 8 { &[] } else { rest.get(size..).unwrap_or_default() };
    }
    Ok(needed)
}

/// Headers, table of sections, the bytes of every section of a PE file.
fn pe(file: &mut (impl Read + Seek), head: &Piece) -> io::Result<u64> {
    const HEADER: u64 = 24;
    const ROW: usize = 40;
    let begin = head.number(60, 4);
    let header = window(file, begin, HEADER)?;
    let mut needed = (begin + HEADER).max(64);
    if !header.bytes.starts_with(b"PE\0\0") {
        // A program of another age, or the end of the file: its length tells which.
        return Ok(needed);
    }
    let table = begin + HEADER + header.number(20, 2);
    let n_bytes = header.number(6, 2) * ROW as u64;
    needed = needed.max(table + n_bytes);
    let end = |row: Piece| row.number(20, 4) + row.number(16, 4);
    let sections = window(file, table, n_bytes)?;
    Ok(needed.max(sections.rows(ROW).map(end).max().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Makes a file of zeros with these numbers in it: place, bytes of the number, number.
    fn file(magic: &[u8], n_bytes: usize, numbers: &[(usize, usize, u64)]) -> Vec<u8> {
        let mut bytes = vec![0; n_bytes];
        bytes[..magic.len()].copy_from_slice(magic);
        for (at, n, number) in numbers {
            bytes[*at..at + n].copy_from_slice(&number.to_le_bytes()[..*n]);
        }
        bytes
    }

    fn check(bytes: &[u8], expected: u64) {
        assert_eq!(needed_bytes(&mut Cursor::new(bytes)).unwrap(), expected);
    }

    #[test]
    fn what_is_no_image_needs_nothing() {
        for bytes in [&b""[..], b"MZ", b"\x7fEL", b"not a library", b"\x7fELF\x02\x02big-endian"] {
            check(bytes, 0);
        }
    }

    #[test]
    fn an_elf_file_reaches_as_far_as_its_tables_and_segments() {
        let one_segment = [(32, 8, 64), (54, 2, 56), (56, 2, 1)];
        let segment =
            |length| [&one_segment[..], &[(64 + 8, 8, 100), (64 + 32, 8, length)]].concat();
        check(&file(b"\x7fELF\x02\x01", 200, &segment(50)), 150);
        check(&file(b"\x7fELF\x02\x01", 200, &segment(1)), 120);
        check(&file(b"\x7fELF\x02\x01", 200, &segment(u64::MAX)), u64::MAX);
        let sections = [(40, 8, 1000), (58, 2, 64), (60, 2, 3)];
        check(&file(b"\x7fELF\x02\x01", 64, &sections), 1192);
        check(
            &file(b"\x7fELF\x02\x01", 64, &[(32, 8, u64::MAX), (54, 2, 56), (56, 2, 9)]),
            u64::MAX,
        );
        let small = [(28, 4, 52), (42, 2, 32), (44, 2, 1), (52 + 4, 4, 7), (52 + 16, 4, 900)];
        check(&file(b"\x7fELF\x01\x01", 84, &small), 907);
        check(&file(b"\x7fELF\x01\x01", 84, &[(32, 4, 60), (46, 2, 40), (48, 2, 2)]), 140);
        check(b"\x7fELF", 52);
        check(b"\x7fELF\x02\x01", 64);
    }

    #[test]
    fn a_mach_o_file_reaches_as_far_as_its_commands_and_segments() {
        let magic = b"\xcf\xfa\xed\xfe";
        let segment = [(20, 4, 80), (32, 4, 2), (36, 4, 8), (40, 4, 0x19), (44, 4, 72)];
        let extent = [(40 + 40, 8, 4096), (40 + 48, 8, 4)];
        check(&file(magic, 112, &[&segment[..], &extent].concat()), 4100);
        check(&file(magic, 112, &segment), 112);
        check(&file(magic, 32, &[(20, 4, u64::from(u32::MAX))]), 32 + u64::from(u32::MAX));
    }

    #[test]
    fn a_pe_file_reaches_as_far_as_its_sections() {
        let at = |n: usize, rest: &[(usize, usize, u64)]| {
            let head = [(60, 4, 64), (64, 4, u64::from(u32::from_le_bytes(*b"PE\0\0")))];
            let counts = [(64 + 6, 2, 1), (64 + 20, 2, 16)];
            file(b"MZ", n, &[&head[..], &counts, rest].concat())
        };
        check(&at(144, &[(104 + 20, 4, 512), (104 + 16, 4, 1024)]), 1536);
        check(&at(144, &[]), 144);
        check(&file(b"MZ", 64, &[(60, 4, 200)]), 224);
    }
}
