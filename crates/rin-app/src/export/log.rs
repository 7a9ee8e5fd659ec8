//! What happened and what stands: interactions and ties, those among others too, in the order of the store.

use rin_core::{AccountId, TieEnd, TieStart, Window};

use super::{Cell, RowWriter, Source, utc};
use crate::SessionError;

pub(super) const TIES: &[&str] = &[
    "from_account",
    "to_account",
    "from_party",
    "to_party",
    "platform",
    "kind",
    "direction",
    "start",
    "start_known",
    "end",
    "end_known",
    "end_by",
];

pub(super) const INTERACTIONS: &[&str] = &[
    "at",
    "platform",
    "kind",
    "direction",
    "from_account",
    "to_account",
    "from_party",
    "to_party",
];

impl Source<'_> {
    pub(super) fn ties(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        self.reader.each_tie(|tie| {
            let (start, start_known) = match tie.start {
                TieStart::Unknown => (Cell::Missing, "unknown"),
                TieStart::AtOrBefore(at) => (utc(at), "at_or_before"),
                TieStart::Exact(at) => (utc(at), "exact"),
            };
            let (end, end_known, end_by) = match tie.end {
                TieEnd::Open => (Cell::Missing, "open", Cell::Missing),
                TieEnd::Exact(at) => (utc(at), "exact", utc(at)),
                TieEnd::Between { after, by } => (utc(after), "between", utc(by)),
            };
            rows.row(&[
                Cell::count(tie.from.get()),
                Cell::count(tie.to.get()),
                self.party(tie.from),
                self.party(tie.to),
                self.platform(tie.from),
                Cell::text(tie.kind.name()),
                Cell::text(self.direction(tie.from, tie.to)),
                start,
                Cell::text(start_known),
                end,
                Cell::text(end_known),
                end_by,
            ]);
        })?;
        Ok(())
    }

    pub(super) fn interactions(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        self.reader.each_interaction(Window::ALWAYS, |it| {
            if rows.has_failed() {
                return;
            }
            rows.row(&[
                utc(it.at),
                self.platform(it.from),
                Cell::text(it.kind.name()),
                Cell::text(self.direction(it.from, it.to)),
                Cell::count(it.from.get()),
                Cell::count(it.to.get()),
                self.party(it.from),
                self.party(it.to),
            ]);
        })?;
        Ok(())
    }

    fn direction(&self, from: AccountId, to: AccountId) -> &'static str {
        match (self.people.own.contains(&from), self.people.own.contains(&to)) {
            (true, false) => "sent",
            (false, true) => "received",
            (true, true) => "own",
            (false, false) => "others",
        }
    }
}
