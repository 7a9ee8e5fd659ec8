//! What the owner did in public: likes, comments, and names called in posts and comments.
//!
//! An event's identity is its second and its sort, which every era writes alike; addresses of posts it does not.

use rin_plugin::{
    prelude::{InteractionKind, Moment, ReadError, Stop},
    text::{Labels, repair},
};
use serde_json::Value;

use super::{
    context::{Context, Event},
    entry::{self, Nobody},
    find::{Found, Part},
    name,
};

/// Names called in one text that are counted; a text that calls more is about nobody.
const MOST_NAMES: usize = 30;

/// A row on its way: what it is, the file it stands in, and where.
#[derive(Clone, Copy)]
struct Row<'v> {
    value: &'v Value,
    file: &'v str,
    place: u64,
}

/// Reads the events of one sort from all its files; returns whether all of them could be read.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; what cannot be read is a finding.
pub(super) fn read(
    owner: &str,
    part: Part,
    files: &[Found<'_>],
    context: &mut Context<'_>,
) -> Result<bool, ReadError> {
    let mut is_whole = !files.is_empty();
    for found in files {
        let file = found.file.name();
        is_whole &= context.rows(found.file, part.keys(), |context, value, place| {
            let row = Row { value, file, place };
            match part {
                Part::Posts | Part::ThreadsPosts => post(owner, part, row, context),
                _ => event(owner, part, row, context),
            }
        })?;
    }
    Ok(is_whole)
}

/// Reports a like or a comment, and in a comment the names called.
fn event(owner: &str, part: Part, row: Row<'_>, context: &mut Context<'_>) -> Result<(), Stop> {
    let at = match context.moment(entry::seconds(row.value)) {
        Ok(at) => at,
        Err(code) => {
            context.find(code, row.file, row.place);
            return Ok(());
        }
    };
    let is_comment = part == Part::Comments;
    let text = if is_comment { entry::comment(row.value) } else { None };
    let text = text.unwrap_or_default();
    let author = entry::author(row.value);
    let author = author.as_ref().map(String::as_str);
    if is_comment {
        called(owner, &text, ("comment", at, author.unwrap_or_default()), context)?;
    }
    match author {
        Ok(author) if author == plain(owner) => {
            context.find("own-post", row.file, row.place);
            Ok(())
        }
        Ok(author) => {
            let (sort, kind) = match part {
                Part::Comments => ("comment", InteractionKind::Comment),
                Part::LikedComments => ("comment-like", InteractionKind::Reaction),
                Part::LikedStories => ("story-like", InteractionKind::Reaction),
                _ => ("like", InteractionKind::Reaction),
            };
            let id = id_of(sort, at);
            let labels = labels_of(&text);
            context.person(author, "")?;
            let labels = labels.as_str();
            context.event(&Event { id: &id, at, from: owner, to: author, kind, labels })
        }
        Err(nobody) => {
            let code = match nobody {
                Nobody::Deleted => "deleted-account",
                Nobody::Unclear => "author-unclear",
                Nobody::Unnamed => "author-unnamed",
            };
            context.find(code, row.file, row.place);
            Ok(())
        }
    }
}

/// Reports the names called in one of the owner's posts.
fn post(owner: &str, part: Part, row: Row<'_>, context: &mut Context<'_>) -> Result<(), Stop> {
    let medium = row.value.get("media").and_then(|media| media.get(0));
    let texts = [entry::text_of(Some(row.value), "title"), entry::text_of(medium, "title")];
    let text = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let seconds = [entry::seconds(row.value), medium.map_or(0, entry::seconds)];
    let at = match context.moment(seconds.into_iter().find(|at| *at != 0).unwrap_or(0)) {
        Ok(at) => at,
        Err(code) => {
            context.find(code, row.file, row.place);
            return Ok(());
        }
    };
    let is_reply = medium.and_then(|medium| medium.get("text_app_post"));
    let is_reply = is_reply.and_then(|post| post.get("is_reply")).and_then(Value::as_bool);
    if is_reply == Some(true) {
        context.find("reply-author-unknown", row.file, row.place);
    }
    context.seen.add(at);
    let sort = if part == Part::ThreadsPosts { "thread" } else { "post" };
    called(owner, &repair(text), (sort, at, ""), context)
}

/// Reports the names that a public text calls, but for the owner's and `author`'s.
fn called(
    owner: &str,
    text: &str,
    (sort, at, author): (&str, Moment, &str),
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    let mut names: Vec<String> = Vec::new();
    name::marks(text, |mark| {
        let found = mark.strip_prefix('@').and_then(name::user_name);
        let found = found.filter(|name| name != plain(owner) && name != author);
        names.extend(found.filter(|name| names.len() < MOST_NAMES && !names.contains(name)));
    });
    let id = id_of(sort, at);
    let labels = labels_of(text);
    let (labels, kind) = (labels.as_str(), InteractionKind::Mention);
    for name in names {
        context.person(&name, "")?;
        context.event(&Event { id: &id, at, from: owner, to: &name, kind, labels })?;
    }
    Ok(())
}

fn labels_of(text: &str) -> Labels {
    let mut labels = Labels::default();
    name::marks(text, |mark| match mark.strip_prefix('#') {
        Some(tag) => labels.add_hashtag(tag),
        None => labels.add_link(mark),
    });
    labels
}

fn id_of(sort: &str, at: Moment) -> String {
    format!("{sort}/{}", at.unix_ms() / 1000)
}

/// The owner's user name without the mark of Threads.
fn plain(owner: &str) -> &str {
    owner.strip_prefix(super::THREADS).unwrap_or(owner)
}
