//! How results look: JSON and tab-separated lines for programs, aligned and quietly coloured text for people.

mod plain;
pub(crate) mod progress;
pub(crate) mod table;

use std::io::{self, Write as _};

use serde::Serialize;

use crate::{environment::Context, words::unbroken};

/// Prints a view as JSON or as tab-separated lines, or else what `text` makes of it.
pub(crate) fn show<V: Serialize>(
    context: &Context,
    view: &V,
    text: impl FnOnce(&mut Page),
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if context.json {
        serde_json::to_writer_pretty(&mut out, view)?;
        return writeln!(out);
    }
    if context.plain {
        return plain::write(&mut out, &mut io::stderr().lock(), view);
    }
    let mut page = Page { text: String::new(), colour: context.colour, width: context.width };
    text(&mut page);
    out.write_all(harmless(&page.text).as_bytes())
}

/// Prints a text of our own as it is.
pub(crate) fn show_text(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// Takes out what could steer the terminal, but for the colours we set.
fn harmless(text: &str) -> String {
    const OURS: [&str; 6] =
        ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m", "\u{1b}[32m", "\u{1b}[33m"];
    let is_kept = |(at, letter): &(usize, char)| {
        let is_ours =
            || OURS.iter().any(|code| text.get(*at..).is_some_and(|rest| rest.starts_with(code)));
        !letter.is_control() || *letter == '\n' || (*letter == '\u{1b}' && is_ours())
    };
    text.char_indices().filter(is_kept).map(|(_, letter)| letter).collect()
}

/// A text being written, with or without colours.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    colour: bool,
    /// Columns of the terminal.
    width: usize,
}

/// How something looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Look {
    /// As it is.
    Plain,
    /// Names and titles.
    Strong,
    /// What can be overlooked.
    Faint,
    /// Good news.
    Good,
    /// Needs a look soon.
    Warn,
    /// Bad news.
    Bad,
}

impl Page {
    /// Adds a line.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref().trim_end());
        self.text.push('\n');
    }

    /// Adds prose after `indent` spaces, broken between words where the line ends.
    pub(crate) fn prose(&mut self, look: Look, indent: usize, text: &str) {
        let room = self.width.saturating_sub(indent).max(20);
        let mut line = String::new();
        for word in unbroken(text) {
            if !line.is_empty() && room < table::columns(&line) + 1 + table::columns(&word) {
                self.line(format!("{}{}", " ".repeat(indent), self.look(look, &line)));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        self.line(format!("{}{}", " ".repeat(indent), self.look(look, &line)));
    }

    /// Adds prose that hangs behind a mark of up to `indent` columns.
    pub(crate) fn hanging(&mut self, mark: &str, indent: usize, text: &str) {
        let start = self.text.len();
        self.prose(Look::Plain, indent, text);
        if self.text.get(start..).is_some_and(|added| indent < added.len()) {
            self.text.replace_range(start..start + indent, &format!("{mark}  "));
        }
    }

    /// Returns the columns of the terminal.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Adds an empty line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Returns `text` as it should look.
    pub(crate) fn look(&self, look: Look, text: &str) -> String {
        let code = match look {
            Look::Plain => return text.to_owned(),
            Look::Strong => "1",
            Look::Faint => "2",
            Look::Good => "32",
            Look::Warn => "33",
            Look::Bad => "31",
        };
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_breaks_between_words() {
        let mut page = Page { text: String::new(), colour: false, width: 30 };
        page.prose(Look::Plain, 4, "No contact for 244 days: after 7 days of contact.");
        assert_eq!(page.text, "    No contact for 244 days:\n    after 7 days of contact.\n");
        page.text.clear();
        page.prose(Look::Plain, 0, "No more than about a half, < 52 %, is ours.");
        assert_eq!(page.text, "No more than about a half,\n< 52 %, is ours.\n");
    }

    #[test]
    fn nothing_but_our_colours_reaches_the_terminal() {
        assert_eq!(harmless("a\u{1b}[1mb\u{1b}]0;x\u{7}c\r\n"), "a\u{1b}[1mb]0;xc\n");
        assert_eq!(harmless("a\u{1b}[2J\u{1b}[1;1H\u{1b}[8mX\u{1b}[0m"), "a[2J[1;1H[8mX\u{1b}[0m");
    }
}
