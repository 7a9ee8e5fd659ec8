//! Conversations: who wrote to whom and when, never what.
//!
//! An export names the people of a conversation by the names they show, which many share and anyone may change. So the
//! other side of a conversation of two is known by the conversation's own number, and only the members of a group by the name
//! they show. A conversation's folder may be called by a user name: only where it is one that stands in a list and cannot
//! have been made of the name shown are the two taken for one account.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rin_plugin::{
    prelude::{AccountFlags, AccountRecord, InteractionKind, ReadError, Stop},
    text::repair,
};
use serde_json_borrow::Value;

use super::{
    context::{Context, Event, hash_of},
    entry, find,
    find::{Found, Part},
    name,
    owner::Owner,
};

/// Others in a group up to which what is said counts as said to each: in a bigger one it is an announcement.
const MOST_MEMBERS: usize = 16;
/// Names of one conversation that are kept; Instagram lets 250 people into one.
const MOST_NAMES: usize = 300;
/// How Instagram shows an account that was deleted, and how it calls the folder then.
const DELETED: [&str; 4] =
    ["Instagram User", "Instagram-Nutzer", "Instagram-Nutzer:in", "Utilisateur Instagram"];
const DELETED_FOLDER: &str = "instagramuser";

/// One conversation.
struct Conversation<'f> {
    /// What its folder is called before the number.
    folder: &'f str,
    id: &'f str,
    files: Vec<Found<'f>>,
    /// The names of those in it, the owner's too.
    names: BTreeSet<String>,
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

/// Reads all conversations; returns whether all of them could be read.
///
/// `known` holds the hashes of the user names that stand in the lists.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; what cannot be read is a finding.
pub(super) fn read(
    owner: &Owner,
    files: &[Found<'_>],
    known: &HashSet<u64>,
    context: &mut Context<'_>,
) -> Result<bool, ReadError> {
    let mut conversations = gather(files);
    for conversation in conversations.values_mut() {
        names_of(conversation, context);
    }
    let Some(own_names) = own_names(owner, conversations.values()) else {
        if let Some(found) = files.first() {
            context.find("own-name-unknown", found.file.name(), 0);
        }
        return Ok(false);
    };
    let mut is_whole = !files.is_empty();
    for conversation in conversations.values() {
        is_whole &= read_one(owner, &own_names, (conversation, known), context)?;
    }
    Ok(is_whole)
}

fn gather<'f>(files: &[Found<'f>]) -> BTreeMap<&'f str, Conversation<'f>> {
    let mut all: BTreeMap<&str, Conversation<'f>> = BTreeMap::new();
    for found in files {
        let (folder, id) = find::conversation(found.file);
        let fresh = || Conversation { folder, id, files: Vec::new(), names: BTreeSet::new() };
        all.entry(id).or_insert_with(fresh).files.push(*found);
    }
    for conversation in all.values_mut() {
        conversation.files.sort_by_key(|found| found.number);
    }
    all
}

/// Gathers the names of those in a conversation; a file that is damaged is told when its messages are read.
fn names_of(conversation: &mut Conversation<'_>, context: &Context<'_>) {
    for found in &conversation.files {
        let names = &mut conversation.names;
        context.quiet_rows(found.file, &["participants"], |row| {
            let shown = repair(entry::text_of(Some(row), "name")).into_owned();
            if !shown.is_empty() && names.len() < MOST_NAMES {
                names.insert(shown);
            }
        });
    }
}

/// Returns the names the owner goes by in conversations: those of the profile, else the one that is in all of them.
fn own_names<'c>(
    owner: &Owner,
    conversations: impl Iterator<Item = &'c Conversation<'c>> + Clone,
) -> Option<BTreeSet<String>> {
    let is_own = |name: &&String| owner.values.contains(*name) || **name == owner.id;
    let all = conversations.clone().flat_map(|conversation| &conversation.names);
    let own: BTreeSet<String> = all.filter(is_own).cloned().collect();
    if !own.is_empty() {
        return Some(own);
    }
    let mut named = conversations.map(|conversation| &conversation.names).filter(|n| 1 < n.len());
    let mut shared = named.next()?.clone();
    let mut others = 0;
    for names in named {
        shared.retain(|name| names.contains(name));
        others += 1;
    }
    (0 < others && shared.len() == 1).then_some(shared)
}

fn read_one(
    owner: &Owner,
    own_names: &BTreeSet<String>,
    (conversation, known): (&Conversation<'_>, &HashSet<u64>),
    context: &mut Context<'_>,
) -> Result<bool, ReadError> {
    let shown: Vec<&String> =
        conversation.names.iter().filter(|name| !own_names.contains(*name)).collect();
    let is_group = 1 < shown.len();
    let id_of = |shown: &str| {
        if is_group { format!("name:{shown}") } else { format!("thread:{}", conversation.id) }
    };
    let file = conversation.files.first().map_or("", |found| found.file.name());
    if MOST_MEMBERS < shown.len() {
        context.find("big-group", file, 0);
        return Ok(true);
    }
    let mut others = Vec::new();
    for name in shown {
        if is_group && is_deleted(name) {
            context.find("deleted-account", file, 0);
            continue;
        }
        others.push(Member { shown: name.clone(), id: id_of(name) });
    }
    if others.is_empty() && !is_group {
        others.push(Member { shown: String::new(), id: id_of("") });
    }
    let thread = Thread { id: conversation.id, owner: &owner.id, own_names, others, is_group };
    report(&thread, conversation, known, context)?;
    let mut is_whole = true;
    for found in &conversation.files {
        let file = found.file.name();
        is_whole &=
            context.borrowed_rows(found.file, Part::Messages.keys(), |context, row, place| {
                message(&thread, (row, file, place), context)
            })?;
    }
    Ok(is_whole)
}

/// Reports those in a conversation.
fn report(
    thread: &Thread<'_>,
    conversation: &Conversation<'_>,
    known: &HashSet<u64>,
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    let folder = conversation.folder;
    for member in &thread.others {
        let is_gone = !thread.is_group
            && (is_deleted(&member.shown) || folder == DELETED_FOLDER || member.shown.is_empty());
        let shown = if is_gone { "" } else { &*member.shown };
        if is_gone {
            let file = conversation.files.first().map_or("", |found| found.file.name());
            context.find("deleted-account", file, 0);
        }
        let is_user = !thread.is_group
            && !is_gone
            && known.contains(&hash_of(folder))
            && folder != name::slug(shown);
        let account = AccountRecord {
            id: if is_user { folder } else { &member.id },
            alias: if is_user { &member.id } else { "" },
            handle: if is_user { folder } else { "" },
            name: shown,
            flags: if is_gone { AccountFlags::GONE } else { AccountFlags::NONE },
            ..AccountRecord::default()
        };
        context.account(&account)?;
    }
    Ok(())
}

/// Returns what stands under a key of a row; of a key that is there twice the last one counts.
fn field<'v>(row: &'v Value<'_>, key: &str) -> Option<&'v Value<'v>> {
    let fields = row.as_object()?.as_vec();
    fields.iter().rev().find(|(known, _)| **known == *key).map(|(_, value)| value)
}

/// Reports one message: from the owner to everyone in the conversation, or from somebody to the owner.
fn message(
    thread: &Thread<'_>,
    (row, file, place): (&Value<'_>, &str, u64),
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    let ms = field(row, "timestamp_ms").and_then(Value::as_i64).unwrap_or(0);
    let at = match context.moment_of_ms(ms) {
        Ok(at) => at,
        Err(code) => {
            context.find(code, file, place);
            return Ok(());
        }
    };
    let sender = field(row, "sender_name").and_then(Value::as_str).unwrap_or_default();
    let sender = repair(sender);
    if sender.is_empty() {
        context.find("no-sender", file, place);
        return Ok(());
    }
    if field(row, "is_unsent").and_then(Value::as_bool) == Some(true) {
        context.find("unsent", file, place);
        return Ok(());
    }
    let (kind, labels) = (InteractionKind::Message, "");
    let id = format!("message/{}/{ms}", thread.id);
    if thread.own_names.contains(&*sender) {
        for other in &thread.others {
            let to = &other.id;
            context.event(&Event { id: &id, at, from: thread.owner, to, kind, labels })?;
        }
        return Ok(());
    }
    let from = match thread.others.iter().find(|other| other.shown == *sender) {
        Some(member) => member.id.clone(),
        None if thread.is_group && is_deleted(&sender) => {
            context.find("deleted-account", file, place);
            return Ok(());
        }
        // Somebody who has left a group is no longer among its people, nor is one whose name has changed since.
        None if thread.is_group => {
            let id = format!("name:{sender}");
            context.account(&AccountRecord {
                id: &id,
                name: &sender,
                ..AccountRecord::default()
            })?;
            id
        }
        None => match thread.others.first() {
            Some(member) => member.id.clone(),
            None => return Ok(()),
        },
    };
    context.event(&Event { id: &id, at, from: &from, to: thread.owner, kind, labels })
}

fn is_deleted(shown: &str) -> bool {
    DELETED.contains(&shown)
}
