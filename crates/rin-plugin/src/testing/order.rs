//! Whether a reader says the same in whatever order the files of an export were packed.

use std::io;

use rin_abi::Source;

use super::{MemorySource, Recorder};

/// How many orders are drawn.
const ORDERS: u64 = 8;

/// Returns the first line that only one of two orders of packing brings, of eight drawn ones, or that nothing could be
/// read; `None` if the order of files in an archive does not matter.
///
/// # Example
/// ```
/// use rin_plugin::testing::{MemorySource, Recorder, differs_by_order};
///
/// let source = MemorySource::new().with_file("a", b"1").with_file("b", b"2");
/// let line = |line: &str| Recorder { lines: vec![line.to_owned()], ..Recorder::default() };
/// assert_eq!(differs_by_order(&source, |_| line("same")), None);
/// assert_eq!(differs_by_order(&source, |_| Recorder::default()).unwrap(), "nothing was read");
/// ```
pub fn differs_by_order(
    source: &dyn Source,
    read: impl Fn(&dyn Source) -> Recorder,
) -> Option<String> {
    let read = |seed| {
        let packed = packed(source, seed).map_err(|error| error.to_string())?;
        Ok(lines(read(&MemorySource::new().at(source.now()).with_file("export.tar", &packed))))
    };
    let found: Result<Vec<Vec<String>>, String> = (0..=ORDERS).map(read).collect();
    let found = match found {
        Ok(found) => found,
        Err(error) => return Some(error),
    };
    let (first, rest) = found.split_first()?;
    if first.is_empty() {
        return Some("nothing was read".to_owned());
    }
    let is_alone = |line: &&String, other: &[String]| other.binary_search(line).is_err();
    rest.iter().find_map(|other| {
        let gone = first.iter().find(|line| is_alone(line, other));
        gone.or_else(|| other.iter().find(|line| is_alone(line, first))).cloned()
    })
}

/// Returns what a reader said without anything that hangs on the order of what it read: all lines and facts, sorted, and
/// findings without their places.
///
/// # Example
/// ```
/// use rin_plugin::testing::{Recorder, unordered};
///
/// let lines = vec!["reply a -> b at=1 id=2".to_owned(), "bad-row warning ties.csv:7 ×1".to_owned()];
/// let said = unordered(Recorder { lines, ..Recorder::default() });
/// assert_eq!(said, ["bad-row warning ties.csv ×1", "reply a -> b at=1 id=2"]);
/// ```
pub fn unordered(recorder: Recorder) -> Vec<String> {
    let placeless = |line: String| match line.rsplit_once(" ×") {
        Some((place, count)) => {
            let file = place.rsplit_once(':').map_or(place, |(file, _)| file);
            format!("{file} ×{count}")
        }
        None => line,
    };
    let mut lines: Vec<String> = lines(recorder).into_iter().map(placeless).collect();
    lines.sort_unstable();
    lines
}

/// Returns all lines and facts, sorted.
fn lines(recorder: Recorder) -> Vec<String> {
    let mut lines = recorder.lines;
    lines.extend(recorder.facts);
    lines.sort_unstable();
    lines
}

/// Packs all files of a source into a tar archive: for seed 0 in their own order, else in one drawn from it.
fn packed(source: &dyn Source, seed: u64) -> io::Result<Vec<u8>> {
    let mut order: Vec<usize> = (0..source.entries().len()).collect();
    if seed != 0 {
        // The order of numbers scattered by a multiplicative hash (Knuth) is as good as drawn here.
        let scattered =
            |at: usize| (at as u64 + 1).wrapping_mul(seed.wrapping_mul(2) + 0x9e37_79b9_7f4a_7c15);
        order.sort_by_key(|at| scattered(*at).rotate_left(29).wrapping_mul(0xd134_2543_de82_ef95));
    }
    let mut archive = tar::Builder::new(Vec::new());
    for at in order {
        let Some(entry) = source.entries().get(at) else { continue };
        let mut bytes = vec![0; usize::try_from(entry.size).map_err(io::Error::other)?];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match source.read_at(at, filled as u64, rest)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n => filled += n,
            }
        }
        let mut header = tar::Header::new_gnu();
        header.set_size(entry.size);
        header.set_mode(0o644);
        header.set_mtime(1_780_000_000);
        archive.append_data(&mut header, &entry.name, bytes.as_slice())?;
    }
    archive.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Archive, Limits};

    #[test]
    fn a_reader_that_minds_the_order_is_found_out() {
        let source = ["a", "b", "c", "d"]
            .iter()
            .fold(MemorySource::new(), |source, name| source.with_file(name, name.as_bytes()));
        let names = |source: &dyn Source, minds: bool| {
            let archive = Archive::open(source, &Limits::default()).unwrap();
            let files = archive.files().iter().enumerate();
            let line = |(at, file): (usize, &crate::archive::ArchiveFile)| {
                format!("{} {}", file.base(), if minds { at } else { 0 })
            };
            Recorder { lines: files.map(line).collect(), ..Recorder::default() }
        };
        assert_eq!(differs_by_order(&source, |source| names(source, false)), None);
        assert!(differs_by_order(&source, |source| names(source, true)).is_some());
    }
}
