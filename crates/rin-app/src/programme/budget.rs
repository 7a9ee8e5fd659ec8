//! What a programme's budget keeps alive within a year, what half an hour a week more or less would change, and what it
//! would take to keep everybody of a part of the network.
//!
//! The user's own network is lived through with each budget, several years of it with the same luck for each: what a
//! budget changes is seen within one year's luck, so differences are surer than counts. Everybody counts one.

mod said;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use rin_core::{
    AccountId, BudgetRequest, Estimate, Knowledge, Minutes, Moment, PartyId, Policy, Programme,
    World, budget_curve, least_budget,
};
use serde::Serialize;

use super::{
    ProgrammeView, Segment, ShowProgrammeRequest, choose, per_week,
    segment::{parties_in, parties_of},
};
use crate::{
    EstimateView, IntervalView, Session, SessionError, SimulateError,
    people::{self, People},
    simulate::{Ready, all_at_once, estimate},
    time::iso_date,
    touch::Touch,
};

/// Years of luck; even, so that two cores are done at once.
const SEEDS: [u64; 6] = [1, 2, 3, 4, 5, 6];
/// Days lived through.
const DAYS: u32 = 365;
/// How much more or less a week is tried.
const STEP_MINUTES: f64 = 30.0;
/// Of more ties than this a sample is lived through for the curve, with its share of the minutes.
const MOST_TIES: usize = 2_000;
/// The same for the least budget, which is looked for in twelve steps.
const MOST_KEPT: usize = 300;

/// What is asked about a budget beside its curve.
#[derive(Clone, PartialEq, Debug)]
pub struct BudgetQuestion {
    /// Whom to keep; `None` to ask for the curve alone.
    pub keep: Option<Segment>,
    /// Which share of them, 0 to 1.
    pub share: f64,
}

/// What a programme's budget keeps alive.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BudgetView {
    /// What can be spent a week: the budget, or less if the team has less; `None` if no period runs or is to come.
    pub minutes_a_week: Option<f64>,
    /// What one contact takes: the mean of what was said to be done in the last year, or 5 if that is too little.
    pub minutes_a_touch: f64,
    /// Whether that was said by the user.
    pub is_touch_known: bool,
    /// The first day lived through, ISO 8601: the day after the sources end; `None` if nothing was.
    pub start: Option<String>,
    /// Days lived through.
    pub days: u32,
    /// How often, each time with other luck.
    pub years: usize,
    /// A tie is alive if it is heard of by itself within so many days.
    pub horizon_days: f64,
    /// Everybody with whom there was contact on the programme's platforms.
    pub parties: usize,
    /// Of them, those who can be planned for.
    pub ties: usize,
    /// Of these, those who were lived through: a sample if there are very many.
    pub sample: usize,
    /// Whether how contact comes by itself was learned from this network's own past; `None` if nothing was.
    pub is_learned: Option<bool>,
    /// From no minutes to more than the budget; empty if nothing can be said.
    pub curve: Vec<BudgetPointView>,
    /// What it takes to keep a part of the network, if that was asked.
    pub keep: Option<KeepView>,
    /// What it means, as sentences; why nothing can be said if so.
    pub said: Vec<String>,
    /// What else is to be known of the figures, as sentences.
    pub notes: Vec<String>,
}

/// What one budget keeps.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BudgetPointView {
    /// The budget of a week.
    pub minutes_a_week: f64,
    /// Whether it is the programme's.
    pub is_budget: bool,
    /// Ties expected alive at the end.
    pub alive: EstimateView,
    /// How many of them would not be if nobody acted; paired.
    pub gained: EstimateView,
    /// How many more than under the programme's budget; below zero for fewer; paired.
    pub changed: EstimateView,
    /// Contacts that were made.
    pub touches: f64,
}

/// What it takes to keep a part of the network.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct KeepView {
    /// Which, as it is written: `tag:press`.
    pub segment: String,
    /// The share wanted, 0 to 1.
    pub wanted: f64,
    /// Everybody in it.
    pub parties: usize,
    /// Of them, those who can be planned for.
    pub ties: usize,
    /// Of these, those who were lived through: a sample if there are very many.
    pub sample: usize,
    /// The least budget of a week, spent on them alone; `None` if a contact with each every fortnight is not enough, or
    /// nobody can be planned for.
    pub minutes_a_week: Option<f64>,
    /// The share expected alive with it, or with the most that can be spent; `None` if nobody can be planned for.
    pub reached: Option<EstimateView>,
    /// The share expected alive if nobody acts; `None` if nobody can be planned for.
    pub without: Option<EstimateView>,
}

impl Session {
    /// Shows how a programme stands and what its budget keeps alive; `progress` hears how many parts of how many are
    /// done. Where the past cannot say it the rest is shown all the same, with the reason.
    ///
    /// # Errors
    /// [`SessionError`] if the programme is not to be found, nobody is in what is to be kept, or the store cannot be
    /// read.
    pub fn programme_with_budget(
        &self,
        request: &ShowProgrammeRequest,
        question: &BudgetQuestion,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<ProgrammeView, SessionError> {
        let mut view = self.programme(request)?;
        let all = self.kept()?;
        let programme = &choose(&all, request.name.as_deref(), request.now)?.programme;
        let asked = self.asked(programme, question, request.now)?;
        let mut budget = asked.unanswered(programme, request.now);
        match self.own_network(request.now, (1, false)) {
            Ok(ready) => asked.answer(&mut budget, ready, progress),
            Err(SessionError::Simulate(error @ SimulateError::NoOwn)) => {
                budget.said.push(said::unknown(&error, request.lang));
            }
            Err(other) => return Err(other),
        }
        if budget.said.is_empty() {
            budget.said = said::sentences(&budget, request.lang);
            budget.notes = said::notes(&budget, request.lang);
        }
        view.budget = Some(budget);
        Ok(view)
    }

    /// Finds out whom the question is about and what a contact takes.
    fn asked<'a>(
        &self,
        programme: &Programme,
        question: &'a BudgetQuestion,
        now: Moment,
    ) -> Result<Asked<'a>, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let kept = match &question.keep {
            Some(segment) => Some((segment, parties_in(segment, &reader, &people)?)),
            None => None,
        };
        let decisions: Vec<_> = reader.decisions()?.into_iter().map(|(_, one)| one).collect();
        Ok(Asked {
            parties: parties_of(programme, &people),
            kept,
            share: question.share,
            touch: Touch::of(&decisions, now),
            horizon_days: self.config.forecast.horizon_days,
        })
    }
}

/// What is asked, with the people it is about.
struct Asked<'a> {
    parties: BTreeSet<PartyId>,
    kept: Option<(&'a Segment, BTreeSet<PartyId>)>,
    share: f64,
    touch: Touch,
    horizon_days: f64,
}

impl Asked<'_> {
    /// Returns the view without an answer.
    fn unanswered(&self, programme: &Programme, now: Moment) -> BudgetView {
        BudgetView {
            minutes_a_week: spendable(programme, now),
            minutes_a_touch: self.touch.minutes.get(),
            is_touch_known: self.touch.is_known,
            start: None,
            days: DAYS,
            years: SEEDS.len(),
            horizon_days: self.horizon_days,
            parties: self.parties.len(),
            ties: 0,
            sample: 0,
            is_learned: None,
            curve: Vec::new(),
            keep: self.kept.as_ref().map(|(segment, parties)| KeepView {
                segment: segment.to_string(),
                wanted: self.share,
                parties: parties.len(),
                ties: 0,
                sample: 0,
                minutes_a_week: None,
                reached: None,
                without: None,
            }),
            said: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Lives through the network with each budget.
    fn answer(
        &self,
        view: &mut BudgetView,
        mut ready: Ready,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) {
        ready.knowledge.model.horizon_days = self.horizon_days;
        view.start = Some(iso_date(ready.world.start.start(), &TimeZone::UTC));
        view.is_learned = (!ready.world.ties.is_empty()).then_some(ready.is_learned);
        let about = Sample::of(&ready.world, &self.parties, MOST_TIES);
        (view.ties, view.sample) = (about.all, about.world.ties.len());
        let budgets = view.minutes_a_week.map(budgets).unwrap_or_default();
        let kept = self.kept.as_ref();
        let kept = kept.map(|(_, parties)| Sample::of(&ready.world, parties, MOST_KEPT));
        let keep_parts = usize::from(kept.is_some());
        if 0 < view.ties && !budgets.is_empty() {
            let parts = |done, total: usize| progress(done, total + keep_parts);
            view.curve = self.curve(&about, &ready.knowledge, &budgets, &parts);
        }
        let (Some(sample), Some(keep)) = (kept, view.keep.as_mut()) else { return };
        (keep.ties, keep.sample) = (sample.all, sample.world.ties.len());
        let request = self.request(&SEEDS);
        let Some(least) = least_budget(&sample.world, &ready.knowledge, self.share, &request)
        else {
            return;
        };
        keep.minutes_a_week = least.minutes_a_week.map(|minutes| minutes.get() / sample.share());
        keep.reached = Some(between(estimate(Some(least.share)), 1.0));
        keep.without = Some(between(estimate(Some(least.without)), 1.0));
    }

    /// Returns what each budget keeps, all of them with the same years of luck.
    fn curve(
        &self,
        about: &Sample,
        knowledge: &Knowledge,
        budgets: &[(f64, bool)],
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Vec<BudgetPointView> {
        let share = about.share();
        let minutes: Vec<Minutes> =
            budgets.iter().map(|(minutes, _)| Minutes::new(minutes * share)).collect();
        let year =
            |seed: &u64| budget_curve(&about.world, knowledge, &minutes, &self.request(&[*seed]));
        let years = all_at_once(&SEEDS, year, progress);
        let now = budgets.iter().position(|(_, is_budget)| *is_budget).unwrap_or_default();
        let points = budgets.iter().enumerate().map(|(at, (minutes, is_budget))| {
            let years = || years.iter().filter_map(|year| Some((year.get(at)?, year.get(now)?)));
            let of = |values: Vec<f64>| estimate(Estimate::of(&values));
            BudgetPointView {
                minutes_a_week: *minutes,
                is_budget: *is_budget,
                alive: between(
                    of(years().map(|(one, _)| one.alive.value / share).collect()),
                    about.count(),
                ),
                gained: of(years().map(|(one, _)| one.gained.value / share).collect()),
                changed: of(years()
                    .map(|(one, now)| (one.alive.value - now.alive.value) / share)
                    .collect()),
                touches: of(years().map(|(one, _)| one.touches.value / share).collect()).value,
            }
        });
        points.collect()
    }

    fn request<'b>(&self, seeds: &'b [u64]) -> BudgetRequest<'b> {
        BudgetRequest {
            minutes_a_touch: self.touch.minutes,
            days: DAYS,
            horizon_days: self.horizon_days,
            policy: Policy::Ours,
            seeds,
        }
    }
}

/// Some parties' ties, or so many of them that it takes seconds.
struct Sample {
    world: World,
    /// How many there are in all.
    all: usize,
}

impl Sample {
    fn of(world: &World, parties: &BTreeSet<PartyId>, most: usize) -> Self {
        let nodes: BTreeSet<AccountId> = parties.iter().copied().map(people::node).collect();
        let ours = world.ties.iter().filter(|tie| nodes.contains(&tie.ends.1));
        let all = ours.clone().count();
        // They come in the order of a lot, so that the first ones are a sample.
        let ties = ours.take(most).cloned().collect();
        Self { world: World { ties, ..world.clone() }, all }
    }

    /// Returns which share of all it is; one if there is nobody.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn share(&self) -> f64 {
        if self.all == 0 { 1.0 } else { self.world.ties.len() as f64 / self.count() }
    }

    /// Returns how many there are in all.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn count(&self) -> f64 {
        self.all as f64
    }
}

/// Keeps an interval between nothing and all: Student's knows no ends.
fn between(estimate: EstimateView, all: f64) -> EstimateView {
    let clamped = |range: IntervalView| IntervalView {
        low: range.low.clamp(0.0, all),
        high: range.high.clamp(0.0, all),
    };
    EstimateView { interval: estimate.interval.map(clamped), ..estimate }
}

/// Returns what can be spent a week in the period that runs or is the next; `None` without one.
fn spendable(programme: &Programme, now: Moment) -> Option<f64> {
    let (period, at) = match programme.period_at(now) {
        Some(period) => (period, now),
        None if programme.ended.is_some() => return None,
        None => {
            let next = programme.periods.iter().filter(|period| now < period.window.start());
            let next = next.min_by_key(|period| period.window.start())?;
            (next, next.window.start())
        }
    };
    let there = programme.team.iter().filter(|member| member.is_there_at(at));
    let team: f64 = there.map(|member| member.minutes_per_week.get()).sum();
    Some(per_week(period).get().min(team))
}

/// Returns the budgets to live through, ascending, each with whether it is the one that is: none, half an hour less, as
/// it is, half an hour and an hour more.
fn budgets(now: f64) -> Vec<(f64, bool)> {
    let mut budgets = Vec::new();
    if 0.0 < now {
        budgets.push((0.0, false));
    }
    if STEP_MINUTES < now {
        budgets.push((now - STEP_MINUTES, false));
    }
    budgets.push((now, true));
    budgets.extend([1.0, 2.0].map(|steps| (STEP_MINUTES.mul_add(steps, now), false)));
    budgets
}

#[cfg(test)]
mod tests;
