//! The bytes of one file, unpacked as they are read, checked as they pass.
//!
//! Nothing declared is believed: the size, the checksum and the ratio are held against what really comes out, so that
//! a bomb costs a few megabytes and a damaged download names the place where it breaks.

use std::{
    fmt,
    io::{self, Cursor, Read},
    sync::Arc,
};

use flate2::{
    Crc,
    bufread::{DeflateDecoder, MultiGzDecoder},
};

use super::{Fault, Limits, span::Span};

const STEP: usize = 1 << 20;

/// The bytes of one file of an archive.
///
/// Its errors carry a [`Fault`]; [`Fault::from_io`] brings it out.
pub struct FileReader<'s> {
    inner: Inner<'s>,
    declared: Option<u64>,
    checksum: Option<(Crc, u32)>,
    read: u64,
    max: u64,
}

impl<'s> FileReader<'s> {
    /// A file that lies open; its end is where it ends.
    pub(super) fn plain(span: Span<'s>, limits: &Limits) -> Self {
        Self::new(Inner::Plain(span), None, None, limits)
    }

    /// A file inside a plain tar or stored in a zip.
    pub(super) fn stored(span: Span<'s>, size: u64, crc: Option<u32>, limits: &Limits) -> Self {
        Self::new(Inner::Plain(span), Some(size), crc, limits)
    }

    /// A deflated file of a zip.
    pub(super) fn deflated(span: Span<'s>, size: u64, crc: u32, limits: &Limits) -> Self {
        let inner = Inner::Deflated(DeflateDecoder::new(span), Ratio::new(limits));
        Self::new(inner, Some(size), Some(crc), limits)
    }

    /// Everything in a gzip file.
    pub(super) fn gzip(span: Span<'s>, limits: &Limits) -> Self {
        let inner = Inner::Gzip(MultiGzDecoder::new(span), Ratio::new(limits));
        Self::new(inner, None, None, limits)
    }

    /// `size` bytes from `offset` of what is in a gzip file.
    pub(super) fn gzip_part(
        span: Span<'s>,
        offset: u64,
        size: u64,
        limits: &Limits,
    ) -> Result<Self, Fault> {
        let mut inner = Inner::Gzip(MultiGzDecoder::new(span), Ratio::new(limits));
        let skipped = io::copy(&mut (&mut inner).take(offset), &mut io::sink())
            .map_err(|error| located(&error, 0))?;
        if skipped < offset {
            return Err(truncated(0));
        }
        Ok(Self::new(inner, Some(size), None, limits))
    }

    /// A file whose bytes were kept when the archive was listed.
    pub(super) fn kept(bytes: Arc<[u8]>, limits: &Limits) -> Self {
        Self::new(Inner::Kept(Cursor::new(bytes)), None, None, limits)
    }

    fn new(inner: Inner<'s>, declared: Option<u64>, crc: Option<u32>, limits: &Limits) -> Self {
        let checksum = crc.map(|crc| (Crc::new(), crc));
        Self { inner, declared, checksum, read: 0, max: limits.file_bytes }
    }

    /// What must hold once nothing more comes.
    fn check_end(&mut self) -> Result<(), Fault> {
        if self.declared.is_some_and(|declared| self.read < declared) {
            return Err(truncated(self.read + 1));
        }
        if let Some((crc, expected)) = self.checksum.take()
            && crc.sum() != expected
        {
            return Err(Fault::new(
                "damaged",
                "The file is damaged: its checksum does not fit. Download the archive again.",
                "Die Datei ist beschädigt: Die Prüfsumme passt nicht. Lade das Archiv neu herunter.",
            )
            .at(self.read));
        }
        Ok(())
    }

    fn check_size(&self) -> Result<(), Fault> {
        if self.declared.is_some_and(|declared| declared < self.read) {
            return Err(Fault::new(
                "damaged",
                "The file is longer than the archive says. Download the archive again.",
                "Die Datei ist länger, als das Archiv angibt. Lade das Archiv neu herunter.",
            )
            .at(self.read));
        }
        if self.max < self.read {
            return Err(too_large(self.max).at(self.read));
        }
        Ok(())
    }
}

impl Read for FileReader<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        // Of a tar only the file's own part may be read; of a zip one byte more shows a wrong size.
        let room = match (self.declared, &self.checksum) {
            (Some(declared), None) => usize::try_from(declared - self.read.min(declared)),
            _ => Ok(buf.len()),
        };
        // Small steps, so that a bomb is seen before a large buffer is full of it.
        let room = room.unwrap_or(buf.len()).min(buf.len()).min(STEP);
        let part = buf.get_mut(..room).unwrap_or_default();
        let read = self.inner.read(part).map_err(|error| located(&error, self.read + 1))?;
        self.read += read as u64;
        if read == 0 {
            self.check_end()?;
            return Ok(0);
        }
        if let Some((crc, _)) = &mut self.checksum {
            crc.update(part.get(..read).unwrap_or_default());
        }
        self.check_size()?;
        Ok(read)
    }
}

impl fmt::Debug for FileReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileReader({} of {:?})", self.read, self.declared)
    }
}

/// A gzip stream under the ratio guard, for listing what is inside.
pub(super) struct GzipStream<'s>(MultiGzDecoder<Span<'s>>, Ratio);

impl<'s> GzipStream<'s> {
    pub(super) fn new(span: Span<'s>, limits: &Limits) -> Self {
        Self(MultiGzDecoder::new(span), Ratio::new(limits))
    }
}

impl Read for GzipStream<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buf)?;
        self.1.add(read, self.0.get_ref().consumed())?;
        Ok(read)
    }
}

enum Inner<'s> {
    Plain(Span<'s>),
    Kept(Cursor<Arc<[u8]>>),
    Deflated(DeflateDecoder<Span<'s>>, Ratio),
    Gzip(MultiGzDecoder<Span<'s>>, Ratio),
}

impl Read for Inner<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(span) => span.read(buf),
            Self::Kept(bytes) => bytes.read(buf),
            Self::Deflated(decoder, ratio) => {
                let read = decoder.read(buf)?;
                ratio.add(read, decoder.total_in())?;
                Ok(read)
            }
            Self::Gzip(decoder, ratio) => {
                let read = decoder.read(buf)?;
                ratio.add(read, decoder.get_ref().consumed())?;
                Ok(read)
            }
        }
    }
}

/// Watches how much comes out of how little.
struct Ratio {
    out: u64,
    free: u64,
    most: u64,
}

impl Ratio {
    const fn new(limits: &Limits) -> Self {
        Self { out: 0, free: limits.free_bytes, most: limits.ratio }
    }

    fn add(&mut self, read: usize, consumed: u64) -> Result<(), Fault> {
        self.out += read as u64;
        if self.free < self.out && consumed.saturating_mul(self.most) < self.out {
            return Err(Fault::new(
                "bomb",
                format!(
                    "The file unpacks to more than {} times its size, unlike any known export, and was read no further. Leave it out, or unpack it yourself if you trust it.",
                    self.most
                ),
                format!(
                    "Die Datei wird beim Entpacken mehr als {}-mal so groß, anders als jeder bekannte Export, und wurde nicht weitergelesen. Lass sie weg oder entpacke sie selbst, wenn du ihr traust.",
                    self.most
                ),
            )
            .at(self.out));
        }
        Ok(())
    }
}

/// Returns the fault of an error while unpacking at byte `place`.
pub(super) fn located(error: &io::Error, place: u64) -> Fault {
    match error.kind() {
        _ if Fault::is_inside(error) => Fault::from_io(error, place),
        io::ErrorKind::UnexpectedEof => truncated(place),
        // flate2 says so of a stream that breaks its own format.
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Fault::new(
            "damaged",
            "The packed data is damaged. Download the archive again.",
            "Die gepackten Daten sind beschädigt. Lade das Archiv neu herunter.",
        )
        .at(place),
        _ => Fault::from_io(error, place),
    }
}

/// Returns the fault of a file of more than `max` bytes.
pub(super) fn too_large(max: u64) -> Fault {
    Fault::new(
        "too-large",
        format!(
            "The file is larger than {max} bytes, larger than any known file of its kind. Check that it belongs to the export and download it again."
        ),
        format!(
            "Die Datei ist größer als {max} Bytes, größer als jede bekannte Datei dieser Art. Prüfe, ob sie zum Export gehört, und lade sie neu herunter."
        ),
    )
}

/// Returns the fault of a file that ends at byte `place`.
pub(super) fn truncated(place: u64) -> Fault {
    Fault::new(
        "truncated",
        "The file ends in the middle: the download is not complete. Download the archive again.",
        "Die Datei endet mittendrin: Der Download ist unvollständig. Lade das Archiv neu herunter.",
    )
    .at(place)
}
