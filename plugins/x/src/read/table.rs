//! The table of posts, `tweets.csv`, that archives until 2018 hold beside their scripts.
//!
//! It is read where the scripts are missing: people kept the table alone. It names accounts by number only, and whom
//! a text mentions not at all.

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::ReadError,
    text::{Row, Table},
};
use serde_json::{Value, json};

use super::{
    desk::Desk,
    owner::Proof,
    post::Post,
    posts::{Place, Posts},
};

/// Some 200,000 posts of 140 characters with their sources and links.
const MAX_TABLE: usize = 64 << 20;
/// Names of the columns that are read.
const COLUMNS: [&str; 7] = [
    "tweet_id",
    "timestamp",
    "in_reply_to_status_id",
    "in_reply_to_user_id",
    "text",
    "retweeted_status_user_id",
    "expanded_urls",
];

/// Reads the table; `false` if something of it is missing.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn read(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    posts: &mut Posts,
    desk: &mut Desk<'_>,
) -> Result<bool, ReadError> {
    let text = match archive.text_of(file, MAX_TABLE) {
        Ok(text) => text,
        Err(error) => {
            desk.findings.add_error(&error);
            return Ok(false);
        }
    };
    let mut table = Table::new(&text, b',');
    let open = table.open_quote();
    if let Some(line) = open {
        desk.note("open-quote", file.name(), line);
    }
    let columns = match table.columns(COLUMNS) {
        Ok(columns) => columns,
        Err(fault) => {
            desk.fail(file, fault);
            return Ok(false);
        }
    };
    for (number, row) in (0_u64..).zip(table) {
        desk.progress(number, row.line());
        let value = as_post(&row, columns);
        let place = Place { file: file.name(), place: row.line() };
        match Post::parse(&value, desk.now).filter(|_| !row.has_nul()) {
            Some(post) => posts.post(&post, place, desk)?,
            None => desk.note("bad-item", place.file, place.place),
        }
    }
    desk.done = desk.done.saturating_add(file.size().unwrap_or(0));
    Ok(open.is_none())
}

/// Makes a row what the scripts hold, so that both are judged alike.
fn as_post(row: &Row, columns: [usize; 7]) -> Value {
    let [id, time, post, user, text, shared, links] = columns.map(|column| row.get(column));
    let links: Vec<Value> =
        links.split(',').map(|link| json!({ "expanded_url": link.trim() })).collect();
    let hashtags: Vec<Value> = hashtags(text).map(|tag| json!({ "text": tag })).collect();
    let mut value = json!({
        "id_str": id, "created_at": time, "in_reply_to_status_id_str": post, "in_reply_to_user_id_str": user,
        "text": text, "entities": { "urls": links, "hashtags": hashtags },
    });
    if !shared.is_empty()
        && let Some(fields) = value.as_object_mut()
    {
        fields.insert("retweeted_status".to_owned(), json!({ "user": { "id_str": shared } }));
    }
    value
}

/// Returns the hashtags of a text, as people write them.
fn hashtags(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter_map(|word| {
        let tag = word.strip_prefix('#')?;
        let end = tag.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        Some(end.map_or(tag, |end| tag.get(..end).unwrap_or_default()))
    })
}

/// Adds the rows to what may prove who wrote them.
pub(super) fn prove(archive: &Archive<'_>, file: &ArchiveFile, proof: &mut Proof) {
    let Ok(text) = archive.text_of(file, MAX_TABLE) else { return };
    let mut table = Table::new(&text, b',');
    let Ok([id, post, user]) =
        table.columns(["tweet_id", "in_reply_to_status_id", "in_reply_to_user_id"])
    else {
        return;
    };
    for row in table {
        let answered = Some((row.get(post), row.get(user))).filter(|(_, user)| !user.is_empty());
        proof.add(row.get(id), answered);
    }
}

/// Whether the first bytes are those of the table.
pub(super) fn is_table(head: &str) -> bool {
    head.contains("tweet_id") && head.contains("in_reply_to_status_id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashtags_are_words_behind_a_sign() {
        let tags: Vec<&str> = hashtags("#Lesewoche, geht los! (#no) a#b #zwei_2. # x").collect();
        assert_eq!(tags, ["Lesewoche", "zwei_2", ""]);
    }
}
