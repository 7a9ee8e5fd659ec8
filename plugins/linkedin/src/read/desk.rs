//! What every part of a reading writes with: the owner, the people, the records' taker, the findings, and the range
//! of what was seen.

use rin_plugin::{
    archive::Findings,
    prelude::{
        InteractionKind, InteractionRecord, Moment, Record, RecordSink, Seen, Stop, TieEnd,
        TieKind, TieRecord, TieStart,
    },
};

use super::{
    owner::Owner,
    people::{GONE, People, fold},
    say,
    when::{self, Spelling},
};

const DAY_MS: i64 = 86_400_000;
/// 2003-05-05, the day the platform opened (<https://news.linkedin.com/about-us>).
const OPENED: Moment = Moment::from_unix_ms(1_052_092_800_000);

/// What a reading of one export writes with.
pub(super) struct Desk<'d> {
    pub(super) owner: Owner,
    pub(super) people: People,
    pub(super) now: Moment,
    pub(super) sink: &'d mut dyn RecordSink,
    pub(super) findings: &'d mut Findings,
    pub(super) seen: Seen,
}

/// The other side as a row names it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'s> {
    pub(super) name: &'s str,
    /// The id in the profile's address; empty if there is none.
    pub(super) profile: &'s str,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) file: &'p str,
    pub(super) line: u64,
}

/// A relation with somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie<'t> {
    pub(super) kind: TieKind,
    pub(super) from: &'t str,
    pub(super) to: &'t str,
    pub(super) start: TieStart,
    pub(super) end: TieEnd,
    pub(super) label: &'t str,
}

impl Desk<'_> {
    /// Counts a finding about a row.
    pub(super) fn note(&mut self, code: &'static str, place: Place<'_>) {
        self.findings.add(say::finding(code, place.file, place.line));
    }

    /// Returns the moment of a date, and says once what is odd about its spelling.
    pub(super) fn when(&mut self, text: &str, place: Place<'_>) -> Option<Moment> {
        let until = self.now.unix_ms().saturating_add(DAY_MS);
        let found =
            when::when(text).filter(|found| OPENED <= found.at && found.at.unix_ms() <= until);
        let Some(found) = found else {
            self.note("no-date", place);
            return None;
        };
        match found.spelling {
            Spelling::Exact | Spelling::Day => {}
            Spelling::Unzoned => self.note("no-zone", place),
            Spelling::Resaved => self.note("resaved", place),
            Spelling::Localised => self.note("localised", place),
        }
        self.seen.add(found.at);
        Some(found.at)
    }

    /// Returns the id of somebody and notes them to be reported; `None` for who is gone or unnamed, which is counted.
    pub(super) fn id_of(&mut self, side: Side<'_>, place: Place<'_>) -> Option<String> {
        let mut codes = Vec::new();
        let id = self.id_with(side, &mut codes);
        for code in codes {
            self.note(code, place);
        }
        id
    }

    /// The same, with what is to be counted added to `codes`.
    pub(super) fn id_with(
        &mut self,
        side: Side<'_>,
        codes: &mut Vec<&'static str>,
    ) -> Option<String> {
        if !side.profile.is_empty() {
            self.people.report(side.profile, side.name, super::flags_of(side.profile));
            return Some(side.profile.to_owned());
        }
        match &*fold(side.name) {
            "" => codes.push("no-name"),
            GONE => codes.push("gone"),
            _ => {
                let found = self.people.find(side.name);
                if found.is_shared {
                    codes.push("namesakes");
                }
                self.people.report(&found.id, side.name, super::flags_of(&found.id));
                return Some(found.id);
            }
        }
        None
    }

    pub(super) fn event(
        &mut self,
        id: &str,
        at: Moment,
        (from, to): (&str, &str),
        kind: InteractionKind,
    ) -> Result<(), Stop> {
        // Of messages and invitations nothing but the fact is kept, so there are no labels.
        let record = InteractionRecord { id, at, from, to, kind, labels: "" };
        self.sink.record(Record::Interaction(record))
    }

    pub(super) fn tie(&mut self, tie: Tie<'_>) -> Result<(), Stop> {
        let Tie { kind, from, to, start, end, label } = tie;
        self.sink.record(Record::Tie(TieRecord { from, to, kind, start, end, label }))
    }
}
