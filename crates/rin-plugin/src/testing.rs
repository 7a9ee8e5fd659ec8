//! What the tests of a plugin need: files in memory, files of a folder, a sink that keeps what it is given, and
//! relationships made up row by row.
//!
//! A plugin never opens a path; its tests hand it one of these and look at the records or proposals that come out.

mod order;
mod rows;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use rin_abi::{Source, SourceEntry};
use rin_core::{AccountRecord, InteractionRecord, Moment, Record, RecordSink, Stop, TieStart};

pub use self::{
    order::{differs_by_order, unordered},
    rows::{Rows, Said},
};

/// Files in memory.
///
/// # Example
/// ```
/// use rin_plugin::{Source, testing::MemorySource};
///
/// let source = MemorySource::new().with_file("b.csv", b"1").with_file("a.csv", b"22");
/// assert_eq!(source.entries()[0].name, "a.csv");
/// let mut bytes = [0; 8];
/// assert_eq!(source.read_at(0, 1, &mut bytes).unwrap(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct MemorySource {
    entries: Vec<SourceEntry>,
    contents: Vec<Vec<u8>>,
    now: Moment,
}

impl MemorySource {
    /// Makes a source without files; its [`now`](Source::now) is 2100-01-01.
    pub fn new() -> Self {
        Self {
            entries: Vec::new(),
            contents: Vec::new(),
            now: Moment::from_unix_ms(4_102_444_800_000),
        }
    }

    /// Returns it with another moment of the import.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        Self { now, ..self }
    }

    /// Returns it with one more file, without a time of modification.
    #[must_use]
    pub fn with_file(self, name: &str, bytes: &[u8]) -> Self {
        self.with_entry(name, bytes, None)
    }

    /// Returns it with one more file, last written at `modified`.
    #[must_use]
    pub fn with_dated_file(self, name: &str, bytes: &[u8], modified: Moment) -> Self {
        self.with_entry(name, bytes, Some(modified))
    }

    fn with_entry(mut self, name: &str, bytes: &[u8], modified: Option<Moment>) -> Self {
        let at = self.entries.partition_point(|entry| entry.name.as_str() < name);
        let entry = SourceEntry { name: name.to_owned(), size: bytes.len() as u64, modified };
        self.entries.insert(at, entry);
        self.contents.insert(at, bytes.to_vec());
        self
    }
}

impl Default for MemorySource {
    fn default() -> Self {
        Self::new()
    }
}

impl Source for MemorySource {
    fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let content = self.contents.get(entry).ok_or(io::ErrorKind::NotFound)?;
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(content.len());
        content.get(start..).unwrap_or_default().read(buffer)
    }

    fn now(&self) -> Moment {
        self.now
    }
}

/// One file of the disk, or all files below a folder.
#[derive(Clone, Debug)]
pub struct FolderSource {
    entries: Vec<SourceEntry>,
    paths: Vec<PathBuf>,
    now: Moment,
}

impl FolderSource {
    /// Lists `path`: itself if it is a file, everything below it if it is a folder. Links are not followed.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn open(path: &Path, now: Moment) -> io::Result<Self> {
        let mut found = BTreeMap::new();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.insert(name, path.to_owned());
        } else {
            list(path, "", &mut found)?;
        }
        let mut source = Self { entries: Vec::new(), paths: Vec::new(), now };
        for (name, path) in found {
            let meta = fs::metadata(&path)?;
            let since_epoch =
                meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let modified = since_epoch
                .and_then(|duration| i64::try_from(duration.as_millis()).ok())
                .map(Moment::from_unix_ms);
            source.entries.push(SourceEntry { name, size: meta.len(), modified });
            source.paths.push(path);
        }
        Ok(source)
    }
}

impl Source for FolderSource {
    fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let path = self.paths.get(entry).ok_or(io::ErrorKind::NotFound)?;
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        file.read(buffer)
    }

    fn now(&self) -> Moment {
        self.now
    }
}

fn list(folder: &Path, prefix: &str, found: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            list(&entry.path(), &format!("{name}/"), found)?;
        } else if kind.is_file() {
            found.insert(name, entry.path());
        }
    }
    Ok(())
}

/// Keeps what a reader reports, as lines that a test compares.
///
/// | record | line |
/// |---|---|
/// | account | `account ID alias=ALIAS handle=HANDLE name=NAME flags=BITS` |
/// | tie | `follow FROM -> TO start=START label=LABEL` |
/// | interaction | `reply FROM -> TO at=MS id=ID`, and ` labels=LABELS` if there are any, with spaces between them |
/// | coverage | `coverage ID sent=BITS received=BITS held=BITS to=BITS since=MS until=MS` |
/// | finding | `CODE SEVERITY FILE:PLACE ×COUNT` |
///
/// Moments are milliseconds; `?` is unknown, and `<=` stands before the start of a tie that may be older.
#[derive(Clone, Default, Debug)]
pub struct Recorder {
    /// The lines, in the order they came.
    pub lines: Vec<String>,
    /// The facts of accounts, in the order they came: `ID KIND TEXT`.
    pub facts: Vec<String>,
    /// After how many records it wants no more; `None` for never.
    pub stop_after: Option<usize>,
    /// The last progress heard of: done and total.
    pub progress: (u64, u64),
}

impl Recorder {
    /// Returns the lines that begin with the word `kind`.
    pub fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let is_of = move |line: &&str| line.split(' ').next() == Some(kind);
        self.lines.iter().map(String::as_str).filter(is_of)
    }

    /// Returns how many lines begin with the word `kind`.
    pub fn count(&self, kind: &str) -> usize {
        self.of(kind).count()
    }
}

impl RecordSink for Recorder {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if self.stop_after.is_some_and(|most| most <= self.lines.len()) {
            return Err(Stop);
        }
        self.lines.push(line(&record));
        if let Record::Account(AccountRecord { id, facts, .. }) = record {
            self.facts.extend(facts.lines().map(|fact| format!("{id} {fact}")));
        }
        Ok(())
    }

    fn progress(&mut self, done: u64, total: u64) {
        self.progress = (done, total);
    }
}

fn line(record: &Record<'_>) -> String {
    let ms = |at: Option<Moment>| at.map_or_else(|| "?".to_owned(), |at| at.unix_ms().to_string());
    match record {
        Record::Account(account) => {
            let AccountRecord { id, alias, handle, name, .. } = account;
            let bits = account.flags.bits();
            format!("account {id} alias={alias} handle={handle} name={name} flags={bits}")
        }
        Record::Tie(tie) => format!(
            "{} {} -> {} start={} label={}",
            tie.kind.name(),
            tie.from,
            tie.to,
            match tie.start {
                TieStart::Exact(at) => at.unix_ms().to_string(),
                TieStart::AtOrBefore(at) => format!("<={}", at.unix_ms()),
                TieStart::Unknown => "?".to_owned(),
            },
            tie.label
        ),
        Record::Interaction(one) => interaction(one),
        Record::Coverage(one) => format!(
            "coverage {} sent={} received={} held={} to={} since={} until={}",
            one.account,
            one.sent.bits(),
            one.received.bits(),
            one.ties_held.bits(),
            one.ties_to.bits(),
            ms(one.since),
            ms(one.until)
        ),
        Record::Finding(one) => format!(
            "{} {} {}:{} ×{}",
            one.code,
            one.severity.name(),
            one.file,
            one.place,
            one.count
        ),
        other => format!("{other:?}"),
    }
}

fn interaction(one: &InteractionRecord<'_>) -> String {
    let (kind, ms) = (one.kind.name(), one.at.unix_ms());
    let event = format!("{kind} {} -> {} at={ms} id={}", one.from, one.to, one.id);
    match one.labels {
        "" => event,
        labels => format!("{event} labels={}", labels.replace('\n', " ")),
    }
}
