//! What an action is worth: the figure by which the minutes are spent, and what it gains.
//!
//! Minutes are renewed, so an action competes with the same one in a fortnight, and what counts is not only how alive
//! somebody is today but how little would come by itself in the time that follows. A tie in which much has happened
//! lately carries itself: each day of contact brings forth others (Hawkes 1971), and a touch more among many adds
//! nothing. So the worth falls with the recent days of contact, and with the forecast of another contact less than in
//! proportion: what the forecast says of a long silence the probability of an answer says already, and to count it twice
//! is to give up whoever could be won back. Lately is a month: over a quarter, whoever had much contact and fell silent
//! six weeks ago, the likeliest of all to answer, would still seem to carry itself.
//!
//! Exponent, factor and half-life were read off simulated years on four public networks (docs/METHODS.md, "Where a
//! minute does most good"): round numbers that did well in each. They are of the order only; what a plan promises is the
//! gain in the probability of being alive, and what gains nothing is worth nothing.

/// Exponent of the probability of not being alive.
const OF_ITSELF: f64 = 0.3;
/// By how much a recent day of contact lowers the logarithm of the worth.
const RECENT: f64 = 0.4;
/// How many contacts the belief in an answer weighs before anything was left unanswered: those of Laplace's rule of
/// succession. Two unanswered ones halve it, which is also the step at which a planner of address books halves its
/// priority (`PingCRM`; idea only).
const BELIEF: f64 = 2.0;

/// An action for one relationship, as far as its worth depends on it.
///
/// # Example
/// ```
/// use rin_core::Touch;
/// let silent = Touch { importance: 1.0, effect: 0.4, alive: 0.2, recent: 0.1 };
/// let lively = Touch { alive: 0.95, recent: 6.0, ..silent };
/// assert!(6.0 * lively.worth() < silent.worth());
/// // Who matters twice as much may be half as likely to answer.
/// let dear = Touch { importance: 2.0, effect: 0.2, ..silent };
/// assert!((dear.worth() - silent.worth()).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Touch {
    /// How much the relationship matters; 1 as usual.
    pub importance: f64,
    /// *p*ᵣ: the probability that the action leads to a contact, `0..=1`.
    pub effect: f64,
    /// *p*: the probability of being alive if nobody acts, `0..=1`.
    pub alive: f64,
    /// *D*₃₀: the days with contact, each halved every thirty days.
    pub recent: f64,
}

impl Touch {
    /// Returns *w* · *p*ᵣ · (1 − *p*)^0.3 · exp(−0.4 · *D*₃₀): larger for what should be done first.
    #[inline]
    pub fn worth(&self) -> f64 {
        let of_itself = (1.0 - self.alive).clamp(0.0, 1.0).powf(OF_ITSELF);
        self.importance * self.effect * of_itself * (-RECENT * self.recent.max(0.0)).exp()
    }
}

/// What is known of an action before it is taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stakes {
    pub(super) touch: Touch,
    /// The probability of being alive after a contact.
    pub(super) alive_after: f64,
    /// What it costs.
    pub(super) minutes: f64,
}

impl Stakes {
    /// Returns by how much it is expected to raise the probability of being alive: *p*ᵣ·Δ.
    #[inline]
    pub(super) fn gain(&self) -> f64 {
        self.touch.effect * (self.alive_after - self.touch.alive).max(0.0)
    }

    /// Returns the index of the action, its worth per minute.
    #[inline]
    pub(super) fn index(&self) -> f64 {
        if self.gain() <= 0.0 { 0.0 } else { self.touch.worth() / self.minutes }
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
    use proptest::prelude::*;

    use super::*;

    const TOUCH: Touch = Touch { importance: 1.0, effect: 0.5, alive: 0.6, recent: 2.0 };

    #[test]
    fn its_values() {
        // By hand: .5 * .4^.3 * exp(-.4 * 2) = .5 * .759658 * .449329.
        assert!((TOUCH.worth() - 0.170_668_12).abs() < 1e-8, "{}", TOUCH.worth());
        assert!(Touch { alive: 1.0, ..TOUCH }.worth().abs() < 1e-12);
    }

    #[test]
    fn two_silences_halve_the_hope_of_an_answer() {
        let hope = [0, 1, 2, 6].map(|n| effect_unanswered(0.6, n));
        for (got, expected) in hope.into_iter().zip([0.6, 0.4, 0.3, 0.15]) {
            assert!((got - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn a_contact_that_changes_nothing_is_worth_nothing() {
        let stakes = Stakes { touch: TOUCH, alive_after: 0.9, minutes: 5.0 };
        assert!((stakes.gain() - 0.15).abs() < 1e-12);
        assert!((5.0 * stakes.index() - TOUCH.worth()).abs() < 1e-12);
        let in_touch = Stakes { alive_after: 0.6, ..stakes };
        assert!(in_touch.index().abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn more_care_and_a_likelier_answer_never_lower_it(
            w in 0.0..9.0_f64, effect in 0.0..1.0_f64, alive in 0.0..1.0_f64, recent in 0.0..50.0_f64
        ) {
            let touch = Touch { importance: w, effect, alive, recent };
            let worth = touch.worth();
            prop_assert!((0.0..=9.0).contains(&worth));
            let dearer = Touch { importance: w + 0.1, ..touch };
            let likelier = Touch { effect: effect + 0.1, ..touch };
            let busier = Touch { recent: recent + 0.1, ..touch };
            let livelier = Touch { alive: alive + 0.1 * (1.0 - alive), ..touch };
            prop_assert!(worth <= dearer.worth() && worth <= likelier.worth());
            prop_assert!(busier.worth() <= worth && livelier.worth() <= worth);
        }
    }
}
