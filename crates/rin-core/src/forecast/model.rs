//! What is asked of the forecast, and what it says of one tie.

use super::{facts::TieFacts, law::StayingLaw, models::SqrtRule, staying::Staying};
use crate::Interval;

/// ln *s* of a tie of which only one direction is seen is larger by this: they were in contact more often than is known.
const BLIND_RISE: f64 = 0.20;
/// And less sure by this: its standard deviation over ties of public data sets with one direction taken away.
const BLIND_SD: f64 = 0.40;

/// By which law, how far ahead and from which probability on.
///
/// # Example
/// ```
/// use rin_core::{ForecastModel, LawPrior, StayingLaw};
/// // A year ahead, for a platform where ties hold as in mail.
/// let law = StayingLaw::before(&LawPrior::of_platform(1.5));
/// let model = ForecastModel { horizon_days: 365.0, ..ForecastModel::by(law) };
/// assert_eq!(model.threshold, 0.5);
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct ForecastModel {
    /// *H*: a relationship is alive if there is another contact within this many days; above zero.
    pub horizon_days: f64,
    /// *θ*: below this probability it counts as lapsed; above 0 and below 1.
    pub threshold: f64,
    /// By which law.
    pub law: Law,
}

/// A law by which ties stay.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Law {
    /// The √ rule.
    Sqrt(SqrtRule),
    /// The law of staying, learned or as public data sets have it in common.
    Staying(Box<StayingLaw>),
}

impl Default for ForecastModel {
    /// Asks for half a year and one half, by what public data sets have in common.
    fn default() -> Self {
        Self::by(StayingLaw::default())
    }
}

impl ForecastModel {
    /// Asks for half a year and one half, by a law.
    pub fn by(law: StayingLaw) -> Self {
        Self { horizon_days: 180.0, threshold: 0.5, law: Law::Staying(Box::new(law)) }
    }

    /// Asks for half a year and one half, by the √ rule with staying power *k* of the platform.
    pub const fn by_sqrt_rule(k: f64) -> Self {
        Self { horizon_days: 180.0, threshold: 0.5, law: Law::Sqrt(SqrtRule { k }) }
    }

    /// Returns the staying power right after a contact, the *m*-th contact day, that ends a silence.
    ///
    /// # Example
    /// ```
    /// use rin_core::ForecastModel;
    /// let after = |silence| ForecastModel::default().revived(6.0, silence).contact_within(180.0, 0.0);
    /// assert!(after(400.0) < after(20.0));
    /// ```
    pub fn revived(&self, contact_days: f64, silence_days: f64) -> Staying {
        match &self.law {
            Law::Sqrt(rule) => Staying::by_sqrt_rule(rule.k, contact_days),
            Law::Staying(law) => law.revived(contact_days, silence_days),
        }
    }

    /// Says what is to be expected of a tie; `sees_received` is whether the sources show what the other side does.
    pub fn outlook(&self, tie: &TieFacts<'_>, sees_received: bool) -> Outlook {
        let horizon = if 0.0 < self.horizon_days { self.horizon_days } else { 0.0 };
        let (staying, after, expected, expected_range) = match &self.law {
            Law::Sqrt(rule) => by_sqrt_rule(*rule, tie, horizon),
            Law::Staying(law) => {
                let look = law.look(tie, horizon.max(f64::MIN_POSITIVE));
                (look.staying, look.after, look.counts.mean(), look.counts.range())
            }
        };
        let blind = |staying: Staying| if sees_received { staying } else { staying.blinded() };
        let (staying, after) = (blind(staying), blind(after));
        let silence = tie.silence_days();
        let alive = staying.contact_within(horizon, silence);
        Outlook {
            staying,
            after,
            alive,
            alive_range: staying.range_within(horizon, silence),
            // A contact with whom one is in touch anyway changes nothing, and makes nothing worse.
            alive_after: after.contact_within(horizon, 0.0).max(alive),
            days_to_lapse: staying.days_to_lapse(horizon, self.threshold),
            days_to_lapse_range: staying.lapse_range(horizon, self.threshold),
            expected,
            expected_range,
        }
    }
}

/// What is to be expected of a tie.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Outlook {
    /// Its staying power.
    pub staying: Staying,
    /// Its staying power right after a contact today.
    pub after: Staying,
    /// Probability of another contact within the horizon, `0..=1`.
    pub alive: f64,
    /// Its 90 % interval.
    pub alive_range: Interval,
    /// The same probability right after a contact today.
    pub alive_after: f64,
    /// Days from the last contact to the day on which it lapses if nobody acts.
    pub days_to_lapse: f64,
    /// Their 90 % interval.
    pub days_to_lapse_range: Interval,
    /// Interactions expected within the horizon.
    pub expected: f64,
    /// 90 % interval of how many there will be; by the law of staying in whole numbers.
    pub expected_range: Interval,
}

impl Staying {
    fn blinded(self) -> Self {
        let log_sd = self.log_sd.hypot(BLIND_SD);
        Self { shape: self.shape * BLIND_RISE.exp(), log_sd, ..self }
    }
}

/// Returns staying power now and after a contact, and interactions expected with their interval.
fn by_sqrt_rule(
    rule: SqrtRule,
    tie: &TieFacts<'_>,
    days: f64,
) -> (Staying, Staying, f64, Interval) {
    let m = tie.contact_days();
    let staying = Staying::by_sqrt_rule(rule.k, m);
    let pace = (tie.interactions() / m).min(5.0) * (1.0 + tie.decayed_days(90.0) * days / 260.0);
    let silence = tie.silence_days();
    let range = staying.range_within(days, silence);
    let expected_range = Interval { low: pace * range.low, high: pace * range.high };
    let expected = pace * staying.contact_within(days, silence);
    (staying, Staying::by_sqrt_rule(rule.k, m + 1.0), expected, expected_range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Day, Direction, InteractionKind, TieState};

    fn tie(state: &TieState, silence: f64) -> TieFacts<'_> {
        let (first, last) = (state.first().unwrap(), state.last().unwrap());
        TieFacts { days: state.days(), first, last, as_of: last.plus_days(silence), ends: None }
    }

    fn monthly(contacts: i32) -> TieState {
        let mut state = TieState::default();
        for month in 0..contacts {
            let at = Day::from_number(15_000 + 30 * month).start();
            state.add(at, Direction::Sent, InteractionKind::Reply);
        }
        state
    }

    #[test]
    fn blindness_widens_the_interval() {
        let state = monthly(8);
        let model = ForecastModel::default();
        let (seen, blind) =
            (model.outlook(&tie(&state, 90.0), true), model.outlook(&tie(&state, 90.0), false));
        assert!(seen.staying.log_sd < blind.staying.log_sd);
        assert!(seen.alive_range.high < blind.alive_range.high);
    }

    #[test]
    fn whoever_was_silent_long_is_revived_less_surely() {
        // Of ties taken up again after a silence of 14–30 days 78–87 % were active in the next half-year, after 30–90
        // days 70–80 %, 90–180 days 58–65 %, 180–365 days 46–51 %, one to two years 28–40 % (public data sets).
        let law = StayingLaw::default();
        let after = |silence| law.revived(6.0, silence).contact_within(180.0, 0.0);
        for (silence, low, high) in
            [(22.0, 0.78, 0.87), (60.0, 0.70, 0.80), (135.0, 0.58, 0.70), (270.0, 0.46, 0.62)]
        {
            assert!(
                low <= after(silence) && after(silence) <= high,
                "{silence} {}",
                after(silence)
            );
        }
        assert!(after(270.0) < after(22.0));
        assert!(after(600.0) < after(270.0));
    }

    #[test]
    fn a_contact_never_lowers_it() {
        for contacts in [1, 2, 5, 20] {
            let state = monthly(contacts);
            for silence in [3.0, 40.0, 400.0] {
                let seen = ForecastModel::default().outlook(&tie(&state, silence), true);
                assert!(seen.alive <= seen.alive_after, "{contacts} {silence} {seen:?}");
            }
        }
    }
}
