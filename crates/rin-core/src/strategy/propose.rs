//! Asking a strategy about every relationship of its platform, and keeping what it proposes.

use super::{Proposal, ProposalSink, Strategy, StrategyError, Table};
use crate::{Moment, Stop};

/// Rows lent at a time: enough that a round trip to a worker costs next to nothing a row.
const BATCH_ROWS: usize = 262_144;

/// One proposal kept, with the row of its table.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Proposed {
    /// Row in the table.
    pub row: u32,
    /// Position in the strategy's kinds.
    pub kind: u16,
    /// Position in the strategy's reasons.
    pub reason: u16,
    /// What it costs us, in minutes.
    pub minutes: f32,
    /// Probability that it leads to a contact.
    pub effect: f32,
    /// Days from now before which it makes no sense.
    pub earliest_days: f32,
    /// Days from now after which it is too late; infinite for never.
    pub due_days: f32,
}

/// Asks `strategy` about every row of `table`.
///
/// # Example
/// ```
/// use rin_core::{propose, Moment, Strategy, StrategyError, Table};
/// fn count(strategy: &mut dyn Strategy, table: &Table, now: Moment) -> Result<usize, StrategyError> {
///     Ok(propose(strategy, table, now, 1)?.len())
/// }
/// ```
///
/// # Errors
/// [`StrategyError`] if the strategy fails or proposes what it must not ([`Proposal::check`]).
pub fn propose(
    strategy: &mut dyn Strategy,
    table: &Table,
    now: Moment,
    seed: u64,
) -> Result<Vec<Proposed>, StrategyError> {
    let info = strategy.info();
    let (kinds, reasons, id) = (info.kinds.len(), info.reasons.len(), info.id.clone());
    let wanted = info.columns.clone();
    let mut keeper = Keeper { kept: Vec::new(), first: 0, rows: 0, kinds, reasons, fault: None };
    table.for_each_batch(&wanted, BATCH_ROWS, (now, seed), |first, batch| {
        keeper.first = first;
        keeper.rows = batch.rows();
        let answer = strategy.propose(batch, &mut keeper);
        match keeper.fault.take() {
            Some(what) => Err(StrategyError::Failed { id: id.clone(), what: what.to_owned() }),
            None => answer,
        }
    })?;
    Ok(keeper.kept)
}

impl Proposal<'_> {
    /// Checks that it names a row, kind and reason that exist and holds sensible numbers.
    ///
    /// # Errors
    /// What is wrong with it, as half a sentence.
    pub fn check(&self, rows: usize, kinds: usize, reasons: usize) -> Result<(), &'static str> {
        let is_share = |x: f32| (0.0..=1.0).contains(&x);
        if rows <= self.row {
            Err("proposed something for a row that does not exist")
        } else if kinds <= self.kind as usize || reasons <= self.reason as usize {
            Err("proposed a kind or reason it has not declared")
        } else if !(self.minutes.is_finite() && 0.0 < self.minutes) {
            Err("proposed an action that costs no or endless time")
        } else if !is_share(self.effect) || !is_share(self.confidence) {
            Err("proposed an effect or confidence outside 0 to 1")
        } else if !self.earliest_days.is_finite() || self.due_days.is_nan() {
            Err("proposed a date that is none")
        } else {
            Ok(())
        }
    }
}

struct Keeper {
    kept: Vec<Proposed>,
    first: usize,
    rows: usize,
    kinds: usize,
    reasons: usize,
    fault: Option<&'static str>,
}

impl ProposalSink for Keeper {
    fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop> {
        if let Err(what) = proposal.check(self.rows, self.kinds, self.reasons) {
            self.fault = Some(what);
            return Err(Stop);
        }
        let row = u32::try_from(self.first + proposal.row).map_err(|_| Stop)?;
        self.kept.push(Proposed {
            row,
            kind: u16::try_from(proposal.kind).map_err(|_| Stop)?,
            reason: u16::try_from(proposal.reason).map_err(|_| Stop)?,
            minutes: proposal.minutes,
            effect: proposal.effect,
            earliest_days: proposal.earliest_days,
            due_days: proposal.due_days,
        });
        Ok(())
    }
}
