//! Reads a Facebook export in JSON, of every era since 2018, the encrypted conversations beside it included.
//!
//! Lists and the people of conversations come first, because whom a comment was for stands in a sentence in which only
//! those who are known can be found.

mod context;
mod copies;
mod events;
mod find;
mod inbox;
mod lists;
mod owner;
mod probe;
mod row;
mod say;
mod sentence;

use std::collections::HashSet;

use rin_plugin::{
    archive::{Archive, Limits},
    prelude::{
        AccountFlags, CoverageRecord, InteractionKind, InteractionKinds, Moment, ReadError, Record,
        RecordSink, Source, TieKinds,
    },
};

pub(crate) use self::probe::probe;
use self::{
    context::Context,
    events::Doer,
    find::{Found, Part, find_parts},
    sentence::Names,
};

const DAY_MS: i64 = 86_400_000;
/// The longest period but "all time" that an export can be asked for, and some days for the making of it.
const LONGEST_PERIOD: i64 = (3 * 366 + 10) * DAY_MS;
/// When conversations began to be encrypted for everybody and to leave the export: 2023-12-06,
/// <https://www.nasdaq.com/articles/meta-to-start-fully-encrypting-messages-on-facebook-and-instagram-wsj>.
const ENCRYPTED_SINCE: Moment = Moment::from_unix_ms(1_701_820_800_000);
const LISTS: [Part; 6] = [
    Part::Friends,
    Part::Removed,
    Part::Following,
    Part::PagesFollowed,
    Part::PagesLiked,
    Part::Groups,
];
/// What is done in public, and what a file of it covers.
const EVENTS: [(Part, InteractionKind); 3] = [
    (Part::Comments, InteractionKind::Comment),
    (Part::Reactions, InteractionKind::Reaction),
    (Part::Posts, InteractionKind::Mention),
];

/// Reads everything in the source.
pub(crate) fn read(
    source: &dyn Source,
    me: &str,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let parts = find_parts(&archive);
    let total = parts.iter().filter_map(|found| found.file.size()).fold(0, u64::saturating_add);
    let mut context = Context::new(&archive, &mut findings, &mut *sink, source.now());
    context.total = total;
    let mut parts = copies::drop_older(&parts, context.findings);
    parts.retain(|found| found.part != Part::Encrypted || inbox::is_conversation(found, &context));
    if parts.is_empty() {
        return Err(context.findings.failure().unwrap_or_else(|| say::no_export(&archive)));
    }
    let name = owner::name_of(&parts, me, &mut context)?;
    read_export(&name, &parts, &mut context)?;
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

/// What an export said.
#[derive(Default)]
struct Said {
    sent: InteractionKinds,
    has_messages: bool,
    has_encrypted: bool,
    held: TieKinds,
    first_tie: Option<Moment>,
}

/// Reads all parts.
fn read_export(
    name: &str,
    parts: &[Found<'_>],
    context: &mut Context<'_>,
) -> Result<(), ReadError> {
    let id = format!("name:{name}");
    let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
    context.known((&id, name), flags, &owner::facts(parts, context.archive))?;
    let mut said = Said::default();
    let mut names = Names::default();
    let mut shared = HashSet::new();
    for part in LISTS {
        let read = lists::read(&id, (part, &of(parts, part)), &mut names, context)?;
        if let (true, Some(kind), true) = (read.is_whole, lists::kind(part), part.is_list()) {
            said.held = said.held | TieKinds::of(&[kind]);
        }
        said.first_tie = earlier(said.first_tie, read.first);
        shared.extend(read.shared);
    }
    let conversations = inbox::gather(parts, Part::Messages, context);
    let encrypted = inbox::gather(parts, Part::Encrypted, context);
    shared.extend(inbox::note_names(&conversations, name, &mut names));
    inbox::note_names(&encrypted, name, &mut names);
    said.has_messages = inbox::read((&id, name), &conversations, &shared, context)?;
    said.has_encrypted = inbox::read((&id, name), &encrypted, &shared, context)?;
    for (part, kind) in EVENTS {
        let doer = Doer { id: &id, name };
        if events::read(doer, (part, &of(parts, part)), &names, context)? {
            said.sent = said.sent | InteractionKinds::of(&[kind]);
        }
    }
    coverage(&id, parts, &said, context)?;
    note(parts, &said, context);
    Ok(())
}

fn of<'a>(parts: &[Found<'a>], part: Part) -> Vec<Found<'a>> {
    parts.iter().filter(|found| found.part == part).copied().collect()
}

fn earlier(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Returns the moment of the export: the time its archive was written or the day in its name, else its last event.
fn until(parts: &[Found<'_>], last: Option<Moment>, now: Moment) -> Moment {
    let stored = parts.iter().filter(|found| found.file.is_archived());
    let stored = stored.filter_map(|found| found.file.modified()).max();
    let day = parts.iter().filter_map(|found| find::day_of_label(found.root)).max().and_then(noon);
    last.max(stored.or(day)).unwrap_or(now).min(now)
}

/// Returns noon UTC of a day like 2025-10-01.
fn noon(day: &str) -> Option<Moment> {
    let date: jiff::civil::Date = day.parse().ok()?;
    let noon = jiff::tz::TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok()?;
    Some(Moment::from_unix_ms(noon.as_millisecond()))
}

/// Says what the export can see: messages apart, since they end where encryption begins.
///
/// An export of the last year lists the friends of the last year only. If its lists counted as complete, all other
/// friends would be taken to have left; so it must plainly reach back further than any period one can ask for.
fn coverage(
    account: &str,
    parts: &[Found<'_>],
    said: &Said,
    context: &mut Context<'_>,
) -> Result<(), ReadError> {
    let since = context.seen.since;
    let until = until(parts, context.seen.until, context.now);
    let first = earlier(said.first_tie, since);
    let is_all_time = first.is_some_and(|first| first.unix_ms() < until.unix_ms() - LONGEST_PERIOD);
    let ties_held = if is_all_time { said.held } else { TieKinds::NONE };
    if said.held != TieKinds::NONE && !is_all_time {
        context.find("period-unknown", "", 0);
    }
    let mut records = vec![CoverageRecord {
        account,
        sent: said.sent,
        ties_held,
        since,
        until: Some(until),
        ..CoverageRecord::default()
    }];
    let messages = InteractionKinds::of(&[InteractionKind::Message]);
    let end = if said.has_encrypted { until } else { until.min(ENCRYPTED_SINCE) };
    if said.has_messages && since.is_none_or(|since| since <= end) {
        records.push(CoverageRecord {
            account,
            sent: messages,
            received: messages,
            since,
            until: Some(end),
            ..CoverageRecord::default()
        });
    }
    if said.has_messages && end < until {
        context.find("encrypted-missing", "", 0);
    }
    for record in records {
        context.sink.record(Record::Coverage(record))?;
    }
    Ok(())
}

/// Says what the export cannot show, and what of it was counted only.
fn note(parts: &[Found<'_>], said: &Said, context: &mut Context<'_>) {
    context.find("received-not-covered", "", 0);
    if !said.has_messages && !said.has_encrypted {
        context.find("messages-not-covered", "", 0);
    } else if !said.has_messages {
        context.find("encrypted-alone", "", 0);
    }
    for found in parts {
        let code = match found.part {
            Part::Requests => "requests",
            Part::StrangersMessages => "strangers-messages",
            _ => continue,
        };
        context.find(code, found.file.name(), 0);
    }
}

#[cfg(test)]
mod tests;
