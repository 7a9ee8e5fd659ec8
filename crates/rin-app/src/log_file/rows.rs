//! Rows of text: CSV with a first line of names, and one JSON object a line.

use std::{borrow::Cow, io::BufRead};

use serde::Deserialize;

use super::{Builder, LogFileError, next_line};

/// Reads CSV, with commas, semicolons or tabs, whichever the first line has most of. A row is a line: ids hold no line
/// breaks, so an open quotation mark is a fault of its line and not of all that follow.
pub(super) fn csv(lines: &mut dyn BufRead, builder: &mut Builder<'_>) -> Result<(), LogFileError> {
    let mut line = Vec::new();
    next_line(lines, &mut line).map_err(|error| builder.failed(error))?;
    let head = String::from_utf8_lossy(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line));
    let count = |delimiter: &char| head.chars().filter(|letter| letter == delimiter).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(count).unwrap_or(',');
    let names: Vec<String> = cells(&head, delimiter)
        .iter()
        .flatten()
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let place = |column: &'static str| {
        let missing = || LogFileError::Column { path: builder.path.to_owned(), column };
        names.iter().position(|name| name == column).ok_or_else(missing)
    };
    let (src, dst, t) = (place("src")?, place("dst")?, place("t")?);
    let kind = names.iter().position(|name| name == "kind");
    let mut number = 1;
    while next_line(lines, &mut line).map_err(|error| builder.failed(error))? {
        number += 1;
        if line.is_empty() {
            continue;
        }
        let fault = |what: &str| builder.fault(number, what.to_owned());
        let text = std::str::from_utf8(&line).map_err(|_| fault("it is not UTF-8"))?;
        let row = cells(text, delimiter).ok_or_else(|| fault("a quotation mark is not closed"))?;
        let cell = |at: usize| row.get(at).map(|cell| cell.trim());
        let (Some(src), Some(dst), Some(t)) = (cell(src), cell(dst), cell(t)) else {
            return Err(
                builder.fault(number, format!("it has {} columns of {}", row.len(), names.len()))
            );
        };
        let kind = kind.and_then(cell).unwrap_or_default();
        builder.row(number, (src, dst), t, kind)?;
    }
    Ok(())
}

/// Splits a line into its cells; `None` if a quotation mark is not closed.
fn cells(line: &str, delimiter: char) -> Option<Vec<Cow<'_, str>>> {
    if !line.contains('"') {
        return Some(line.split(delimiter).map(Cow::Borrowed).collect());
    }
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            letter if letter == delimiter && !is_quoted => cells.push(String::new()),
            letter => cell.push(letter),
        }
    }
    (!is_quoted).then(|| cells.into_iter().map(Cow::Owned).collect())
}

/// One line of JSON; ids may be numbers.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    src: Word<'a>,
    #[serde(borrow)]
    dst: Word<'a>,
    #[serde(borrow)]
    t: Word<'a>,
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Word<'a> {
    Text(#[serde(borrow)] Cow<'a, str>),
    Number(serde_json::Number),
}

impl Word<'_> {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// Reads one JSON object a line.
pub(super) fn json_lines(
    lines: &mut dyn BufRead,
    builder: &mut Builder<'_>,
) -> Result<(), LogFileError> {
    let mut line = Vec::new();
    let mut number = 0;
    while next_line(lines, &mut line).map_err(|error| builder.failed(error))? {
        number += 1;
        if line.is_empty() {
            continue;
        }
        let row: Line<'_> = serde_json::from_slice(&line)
            .map_err(|error| builder.fault(number, error.to_string()))?;
        let (src, dst, t) = (row.src.text(), row.dst.text(), row.t.text());
        builder.row(number, (&src, &dst), &t, row.kind.as_deref().unwrap_or_default())?;
    }
    Ok(())
}
