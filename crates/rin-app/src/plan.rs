//! A plan over days, weeks or a year: assess everybody, ask every platform's strategy, spend the team's minutes.
//!
//! This week's plan (`week.rs`) is made by the same hands; what differs is how far it reaches and how it is shown.

mod desk;
mod export;
pub(crate) mod importance;
mod last;
mod show;
mod team;

pub(crate) use self::export::{escaped, harmless};
pub use self::{
    export::PlanExport,
    show::{LeftOutView, PlanLineView},
};

use jiff::tz::TimeZone;
use rin_core::{Minutes, Moment, Plan, PlanPolicy, PlanRequest as CoreRequest, Window, plan_ahead};
use rin_store::{PlanHeader, PlanId};
use serde::Serialize;

use self::{desk::Desk, last::Wishes, show::Shower, team::Team};
use crate::{
    Lang, MatchView, OnlyView, Session, SessionError,
    people::People,
    time::{date_of, days_until, iso_date, utc_offset_minutes, week_of, weeks_on},
};

/// Exports that end longer ago than this are worth renewing: a month, in which most of the plan's figures change.
const STALE_DAYS: f64 = 31.0;

/// How far a plan reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// The running week, from today, and so many after it less one; 1 to 52.
    Weeks(u32),
    /// So many days, today the first; 1 to 366.
    Days(u32),
}

/// What plan is asked for.
#[derive(Clone, Debug)]
pub struct PlanRequest {
    /// The moment from which is planned.
    pub now: Moment,
    /// How far.
    pub reach: Reach,
    /// How much time a week has; `None` for the running programme's, or else the setting in `rin.toml`.
    pub minutes: Option<Minutes>,
    /// By what the proposals are ordered. A plan in another order than ours is made anew, to be held against ours, and not
    /// kept.
    pub policy: PlanPolicy,
    /// Breaks ties between equal proposals.
    pub seed: u64,
    /// Whether it is made anew, rather than changing the last plan as little as needed.
    pub is_fresh: bool,
    /// Whether the plan is not to be kept, so that answers still mean the last one.
    pub is_trial: bool,
    /// The language of sentences.
    pub lang: Lang,
}

impl PlanRequest {
    fn is_ours(&self) -> bool {
        self.policy == PlanPolicy::default()
    }
}

/// A plan over weeks.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PlanView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plan's number in the store; `None` if it was not kept: a trial, or none could be made.
    pub plan: Option<i64>,
    /// First day, ISO 8601.
    pub start: String,
    /// Last day, ISO 8601.
    pub end: String,
    /// Until when the sources see; figures are as of then.
    pub covered_until: Option<String>,
    /// By what it is ordered: `worth`, `most-overdue` and so on.
    pub policy: &'static str,
    /// The programme whose minutes it spends; `None` if none runs.
    pub programme: Option<String>,
    /// Who does it; one without a name if there is no team.
    pub team: Vec<PlanMemberView>,
    /// Minutes already done this week.
    pub done_minutes: f64,
    /// Minutes planned.
    pub planned_minutes: f64,
    /// How many more relationships are expected to be alive if the plan is carried out.
    pub gain: f64,
    /// The weeks.
    pub weeks: Vec<PlanWeekView>,
    /// Whether there is no relationship at all.
    pub is_empty: bool,
    /// Whether the sources end more than a month before the moment planned for.
    pub is_stale: bool,
    /// What went wrong on the way: platforms whose rules gave no answer.
    pub problems: Vec<String>,
    /// Norms that the user has set otherwise than the platform's plugin, as sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own_norms: Vec<String>,
    /// What a filter has taken out of the lines; `None` without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<OnlyView>,
}

impl PlanView {
    /// Returns it with those lines only that are about somebody who matches.
    #[must_use]
    pub fn only(mut self, matching: &MatchView) -> Self {
        let mut hidden = 0;
        for week in &mut self.weeks {
            let n_all = week.lines.len();
            week.lines.retain(|line| matching.contains(line.party));
            hidden += n_all - week.lines.len();
        }
        self.only = Some(matching.only(hidden));
        self
    }
}

/// A member of the team in a plan.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PlanMemberView {
    /// Who; empty if there is no team.
    pub name: String,
    /// Minutes a week.
    pub minutes_per_week: f64,
    /// Minutes planned.
    pub planned_minutes: f64,
}

/// One week of a plan.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PlanWeekView {
    /// First day, ISO 8601.
    pub start: String,
    /// Last day, ISO 8601.
    pub end: String,
    /// Minutes planned.
    pub planned_minutes: f64,
    /// What to do, day by day.
    pub lines: Vec<PlanLineView>,
    /// What was proposed and left out.
    pub left_out: LeftOutView,
}

/// A plan as it was made, with all that is needed to show it.
pub(crate) struct Made {
    pub(crate) plan: Plan,
    pub(crate) number: Option<PlanId>,
    pub(crate) budget: Minutes,
    pub(crate) done: Minutes,
    pub(crate) people: People,
    pub(crate) problems: Vec<String>,
    /// Norms that the user has set otherwise, as sentences.
    pub(crate) own_norms: Vec<String>,
    desks: Vec<Desk>,
    team: Team,
    zone: TimeZone,
}

impl Session {
    /// Makes a plan over days or weeks and keeps it, so that a line can be answered.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or written.
    pub fn plan(&mut self, request: &PlanRequest) -> Result<PlanView, SessionError> {
        let made = self.make_plan(request, |line| i64::from(line.day.number()))?;
        let shower = made.shower();
        let lines = self.linked(shower.lines(&made.plan, request.lang));
        let weeks = made.plan.weeks.iter().enumerate().map(|(at, week)| {
            let here = made.plan.lines.iter().zip(&lines).filter(|(line, _)| line.week == at);
            PlanWeekView {
                start: date_of(week.start),
                end: date_of(show::last_day(week)),
                planned_minutes: week.spent.get(),
                lines: here.map(|(_, shown)| shown.clone()).collect(),
                left_out: LeftOutView::new(&week.left_out),
            }
        });
        let weeks: Vec<PlanWeekView> = weeks.collect();
        let day = |week: Option<&PlanWeekView>, of: fn(&PlanWeekView) -> &String| {
            week.map(of).cloned().unwrap_or_default()
        };
        Ok(PlanView {
            schema: "rin.plan/1",
            plan: made.number.map(PlanId::get),
            start: day(weeks.first(), |week| &week.start),
            end: day(weeks.last(), |week| &week.end),
            covered_until: made.covered_until(request.now),
            policy: request.policy.name(),
            programme: made.team.programme.clone(),
            team: made.members(),
            done_minutes: made.done.get(),
            planned_minutes: made.plan.spent.get(),
            gain: made.plan.gain,
            weeks,
            is_empty: made.people.relationships.is_empty(),
            is_stale: made.is_stale(request.now),
            problems: made.problems,
            own_norms: made.own_norms,
            only: None,
        })
    }

    /// Says of each line where its account is looked at.
    pub(crate) fn linked(&self, mut lines: Vec<PlanLineView>) -> Vec<PlanLineView> {
        for line in &mut lines {
            line.link = self.plugins.profile(&line.platform, &line.account, line.handle.as_deref());
        }
        lines
    }

    /// Makes a plan and keeps it, its lines by week and in a week by `order`, then as the planner has them.
    pub(crate) fn make_plan(
        &mut self,
        request: &PlanRequest,
        order: impl Fn(&rin_core::PlanLine) -> i64,
    ) -> Result<Made, SessionError> {
        let zone = self.zone.clone();
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let model = self.model(&reader, &people)?;
        let wishes = Wishes::read(&reader, &people, request)?;
        let weights = importance::Weights::read(&reader, &self.config.importance)?;
        drop(reader);
        let week = week_of(request.now, &zone);
        let end = reach_end(request, week, &zone);
        let team = self.team(request, &wishes, (week, end))?;
        let tables = desk::tables(&people, request.now, &model, &weights);
        let (desks, mut strategies, mut problems) =
            self.desks(tables, &people, &wishes.past, request);
        let scores = importance::scores(&people, request);
        let quiet = self.config.plan.quiet_days(request.now, end, &zone);
        let asked = CoreRequest {
            utc_offset_minutes: utc_offset_minutes(request.now, &zone),
            days: days_until(request.now, end, &zone),
            first_week_days: days_until(request.now, week.end(), &zone),
            team: team.seats.clone(),
            total: team.total,
            quiet: &quiet,
            threshold: model.threshold,
            dormant_days: self.config.plan.dormant_after_days,
            seed: request.seed,
            past: &wishes.past,
            barred: &wishes.barred,
            postponed: &wishes.postponed,
            party_lines: self.config.plan.party_lines,
            party_days: self.config.plan.party_days,
            keep: &wishes.keep,
            policy: request.policy,
            scores: &scores,
            ..CoreRequest::new(request.now, Minutes::ZERO)
        };
        let offers: Vec<_> = desks.iter().map(Desk::offer).collect();
        let mut plan = plan_ahead(&asked, &offers, |question| {
            strategies.ask(question, &desks, request.seed, &mut problems)
        });
        plan.lines.sort_by_key(|line| (line.week, order(line)));
        let header = PlanHeader {
            made_at: request.now,
            start: request.now,
            end,
            budget: team.budget,
            seed: request.seed,
        };
        let lines: Vec<_> =
            plan.lines.iter().filter_map(|line| desk::stored(line, &desks, &team)).collect();
        // A plan that could not be made does not take the place of the last one.
        let could_plan = problems.is_empty() || !plan.lines.is_empty();
        let is_kept = !request.is_trial && could_plan && request.is_ours();
        let number = match wishes.same(&header, &lines).filter(|_| is_kept) {
            None if is_kept => Some(self.store.save_plan(&header, &lines)?),
            same => same,
        };
        let (budget, done) = (team.budget, wishes.done_in(week));
        let own = |desk: &Desk| self.plugins.own_norms(&desk.platform, &self.config, request.lang);
        let own_norms = desks.iter().flat_map(own).collect();
        Ok(Made { plan, number, budget, done, people, problems, own_norms, desks, team, zone })
    }
}

impl Made {
    pub(crate) fn shower(&self) -> Shower<'_> {
        let (people, desks) = (&self.people, self.desks.as_slice());
        Shower { people, desks, team: &self.team, zone: &self.zone }
    }

    pub(crate) fn covered_until(&self, now: Moment) -> Option<String> {
        self.people.covered_until(now).map(|until| iso_date(until, &self.zone))
    }

    pub(crate) fn is_stale(&self, now: Moment) -> bool {
        self.people.covered_until(now).is_some_and(|until| STALE_DAYS < now.days_since(until))
    }

    fn members(&self) -> Vec<PlanMemberView> {
        let seats = self.team.seats.iter().enumerate();
        seats
            .map(|(at, seat)| {
                let lines = self.plan.lines.iter().filter(|line| line.seat == at);
                let planned = lines.fold(Minutes::ZERO, |sum, line| sum + line.minutes);
                PlanMemberView {
                    name: self.people.member(&seat.name),
                    minutes_per_week: seat.minutes_per_week.get(),
                    planned_minutes: planned.get(),
                }
            })
            .collect()
    }
}

/// Returns the first moment that the plan no longer covers.
fn reach_end(request: &PlanRequest, week: Window, zone: &TimeZone) -> Moment {
    match request.reach {
        Reach::Weeks(weeks) => weeks_on(week.end(), weeks.clamp(1, 52) - 1, zone),
        Reach::Days(days) => crate::time::days_on(request.now, days.clamp(1, 366), zone),
    }
}
