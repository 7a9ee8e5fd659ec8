//! Rows of a table saved as CSV, as real programs save them: ragged, with blank lines, with or without a header.
//!
//! They are cut here and not by the `csv` crate, which does not say that a quotation mark was never closed, or only by one
//! of another line: rows would be missing in silence. Tables of long fields are also cut half as fast again. What comes out
//! is the same, which a test asks over drawn tables.

mod row;

use memchr::{memchr2, memchr3};

pub use self::row::Row;
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
#[derive(Clone, Debug)]
pub struct Table<'t> {
    text: &'t str,
    delimiter: u8,
    /// Where the next row is looked for, and its line.
    at: usize,
    line: u64,
    /// The line of the row at hand, and that of one with an open quotation mark.
    begin: u64,
    open: Option<u64>,
}

impl<'t> Table<'t> {
    /// Makes a table of text; a mark at its beginning is skipped, blank lines are no rows.
    pub fn new(text: &'t str, delimiter: u8) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { text, delimiter, at: 0, line: 1, begin: 1, open: None }
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
            self.skip_ends_of_lines();
            self.begin = self.line;
            row.clear(self.line);
            if self.at == self.text.len() {
                return false;
            }
            while self.field(row) {}
            if !row.is_blank() {
                return true;
            }
        }
    }

    fn skip_ends_of_lines(&mut self) {
        while let Some(byte @ (b'\r' | b'\n')) = self.byte() {
            self.line += u64::from(byte == b'\n');
            self.at += 1;
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes the next `length` bytes as they stand.
    fn take(&mut self, length: usize, row: &mut Row) {
        row.push(self.rest().get(..length).unwrap_or_default());
        self.at += length;
    }

    /// Takes a field, and passes the delimiter behind it; `false` if there is none, so that it is the last.
    fn field(&mut self, row: &mut Row) -> bool {
        let goes_on = self.byte() == Some(b'"') && self.quoted(row);
        // What stands behind a closing quotation mark belongs to the field as well.
        let end = memchr3(self.delimiter, b'\n', b'\r', self.rest().as_bytes());
        let length = end.unwrap_or(self.rest().len());
        if goes_on && 0 < length {
            // The mark that closes it opens a field of another line.
            self.open = self.open.or(Some(self.begin));
        }
        self.take(length, row);
        row.end_field();
        let is_more = self.byte() == Some(self.delimiter);
        self.at += usize::from(is_more);
        is_more
    }

    /// Takes what stands between a quotation mark and the one that closes it, or the end; of two marks one. Returns whether
    /// it goes over several lines.
    fn quoted(&mut self, row: &mut Row) -> bool {
        self.at += 1;
        let mut goes_on = false;
        loop {
            let Some(found) = memchr2(b'"', b'\n', self.rest().as_bytes()) else {
                self.open = self.open.or(Some(self.begin));
                self.take(self.rest().len(), row);
                return goes_on;
            };
            let is_line = self.rest().as_bytes().get(found) == Some(&b'\n');
            let is_doubled = self.rest().as_bytes().get(found + 1) == Some(&b'"');
            self.line += u64::from(is_line);
            if is_line {
                self.take(found + 1, row);
                row.go_on();
                goes_on = true;
            } else if is_doubled {
                self.take(found + 1, row);
                self.at += 1;
            } else {
                self.take(found, row);
                self.at += 1;
                return goes_on;
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

    /// Returns the line of the first row in which a quotation mark is opened and never closed, or only by one that was to open a
    /// field of another line, so that rows have run together.
    /// Before the table was read to its end, one is looked for only if there is an odd number of them.
    ///
    /// # Example
    /// ```
    /// use rin_plugin::text::Table;
    ///
    /// assert_eq!(Table::new("a,b\n1,\"x\n2,y\n", b',').open_quote(), Some(2));
    /// assert_eq!(Table::new("a,b\n1,5\"\n2,\"y\"\n", b',').open_quote(), None);
    /// ```
    pub fn open_quote(&self) -> Option<u64> {
        let quotes = || memchr::memchr_iter(b'"', self.text.as_bytes()).count();
        if self.at == self.text.len() || quotes().is_multiple_of(2) {
            return self.open;
        }
        let (mut table, mut row) = (self.clone(), Row::default());
        while table.read(&mut row) {}
        table.open
    }
}

impl Iterator for Table<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut row = Row::default();
        self.read(&mut row).then_some(row)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// The lines and fields of the rows that are not blank, as the `csv` crate reads them.
    fn by_the_csv_crate(text: &str, delimiter: u8) -> Vec<(u64, Vec<String>)> {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.has_headers(false).flexible(true).delimiter(delimiter);
        let rows = reader.from_reader(text.as_bytes()).into_records();
        let rows = rows.map(|row| row.expect("a flexible table of letters has no faults"));
        let rows = rows.filter(|row| !row.as_slice().trim().is_empty());
        rows.map(|row| {
            // It counts from where it began to look, before the ends of lines that it passed.
            let from = row.position().expect("it was read");
            let start = usize::try_from(from.byte()).expect("it is short");
            let passed = text[start..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let line = from.line() + passed.filter(|byte| *byte == b'\n').count() as u64;
            (line, row.iter().map(str::to_owned).collect())
        })
        .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn rows_are_those_of_the_csv_crate(
            text in "([a\u{e4} ,;]|\"|\"\"|\",\"|\n|\r\n|\r|[a,;]{30,40}){0,24}",
            delimiter in prop::sample::select(vec![b',', b';', b'\t']),
        ) {
            let mut table = Table::new(&text, delimiter);
            let (mut row, mut rows) = (Row::default(), Vec::new());
            while table.read(&mut row) {
                rows.push((row.line(), (0..row.len()).map(|n| row.field(n).to_owned()).collect()));
            }
            prop_assert_eq!(rows, by_the_csv_crate(&text, delimiter));
        }
    }

    #[test]
    fn an_open_quote_and_a_nul_are_seen() {
        assert_eq!(Table::new("x\n\n\na,\"b\nc,d\n", b',').open_quote(), Some(4));
        assert_eq!(Table::new("a,\"b\nc\",d\n", b',').open_quote(), None);
        assert_eq!(Table::new("a\nb,\"c\n\"d\",e\n", b',').open_quote(), Some(2));
        let rows: Vec<bool> =
            Table::new("a\n\"b\nc\",d\n\"e\"\n", b',').map(|row| row.has_line_end()).collect();
        assert_eq!(rows, [false, true, false]);
        let mut table = Table::new("5\"\na,\"b\nc,d\n", b',');
        assert_eq!(table.by_ref().count(), 2);
        assert_eq!(table.open_quote(), Some(2));
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
