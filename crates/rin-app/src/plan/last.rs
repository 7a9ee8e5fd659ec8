//! What the user has done and wished: actions done, whom to leave alone, and what still stands of the last plan.

use std::collections::{BTreeMap, BTreeSet};

use rin_core::{KeptLine, Minutes, Moment, PartyId, PastAction, Window};
use rin_store::{Decision, DecisionKind, Plan, PlanHeader, PlanId, PlanLine, Reader, StoreError};

use super::PlanRequest;
use crate::people::People;

/// What the user and the store say about whom to leave alone, what was done and what was planned.
pub(super) struct Wishes {
    pub(super) past: Vec<PastAction>,
    pub(super) barred: Vec<PartyId>,
    pub(super) postponed: Vec<(PartyId, Moment)>,
    pub(super) keep: Vec<KeptLine>,
    /// The plan made last.
    pub(super) last: Option<Plan>,
    /// When something was done, in how much time and by whom; empty if that is not known.
    pub(super) done: Vec<(Moment, Minutes, String)>,
}

impl Wishes {
    pub(super) fn read(
        reader: &Reader<'_>,
        people: &People,
        request: &PlanRequest,
    ) -> Result<Self, StoreError> {
        let standings = reader.standings()?;
        let decisions: Vec<Decision> =
            reader.decisions()?.into_iter().map(|(_, decision)| decision).collect();
        let plans = plans(reader, &decisions)?;
        let never = standings.iter().filter(|one| one.never).map(|one| one.party);
        let later = standings.iter().filter_map(|one| Some((one.party, one.postponed_until?)));
        let keep = if request.is_fresh || !request.is_ours() {
            Vec::new()
        } else {
            keep(standing_plan(reader)?, request.now, &decisions)
        };
        let done = decisions.iter().filter_map(|decision| match decision.kind {
            DecisionKind::Done { minutes } => Some((decision, minutes)),
            _ => None,
        });
        let line = |decision: &Decision| line_of(&plans, decision);
        Ok(Self {
            past: done.clone().map(|(one, _)| past_action(one, line(one))).collect(),
            done: done
                .map(|(one, minutes)| {
                    let member = line(one).map(|line| line.member.clone());
                    (one.at, minutes, member.unwrap_or_default())
                })
                .collect(),
            last: reader.last_plan()?,
            barred: people.barred.iter().copied().chain(never).collect(),
            postponed: later.collect(),
            keep,
        })
    }

    /// Returns the plan made last if this one says the same: a look is no plan of its own, and plans that were answered
    /// would be forgotten for it.
    pub(super) fn same(&self, header: &PlanHeader, lines: &[PlanLine]) -> Option<PlanId> {
        let last = self.last.as_ref()?;
        let is_same = last.header.end == header.end
            && last.header.budget == header.budget
            && last.header.seed == header.seed
            && last.lines.len() == lines.len()
            && last.lines.iter().zip(lines).all(|(old, new)| says_the_same(old, new));
        is_same.then_some(last.id)
    }

    /// Returns the time that was spent within a window, as the user says.
    pub(super) fn done_in(&self, window: Window) -> Minutes {
        let within = self.done.iter().filter(|(at, ..)| window.contains(*at));
        within.fold(Minutes::ZERO, |sum, (_, minutes, _)| sum + *minutes)
    }
}

/// Reads the plans that were answered.
fn plans(
    reader: &Reader<'_>,
    decisions: &[Decision],
) -> Result<BTreeMap<PlanId, Plan>, StoreError> {
    let answered: BTreeSet<PlanId> =
        decisions.iter().filter_map(|one| Some(one.answers?.0)).collect();
    let mut plans = BTreeMap::new();
    for id in answered {
        if let Some(plan) = reader.plan(id)? {
            plans.insert(id, plan);
        }
    }
    Ok(plans)
}

/// Returns the line that a decision answered, if its plan is still kept.
fn line_of<'a>(plans: &'a BTreeMap<PlanId, Plan>, decision: &Decision) -> Option<&'a PlanLine> {
    let (plan, line) = decision.answers?;
    let at = usize::try_from(line).ok()?.checked_sub(1)?;
    plans.get(&plan)?.lines.get(at)
}

/// Whether two lines ask for the same; from when on moves with the clock.
fn says_the_same(old: &PlanLine, new: &PlanLine) -> bool {
    let old = PlanLine { earliest: new.earliest, ..old.clone() };
    old == *new
}

fn past_action(decision: &Decision, line: Option<&PlanLine>) -> PastAction {
    PastAction {
        party: decision.party,
        at: decision.at,
        strategy: line.map(|line| line.strategy.clone()).unwrap_or_default(),
        kind: line.map(|line| line.action.clone()).unwrap_or_default(),
    }
}

/// Returns the plan that stands: the last one, or, if an answer was taken back since, the one that was answered.
fn standing_plan(reader: &Reader<'_>) -> Result<Option<Plan>, StoreError> {
    let last = reader.last_plan()?;
    let made_at = last.as_ref().map(|plan| plan.header.made_at);
    let undone = reader.last_undone()?.filter(|one| made_at.is_none_or(|made| made <= one.at));
    match undone.and_then(|one| one.answered) {
        Some((plan, _)) => reader.plan(plan),
        None => Ok(last),
    }
}

/// Returns what of a plan that still runs was not answered.
fn keep(plan: Option<Plan>, now: Moment, decisions: &[Decision]) -> Vec<KeptLine> {
    let Some(plan) = plan.filter(|plan| now < plan.header.end) else { return Vec::new() };
    let answered: BTreeSet<u32> = decisions
        .iter()
        .filter_map(|one| one.answers)
        .filter(|(id, _)| *id == plan.id)
        .map(|(_, line)| line)
        .collect();
    let lines = (1..).zip(plan.lines).filter(|(number, _)| !answered.contains(number));
    lines
        .filter_map(|(_, line)| {
            Some(KeptLine {
                party: line.party,
                strategy: line.strategy,
                kind: line.action,
                day: line.day?,
                seat: line.member,
            })
        })
        .collect()
}
