//! A moving window over a stream, for scanners: bytes are looked at where they lie and kept as long as they are needed.

use std::io::{self, Read};

const STEP: usize = 64 * 1024;

/// A moving window over a stream.
pub(super) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    filled: usize,
    at: usize,
    // Where the part to keep begins, and the offset of the buffer in the stream.
    kept: Option<usize>,
    base: u64,
}

impl<R: Read> Window<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), filled: 0, at: 0, kept: None, base: 0 }
    }

    /// Returns the byte we stand on, counted from 1.
    pub(super) fn place(&self) -> u64 {
        self.base + self.at as u64 + 1
    }

    /// Returns the bytes from here on that lie ready; reads on if there are none; empty at the end.
    pub(super) fn ready(&mut self) -> io::Result<&[u8]> {
        if self.filled <= self.at {
            self.fill()?;
        }
        Ok(self.buffer.get(self.at..self.filled).unwrap_or_default())
    }

    /// Returns the next byte without taking it.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.ready()?.first().copied())
    }

    /// Takes bytes that lie ready.
    pub(super) fn advance(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.filled);
    }

    /// Keeps everything from here on until [`release`](Self::release).
    pub(super) fn keep(&mut self) {
        self.kept = Some(self.at);
    }

    /// Returns what was kept, up to here.
    pub(super) fn kept(&self) -> &[u8] {
        self.kept.and_then(|from| self.buffer.get(from..self.at)).unwrap_or_default()
    }

    /// Forgets what was kept.
    pub(super) fn release(&mut self) {
        self.kept = None;
    }

    fn fill(&mut self) -> io::Result<()> {
        let from = self.kept.unwrap_or(self.at);
        self.buffer.copy_within(from..self.filled, 0);
        self.base += from as u64;
        self.filled -= from;
        self.at -= from;
        self.kept = self.kept.map(|_| 0);
        let room = self.filled + STEP;
        if self.buffer.len() < room {
            self.buffer.resize(room, 0);
        }
        loop {
            let free = self.buffer.get_mut(self.filled..).unwrap_or_default();
            match self.reader.read(free) {
                Ok(read) => {
                    self.filled += read;
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
