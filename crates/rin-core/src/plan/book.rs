//! The accounts of a plan being made: whose time is spent on which day, and how much of every norm is used up.
//!
//! Nothing enters the plan but through [`Book::take`], and only where [`Book::fits`] said yes: that is why a budget is
//! never overspent and a norm never broken, whatever a strategy proposes and in whatever order.

use std::collections::BTreeMap;

use super::{
    Offer, PlanRequest,
    calendar::{Calendar, Week},
    candidate::Candidate,
    limits::{Against, Quota, Rules},
};
use crate::{Minutes, PartyId};

/// Days before today whose actions can still count against a norm of seven days.
const BEFORE: i32 = 6;

/// A day of the plan and a member of the team.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) day: i32,
    pub(super) seat: usize,
}

/// Something planned for a party.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub(super) day: i32,
    pub(super) offer: usize,
    /// Probability that it leads to a contact.
    pub(super) effect: f64,
    cooldown: f64,
}

#[derive(Clone, Debug)]
struct Desk {
    week_left: Minutes,
    /// What is planned on each day.
    days: Vec<Minutes>,
    is_there: Vec<bool>,
    /// For each offer, whether they tend its platform.
    tends: Vec<bool>,
    n_platforms: usize,
}

/// The accounts of a plan being made.
#[derive(Clone, Debug)]
pub(super) struct Book<'a> {
    request: &'a PlanRequest<'a>,
    calendar: Calendar,
    week: Week,
    pub(super) rules: Vec<Rules>,
    total_left: Option<Minutes>,
    desks: Vec<Desk>,
    /// For each offer and quota, the actions of each day from `-BEFORE` on.
    counts: Vec<Vec<Vec<u32>>>,
    /// For each offer and kind, the days of this week on which the norms leave room, as bits.
    open: Vec<Vec<u8>>,
    /// The days of this week that are quiet, as bits.
    quiet: u8,
    pub(super) parties: BTreeMap<PartyId, Vec<Taken>>,
}

impl<'a> Book<'a> {
    pub(super) fn new(
        request: &'a PlanRequest<'a>,
        offers: &[Offer<'_>],
        calendar: Calendar,
    ) -> Self {
        let rules: Vec<Rules> = offers.iter().map(Rules::new).collect();
        let counts = offers.iter().zip(&rules);
        let counts = counts.map(|(offer, rules)| counts_before(request, offer, rules, calendar));
        Self {
            request,
            calendar,
            week: Week { number: 0, start: 0, end: 0, whole: 7 },
            total_left: request.total,
            desks: desks(request, offers, calendar),
            counts: counts.collect(),
            open: offers.iter().map(|offer| vec![0; offer.info.kinds.len()]).collect(),
            quiet: 0,
            parties: BTreeMap::new(),
            rules,
        }
    }

    /// Goes on to a week: everybody has their minutes again, of a week that is cut off their share.
    pub(super) fn begin(&mut self, week: Week) {
        self.week = week;
        for (desk, seat) in self.desks.iter_mut().zip(&self.request.team) {
            let spent = if week.number == 0 { seat.spent } else { Minutes::ZERO };
            let left = u64::from((seat.minutes_per_week - spent).seconds());
            let (days, whole) = ((week.end - week.start).unsigned_abs(), week.whole.unsigned_abs());
            let share = left * u64::from(days) / u64::from(whole.max(1));
            desk.week_left = Minutes::from_seconds(u32::try_from(share).unwrap_or(u32::MAX));
        }
        self.quiet = (week.start..week.end)
            .filter(|day| self.request.quiet.contains(&self.calendar.day(*day)))
            .fold(0, |bits, day| bits | 1 << (day - week.start));
        for offer in 0..self.open.len() {
            self.look_for_room(offer);
        }
    }

    /// Returns the most time that anybody has left this week.
    pub(super) fn most_left(&self) -> Minutes {
        let most = self.desks.iter().map(|desk| desk.week_left).max().unwrap_or_default();
        self.total_left.map_or(most, |total| total.min(most))
    }

    /// Finds a day and a member for an action, or says what is against it.
    ///
    /// What is owed is done as early as it can be, and after its date only if no day before is free. The rest is laid
    /// where the least is planned. Of the team whoever tends the fewest platforms does it, so that the others' time is
    /// left for what only they can do; among equals whoever has most time left.
    pub(super) fn place(&self, candidate: &Candidate) -> Result<Place, Against> {
        let days = || self.week.start.max(candidate.from)..self.week.end;
        if days().all(|day| self.quiet >> (day - self.week.start) & 1 == 1) {
            return Err(Against::Postponed);
        }
        if !days().any(|day| self.has_room(candidate, day)) {
            return Err(Against::Norm);
        }
        if !days().any(|day| self.is_free(candidate, day)) {
            return Err(Against::SameParty);
        }
        if self.most_left() < candidate.minutes {
            return Err(Against::Budget);
        }
        let seats = 0..self.desks.len();
        let places = seats.flat_map(|seat| days().map(move |day| Place { day, seat }));
        let free = places.filter(|place| self.fits(candidate, *place).is_ok());
        free.min_by_key(|place| self.preference(candidate, *place)).ok_or(Against::Budget)
    }

    /// Returns what sorts places, the best first.
    fn preference(&self, candidate: &Candidate, place: Place) -> Option<[i64; 5]> {
        let desk = self.desks.get(place.seat)?;
        let day = i64::from(place.day);
        let load = i64::from(desk.days.get(usize::try_from(place.day).ok()?)?.seconds());
        let breadth = i64::try_from(desk.n_platforms).ok()?;
        let left = -i64::from(desk.week_left.seconds());
        let is_late = i64::from(candidate.due < place.day);
        Some(if candidate.is_owed {
            [is_late, day, breadth, left, 0]
        } else {
            [is_late, breadth, left, load, day]
        })
    }

    /// Whether an action may be done there.
    pub(super) fn fits(&self, candidate: &Candidate, place: Place) -> Result<(), Against> {
        let is_in_week = self.week.start <= place.day && place.day < self.week.end;
        if !is_in_week || place.day < candidate.from {
            return Err(Against::Postponed);
        }
        if !self.has_room(candidate, place.day) {
            return Err(Against::Norm);
        }
        if !self.is_free(candidate, place.day) {
            return Err(Against::SameParty);
        }
        let is_time = self.has_time(candidate, place).unwrap_or(false);
        if is_time { Ok(()) } else { Err(Against::Budget) }
    }

    fn has_time(&self, candidate: &Candidate, place: Place) -> Option<bool> {
        let (desk, seat) = (self.desks.get(place.seat)?, self.request.team.get(place.seat)?);
        let day = usize::try_from(place.day).ok()?;
        let is_there = *desk.is_there.get(day)? && *desk.tends.get(candidate.offer)?;
        let minutes = candidate.minutes;
        let planned = *desk.days.get(day)? + minutes;
        let is_day_free = seat.minutes_per_day.is_none_or(|most| planned <= most);
        let is_total_free = self.total_left.is_none_or(|left| minutes <= left);
        Some(is_there && minutes <= desk.week_left && is_day_free && is_total_free)
    }

    /// Whether the norms of its platform leave room for an action on a day.
    fn has_room(&self, candidate: &Candidate, day: i32) -> bool {
        let open = self.open.get(candidate.offer);
        let open = open.and_then(|kinds| kinds.get(usize::from(candidate.kind)));
        open.is_some_and(|days| days >> (day - self.week.start) & 1 == 1)
    }

    /// Whether a party may be addressed on a day beside what is planned for it.
    fn is_free(&self, candidate: &Candidate, day: i32) -> bool {
        let Some(taken) = self.parties.get(&candidate.party) else {
            return 0 < self.request.party_lines;
        };
        let apart = |one: &Taken| (one.day - day).unsigned_abs();
        let near = taken.iter().filter(|one| apart(one) < self.request.party_days).count();
        let has_rested =
            |one: &Taken| one.cooldown.max(candidate.cooldown) <= f64::from(apart(one));
        near < self.request.party_lines as usize && taken.iter().all(has_rested)
    }

    /// Enters an action that fits.
    pub(super) fn take(&mut self, candidate: &Candidate, place: Place) {
        let minutes = candidate.minutes;
        self.total_left = self.total_left.map(|left| left - minutes);
        if let Some(desk) = self.desks.get_mut(place.seat) {
            desk.week_left = desk.week_left - minutes;
            let day = usize::try_from(place.day).ok().and_then(|day| desk.days.get_mut(day));
            if let Some(day) = day {
                *day += minutes;
            }
        }
        let taken = Taken {
            day: place.day,
            offer: candidate.offer,
            effect: candidate.stakes.touch.effect,
            cooldown: candidate.cooldown,
        };
        self.parties.entry(candidate.party).or_default().push(taken);
        let rules = self.rules.get(candidate.offer).into_iter().flat_map(|rules| &rules.quotas);
        let counts = self.counts.get_mut(candidate.offer).into_iter().flatten();
        for (_, days) in
            rules.zip(counts).filter(|(quota, _)| quota.counts(usize::from(candidate.kind)))
        {
            count(days, place.day);
        }
        self.look_for_room(candidate.offer);
    }

    /// Looks anew on which days of the week the norms of an offer leave room for each kind.
    fn look_for_room(&mut self, offer: usize) {
        let (Some(rules), Some(counts), Some(open)) =
            (self.rules.get(offer), self.counts.get(offer), self.open.get_mut(offer))
        else {
            return;
        };
        let is_free = |quota: &Quota, days: &[u32], kind, day| {
            !quota.counts(kind) || most_around(days, day, quota.reach) < quota.most
        };
        let quotas = || rules.quotas.iter().zip(counts);
        for (kind, open) in open.iter_mut().enumerate() {
            *open = (self.week.start..self.week.end)
                .filter(|day| quotas().all(|(quota, days)| is_free(quota, days, kind, *day)))
                .fold(0, |bits, day| bits | 1 << (day - self.week.start));
            *open &= !self.quiet;
        }
    }
}

/// Returns the most actions in any `reach` days in a row that hold `day`.
fn most_around(days: &[u32], day: i32, reach: i32) -> u32 {
    let sum = |from: i32| (from..from + reach).filter_map(|day| days.get(at(day)?)).sum();
    (day + 1 - reach..=day).map(sum).max().unwrap_or_default()
}

fn count(days: &mut [u32], day: i32) {
    if let Some(count) = at(day).and_then(|at| days.get_mut(at)) {
        *count += 1;
    }
}

fn at(day: i32) -> Option<usize> {
    usize::try_from(day + BEFORE).ok()
}

/// Counts what was done in the last days against every quota of an offer.
fn counts_before(
    request: &PlanRequest<'_>,
    offer: &Offer<'_>,
    rules: &Rules,
    calendar: Calendar,
) -> Vec<Vec<u32>> {
    let length = usize::try_from(calendar.days + BEFORE).unwrap_or_default();
    let mut counts = vec![vec![0; length]; rules.quotas.len()];
    let ours = request.past.iter().filter(|action| action.strategy == offer.info.id);
    for action in ours {
        let kind = offer.info.kinds.iter().position(|kind| kind.id == action.kind);
        for (quota, days) in rules.quotas.iter().zip(&mut counts) {
            // What was of no kind that is known counts against all.
            if kind.is_none_or(|kind| quota.counts(kind)) {
                count(days, calendar.number(action.at));
            }
        }
    }
    counts
}

fn desks(request: &PlanRequest<'_>, offers: &[Offer<'_>], calendar: Calendar) -> Vec<Desk> {
    let desk = |seat: &super::Seat| {
        let is_there = (0..calendar.days)
            .map(|number| calendar.day(number))
            .map(|day| seat.until.is_none_or(|until| day < until) && !seat.days_off.contains(&day));
        let tends: Vec<bool> =
            offers.iter().map(|offer| seat.tends(&offer.info.platform)).collect();
        let mut days = vec![Minutes::ZERO; usize::try_from(calendar.days).unwrap_or_default()];
        if let Some(today) = days.first_mut() {
            *today = seat.spent_today;
        }
        Desk {
            week_left: Minutes::ZERO,
            days,
            is_there: is_there.collect(),
            n_platforms: tends.iter().filter(|tends| **tends).count(),
            tends,
        }
    };
    request.team.iter().map(desk).collect()
}
