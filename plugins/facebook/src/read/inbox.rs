//! Conversations: who wrote to whom and when, never what; those of the export and the encrypted ones beside it.
//!
//! A conversation of two is known by its number, because names are shared. It is joined with the name shown only where
//! that name is nobody else's in the export; the encrypted download has no numbers that stay, so there the name stands alone.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rin_plugin::{
    prelude::{AccountFlags, AccountRecord, InteractionKind, ReadError, Stop},
    text::repair,
};
use serde_json_borrow::Value;

use super::{
    context::{Context, Event},
    find,
    find::{Found, Part},
    row,
    sentence::Names,
};

/// Others in a group up to which what is said counts as said to each: in a bigger one it is an announcement.
const MOST_MEMBERS: usize = 16;
/// Names of one conversation that are kept.
const MOST_NAMES: usize = 300;
/// Kinds of row that say who came and went.
const COMINGS: [&str; 2] = ["Subscribe", "Unsubscribe"];

/// One conversation.
#[derive(Debug)]
pub(super) struct Conversation<'f> {
    /// What its messages are known by.
    id: String,
    files: Vec<Found<'f>>,
    /// The names of those in it, the owner's too.
    names: BTreeSet<String>,
    is_encrypted: bool,
}

/// Where the messages of a conversation go.
struct Thread<'t> {
    id: &'t str,
    owner: &'t str,
    own_names: &'t BTreeSet<String>,
    others: Vec<Member>,
    is_group: bool,
}

/// Somebody in a conversation: the name shown and the id they go by.
struct Member {
    shown: String,
    id: String,
}

/// Gathers the conversations of one sort and who is in each.
pub(super) fn gather<'f>(
    parts: &[Found<'f>],
    part: Part,
    context: &Context<'_>,
) -> Vec<Conversation<'f>> {
    let mut all: BTreeMap<String, Conversation<'f>> = BTreeMap::new();
    let is_encrypted = part == Part::Encrypted;
    for found in parts.iter().filter(|found| found.part == part) {
        let (key, id) = if is_encrypted {
            (found.file.name().to_owned(), "e2ee".to_owned())
        } else {
            let id = find::conversation(found.file).to_owned();
            (id.clone(), id)
        };
        let fresh = || Conversation { id, files: Vec::new(), names: BTreeSet::new(), is_encrypted };
        all.entry(key).or_insert_with(fresh).files.push(*found);
    }
    for conversation in all.values_mut() {
        conversation.files.sort_by_key(|found| found.number);
        conversation.names = people(&conversation.files, context);
    }
    all.into_values().collect()
}

/// Returns the names of those in a conversation; a file that is damaged is told when its messages are read.
fn people(files: &[Found<'_>], context: &Context<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for found in files {
        context.quiet_rows(found.file, &["participants"], |value| {
            let shown = value.as_str().unwrap_or_else(|| row::text_of(Some(value), "name"));
            let shown = repair(shown).trim().to_owned();
            if !shown.is_empty() && names.len() < MOST_NAMES {
                names.insert(shown);
            }
        });
    }
    names
}

/// Whether a file of any name is an encrypted conversation, by what it begins with.
pub(super) fn is_conversation(found: &Found<'_>, context: &Context<'_>) -> bool {
    let head = context.archive.head(found.file).unwrap_or_default();
    let head = String::from_utf8_lossy(&head);
    head.contains("\"participants\"")
        && (head.contains("\"threadName\"") || head.contains("\"senderName\""))
}

/// Returns the one name that is in all conversations, if there are two at least.
pub(super) fn in_all(parts: &[Found<'_>], context: &Context<'_>) -> Option<String> {
    let mut all = gather(parts, Part::Messages, context);
    all.extend(gather(parts, Part::Encrypted, context));
    let mut shared = everywhere(all.iter().map(|conversation| &conversation.names))?;
    shared.pop_first()
}

fn everywhere<'n>(all: impl Iterator<Item = &'n BTreeSet<String>>) -> Option<BTreeSet<String>> {
    let mut named = all.filter(|names| 1 < names.len());
    let mut shared = named.next()?.clone();
    let mut others = 0;
    for names in named {
        shared.retain(|name| names.contains(name));
        others += 1;
    }
    (0 < others && shared.len() == 1).then_some(shared)
}

/// Adds those in conversations to the known names, and returns the names that more than one conversation of two has.
pub(super) fn note_names(
    conversations: &[Conversation<'_>],
    owner: &str,
    names: &mut Names,
) -> HashSet<String> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut shared = HashSet::new();
    for conversation in conversations {
        let others: Vec<&String> =
            conversation.names.iter().filter(|name| *name != owner).collect();
        for name in &others {
            if !row::is_deleted(name) {
                names.add(name);
            }
        }
        let [only] = others.as_slice() else { continue };
        if !conversation.is_encrypted && !seen.insert(only.as_str()) {
            shared.insert((*only).clone());
        }
    }
    shared
}

/// Reads all conversations; returns whether all of them could be read.
///
/// `shared` holds the names that several people show.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; what cannot be read is a finding.
pub(super) fn read(
    (owner, name): (&str, &str),
    conversations: &[Conversation<'_>],
    shared: &HashSet<String>,
    context: &mut Context<'_>,
) -> Result<bool, ReadError> {
    let is_known = conversations.iter().any(|conversation| conversation.names.contains(name));
    let own_names = if is_known {
        Some(BTreeSet::from([name.to_owned()]))
    } else {
        everywhere(conversations.iter().map(|conversation| &conversation.names))
    };
    let Some(own_names) = own_names else {
        if let Some(found) = conversations.iter().find_map(|one| one.files.first()) {
            context.find("own-name-unknown", found.file.name(), 0);
        }
        return Ok(false);
    };
    let mut is_whole = !conversations.is_empty();
    for conversation in conversations {
        is_whole &= read_one((owner, &own_names), conversation, shared, context)?;
    }
    Ok(is_whole)
}

fn read_one(
    (owner, own_names): (&str, &BTreeSet<String>),
    conversation: &Conversation<'_>,
    shared: &HashSet<String>,
    context: &mut Context<'_>,
) -> Result<bool, ReadError> {
    let others: Vec<&String> =
        conversation.names.iter().filter(|name| !own_names.contains(*name)).collect();
    let file = conversation.files.first().map_or("", |found| found.file.name());
    if MOST_MEMBERS < others.len() {
        context.find("big-group", file, 0);
        return Ok(true);
    }
    let is_group = 1 < others.len();
    let mut thread =
        Thread { id: &conversation.id, owner, own_names, others: Vec::new(), is_group };
    if !is_group {
        let shown = others.first().map_or("", |name| name.as_str());
        let id = other_side(shown, conversation, shared, context)?;
        thread.others.push(Member { shown: shown.to_owned(), id });
    }
    for shown in others.into_iter().filter(|_| is_group) {
        if row::is_deleted(shown) {
            context.find("deleted-account", file, 0);
            continue;
        }
        let id = format!("name:{shown}");
        context.named(&id, shown, AccountFlags::NONE)?;
        thread.others.push(Member { shown: shown.clone(), id });
    }
    let mut is_whole = true;
    for found in &conversation.files {
        let file = found.file.name();
        is_whole &=
            context.borrowed_rows(found.file, Part::Messages.keys(), |context, value, place| {
                message(&thread, (value, file, place), context)
            })?;
    }
    Ok(is_whole)
}

/// Reports the other side of a conversation of two and returns its id.
fn other_side(
    shown: &str,
    conversation: &Conversation<'_>,
    shared: &HashSet<String>,
    context: &mut Context<'_>,
) -> Result<String, Stop> {
    let is_gone = shown.is_empty() || row::is_deleted(shown);
    if is_gone {
        let file = conversation.files.first().map_or("", |found| found.file.name());
        context.find("deleted-account", file, 0);
    }
    if conversation.is_encrypted {
        // The encrypted download says a name and nothing that stays.
        let id = if is_gone { "thread:e2ee".to_owned() } else { format!("name:{shown}") };
        let flags = if is_gone { AccountFlags::GONE } else { AccountFlags::NONE };
        context.named(&id, if is_gone { "" } else { shown }, flags)?;
        return Ok(id);
    }
    let id = format!("thread:{}", conversation.id);
    if is_gone {
        context.named(&id, "", AccountFlags::GONE)?;
    } else if shared.contains(shown) {
        context.named(&id, shown, AccountFlags::NONE)?;
    } else {
        let named = format!("name:{shown}");
        context.account(&AccountRecord {
            id: &named,
            alias: &id,
            name: shown,
            ..AccountRecord::default()
        })?;
    }
    Ok(id)
}

/// Returns what stands under a key of a row; of a key that is there twice the last one counts.
fn field<'v>(row: &'v Value<'_>, key: &str) -> Option<&'v Value<'v>> {
    let fields = row.as_object()?.as_vec();
    fields.iter().rev().find(|(known, _)| **known == *key).map(|(_, value)| value)
}

/// Reports one message: from the owner to everyone in the conversation, or from somebody to the owner.
fn message(
    thread: &Thread<'_>,
    (value, file, place): (&Value<'_>, &str, u64),
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    let either =
        |usual: &str, encrypted: &str| field(value, usual).or_else(|| field(value, encrypted));
    let ms = either("timestamp_ms", "timestamp").and_then(Value::as_i64).unwrap_or(0);
    let at = match context.moment_of_ms(ms) {
        Ok(at) => at,
        Err(code) => {
            context.find(code, file, place);
            return Ok(());
        }
    };
    let sender = either("sender_name", "senderName").and_then(Value::as_str).unwrap_or_default();
    let sender = repair(sender);
    let sender = sender.trim();
    let is_coming =
        field(value, "type").and_then(Value::as_str).is_some_and(|sort| COMINGS.contains(&sort));
    let is_unsent = either("is_unsent", "isUnsent").and_then(Value::as_bool) == Some(true);
    let left_out =
        [(sender.is_empty(), "no-sender"), (is_unsent, "unsent"), (is_coming, "comings")];
    if let Some((_, code)) = left_out.into_iter().find(|(is_so, _)| *is_so) {
        context.find(code, file, place);
        return Ok(());
    }
    let (kind, labels) = (InteractionKind::Message, "");
    let id = format!("message/{}/{ms}", thread.id);
    if thread.own_names.contains(sender) {
        for other in &thread.others {
            let to = &other.id;
            context.event(&Event { id: &id, at, from: thread.owner, to, kind, labels })?;
        }
        return Ok(());
    }
    let known = thread.others.iter().find(|other| !thread.is_group || other.shown == sender);
    let from = match known {
        Some(member) => member.id.clone(),
        None if row::is_deleted(sender) => {
            context.find("deleted-account", file, place);
            return Ok(());
        }
        // Somebody who has left a group is no longer among its people.
        None => {
            let id = format!("name:{sender}");
            context.named(&id, sender, AccountFlags::NONE)?;
            id
        }
    };
    context.event(&Event { id: &id, at, from: &from, to: thread.owner, kind, labels })
}
