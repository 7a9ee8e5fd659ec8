//! The lasting commitment as the user makes it: begun, renewed, adjusted and ended on purpose, with its history.
//!
//! A period is a year unless something else is said, by the calendar: from a day to the same day of the next year. The
//! core decides whether a step may be taken; here days become moments, and every step is kept with the whole programme.

mod budget;
mod error;
mod kept;
mod member;
mod segment;
mod show;

use rin_core::{Adjustment, Commitment, Gap, Member, Minutes, Moment, Period, Programme, Window};
use rin_store::ProgrammeStep;

pub(crate) use self::kept::{Kept, choose, programmes};
use self::kept::{Step, event};
pub use self::{
    budget::{BudgetPointView, BudgetQuestion, BudgetView, KeepView},
    error::ProgrammeRequestError,
    member::parse_member,
    segment::{Segment, parse_segment},
    show::{
        MemberView, PeriodView, ProgrammeRemark, ProgrammeStepView, ProgrammeView,
        ShowProgrammeRequest,
    },
};
use crate::{
    Lang, Session, SessionError,
    time::{day_start, year_later},
};

/// What a programme is begun with.
#[derive(Clone, PartialEq, Debug)]
pub struct NewProgrammeRequest {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub goals: Vec<String>,
    /// Who tends the network; empty for the user alone.
    pub team: Vec<Member>,
    /// Platforms it is about; empty for all.
    pub platforms: Vec<String>,
    /// Minutes a week; `None` for what the team has together, or without a team the setting.
    pub minutes_per_week: Option<Minutes>,
    /// Money for the period.
    pub money: Option<f64>,
    /// First day; `None` for today.
    pub from: Option<Moment>,
    /// The day after the last; `None` for a year later.
    pub until: Option<Moment>,
    /// What is said to it.
    pub note: Option<String>,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A further period of a programme.
#[derive(Clone, PartialEq, Debug)]
pub struct RenewProgrammeRequest {
    /// Which; `None` for the only one that runs.
    pub name: Option<String>,
    /// Minutes a week; `None` for as many as in the last period.
    pub minutes_per_week: Option<Minutes>,
    /// Money for the period; `None` for as much as in the last.
    pub money: Option<f64>,
    /// First day; `None` for the day the last period ends.
    pub from: Option<Moment>,
    /// The day after the last; `None` for a year later.
    pub until: Option<Moment>,
    /// Whether a time without a budget is meant.
    pub gap: bool,
    /// What is said to it.
    pub note: Option<String>,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// What is changed of a programme; `None` and empty lists leave it as it is.
#[derive(Clone, PartialEq, Debug)]
pub struct AdjustProgrammeRequest {
    /// Which; `None` for the only one that runs.
    pub name: Option<String>,
    /// Its goals from here on.
    pub goals: Vec<String>,
    /// Members who come, or whose minutes or platforms change.
    pub members: Vec<Member>,
    /// Members who leave, by name.
    pub leaving: Vec<String>,
    /// Its platforms from here on.
    pub platforms: Vec<String>,
    /// Minutes a week in the running period.
    pub minutes_per_week: Option<Minutes>,
    /// Money for the running period.
    pub money: Option<f64>,
    /// What is said to it.
    pub note: Option<String>,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// The end of a programme.
#[derive(Clone, PartialEq, Debug)]
pub struct EndProgrammeRequest {
    /// Which; `None` for the only one that runs.
    pub name: Option<String>,
    /// When; `None` for this moment.
    pub at: Option<Moment>,
    /// What is said to it.
    pub note: Option<String>,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

impl Session {
    /// Begins a programme.
    ///
    /// # Errors
    /// [`SessionError`] if one is called so already, the core refuses it, or the store cannot be written.
    pub fn begin_programme(
        &mut self,
        request: &NewProgrammeRequest,
    ) -> Result<ProgrammeView, SessionError> {
        let name = request.name.trim();
        let is_taken = self.kept()?.iter().any(|kept| kept.programme.name == name);
        if is_taken {
            Err(ProgrammeRequestError::Taken { name: name.to_owned() })?;
        }
        let setting = Minutes::new(self.config.plan.minutes_per_week);
        let together: Minutes = sum(&request.team);
        let per_week = request.minutes_per_week.unwrap_or(if request.team.is_empty() {
            setting
        } else {
            together
        });
        let mut team = request.team.clone();
        if team.is_empty() {
            team.push(Member::new(request.lang.pick("I", "ich"), per_week));
        }
        let from = request.from.map_or_else(|| self.day_start(request.now), Ok)?;
        let window = Window::new(from, request.until.map_or_else(|| self.year_later(from), Ok)?);
        let commitment = Commitment {
            name: name.to_owned(),
            goals: request.goals.clone(),
            team,
            platforms: request.platforms.clone(),
        };
        let first = Period { window, minutes: within(window, per_week), money: request.money };
        let programme =
            Programme::begin(commitment, first).map_err(ProgrammeRequestError::Refused)?;
        let kind = ProgrammeStep::Begun;
        self.take(&Step { at: request.now, kind, note: request.note.clone(), programme })?;
        self.shown(name, request.now, request.lang)
    }

    /// Gives a programme a further period.
    ///
    /// # Errors
    /// [`SessionError`] if it is not to be found, the core refuses it, or the store cannot be written.
    pub fn renew_programme(
        &mut self,
        request: &RenewProgrammeRequest,
    ) -> Result<ProgrammeView, SessionError> {
        let kept = self.kept()?;
        let programme = &choose(&kept, request.name.as_deref(), request.now)?.programme;
        let last = programme.periods.iter().max_by_key(|period| period.window.end());
        let from = request.from.or(last.map(|last| last.window.end())).unwrap_or(request.now);
        let until = request.until.map_or_else(|| self.year_later(from), Ok)?;
        let window = Window::new(from, until);
        let per_week = request.minutes_per_week.or(last.map(per_week)).unwrap_or_default();
        let next = Period {
            window,
            minutes: within(window, per_week),
            money: request.money.or(last.and_then(|last| last.money)),
        };
        let gap = if request.gap { Gap::Meant } else { Gap::Refused };
        let renewed = programme.renew(next, gap).map_err(ProgrammeRequestError::Refused)?;
        let (name, kind) = (renewed.name.clone(), ProgrammeStep::Renewed);
        let note = request.note.clone();
        self.take(&Step { at: request.now, kind, note, programme: renewed })?;
        self.shown(&name, request.now, request.lang)
    }

    /// Changes a programme.
    ///
    /// # Errors
    /// [`SessionError`] if it is not to be found, the core refuses it, or the store cannot be written.
    pub fn adjust_programme(
        &mut self,
        request: &AdjustProgrammeRequest,
    ) -> Result<ProgrammeView, SessionError> {
        let kept = self.kept()?;
        let programme = &choose(&kept, request.name.as_deref(), request.now)?.programme;
        let some = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
        let running = programme.period_at(request.now);
        // Without a running period the core is asked all the same, and says that there is none.
        let minutes = request
            .minutes_per_week
            .map(|minutes| running.map_or(minutes, |running| within(running.window, minutes)));
        let change = Adjustment {
            goals: some(&request.goals),
            team: changed_team(programme, request)?,
            platforms: some(&request.platforms),
            minutes,
            money: request.money.map(Some),
        };
        if change == Adjustment::default() {
            Err(ProgrammeRequestError::NothingToChange)?;
        }
        let adjusted =
            programme.adjust(change, request.now).map_err(ProgrammeRequestError::Refused)?;
        let (name, kind) = (adjusted.name.clone(), ProgrammeStep::Adjusted);
        let note = request.note.clone();
        self.take(&Step { at: request.now, kind, note, programme: adjusted })?;
        self.shown(&name, request.now, request.lang)
    }

    /// Ends a programme.
    ///
    /// # Errors
    /// [`SessionError`] if it is not to be found, was ended before, or the store cannot be written.
    pub fn end_programme(
        &mut self,
        request: &EndProgrammeRequest,
    ) -> Result<ProgrammeView, SessionError> {
        let kept = self.kept()?;
        let programme = &choose(&kept, request.name.as_deref(), request.now)?.programme;
        let at = request.at.unwrap_or(request.now);
        let ended = programme.end(at).map_err(ProgrammeRequestError::Refused)?;
        let (name, kind) = (ended.name.clone(), ProgrammeStep::Ended);
        let note = request.note.clone();
        self.take(&Step { at: request.now, kind, note, programme: ended })?;
        self.shown(&name, request.now, request.lang)
    }

    /// Reads every programme as it stands.
    pub(crate) fn kept(&self) -> Result<Vec<Kept>, SessionError> {
        programmes(&self.store.read()?, self.store.path())
    }

    /// Keeps a step.
    fn take(&mut self, step: &Step) -> Result<(), SessionError> {
        let event = event(step).map_err(|source| SessionError::File {
            what: "write a programme into",
            path: self.store.path().to_owned(),
            source: source.into(),
        })?;
        Ok(self.store.record_programme(&event)?)
    }

    fn day_start(&self, at: Moment) -> Result<Moment, ProgrammeRequestError> {
        day_start(at, &self.zone).ok_or(ProgrammeRequestError::Calendar)
    }

    fn year_later(&self, at: Moment) -> Result<Moment, ProgrammeRequestError> {
        year_later(at, &self.zone).ok_or(ProgrammeRequestError::Calendar)
    }
}

/// Returns the minutes of a window at so many a week, in whole minutes.
fn within(window: Window, per_week: Minutes) -> Minutes {
    Minutes::new((per_week.get() * window.days() / 7.0).round())
}

/// Returns how many minutes a week a period has, in whole minutes.
fn per_week(period: &Period) -> Minutes {
    let weeks = period.window.days() / 7.0;
    if 0.0 < weeks { Minutes::new((period.minutes.get() / weeks).round()) } else { Minutes::ZERO }
}

fn sum(team: &[Member]) -> Minutes {
    team.iter().fold(Minutes::ZERO, |sum, member| sum + member.minutes_per_week)
}

/// Returns the team after those who come and those who leave; `None` if nobody does either.
fn changed_team(
    programme: &Programme,
    request: &AdjustProgrammeRequest,
) -> Result<Option<Vec<Member>>, ProgrammeRequestError> {
    if request.members.is_empty() && request.leaving.is_empty() {
        return Ok(None);
    }
    let mut team = programme.team.clone();
    for member in &request.members {
        match team.iter_mut().find(|there| there.name == member.name) {
            Some(there) => *there = member.clone(),
            None => team.push(member.clone()),
        }
    }
    for name in &request.leaving {
        let known: Vec<&str> = programme.team.iter().map(|member| member.name.as_str()).collect();
        let known = known.join(", ");
        let there = team.iter_mut().find(|there| there.name == *name);
        let there = there.ok_or_else(|| ProgrammeRequestError::NotOnTheTeam {
            programme: programme.name.clone(),
            member: name.clone(),
            known,
        })?;
        there.until = Some(request.now);
    }
    Ok(Some(team))
}

#[cfg(test)]
mod tests;
