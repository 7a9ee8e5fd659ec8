//! What a reader is given: the files the user named, as names, sizes and bytes at an offset.
//!
//! Neither paths nor file handles, so that a confined reader needs no file system. Archives are opened by the
//! plugin's own side: a bomb or a parser's bug hits the worker only.

use std::io;

use rin_core::Moment;

/// One file of a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceEntry {
    /// Name relative to what the user named, with `/` between folders; only a label, never a path to open.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// When the file was last written, if the file system says so.
    pub modified: Option<Moment>,
}

/// The files the user named.
pub trait Source {
    /// Returns the files, sorted by name.
    fn entries(&self) -> &[SourceEntry];

    /// Reads bytes of file number `entry` at `offset`; 0 at its end, fewer than asked for at any time.
    ///
    /// # Errors
    /// Whatever the file system says; a number beyond the last file is [`io::ErrorKind::NotFound`].
    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;

    /// Returns the moment of the import: the latest at which anything in the source can have been true.
    fn now(&self) -> Moment;
}
