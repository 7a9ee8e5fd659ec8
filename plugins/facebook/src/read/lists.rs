//! Lists of people, pages and groups: friends, friends that were, whom and what one follows, likes, belongs to.
//!
//! All that an export says of them is the name they show. Namesakes are one account, and that is said: two friends of
//! one name cannot be told apart anywhere else in the export either.

use std::collections::HashSet;

use rin_plugin::{
    prelude::{
        AccountFlags, FactKind, Moment, ReadError, Stop, TieEnd, TieKind, TieRecord, TieStart,
    },
    text::{Facts, repair},
};
use serde_json::Value;

use super::{
    context::{Context, hash_of},
    find::{Found, Part},
    row,
    sentence::Names,
};

/// What one kind of list said.
#[derive(Default, Debug)]
pub(super) struct Read {
    /// Whether all of it was read.
    pub(super) is_whole: bool,
    /// The first moment a tie of it began.
    pub(super) first: Option<Moment>,
    /// Names that stand on it more than once.
    pub(super) shared: Vec<String>,
}

/// Which tie a list's rows are; `None` for what is no list of ties.
pub(super) const fn kind(part: Part) -> Option<TieKind> {
    Some(match part {
        Part::Friends | Part::Removed => TieKind::Friend,
        Part::Following => TieKind::Follow,
        Part::PagesFollowed => TieKind::Subscriber,
        Part::PagesLiked => TieKind::Endorser,
        Part::Groups => TieKind::Member,
        _ => return None,
    })
}

/// Returns the id of somebody or something on a list of that sort.
fn id_of(part: Part, name: &str) -> String {
    match part {
        Part::PagesFollowed | Part::PagesLiked => format!("page:{name}"),
        Part::Groups => format!("group:{name}"),
        _ => format!("name:{name}"),
    }
}

/// Reads all files of one list; adds those on it to the known names.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; what cannot be read is a finding.
pub(super) fn read(
    owner: &str,
    (part, files): (Part, &[Found<'_>]),
    names: &mut Names,
    context: &mut Context<'_>,
) -> Result<Read, ReadError> {
    let Some(kind) = kind(part) else { return Ok(Read::default()) };
    let mut reading =
        Reading { owner, part, kind, names, seen: HashSet::new(), read: Read::default() };
    reading.read.is_whole = !files.is_empty();
    for found in files {
        let file = found.file.name();
        let is_whole = context.rows(found.file, part.keys(), |context, value, place| {
            reading.row((value, file, place), context)
        })?;
        reading.read.is_whole &= is_whole;
    }
    Ok(reading.read)
}

/// The reading of one list.
struct Reading<'l> {
    owner: &'l str,
    part: Part,
    kind: TieKind,
    names: &'l mut Names,
    /// Hashes of the rows and of the names: the names themselves would fill the memory.
    seen: HashSet<u64>,
    read: Read,
}

impl Reading<'_> {
    fn row(
        &mut self,
        (value, file, place): (&Value, &str, u64),
        context: &mut Context<'_>,
    ) -> Result<(), Stop> {
        let Some(name) = name_of(value) else {
            self.read.is_whole = false;
            context.find("bad-name", file, place);
            return Ok(());
        };
        if row::is_deleted(&name) {
            context.find("deleted-account", file, place);
            return Ok(());
        }
        let seconds = row::seconds(value);
        if !self.seen.insert(hash_of((&name, seconds))) {
            context.find("duplicate-row", file, place);
            return Ok(());
        }
        if !self.seen.insert(hash_of(&name)) {
            context.find("namesake", file, place);
            self.read.shared.push(name.clone());
        }
        if !is_thing(self.part) {
            self.names.add(&name);
        }
        let at = match context.moment(seconds) {
            Ok(at) => Some(at),
            Err(code) => {
                context.find(if code == "no-date" { "undated-tie" } else { code }, file, place);
                None
            }
        };
        self.read.first = match (self.read.first, at) {
            (Some(first), Some(at)) => Some(first.min(at)),
            (first, at) => first.or(at),
        };
        let id = id_of(self.part, &name);
        let flags =
            if is_thing(self.part) { AccountFlags::ORGANISATION } else { AccountFlags::NONE };
        if self.part != Part::Removed || at.is_some() {
            // Until 2020 an address stood beside some friends.
            let mut facts = Facts::default();
            facts.add(FactKind::Mail, row::text_of(Some(value), "contact_info"));
            context.known((&id, &name), flags, &facts)?;
        }
        tie(self.owner, (self.part, self.kind), (&id, at), context)
    }
}

/// Whether what stands on the list is no person.
const fn is_thing(part: Part) -> bool {
    matches!(part, Part::PagesFollowed | Part::PagesLiked | Part::Groups)
}

fn tie(
    owner: &str,
    (part, kind): (Part, TieKind),
    (id, at): (&str, Option<Moment>),
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    if let Some(at) = at {
        context.seen.until = context.seen.until.max(Some(at));
    }
    let (start, end) = match (part, at) {
        // The date of a row says when the friendship was ended.
        (Part::Removed, Some(at)) => (TieStart::Unknown, TieEnd::Exact(at)),
        (Part::Removed, None) => return Ok(()),
        (_, Some(at)) => (TieStart::Exact(at), TieEnd::Open),
        (_, None) => (TieStart::Unknown, TieEnd::Open),
    };
    context.tie(TieRecord { from: owner, to: id, kind, start, end, label: "" })
}

/// Returns the name in a row: its own, or that in its data.
fn name_of(value: &Value) -> Option<String> {
    let inner = value.get("data").and_then(|data| data.get(0));
    let names = [row::text_of(Some(value), "name"), row::text_of(inner, "name")];
    let name = names.into_iter().map(str::trim).find(|name| !name.is_empty())?;
    Some(repair(name).into_owned())
}
