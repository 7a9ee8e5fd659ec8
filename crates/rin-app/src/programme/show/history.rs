//! The history of a programme in sentences: what each step changed.

use rin_core::{Member, Period, Programme};
use rin_store::ProgrammeStep;
use serde::Serialize;

use super::{Words, per_week};
use crate::programme::{Kept, Step};

/// A step that was taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ProgrammeStepView {
    /// The day, ISO 8601.
    pub at: String,
    /// `begun`, `renewed`, `adjusted` or `ended`.
    pub step: &'static str,
    /// What it changed, as a sentence.
    pub said: String,
    /// What the user said to it.
    pub note: Option<String>,
}

impl Words<'_> {
    pub(super) fn history(&self, kept: &Kept) -> Vec<ProgrammeStepView> {
        let before = std::iter::once(None).chain(kept.steps.iter().map(Some));
        let steps = kept.steps.iter().zip(before);
        steps
            .map(|(step, before)| ProgrammeStepView {
                at: self.iso(step.at),
                step: step.kind.name(),
                said: self.step(step, before.map(|before| &before.programme)),
                note: step.note.clone(),
            })
            .collect()
    }

    fn step(&self, step: &Step, before: Option<&Programme>) -> String {
        let last = step.programme.periods.last().map(|period| self.budget(period));
        let last = last.unwrap_or_default();
        match (step.kind, before) {
            (ProgrammeStep::Begun, _) | (_, None) => {
                self.lang.pick(format!("Begun: {last}."), format!("Begonnen: {last}."))
            }
            (ProgrammeStep::Renewed, _) => {
                self.lang.pick(format!("Renewed: {last}."), format!("Erneuert: {last}."))
            }
            (ProgrammeStep::Ended, _) => {
                let day = self.day(step.programme.ended.unwrap_or(step.at));
                self.lang.pick(format!("Ended on {day}."), format!("Beendet am {day}."))
            }
            (_, Some(before)) => {
                let changes = self.changes(before, &step.programme).join("; ");
                self.lang.pick(format!("Adjusted: {changes}."), format!("Angepasst: {changes}."))
            }
        }
    }

    fn budget(&self, period: &Period) -> String {
        let minutes = self.lang.number(per_week(period).get());
        let (from, until) = (self.day(period.window.start()), self.day(period.window.end()));
        let money = self.money(period.money);
        self.lang.pick(
            format!("{minutes} min a week{money} from {from} until {until}"),
            format!("{minutes} min je Woche{money} von {from} bis {until}"),
        )
    }

    fn money(&self, money: Option<f64>) -> String {
        money.map_or_else(String::new, |money| {
            let money = self.lang.number(money);
            self.lang.pick(format!(" and {money} in money"), format!(" und {money} an Geld"))
        })
    }

    fn changes(&self, before: &Programme, after: &Programme) -> Vec<String> {
        let mut changes = Vec::new();
        let lang = self.lang;
        for (was, is) in before.periods.iter().zip(&after.periods).filter(|(was, is)| was != is) {
            let (was, is) = (self.budget(was), self.budget(is));
            changes.push(lang.pick(format!("{was} became {is}"), format!("aus {was} wurde {is}")));
        }
        for member in &after.team {
            let was = before.team.iter().find(|was| was.name == member.name);
            if was != Some(member) {
                changes.push(self.member(member, was));
            }
        }
        let list = |list: &[String], none: &str| {
            if list.is_empty() { none.to_owned() } else { list.join(", ") }
        };
        if before.goals != after.goals {
            let goals = list(&after.goals, lang.pick("none", "keine"));
            changes.push(lang.pick(format!("goals: {goals}"), format!("Ziele: {goals}")));
        }
        if before.platforms != after.platforms {
            let platforms = list(&after.platforms, lang.pick("all", "alle"));
            changes.push(
                lang.pick(format!("platforms: {platforms}"), format!("Plattformen: {platforms}")),
            );
        }
        if changes.is_empty() {
            changes.push(lang.pick("nothing", "nichts").to_owned());
        }
        changes
    }

    fn member(&self, member: &Member, was: Option<&Member>) -> String {
        let name = self.session.member_name(&member.name);
        let minutes = self.lang.number(member.minutes_per_week.get());
        match (was, member.until) {
            (_, Some(until)) => {
                let day = self.day(until);
                self.lang.pick(format!("{name} leaves on {day}"), format!("{name} geht am {day}"))
            }
            (None, None) => self.lang.pick(
                format!("{name} comes with {minutes} min a week"),
                format!("{name} kommt mit {minutes} min je Woche"),
            ),
            (Some(_), None) => self.lang.pick(
                format!("{name} has {minutes} min a week"),
                format!("{name} hat {minutes} min je Woche"),
            ),
        }
    }
}
