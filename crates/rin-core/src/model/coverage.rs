//! What a source can see at all. What it cannot see is unknown, never zero.

use super::{InteractionKinds, TieKinds};
use crate::Moment;

/// What the sources about one account of ours can see.
///
/// Several sources are joined by [`merge`](Self::merge): a direction is covered if any of them covers it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Coverage {
    /// Interactions the account sent.
    pub sent: InteractionKinds,
    /// Interactions the account received.
    pub received: InteractionKinds,
    /// Ties the account holds (whom it follows).
    pub ties_held: TieKinds,
    /// Ties others hold to the account (who follows it).
    pub ties_to: TieKinds,
    /// First moment seen, if the source says.
    pub since: Option<Moment>,
    /// Last moment seen: silence after it is not silence but the end of the export.
    pub until: Option<Moment>,
}

impl Coverage {
    /// Returns what two sources see together.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let pick =
            |a: Option<Moment>, b: Option<Moment>, f: fn(Moment, Moment) -> Moment| match (a, b) {
                (Some(a), Some(b)) => Some(f(a, b)),
                (a, b) => a.or(b),
            };
        Self {
            sent: self.sent | other.sent,
            received: self.received | other.received,
            ties_held: self.ties_held | other.ties_held,
            ties_to: self.ties_to | other.ties_to,
            since: pick(self.since, other.since, Moment::min),
            until: pick(self.until, other.until, Moment::max),
        }
    }

    /// Whether the other side's part of a relationship can be seen.
    pub const fn sees_received(self) -> bool {
        !self.received.is_empty()
    }
}
