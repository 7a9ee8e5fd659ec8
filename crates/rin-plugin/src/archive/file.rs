//! One file of a source, wherever it lies: open, in a zip, in a tar.

use std::sync::Arc;

use rin_core::Moment;

/// One file of a source.
#[derive(Clone, Debug)]
pub struct ArchiveFile {
    name: String,
    path_at: usize,
    size: Option<u64>,
    modified: Option<Moment>,
    pub(super) body: Body,
}

/// Where the bytes are.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// A source file as it lies.
    Plain { entry: usize },
    /// A gzip file of one file.
    Gzip { entry: usize },
    /// A part of a plain tar.
    Part { entry: usize, offset: u64 },
    /// A part of a packed tar, at an offset of the unpacked stream.
    GzipPart { entry: usize, offset: u64 },
    /// Read while listing, because a packed tar has no way back.
    Kept(Arc<[u8]>),
    /// In a zip.
    Zipped { entry: usize, header: u64, packed: u64, crc: u32, is_deflated: bool },
}

impl ArchiveFile {
    /// A file that lies open in the source.
    pub(super) fn open(
        name: &str,
        size: Option<u64>,
        modified: Option<Moment>,
        body: Body,
    ) -> Self {
        Self { name: name.to_owned(), path_at: 0, size, modified, body }
    }

    /// A file inside the archive `label`.
    pub(super) fn inside(
        label: &str,
        path: &str,
        size: Option<u64>,
        modified: Option<Moment>,
        body: Body,
    ) -> Self {
        Self { name: format!("{label}/{path}"), path_at: label.len() + 1, size, modified, body }
    }

    /// Returns its name for people, the archive's name before it: `archive.zip/outbox.json`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns its path inside the archive, or its name in the source if it lies open.
    pub fn path(&self) -> &str {
        self.name.get(self.path_at..).unwrap_or_default()
    }

    /// Returns the last part of its path: `outbox.json`.
    pub fn base(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// Returns the part of its name before the last `/`; empty if there is none. An archive counts as a folder.
    pub fn folder(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns its size in bytes as declared, if anything says so.
    pub const fn size(&self) -> Option<u64> {
        self.size
    }

    /// Returns when it was last written, as the archive or the file system says. A zip keeps the wall clock of the
    /// machine that wrote it without its zone; it is read as UTC.
    pub const fn modified(&self) -> Option<Moment> {
        self.modified
    }

    /// Whether it lies inside an archive, so that its time was set by who made the archive.
    pub const fn is_archived(&self) -> bool {
        self.path_at != 0
    }
}
