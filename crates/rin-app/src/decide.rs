//! What the user says to a line of the plan: done, later, never, and taking it back.

mod answers;

use rin_core::{Minutes, Moment, PartyId, Text};
use rin_store::{Decision, DecisionId, DecisionKind, Plan, PlanId};
use serde::Serialize;

pub use self::answers::{AnswerRow, AnswersView};
use crate::{
    Lang, Session, SessionError,
    people::{People, name_of},
};

/// Days for which "later" puts something off if nobody names a day: four weeks.
pub const LATER_DAYS: f64 = 28.0;

/// An answer to a line of a plan.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Answer {
    /// It was done; in how much time, if it was not what the plan said.
    Done(Option<Minutes>),
    /// Not before that moment.
    Later(Moment),
    /// No proposals about this party any more.
    Never,
}

/// What is answered, and how.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AnswerRequest {
    /// The plan's number; `None` for the last one.
    pub plan: Option<i64>,
    /// The line's number in that plan.
    pub line: u32,
    /// What is said.
    pub answer: Answer,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// What was kept.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AnswerView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The answer's own number, by which it can be taken back.
    pub number: i64,
    /// The line; 0 if it answered none.
    pub line: u32,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// What was said: `done`, `later`, `never`, `undo`.
    pub answer: &'static str,
    /// The same as a sentence.
    pub said: String,
}

/// Why an answer could not be kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// No plan was made yet.
    #[error("there is no plan to answer")]
    NoPlan,
    /// That plan is no longer kept.
    #[error("plan {plan} is no longer kept")]
    NoSuchPlan {
        /// Its number.
        plan: i64,
    },
    /// The plan has no such line.
    #[error("the plan has no line {line}, it has {lines}")]
    NoLine {
        /// What was asked for.
        line: u32,
        /// How many there are.
        lines: usize,
    },
    /// The same was said of the line before.
    #[error("line {line} ({name}) is answered already: {answer}")]
    AlreadyAnswered {
        /// The line.
        line: u32,
        /// Who.
        name: String,
        /// What was said.
        answer: &'static str,
    },
    /// There is nothing to take back.
    #[error("there is no answer to take back")]
    NothingToUndo,
    /// There is no such answer, or it was taken back already.
    #[error("there is no answer {number} to take back")]
    NoSuchAnswer {
        /// Its number.
        number: i64,
    },
    /// "Later" names a moment that is not later.
    #[error("`later` needs a day after today")]
    NotLater,
}

impl AnswerError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::NoPlan => ("Make one with: rin week", "Einen machen mit: rin week"),
            Self::NoSuchPlan { .. } | Self::NoLine { .. } => {
                ("Look at the numbers with: rin week", "Die Nummern zeigt: rin week")
            }
            Self::NoSuchAnswer { .. } => {
                ("See what was said with: rin week", "Was gesagt wurde, zeigt: rin week")
            }
            Self::NothingToUndo => (
                "Answer a line first, for example: rin done 1",
                "Erst eine Zeile beantworten, zum Beispiel: rin done 1",
            ),
            Self::AlreadyAnswered { .. } => {
                ("Take it back with: rin undo", "Zurücknehmen mit: rin undo")
            }
            Self::NotLater => (
                "Say for example: rin later 2 --until 2026-09-01",
                "Zum Beispiel: rin later 2 --until 2026-09-01",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

impl Session {
    /// Keeps what the user says to a line of a plan.
    ///
    /// # Errors
    /// [`SessionError`] if there is no such plan or line, or the store cannot be written.
    pub fn answer(&mut self, request: &AnswerRequest) -> Result<AnswerView, SessionError> {
        let reader = self.store.read()?;
        let plan = match request.plan {
            Some(plan) => {
                reader.plan(PlanId::new(plan))?.ok_or(AnswerError::NoSuchPlan { plan })?
            }
            None => reader.last_plan()?.ok_or(AnswerError::NoPlan)?,
        };
        let line = line_of(&plan, request.line)?.clone();
        let people = People::read(&reader)?;
        let answered = Some((plan.id, request.line));
        let decisions = reader.decisions()?;
        let before =
            decisions.iter().map(|(_, decision)| decision).find(|one| one.answers == answered);
        let before = before.map(|decision| decision.kind.name());
        drop(reader);
        let name = name(&people, line.party);
        let kind = match request.answer {
            Answer::Done(minutes) => {
                DecisionKind::Done { minutes: minutes.unwrap_or(line.minutes) }
            }
            Answer::Later(until) if until <= request.now => Err(AnswerError::NotLater)?,
            Answer::Later(until) => DecisionKind::Later { until },
            Answer::Never => DecisionKind::Never,
        };
        if let Some(answer) = before.filter(|before| *before == kind.name()) {
            Err(AnswerError::AlreadyAnswered { line: request.line, name: name.clone(), answer })?;
        }
        let answers = answered;
        let decision = Decision { party: line.party, kind, at: request.now, answers };
        let id = self.store.decide(&decision)?;
        let said = self.said(kind, &name, request.lang);
        Ok(view((id, &decision), name, (kind.name(), said)))
    }

    /// Takes back the last answer that was not taken back.
    ///
    /// # Errors
    /// [`SessionError`] if there is none, or the store cannot be written.
    pub fn undo(&mut self, now: Moment, lang: Lang) -> Result<AnswerView, SessionError> {
        let last = self.store.read()?.decisions()?.into_iter().next();
        self.take_back(last.ok_or(AnswerError::NothingToUndo)?, now, lang)
    }

    /// Takes back one answer by its number.
    ///
    /// # Errors
    /// [`SessionError`] if there is none, or the store cannot be written.
    pub fn undo_answer(
        &mut self,
        number: i64,
        now: Moment,
        lang: Lang,
    ) -> Result<AnswerView, SessionError> {
        let all = self.store.read()?.decisions()?;
        let one = all.into_iter().find(|(id, _)| id.get() == number);
        self.take_back(one.ok_or(AnswerError::NoSuchAnswer { number })?, now, lang)
    }

    fn take_back(
        &mut self,
        (id, decision): (DecisionId, Decision),
        now: Moment,
        lang: Lang,
    ) -> Result<AnswerView, SessionError> {
        let people = People::read(&self.store.read()?)?;
        self.store.undo(id, now)?;
        let name = name(&people, decision.party);
        let was = decision.kind.name();
        let said = lang.pick(
            format!("Taken back: `{was}` about {name}."),
            format!("Zurückgenommen: `{was}` zu {name}."),
        );
        Ok(view((id, &decision), name, ("undo", said)))
    }

    fn said(&self, kind: DecisionKind, name: &str, lang: Lang) -> String {
        match kind {
            DecisionKind::Done { minutes } => {
                let minutes = lang.number(minutes.get());
                lang.pick(
                    format!("Done: {name}, {minutes} min. The next export brings the contact itself."),
                    format!("Erledigt: {name}, {minutes} min. Den Kontakt selbst bringt der nächste Export."),
                )
            }
            DecisionKind::Later { until } => {
                let day = lang.date(until, &self.zone);
                lang.pick(
                    format!("Later: {name} will not be proposed before {day}."),
                    format!("Später: {name} wird nicht vor {day} vorgeschlagen."),
                )
            }
            _ => lang.pick(
                format!("Never: {name} will not be proposed any more. Take it back with: rin undo"),
                format!("Nie: {name} wird nicht mehr vorgeschlagen. Zurücknehmen mit: rin undo"),
            ),
        }
    }
}

fn view(
    (id, decision): (DecisionId, &Decision),
    name: String,
    (answer, said): (&'static str, String),
) -> AnswerView {
    AnswerView {
        schema: "rin.answer/1",
        number: id.get(),
        line: decision.answers.map_or(0, |(_, line)| line),
        party: decision.party.get(),
        name,
        answer,
        said,
    }
}

fn line_of(plan: &Plan, number: u32) -> Result<&rin_store::PlanLine, AnswerError> {
    let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
    let line = at.and_then(|at| plan.lines.get(at));
    line.ok_or(AnswerError::NoLine { line: number, lines: plan.lines.len() })
}

/// Returns how people call a party.
pub(crate) fn name(people: &People, party: PartyId) -> String {
    people.accounts_of(party).map(name_of).next().unwrap_or_else(|| "?".to_owned())
}

#[cfg(test)]
mod tests;
