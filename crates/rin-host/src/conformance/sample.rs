//! Exports that a reader is shown: as they are, and spoilt in every way that bytes can be.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rin_core::{Moment, Text};

use super::{
    random::Random,
    words::{joined, same, say},
};
use crate::{FolderSource, Found, Source, SourceEntry};

/// The moment of the import: 2100-01-01, so that nothing in an export is later.
const IMPORT: i64 = 4_102_444_800_000;
/// Most bytes of a sample: it is held in memory and read hundreds of times.
const MAX_SAMPLE: u64 = 64 << 20;

/// An export held in memory.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    /// Where it came from.
    pub(super) name: String,
    pub(super) files: Vec<Member>,
}

/// One file of an export.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) bytes: Arc<Vec<u8>>,
    modified: Option<Moment>,
}

/// Files lent to a reader.
#[derive(Clone, Debug)]
pub(super) struct Lent {
    entries: Vec<SourceEntry>,
    contents: Vec<Arc<Vec<u8>>>,
}

/// Opens the samples that were named, or those beside the manifest.
pub(super) fn open(found: &Found, named: &[PathBuf]) -> Result<Vec<Sample>, Text> {
    let paths = if named.is_empty() {
        beside(&found.manifest_file.with_file_name("samples"))?
    } else {
        named.to_vec()
    };
    paths.iter().map(|path| Sample::open(path)).collect()
}

/// Returns what lies in a folder, sorted by name; nothing if it is not there.
fn beside(folder: &Path) -> Result<Vec<PathBuf>, Text> {
    let name = folder.display();
    let fail = |error: io::Error| {
        say!("{name} cannot be read: {error}", "{name} ist nicht lesbar: {error}")
    };
    let listing = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listing => listing.map_err(fail)?,
    };
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(entry.map_err(fail)?.path());
    }
    paths.retain(|path| {
        path.file_name().is_none_or(|name| !name.to_string_lossy().starts_with('.'))
    });
    paths.sort();
    Ok(paths)
}

impl Sample {
    fn open(path: &Path) -> Result<Self, Text> {
        let name = path.display();
        let fail = |what: Text| joined(&say!("sample {name}", "Beispiel {name}"), ": ", &what);
        let source = FolderSource::open(path, Moment::from_unix_ms(IMPORT))
            .map_err(|error| fail(same(error)))?;
        let size: u64 = source.entries().iter().map(|entry| entry.size).sum();
        if MAX_SAMPLE < size {
            return Err(fail(say!(
                "it has {size} bytes, more than {MAX_SAMPLE}; cut out a part",
                "es hat {size} Bytes, mehr als {MAX_SAMPLE}; einen Teil herausschneiden",
            )));
        }
        let mut files = Vec::new();
        for (number, entry) in source.entries().iter().enumerate() {
            let file = &entry.name;
            let bytes = whole(&source, number, entry.size).map_err(|error| {
                fail(say!("{file} cannot be read: {error}", "{file} ist nicht lesbar: {error}"))
            })?;
            files.push(Member {
                name: entry.name.clone(),
                bytes: Arc::new(bytes),
                modified: entry.modified,
            });
        }
        Ok(Self { name: path.display().to_string(), files })
    }

    /// Makes one of names and bytes.
    pub(super) fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let file = |(name, bytes)| Member { name, bytes: Arc::new(bytes), modified: None };
        Self { name: String::new(), files: files.into_iter().map(file).collect() }
    }

    /// Lends it as it is.
    pub(super) fn lent(&self) -> Lent {
        let entry = |file: &Member| SourceEntry {
            name: file.name.clone(),
            size: file.bytes.len() as u64,
            modified: file.modified,
        };
        Lent {
            entries: self.files.iter().map(entry).collect(),
            contents: self.files.iter().map(|file| Arc::clone(&file.bytes)).collect(),
        }
    }

    /// Lends it with other bytes in one file.
    pub(super) fn with(&self, number: usize, bytes: Vec<u8>) -> Lent {
        let mut lent = self.lent();
        if let (Some(entry), Some(content)) =
            (lent.entries.get_mut(number), lent.contents.get_mut(number))
        {
            entry.size = bytes.len() as u64;
            *content = Arc::new(bytes);
        }
        lent
    }

    /// Lends it with what `change` makes of every file.
    pub(super) fn changed(&self, change: impl Fn(&Member) -> Vec<u8>) -> Lent {
        Self::of(self.files.iter().map(|file| (file.name.clone(), change(file)))).lent()
    }

    /// Lends it without one file.
    pub(super) fn without(&self, number: usize) -> Lent {
        let mut sample = self.clone();
        if number < sample.files.len() {
            sample.files.remove(number);
        }
        sample.lent()
    }

    /// Spoils it in a few places.
    pub(super) fn spoil(&mut self, random: &mut Random) {
        for _ in 0..=random.below(4) {
            let number = random.below(self.files.len());
            let Some(file) = self.files.get_mut(number) else { return };
            match random.below(24) {
                0 => file.name = format!("{}.bak", file.name),
                1 => drop(self.files.remove(number)),
                _ => spoil(Arc::make_mut(&mut file.bytes), random),
            }
        }
    }
}

/// Changes bytes in one place.
fn spoil(bytes: &mut Vec<u8>, random: &mut Random) {
    const ODD: [u8; 10] = [0, 0xFF, 0x7F, 0x80, b'"', b'{', b'[', b'\n', b',', b'9'];
    let at = random.below(bytes.len());
    let end = (at + random.below(64)).min(bytes.len());
    match random.below(6) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let again = bytes.get(at..end).unwrap_or_default().to_vec();
            drop(bytes.splice(at..at, again));
        }
        3 => {
            let odd: Vec<u8> = (0..random.below(9)).filter_map(|_| random.pick(&ODD)).collect();
            drop(bytes.splice(at..at, odd));
        }
        4 => {
            if let (Some(byte), Some(odd)) = (bytes.get_mut(at), random.pick(&ODD)) {
                *byte = odd;
            }
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
    }
}

fn whole(source: &FolderSource, number: usize, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(size).unwrap_or_default()];
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read_at(number, filled as u64, rest)? {
            0 => break,
            n => filled += n,
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

impl Lent {
    /// Returns it with another size in the listing than the files have.
    pub(super) fn declaring(mut self, size: u64) -> Self {
        self.entries.iter_mut().for_each(|entry| entry.size = size);
        self
    }
}

impl Source for Lent {
    fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let content = self.contents.get(entry).ok_or(io::ErrorKind::NotFound)?;
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(content.len());
        io::Read::read(&mut content.get(start..).unwrap_or_default(), buffer)
    }

    fn now(&self) -> Moment {
        Moment::from_unix_ms(IMPORT)
    }
}
