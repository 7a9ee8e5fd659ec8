//! How one tie's silence goes on: the power law, with how sure we are of it.
//!
//! With *u* days of silence, shape *s* and *α* days added to every silence, the probability that silence lasts another
//! *H* days is ((α+u)/(α+u+H))^*s*: the longer the silence, the longer it will last. It is coherent: *H*₁ days and then
//! *H*₂ more compose exactly. Hidalgo and Rodriguez-Sickert found the same law (arXiv 0712.4031).

use crate::Interval;

/// Half-width of a 90 % interval in standard deviations.
const NINETY: f64 = 1.644_853_626_951_472_2;

/// Standard deviation of ln *s* over networks under the √ rule.
const SQRT_RULE_SD: f64 = 0.6;

/// The staying power of one tie.
///
/// # Example
/// ```
/// use rin_core::Staying;
/// let tie = Staying { shape: 0.4, alpha_days: 1.0, log_sd: 0.3 };
/// let alive = tie.contact_within(90.0, 90.0);
/// assert!((alive - 0.24046965961201636).abs() < 1e-12);
/// let range = tie.range_within(90.0, 90.0);
/// assert!(range.low < alive && alive < range.high);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Staying {
    /// *s*, above zero.
    pub shape: f64,
    /// *α*: days added to every silence, so that the first day is finite.
    pub alpha_days: f64,
    /// Standard deviation of ln *s*: what the data leave open.
    pub log_sd: f64,
}

impl Staying {
    /// Returns it by the √ rule: *s* = *k*·0.2·√*m* for *m* contact days, *α* = 1 day.
    ///
    /// Read off a pooled fit over eight public data sets (exponents .30–.67 in single ones), so a good default and no
    /// law; how far single networks are from it is the spread.
    #[inline]
    pub fn by_sqrt_rule(k: f64, contact_days: f64) -> Self {
        let shape = (k * 0.2 * contact_days.sqrt()).max(0.0);
        Self { shape, alpha_days: 1.0, log_sd: SQRT_RULE_SD }
    }

    /// Returns the probability of contact within `days`, `0..=1`; a silence below zero counts as none.
    #[inline]
    pub fn contact_within(&self, days: f64, silence_days: f64) -> f64 {
        sane(-(self.shape * self.log_quiet(days, silence_days)).exp_m1())
    }

    /// Returns the 90 % interval of the same.
    #[inline]
    pub fn range_within(&self, days: f64, silence_days: f64) -> Interval {
        let quiet = self.shape * self.log_quiet(days, silence_days);
        let wide = (NINETY * self.log_sd).exp();
        Interval { low: sane(-(quiet / wide).exp_m1()), high: sane(-(quiet * wide).exp_m1()) }
    }

    /// Returns the hazard at a silence, in contacts a day.
    pub fn hazard(&self, silence_days: f64) -> f64 {
        self.shape / (self.alpha_days + silence_days.max(0.0))
    }

    /// Returns the 90 % interval of the same.
    pub fn hazard_range(&self, silence_days: f64) -> Interval {
        let (wide, hazard) = ((NINETY * self.log_sd).exp(), self.hazard(silence_days));
        Interval { low: hazard / wide, high: hazard * wide }
    }

    /// Returns how many days after the last contact the probability of contact within `horizon_days` falls to
    /// `threshold`; none if it never reaches it.
    #[inline]
    pub fn days_to_lapse(&self, horizon_days: f64, threshold: f64) -> f64 {
        self.days_to_lapse_with(self.shape, horizon_days, threshold)
    }

    /// Returns the 90 % interval of the same.
    pub fn lapse_range(&self, horizon_days: f64, threshold: f64) -> Interval {
        let wide = (NINETY * self.log_sd).exp();
        let at = |shape| self.days_to_lapse_with(shape, horizon_days, threshold);
        Interval { low: at(self.shape / wide), high: at(self.shape * wide) }
    }

    fn days_to_lapse_with(&self, shape: f64, horizon_days: f64, threshold: f64) -> f64 {
        let q = (1.0 - threshold).powf(1.0 / shape);
        (horizon_days * q / (1.0 - q) - self.alpha_days).max(0.0)
    }

    /// Returns ln((α+u)/(α+u+H)), which is below zero.
    #[inline]
    fn log_quiet(&self, days: f64, silence_days: f64) -> f64 {
        let past = self.alpha_days + silence_days.max(0.0);
        (past / (past + days)).ln()
    }
}

/// Returns a probability whatever it was made of; what is no number is none.
#[inline]
const fn sane(probability: f64) -> f64 {
    probability.max(0.0).min(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reference_values_of_the_sqrt_rule() {
        for (m, u, horizon, expected) in [
            (1.0, 0.0, 30.0, 0.496_815_029_001_486_16),
            (1.0, 30.0, 90.0, 0.238_420_465_986_534_65),
            (4.0, 90.0, 90.0, 0.240_469_659_612_016_36),
            (25.0, 90.0, 90.0, 0.497_237_569_060_773_5),
            (100.0, 200.0, 180.0, 0.721_681_443_362_886_8),
            (400.0, 10.0, 180.0, 0.999_988_998_870_636_1),
        ] {
            let alive = Staying::by_sqrt_rule(1.0, m).contact_within(horizon, u);
            assert!((alive - expected).abs() < 1e-12, "{m} {u} {horizon}");
        }
    }

    #[test]
    fn reference_lapses_of_the_sqrt_rule() {
        for (m, h180, h90) in [
            (1.0, 4.8, 1.9),
            (4.0, 37.7, 18.3),
            (25.0, 179.0, 89.0),
            (100.0, 433.6, 216.3),
            (400.0, 950.0, 474.7),
        ] {
            let staying = Staying::by_sqrt_rule(1.0, m);
            assert!((staying.days_to_lapse(180.0, 0.5) - h180).abs() < 0.5, "{m}");
            assert!((staying.days_to_lapse(90.0, 0.5) - h90).abs() < 0.5, "{m}");
        }
    }

    fn any_staying() -> impl Strategy<Value = Staying> {
        (1e-3..30.0_f64, 0.5..20.0_f64, 0.0..2.0_f64)
            .prop_map(|(shape, alpha_days, log_sd)| Staying { shape, alpha_days, log_sd })
    }

    proptest! {
        #[test]
        fn it_is_coherent_and_monotone(
            staying in any_staying(), u in 0.0..3_000.0_f64, h1 in 0.1..400.0_f64, h2 in 0.1..400.0_f64
        ) {
            let quiet = |days, silence| 1.0 - staying.contact_within(days, silence);
            prop_assert!((quiet(h1 + h2, u) - quiet(h1, u) * quiet(h2, u + h1)).abs() < 1e-12);
            let alive = staying.contact_within(h1, u);
            prop_assert!(staying.contact_within(h1, u + 1.0) <= alive);
            prop_assert!(alive <= staying.contact_within(h1 + h2, u));
            let stronger = Staying { shape: 1.1 * staying.shape, ..staying };
            prop_assert!(alive <= stronger.contact_within(h1, u));
            let range = staying.range_within(h1, u);
            prop_assert!(range.low <= alive && alive <= range.high);
        }

        #[test]
        fn more_contact_days_stay_longer(m in 1.0..2_000.0_f64, u in 0.0..3_000.0_f64, h in 0.1..400.0_f64) {
            let few = Staying::by_sqrt_rule(1.0, m);
            let more = Staying::by_sqrt_rule(1.0, m + 1.0);
            prop_assert!(few.contact_within(h, u) <= more.contact_within(h, u));
            prop_assert!(few.days_to_lapse(h, 0.5) <= more.days_to_lapse(h, 0.5));
            prop_assert!((few.hazard(u) * (1.0 + u) - few.shape).abs() < 1e-12);
        }

        #[test]
        fn at_the_lapse_date_it_is_at_the_threshold(staying in any_staying(), threshold in 0.1..0.9_f64) {
            let days = staying.days_to_lapse(180.0, threshold);
            if 0.0 < days {
                prop_assert!((staying.contact_within(180.0, days) - threshold).abs() < 1e-9);
            } else {
                prop_assert!(staying.contact_within(180.0, 0.0) <= threshold + 1e-9);
            }
            let range = staying.lapse_range(180.0, threshold);
            prop_assert!(range.low <= days && days <= range.high);
        }
    }
}
