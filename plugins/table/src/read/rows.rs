//! The rows of a file, whatever it is: a table with a heading, JSON one object a line, one JSON array, or Parquet.

#[cfg(feature = "parquet")]
mod parquet;

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read},
};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault},
    prelude::{ReadError, Stop},
    text::{self, ItemsError, Table, decode, json_array},
};
use serde_json::value::RawValue;

use super::columns::{COLUMNS, FACTS, FROM, ID, NAME, Settings, TO};

/// Bytes of a table held at once.
const LONGEST: usize = 96 << 20;
/// Bytes of one JSON object.
const LONGEST_OBJECT: usize = 1 << 20;
/// What tables are separated by, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The form of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Table {
        delimiter: u8,
        /// Whether no column is about contacts.
        is_bare: bool,
    },
    Lines,
    Array,
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Form {
    /// Whether it is known that the rows say nothing of contacts but who they are.
    pub(super) const fn is_bare(self) -> bool {
        matches!(self, Self::Table { is_bare: true, .. })
    }
}

/// What a file hands over.
pub(super) enum Row<'r> {
    Fields([&'r str; COLUMNS]),
    /// A line that is no row.
    Bad,
    /// A row in which a quotation mark is opened and never closed.
    Open,
}

/// Why the rows ended early.
pub(super) enum Ended {
    Fault(ReadError),
    Stopped(Stop),
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

type Each<'e> = &'e mut dyn FnMut(u64, Row<'_>) -> Result<(), Stop>;

/// Whether a file is called as tables are.
pub(super) fn is_named(file: &ArchiveFile) -> bool {
    let name = file.base().to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "csv" | "tsv" | "txt" | "jsonl" | "ndjson" | "json")
}

/// Returns the form of a file; `None` if it is no table.
///
/// # Errors
/// [`ReadError`] if it is called Parquet and cannot be read, because it is damaged, has no columns that say who and
/// whom, or is not read by this build.
pub(super) fn judge(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    settings: &Settings,
) -> Result<Option<Form>, ReadError> {
    if !file.base().to_lowercase().ends_with(".parquet") {
        return Ok(form(archive, file, settings));
    }
    #[cfg(feature = "parquet")]
    let judged = parquet::judge(archive, file, settings).map(Some);
    #[cfg(not(feature = "parquet"))]
    let judged = Err(super::say::no_parquet(file));
    judged
}

/// Returns the form of a file by its name and beginning; `None` if it says neither who nor whom.
fn form(archive: &Archive<'_>, file: &ArchiveFile, settings: &Settings) -> Option<Form> {
    if !is_named(file) {
        return None;
    }
    let mut head = Vec::new();
    archive.open_file(file).ok()?.take(16 << 10).read_to_end(&mut head).ok()?;
    let text = decode(&head).text;
    let text = text.trim_start();
    if text.starts_with('{') {
        let has_both = |line: &str| {
            object(line.as_bytes()).is_some_and(|all| fields(&all, settings).is_some())
        };
        return text.lines().take(20).any(has_both).then_some(Form::Lines);
    }
    if text.starts_with('[') {
        let mut is_ours = false;
        let _end = json_array(head.as_slice(), LONGEST_OBJECT, |item| {
            is_ours |= object(item.bytes).is_some_and(|all| fields(&all, settings).is_some());
            if is_ours { Err(Stop) } else { Ok(()) }
        });
        return is_ours.then_some(Form::Array);
    }
    DELIMITERS.into_iter().find_map(|delimiter| {
        let places = heading(text, delimiter, settings)?;
        let mut about = FACTS.map(|(column, _)| column).into_iter().chain([NAME]);
        let is_bare = !about.any(|column| places[column].is_some());
        Some(Form::Table { delimiter, is_bare })
    })
}

fn heading(text: &str, delimiter: u8, settings: &Settings) -> Option<[Option<usize>; COLUMNS]> {
    let row = Table::new(text, delimiter).next()?;
    let names: Vec<String> = (0..row.len()).map(|at| row.get(at).to_lowercase()).collect();
    settings.places(&names)
}

/// Hands over the rows of a file with their places, a line or, of an array, a byte.
pub(super) fn each(
    archive: &Archive<'_>,
    (file, form): (&ArchiveFile, Form),
    settings: &Settings,
    each: Each<'_>,
) -> Result<(), Ended> {
    match form {
        Form::Table { delimiter, .. } => table(archive, (file, delimiter), settings, each),
        Form::Lines => lines(archive, file, settings, each),
        Form::Array => array(archive, file, settings, each),
        #[cfg(feature = "parquet")]
        Form::Parquet => parquet::each(archive, file, settings, each),
    }
}

fn table(
    archive: &Archive<'_>,
    (file, delimiter): (&ArchiveFile, u8),
    settings: &Settings,
    each: Each<'_>,
) -> Result<(), Ended> {
    let text = archive.text_of(file, LONGEST).map_err(Ended::Fault)?;
    let Some(places) = heading(&text, delimiter, settings) else { return Ok(()) };
    let mut table = Table::new(&text, delimiter);
    let has_nul = memchr::memchr(0, text.as_bytes()).is_some();
    let mut row = text::Row::default();
    table.read(&mut row);
    while table.read(&mut row) {
        let fields = places.map(|place| place.map_or("", |place| row.get(place)));
        // No name or id goes over two lines: two quotation marks too many have made one row of several.
        let is_torn = || [FROM, TO, ID].iter().any(|column| fields[*column].contains('\n'));
        let is_bad = (has_nul && row.has_nul()) || (row.has_line_end() && is_torn());
        each(row.line(), if is_bad { Row::Bad } else { Row::Fields(fields) })?;
    }
    match table.open_quote() {
        Some(line) => Ok(each(line, Row::Open)?),
        None => Ok(()),
    }
}

fn lines(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    settings: &Settings,
    each: Each<'_>,
) -> Result<(), Ended> {
    let mut reader = BufReader::new(archive.open_file(file).map_err(Ended::Fault)?);
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        number += 1;
        let fault = |error: &std::io::Error| {
            Ended::Fault(Fault::from_io(error, number).in_file(file.name()))
        };
        let most = LONGEST_OBJECT as u64 + 1;
        let read = reader
            .by_ref()
            .take(most)
            .read_until(b'\n', &mut line)
            .map_err(|error| fault(&error))?;
        if read == 0 {
            return Ok(());
        }
        if LONGEST_OBJECT < line.len() && !line.ends_with(b"\n") {
            reader.skip_until(b'\n').map_err(|error| fault(&error))?;
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if !text.is_empty() {
            hand_over(text, number, settings, each)?;
        }
    }
}

fn array(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    settings: &Settings,
    each: Each<'_>,
) -> Result<(), Ended> {
    let reader = archive.open_file(file).map_err(Ended::Fault)?;
    let read = json_array(reader, LONGEST_OBJECT, |item| {
        hand_over(item.bytes, item.place, settings, each)
    });
    match read {
        Ok(items) if items.too_long == 0 => Ok(()),
        Ok(items) => Ok(each(items.first_too_long, Row::Bad)?),
        Err(ItemsError::Stopped) => Err(Ended::Stopped(Stop)),
        Err(ItemsError::Fault(fault)) => Err(Ended::Fault(fault.in_file(file.name()))),
    }
}

fn hand_over(text: &[u8], place: u64, settings: &Settings, each: Each<'_>) -> Result<(), Stop> {
    let all = object(text);
    match all.as_ref().and_then(|all| fields(all, settings)) {
        Some(found) => each(place, Row::Fields(found.each_ref().map(|field| field.trim()))),
        None => each(place, Row::Bad),
    }
}

/// Returns the fields of a JSON object as text, by their names in lower case. Numbers stay as they are written: an id
/// beyond 2^53 is never rounded.
fn object(text: &[u8]) -> Option<BTreeMap<String, String>> {
    let all: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(text).ok()?;
    let plain = |value: &RawValue| match value.get() {
        text if text.starts_with('"') => serde_json::from_str(text).unwrap_or_default(),
        text if text.starts_with(['{', '[', 'n', 't', 'f']) => String::new(),
        text => text.to_owned(),
    };
    Some(all.iter().map(|(name, value)| (name.to_lowercase(), plain(value))).collect())
}

fn fields(all: &BTreeMap<String, String>, settings: &Settings) -> Option<[String; COLUMNS]> {
    let names: Vec<String> = all.keys().cloned().collect();
    let values: Vec<&String> = all.values().collect();
    let places = settings.places(&names)?;
    let value = |place: Option<usize>| {
        place.and_then(|place| values.get(place)).map(|text| (*text).clone())
    };
    Some(places.map(|place| value(place).unwrap_or_default()))
}
