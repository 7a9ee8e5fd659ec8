//! What a screen says, line by line: styled, wrapped to a width, with columns that line up.

use std::iter;

use ratatui::{
    style::{Color, Modifier, Style},
    text::{Line, Span},
};

use crate::{
    output::{
        Look,
        table::{columns, cut},
    },
    words::unbroken,
};

/// Widest line of prose that is easily read.
const READABLE: usize = 100;

/// How looks become styles: with colours, or without where somebody does not want them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub(super) is_coloured: bool,
}

impl Ink {
    /// Returns how something looks.
    pub(super) fn of(self, look: Look) -> Style {
        let plain = Style::new();
        let (colour, modifier) = match look {
            Look::Plain => return plain,
            Look::Strong => return plain.add_modifier(Modifier::BOLD),
            Look::Faint => return plain.add_modifier(Modifier::DIM),
            Look::Good => (Color::Green, Modifier::empty()),
            Look::Warn => (Color::Yellow, Modifier::empty()),
            Look::Bad => (Color::Red, Modifier::BOLD),
        };
        let style = plain.add_modifier(modifier);
        if self.is_coloured { style.fg(colour) } else { style }
    }
}

/// One screen: what stays on top, what is moved through, and what is said of the row chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Stays on top.
    pub(super) head: Vec<Line<'static>>,
    /// Is moved through.
    pub(super) body: Vec<Line<'static>>,
    /// The lines of the body that can be chosen; none if there is nothing to choose.
    pub(super) picks: Vec<usize>,
    /// Stays at the bottom.
    pub(super) foot: Vec<Line<'static>>,
}

/// A cell of a grid.
pub(super) type Cell = (Look, String);

/// Lines being written.
#[derive(Debug)]
pub(super) struct Paper {
    lines: Vec<Line<'static>>,
    width: usize,
    ink: Ink,
}

impl Paper {
    /// Returns an empty one of so many columns.
    pub(super) const fn new(width: usize, ink: Ink) -> Self {
        Self { lines: Vec::new(), width, ink }
    }

    /// Returns what was written.
    pub(super) fn lines(self) -> Vec<Line<'static>> {
        self.lines
    }

    /// Returns its columns.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Adds a line of parts; what does not fit is cut off.
    pub(super) fn line(&mut self, parts: impl IntoIterator<Item = Cell>) {
        let spans = parts.into_iter().map(|(look, text)| Span::styled(text, self.ink.of(look)));
        self.lines.push(spans.collect());
    }

    /// Adds an empty line, unless there is one or nothing above.
    pub(super) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| 0 < line.width()) {
            self.lines.push(Line::default());
        }
    }

    /// Adds the title of a part, with a gap above.
    pub(super) fn title(&mut self, text: &str) {
        self.gap();
        self.line([(Look::Strong, text.to_owned())]);
    }

    /// Adds prose after `indent` spaces, broken between words.
    pub(super) fn prose(&mut self, look: Look, indent: usize, text: &str) {
        self.hanging("", indent, (look, text));
    }

    /// Adds prose behind a mark in the first `indent` columns.
    pub(super) fn hanging(&mut self, mark: &str, indent: usize, (look, text): (Look, &str)) {
        let room = self.width.min(READABLE).saturating_sub(indent).max(1);
        for (at, line) in wrapped(text, room).into_iter().enumerate() {
            let mark = if at == 0 { mark } else { "" };
            let blank = " ".repeat(indent.saturating_sub(columns(mark)));
            self.line([(Look::Plain, format!("{mark}{blank}")), (look, line)]);
        }
    }

    /// Adds rows whose columns line up, each after two spaces; `right` names the columns that end together.
    pub(super) fn grid(&mut self, rows: &[Vec<Cell>], right: &[usize]) {
        let widths = widths(rows);
        for row in rows {
            let cells = row.iter().zip(&widths).enumerate();
            let padded = cells.map(|(at, ((look, text), width))| {
                (*look, padded(text, *width, right.contains(&at)))
            });
            self.line(iter::once((Look::Plain, "  ".to_owned())).chain(padded));
        }
    }

    /// Adds rows below a row of titles; where they are wider than the screen, each as a part of its own under its first
    /// cell, so that no figure is cut.
    pub(super) fn table<const N: usize>(
        &mut self,
        titles: [&str; N],
        rows: impl IntoIterator<Item = Vec<Cell>>,
        right: &[usize],
    ) {
        let all: Vec<Vec<Cell>> = iter::once(row(Look::Faint, titles)).chain(rows).collect();
        let widths = widths(&all);
        // Each column has a gap before it.
        if widths.iter().map(|width| width + 2).sum::<usize>() <= self.width {
            return self.grid(&all, right);
        }
        let names = titles.map(|title| format!("    {title}"));
        let indent = 2 + names.iter().skip(1).map(|name| columns(name)).max().unwrap_or_default();
        for cells in all.iter().skip(1) {
            let mut cells = names.iter().zip(cells);
            if let Some((_, (look, text))) = cells.next() {
                self.prose(*look, 2, text);
            }
            for (name, (look, text)) in cells.filter(|(_, (_, text))| !text.is_empty()) {
                self.hanging(name, indent, (*look, text));
            }
        }
    }

    /// Begins what is said of the row chosen, below a line: its name, and what else it is called.
    pub(super) fn foot(width: usize, ink: Ink, (name, other): (&str, &str)) -> Self {
        let mut paper = Self::new(width, ink);
        paper.line([(Look::Faint, "─".repeat(width))]);
        paper.line([(Look::Strong, name.to_owned()), (Look::Faint, format!("  {other}"))]);
        paper
    }
}

/// Returns how wide the columns of rows are.
fn widths(rows: &[Vec<Cell>]) -> Vec<usize> {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|(_, text)| columns(text)).max().unwrap_or_default()
    };
    (0..n_columns).map(width).collect()
}

/// Returns a text as it stands in its column, with the gap behind it.
fn padded(text: &str, width: usize, is_right: bool) -> String {
    let blank = " ".repeat(width.saturating_sub(columns(text)));
    if is_right { format!("{blank}{text}  ") } else { format!("{text}{blank}  ") }
}

/// Returns cells that all look alike.
pub(super) fn row<const N: usize>(look: Look, texts: [&str; N]) -> Vec<Cell> {
    texts.map(|text| (look, text.to_owned())).into()
}

/// Breaks a text between words into lines of at most so many columns; a longer word is broken where it must be.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in unbroken(text) {
        if !line.is_empty() && room < columns(&line) + 1 + columns(&word) {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for letter in word.chars() {
            let mut bytes = [0; 4];
            if !line.is_empty() && room < columns(&line) + columns(letter.encode_utf8(&mut bytes)) {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

/// Returns a name as it fits into a column.
pub(super) fn fitting(name: &str, room: usize) -> String {
    cut(name, room.max(1))
}

/// Returns a share as a bar of so many columns that reads without colours.
pub(super) fn bar(share: f64, width: usize) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    // The nearest whole cell; there are never more than a screen has.
    let full = (0..width).filter(|cell| half_of(*cell) < share * whole(width)).count();
    format!("{}{}", "█".repeat(full), "░".repeat(width - full))
}

fn half_of(cell: usize) -> f64 {
    whole(cell) + 0.5
}

/// Returns a small count as a number to calculate with.
pub(super) fn whole(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_broken_between_words_and_a_long_word_where_it_must() {
        assert_eq!(wrapped("to be or not", 6), ["to be", "or not"]);
        assert_eq!(wrapped("a wholeword b", 5), ["a", "whole", "word", "b"]);
        assert_eq!(wrapped("日本語", 4), ["日本", "語"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("in > 99 %, so", 8), ["in", "> 99 %,", "so"]);
    }

    #[test]
    fn a_bar_is_as_full_as_its_share() {
        for (share, shown) in
            [(0.0, "░░░░"), (0.5, "██░░"), (1.0, "████"), (7.0, "████"), (f64::NAN, "░░░░")]
        {
            assert_eq!(bar(share, 4), shown, "{share}");
        }
    }

    #[test]
    fn columns_line_up_with_wide_letters_too() {
        let mut paper = Paper::new(40, Ink { is_coloured: false });
        let rows = [row(Look::Plain, ["日本", "1"]), row(Look::Plain, ["Ann", "12"])];
        paper.grid(&rows, &[1]);
        let lines: Vec<String> = paper.lines().iter().map(Line::to_string).collect();
        assert_eq!(lines, ["  日本   1  ", "  Ann   12  "]);
    }

    #[test]
    fn a_table_with_no_room_is_told_row_by_row() {
        let shown = |width| {
            let mut paper = Paper::new(width, Ink { is_coloured: false });
            let rows = [row(Look::Plain, ["Ann", "12 (7–18)", ""])];
            paper.table(["who", "alive", "until"], rows, &[1]);
            let lines = paper.lines();
            lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown(23), ["  who      alive  until", "  Ann  12 (7–18)"]);
        assert_eq!(shown(22), ["  Ann", "    alive  12 (7–18)"]);
    }
}
