//! All files of a source as one flat list, whatever they are packed in.
//!
//! People hand over a folder of downloads: a zip, the same unpacked, a tar of an older year, single files beside
//! it. Archives are told by their content and never unpacked to disk; a name inside one is a label and nothing more.

mod fault;
mod file;
mod findings;
mod items;
mod limits;
mod listing;
mod name;
mod reader;
mod roots;
mod rows;
mod span;
mod tar;
mod zip;

use std::{
    fmt,
    io::{self, Read},
};

use rin_abi::{Source, SourceEntry};

pub use self::{
    fault::Fault,
    file::ArchiveFile,
    findings::{Findings, OwnedFinding},
    limits::Limits,
    reader::FileReader,
    roots::Roots,
};
use self::{file::Body, listing::Listing, reader::GzipStream, span::Span};
use crate::{ReadError, text};

/// A block of a tar: enough to tell every kind of file.
const HEAD: usize = 512;

/// All files of a source.
///
/// # Example
/// ```
/// use rin_plugin::{archive::{Archive, Limits}, testing::MemorySource};
///
/// let source = MemorySource::new().with_file("export/likes.json", b"[]");
/// let archive = Archive::open(&source, &Limits::default())?;
/// let file = archive.by_name("likes.json").unwrap();
/// assert_eq!(archive.bytes(file, 1024)?, b"[]");
/// # Ok::<(), rin_plugin::ReadError>(())
/// ```
pub struct Archive<'s> {
    source: &'s dyn Source,
    limits: Limits,
    files: Vec<ArchiveFile>,
    findings: Findings,
}

impl<'s> Archive<'s> {
    /// Lists the files of a source, those inside zip, tar, tar.gz and gz among them.
    ///
    /// What is damaged, locked or refused becomes a finding and the rest is listed.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`] if there is not one file and something says why.
    pub fn open(source: &'s dyn Source, limits: &Limits) -> Result<Self, ReadError> {
        let mut listing = Listing::new(*limits);
        for (number, entry) in source.entries().iter().enumerate() {
            if let Err(fault) = list(source, number, entry, &mut listing) {
                listing.fail(&entry.name, fault);
            }
        }
        let Listing { files, findings, limits } = listing;
        let archive = Self { source, limits, files, findings };
        match archive.findings.failure() {
            Some(failure) if archive.files.is_empty() => Err(failure),
            _ => Ok(archive),
        }
    }

    /// Returns the files: those of the source by name, those inside an archive in its order.
    pub fn files(&self) -> &[ArchiveFile] {
        &self.files
    }

    /// Returns the first file whose path fits.
    pub fn find(&self, mut fits: impl FnMut(&str) -> bool) -> Option<&ArchiveFile> {
        self.files.iter().find(|file| fits(file.path()))
    }

    /// Returns the file of that name which lies least deep, so that a wrapper folder does not matter.
    pub fn by_name<'a>(&'a self, name: &str) -> Option<&'a ArchiveFile> {
        self.all_named(name).min_by_key(|file| file.name().matches('/').count())
    }

    /// Returns every file of that name, at any depth; `name` may hold folders.
    pub fn all_named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a ArchiveFile> {
        self.files.iter().filter(move |file| {
            let before = file.path().strip_suffix(name);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    }

    /// Returns the file called `name` in the same folder as `file`.
    pub fn beside(&self, file: &ArchiveFile, name: &str) -> Option<&ArchiveFile> {
        self.files.iter().find(|other| other.base() == name && other.folder() == file.folder())
    }

    /// Opens a file for reading from its start.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`] if its place in the archive is damaged.
    pub fn open_file(&self, file: &ArchiveFile) -> Result<FileReader<'s>, ReadError> {
        self.reader(file).map_err(|fault| fault.in_file(file.name()))
    }

    /// Reads a whole file of at most `max` bytes.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`] naming file and place if it is damaged or longer.
    pub fn bytes(&self, file: &ArchiveFile, max: usize) -> Result<Vec<u8>, ReadError> {
        let size = file.size().and_then(|size| usize::try_from(size).ok()).unwrap_or(0);
        // One byte more, so that its end is seen without more room.
        let mut bytes = Vec::with_capacity(size.min(max) + 1);
        let reader = self.open_file(file)?;
        reader
            .take(max as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Fault::from_io(&error, bytes.len() as u64 + 1).in_file(file.name()))?;
        if max < bytes.len() {
            return Err(reader::too_large(max as u64).in_file(file.name()));
        }
        Ok(bytes)
    }

    /// Reads the file of that name which lies least deep, as text, whatever its encoding.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`] with the code `no-file` if there is none, otherwise as [`bytes`](Self::bytes).
    ///
    /// # Example
    /// ```
    /// use rin_plugin::{archive::{Archive, Limits}, testing::MemorySource};
    ///
    /// let source = MemorySource::new().with_file("export/names.csv", b"J\xfcrgen");
    /// let archive = Archive::open(&source, &Limits::default())?;
    /// assert_eq!(archive.text("names.csv", 1024)?, "Jürgen");
    /// let error = archive.text("visits.csv", 1024).unwrap_err();
    /// assert!(error.to_string().starts_with("visits.csv: The file is not there."));
    /// # Ok::<(), rin_plugin::ReadError>(())
    /// ```
    pub fn text(&self, name: &str, max: usize) -> Result<String, ReadError> {
        let Some(file) = self.by_name(name) else {
            let en = "The file is not there. Import the export as it was downloaded.";
            let de = "Die Datei fehlt. Importiere den Export so, wie er heruntergeladen wurde.";
            return Err(Fault::new("no-file", en, de).in_file(name));
        };
        self.text_of(file, max)
    }

    /// Reads a file as text, whatever its encoding; one in UTF-8 stays in the memory it was read into.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    pub fn text_of(&self, file: &ArchiveFile, max: usize) -> Result<String, ReadError> {
        let read = String::from_utf8(self.bytes(file, max)?);
        let marked = match read {
            Ok(text) if !text.starts_with('\u{feff}') => return Ok(text),
            Ok(text) => text.into_bytes(),
            Err(other) => other.into_bytes(),
        };
        Ok(text::decode(&marked).text.into_owned())
    }

    /// Returns what was left out or damaged while listing.
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    fn reader(&self, file: &ArchiveFile) -> Result<FileReader<'s>, Fault> {
        let limits = &self.limits;
        let size = file.size().unwrap_or(0);
        let whole = |entry: usize| Span::new(self.source, entry, 0, self.source_size(entry));
        match &file.body {
            Body::Plain { entry } => Ok(FileReader::plain(whole(*entry), limits)),
            Body::Gzip { entry } => Ok(FileReader::gzip(whole(*entry), limits)),
            Body::Part { entry, offset } => {
                let end = self.source_size(*entry);
                let span = Span::new(self.source, *entry, (*offset).min(end), end);
                Ok(FileReader::stored(span, size, None, limits))
            }
            Body::GzipPart { entry, offset } => {
                FileReader::gzip_part(whole(*entry), *offset, size, limits)
            }
            Body::Kept(bytes) => Ok(FileReader::kept(bytes.clone(), limits)),
            Body::Zipped { entry, .. } => {
                zip::open(self.source, self.source_size(*entry), &file.body, size, limits)
            }
        }
    }

    fn source_size(&self, entry: usize) -> u64 {
        self.source.entries().get(entry).map_or(0, |entry| entry.size)
    }
}

impl fmt::Debug for Archive<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Archive({} files)", self.files.len())
    }
}

/// Lists one file of the source, by its content.
fn list(
    source: &dyn Source,
    number: usize,
    entry: &SourceEntry,
    listing: &mut Listing,
) -> Result<(), Fault> {
    let head = first_bytes(source, number).map_err(|error| reader::located(&error, 1))?;
    let SourceEntry { name, size, modified } = entry;
    match head.as_slice() {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => {
            zip::list(source, number, *size, &mut listing.container(name))
        }
        [0x1f, 0x8b, ..] => {
            let limits = listing.limits;
            let stream = GzipStream::new(Span::new(source, number, 0, *size), &limits);
            let inner = head_of(stream)?;
            if tar::is_header(&inner) {
                return tar::list_packed(source, number, *size, &mut listing.container(name));
            }
            let name = name.strip_suffix(".gz").unwrap_or(name);
            let body = Body::Gzip { entry: number };
            listing.files.push(ArchiveFile::open(name, None, *modified, body));
            Ok(())
        }
        head if tar::is_header(head) => {
            tar::list(source, number, *size, &mut listing.container(name))
        }
        head => {
            if let Some(fault) = no_archive(name, head) {
                return Err(fault);
            }
            if !matches!(name::judge(name.as_bytes(), usize::MAX), name::Name::Leftover) {
                let body = Body::Plain { entry: number };
                listing.files.push(ArchiveFile::open(name, Some(*size), *modified, body));
            }
            Ok(())
        }
    }
}

/// Says why a file that is called an archive is none; `None` if it is a plain file.
fn no_archive(name: &str, head: &[u8]) -> Option<Fault> {
    if head.starts_with(b"Rar!") || head.starts_with(b"7z\xbc\xaf") {
        return Some(Fault::new(
            "foreign-archive",
            "The file is a RAR or 7z archive, which is not read. Unpack it and import the folder.",
            "Die Datei ist ein RAR- oder 7z-Archiv, das hier nicht gelesen wird. Entpacke es und importiere den Ordner.",
        ));
    }
    if !name::is_archive(name) {
        return None;
    }
    let text = head.trim_ascii_start();
    Some(if head.is_empty() {
        Fault::new(
            "empty",
            "The file is empty: the download did not work. Download it again.",
            "Die Datei ist leer: Der Download ist misslungen. Lade sie neu herunter.",
        )
    } else if text.starts_with(b"<") {
        Fault::new(
            "html",
            "The file is a web page, perhaps for signing in, and no archive. Sign in and download it again.",
            "Die Datei ist eine Webseite, vielleicht zum Anmelden, und kein Archiv. Melde dich an und lade sie neu herunter.",
        )
    } else {
        Fault::new(
            "no-archive",
            "The file is called an archive but is none. Download it again.",
            "Die Datei heißt wie ein Archiv, ist aber keines. Lade sie neu herunter.",
        )
    })
}

/// Returns the first bytes of a file and no more: a folder may hold a hundred thousand pictures.
fn first_bytes(source: &dyn Source, number: usize) -> io::Result<Vec<u8>> {
    let mut head = vec![0; HEAD];
    let mut filled = 0;
    while let Some(free) = head.get_mut(filled..).filter(|free| !free.is_empty()) {
        let read = source.read_at(number, filled as u64, free)?;
        if read == 0 {
            break;
        }
        filled += read;
    }
    head.truncate(filled);
    Ok(head)
}

/// Returns the first bytes of what is packed.
fn head_of(stream: GzipStream<'_>) -> Result<Vec<u8>, Fault> {
    let mut head = Vec::new();
    let read = stream.take(HEAD as u64).read_to_end(&mut head);
    read.map_err(|error| reader::located(&error, 1))?;
    Ok(head)
}

#[cfg(test)]
mod tests;
