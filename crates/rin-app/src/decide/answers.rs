//! What was said this week, to look back at and to take back.

use rin_core::{Minutes, Moment};
use rin_store::DecisionKind;
use serde::Serialize;

use super::name;
use crate::{
    Lang, Session, SessionError,
    people::People,
    time::{iso_date, week_of},
};

/// The answers of one week.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AnswersView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Those not taken back, the one given last first.
    pub answers: Vec<AnswerRow>,
}

/// One answer.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AnswerRow {
    /// Its own number, by which it can be taken back.
    pub number: i64,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// `done`, `later`, `never`.
    pub answer: &'static str,
    /// The same as a sentence.
    pub said: String,
    /// When it was said, ISO 8601.
    pub day: String,
    /// How many minutes it took, if it was done.
    pub minutes: Option<f64>,
    /// Until when it waits, ISO 8601, if it is for later.
    pub until: Option<String>,
}

impl Session {
    /// Returns what was said in the week of `now`.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn answers(&self, now: Moment, lang: Lang) -> Result<AnswersView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let week = week_of(now, &self.zone);
        let decisions = reader.decisions()?.into_iter();
        let answers =
            decisions.filter(|(_, decision)| week.contains(decision.at)).map(|(id, decision)| {
                let name = name(&people, decision.party);
                let (minutes, until) = match decision.kind {
                    DecisionKind::Done { minutes } => (Some(Minutes::get(minutes)), None),
                    DecisionKind::Later { until } => (None, Some(iso_date(until, &self.zone))),
                    _ => (None, None),
                };
                AnswerRow {
                    number: id.get(),
                    party: decision.party.get(),
                    answer: decision.kind.name(),
                    said: self.said(decision.kind, &name, lang),
                    day: iso_date(decision.at, &self.zone),
                    name,
                    minutes,
                    until,
                }
            });
        Ok(AnswersView { schema: "rin.answers/1", answers: answers.collect() })
    }
}
