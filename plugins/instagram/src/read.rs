//! Reads an Instagram export in JSON, of every era since 2021, Threads included.
//!
//! Lists come first, because a conversation is matched with the names on them; the moment of the export is known last.

mod context;
mod copies;
mod entry;
mod events;
mod find;
mod inbox;
mod lists;
mod name;
mod owner;
mod probe;
mod say;

use std::collections::HashSet;

use rin_plugin::{
    archive::{Archive, Limits},
    prelude::{
        CoverageRecord, InteractionKind, InteractionKinds, Moment, PluginError, ReadError, Record,
        RecordSink, Seen, Source, TieKind, TieKinds,
    },
};

pub(crate) use self::probe::probe;
use self::{
    context::Context,
    find::{Found, Part, find_parts},
    lists::List,
    owner::Export,
};

/// What the owner's id begins with on Threads, where others go by the name they have on Instagram.
const THREADS: &str = "threads:";
const DAY_MS: i64 = 86_400_000;
/// The longest period but "all time" that an export can be asked for, and some days for the making of it.
const LONGEST_PERIOD: i64 = (3 * 366 + 10) * DAY_MS;
/// How soon after its making an account shows something.
const FIRST_SIGN: i64 = 30 * DAY_MS;

/// Lists of Instagram, and what a complete one covers.
const LISTS: [Part; 5] =
    [Part::Followers, Part::Following, Part::Blocked, Part::Restricted, Part::CloseFriends];
const THREADS_LISTS: [Part; 3] =
    [Part::ThreadsFollowers, Part::ThreadsFollowing, Part::ThreadsBlocked];
/// What is done in public, and what a file of it covers.
const EVENTS: [(Part, Option<InteractionKind>); 5] = [
    (Part::LikedPosts, Some(InteractionKind::Reaction)),
    (Part::LikedComments, None),
    (Part::LikedStories, None),
    (Part::Comments, Some(InteractionKind::Comment)),
    (Part::Posts, Some(InteractionKind::Mention)),
];
const THREADS_EVENTS: [(Part, Option<InteractionKind>); 2] = [
    (Part::ThreadsLikes, Some(InteractionKind::Reaction)),
    (Part::ThreadsPosts, Some(InteractionKind::Mention)),
];

/// Returns the owner's user name as set by the user; empty if it is not.
pub(crate) fn own_name(word: Option<&str>) -> Result<String, PluginError> {
    owner::by_word(word).ok_or_else(|| PluginError {
        key: "me".to_owned(),
        what: "must be a user name: letters, digits, dots and underscores".to_owned(),
    })
}

/// Reads everything in the source.
pub(crate) fn read(
    source: &dyn Source,
    me: &str,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let parts = find_parts(&archive);
    let exports = owner::group(&archive, &parts, me, &mut findings);
    if exports.is_empty() {
        return Err(findings.failure().unwrap_or_else(|| match parts.first() {
            Some(found) if found.part == Part::Old => say::old_format(found.file),
            Some(found) => say::no_owner(found.file),
            None => say::no_export(&archive),
        }));
    }
    let total = exports.iter().flat_map(|export| &export.parts);
    let total = total.filter_map(|found| found.file.size()).fold(0, u64::saturating_add);
    let mut done = 0;
    for mut export in exports {
        export.parts = copies::drop_older(&export.parts, &mut findings);
        let mut context = Context::new(&archive, &mut findings, &mut *sink, source.now());
        (context.done, context.total) = (done, total);
        read_export(&export, &mut context)?;
        done = context.done;
    }
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

/// What one side of an export said, Instagram's or that of Threads.
#[derive(Default)]
struct Said {
    sent: InteractionKinds,
    received: InteractionKinds,
    held: TieKinds,
    to: TieKinds,
    first_tie: Option<Moment>,
    /// Hashes of the names on the lists.
    names: HashSet<u64>,
}

/// Reads all parts of one owner.
fn read_export(export: &Export<'_>, context: &mut Context<'_>) -> Result<(), ReadError> {
    let owner = &export.owner;
    context.account(&owner.record(&owner.id, context::page(&owner.id).as_str()))?;
    let mut said = Said::default();
    read_lists(export, &owner.id, &LISTS, &mut said, context)?;
    read_events(export, &owner.id, &EVENTS, &mut said, context)?;
    let conversations = of(export, Part::Messages);
    if inbox::read(owner, &conversations, &said.names, context)? {
        said.received = InteractionKinds::of(&[InteractionKind::Message]);
        said.sent = said.sent | said.received;
    }
    let instagram = context.seen;
    let until = until(export, instagram.until, context.now);
    let is_all_time = reaches_back(export, &said, instagram, until);
    coverage(&owner.id, &said, (instagram.since, until, is_all_time), context)?;
    note(export, &said, is_all_time, context);
    if export.parts.iter().all(|found| !found.part.is_of_threads()) {
        return Ok(());
    }
    let id = format!("{THREADS}{}", owner.id);
    context.account(&owner.record(&id, ""))?;
    context.seen = Seen::default();
    let mut said = Said::default();
    read_lists(export, &id, &THREADS_LISTS, &mut said, context)?;
    read_events(export, &id, &THREADS_EVENTS, &mut said, context)?;
    let since = context.seen.since;
    let until = until.max(context.seen.until.map_or(until, |at| at.min(context.now)));
    coverage(&id, &said, (since, until, is_all_time), context)
}

fn read_lists(
    export: &Export<'_>,
    owner: &str,
    parts: &[Part],
    said: &mut Said,
    context: &mut Context<'_>,
) -> Result<(), ReadError> {
    for part in parts.iter().copied() {
        let list = List { owner, part };
        let read = lists::read(list, &of(export, part), context)?;
        if read.is_whole && list.is_to_owner() {
            said.to = said.to | TieKinds::of(&[list.kind()]);
        } else if read.is_whole {
            said.held = said.held | TieKinds::of(&[list.kind()]);
        }
        said.first_tie = earlier(said.first_tie, read.first);
        said.names.extend(read.names);
    }
    let unfollowed =
        if owner.starts_with(THREADS) { Vec::new() } else { of(export, Part::Unfollowed) };
    lists::read(List { owner, part: Part::Unfollowed }, &unfollowed, context)?;
    Ok(())
}

fn read_events(
    export: &Export<'_>,
    owner: &str,
    parts: &[(Part, Option<InteractionKind>)],
    said: &mut Said,
    context: &mut Context<'_>,
) -> Result<(), ReadError> {
    for (part, covers) in parts.iter().copied() {
        let is_whole = events::read(owner, part, &of(export, part), context)?;
        if let (true, Some(kind)) = (is_whole, covers) {
            said.sent = said.sent | InteractionKinds::of(&[kind]);
        }
    }
    Ok(())
}

fn of<'a>(export: &Export<'a>, part: Part) -> Vec<Found<'a>> {
    export.parts.iter().filter(|found| found.part == part).copied().collect()
}

fn earlier(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Returns the moment of the export: the time its archive was written or the day in its name, else its last event.
fn until(export: &Export<'_>, last: Option<Moment>, now: Moment) -> Moment {
    let stored = export.parts.iter().filter(|found| found.file.is_archived());
    let stored = stored.filter_map(|found| found.file.modified()).max();
    last.max(stored.or(export.day)).unwrap_or(now).min(now)
}

/// Whether the export plainly holds more than some last period: it begins with the account, or long enough ago.
///
/// An export of the last year holds the followers of the last year only. If its lists counted as complete, everybody who
/// followed before would be taken to have left.
fn reaches_back(export: &Export<'_>, said: &Said, seen: Seen, until: Moment) -> bool {
    let Some(first) = earlier(said.first_tie, seen.since) else { return false };
    let begins_with_account = export.owner.signup.is_some_and(|signup| {
        first.unix_ms() <= signup.saturating_mul(1000).saturating_add(FIRST_SIGN)
    });
    begins_with_account || first.unix_ms() < until.unix_ms().saturating_sub(LONGEST_PERIOD)
}

fn coverage(
    account: &str,
    said: &Said,
    (since, until, is_all_time): (Option<Moment>, Moment, bool),
    context: &mut Context<'_>,
) -> Result<(), ReadError> {
    let complete = |kinds: TieKinds| if is_all_time { kinds } else { TieKinds::NONE };
    context.sink.record(Record::Coverage(CoverageRecord {
        account,
        sent: said.sent,
        received: said.received,
        ties_held: complete(said.held),
        ties_to: complete(said.to),
        since,
        until: Some(until),
    }))?;
    Ok(())
}

/// Says what the export cannot show, and what of it was counted only.
fn note(export: &Export<'_>, said: &Said, is_all_time: bool, context: &mut Context<'_>) {
    context.find("received-not-covered", "", 0);
    if !said.received.contains(InteractionKind::Message) {
        context.find("messages-not-covered", "", 0);
    }
    if !said.held.contains(TieKind::Follow) || !said.to.contains(TieKind::Follow) {
        context.find("lists-not-covered", "", 0);
    } else if !is_all_time {
        context.find("period-unknown", "", 0);
    }
    for found in &export.parts {
        let code = match found.part {
            Part::Requests => "requests",
            Part::StrangersMessages => "strangers-messages",
            Part::Old => "old-format",
            _ => continue,
        };
        context.find(code, found.file.name(), 0);
    }
}

#[cfg(test)]
mod tests;
