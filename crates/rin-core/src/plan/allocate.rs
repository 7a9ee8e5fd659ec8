//! Spending the minutes: filter what must not be, order by worth per minute, take while there is time.

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, Offer, PastAction, Plan, PlanLine, PlanRequest, Touch};
use crate::{AccountId, Minutes, Moment, Norm, PartyId, Proposed, Rule, random::lot};

/// Makes a plan; the same request and offers give the same plan.
///
/// # Complexity
/// *n* log *n* in the number of proposals.
///
/// # Example
/// ```
/// use rin_core::{plan, Minutes, Moment, PlanRequest};
/// let request = PlanRequest::new(Moment::from_unix_ms(1_700_000_000_000), Minutes::new(60.0));
/// assert!(plan(&request, &[]).lines.is_empty()); // nobody proposed anything
/// ```
pub fn plan(request: &PlanRequest<'_>, offers: &[Offer<'_>]) -> Plan {
    let mut out = Plan::default();
    let mut candidates = Vec::new();
    for (number, offer) in offers.iter().enumerate() {
        let limits = Limits::new(request, offer);
        for (at, proposed) in offer.proposals.iter().enumerate() {
            match limits.reason_against(offer, proposed) {
                None => candidates.push(Candidate::new(request, offer, (number, at), proposed)),
                Some(Against::Barred) => out.left_out.barred += 1,
                Some(Against::Postponed) => out.left_out.postponed += 1,
                Some(Against::Dormant) => out.left_out.dormant += 1,
                Some(Against::Cooldown) => out.left_out.cooldown += 1,
                Some(Against::Unanswered) => out.left_out.unanswered += 1,
            }
        }
    }
    candidates.sort_unstable_by(Candidate::cmp);
    fill(request, offers, &candidates, &mut out);
    out
}

/// Takes candidates in order while there is time and no norm speaks against them.
fn fill(request: &PlanRequest<'_>, offers: &[Offer<'_>], candidates: &[Candidate], out: &mut Plan) {
    let cheapest = candidates.iter().map(|one| one.minutes).min().unwrap_or(Minutes::ZERO);
    let mut parties = BTreeSet::new();
    let mut used = used_before(request, offers);
    for (at, candidate) in candidates.iter().enumerate() {
        let left = request.minutes - out.spent;
        if left < cheapest {
            out.left_out.budget += candidates.len() - at;
            return;
        }
        let Some(offer) = offers.get(candidate.offer) else { continue };
        let Some(line) = candidate.line(request, offer) else { continue };
        if parties.contains(&line.party) {
            out.left_out.same_party += 1;
        } else if left < candidate.minutes {
            out.left_out.budget += 1;
        } else if !take_quota(request, offer, candidate, &mut used) {
            out.left_out.norm += 1;
        } else {
            parties.insert(line.party);
            out.spent += line.minutes;
            out.gain += line.gain;
            out.lines.push(line);
        }
    }
}

/// Counts the action against every norm with a quota; `false` if one is used up.
fn take_quota(
    request: &PlanRequest<'_>,
    offer: &Offer<'_>,
    candidate: &Candidate,
    used: &mut BTreeMap<(usize, usize), u64>,
) -> bool {
    let quotas = || {
        offer.norms.iter().enumerate().filter_map(|(number, norm)| {
            let quota = quota(norm, request.days)?;
            applies(norm, offer, candidate.kind).then_some(((candidate.offer, number), quota))
        })
    };
    if quotas().any(|(key, quota)| quota <= used.get(&key).copied().unwrap_or_default()) {
        return false;
    }
    for (key, _) in quotas() {
        *used.entry(key).or_default() += 1;
    }
    true
}

/// Counts what was done already against the quotas it used up: of a week the last seven days, of a day the last one.
fn used_before(request: &PlanRequest<'_>, offers: &[Offer<'_>]) -> BTreeMap<(usize, usize), u64> {
    let mut used = BTreeMap::new();
    for (number, offer) in offers.iter().enumerate() {
        for action in request.past.iter().filter(|action| action.strategy == offer.info.id) {
            let days = request.now.days_since(action.at);
            for (at, _) in
                offer.norms.iter().enumerate().filter(|(_, norm)| uses(norm, action, days))
            {
                *used.entry((number, at)).or_default() += 1;
            }
        }
    }
    used
}

/// Whether an action of so many days ago uses up some of a quota.
fn uses(norm: &Norm, action: &PastAction, days: f64) -> bool {
    let is_of_kind = norm.kinds.is_empty() || norm.kinds.contains(&action.kind);
    let reach = if matches!(norm.rule, Rule::PerDay(_)) { 1.0 } else { 7.0 };
    is_of_kind && (0.0..reach).contains(&days)
}

fn quota(norm: &Norm, days: u32) -> Option<u64> {
    let days = u64::from(days);
    match norm.rule {
        Rule::PerDay(n) => Some(u64::from(n) * days),
        // Seven days in a row, whenever they began: what was done in the last ones is counted as used.
        Rule::PerWeek(n) => Some(u64::from(n) * days.div_ceil(7)),
        _ => None,
    }
}

fn applies(norm: &Norm, offer: &Offer<'_>, kind: u16) -> bool {
    let id = offer.info.kinds.get(usize::from(kind)).map(|kind| &kind.id);
    norm.kinds.is_empty() || id.is_some_and(|id| norm.kinds.contains(id))
}

enum Against {
    Barred,
    Postponed,
    Dormant,
    Cooldown,
    Unanswered,
}

/// What an offer's norms and the user's decisions forbid.
struct Limits<'a> {
    request: &'a PlanRequest<'a>,
    /// For each kind of action: days between contacts, and how many unanswered ones are too many.
    kinds: Vec<(f64, u32)>,
    /// Last thing we did for a party, by our own record.
    done: BTreeMap<PartyId, Moment>,
    barred: BTreeSet<PartyId>,
    postponed: BTreeMap<PartyId, Moment>,
}

impl<'a> Limits<'a> {
    fn new(request: &'a PlanRequest<'a>, offer: &Offer<'_>) -> Self {
        let kinds = (0_u16..).zip(&offer.info.kinds).map(|(kind, _)| {
            let norms = offer.norms.iter().filter(|norm| applies(norm, offer, kind));
            norms.fold((0.0_f64, u32::MAX), |(days, unanswered), norm| match norm.rule {
                Rule::CooldownDays(n) => (days.max(n), unanswered),
                Rule::MaxUnanswered(n) => (days, unanswered.min(n)),
                _ => (days, unanswered),
            })
        });
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
        Self { request, kinds: kinds.collect(), done, barred, postponed }
    }

    fn reason_against(&self, offer: &Offer<'_>, proposed: &Proposed) -> Option<Against> {
        let row = proposed.row as usize;
        let party = offer.table.party(row)?;
        let now = self.request.now;
        if self.barred.contains(&party) {
            return Some(Against::Barred);
        }
        let until = self.postponed.get(&party);
        let days = f64::from(self.request.days);
        let is_out_of_time = days <= f64::from(proposed.earliest_days) || proposed.due_days < 0.0;
        if is_out_of_time || until.is_some_and(|until| now < *until) {
            return Some(Against::Postponed);
        }
        // Whoever waits for an answer gets it, however long ago and however lately we wrote before they asked.
        let open = offer.table.open.get(row);
        let silence = offer.table.silence_days.get(row).copied().unwrap_or_default();
        if open.is_none() && self.request.dormant_days < f64::from(silence) {
            return Some(Against::Dormant);
        }
        let (cooldown, unanswered) =
            self.kinds.get(usize::from(proposed.kind)).copied().unwrap_or((0.0, u32::MAX));
        if offer.table.unanswered.get(row).is_some_and(|n| unanswered <= n) {
            return Some(Against::Unanswered);
        }
        let written = offer.table.last_sent.get(row).map(|ms| Moment::from_unix_ms(*ms));
        let last = written.max(self.done.get(&party).copied())?;
        let is_owed = open.is_some_and(|open| last.unix_ms() < open);
        let is_too_soon = now.days_since(last) < cooldown && !is_owed;
        is_too_soon.then_some(Against::Cooldown)
    }
}

/// A proposal that nothing speaks against, with its worth.
struct Candidate {
    offer: usize,
    proposal: usize,
    kind: u16,
    minutes: Minutes,
    is_owed: bool,
    index: f64,
    account: u64,
    lot: u64,
}

impl Candidate {
    fn new(
        request: &PlanRequest<'_>,
        offer: &Offer<'_>,
        (number, proposal): (usize, usize),
        proposed: &Proposed,
    ) -> Self {
        let row = proposed.row as usize;
        let table = offer.table;
        let (alive, _) = table.outlook.get(row).copied().unwrap_or_default();
        let importance = f64::from(table.importance.get(row).copied().unwrap_or(1.0));
        let strength = f64::from(table.strength.get(row).copied().unwrap_or_default());
        let effect = f64::from(proposed.effect);
        let account = table.account.get(row).copied().unwrap_or_default();
        Self {
            offer: number,
            proposal,
            kind: proposed.kind,
            minutes: minutes(proposed),
            is_owed: f64::from(proposed.due_days) <= f64::from(request.days),
            index: Touch { importance, effect, alive, strength }.worth()
                / f64::from(proposed.minutes),
            account,
            lot: lot(request.seed, account),
        }
    }

    /// What is owed first, then by worth per minute, then by lot.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let owed = other.is_owed.cmp(&self.is_owed);
        let worth = owed.then(other.index.total_cmp(&self.index));
        let drawn = worth.then(self.lot.cmp(&other.lot)).then(self.account.cmp(&other.account));
        drawn.then((self.offer, self.proposal).cmp(&(other.offer, other.proposal)))
    }

    fn line(&self, request: &PlanRequest<'_>, offer: &Offer<'_>) -> Option<PlanLine> {
        let proposed = offer.proposals.get(self.proposal)?;
        let row = proposed.row as usize;
        let table = offer.table;
        let effect = f64::from(proposed.effect);
        let (alive, alive_after) = table.outlook.get(row).copied()?;
        let facts = Facts {
            silence_days: f64::from(*table.silence_days.get(row)?),
            contact_days: table.contact_days.get(row).copied()?,
            alive,
            has_lapsed: alive < request.threshold,
            alive_after,
            effect,
            lapse: Moment::from_unix_ms(*table.lapse.get(row)?),
            last: table.last.get(row).map(Moment::from_unix_ms),
            open_since: table.open.get(row).map(Moment::from_unix_ms),
        };
        let after = |days: f32| request.now.plus_days(f64::from(days));
        Some(PlanLine {
            offer: self.offer,
            party: table.party(row)?,
            account: AccountId::new(u32::try_from(self.account).ok()?),
            kind: usize::from(proposed.kind),
            reason: usize::from(proposed.reason),
            minutes: self.minutes,
            earliest: after(proposed.earliest_days.max(0.0)),
            due: proposed.due_days.is_finite().then(|| after(proposed.due_days)),
            gain: effect * (facts.alive_after - facts.alive).max(0.0),
            index: self.index,
            facts,
        })
    }
}

/// Returns the cost; less than a second counts as one.
fn minutes(proposed: &Proposed) -> Minutes {
    Minutes::new(f64::from(proposed.minutes)).max(Minutes::from_seconds(1))
}

#[cfg(test)]
mod tests;
