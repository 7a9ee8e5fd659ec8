//! What a strategy proposes: one concrete thing to do for one relationship.

use crate::Stop;

/// One sentence in both languages, so that a missing one does not compile.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
}

/// A kind of action, e.g. `reply`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActionKind {
    /// Stable name in ASCII.
    pub id: String,
    /// What to do, as a person reads it: "Answer their post".
    pub text: Text,
}

/// Why a strategy proposes something.
///
/// The text may hold `{days}` (silence in days), `{contacts}` (contact days), `{alive}` (probability in percent)
/// and `{lapse}` (date); whoever shows the plan fills them from the assessment, so that the figures are the core's.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reason {
    /// Stable name in ASCII.
    pub id: String,
    /// The sentence.
    pub text: Text,
}

/// One concrete thing to do for the relationship in one row of the batch.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Proposal<'a> {
    /// Row in this batch.
    pub row: usize,
    /// Position in [`StrategyInfo::kinds`](crate::StrategyInfo).
    pub kind: u32,
    /// Position in [`StrategyInfo::reasons`](crate::StrategyInfo).
    pub reason: u32,
    /// What it costs us, in minutes; above zero.
    pub minutes: f32,
    /// Probability in `0..=1` that it leads to a contact.
    pub effect: f32,
    /// Days from now before which it makes no sense; 0 for at once.
    pub earliest_days: f32,
    /// Days from now after which it is too late; infinite for never.
    pub due_days: f32,
    /// How sure the strategy is, `0..=1`.
    pub confidence: f32,
    /// A remark of at most 4 KiB; empty for none.
    pub note: &'a str,
}

impl Default for Proposal<'_> {
    fn default() -> Self {
        Self {
            row: 0,
            kind: 0,
            reason: 0,
            minutes: 1.0,
            effect: 0.0,
            earliest_days: 0.0,
            due_days: f32::INFINITY,
            confidence: 1.0,
            note: "",
        }
    }
}

/// Takes proposals.
pub trait ProposalSink {
    /// Takes one proposal. The borrowed note is valid during the call only.
    ///
    /// # Errors
    /// [`Stop`] when the taker wants no more; the strategy returns at once.
    fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop>;
}

impl ProposalSink for Vec<Proposal<'static>> {
    /// Keeps the proposal without its note.
    fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop> {
        self.push(Proposal { note: "", ..*proposal });
        Ok(())
    }
}
