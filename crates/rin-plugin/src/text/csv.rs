//! Rows of a table saved as CSV, as real programs save them: ragged, with blank lines, with or without a header.

use csv::{ReaderBuilder, StringRecord};

use crate::archive::Fault;

/// The rows of a table, one after the other, over decoded text.
///
/// # Example
/// ```
/// use rin_plugin::text::Table;
///
/// let mut table = Table::new("Account address,Languages\n\nann@a.example,de\n", b',');
/// let header = table.next().unwrap();
/// let column = header.position(&["account address"]).unwrap();
/// let row = table.next().unwrap();
/// assert_eq!((row.line(), row.get(column)), (3, "ann@a.example"));
/// assert!(table.next().is_none());
/// ```
#[derive(Debug)]
pub struct Table<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    has_open_quote: bool,
    // Bytes and fields of the row before, which the next one is likely to have as well.
    room: (usize, usize),
}

impl<'t> Table<'t> {
    /// Makes a table of text; a mark at its beginning is skipped, blank lines are no rows.
    pub fn new(text: &'t str, delimiter: u8) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let quotes = memchr::memchr_iter(b'"', text.as_bytes()).count();
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        Self { text, reader, has_open_quote: quotes % 2 == 1, room: (0, 0) }
    }

    /// Reads the next row into `row`, whose memory is used again; `false` at the end. A long table is read so in half the
    /// time that it takes as an iterator.
    ///
    /// # Example
    /// ```
    /// use rin_plugin::text::{Row, Table};
    ///
    /// let mut table = Table::new("a,b\n\nc\n", b',');
    /// let (mut row, mut lines) = (Row::default(), Vec::new());
    /// while table.read(&mut row) {
    ///     lines.push(row.line());
    /// }
    /// assert_eq!(lines, [1, 3]);
    /// ```
    pub fn read(&mut self, row: &mut Row) -> bool {
        loop {
            // Decoded text in a flexible table has no errors left; one would end the table.
            if !self.reader.read_record(&mut row.fields).unwrap_or(false) {
                return false;
            }
            row.line = row.fields.position().map_or(1, |position| self.line_of(position));
            if !row.is_blank() {
                return true;
            }
        }
    }

    /// Takes the next row as the header and returns where each of `names` stands in it, whatever its case.
    ///
    /// # Errors
    /// [`Fault`] `no-column` naming the first that is missing, at the header's line.
    ///
    /// # Example
    /// ```
    /// use rin_plugin::text::Table;
    ///
    /// let mut table = Table::new("To,Sent,From\nann,1000,ben\n", b',');
    /// let [from, to] = table.columns(["from", "to"])?;
    /// let row = table.next().unwrap();
    /// assert_eq!((row.get(from), row.get(to)), ("ben", "ann"));
    /// # Ok::<(), rin_plugin::archive::Fault>(())
    /// ```
    pub fn columns<const N: usize>(&mut self, names: [&str; N]) -> Result<[usize; N], Fault> {
        let header = self.next();
        let line = header.as_ref().map_or(1, Row::line);
        let mut found = [0; N];
        for (place, name) in found.iter_mut().zip(names) {
            let column = header.as_ref().and_then(|header| header.position(&[name]));
            *place = column.ok_or_else(|| {
                let en = format!("The column {name} is missing. Download the export again.");
                let de = format!("Die Spalte {name} fehlt. Lade den Export neu herunter.");
                Fault::new("no-column", en, de).at(line)
            })?;
        }
        Ok(found)
    }

    /// Whether a quotation mark is opened and never closed, so that rows may have run together.
    pub const fn has_open_quote(&self) -> bool {
        self.has_open_quote
    }

    /// Returns the line of the row that was searched for from a position on; the library counts from where it searched,
    /// before the blank lines it passed.
    fn line_of(&self, from: &csv::Position) -> u64 {
        let start = usize::try_from(from.byte()).unwrap_or(usize::MAX);
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let passed = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        from.line() + passed.filter(|byte| **byte == b'\n').count() as u64
    }
}

impl Iterator for Table<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (bytes, count) = self.room;
        let fields = StringRecord::with_capacity(bytes + bytes / 4 + 16, count + 1);
        let mut row = Row { line: 0, fields };
        let has_row = self.read(&mut row);
        self.room = (row.fields.as_slice().len(), row.fields.len());
        has_row.then_some(row)
    }
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    line: u64,
    fields: StringRecord,
}

impl Row {
    /// Returns the line it begins on, counted from 1.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Returns the field of that column without the white space around it; empty if the row is too short.
    pub fn get(&self, column: usize) -> &str {
        trimmed(self.fields.get(column).unwrap_or_default())
    }

    /// Returns how many fields it has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether it has no fields.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether some field holds a NUL, as damaged files do.
    pub fn has_nul(&self) -> bool {
        memchr::memchr(0, self.fields.as_slice().as_bytes()).is_some()
    }

    /// Returns the column that is called by one of `names`, whatever their case, for a row that is a header.
    pub fn position(&self, names: &[&str]) -> Option<usize> {
        self.fields.iter().position(|field| {
            let field = field.trim().to_lowercase();
            names.iter().any(|name| name.to_lowercase() == field)
        })
    }

    fn is_blank(&self) -> bool {
        self.fields.as_slice().chars().all(char::is_whitespace)
    }
}

/// Returns a text without the white space around it, at once if there is none.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u64, &[&str])]) {
        let rows: Vec<(u64, Vec<String>)> = Table::new(text, b',')
            .map(|row| (row.line(), (0..row.len()).map(|n| row.get(n).to_owned()).collect()))
            .collect();
        let expected: Vec<(u64, Vec<String>)> = expected
            .iter()
            .map(|(line, fields)| (*line, fields.iter().map(|f| (*f).to_owned()).collect()))
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn rows_are_ragged_and_blank_lines_are_none() {
        check("", &[]);
        check(
            "\u{feff}a,b\r\n\r\n c \n,,\nd,e,f",
            &[(1, &["a", "b"]), (3, &["c"]), (5, &["d", "e", "f"])],
        );
        check(
            "\"x\ny\",\"he said \"\"no\"\"\"\nz",
            &[(1, &["x\ny", "he said \"no\""]), (3, &["z"])],
        );
    }

    #[test]
    fn an_open_quote_and_a_nul_are_seen() {
        assert!(Table::new("a,\"b\nc,d\n", b',').has_open_quote());
        assert!(!Table::new("a,\"b\nc\",d\n", b',').has_open_quote());
        assert!(Table::new("bo\0b@x.example", b',').next().unwrap().has_nul());
    }

    #[test]
    fn a_missing_column_is_named_at_the_line_of_the_header() {
        let fault = Table::new("\n\na,b\n1,2", b',').columns(["B", "c"]).unwrap_err();
        assert_eq!((fault.code, fault.place), ("no-column", 3));
        assert!(fault.en.starts_with("The column c is missing."), "{}", fault.en);
        assert_eq!(Table::new("", b',').columns(["a"]).unwrap_err().place, 1);
    }

    #[test]
    fn a_header_is_found_whatever_its_case() {
        let header = Table::new("ACCOUNT Address;Show boosts", b';').next().unwrap();
        assert_eq!(header.position(&["account address"]), Some(0));
        assert_eq!(header.position(&["x", "show boosts"]), Some(1));
        assert_eq!(header.position(&["languages"]), None);
    }
}
