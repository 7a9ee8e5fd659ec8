//! Private messages, which an archive holds in both directions: who wrote to whom and when, and nothing of the text.
//!
//! A conversation of two names both sides in each message. Of a group only the sender stands there; who else was in
//! it at that moment follows from who was there at first, joined and left.

use std::collections::BTreeSet;

use rin_plugin::{
    archive::{Archive, ArchiveFile, OwnedFinding},
    prelude::{InteractionKind, Moment, ReadError, Stop},
    text::json_items,
};
use serde_json::Value;

use super::{
    desk::{Desk, Event},
    moment::{judge, moment},
    owner::Common,
    say,
    script::{self, id_of},
};

/// A conversation of some 100,000 messages.
const MAX_CONVERSATION: usize = 48 << 20;
const MAX_MESSAGE: usize = 1 << 20;
/// Where a conversation says that it is one, in bytes.
const WRAPPER: usize = 128;
/// Conversations looked into for their names only.
const MAX_NAMED: usize = 4 << 20;
/// People in a group: the platform lets in 256.
const MAX_GROUP: usize = 1_000;

/// Reads a file of conversations; `false` if something of it is missing.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn read(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    desk: &mut Desk<'_>,
) -> Result<bool, ReadError> {
    let mut is_whole = true;
    let read = script::each_item(archive, file, MAX_CONVERSATION, |item| {
        desk.progress(0, item.place);
        let Some(events) = events(item.bytes) else {
            is_whole = false;
            desk.note("bad-item", file.name(), item.place);
            return Ok(());
        };
        let mut group = Group::default();
        let mut people = People { file: file.name(), place: item.place, desk };
        people.all(events, &mut group)
    });
    Ok(desk.close(file, read, None)? && is_whole)
}

/// What happened in a conversation.
#[derive(Debug)]
struct Happened {
    at: Option<Moment>,
    what: What,
}

#[derive(Debug)]
enum What {
    Message {
        id: String,
        from: String,
        to: Option<String>,
        reactions: u64,
    },
    Join(Vec<String>),
    Leave(Vec<String>),
    /// The owner was let in where these were already.
    Found(Vec<String>),
    /// Names and pictures of groups, and what else there may be.
    Other,
    Broken,
}

/// Returns what happened in a conversation; `None` if it is none.
fn events(bytes: &[u8]) -> Option<Vec<Happened>> {
    let mut all = Vec::new();
    // One by one, because a conversation parsed as a whole takes many times its length in memory.
    let read = json_items(unwrapped(bytes), "messages", MAX_MESSAGE, |item| {
        let value = script::parse(item.bytes);
        all.push(value.map_or_else(broken, |(value, _)| happened(&value)));
        Ok(())
    });
    let items = read.ok().filter(|items| 0 < items.arrays)?;
    all.extend((0..items.too_long).map(|_| broken()));
    Some(all)
}

/// Returns the object inside `{"dmConversation": { … }}`.
fn unwrapped(bytes: &[u8]) -> &[u8] {
    let head = bytes.get(..WRAPPER.min(bytes.len())).unwrap_or_default();
    let name = b"\"dmConversation\"";
    let inner = head.windows(name.len()).position(|window| window == name).and_then(|at| {
        let rest = bytes.get(at..bytes.len().saturating_sub(1))?;
        let open = rest.iter().position(|byte| *byte == b'{')?;
        rest.get(open..)
    });
    inner.unwrap_or(bytes)
}

fn broken() -> Happened {
    Happened { at: None, what: What::Broken }
}

fn happened(value: &Value) -> Happened {
    let Some((name, body)) = value.as_object().and_then(|object| object.iter().next()) else {
        return broken();
    };
    let ids = |key: &str| -> Vec<String> {
        let all = body.get(key).and_then(Value::as_array).into_iter().flatten();
        let ids = all.filter_map(Value::as_str).filter(|id| script::is_id(id));
        ids.take(MAX_GROUP).map(str::to_owned).collect()
    };
    let at = body.get("createdAt").and_then(Value::as_str).and_then(moment);
    let what = match name.as_str() {
        "messageCreate" => message(body),
        "participantsJoin" => What::Join(ids("userIds")),
        "participantsLeave" => What::Leave(ids("userIds")),
        "joinConversation" => What::Found(ids("participantsSnapshot")),
        _ => What::Other,
    };
    Happened { at, what }
}

fn message(body: &Value) -> What {
    let reactions = body.get("reactions").and_then(Value::as_array).map_or(0, Vec::len) as u64;
    match (id_of(body, &["id"]), id_of(body, &["senderId"])) {
        (Some(id), Some(from)) => {
            What::Message { id, from, to: id_of(body, &["recipientId"]), reactions }
        }
        _ => What::Broken,
    }
}

/// Who is in a group.
#[derive(Debug, Default)]
struct Group {
    members: BTreeSet<String>,
}

impl Group {
    /// Begins with those whom nobody let in: those found there, and those who wrote.
    fn begin(&mut self, events: &[Happened]) {
        let mut joined = BTreeSet::new();
        for event in events {
            match &event.what {
                What::Join(ids) => joined.extend(ids.iter().cloned()),
                What::Found(ids) => self.members.extend(ids.iter().cloned()),
                What::Message { from, .. } => {
                    self.members.insert(from.clone());
                }
                _ => {}
            }
            if MAX_GROUP < self.members.len() {
                break;
            }
        }
        self.members.retain(|id| !joined.contains(id));
    }
}

/// Reports the messages of one conversation.
struct People<'p, 'd> {
    file: &'p str,
    place: u64,
    desk: &'p mut Desk<'d>,
}

impl People<'_, '_> {
    fn all(&mut self, mut events: Vec<Happened>, group: &mut Group) -> Result<(), Stop> {
        // Archives hold the newest first, and not strictly.
        events.sort_by_key(|event| event.at);
        group.begin(&events);
        for event in events {
            match event.what {
                What::Message { id, from, to, reactions } => {
                    self.react(reactions);
                    self.dated((&id, event.at), (&from, to.as_deref()), group)?;
                }
                What::Join(ids) if group.members.len() < MAX_GROUP => group.members.extend(ids),
                What::Leave(ids) => group.members.retain(|id| !ids.contains(id)),
                What::Broken => self.desk.note("bad-message", self.file, self.place),
                _ => {}
            }
        }
        Ok(())
    }

    fn react(&mut self, reactions: u64) {
        if 0 < reactions {
            let finding = say::finding("message-reactions", self.file, self.place);
            self.desk.findings.add(OwnedFinding { count: reactions, ..finding });
        }
    }

    fn dated(
        &mut self,
        (id, written): (&str, Option<Moment>),
        sides: (&str, Option<&str>),
        group: &Group,
    ) -> Result<(), Stop> {
        let Some(at) = judge(written, id, self.desk.now).at else {
            self.desk.note("no-date", self.file, self.place);
            return Ok(());
        };
        self.desk.seen.add(at);
        self.message((id, at), sides, group)
    }

    fn message(
        &mut self,
        (id, at): (&str, Moment),
        (from, to): (&str, Option<&str>),
        group: &Group,
    ) -> Result<(), Stop> {
        let owner = self.desk.owner.id.clone();
        let kind = InteractionKind::Message;
        let event = Event { id, at, from, to: &owner, kind, labels: "" };
        match to {
            Some(to) if from == to => {
                self.desk.note("own-post", self.file, self.place);
                Ok(())
            }
            Some(to) if to == owner || from == owner => self.desk.send(Event { to, ..event }),
            Some(_) => {
                self.desk.note("foreign-message", self.file, self.place);
                Ok(())
            }
            None if from != owner => self.desk.send(event),
            None => {
                let others: Vec<&String> =
                    group.members.iter().filter(|member| **member != owner).collect();
                if others.is_empty() {
                    self.desk.note("to-nobody", self.file, self.place);
                }
                others.into_iter().try_for_each(|to| self.desk.send(Event { to, ..event }))
            }
        }
    }
}

/// Adds the conversations of a file to what may tell whose they are.
pub(super) fn common(archive: &Archive<'_>, file: &ArchiveFile, common: &mut Common) {
    // What is damaged is told when the file is read.
    let _read = script::each_item(archive, file, MAX_NAMED, |item| {
        if let Some((value, _)) = script::parse(item.bytes) {
            let conversation = value.get("dmConversation").unwrap_or(&value);
            common.add(conversation.get("conversationId").and_then(Value::as_str).unwrap_or(""));
        }
        Ok(())
    });
}
