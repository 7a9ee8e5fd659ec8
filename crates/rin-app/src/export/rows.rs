//! Rows as they are written: CSV (RFC 4180) or one JSON object a line.
//!
//! What others have called themselves is foreign text: a spreadsheet must not take it for a formula, so in CSV a text
//! that would begin one gets an apostrophe before it. Numbers are not touched. JSON Lines hold every text as it is.

use std::io::{self, BufWriter, Write};

use crate::plan::harmless;

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableFormat {
    /// Comma-separated values with a head, UTF-8.
    Csv,
    /// An object a line.
    JsonLines,
}

/// What stands in one column of one row.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Cell {
    Text(String),
    Count(u64),
    Number(f64),
    Flag(bool),
    /// Not known, or not covered by any source.
    Missing,
}

impl Cell {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Missing, Self::text)
    }

    pub(super) fn count(count: impl Into<u64>) -> Self {
        Self::Count(count.into())
    }

    pub(super) const fn size(count: usize) -> Self {
        Self::Count(count as u64)
    }

    /// Returns several texts as one, between semicolons, since a tag may hold spaces.
    pub(super) fn list<T: AsRef<str>>(texts: &[T]) -> Self {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        Self::Text(texts.join(";"))
    }

    fn csv(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Missing => String::new(),
        }
    }

    fn json(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Text(text) => serde_json::to_writer(out, text)?,
            Self::Count(count) => serde_json::to_writer(out, count)?,
            // What is no finite number is written as null.
            Self::Number(number) => serde_json::to_writer(out, number)?,
            Self::Flag(flag) => serde_json::to_writer(out, flag)?,
            Self::Missing => out.write_all(b"null")?,
        }
        Ok(())
    }
}

/// Writes rows as they come.
pub(super) struct RowWriter<'o> {
    columns: &'static [&'static str],
    form: Form<'o>,
    rows: u64,
    /// What the writer said first; nothing more is written then.
    failure: Option<io::Error>,
}

enum Form<'o> {
    Csv(Box<csv::Writer<&'o mut dyn Write>>),
    JsonLines(BufWriter<&'o mut dyn Write>),
}

impl<'o> RowWriter<'o> {
    pub(super) fn new(
        format: TableFormat,
        columns: &'static [&'static str],
        out: &'o mut dyn Write,
    ) -> Self {
        let mut failure = None;
        let form = match format {
            TableFormat::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                failure = writer.write_record(columns).err().map(plain);
                Form::Csv(Box::new(writer))
            }
            TableFormat::JsonLines => Form::JsonLines(BufWriter::new(out)),
        };
        Self { columns, form, rows: 0, failure }
    }

    /// Writes a row, its cells in the order of the columns.
    pub(super) fn row(&mut self, cells: &[Cell]) {
        debug_assert_eq!(cells.len(), self.columns.len(), "{:?}", self.columns);
        if self.failure.is_some() {
            return;
        }
        let written = match &mut self.form {
            Form::Csv(writer) => writer.write_record(cells.iter().map(Cell::csv)).map_err(plain),
            Form::JsonLines(out) => object(self.columns, cells, out),
        };
        match written {
            Ok(()) => self.rows += 1,
            Err(error) => self.failure = Some(error),
        }
    }

    /// Whether nothing more can be written, so that reading on is in vain.
    pub(super) const fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Ends it; returns how many rows were written.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        match &mut self.form {
            Form::Csv(writer) => writer.flush()?,
            Form::JsonLines(out) => out.flush()?,
        }
        Ok(self.rows)
    }
}

/// Returns what the writer said, so that a closed pipe is told from a full disk.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn object(columns: &[&str], cells: &[Cell], out: &mut impl Write) -> io::Result<()> {
    for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
        write!(out, "{}\"{column}\":", if at == 0 { "{" } else { "," })?;
        cell.json(out)?;
    }
    out.write_all(b"}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: TableFormat, cells: &[Cell]) -> String {
        let mut out = Vec::new();
        let mut rows = RowWriter::new(format, &["who", "n", "share", "is", "unknown"], &mut out);
        rows.row(cells);
        assert_eq!(rows.finish().unwrap(), 1);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_formula_is_text_in_a_table_and_untouched_in_json() {
        let cells = [
            Cell::text("=1+2, \"now\""),
            Cell::count(3_u32),
            Cell::Number(-0.5),
            Cell::Flag(true),
            Cell::Missing,
        ];
        let csv = written(TableFormat::Csv, &cells);
        assert_eq!(csv, "who,n,share,is,unknown\n\"'=1+2, \"\"now\"\"\",3,-0.5,true,\n");
        let json = written(TableFormat::JsonLines, &cells);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["who"], "=1+2, \"now\"");
        assert_eq!((value["n"].as_u64(), value["unknown"].is_null()), (Some(3), true));
        assert_eq!(json.lines().count(), 1);
    }

    #[test]
    fn a_writer_that_fails_is_told_and_not_written_to_again() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for format in [TableFormat::Csv, TableFormat::JsonLines] {
            let mut full = Full;
            let mut rows = RowWriter::new(format, &["text"], &mut full);
            for _ in 0..10_000 {
                rows.row(&[Cell::text("what fills a buffer")]);
            }
            assert!(rows.has_failed());
            assert_eq!(rows.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
        }
    }
}
