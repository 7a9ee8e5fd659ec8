//! A log of interactions from a file of anybody's: CSV, JSON Lines or Parquet with `src`, `dst`, `t` and perhaps `kind`.
//!
//! For looking back at data that are no export: an address book's history, a research data set, a dump of another
//! program. Read row by row, so memory grows with the rows kept and not with the file; `.gz` is undone on the way. The
//! first row that cannot be used ends the reading, with its line: a back-test on half a file would be a wrong answer.

mod moment;
#[cfg(feature = "parquet")]
mod parquet;
mod rows;

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
};

use flate2::bufread::MultiGzDecoder;
use rin_core::{AccountId, Interaction, InteractionKind, Moment, Text};

/// Longest line in bytes: ids and kinds are short.
const MAX_LINE: u64 = 1 << 20;
/// Most rows: two hundred million take five gigabytes.
const MAX_ROWS: usize = 200_000_000;

/// A log and the names behind its ids.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Log {
    /// In the order of the file; ids count the names in alphabetical order, so they do not depend on it.
    pub(crate) interactions: Vec<Interaction>,
    /// Names by id.
    pub(crate) names: Vec<String>,
}

/// Why a log cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogFileError {
    /// The file cannot be read, or its compression is broken.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is of no form that is known by its name.
    #[error("{} is neither .csv nor .jsonl nor .parquet", path.display())]
    Form {
        /// The file.
        path: PathBuf,
    },
    /// This program cannot read Parquet.
    #[error("{}: this program was built without Parquet", path.display())]
    NoParquet {
        /// The file.
        path: PathBuf,
    },
    /// A column is missing.
    #[error("{} has no column `{column}`", path.display())]
    Column {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A row cannot be used.
    #[error("{}, line {line}: {what}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// More rows than fit.
    #[error("{} has more than {MAX_ROWS} rows", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
}

impl LogFileError {
    /// Returns what to do about it.
    pub fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Read { .. } => (
                "Check that the file is there, readable and whole.",
                "Prüfen, ob die Datei da, lesbar und vollständig ist.",
            ),
            Self::Form { .. } => (
                "Give a .csv or .jsonl file (also .gz) with src, dst, t and perhaps kind.",
                "Eine .csv- oder .jsonl-Datei (auch .gz) mit src, dst, t und vielleicht kind angeben.",
            ),
            Self::NoParquet { .. } => (
                "Build it with: cargo build --release -p rin-cli --features parquet; or turn the file into CSV.",
                "Mit cargo build --release -p rin-cli --features parquet bauen, oder die Datei in CSV umwandeln.",
            ),
            Self::Column { .. } => (
                "The first line names the columns: src,dst,t and perhaps kind.",
                "Die erste Zeile nennt die Spalten: src,dst,t und vielleicht kind.",
            ),
            Self::Row { .. } => (
                "src and dst are ids, t is seconds since 1970 or a moment such as 2026-08-17T09:00:00Z. Mend or delete the line.",
                "src und dst sind Kennungen, t sind Sekunden seit 1970 oder ein Zeitpunkt wie 2026-08-17T09:00:00Z. Die Zeile berichtigen oder löschen.",
            ),
            Self::TooLong { .. } => ("Split the file by time.", "Die Datei nach der Zeit teilen."),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

/// Reads a log.
pub(crate) fn read(path: &Path) -> Result<Log, LogFileError> {
    let failed = |source| LogFileError::Read { path: path.to_owned(), source };
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let (name, is_packed) =
        name.strip_suffix(".gz").map_or((name.as_str(), false), |inner| (inner, true));
    let open = || File::open(path).map(BufReader::new).map_err(failed);
    let lines = || -> Result<Box<dyn BufRead>, LogFileError> {
        let file = open()?;
        Ok(if is_packed {
            Box::new(BufReader::new(MultiGzDecoder::new(file)))
        } else {
            Box::new(file)
        })
    };
    let mut builder = Builder::new(path);
    match name.rsplit('.').next() {
        Some("csv" | "tsv") => rows::csv(lines()?.as_mut(), &mut builder)?,
        Some("jsonl" | "ndjson") => rows::json_lines(lines()?.as_mut(), &mut builder)?,
        #[cfg(feature = "parquet")]
        Some("parquet") if !is_packed => parquet::read(path, &mut builder)?,
        #[cfg(not(feature = "parquet"))]
        Some("parquet") if !is_packed => {
            return Err(LogFileError::NoParquet { path: path.to_owned() });
        }
        _ => return Err(LogFileError::Form { path: path.to_owned() }),
    }
    Ok(builder.finish())
}

/// Reads one line of at most [`MAX_LINE`] bytes without its end; `false` at the end of the file.
fn next_line(lines: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let read = lines.take(MAX_LINE).read_until(b'\n', line)?;
    if read as u64 == MAX_LINE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a line is longer than a megabyte"));
    }
    while line.last().is_some_and(u8::is_ascii_whitespace) {
        line.pop();
    }
    Ok(0 < read)
}

/// A log being read.
struct Builder<'a> {
    path: &'a Path,
    ids: BTreeMap<String, u32>,
    interactions: Vec<Interaction>,
}

impl<'a> Builder<'a> {
    const fn new(path: &'a Path) -> Self {
        Self { path, ids: BTreeMap::new(), interactions: Vec::new() }
    }

    /// Takes one row; `line` is for the error.
    fn row(
        &mut self,
        line: u64,
        (src, dst): (&str, &str),
        t: &str,
        kind: &str,
    ) -> Result<(), LogFileError> {
        if src.is_empty() || dst.is_empty() {
            return Err(self.fault(line, "src and dst must not be empty".to_owned()));
        }
        let at = moment::parse(t).ok_or_else(|| self.fault(line, format!("`{t}` is no moment")))?;
        self.take((src, dst), at, kind)
    }

    fn take(
        &mut self,
        (src, dst): (&str, &str),
        at: Moment,
        kind: &str,
    ) -> Result<(), LogFileError> {
        if MAX_ROWS <= self.interactions.len() {
            return Err(LogFileError::TooLong { path: self.path.to_owned() });
        }
        let (from, to) = (self.id(src), self.id(dst));
        // Other people's kinds have other names; what matters here is that there was contact.
        let known = InteractionKind::ALL.into_iter().find(|known| known.name() == kind);
        let kind = known.unwrap_or(InteractionKind::Message);
        self.interactions.push(Interaction { at, from, to, kind });
        Ok(())
    }

    fn id(&mut self, name: &str) -> AccountId {
        if let Some(id) = self.ids.get(name) {
            return AccountId::new(*id);
        }
        // Each row brings two names at most, and there are fewer rows than half of the numbers.
        let id = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.insert(name.to_owned(), id);
        AccountId::new(id)
    }

    fn fault(&self, line: u64, what: String) -> LogFileError {
        LogFileError::Row { path: self.path.to_owned(), line, what }
    }

    fn failed(&self, source: io::Error) -> LogFileError {
        LogFileError::Read { path: self.path.to_owned(), source }
    }

    /// Numbers the names in alphabetical order.
    fn finish(self) -> Log {
        let mut places = vec![0; self.ids.len()];
        for (place, id) in (0_u32..).zip(self.ids.values()) {
            if let Some(slot) = places.get_mut(*id as usize) {
                *slot = place;
            }
        }
        let place =
            |id: AccountId| AccountId::new(places.get(id.index()).copied().unwrap_or_default());
        let interactions = self
            .interactions
            .into_iter()
            .map(|it| Interaction { from: place(it.from), to: place(it.to), ..it })
            .collect();
        Log { interactions, names: self.ids.into_keys().collect() }
    }
}

#[cfg(test)]
mod tests;
