//! What the last plan said and nobody has answered: it stays where it stood, as far as it can.

use std::collections::BTreeMap;

use super::{
    KeptLine, PlanRequest,
    book::{Book, Place},
    calendar::{Calendar, Week},
    candidate::{Candidate, WeekOffer},
};
use crate::PartyId;

/// A kept line stays while it is worth this share of what would come in its place.
const CLEARLY_WORSE: f64 = 0.8;
/// A line that was not done on its day is tried again for so many days.
const AGAIN_DAYS: i32 = 7;

/// The lines of the last plan by what they are.
#[derive(Debug)]
pub(super) struct Kept<'a> {
    lines: BTreeMap<PartyId, Vec<(i32, &'a KeptLine)>>,
}

/// Whether a line of that day belongs to a week: one that was not done on its day to the first.
const fn is_of(day: i32, week: Week) -> bool {
    let is_over = week.number == 0 && -AGAIN_DAYS <= day && day < 0;
    is_over || week.start <= day && day < week.end
}

/// A candidate that the last plan had too, with its old place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    pub(super) candidate: usize,
    pub(super) day: i32,
    seat: usize,
}

impl<'a> Kept<'a> {
    pub(super) fn new(request: &PlanRequest<'a>, calendar: Calendar) -> Self {
        let mut lines: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in request.keep {
            let day = calendar.number_of(line.day);
            lines.entry(line.party).or_default().push((day, line));
        }
        Self { lines }
    }

    /// Whether a party is to have its turn in a later week and none in this.
    pub(super) fn is_later(&self, party: PartyId, week: Week) -> bool {
        self.lines.get(&party).is_some_and(|lines| {
            let mut days = lines.iter().map(|(day, _)| *day);
            days.clone().any(|day| week.end <= day) && !days.any(|day| is_of(day, week))
        })
    }

    /// Returns the candidates that stood in the last plan in this week, in their order.
    pub(super) fn again(
        &self,
        request: &PlanRequest<'_>,
        week: Week,
        offers: &[WeekOffer<'_>],
        candidates: &[Candidate],
    ) -> Vec<Again> {
        if self.lines.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (at, candidate) in candidates.iter().enumerate() {
            let Some(lines) = self.lines.get(&candidate.party) else { continue };
            let Some(of) = offers.get(candidate.offer) else { continue };
            let kind = of.offer.info.kinds.get(usize::from(candidate.kind)).map(|kind| &kind.id);
            let is_it = |(day, line): &&(i32, &KeptLine)| {
                is_of(*day, week) && line.strategy == of.offer.info.id && Some(&line.kind) == kind
            };
            let Some((day, line)) = lines.iter().find(is_it) else { continue };
            let seat = request.team.iter().position(|seat| seat.name == line.seat);
            found.extend(seat.map(|seat| Again { candidate: at, day: *day, seat }));
        }
        found
    }
}

impl Again {
    /// Returns where it may stand: where it stood, or on a day that its member still has.
    pub(super) fn place(
        &self,
        book: &Book<'_>,
        week: Week,
        candidate: &Candidate,
    ) -> Option<Place> {
        let is_over = self.day < week.start;
        let mut days =
            if is_over { week.start.max(candidate.from)..week.end } else { self.day..self.day + 1 };
        let place = |day| Place { day, seat: self.seat };
        days.find(|day| book.fits(candidate, place(*day)).is_ok()).map(place)
    }
}

/// Whether a kept line is clearly worse than another that would take its place: not while somebody waits for it, and
/// always if somebody waits for the other.
pub(super) fn is_clearly_worse(old: &Candidate, new: &Candidate) -> bool {
    // By another policy ranks may be below zero.
    let least = new.index - (1.0 - CLEARLY_WORSE) * new.index.abs();
    !old.is_owed && (new.is_owed || old.index < least)
}
