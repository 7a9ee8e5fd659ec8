//! What a tar holds, plain or packed with gzip.
//!
//! A packed tar has no directory and no way back, so it is read once from end to end to be listed. Small text files
//! are kept on the way; a large one is found again by unpacking up to it.

use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom},
    rc::Rc,
};

use rin_abi::Source;
use rin_core::{Moment, Severity};
use tar::{Archive, Entries, Entry, EntryType};

use super::{
    Fault,
    file::Body,
    listing::Container,
    name,
    reader::{self, GzipStream},
    span::Span,
};

const BLOCK: usize = 512;
/// What names and attributes before one entry may take.
const HEADERS: u64 = 1 << 20;
const KEPT_FILE: u64 = 1 << 20;
const KEPT_ALL: u64 = 16 << 20;

/// Lists the plain tar that is file `entry` of the source.
pub(super) fn list(
    source: &dyn Source,
    entry: usize,
    size: u64,
    container: &mut Container<'_>,
) -> Result<(), Fault> {
    let (reader, left) = Metered::new(Span::new(source, entry, 0, size));
    let mut archive = Archive::new(reader);
    let entries = archive.entries_with_seek().map_err(|error| reader::located(&error, 1))?;
    walk(entries, &left, u64::MAX, |found| {
        let offset = found.raw_file_position();
        take(found, container, |_, _| Ok(Body::Part { entry, offset }))
    })
}

/// Lists the packed tar that is file `entry` of the source.
pub(super) fn list_packed(
    source: &dyn Source,
    entry: usize,
    size: u64,
    container: &mut Container<'_>,
) -> Result<(), Fault> {
    let limits = container.listing.limits;
    let (stream, left) = Metered::new(GzipStream::new(Span::new(source, entry, 0, size), &limits));
    let mut archive = Archive::new(stream);
    let mut kept = 0;
    let entries = archive.entries().map_err(|error| reader::located(&error, 1))?;
    walk(entries, &left, limits.listing_bytes, |found| {
        let offset = found.raw_file_position();
        take(found, container, |found, path| {
            let size = found.size();
            if !name::is_text(path) || KEPT_FILE < size || KEPT_ALL < kept + size {
                return Ok(Body::GzipPart { entry, offset });
            }
            left.set(size.saturating_add(HEADERS));
            let mut bytes = Vec::new();
            let read = found.take(size).read_to_end(&mut bytes);
            kept += size;
            // A part of a file is not kept as if it were whole: whoever reads it meets the fault at its place.
            if read.is_err() || (bytes.len() as u64) < size {
                return Ok(Body::GzipPart { entry, offset });
            }
            Ok(Body::Kept(bytes.into()))
        })
    })?;
    if limits.listing_bytes == u64::MAX {
        left.set(u64::MAX);
        let mut rest = archive.into_inner();
        io::copy(&mut rest, &mut io::sink()).map_err(|error| reader::located(&error, 0))?;
    }
    Ok(())
}

/// Whether a block is the header of a tar entry: its checksum says so.
pub(super) fn is_header(block: &[u8]) -> bool {
    let Some(block) = block.first_chunk::<BLOCK>() else { return false };
    let stored = block.get(148..156).unwrap_or_default();
    let digits: String =
        stored.iter().map(|byte| char::from(*byte)).filter(char::is_ascii_digit).collect();
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum::<u32>()
        - stored.iter().map(|byte| u32::from(*byte)).sum::<u32>()
        + 8 * u32::from(b' ');
    u32::from_str_radix(&digits, 8).is_ok_and(|stored| stored == sum)
}

/// Goes through the entries; `each` says whether more are wanted.
fn walk<'a, R: Read + 'a>(
    entries: Entries<'a, R>,
    left: &Cell<u64>,
    listing_bytes: u64,
    mut each: impl FnMut(&mut Entry<'a, R>) -> io::Result<bool>,
) -> Result<(), Fault> {
    let mut place = 1;
    let mut to_skip = 0_u64;
    let mut entries = entries;
    loop {
        left.set(to_skip.saturating_add(HEADERS));
        let Some(found) = entries.next() else { return Ok(()) };
        let mut found = found.map_err(|error| broken(&error, place))?;
        place = found.raw_file_position() + 1;
        to_skip = found.size();
        let is_wanted = each(&mut found).map_err(|error| broken(&error, place))?;
        if !is_wanted || listing_bytes < place.saturating_add(to_skip) {
            return Ok(());
        }
    }
}

/// Takes one entry or says why not; `false` if no more are wanted.
fn take<'a, R: Read + 'a>(
    found: &mut Entry<'a, R>,
    container: &mut Container<'_>,
    body: impl FnOnce(&mut Entry<'a, R>, &str) -> io::Result<Body>,
) -> io::Result<bool> {
    let kind = found.header().entry_type();
    if matches!(kind, EntryType::Directory | EntryType::XGlobalHeader) {
        return Ok(true);
    }
    let raw = found.path_bytes().into_owned();
    let Some(path) = container.path(&raw) else { return Ok(true) };
    if !matches!(kind, EntryType::Regular | EntryType::Continuous) {
        container.refuse_special(&path);
        return Ok(true);
    }
    let seconds = found.header().mtime().ok().and_then(|at| i64::try_from(at).ok());
    // Zero is what tools write that leave times out.
    let modified =
        seconds.filter(|at| *at != 0).and_then(|at| at.checked_mul(1000)).map(Moment::from_unix_ms);
    let size = found.size();
    let body = match body(found, &path) {
        Ok(body) => body,
        Err(error) => {
            let fault = broken(&error, found.raw_file_position() + 1);
            container.refuse(&path, Severity::Error, fault.clone());
            return Err(fault.into());
        }
    };
    Ok(container.add(path, size, modified, body))
}

fn broken(error: &io::Error, place: u64) -> Fault {
    let fault = reader::located(error, place);
    if fault.code != "unreadable" {
        return fault;
    }
    Fault::new(
        "damaged",
        "From this place on the tar archive is damaged and was read no further. Download it again.",
        "Ab dieser Stelle ist das Tar-Archiv beschädigt, weiter wurde es nicht gelesen. Lade es neu herunter.",
    )
    .at(place)
}

/// A reader that gives no more than was granted, because the library reads a long name into memory whole.
struct Metered<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R> Metered<R> {
    fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let left = Rc::new(Cell::new(0));
        (Self { inner, left: Rc::clone(&left) }, left)
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left.get()).unwrap_or(usize::MAX).min(buf.len());
        if room == 0 && !buf.is_empty() {
            return Err(io::Error::other("the headers of an entry are too long"));
        }
        let read = self.inner.read(buf.get_mut(..room).unwrap_or_default())?;
        self.left.set(self.left.get() - read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
