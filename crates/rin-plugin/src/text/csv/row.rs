//! One row of a table, in memory that is used again for the next.

/// One row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    line: u64,
    /// The fields end to end.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    has_line_end: bool,
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
        let Some(end) = self.ends.get(column) else { return "" };
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        self.text.get(*start..*end).unwrap_or_default()
    }

    /// Returns how many fields it has.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no fields.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether some field holds a NUL, as damaged files do.
    pub fn has_nul(&self) -> bool {
        memchr::memchr(0, self.text.as_bytes()).is_some()
    }

    /// Whether some field goes over more than one line, as long texts may.
    pub const fn has_line_end(&self) -> bool {
        self.has_line_end
    }

    /// Returns the column that is called by one of `names`, whatever their case, for a row that is a header.
    pub fn position(&self, names: &[&str]) -> Option<usize> {
        (0..self.len()).position(|column| {
            let field = self.field(column).trim().to_lowercase();
            names.iter().any(|name| name.to_lowercase() == field)
        })
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    pub(super) fn clear(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
        self.has_line_end = false;
    }

    /// Adds to the field that is being read.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Notes that the field that is being read goes on in the next line.
    pub(super) const fn go_on(&mut self) {
        self.has_line_end = true;
    }

    pub(super) fn end_field(&mut self) {
        self.ends.push(self.text.len());
    }
}

/// Returns a text without the white space around it, at once if there is none.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}
