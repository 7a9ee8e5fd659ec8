//! Whom the owner follows, blocks and mutes, and who follows the owner: lists of numbers and nothing else.
//!
//! A list counts as complete only if every entry could be read and as many are there as the manifest says, because
//! who is missing from a complete list is taken to have gone.

use std::collections::HashSet;

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::{Moment, ReadError, Record, TieEnd, TieKind, TieRecord, TieStart},
};
use serde_json::Value;

use super::{
    desk::Desk,
    kind::Kind,
    script::{self, id_of},
};

const MAX_ENTRY: usize = 1 << 16;
/// Entries remembered to find one that stands there twice; the most followed account has some hundreds of millions,
/// whose file no reader can hold.
const REMEMBERED: usize = 2_000_000;

/// Reads the lists of one kind.
#[derive(Debug)]
pub(super) struct List {
    pub(super) kind: Kind,
    /// When it stood.
    pub(super) stood: Moment,
    seen: HashSet<u64>,
}

impl List {
    pub(super) fn new(kind: Kind, stood: Moment) -> Self {
        Self { kind, stood, seen: HashSet::new() }
    }

    /// Returns the tie a list of this kind holds.
    pub(super) const fn tie(kind: Kind) -> TieKind {
        match kind {
            Kind::Blocks => TieKind::Block,
            Kind::Mutes => TieKind::Mute,
            _ => TieKind::Follow,
        }
    }

    /// Reads one file of the list; `false` if something of it is missing.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the taker wants no more.
    pub(super) fn file(
        &mut self,
        archive: &Archive<'_>,
        file: &ArchiveFile,
        expected: Option<u64>,
        desk: &mut Desk<'_>,
    ) -> Result<bool, ReadError> {
        let mut is_whole = true;
        let owner = desk.owner.id.clone();
        let read = script::each_item(archive, file, MAX_ENTRY, |item| {
            desk.progress(item.index, item.place);
            let Some(id) = script::parse(item.bytes).and_then(|(value, _)| account(&value)) else {
                is_whole = false;
                desk.note("bad-entry", file.name(), item.place);
                return Ok(());
            };
            if id == owner {
                desk.note("own-entry", file.name(), item.place);
                return Ok(());
            }
            if self.is_known(&id) {
                desk.note("duplicate-entry", file.name(), item.place);
                return Ok(());
            }
            let (from, to) = match self.kind {
                Kind::Followers => (id.as_str(), owner.as_str()),
                _ => (owner.as_str(), id.as_str()),
            };
            desk.sink.record(Record::Tie(TieRecord {
                from,
                to,
                kind: Self::tie(self.kind),
                start: TieStart::AtOrBefore(self.stood),
                end: TieEnd::Open,
                label: "",
            }))
        });
        Ok(desk.close(file, read, expected)? && is_whole)
    }

    fn is_known(&mut self, id: &str) -> bool {
        let Ok(id) = id.parse() else { return false };
        if self.seen.len() < REMEMBERED { !self.seen.insert(id) } else { self.seen.contains(&id) }
    }
}

/// Returns whom an entry names, wrapped in a word or not.
fn account(value: &Value) -> Option<String> {
    let wrapped = value.as_object()?.values().find_map(|inner| id_of(inner, &["accountId"]));
    wrapped.or_else(|| id_of(value, &["accountId"]))
}

/// Adds up how many entries a file has, for what is only counted.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn count(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    desk: &mut Desk<'_>,
) -> Result<u64, ReadError> {
    let mut count = 0;
    let read = script::each_item(archive, file, super::posts::MAX_POST, |item| {
        desk.progress(item.index, item.place);
        count += 1;
        Ok(())
    });
    desk.close(file, read, None)?;
    Ok(count)
}
