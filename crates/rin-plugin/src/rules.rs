//! What engagement rules look at: one relationship of a batch, in plain numbers of days and shares.
//!
//! Most rules read the same nine columns and propose at most one thing for each row, so the reading stands here once and
//! a platform says only what it calls for.

use rin_core::{Batch, Column, Proposal, ProposalSink, StrategyError};

const DAY_MS: f64 = 86_400_000.0;

/// One relationship, as far as the batch shows it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Relationship {
    /// Days since the last contact, never negative.
    pub silence: f64,
    /// Days with contact.
    pub contact_days: f64,
    /// Probability of being alive; 0 if it is not known.
    pub alive: f64,
    /// Days since they wrote and have had no answer.
    pub open: Option<f64>,
    /// How many contacts of ours in a row were left unanswered.
    pub unanswered: Option<f64>,
    /// Whether the sources show what the other side does.
    pub is_covered: bool,
    /// Mean days between two days of contact.
    pub rhythm: Option<f64>,
    /// Days until it is expected to lapse.
    pub lapse: Option<f64>,
    /// Bits of [`Column::Flags`]; none if the column is not there.
    pub flags: u32,
}

/// Asks `decide` about every relationship of a batch that has a silence and contact days, and proposes what it says.
///
/// Needed are [`Column::SilenceDays`], [`Column::ContactDays`] and [`Column::Alive`]; the others may be missing.
///
/// # Example
/// ```
/// use rin_plugin::{prelude::*, rules::propose_each};
/// fn propose(batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), StrategyError> {
///     propose_each(batch, sink, |one| (30.0 < one.silence).then(Proposal::default))
/// }
/// ```
///
/// # Errors
/// [`StrategyError`] if a needed column is missing or the taker wants no more.
pub fn propose_each(
    batch: &Batch<'_>,
    sink: &mut dyn ProposalSink,
    decide: impl Fn(&Relationship) -> Option<Proposal<'static>>,
) -> Result<(), StrategyError> {
    let silence = batch.f32(Column::SilenceDays)?;
    let contact_days = batch.u32(Column::ContactDays)?;
    let alive = batch.f32(Column::Alive)?;
    let open = batch.i64(Column::OpenMs).ok();
    let unanswered = batch.u32(Column::Unanswered).ok();
    let received = batch.u32(Column::Received).ok();
    let rhythm = batch.f32(Column::RhythmDays).ok();
    let lapse = batch.i64(Column::LapseMs).ok();
    let flags = batch.u32(Column::Flags).ok();
    let now = to_f64(batch.now().unix_ms());
    for row in 0..batch.rows() {
        let (Some(silence), Some(contact_days)) = (silence.get(row), contact_days.get(row)) else {
            continue;
        };
        let seen = Relationship {
            silence: f64::from(silence).max(0.0),
            contact_days: f64::from(contact_days),
            alive: f64::from(alive.get(row).unwrap_or(0.0)),
            open: open.and_then(|open| open.get(row)).map(|ms| (now - to_f64(ms)) / DAY_MS),
            unanswered: unanswered.and_then(|all| all.get(row)).map(f64::from),
            is_covered: received.is_some_and(|all| all.get(row).is_some()),
            rhythm: rhythm.and_then(|all| all.get(row)).map(f64::from),
            lapse: lapse.and_then(|all| all.get(row)).map(|ms| (to_f64(ms) - now) / DAY_MS),
            flags: flags.and_then(|all| all.get(row)).unwrap_or(0),
        };
        if let Some(proposal) = decide(&seen) {
            sink.push(&Proposal { row, ..proposal })?;
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a millisecond in 285,000 years is not missed")]
const fn to_f64(ms: i64) -> f64 {
    ms as f64
}
