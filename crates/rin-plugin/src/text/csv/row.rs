//! One row of a table, in memory that is used again for the next.

use std::ops::Range;

/// One row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    line: u64,
    /// The row as it stands there, and behind it the fields that had to be written anew.
    text: String,
    /// Where the fields stand.
    fields: Vec<Range<usize>>,
    /// Which of them have quotation marks in them, and where they stand with these.
    doubled: Vec<(usize, Range<usize>)>,
}

impl Row {
    /// Returns the line it begins on, counted from 1.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Returns the field of that column without the white space around it; empty if the row is too short.
    pub fn get(&self, column: usize) -> &str {
        trimmed(self.field(column))
    }

    pub(super) fn field(&self, column: usize) -> &str {
        let field = self.fields.get(column).cloned();
        field.and_then(|field| self.text.get(field)).unwrap_or_default()
    }

    /// Returns how many fields it has.
    pub const fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether it has no fields.
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether some field holds a NUL, as damaged files do.
    pub fn has_nul(&self) -> bool {
        memchr::memchr(0, self.text.as_bytes()).is_some()
    }

    /// Returns the column that is called by one of `names`, whatever their case, for a row that is a header.
    pub fn position(&self, names: &[&str]) -> Option<usize> {
        (0..self.len()).position(|column| {
            let field = self.field(column).trim().to_lowercase();
            names.iter().any(|name| name.to_lowercase() == field)
        })
    }

    pub(super) fn is_blank(&self) -> bool {
        (0..self.len()).all(|column| self.field(column).chars().all(char::is_whitespace))
    }

    pub(super) fn clear(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.fields.clear();
        self.doubled.clear();
    }

    /// Adds a field that stands in the row as it is.
    pub(super) fn plain(&mut self, field: Range<usize>) {
        self.fields.push(field);
    }

    /// Adds a field that has to be written anew, from one quotation mark on.
    pub(super) fn quoted(&mut self, field: Range<usize>) {
        self.doubled.push((self.fields.len(), field));
        self.fields.push(0..0);
    }

    /// Takes the row as it stands in the table, and writes its quoted fields anew.
    pub(super) fn take(&mut self, raw: &str) {
        self.text.push_str(raw);
        for (column, field) in self.doubled.drain(..) {
            let start = self.text.len();
            unquote(raw.get(field).unwrap_or_default(), &mut self.text);
            if let Some(place) = self.fields.get_mut(column) {
                *place = start..self.text.len();
            }
        }
    }
}

/// Writes what a quoted field says: without the marks around it, of two marks one, and as it is what stands behind.
fn unquote(field: &str, to: &mut String) {
    let mut rest = field.get(1..).unwrap_or_default();
    while let Some(at) = memchr::memchr(b'"', rest.as_bytes()) {
        let (said, mark) = rest.split_at(at);
        to.push_str(said);
        rest = mark.get(1..).unwrap_or_default();
        let Some(after) = rest.strip_prefix('"') else { break };
        to.push('"');
        rest = after;
    }
    to.push_str(rest);
}

/// Returns a text without the white space around it, at once if there is none.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}
