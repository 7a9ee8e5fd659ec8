//! Gives the bytes of one export file at any offset, whatever the file's size and whether it is compressed.
//!
//! A small file is held in memory because a tree walk jumps about in it; a big one is read through a window, so
//! that memory does not grow with the file. A gzip stream cannot be jumped about in and is inflated up to a limit.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use rin_plugin::prelude::Source;

use super::{CarError, to_usize};

/// The largest file held in memory.
const HELD_MAX: u64 = 96 << 20;
/// The most a gzip stream may inflate to.
pub(crate) const INFLATED_MAX: u64 = 96 << 20;
/// What a window reads ahead while the file is read from front to back.
const AHEAD: usize = 256 << 10;
/// What is read at once from a file that is held.
const CHUNK: usize = 1 << 20;

/// The bytes of one file of a source.
pub(crate) struct Bytes<'s> {
    place: Place<'s>,
    size: u64,
    /// Whether the file is a gzip stream that broke off or failed its checksum.
    pub(crate) is_broken_gzip: bool,
}

enum Place<'s> {
    Held(Vec<u8>),
    Window { file: File<'s>, start: u64, bytes: Vec<u8>, ahead: usize },
}

impl<'s> Bytes<'s> {
    /// Opens file number `entry`.
    ///
    /// # Errors
    /// [`CarError::Read`] if the source fails, [`CarError::Inflated`] if a gzip stream is too big.
    pub(crate) fn open(source: &'s dyn Source, entry: usize) -> Result<Self, CarError> {
        Self::open_within(source, entry, HELD_MAX)
    }

    /// Opens file number `entry`, held in memory if it has at most `held_max` bytes.
    pub(crate) fn open_within(
        source: &'s dyn Source,
        entry: usize,
        held_max: u64,
    ) -> Result<Self, CarError> {
        let size = source.entries().get(entry).map_or(0, |entry| entry.size);
        let mut file = File { source, entry, offset: 0 };
        let mut magic = [0; 2];
        let got = fill(&mut file, &mut magic).map_err(CarError::Read)?;
        file.offset = 0;
        if got == 2 && is_gzip(&magic) {
            return inflate(file);
        }
        if size <= held_max {
            let mut bytes = Vec::with_capacity(to_usize(size));
            io::BufReader::with_capacity(CHUNK, file.take(held_max))
                .read_to_end(&mut bytes)
                .map_err(CarError::Read)?;
            return Ok(Self::held(bytes, false));
        }
        let place = Place::Window { file, start: 0, bytes: Vec::new(), ahead: AHEAD };
        Ok(Self { place, size, is_broken_gzip: false })
    }

    fn held(bytes: Vec<u8>, is_broken_gzip: bool) -> Self {
        let size = bytes.len() as u64;
        Self { place: Place::Held(bytes), size, is_broken_gzip }
    }

    /// Returns how many bytes there are.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Says that what follows will jump about, so that reading ahead would be in vain.
    pub(super) fn stop_reading_ahead(&mut self) {
        if let Place::Window { ahead, .. } = &mut self.place {
            *ahead = 0;
        }
    }

    /// Returns `len` bytes from `offset`, fewer only at the end of the file.
    ///
    /// # Errors
    /// Whatever the source says.
    pub(crate) fn view(&mut self, offset: u64, len: usize) -> io::Result<&[u8]> {
        match &mut self.place {
            Place::Held(bytes) => Ok(part(bytes, offset, len)),
            Place::Window { file, start, bytes, ahead } => {
                let end = *start + bytes.len() as u64;
                if offset < *start || end < offset.saturating_add(len as u64) {
                    bytes.resize(len.max(*ahead), 0);
                    file.offset = offset;
                    *start = offset;
                    let got = fill(file, bytes)?;
                    bytes.truncate(got);
                }
                Ok(part(bytes, offset - *start, len))
            }
        }
    }
}

/// Whether bytes begin as a gzip stream does.
fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// Returns up to `len` bytes from `offset`; none beyond the end.
fn part(bytes: &[u8], offset: u64, len: usize) -> &[u8] {
    let rest = usize::try_from(offset).ok().and_then(|offset| bytes.get(offset..)).unwrap_or(&[]);
    rest.get(..len).unwrap_or(rest)
}

/// What came out before an error is kept: the first part of a broken stream is as good as a file cut off there.
fn inflate(file: File<'_>) -> Result<Bytes<'_>, CarError> {
    let mut bytes = Vec::new();
    let stream = MultiGzDecoder::new(io::BufReader::new(file));
    let result = stream.take(INFLATED_MAX + 1).read_to_end(&mut bytes);
    if INFLATED_MAX < bytes.len() as u64 {
        return Err(CarError::Inflated);
    }
    Ok(Bytes::held(bytes, result.is_err()))
}

fn fill(file: &mut File<'_>, buffer: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(got) => done += got,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// One file of a source as a reader.
struct File<'s> {
    source: &'s dyn Source,
    entry: usize,
    offset: u64,
}

impl Read for File<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.source.read_at(self.entry, self.offset, buffer)?.min(buffer.len());
        self.offset += got as u64;
        Ok(got)
    }
}

/// Reads at most `max` bytes of file number `entry`.
///
/// # Errors
/// Whatever the source says.
pub(crate) fn head(source: &dyn Source, entry: usize, max: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; max];
    let got = fill(&mut File { source, entry, offset: 0 }, &mut bytes)?;
    bytes.truncate(got);
    Ok(bytes)
}
