//! A part of one source file as a reader that seeks: what unpackers expect, over what a source offers.
//!
//! It keeps its buffer when a seek stays inside it, because the directory of a zip is read in thousands of tiny
//! steps and each read of a source may cross a process.

use std::{
    fmt,
    io::{self, BufRead, Read, Seek, SeekFrom},
};

use rin_abi::Source;

const BUFFER: usize = 64 * 1024;

/// Bytes `start..end` of one source file.
pub(super) struct Span<'s> {
    source: &'s dyn Source,
    entry: usize,
    start: u64,
    end: u64,
    buffer: Vec<u8>,
    // The absolute offset of the buffer and how far in it we are.
    base: u64,
    at: usize,
}

impl<'s> Span<'s> {
    /// Makes a span of file `entry`; `end` before `start` is an empty one.
    pub(super) fn new(source: &'s dyn Source, entry: usize, start: u64, end: u64) -> Self {
        let end = end.max(start);
        Self { source, entry, start, end, buffer: Vec::new(), base: start, at: 0 }
    }

    /// Returns how many bytes from the start have been handed out.
    pub(super) fn consumed(&self) -> u64 {
        self.position() - self.start
    }

    fn position(&self) -> u64 {
        self.base + self.at as u64
    }
}

impl BufRead for Span<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.buffer.len() <= self.at {
            self.base = self.position();
            self.at = 0;
            let left = usize::try_from(self.end - self.base).unwrap_or(BUFFER).min(BUFFER);
            self.buffer.resize(left, 0);
            let read = if left == 0 {
                0
            } else {
                self.source
                    .read_at(self.entry, self.base, &mut self.buffer)
                    .inspect_err(|_| self.buffer.clear())?
            };
            self.buffer.truncate(read);
        }
        Ok(self.buffer.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.buffer.len());
    }
}

impl Read for Span<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let read = available.read(buf)?;
        self.consume(read);
        Ok(read)
    }
}

impl Seek for Span<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(offset) => self.start.checked_add(offset),
            SeekFrom::End(offset) => self.end.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position().checked_add_signed(offset),
        };
        let target =
            target.filter(|target| self.start <= *target && *target <= self.end).ok_or_else(
                || io::Error::new(io::ErrorKind::UnexpectedEof, "a place beyond the file"),
            )?;
        let inside = target.checked_sub(self.base).and_then(|step| usize::try_from(step).ok());
        match inside {
            Some(at) if at <= self.buffer.len() => self.at = at,
            _ => {
                self.buffer.clear();
                self.base = target;
                self.at = 0;
            }
        }
        Ok(target - self.start)
    }
}

impl fmt::Debug for Span<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Span({}, {}..{})", self.entry, self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::MemorySource;

    #[test]
    fn a_span_reads_and_seeks_like_a_slice() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[1]).collect();
        let source = MemorySource::new().with_file("a", &bytes);
        let mut span = Span::new(&source, 0, 10, 150_000);
        let mut all = Vec::new();
        span.read_to_end(&mut all).unwrap();
        assert!(all == bytes[10..150_000]);
        for offset in [0_u64, 70_000, 69_999, 149_000, 3] {
            assert_eq!(span.seek(SeekFrom::Start(offset)).unwrap(), offset);
            let mut one = [0; 7];
            span.read_exact(&mut one).unwrap();
            let from = 10 + usize::try_from(offset).unwrap();
            assert_eq!(one, bytes[from..from + 7]);
        }
        assert!(span.seek(SeekFrom::Start(200_000)).is_err());
        assert_eq!(span.seek(SeekFrom::End(0)).unwrap(), 149_990);
        assert_eq!(span.read(&mut [0; 4]).unwrap(), 0);
    }
}
