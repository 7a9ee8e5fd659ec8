//! Lists of people: who follows, whom one follows, blocks, restricts, keeps close, stopped following.
//!
//! A list counts as complete only if every row of it and every part of it could be read, because what is missing from a
//! complete list is taken to have ended.

use std::collections::HashSet;

use rin_plugin::prelude::{Moment, ReadError, Stop, TieEnd, TieKind, TieRecord, TieStart};
use serde_json::Value;

use super::{
    context::{Context, hash_of},
    entry::{self, Nobody},
    find::{Found, Part},
};

/// How a list's rows become ties.
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'l> {
    /// The id the owner goes by in it.
    pub(super) owner: &'l str,
    pub(super) part: Part,
}

/// What one kind of list said.
#[derive(Default, Debug)]
pub(super) struct Read {
    /// Whether all of it was read.
    pub(super) is_whole: bool,
    /// The first moment a tie of it began.
    pub(super) first: Option<Moment>,
    /// Hashes of the names on it.
    pub(super) names: HashSet<u64>,
}

impl List<'_> {
    pub(super) const fn kind(self) -> TieKind {
        match self.part {
            Part::Blocked | Part::ThreadsBlocked => TieKind::Block,
            Part::Restricted => TieKind::Mute,
            Part::CloseFriends => TieKind::Contact,
            _ => TieKind::Follow,
        }
    }

    const fn label(self) -> &'static str {
        match self.part {
            Part::CloseFriends => "close friends",
            Part::Restricted => "restricted",
            Part::ThreadsFollowers | Part::ThreadsFollowing | Part::ThreadsBlocked => "Threads",
            _ => "",
        }
    }

    pub(super) const fn is_to_owner(self) -> bool {
        matches!(self.part, Part::Followers | Part::ThreadsFollowers)
    }
}

/// Reads all parts of one list.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; what cannot be read is a finding.
pub(super) fn read(
    list: List<'_>,
    files: &[Found<'_>],
    context: &mut Context<'_>,
) -> Result<Read, ReadError> {
    let mut read = Read { is_whole: !files.is_empty(), ..Read::default() };
    let mut numbers: Vec<u32> = files.iter().map(|found| found.number.max(1)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let is_gapless = (1..).zip(&numbers).all(|(expected, number)| expected == *number);
    if let (false, Some(found)) = (is_gapless, files.first()) {
        context.find("missing-part", found.file.name(), 0);
        read.is_whole = false;
    }
    for found in files {
        let file = found.file.name();
        let is_whole = context.rows(found.file, list.part.keys(), |context, row, place| {
            row_of(list, (row, file, place), &mut read, context)
        })?;
        read.is_whole &= is_whole;
    }
    Ok(read)
}

fn row_of(
    list: List<'_>,
    (row, file, place): (&Value, &str, u64),
    read: &mut Read,
    context: &mut Context<'_>,
) -> Result<(), Stop> {
    let name = match entry::person(row) {
        Ok(name) => name,
        Err(Nobody::Deleted) => {
            context.find("deleted-account", file, place);
            return Ok(());
        }
        Err(_) => {
            read.is_whole = false;
            context.find("bad-name", file, place);
            return Ok(());
        }
    };
    if list.owner.strip_prefix(super::THREADS).unwrap_or(list.owner) == name {
        context.find("own-row", file, place);
        return Ok(());
    }
    if !read.names.insert(hash_of(&name)) {
        context.find("duplicate-row", file, place);
        return Ok(());
    }
    let at = context.moment(entry::seconds(row));
    if let Err(code) = at {
        context.find(if code == "no-date" { "undated-tie" } else { code }, file, place);
    }
    let at = at.ok();
    read.first = match (read.first, at) {
        (Some(first), Some(at)) => Some(first.min(at)),
        (first, at) => first.or(at),
    };
    if let Some(at) = at {
        context.seen.until = context.seen.until.max(Some(at));
    }
    let shown = entry::display_name(row).unwrap_or_default();
    context.person(&name, &shown)?;
    let (from, to) = if list.is_to_owner() { (&*name, list.owner) } else { (list.owner, &*name) };
    let (start, end) = match (list.part, at) {
        // The date of a row says when the following was ended.
        (Part::Unfollowed, Some(at)) => (TieStart::Unknown, TieEnd::Exact(at)),
        (_, Some(at)) => (TieStart::Exact(at), TieEnd::Open),
        (_, None) => (TieStart::Unknown, TieEnd::Open),
    };
    if list.part == Part::Unfollowed && at.is_none() {
        return Ok(());
    }
    context.tie(TieRecord { from, to, kind: list.kind(), start, end, label: list.label() })
}
