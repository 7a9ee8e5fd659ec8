//! Lines as a person reads them: whom, where, what, when, who does it, and why.

use jiff::tz::TimeZone;
use rin_core::{Day, LeftOut, Moment, Plan, PlanLine, PlanWeek};
use serde::Serialize;

use super::{desk::Desk, team::Team};
use crate::{
    Lang,
    people::{People, handle_of, name_of},
    reason,
    time::{civil_day, date_of, iso_date},
};

/// One thing to do.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PlanLineView {
    /// Its number, from 1; `rin done 1` means this.
    pub line: usize,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// What to type to reach them, if known.
    pub handle: Option<String>,
    /// Where.
    pub platform: String,
    /// The account's own id on its platform.
    pub account: String,
    /// Where it is looked at, if its plugin says.
    pub link: Option<String>,
    /// The kind of action, a stable name.
    pub action: String,
    /// What to do, as a sentence.
    pub what: String,
    /// Why, as a sentence.
    pub why: String,
    /// The figures behind it, as a sentence.
    pub facts: String,
    /// What it costs.
    pub minutes: f64,
    /// The day it is planned for, ISO 8601.
    pub day: String,
    /// Who of the team does it; `None` if there is no team.
    pub member: Option<String>,
    /// Before which day it must not be done, ISO 8601, if that is later than the first day of its week.
    pub not_before: Option<String>,
    /// By when, ISO 8601, if somebody waits.
    pub due: Option<String>,
    /// Whether somebody waits for it.
    pub owed: bool,
    /// Whether it stood so in the last plan.
    pub kept: bool,
    /// Probability that things stand by then as the figures say; 1 in the first week.
    pub likelihood: f64,
    /// Probability of being alive if nobody acts.
    pub alive: f64,
    /// The same after a contact.
    pub alive_after: f64,
    /// Probability that the action leads to a contact.
    pub effect: f64,
    /// When it is expected to lapse if nobody acts, ISO 8601.
    pub lapse: String,
    /// Last contact on this platform, ISO 8601.
    pub last: Option<String>,
    /// Days of silence by the first day of its week.
    pub silence_days: f64,
    /// Days with contact on all platforms.
    pub contact_days: u32,
}

/// How many proposals were left out, by reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct LeftOutView {
    /// Blocked, muted or marked never.
    pub never: usize,
    /// The user said later, or the time has not come.
    pub later: usize,
    /// Silent for too long to be planned for.
    pub dormant: usize,
    /// Contacted too recently.
    pub cooldown: usize,
    /// Too many contacts without an answer.
    pub unanswered: usize,
    /// A limit of the platform.
    pub norm: usize,
    /// Another action for the same party is in the plan.
    pub same_party: usize,
    /// No time left.
    pub time: usize,
}

impl LeftOutView {
    pub(crate) const fn new(left: &LeftOut) -> Self {
        Self {
            never: left.barred,
            later: left.postponed,
            dormant: left.dormant,
            cooldown: left.cooldown,
            unanswered: left.unanswered,
            norm: left.norm,
            same_party: left.same_party,
            time: left.budget,
        }
    }
}

/// Returns the last day of a week that the plan covers.
pub(super) fn last_day(week: &PlanWeek) -> Day {
    let days = i32::try_from(week.days).unwrap_or(7);
    Day::from_number(week.start.number().saturating_add(days - 1))
}

/// Turns lines into what a person reads.
pub(crate) struct Shower<'a> {
    pub(super) people: &'a People,
    pub(super) desks: &'a [Desk],
    pub(super) team: &'a Team,
    pub(super) zone: &'a TimeZone,
}

impl Shower<'_> {
    pub(crate) fn lines(&self, made: &Plan, lang: Lang) -> Vec<PlanLineView> {
        let first = |line: &PlanLine| made.weeks.get(line.week).map(|week| week.start);
        let lines = made.lines.iter().enumerate();
        lines.filter_map(|(at, line)| self.line(at + 1, (line, first(line)?), lang)).collect()
    }

    fn line(
        &self,
        number: usize,
        (line, first): (&PlanLine, Day),
        lang: Lang,
    ) -> Option<PlanLineView> {
        let desk = self.desks.get(line.offer)?;
        let known = self.people.accounts.get(&line.account)?;
        let kind = desk.info.kinds.get(line.kind)?;
        let why = desk.info.reasons.get(line.reason)?;
        let date = |moment: Moment| iso_date(moment, self.zone);
        let not_before = Some(civil_day(line.earliest, self.zone)).filter(|day| first < *day);
        let member = self.team.seats.get(line.seat).map(|seat| self.people.member(&seat.name));
        Some(PlanLineView {
            line: number,
            party: line.party.get(),
            name: name_of(known),
            handle: handle_of(known),
            platform: desk.platform.clone(),
            account: known.account.key.id.clone(),
            link: None,
            action: kind.id.clone(),
            what: lang.text(&kind.text).to_owned(),
            why: reason::fill(lang.text(&why.text), &line.facts, lang, self.zone),
            facts: reason::facts(&line.facts, lang, self.zone),
            minutes: line.minutes.get(),
            day: date_of(line.day),
            member: member.filter(|name| !name.is_empty()),
            not_before: not_before.map(date_of),
            due: line.due.map(date),
            owed: line.facts.open_since.is_some(),
            kept: line.is_kept,
            likelihood: line.likelihood,
            alive: line.facts.alive,
            alive_after: line.facts.alive_after,
            effect: line.facts.effect,
            lapse: date(line.facts.lapse),
            last: line.facts.last.map(date),
            silence_days: line.facts.silence_days,
            contact_days: line.facts.contact_days,
        })
    }
}
