//! This week's plan, in the order of worth: what of the next minutes comes first.

use rin_core::{Minutes, Moment, PlanPolicy};
use rin_store::PlanId;
use serde::Serialize;

use crate::{
    Lang, LeftOutView, MatchView, OnlyView, PlanLineView, PlanRequest, Reach, Session,
    SessionError,
    time::{iso_date, week_of},
};

/// What week is asked for.
#[derive(Clone, Debug)]
pub struct WeekRequest {
    /// The moment from which is planned.
    pub now: Moment,
    /// How much time the week has; `None` for the running programme's, or else the setting in `rin.toml`.
    pub minutes: Option<Minutes>,
    /// Breaks ties between equal proposals.
    pub seed: u64,
    /// Whether it is made anew, rather than changing the last plan as little as needed.
    pub is_fresh: bool,
    /// Whether the plan is not to be kept, so that answers still mean the last one.
    pub is_trial: bool,
    /// The language of sentences.
    pub lang: Lang,
}

/// This week's plan.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct WeekView {
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
    /// The week's time in minutes.
    pub budget_minutes: f64,
    /// Minutes already done this week.
    pub done_minutes: f64,
    /// Minutes of the budget that are not done yet; never below 0.
    pub left_minutes: f64,
    /// Minutes planned.
    pub planned_minutes: f64,
    /// How many more relationships are expected to be alive if the plan is carried out.
    pub gain: f64,
    /// What to do, in order.
    pub lines: Vec<PlanLineView>,
    /// What was proposed and left out.
    pub left_out: LeftOutView,
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

impl WeekView {
    /// Returns it with those lines only that are about somebody who matches.
    #[must_use]
    pub fn only(mut self, matching: &MatchView) -> Self {
        let n_all = self.lines.len();
        self.lines.retain(|line| matching.contains(line.party));
        self.only = Some(matching.only(n_all - self.lines.len()));
        self
    }
}

impl Session {
    /// Makes this week's plan and keeps it, so that a line can be answered.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or written.
    pub fn week(&mut self, request: &WeekRequest) -> Result<WeekView, SessionError> {
        let asked = PlanRequest {
            now: request.now,
            reach: Reach::Weeks(1),
            minutes: request.minutes,
            policy: PlanPolicy::default(),
            seed: request.seed,
            is_fresh: request.is_fresh,
            is_trial: request.is_trial,
            lang: request.lang,
        };
        let made = self.make_plan(&asked, |_| 0)?;
        let week = week_of(request.now, &self.zone);
        Ok(WeekView {
            schema: "rin.week/1",
            plan: made.number.map(PlanId::get),
            start: iso_date(week.start(), &self.zone),
            end: iso_date(week.end().plus_days(-0.5), &self.zone),
            covered_until: made.covered_until(request.now),
            budget_minutes: made.budget.get(),
            done_minutes: made.done.get(),
            left_minutes: (made.budget.get() - made.done.get()).max(0.0),
            planned_minutes: made.plan.spent.get(),
            gain: made.plan.gain,
            lines: self.linked(made.shower().lines(&made.plan, request.lang)),
            left_out: LeftOutView::new(&made.plan.left_out),
            is_empty: made.people.relationships.is_empty(),
            is_stale: made.is_stale(request.now),
            problems: made.problems,
            own_norms: made.own_norms,
            only: None,
        })
    }
}
