//! What a norm or the user forbids for a single proposal, and from which day on it does not.

use std::collections::{BTreeMap, BTreeSet};

use super::{Offer, PlanRequest, calendar::Calendar};
use crate::{Moment, PartyId, Proposed, Rule, Table};

/// Why a proposal is not in the plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Against {
    Barred,
    Postponed,
    Dormant,
    Cooldown,
    Unanswered,
    Norm,
    SameParty,
    Budget,
}

/// The norms of one offer, ready for use.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    /// For each kind of action: days between contacts, and how many unanswered ones are too many.
    kinds: Vec<(f64, u32)>,
    /// How many in how many days.
    pub(super) quotas: Vec<Quota>,
}

/// At most so many actions of some kinds in so many days in a row.
#[derive(Clone, Debug)]
pub(super) struct Quota {
    pub(super) most: u32,
    pub(super) reach: i32,
    kinds: Vec<bool>,
}

impl Quota {
    pub(super) fn counts(&self, kind: usize) -> bool {
        self.kinds.get(kind).copied().unwrap_or(true)
    }
}

impl Rules {
    pub(super) fn new(offer: &Offer<'_>) -> Self {
        let ids = || offer.info.kinds.iter().map(|kind| &kind.id);
        let applies = |norm: &crate::Norm, id| norm.kinds.is_empty() || norm.kinds.contains(id);
        let kinds = ids().map(|id| {
            let norms = offer.norms.iter().filter(|norm| applies(norm, id));
            norms.fold((0.0_f64, u32::MAX), |(days, unanswered), norm| match norm.rule {
                Rule::CooldownDays(n) => (days.max(n), unanswered),
                Rule::MaxUnanswered(n) => (days, unanswered.min(n)),
                _ => (days, unanswered),
            })
        });
        let quotas = offer.norms.iter().filter_map(|norm| {
            let (most, reach) = match norm.rule {
                Rule::PerDay(n) => (n, 1),
                Rule::PerWeek(n) => (n, 7),
                _ => return None,
            };
            Some(Quota { most, reach, kinds: ids().map(|id| applies(norm, id)).collect() })
        });
        Self { kinds: kinds.collect(), quotas: quotas.collect() }
    }

    /// Returns the days between two contacts with one party, for a kind of action.
    pub(super) fn cooldown(&self, kind: u16) -> f64 {
        self.kinds.get(usize::from(kind)).map_or(0.0, |kind| kind.0)
    }

    fn max_unanswered(&self, kind: u16) -> u32 {
        self.kinds.get(usize::from(kind)).map_or(u32::MAX, |kind| kind.1)
    }
}

/// When a proposal may be carried out, in days of the plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    /// The first day.
    pub(super) from: i32,
    /// The day by which it should be done.
    pub(super) due: i32,
}

/// What the user has decided and done.
#[derive(Debug)]
pub(super) struct Limits {
    dormant_days: f64,
    /// Last thing we did for a party, by our own record.
    done: BTreeMap<PartyId, Moment>,
    barred: BTreeSet<PartyId>,
    postponed: BTreeMap<PartyId, Moment>,
}

impl Limits {
    pub(super) fn new(request: &PlanRequest<'_>) -> Self {
        let mut done = BTreeMap::new();
        for action in request.past {
            let last = done.entry(action.party).or_insert(action.at);
            *last = action.at.max(*last);
        }
        let mut postponed = BTreeMap::new();
        for &(party, until) in request.postponed {
            let latest = postponed.entry(party).or_insert(until);
            *latest = until.max(*latest);
        }
        let barred = request.barred.iter().copied().collect();
        Self { dormant_days: request.dormant_days, done, barred, postponed }
    }

    /// Returns when a proposal made on day `asked` may be carried out before day `end`, or what is against it.
    pub(super) fn span(
        &self,
        calendar: &Calendar,
        rules: &Rules,
        (table, proposed): (&Table, &Proposed),
        (asked, end): (i32, i32),
    ) -> Result<Span, Against> {
        let row = proposed.row as usize;
        let party = table.party(row).ok_or(Against::Barred)?;
        if self.barred.contains(&party) {
            return Err(Against::Barred);
        }
        let at = calendar.start(asked);
        let in_days = |days: f32| calendar.number(at.plus_days(f64::from(days)));
        let until = self.postponed.get(&party);
        let wanted = until.map_or(asked, |until| first_day(calendar, asked, *until));
        let wanted = wanted.max(in_days(proposed.earliest_days.max(0.0)));
        if proposed.due_days < 0.0 || end <= wanted {
            return Err(Against::Postponed);
        }
        // Whoever waits for an answer gets it, however long ago and however lately we wrote before they asked.
        let open = table.open.get(row);
        let silence = table.silence_days.get(row).copied().unwrap_or_default();
        if open.is_none() && self.dormant_days < f64::from(silence) {
            return Err(Against::Dormant);
        }
        if table.unanswered.get(row).is_some_and(|n| rules.max_unanswered(proposed.kind) <= n) {
            return Err(Against::Unanswered);
        }
        let written = table.last_sent.get(row).map(|ms| Moment::from_unix_ms(*ms));
        let last = written.max(self.done.get(&party).copied());
        let last = last.filter(|last| open.is_none_or(|open| open <= last.unix_ms()));
        let rested = last.map_or(asked, |last| {
            first_day(calendar, asked, last.plus_days(rules.cooldown(proposed.kind)))
        });
        if end <= rested {
            return Err(Against::Cooldown);
        }
        let due = if proposed.due_days.is_finite() { in_days(proposed.due_days) } else { i32::MAX };
        Ok(Span { from: wanted.max(rested), due })
    }
}

/// Returns the first day from `asked` on that begins at or after a moment.
fn first_day(calendar: &Calendar, asked: i32, moment: Moment) -> i32 {
    let begun = calendar.number(moment).max(asked);
    if moment <= calendar.start(begun) { begun } else { begun.saturating_add(1) }
}
