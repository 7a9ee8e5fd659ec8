//! What the user says to a proposal: done, later, never, and taking it back.
//!
//! "Done" is a statement about our time, kept as data; it is *not* an interaction in the log, because the next export
//! brings the event itself and would then count twice. The planner asks for [`Standing`], what holds now per party.

use rin_core::{Minutes, Moment, PartyId};
use rusqlite::{OptionalExtension, Row};

use crate::{
    PlanId, Reader, Store, StoreError,
    column::{damaged, moment},
};

/// One decision in this store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DecisionId(pub(crate) i64);

impl DecisionId {
    /// Makes it of the number shown.
    pub const fn new(raw: i64) -> Self {
        Self(raw)
    }

    /// Returns the number in table `decision`.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DecisionKind {
    /// We did it.
    Done {
        /// The time it took.
        minutes: Minutes,
    },
    /// Not before that moment.
    Later {
        /// When to propose something again.
        until: Moment,
    },
    /// No proposals about this party any more.
    Never,
}

impl DecisionKind {
    /// One of each, for their numbers and names.
    pub(crate) const ALL: [Self; 3] = [
        Self::Done { minutes: Minutes::ZERO },
        Self::Later { until: Moment::from_unix_ms(0) },
        Self::Never,
    ];

    /// Returns the number in the file.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Done { .. } => 1,
            Self::Later { .. } => 2,
            Self::Never => 3,
        }
    }

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Later { .. } => "later",
            Self::Never => "never",
        }
    }
}

/// A decision with its circumstances.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decision {
    /// About whom.
    pub party: PartyId,
    /// What.
    pub kind: DecisionKind,
    /// When it was made; for "done", when we did it.
    pub at: Moment,
    /// The plan and line it answers, if it answers one.
    pub answers: Option<(PlanId, u32)>,
}

/// What holds for a party by all decisions that were not taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Standing {
    /// About whom.
    pub party: PartyId,
    /// When we last did something, as the user says.
    pub last_done: Option<Moment>,
    /// No proposals at all.
    pub never: bool,
    /// No proposals before this moment; something done later lifts it.
    pub postponed_until: Option<Moment>,
}

/// A decision that was taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Undone {
    /// When.
    pub at: Moment,
    /// The plan and line it had answered, if it had one.
    pub answered: Option<(PlanId, u32)>,
}

impl Store {
    /// Records a decision.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such party, or [`StoreError`] if it cannot be written.
    pub fn decide(&mut self, decision: &Decision) -> Result<DecisionId, StoreError> {
        let party = decision.party.get();
        let (seconds, until) = match decision.kind {
            DecisionKind::Done { minutes } => (Some(minutes.seconds()), None),
            DecisionKind::Later { until } => (None, Some(until.unix_ms())),
            DecisionKind::Never => (None, None),
        };
        let (plan, line) = decision.answers.map(|(plan, line)| (plan.get(), line)).unzip();
        let number = decision.kind.number();
        let id: Option<i64> = self.at(self
            .connection
            .query_row(
                "INSERT INTO decision (made_at, kind, party, seconds, until, plan, line)
                 SELECT ?, ?, id, ?, ?, ?, ? FROM party WHERE id = ? RETURNING id",
                (decision.at.unix_ms(), number, seconds, until, plan, line, party),
                |row| row.get(0),
            )
            .optional())?;
        id.map(DecisionId).ok_or_else(|| self.unknown("party", i64::from(party)))
    }

    /// Takes a decision back. It stays in the file and counts no longer; taking it back twice changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such decision, or [`StoreError`] if it cannot be written.
    pub fn undo(&mut self, decision: DecisionId, now: Moment) -> Result<(), StoreError> {
        let n_written = self.at(self.connection.execute(
            "UPDATE decision SET undone_at = ifnull(undone_at, ?2) WHERE id = ?1",
            (decision.0, now.unix_ms()),
        ))?;
        if n_written == 0 { Err(self.unknown("decision", decision.0)) } else { Ok(()) }
    }

    pub(crate) fn unknown(&self, what: &'static str, id: i64) -> StoreError {
        StoreError::Unknown { path: self.path.clone(), what, id }
    }
}

impl Reader<'_> {
    /// Returns the decisions that were not taken back, the one made last first.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn decisions(&self) -> Result<Vec<(DecisionId, Decision)>, StoreError> {
        self.rows(
            "SELECT id, party, kind, made_at, seconds, until, plan, line FROM decision
              WHERE undone_at IS NULL ORDER BY id DESC",
            [],
            |row| Ok((DecisionId(row.get(0)?), self.decision(row)?)),
        )
    }

    /// Returns the answer that was taken back last, if any was.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn last_undone(&self) -> Result<Option<Undone>, StoreError> {
        let undone = self.rows(
            "SELECT undone_at, plan, line FROM decision WHERE undone_at IS NOT NULL
              ORDER BY undone_at DESC, id DESC LIMIT 1",
            [],
            |row| {
                let plan: Option<i64> = row.get(1)?;
                let answered = plan.map(PlanId::new).zip(row.get(2)?);
                Ok(Undone { at: moment(row, 0)?, answered })
            },
        )?;
        Ok(undone.into_iter().next())
    }

    /// Returns what holds now for every party about which something was decided, by party.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        let mut standings: Vec<Standing> = Vec::new();
        let mut decisions = self.rows(
            "SELECT id, party, kind, made_at, seconds, until, plan, line FROM decision
              WHERE undone_at IS NULL ORDER BY party, made_at, id",
            [],
            |row| self.decision(row),
        )?;
        // Those of parties that are one follow each other; by time, as each of them did.
        decisions.sort_by_key(|decision| (decision.party, decision.at));
        for decision in decisions {
            let party = decision.party;
            if standings.last().is_none_or(|last| last.party != party) {
                let (last_done, postponed_until) = (None, None);
                standings.push(Standing { party, last_done, never: false, postponed_until });
            }
            if let Some(standing) = standings.last_mut() {
                standing.take(&decision);
            }
        }
        Ok(standings)
    }

    fn decision(&self, row: &Row<'_>) -> rusqlite::Result<Decision> {
        Ok(Decision { party: self.party(row, 1)?, ..read(row)? })
    }
}

impl Standing {
    /// Takes the next decision in the order of time.
    fn take(&mut self, decision: &Decision) {
        match decision.kind {
            DecisionKind::Done { .. } => {
                self.last_done = Some(decision.at);
                self.postponed_until = None;
            }
            DecisionKind::Later { until } => self.postponed_until = Some(until),
            DecisionKind::Never => self.never = true,
        }
    }
}

/// Reads a decision out of the columns from `party` on.
fn read(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let kind = match row.get::<_, u8>(2)? {
        1 => DecisionKind::Done { minutes: Minutes::from_seconds(row.get(4)?) },
        2 => DecisionKind::Later { until: moment(row, 5)? },
        3 => DecisionKind::Never,
        number => return Err(damaged(format!("decision kind {number} is unknown"))),
    };
    let plan: Option<i64> = row.get(6)?;
    let line: Option<u32> = row.get(7)?;
    Ok(Decision {
        party: PartyId::new(row.get(1)?),
        kind,
        at: moment(row, 3)?,
        answers: plan.map(PlanId::new).zip(line),
    })
}
