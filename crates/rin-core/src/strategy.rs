//! One platform's engagement rules: what may be done for whom, at what cost, with what effect and why.
//!
//! A [`Strategy`] sees assessed relationships as columns and proposes actions; it never performs anything. The
//! planner decides. A strategy compiled in and one behind the plugin boundary are the same to everybody above,
//! because both work on the same borrowed [`Batch`].

mod action;
mod columns;
mod course;
mod norm;
mod propose;
mod review;
mod table;

pub(crate) use self::course::Course;
pub use self::{
    action::{ActionKind, Proposal, ProposalSink, Reason, Text},
    columns::{Batch, Column, ColumnData, ColumnRequest, Slice, Values},
    norm::{Norm, Rule},
    propose::{Proposed, propose},
    review::{Brief, Remark, Verdict},
    table::{Row, Table},
};
use crate::Stop;

/// One platform's engagement rules.
///
/// # Example
/// ```
/// use rin_core::{ActionKind, Batch, Column, ColumnRequest, Proposal, ProposalSink, Reason, Strategy,
///     StrategyError, StrategyInfo, Text};
///
/// /// Say hello after a month of silence.
/// struct Hello(StrategyInfo);
///
/// impl Strategy for Hello {
///     fn info(&self) -> &StrategyInfo {
///         &self.0
///     }
///
///     fn propose(&mut self, batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), StrategyError> {
///         let silence = batch.f32(Column::SilenceDays)?;
///         for row in 0..batch.rows() {
///             if silence.get(row).is_some_and(|days| 30.0 < days) {
///                 sink.push(&Proposal { row, minutes: 5.0, effect: 0.4, ..Proposal::default() })?;
///             }
///         }
///         Ok(())
///     }
/// }
///
/// let text = Text { en: "say hello".into(), de: "sich melden".into() };
/// let hello = Hello(StrategyInfo {
///     id: "org.example.hello".into(),
///     platform: "example".into(),
///     columns: vec![ColumnRequest::required(Column::SilenceDays)],
///     kinds: vec![ActionKind { id: "hello".into(), text: text.clone() }],
///     reasons: vec![Reason { id: "silent".into(), text }],
///     ..StrategyInfo::default()
/// });
/// assert_eq!(hello.norms(), &[]);
/// ```
pub trait Strategy {
    /// Returns what it is and what it asks for. Constant for the life of the value.
    fn info(&self) -> &StrategyInfo;

    /// Proposes actions for the rows of one batch.
    ///
    /// The answer for a row depends on that row, `now` and `seed` only: it must not matter how rows are batched.
    ///
    /// # Errors
    /// [`StrategyError`] if a column is missing, the taker wants no more, or the rules themselves fail.
    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError>;

    /// Returns the platform's limits and customs, each with its source.
    fn norms(&self) -> &[Norm] {
        &[]
    }

    /// Says what the platform's norms mean for a planned campaign.
    ///
    /// # Errors
    /// [`StrategyError`] if the rules themselves fail.
    fn review(&mut self, brief: &Brief) -> Result<Vec<Remark>, StrategyError> {
        let _ = brief;
        Ok(Vec::new())
    }
}

/// What a strategy is and what it asks for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct StrategyInfo {
    /// Reverse domain name in ASCII `a-z 0-9 . -`, e.g. `org.rin.mastodon`.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// What people read.
    pub name: String,
    /// SPDX expression.
    pub license: String,
    /// The platform it is for, as in [`AccountKey::platform`](crate::AccountKey).
    pub platform: String,
    /// The columns it wants, in the order it wants them.
    pub columns: Vec<ColumnRequest>,
    /// What its proposals may be; a proposal names one by position.
    pub kinds: Vec<ActionKind>,
    /// Why it proposes; a proposal names one by position.
    pub reasons: Vec<Reason>,
}

/// Why a strategy gave no answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StrategyError {
    /// A column it needs is not in the batch.
    #[error("column {name} is missing from the batch or has another type")]
    MissingColumn {
        /// The column's name.
        name: &'static str,
    },
    /// The taker of proposals wants no more.
    #[error("the host asked the strategy to stop")]
    Stopped,
    /// A plugin did not answer as it must.
    #[error("strategy {id} failed: {what}")]
    Failed {
        /// The strategy's id.
        id: String,
        /// What it did.
        what: String,
    },
}

impl From<Stop> for StrategyError {
    fn from(_: Stop) -> Self {
        Self::Stopped
    }
}
