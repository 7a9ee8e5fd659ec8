//! Which relationships can be handed to a successor, and what has to happen first.
//!
//! A relationship is between people: nothing the leaver earned goes over. Whoever takes over starts with what they
//! themselves had with the other side, and with nothing where there was nothing. So a handover is sound only where the other side is
//! still there to be introduced, nobody waits for the leaver's answer, and the successor is known or can be introduced.

use std::cmp::Reverse;

use crate::{Moment, PartyId};

/// Contact that lies further back than this, in days, does not count as knowing each other.
const RECENT_DAYS: f64 = 90.0;

/// One relationship of the one who leaves.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct HandoverTie {
    /// With whom.
    pub party: PartyId,
    /// How much it matters; 1 is usual.
    pub importance: f64,
    /// Probability that it is alive, by contact with the leaver alone.
    pub alive: f64,
    /// Days since the leaver's last contact.
    pub silence_days: f64,
    /// Since when the other side waits for the leaver's answer.
    pub open_since: Option<Moment>,
    /// The successor's own contact with them, if there was any.
    pub successor: Option<SuccessorContact>,
}

/// What the successor had with the other side.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SuccessorContact {
    /// Probability that it is alive, by contact with the successor alone.
    pub alive: f64,
    /// Days since their last contact.
    pub silence_days: f64,
    /// Days with contact.
    pub contact_days: u32,
    /// Interactions the successor received; `None` if no source covers that.
    pub received: Option<u32>,
    /// Interactions the successor sent.
    pub sent: u32,
}

/// What has to happen before a relationship can be handed over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Readiness {
    /// Somebody waits for the leaver's answer: answer before anything else.
    AnswerFirst,
    /// The successor has been in touch both ways within ninety days: it can be handed over.
    Ready,
    /// It is alive, but the successor is unknown there, or long silent, or was never answered: introduce them.
    Introduce,
    /// It has lapsed with the leaver and is alive with the successor: nothing is left to hand over, and nothing is lost.
    Held,
    /// It has lapsed with both: there is nothing to hand over until somebody revives it.
    Lapsed,
}

impl Readiness {
    /// Returns its English name as it stands in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AnswerFirst => "answer-first",
            Self::Ready => "ready",
            Self::Introduce => "introduce",
            Self::Held => "held",
            Self::Lapsed => "lapsed",
        }
    }

    /// Whether handing over is sound as things stand, an introduction included.
    pub const fn is_sound(self) -> bool {
        matches!(self, Self::Ready | Self::Introduce | Self::Held)
    }
}

/// A relationship judged for handing over.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct HandedTie {
    /// The relationship.
    pub tie: HandoverTie,
    /// What has to happen first.
    pub readiness: Readiness,
    /// Whether the successor has been in touch within ninety days.
    pub has_recent_contact: bool,
    /// Whether the successor wrote and was written to; `None` if what they receive is not covered.
    pub is_mutual: Option<bool>,
    /// Probability with which the successor starts, from their own contact alone; `None` if there was none.
    pub starts_at: Option<f64>,
}

/// Judges the relationships of one who leaves: what is owed first, then by importance × probability of being alive.
///
/// `threshold` is the probability below which a relationship has lapsed.
///
/// # Example
/// ```
/// use rin_core::{HandoverTie, PartyId, Readiness, hand_over};
/// let tie = HandoverTie {
///     party: PartyId::new(1),
///     importance: 1.0,
///     alive: 0.8,
///     silence_days: 12.0,
///     open_since: None,
///     successor: None,
/// };
/// let judged = hand_over(&[tie], 0.5);
/// assert_eq!(judged[0].readiness, Readiness::Introduce);
/// assert_eq!(judged[0].starts_at, None); // nothing is inherited
/// ```
pub fn hand_over(ties: &[HandoverTie], threshold: f64) -> Vec<HandedTie> {
    let mut judged: Vec<HandedTie> = ties.iter().map(|tie| judge(*tie, threshold)).collect();
    judged.sort_by(|a, b| {
        let worth = |one: &HandedTie| one.tie.importance * one.tie.alive;
        let order = |one: &HandedTie| {
            Reverse(one.readiness.is_sound() || one.readiness == Readiness::AnswerFirst)
        };
        (a.readiness != Readiness::AnswerFirst)
            .cmp(&(b.readiness != Readiness::AnswerFirst))
            .then(order(a).cmp(&order(b)))
            .then(worth(b).total_cmp(&worth(a)))
            .then(a.tie.party.cmp(&b.tie.party))
    });
    judged
}

fn judge(tie: HandoverTie, threshold: f64) -> HandedTie {
    let successor = tie.successor;
    let has_recent_contact = successor.is_some_and(|one| one.silence_days <= RECENT_DAYS);
    let is_mutual = match successor {
        None => Some(false),
        Some(one) => one.received.map(|received| 0 < received && 0 < one.sent),
    };
    let is_alive = threshold <= tie.alive;
    let readiness = if tie.open_since.is_some() {
        Readiness::AnswerFirst
    } else if is_alive && has_recent_contact && is_mutual == Some(true) {
        Readiness::Ready
    } else if is_alive {
        Readiness::Introduce
    } else if successor.is_some_and(|one| threshold <= one.alive) {
        Readiness::Held
    } else {
        Readiness::Lapsed
    };
    HandedTie {
        tie,
        readiness,
        has_recent_contact,
        is_mutual,
        starts_at: successor.map(|one| one.alive),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(silence_days: f64, received: Option<u32>) -> SuccessorContact {
        SuccessorContact { alive: 0.7, silence_days, contact_days: 4, received, sent: 3 }
    }

    fn readiness(alive: f64, is_open: bool, successor: Option<SuccessorContact>) -> Readiness {
        let open_since = is_open.then(|| Moment::from_unix_ms(0));
        let party = PartyId::new(1);
        let tie =
            HandoverTie { party, importance: 1.0, alive, silence_days: 9.0, open_since, successor };
        hand_over(&[tie], 0.5)[0].readiness
    }

    #[test]
    fn each_case_has_its_own_first_step() {
        for (alive, is_open, successor, expected) in [
            (0.9, true, Some(known(3.0, Some(5))), Readiness::AnswerFirst),
            (0.9, false, Some(known(3.0, Some(5))), Readiness::Ready),
            (0.9, false, Some(known(200.0, Some(5))), Readiness::Introduce),
            (0.9, false, Some(known(3.0, Some(0))), Readiness::Introduce),
            // What is not covered is unknown, and unknown is not enough.
            (0.9, false, Some(known(3.0, None)), Readiness::Introduce),
            (0.9, false, None, Readiness::Introduce),
            (0.2, false, Some(known(3.0, Some(5))), Readiness::Held),
            (0.2, false, None, Readiness::Lapsed),
        ] {
            assert_eq!(
                readiness(alive, is_open, successor),
                expected,
                "{alive} {is_open} {successor:?}"
            );
        }
    }

    #[test]
    fn what_is_owed_comes_first_and_what_has_lapsed_last() {
        let tie = |number, alive, open| HandoverTie {
            party: PartyId::new(number),
            importance: 1.0,
            alive,
            silence_days: 9.0,
            open_since: Some(Moment::from_unix_ms(0)).filter(|_| open),
            successor: None,
        };
        let judged = hand_over(
            &[tie(1, 0.1, false), tie(2, 0.8, false), tie(3, 0.3, true), tie(4, 0.9, false)],
            0.5,
        );
        let order: Vec<u32> = judged.iter().map(|one| one.tie.party.get()).collect();
        assert_eq!(order, [3, 4, 2, 1]);
    }
}
