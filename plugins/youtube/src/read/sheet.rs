//! What a file of an export is, told by what stands in it: folders and files have names in some seventy languages.
//!
//! An empty table says nothing by its values, so the names that are known count there.

use std::io::Read;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    text::{Row, Table, decode},
};

use super::value;

/// Some 200,000 comments; the longest table of an export.
pub(super) const MAX_BYTES: usize = 64 << 20;
/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 8192;
/// Rows looked at.
const ROWS: usize = 8;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    /// The owner's channel.
    Channel,
    /// The owner's videos.
    Videos,
    Subscriptions,
    /// Subscriptions of exports until 2021, with dates.
    SubscriptionsJson,
    Comments,
    LiveChats,
    /// What was watched, which says whose a video is.
    History,
    /// Comments of exports until about 2021, as a web page.
    CommentsPage,
}

/// Names of tables of comments in the languages that are known, without their ending.
const COMMENTS: [&str; 11] = [
    "comments",
    "kommentare",
    "reacties",
    "comentarios",
    "comentários",
    "commentaires",
    "commenti",
    "yorumlar",
    "komentarze",
    "评论",
    "التعليقات",
];
/// The same of subscriptions.
const SUBSCRIPTIONS: [&str; 11] = [
    "subscriptions",
    "abos",
    "abonnementen",
    "suscripciones",
    "inscrições",
    "abonnements",
    "iscrizioni",
    "abonelikler",
    "subskrypcje",
    "订阅内容",
    "الاشتراكات",
];

/// Returns what a file is.
pub(super) fn kind_of(archive: &Archive<'_>, file: &ArchiveFile) -> Option<Kind> {
    let base = file.base().to_lowercase();
    let (stem, ending) = base.rsplit_once('.')?;
    let stem =
        stem.trim_end_matches(|letter: char| letter.is_ascii_digit() || " ()_-".contains(letter));
    let is_ours = file.name().to_lowercase().contains("youtube");
    match ending {
        "csv" => {
            let (head, is_cut) = head_of(archive, file);
            match by_rows(&head, is_cut) {
                // Comments with ids of a shape that is not known look like a chat.
                Some(Kind::LiveChats) if COMMENTS.contains(&stem) => Some(Kind::Comments),
                found => found.or_else(|| by_name(stem, is_ours, &head)),
            }
        }
        "json" => {
            let (head, _) = head_of(archive, file);
            let has = |word: &str| head.contains(word);
            // A page in the place of a list: reading it says so.
            if is_ours && head.trim_start().starts_with('<') {
                return Some(Kind::History);
            }
            if has("\"resourceId\"") && has("\"channelId\"") {
                return Some(Kind::SubscriptionsJson);
            }
            (has("\"titleUrl\"") && has("youtube.com/")).then_some(Kind::History)
        }
        "html" if COMMENTS.iter().any(|name| stem.ends_with(name)) => {
            (is_ours || stem == "my-comments").then_some(Kind::CommentsPage)
        }
        "html" if is_ours && stem != "archive_browser" => Some(Kind::History),
        _ => None,
    }
}

/// Returns the beginning of a file, and whether there is more; empty for one that cannot be read, which says why then.
fn head_of(archive: &Archive<'_>, file: &ArchiveFile) -> (String, bool) {
    let mut head = Vec::new();
    let read = archive.open_file(file).map(|reader| reader.take(HEAD).read_to_end(&mut head));
    let is_cut = head.len() as u64 == HEAD;
    // A letter may be cut in two, which must not change how the rest is read.
    let end = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    head.truncate(if is_cut { end } else { head.len() });
    if !matches!(read, Ok(Ok(_))) {
        return (String::new(), false);
    }
    (decode(&head).text.into_owned(), is_cut)
}

fn by_rows(head: &str, is_cut: bool) -> Option<Kind> {
    let mut rows: Vec<Row> = Table::new(head, b',').take(ROWS + 1).collect();
    if is_cut && rows.len() <= ROWS {
        rows.pop();
    }
    let heading = rows.first().map(|row| fields(row).collect::<Vec<_>>().join(",").to_lowercase());
    let is_original = heading.is_some_and(|heading| heading.contains("(origin"));
    rows.iter().find_map(|row| by_row(row, is_original))
}

fn by_row(row: &Row, is_original: bool) -> Option<Kind> {
    let has = |is: fn(&str) -> bool| fields(row).any(is);
    let is_dated = has(|field| value::moment(field).is_some());
    if !has(value::is_channel) {
        return None;
    }
    if is_dated && has(value::is_comment) {
        return Some(Kind::Comments);
    }
    if is_dated && has(value::is_video) {
        return Some(if has(value::is_text) { Kind::LiveChats } else { Kind::Videos });
    }
    let is_first = value::is_channel(row.get(0));
    if is_original && is_first {
        return Some(Kind::Channel);
    }
    let is_subscription = is_first && !is_dated && (2..=3).contains(&row.len());
    is_subscription.then_some(Kind::Subscriptions)
}

/// What a table of a heading alone is, by its name, if its place or its heading says that it is ours. A file without
/// even that is none: an empty list would say that everybody is gone.
fn by_name(stem: &str, is_ours: bool, head: &str) -> Option<Kind> {
    let mut rows = Table::new(head, b',');
    let (heading, more) = (rows.next()?, rows.next());
    let words = fields(&heading).collect::<Vec<_>>().join(",").to_lowercase();
    let is_ours = is_ours || ["channel id", "kanal-id"].iter().any(|word| words.contains(word));
    if !is_ours || more.is_some() || words.starts_with('<') {
        return None;
    }
    if SUBSCRIPTIONS.contains(&stem) && heading.len() == 3 {
        return Some(Kind::Subscriptions);
    }
    (COMMENTS.contains(&stem) && 6 <= heading.len()).then_some(Kind::Comments)
}

/// Returns the fields of a row.
pub(super) fn fields(row: &Row) -> impl Iterator<Item = &str> {
    (0..row.len()).map(|at| row.get(at))
}

/// Reads a file as text.
pub(super) fn text_of(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    findings: &mut Findings,
) -> Option<String> {
    archive.text_of(file, MAX_BYTES).inspect_err(|error| findings.add_error(error)).ok()
}
