//! What a source can see at all. What it cannot see is unknown, never zero.

use super::{InteractionKinds, TieKinds};
use crate::Moment;

/// What the sources about one account of ours can see.
///
/// Several sources about *one* account are joined by [`merge`](Self::merge): a direction is covered if any of them
/// covers it. What is known of a relationship that runs over *several* accounts is only what all of them see:
/// [`common`](Self::common).
///
/// # Example
/// ```
/// use rin_core::{Coverage, InteractionKinds, Moment};
/// let both_ways = Coverage { sent: InteractionKinds::ALL, received: InteractionKinds::ALL, ..Coverage::default() };
/// let blind = Coverage { sent: InteractionKinds::ALL, until: Some(Moment::from_unix_ms(9)), ..Coverage::default() };
/// assert!(both_ways.merge(blind).sees_received());
/// assert!(!both_ways.common(blind).sees_received());
/// assert_eq!(both_ways.common(blind).until, Some(Moment::from_unix_ms(9)));
/// ```
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
        Self {
            sent: self.sent | other.sent,
            received: self.received | other.received,
            ties_held: self.ties_held | other.ties_held,
            ties_to: self.ties_to | other.ties_to,
            since: pick(self.since, other.since, Moment::min),
            until: pick(self.until, other.until, Moment::max),
        }
    }

    /// Returns what both see: a direction that only one of them covers is unknown, and silence is known only until the
    /// first of them ends.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        Self {
            sent: self.sent & other.sent,
            received: self.received & other.received,
            ties_held: self.ties_held & other.ties_held,
            ties_to: self.ties_to & other.ties_to,
            since: pick(self.since, other.since, Moment::max),
            until: pick(self.until, other.until, Moment::min),
        }
    }

    /// Whether the other side's part of a relationship can be seen.
    pub const fn sees_received(self) -> bool {
        !self.received.is_empty()
    }
}

/// Joins two moments of which either may be unknown.
fn pick(
    a: Option<Moment>,
    b: Option<Moment>,
    join: fn(Moment, Moment) -> Moment,
) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(join(a, b)),
        (a, b) => a.or(b),
    }
}
