//! Columns that line up, also with names in any script.

use super::{Look, Page};

/// Rows of cells; the last column is not padded.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    rows: Vec<Vec<(Look, String)>>,
}

impl Grid {
    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = (Look, String)>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints the rows, each after `indent` spaces.
    pub(crate) fn print(&self, page: &mut Page, indent: usize) {
        let n_columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|(_, text)| columns(text)).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..n_columns).map(width).collect();
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            for ((look, text), width) in row.iter().zip(&widths) {
                line.push_str(&page.look(*look, text));
                line.push_str(&" ".repeat(width.saturating_sub(columns(text)) + 2));
            }
            page.line(line);
        }
    }
}

/// Returns how many columns of a terminal a text takes.
pub(crate) fn columns(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// Cuts a text to so many columns, with an ellipsis if something is lost.
pub(crate) fn cut(text: &str, max: usize) -> String {
    if columns(text) <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        let longer = format!("{kept}{letter}");
        if max <= columns(&longer) {
            break;
        }
        kept = longer;
    }
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_count_twice_and_cuts_fit() {
        assert_eq!(columns("日本"), 4);
        assert_eq!(cut("日本語です", 5), "日本…");
        assert_eq!(cut("Anna", 4), "Anna");
    }
}
