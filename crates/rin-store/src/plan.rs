//! The last plans made, so that "line 3 is done" means the line the user saw.
//!
//! Only what names a line is kept (whom, what, why as a reason's name, how long): the figures behind it belong to the
//! moment of the plan and can be computed again. A decision keeps its own copy of what it needs, so that old plans
//! can go.

use rin_core::{Day, Minutes, Moment, PartyId};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::{
    Reader, Store, StoreError,
    column::{moment, moment_or_none, ms},
};

/// Plans kept; the oldest goes when another is saved.
const KEPT: u32 = 100;

/// One plan in this store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlanId(i64);

impl PlanId {
    /// Makes it of the number shown.
    pub const fn new(raw: i64) -> Self {
        Self(raw)
    }

    /// Returns the number in table `plan`.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// What a plan was made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanHeader {
    /// When it was made.
    pub made_at: Moment,
    /// The first moment it is for.
    pub start: Moment,
    /// The first moment it is no longer for.
    pub end: Moment,
    /// The time it could spend.
    pub budget: Minutes,
    /// The seed; the same seed and data make the same plan.
    pub seed: u64,
}

/// One proposal in a plan. Lines are counted from 1 in their order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanLine {
    /// About whom.
    pub party: PartyId,
    /// The platform's short name.
    pub platform: String,
    /// The id of the strategy that proposed it.
    pub strategy: String,
    /// The id of the kind of action.
    pub action: String,
    /// The id of the reason.
    pub reason: String,
    /// What it costs.
    pub minutes: Minutes,
    /// Not before.
    pub earliest: Option<Moment>,
    /// Too late after.
    pub due: Option<Moment>,
    /// The day it is planned for; `None` in plans made before days were kept.
    pub day: Option<Day>,
    /// Who of the team does it; empty if there is no team.
    pub member: String,
}

/// A plan as it was saved.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// Its number.
    pub id: PlanId,
    /// What it was made for.
    pub header: PlanHeader,
    /// Its lines; line 1 is the first.
    pub lines: Vec<PlanLine>,
}

impl Store {
    /// Saves a plan and forgets the one before the last hundred.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written, also for a party that is not in the store; nothing is saved then.
    pub fn save_plan(
        &mut self,
        header: &PlanHeader,
        lines: &[PlanLine],
    ) -> Result<PlanId, StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let id = insert(&transaction, header, lines).map_err(fail)?;
        transaction.commit().map_err(fail)?;
        Ok(PlanId(id))
    }
}

fn insert(
    connection: &Connection,
    header: &PlanHeader,
    lines: &[PlanLine],
) -> rusqlite::Result<i64> {
    let id = connection
        .prepare_cached(
            "INSERT INTO plan (made_at, start_at, end_at, budget, seed) VALUES (?, ?, ?, ?, ?)",
        )?
        .insert((
            header.made_at.unix_ms(),
            header.start.unix_ms(),
            header.end.unix_ms(),
            header.budget.seconds(),
            header.seed.cast_signed(),
        ))?;
    let mut line_of = connection.prepare_cached(
        "INSERT INTO plan_line (plan, line, party, platform, strategy, action, reason, seconds, earliest, due)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut place_of = connection
        .prepare_cached("INSERT INTO plan_place (plan, line, day, member) VALUES (?, ?, ?, ?)")?;
    for (number, line) in (1_i64..).zip(lines) {
        line_of.execute((
            id,
            number,
            line.party.get(),
            &line.platform,
            &line.strategy,
            &line.action,
            &line.reason,
            line.minutes.seconds(),
            ms(line.earliest),
            ms(line.due),
        ))?;
        if let Some(day) = line.day {
            place_of.execute((id, number, day.number(), &line.member))?;
        }
    }
    connection
        .prepare_cached(
            "DELETE FROM plan WHERE id IN (SELECT id FROM plan ORDER BY id DESC LIMIT -1 OFFSET ?)",
        )?
        .execute([KEPT])?;
    Ok(id)
}

impl Reader<'_> {
    /// Returns the plan saved last, if any was.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn last_plan(&self) -> Result<Option<Plan>, StoreError> {
        let id = self.at(crate::column::first(self.connection(), "SELECT max(id) FROM plan"))?;
        match id.flatten() {
            Some(id) => self.plan(PlanId(id)),
            None => Ok(None),
        }
    }

    /// Returns that plan, if it is still kept.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn plan(&self, plan: PlanId) -> Result<Option<Plan>, StoreError> {
        let header = self.at(self
            .connection()
            .query_row(
                "SELECT made_at, start_at, end_at, budget, seed FROM plan WHERE id = ?",
                [plan.0],
                |row| {
                    Ok(PlanHeader {
                        made_at: moment(row, 0)?,
                        start: moment(row, 1)?,
                        end: moment(row, 2)?,
                        budget: Minutes::from_seconds(row.get(3)?),
                        seed: row.get::<_, i64>(4)?.cast_unsigned(),
                    })
                },
            )
            .optional())?;
        let Some(header) = header else { return Ok(None) };
        let lines = self.rows(
            "SELECT party, platform, strategy, action, reason, seconds, earliest, due, day, member
               FROM plan_line LEFT JOIN plan_place USING (plan, line) WHERE plan = ? ORDER BY line",
            [plan.0],
            |row| {
                Ok(PlanLine {
                    party: self.party(row, 0)?,
                    platform: row.get(1)?,
                    strategy: row.get(2)?,
                    action: row.get(3)?,
                    reason: row.get(4)?,
                    minutes: Minutes::from_seconds(row.get(5)?),
                    earliest: moment_or_none(row, 6)?,
                    due: moment_or_none(row, 7)?,
                    day: row.get::<_, Option<i32>>(8)?.map(Day::from_number),
                    member: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
                })
            },
        )?;
        Ok(Some(Plan { id: plan, header, lines }))
    }
}
