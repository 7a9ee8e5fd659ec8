//! What the owner did under the posts of others: comments, replies, reactions, and whom they tagged in their own.
//!
//! An event's identity is its second and its sort: an export gives no other.

use rin_plugin::{
    prelude::{AccountFlags, InteractionKind, Moment, ReadError, Stop},
    text::{Labels, repair},
};
use serde_json::Value;

use super::{
    context::{Context, Event},
    find::{Found, Part},
    row,
    sentence::{self, Names, Target},
};

/// People tagged in one post that are counted; a post that tags more is about nobody.
const MOST_TAGS: usize = 30;

/// Whose export it is: the id and the name shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doer<'o> {
    pub(super) id: &'o str,
    pub(super) name: &'o str,
}

/// Reads the events of one sort from all its files; returns whether all of them could be read.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; what cannot be read is a finding.
pub(super) fn read(
    doer: Doer<'_>,
    (part, files): (Part, &[Found<'_>]),
    names: &Names,
    context: &mut Context<'_>,
) -> Result<bool, ReadError> {
    let mut is_whole = !files.is_empty();
    for found in files {
        let file = found.file.name();
        is_whole &= context.rows(found.file, part.keys(), |context, value, place| {
            let at = match context.moment(row::seconds(value)) {
                Ok(at) => at,
                Err(code) => {
                    context.find(code, file, place);
                    return Ok(());
                }
            };
            if part == Part::Posts {
                return tags(doer, (value, at), context);
            }
            let text = row::repaired(Some(value), "title");
            match sentence::target(&text, doer.name, names) {
                Target::Somebody(name) if row::is_deleted(&name) => {
                    context.find("deleted-account", file, place);
                    Ok(())
                }
                Target::Somebody(name) => event(doer, (part, value, at), &name, context),
                Target::Own => {
                    context.seen.add(at);
                    context.find("own-post", file, place);
                    Ok(())
                }
                Target::Unknown => {
                    context.seen.add(at);
                    context.find("target-unknown", file, place);
                    Ok(())
                }
            }
        })?;
    }
    Ok(is_whole)
}

fn event(
    doer: Doer<'_>,
    (part, value, at): (Part, &Value, Moment),
    name: &str,
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    let (sort, kind) = match part {
        Part::Comments => ("comment", InteractionKind::Comment),
        _ => ("reaction", InteractionKind::Reaction),
    };
    let id = format!("{sort}/{}", at.unix_ms() / 1000);
    let to = format!("name:{name}");
    context.named(&to, name, AccountFlags::NONE)?;
    let comment = row::inner(value, "comment").filter(|_| part == Part::Comments);
    // In a group only its members may be meant to read it.
    let is_public = comment.is_some_and(|comment| comment.get("group").is_none());
    let mut labels = Labels::default();
    if is_public {
        label(&repair(row::text_of(comment, "comment")), &mut labels);
    }
    let labels = labels.as_str();
    context.event(&Event { id: &id, at, from: doer.id, to: &to, kind, labels })
}

/// Reports those tagged in one of the owner's posts.
fn tags(
    doer: Doer<'_>,
    (value, at): (&Value, Moment),
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    context.seen.add(at);
    let id = format!("post/{}", at.unix_ms() / 1000);
    let tags = value.get("tags").and_then(Value::as_array).into_iter().flatten().take(MOST_TAGS);
    for tag in tags {
        let name = repair(tag.as_str().unwrap_or_else(|| row::text_of(Some(tag), "name")));
        let name = name.trim();
        if name.is_empty() || name == doer.name || row::is_deleted(name) {
            continue;
        }
        let to = format!("name:{name}");
        context.named(&to, name, AccountFlags::NONE)?;
        let (from, kind) = (doer.id, InteractionKind::Mention);
        context.event(&Event { id: &id, at, from, to: &to, kind, labels: "" })?;
    }
    Ok(())
}

/// Takes the hashtags and addresses of a comment.
fn label(text: &str, labels: &mut Labels) {
    for word in text.split_whitespace() {
        let word = word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '"', '…']);
        match word.strip_prefix('#') {
            Some(tag) if tag.chars().all(|letter| letter.is_alphanumeric() || letter == '_') => {
                labels.add_hashtag(tag);
            }
            Some(_) => {}
            None => labels.add_link(word),
        }
    }
}
