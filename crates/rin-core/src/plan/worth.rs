//! What an action is worth: the figure by which the minutes are spent.
//!
//! Minutes are renewed, so an action competes with the same one in a fortnight, and what counts is not how alive somebody
//! is today but how little would come by itself in the time that follows. A tie in which much has happened lately
//! carries itself: each day of contact brings forth others (Hawkes 1971), and a touch more among many adds nothing. So
//! the worth falls with the recent strength, and only a little with the forecast of another contact: what the forecast
//! says of a long silence the probability of an answer says already, and to count it twice is to give up whoever could
//! be won back.
//!
//! Exponent and factor were read off simulated years on four public networks (docs/METHODS.md, "Where a minute does most
//! good"): round numbers that did well in each. They are of the index only; what a plan promises is the gain in the
//! probability of being alive.

/// Exponent of the probability of not being alive.
const OF_ITSELF: f64 = 0.05;
/// By how much a recent day of contact lowers the logarithm of the worth.
const STRENGTH: f64 = 0.3;

/// An action for one relationship, as far as its worth depends on it.
///
/// # Example
/// ```
/// use rin_core::Touch;
/// let silent = Touch { importance: 1.0, effect: 0.4, alive: 0.2, strength: 0.1 };
/// let lively = Touch { alive: 0.95, strength: 6.0, ..silent };
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
    /// *D*₉₀: the days with contact, each halved every ninety days.
    pub strength: f64,
}

impl Touch {
    /// Returns *w* · *p*ᵣ · (1 − *p*)^0.05 · exp(−0.3 · *D*₉₀): larger for what should be done first.
    #[inline]
    pub fn worth(&self) -> f64 {
        let of_itself = (1.0 - self.alive).clamp(0.0, 1.0).powf(OF_ITSELF);
        self.importance * self.effect * of_itself * (-STRENGTH * self.strength.max(0.0)).exp()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn its_values() {
        // By hand: .5 * .4^.05 * exp(-.3 * 2) = .5 * .955219 * .548812.
        let touch = Touch { importance: 1.0, effect: 0.5, alive: 0.6, strength: 2.0 };
        assert!((touch.worth() - 0.262_117_68).abs() < 1e-8, "{}", touch.worth());
        assert!(Touch { alive: 1.0, ..touch }.worth().abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn more_care_and_a_likelier_answer_never_lower_it(
            w in 0.0..9.0_f64, effect in 0.0..1.0_f64, alive in 0.0..1.0_f64, strength in 0.0..50.0_f64
        ) {
            let touch = Touch { importance: w, effect, alive, strength };
            let worth = touch.worth();
            prop_assert!((0.0..=9.0).contains(&worth));
            let dearer = Touch { importance: w + 0.1, ..touch };
            let likelier = Touch { effect: effect + 0.1, ..touch };
            let stronger = Touch { strength: strength + 0.1, ..touch };
            let livelier = Touch { alive: alive + 0.1 * (1.0 - alive), ..touch };
            prop_assert!(worth <= dearer.worth() && worth <= likelier.worth());
            prop_assert!(stronger.worth() <= worth && livelier.worth() <= worth);
        }
    }
}
