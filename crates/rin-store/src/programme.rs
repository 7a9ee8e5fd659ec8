//! The steps of programmes, one row each: what was begun, renewed, adjusted and ended, and how it then stood.
//!
//! Rows are only added, which the file itself enforces, so the history cannot be lost by a later step. The body is the
//! caller's text; the store does not look into it.

use rin_core::Moment;
use rusqlite::Row;

use crate::{
    Reader, Store, StoreError,
    column::{damaged, moment},
};

/// What was done to a programme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ProgrammeStep {
    /// It was begun.
    Begun,
    /// It got a further period.
    Renewed,
    /// Its goals, team, platforms or running budget were changed.
    Adjusted,
    /// It was ended.
    Ended,
}

impl ProgrammeStep {
    pub(crate) const ALL: [Self; 4] = [Self::Begun, Self::Renewed, Self::Adjusted, Self::Ended];

    /// Returns the number in the file.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Begun => 1,
            Self::Renewed => 2,
            Self::Adjusted => 3,
            Self::Ended => 4,
        }
    }

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Renewed => "renewed",
            Self::Adjusted => "adjusted",
            Self::Ended => "ended",
        }
    }
}

/// One step of a programme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgrammeEvent {
    /// Which programme, by name.
    pub programme: String,
    /// From when it holds.
    pub at: Moment,
    /// What was done.
    pub step: ProgrammeStep,
    /// The programme as it stands after the step, JSON.
    pub body: String,
}

impl Store {
    /// Adds a step to the history of its programme.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn record_programme(&mut self, event: &ProgrammeEvent) -> Result<(), StoreError> {
        let row = (&event.programme, event.at.unix_ms(), event.step.number(), &event.body);
        let written = self.connection.execute(
            "INSERT INTO programme_event (programme, at, kind, body) VALUES (?, ?, ?, ?)",
            row,
        );
        self.at(written).map(|_| ())
    }
}

impl Reader<'_> {
    /// Returns the steps of all programmes, in the order in which they were recorded.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn programme_events(&self) -> Result<Vec<ProgrammeEvent>, StoreError> {
        self.rows("SELECT programme, at, kind, body FROM programme_event ORDER BY id", [], read)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<ProgrammeEvent> {
    let number: u8 = row.get(2)?;
    let step = ProgrammeStep::ALL.into_iter().find(|step| step.number() == number);
    Ok(ProgrammeEvent {
        programme: row.get(0)?,
        at: moment(row, 1)?,
        step: step.ok_or_else(|| damaged(format!("programme step {number} is unknown")))?,
        body: row.get(3)?,
    })
}
