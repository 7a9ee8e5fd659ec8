//! What an action is worth: the one place where that is said.

/// How many contacts the belief in an answer weighs before anything was left unanswered: those of Laplace's rule of
/// succession. Two unanswered ones halve it, which is also the step at which a planner of address books halves its
/// priority (`PingCRM`; idea only).
const BELIEF: f64 = 2.0;

/// What is known of an action before it is taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stakes {
    /// *w*: how much the user cares.
    pub(super) importance: f64,
    /// *p*: the probability that it leads to a contact.
    pub(super) effect: f64,
    /// The probability of being alive if nobody acts.
    pub(super) alive: f64,
    /// The same after a contact.
    pub(super) alive_after: f64,
    /// What it costs.
    pub(super) minutes: f64,
}

impl Stakes {
    /// Returns by how much it is expected to raise the probability of being alive: *p*·Δ.
    #[inline]
    pub(super) fn gain(&self) -> f64 {
        self.effect * (self.alive_after - self.alive).max(0.0)
    }

    /// Returns the index of the action, its worth per minute: *w*·*p*·Δ / minutes.
    ///
    /// Of the simple rules tried in a simulation on three public networks it was the best where people matter unequally
    /// (docs/METHODS.md, "Where a minute does most good").
    #[inline]
    pub(super) fn index(&self) -> f64 {
        self.importance * self.gain() / self.minutes
    }
}

/// Returns the probability of an answer after `unanswered` contacts in a row without one.
///
/// The mean of a beta distribution that had mean *p* and the weight of two contacts, after so many failures:
/// *p*·2/(2 + *n*). So every further silence lowers the value of another try, long before a norm forbids it.
#[inline]
pub(super) fn effect_unanswered(effect: f64, unanswered: u32) -> f64 {
    effect * BELIEF / (BELIEF + f64::from(unanswered))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_silences_halve_the_hope_of_an_answer() {
        let hope = [0, 1, 2, 6].map(|n| effect_unanswered(0.6, n));
        for (got, expected) in hope.into_iter().zip([0.6, 0.4, 0.3, 0.15]) {
            assert!((got - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn a_contact_that_changes_nothing_is_worth_nothing() {
        let stakes =
            Stakes { importance: 2.0, effect: 0.5, alive: 0.4, alive_after: 0.9, minutes: 5.0 };
        assert!((stakes.gain() - 0.25).abs() < 1e-12 && (stakes.index() - 0.1).abs() < 1e-12);
        let in_touch = Stakes { alive: 0.95, ..stakes };
        assert!(in_touch.index().abs() < 1e-12);
    }
}
