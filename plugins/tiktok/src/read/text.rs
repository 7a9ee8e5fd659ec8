//! Exports as text files: who wrote to whom as lines below a heading, lists as pairs of lines.
//!
//! Their names are in the language of whoever exported; the marks inside are English in all of them.

use rin_plugin::prelude::Stop;
use serde_json_borrow::Value;

use super::walk::{Found, List};

const HEADING: &str = ">>> Chat History with ";

/// Returns what list a text file is, by its name and its beginning.
pub(super) fn list_of(base: &str, head: &str) -> Option<List> {
    if head.contains(HEADING) {
        return Some(List::Chats);
    }
    let base = base.to_lowercase();
    let stem = base.strip_suffix(".txt")?;
    let has_name = head.to_lowercase().contains("username:");
    let is_dated = has_name && head.contains("Date:");
    match stem {
        _ if stem.starts_with("follower") && is_dated => Some(List::Followers),
        _ if stem.starts_with("following") && is_dated => Some(List::Following),
        _ if stem.starts_with("block") && is_dated => Some(List::Blocks),
        _ if stem.starts_with("profile info") && has_name => Some(List::Owner),
        _ => None,
    }
}

/// Hands over the entries of a text file as those of the other form.
///
/// # Errors
/// [`Stop`] when the taker wants no more.
pub(super) fn walk(
    list: &List,
    text: &str,
    mut each: impl FnMut(Found<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    each(Found::Begin(list))?;
    match list {
        List::Chats => chats(text, each),
        _ => pairs(list, text, each),
    }
}

fn chats(text: &str, mut each: impl FnMut(Found<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
    let mut chat = List::Chats;
    for (line, number) in text.lines().zip(1_u64..) {
        if let Some(name) = line.strip_prefix(HEADING) {
            chat = List::Chat(name.trim().trim_end_matches(':').trim().to_owned());
        } else if let Some(entry) = message(line) {
            each(Found::Entry(&chat, number, &entry))?;
        }
    }
    Ok(())
}

/// `2026-07-03 23:00:11 UTC ann: text`; what is otherwise goes on with the text before.
fn message(line: &str) -> Option<Value<'_>> {
    let (date, rest) = line.split_at_checked(19)?;
    super::when::moment(date)?;
    let rest = rest.trim_start().strip_prefix("UTC").unwrap_or(rest).trim_start();
    let (from, _) = rest.split_once(':')?;
    Some(entry([("Date", date), ("From", from.trim())]))
}

fn entry<'t>(fields: [(&'t str, &'t str); 2]) -> Value<'t> {
    Value::Object(fields.into_iter().map(|(key, text)| (key, Value::from(text))).collect())
}

fn pairs(
    list: &List,
    text: &str,
    mut each: impl FnMut(Found<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut date = "";
    for (line, number) in text.lines().zip(1_u64..) {
        let Some((word, rest)) = line.split_once(':') else { continue };
        match word.trim().to_lowercase().as_str() {
            "date" => date = rest.trim(),
            "username" if *list == List::Owner => {
                return each(Found::Entry(list, number, &Value::from(rest.trim())));
            }
            "username" => {
                each(Found::Entry(
                    list,
                    number,
                    &entry([("Date", date), ("UserName", rest.trim())]),
                ))?;
                date = "";
            }
            _ => {}
        }
    }
    Ok(())
}
