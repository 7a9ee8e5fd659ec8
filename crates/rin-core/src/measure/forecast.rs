//! How probable it is that a relationship is alive, and when it will lapse: the √ rule.
//!
//! Let *u* be the days since the last contact, *m* the number of distinct contact days and *H* a horizon in days.
//! With shape *s* = *k*·0.2·√*m* and *α* = 1 day, the probability of another contact within *H* is
//! *p* = 1 − ((α+u)/(α+u+H))^*s*: the longer the silence, the longer it will last, and four times as many days of
//! contact double the staying power. Read off a pooled fit over eight public data sets (exponents .30–.67 in single
//! ones), so a good default and no law; power-law decay of persistence is also what Hidalgo and
//! Rodriguez-Sickert found (arXiv 0712.4031). docs/METHODS.md has the measurements.

use crate::Moment;

/// The constants of the forecast.
///
/// # Example
/// ```
/// use rin_core::ForecastModel;
/// let model = ForecastModel::default();
/// // Four days of contact, the last one ninety days ago: will there be another within ninety days?
/// let alive = ForecastModel { horizon_days: 90.0, ..model }.alive(90.0, 4.0);
/// assert!((alive - 0.24046965961201636).abs() < 1e-12);
/// // Twenty-five days of contact last about half a year.
/// assert!((model.days_to_lapse(25.0) - 179.0).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ForecastModel {
    /// Staying power of the platform: Q&A .3, code review .5, chat .6, wall and social 1, mail and phone 1.5.
    pub k: f64,
    /// Days added to every silence, so that the first day is finite.
    pub alpha_days: f64,
    /// *H*: a relationship is alive if there is another contact within this many days.
    pub horizon_days: f64,
    /// *θ*: below this probability it counts as lapsed.
    pub threshold: f64,
}

impl Default for ForecastModel {
    fn default() -> Self {
        Self { k: 1.0, alpha_days: 1.0, horizon_days: 180.0, threshold: 0.5 }
    }
}

impl ForecastModel {
    /// Returns the shape *s* for *m* contact days.
    #[inline]
    pub fn shape(&self, contact_days: f64) -> f64 {
        self.k * 0.2 * contact_days.sqrt()
    }

    /// Returns the probability of another contact within the horizon, `0..=1`.
    #[inline]
    pub fn alive(&self, silence_days: f64, contact_days: f64) -> f64 {
        self.contact_within(self.horizon_days, silence_days, contact_days)
    }

    /// Returns the probability of another contact within `days`, `0..=1`; a silence below zero counts as none.
    #[inline]
    pub fn contact_within(&self, days: f64, silence_days: f64, contact_days: f64) -> f64 {
        let past = self.alpha_days + silence_days.max(0.0);
        1.0 - (past / (past + days)).powf(self.shape(contact_days))
    }

    /// Returns the hazard now, in contacts a day.
    pub fn hazard(&self, silence_days: f64, contact_days: f64) -> f64 {
        self.shape(contact_days) / (self.alpha_days + silence_days)
    }

    /// Returns how many days after the last contact the probability falls to the threshold.
    ///
    /// It depends on the past only: it changes when something happens, not as time goes by.
    #[inline]
    pub fn days_to_lapse(&self, contact_days: f64) -> f64 {
        let q = (1.0 - self.threshold).powf(1.0 / self.shape(contact_days));
        (self.horizon_days * q / (1.0 - q) - self.alpha_days).max(0.0)
    }

    /// Returns the moment at which the relationship is expected to lapse if nobody acts.
    pub fn lapse(&self, last: Moment, contact_days: f64) -> Moment {
        last.plus_days(self.days_to_lapse(contact_days))
    }

    /// Returns by how much a contact today would raise the probability of being alive.
    #[inline]
    pub fn gain(&self, silence_days: f64, contact_days: f64) -> f64 {
        self.alive(0.0, contact_days + 1.0) - self.alive(silence_days, contact_days)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn model(horizon_days: f64) -> ForecastModel {
        ForecastModel { horizon_days, ..ForecastModel::default() }
    }

    #[test]
    fn reference_values() {
        for (m, u, horizon, expected) in [
            (1.0, 0.0, 30.0, 0.496_815_029_001_486_16),
            (1.0, 30.0, 90.0, 0.238_420_465_986_534_65),
            (4.0, 90.0, 90.0, 0.240_469_659_612_016_36),
            (25.0, 90.0, 90.0, 0.497_237_569_060_773_5),
            (100.0, 200.0, 180.0, 0.721_681_443_362_886_8),
            (400.0, 10.0, 180.0, 0.999_988_998_870_636_1),
        ] {
            assert!((model(horizon).alive(u, m) - expected).abs() < 1e-12, "{m} {u} {horizon}");
        }
    }

    #[test]
    fn reference_lapses() {
        for (m, h180, h90) in [
            (1.0, 4.8, 1.9),
            (4.0, 37.7, 18.3),
            (25.0, 179.0, 89.0),
            (100.0, 433.6, 216.3),
            (400.0, 950.0, 474.7),
        ] {
            assert!((model(180.0).days_to_lapse(m) - h180).abs() < 0.5, "{m}");
            assert!((model(90.0).days_to_lapse(m) - h90).abs() < 0.5, "{m}");
        }
    }

    proptest! {
        #[test]
        fn it_is_coherent_and_monotone(
            m in 1.0..2_000.0_f64, u in 0.0..3_000.0_f64, h1 in 0.1..400.0_f64, h2 in 0.1..400.0_f64
        ) {
            let model = ForecastModel::default();
            let silent = 1.0 - model.contact_within(h1 + h2, u, m);
            let twice = (1.0 - model.contact_within(h1, u, m)) * (1.0 - model.contact_within(h2, u + h1, m));
            prop_assert!((silent - twice).abs() < 1e-12);
            prop_assert!(model.alive(u + 1.0, m) <= model.alive(u, m));
            prop_assert!(model.alive(u, m) <= model.alive(u, m + 1.0));
            prop_assert!(model.contact_within(h1, u, m) <= model.contact_within(h1 + h2, u, m));
            prop_assert!(0.0 <= model.gain(u, m));
        }

        #[test]
        fn at_the_lapse_date_it_is_at_the_threshold(m in 1.0..2_000.0_f64, threshold in 0.1..0.9_f64) {
            let model = ForecastModel { threshold, ..ForecastModel::default() };
            let days = model.days_to_lapse(m);
            if 0.0 < days {
                prop_assert!((model.alive(days, m) - threshold).abs() < 1e-9);
            } else {
                prop_assert!(model.alive(0.0, m) <= threshold + 1e-9);
            }
        }
    }
}
