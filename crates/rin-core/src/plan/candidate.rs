//! A proposal that nothing speaks against, with its worth and its place in the order.

use std::cmp::Ordering;

use super::{
    Facts, Offer, PlanLine, PlanRequest,
    book::Place,
    calendar::{Calendar, Week},
    limits::Span,
    policy::Ranks,
    worth::{Stakes, Touch, effect_unanswered},
};
use crate::{AccountId, Minutes, Moment, PartyId, Proposed, random::lot};

/// What one strategy offers for one week.
#[derive(Clone, Copy, Debug)]
pub(super) struct WeekOffer<'a> {
    pub(super) offer: Offer<'a>,
    pub(super) number: usize,
    /// Its position when the strategies are sorted by their ids.
    pub(super) order: usize,
    /// For each row, how likely things stand so by then; empty if they do.
    pub(super) likelihood: &'a [f32],
}

/// A proposal that nothing speaks against.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) offer: usize,
    order: usize,
    pub(super) proposal: usize,
    pub(super) party: PartyId,
    account: u64,
    pub(super) kind: u16,
    reason: u16,
    pub(super) minutes: Minutes,
    pub(super) stakes: Stakes,
    likelihood: f64,
    pub(super) cooldown: f64,
    pub(super) from: i32,
    pub(super) due: i32,
    pub(super) is_owed: bool,
    pub(super) index: f64,
    lot: u64,
}

impl Candidate {
    /// Weighs a proposal; `None` if its row is not there.
    pub(super) fn new(
        request: &PlanRequest<'_>,
        week: Week,
        of: &WeekOffer<'_>,
        (proposal, proposed): (usize, &Proposed),
        (span, cooldown, ranks): (Span, f64, &Ranks),
    ) -> Option<Self> {
        let row = proposed.row as usize;
        let table = of.offer.table;
        let (alive, alive_after) = table.outlook.get(row).copied()?;
        let (account, party) = (*table.account.get(row)?, table.party(row)?);
        let unanswered = table.unanswered.get(row).unwrap_or_default();
        let touch = Touch {
            importance: f64::from(table.importance.get(row).copied().unwrap_or(1.0)),
            effect: effect_unanswered(f64::from(proposed.effect), unanswered),
            alive,
            recent: f64::from(table.recent.get(row).copied().unwrap_or_default()),
        };
        let stakes = Stakes { touch, alive_after, minutes: f64::from(proposed.minutes) };
        let likelihood = of.likelihood.get(row).copied().map_or(1.0, f64::from);
        let index = match ranks.of(party, table, row) {
            Some(rank) => rank,
            None => likelihood * stakes.index(),
        };
        let days = f64::from(week.end - week.start);
        Some(Self {
            offer: of.number,
            order: of.order,
            proposal,
            party,
            account,
            kind: proposed.kind,
            reason: proposed.reason,
            // Less than a second counts as one.
            minutes: Minutes::new(stakes.minutes).max(Minutes::from_seconds(1)),
            stakes,
            likelihood,
            cooldown,
            from: span.from,
            due: span.due,
            is_owed: f64::from(proposed.due_days) <= days,
            index,
            lot: lot(request.seed, account),
        })
    }

    /// What is owed first, then by worth per minute, then by lot; the order of offers and rows says nothing.
    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        let owed = other.is_owed.cmp(&self.is_owed);
        let worth = owed.then(other.index.total_cmp(&self.index));
        let drawn = worth.then(self.lot.cmp(&other.lot)).then(self.account.cmp(&other.account));
        let what = |one: &Self| (one.order, one.kind, one.reason, one.minutes, one.from, one.due);
        let same = drawn.then_with(|| what(self).cmp(&what(other)));
        same.then_with(|| other.stakes.touch.effect.total_cmp(&self.stakes.touch.effect))
    }

    /// Makes a line of it.
    pub(super) fn line(
        &self,
        request: &PlanRequest<'_>,
        calendar: &Calendar,
        of: &WeekOffer<'_>,
        (week, place): (Week, Place),
    ) -> Option<PlanLine> {
        let proposed = of.offer.proposals.get(self.proposal)?;
        let row = proposed.row as usize;
        let table = of.offer.table;
        let alive = self.stakes.touch.alive;
        let facts = Facts {
            silence_days: f64::from(*table.silence_days.get(row)?),
            contact_days: table.contact_days.get(row).copied()?,
            alive,
            has_lapsed: alive < request.threshold,
            alive_after: self.stakes.alive_after,
            effect: self.stakes.touch.effect,
            lapse: Moment::from_unix_ms(*table.lapse.get(row)?),
            last: table.last.get(row).map(Moment::from_unix_ms),
            open_since: table.open.get(row).map(Moment::from_unix_ms),
        };
        let asked = calendar.start(week.start);
        let after = |days: f32| asked.plus_days(f64::from(days));
        Some(PlanLine {
            week: week.number,
            day: calendar.day(place.day),
            seat: place.seat,
            is_kept: false,
            offer: self.offer,
            party: self.party,
            account: AccountId::new(u32::try_from(self.account).ok()?),
            kind: usize::from(self.kind),
            reason: usize::from(self.reason),
            minutes: self.minutes,
            earliest: after(proposed.earliest_days.max(0.0)).max(calendar.start(self.from)),
            due: proposed.due_days.is_finite().then(|| after(proposed.due_days)),
            is_owed: self.is_owed,
            gain: self.likelihood * self.stakes.gain(),
            index: self.index,
            likelihood: self.likelihood,
            facts,
        })
    }
}
