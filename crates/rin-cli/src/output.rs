//! How results look: JSON for programs, aligned and quietly coloured text for people.

pub(crate) mod progress;
pub(crate) mod table;

use std::io::{self, Write as _};

use serde::Serialize;

use crate::environment::Context;

/// Prints a view as JSON, or else what `text` makes of it.
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
    let mut page = Page { text: String::new(), colour: context.colour };
    text(&mut page);
    out.write_all(page.text.as_bytes())
}

/// A text being written, with or without colours.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    colour: bool,
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
