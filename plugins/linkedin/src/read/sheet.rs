//! A table of an export: found below its preamble, in its encoding, with its columns by name.
//!
//! Exports of 2018 mix comma and tab, UTF-8 and UTF-16; since 2021 three lines of notes stand before the heading; since
//! 2026 every field is quoted. Columns come and go, so each is asked for by name.

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    text::{Row, Table},
};

use super::say;

/// Some 200,000 messages; the longest file of an export.
const MAX_BYTES: usize = 64 << 20;
/// Rows among which the heading stands.
const PREAMBLE: usize = 8;
/// What fields are parted by.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// One table.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) file: String,
    text: String,
    delimiter: u8,
    header: Row,
    /// Whether every row could be told from its neighbours.
    pub(super) is_whole: bool,
}

impl Sheet {
    /// Opens a table whose heading has all of `wanted`; a finding says why it cannot be.
    pub(super) fn open(
        archive: &Archive<'_>,
        file: &ArchiveFile,
        wanted: &[&str],
        findings: &mut Findings,
    ) -> Option<Self> {
        let text = text_of(archive, file, findings)?;
        let found = DELIMITERS.iter().find_map(|delimiter| {
            let fits = |row: &Row| wanted.iter().all(|name| row.position(&[name]).is_some());
            let header = Table::new(&text, *delimiter).take(PREAMBLE).find(fits)?;
            Some((*delimiter, header))
        });
        let Some((delimiter, header)) = found else {
            findings.add(say::finding("unknown-heading", file.name(), 1));
            return None;
        };
        Some(Self::new(file, text, (delimiter, header), findings))
    }

    /// Opens a table by the number of its columns, whatever they are called, for a heading in another language.
    pub(super) fn by_count(
        archive: &Archive<'_>,
        file: &ArchiveFile,
        counts: &[usize],
        findings: &mut Findings,
    ) -> Option<Self> {
        let text = text_of(archive, file, findings)?;
        let header =
            Table::new(&text, b',').take(PREAMBLE).find(|row| counts.contains(&row.len()))?;
        Some(Self::new(file, text, (b',', header), findings))
    }

    fn new(
        file: &ArchiveFile,
        text: String,
        (delimiter, header): (u8, Row),
        findings: &mut Findings,
    ) -> Self {
        let open = Table::new(&text, delimiter).open_quote();
        if let Some(line) = open {
            findings.add(say::finding("open-quote", file.name(), line));
        }
        let file = file.name().to_owned();
        Self { file, text, delimiter, header, is_whole: open.is_none() }
    }

    /// Returns the rows below the heading.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        let below = self.header.line();
        Table::new(&self.text, self.delimiter).skip_while(move |row| row.line() <= below)
    }

    /// Hands over the rows below the heading, all in the same memory, which is faster for a long table.
    ///
    /// # Errors
    /// What `each` says ends it.
    pub(super) fn each_row<E>(&self, mut each: impl FnMut(&Row) -> Result<(), E>) -> Result<(), E> {
        let mut table = Table::new(&self.text, self.delimiter);
        let mut row = Row::default();
        while table.read(&mut row) {
            if self.header.line() < row.line() {
                each(&row)?;
            }
        }
        Ok(())
    }

    /// Forgets the rows, once they have been gone through.
    pub(super) fn forget(&mut self) {
        self.text = String::new();
    }

    /// Returns the column called by one of `names`.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        self.header.position(names)
    }

    /// Returns how many columns there are.
    pub(super) fn width(&self) -> usize {
        self.header.len()
    }
}

/// Returns the field of a column that may not be there.
pub(super) fn field(row: &Row, column: Option<usize>) -> &str {
    column.map_or("", |column| row.get(column))
}

/// Reads a file as text.
pub(super) fn text_of(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    findings: &mut Findings,
) -> Option<String> {
    archive.text_of(file, MAX_BYTES).inspect_err(|error| findings.add_error(error)).ok()
}
