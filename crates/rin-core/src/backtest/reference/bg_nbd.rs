//! BG/NBD: buyers who buy at a steady rate and may drop out after any purchase.
//!
//! Fader, Hardie and Lee, "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model", Marketing
//! Science 24(2), 2005. While active, a customer buys as a Poisson process of rate λ ~ Gamma(r, α); after each purchase
//! they drop out with probability p ~ Beta(a, b), λ and p being independent. It is the usual yardstick for "is this
//! customer still alive", although it holds everybody who bought once only for alive.

use super::{
    Purchases, alike, bounded, longest_age, mean, optimise, per_contact_day, probability,
    purchases,
    special::{hypergeometric, ln_add, ln_beta, ln_gamma},
};
use crate::{Example, Forecast, TieFacts};

/// Bounds of the fitted shapes *r*, *a*, *b*: beyond, customers are as good as all alike.
const SHAPES: (f64, f64) = (1e-4, 100.0);
/// Bounds of the fitted *α*, in the age of the oldest customer.
const SCALES: (f64, f64) = (1e-5, 1e4);

/// The parameters of a BG/NBD model.
///
/// The default is what the authors found for the customers of a shop for music, per day; [`Forecast::learn`] fits it to
/// the ties at hand, and keeps what it was if they tell nothing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BgNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Their rate, in units of time: *r*/*α* purchases a day on average.
    pub alpha: f64,
    /// Drop-out: *a*/(*a*+*b*) on average, after each purchase.
    pub a: f64,
    /// See *a*.
    pub b: f64,
}

impl Default for BgNbd {
    fn default() -> Self {
        Self { r: 0.242_593, alpha: 7.0 * 4.413_532, a: 0.792_886, b: 2.425_752 }
    }
}

impl BgNbd {
    /// Returns the parameters that make what the customers did likeliest.
    ///
    /// `penaliser` times the sum of the squared parameters, time being measured in the age of the oldest customer, is
    /// taken off the mean log-likelihood; 0 for none. Parameters stay within 10⁻⁴ to 100, *α* within 10⁻⁵ to 10⁴ times
    /// that age. `None` if nobody ever came again, or if the search does not come to rest.
    ///
    /// # Complexity
    /// Some three to six hundred likelihoods of every distinct history.
    pub fn fit(customers: &[Purchases], penaliser: f64) -> Option<Self> {
        let oldest = longest_age(customers)?;
        let groups = alike(customers, oldest);
        let cost = |logs: &[f64; 4]| {
            let model = Self::from_logs(logs);
            let Self { r, alpha, a, b } = model;
            let size = r * r + alpha * alpha + a * a + b * b;
            penaliser * size - mean(&groups, |x| model.of_repeats(x), |one| model.of_times(one))
        };
        let bounds = [SHAPES, SCALES, SHAPES, SHAPES].map(|(low, high)| (low.ln(), high.ln()));
        let found = Self::from_logs(&optimise::minimise([0.0; 4], bounds, cost)?);
        Some(Self { alpha: found.alpha * oldest, ..found })
    }

    /// Returns the log-likelihood of what the customers did, without the number of ways to order their purchases.
    pub fn log_likelihood(&self, customers: &[Purchases]) -> f64 {
        let sound = customers.iter().map(|one| one.sound());
        sound.map(|one| self.of_repeats(one.repeats) + self.of_times(&one)).sum()
    }

    /// Returns the probability that a customer has not dropped out, `0..=1`; it is 1 without a repeat.
    pub fn alive(&self, customer: &Purchases) -> f64 {
        let it = customer.sound();
        if it.repeats <= 0.0 {
            return 1.0;
        }
        let silence = (self.r + it.repeats)
            * ((self.alpha + it.age_days) / (self.alpha + it.recency_days)).ln();
        let odds = (self.a / (self.b + it.repeats.max(1.0) - 1.0)).ln() + silence;
        probability(1.0 / (1.0 + odds.exp()))
    }

    /// Returns the probability of a purchase within `time`, `0..=1`.
    ///
    /// Exact: a customer drops out at a purchase only, so before the next one an active customer's clock runs with the
    /// rate Gamma(*r*+*x*, *α*+*T*), and P = P(alive)·(1 − ((*α*+*T*)/(*α*+*T*+*t*))^(*r*+*x*)).
    pub fn purchase_within(&self, customer: &Purchases, time: f64) -> f64 {
        let it = customer.sound();
        let past = self.alpha + it.age_days;
        let silence = (self.r + it.repeats) * (bounded(time) / past).ln_1p();
        probability(self.alive(customer) * -(-silence).exp_m1())
    }

    /// Returns how many purchases are expected within `time`: equation 10 of the paper.
    ///
    /// Its ₂F₁ is taken through Euler's transformation where that makes the terms smaller, *a* = 1 as its limit. What
    /// overflows nevertheless is a drop-out hardly different among customers, of which the mean is then taken for all.
    pub fn expected_purchases(&self, customer: &Purchases, time: f64) -> f64 {
        let it = customer.sound();
        let time = bounded(time);
        let while_active = self.expected_of_active(&it, time);
        // Nobody buys more often than they would without drop-out.
        let most = (self.r + it.repeats) * time / (self.alpha + it.age_days);
        let expected = self.alive(&it) * while_active.clamp(0.0, most.max(0.0));
        if expected.is_finite() { expected } else { 0.0 }
    }

    fn expected_of_active(&self, it: &Purchases, time: f64) -> f64 {
        let (rate, past) = (self.r + it.repeats, self.alpha + it.age_days);
        // At a = 1 and at a + b + x = 1 the formula is a limit; that near to it, it is the same to nine digits.
        let near = |x: f64, odd: f64| if (x - odd).abs() < 1e-6 { odd + 1e-6 } else { x };
        let a = near(self.a, 1.0);
        let b = self.b + it.repeats;
        let c = near(a + b - 1.0, 0.0);
        let z = time / (past + time);
        let silence = (-z).ln_1p();
        let remainder = if rate < a - 1.0 {
            hypergeometric(rate, b, c, z) * (rate * silence).exp()
        } else {
            hypergeometric(c - rate, a - 1.0, c, z) * ((a - 1.0) * silence).exp()
        };
        let expected = c / (a - 1.0) * (1.0 - remainder);
        if expected.is_finite() {
            return expected;
        }
        let drop_out = a / (a + b);
        -(-rate * (drop_out * time / past).ln_1p()).exp_m1() / drop_out
    }

    /// Returns the part of the log-likelihood (equation 6 of the paper) that depends on the number of repeats only.
    fn of_repeats(&self, x: f64) -> f64 {
        let Self { r, alpha, a, b } = *self;
        ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln() + ln_beta(a, b + x) - ln_beta(a, b)
    }

    /// Returns the rest of the log-likelihood: still active, or dropped out at the last purchase.
    fn of_times(&self, it: &Purchases) -> f64 {
        let Self { r, alpha, a, b } = *self;
        let x = it.repeats;
        let active = -(r + x) * (alpha + it.age_days).ln();
        if x <= 0.0 {
            return active;
        }
        let dropped = (a / (b + x.max(1.0) - 1.0)).ln() - (r + x) * (alpha + it.recency_days).ln();
        ln_add(active, dropped)
    }

    fn from_logs(logs: &[f64; 4]) -> Self {
        let [r, alpha, a, b] = logs.map(f64::exp);
        Self { r, alpha, a, b }
    }
}

impl Forecast for BgNbd {
    fn name(&self) -> &'static str {
        "bg/nbd"
    }

    fn learn(&mut self, examples: &[Example<'_>], _: f64) {
        if let Some(model) = Self::fit(&purchases(examples), 0.0) {
            *self = model;
        }
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.purchase_within(&Purchases::of(tie), days)
    }

    fn expected(&self, tie: &TieFacts<'_>, days: f64) -> Option<f64> {
        Some(per_contact_day(tie) * self.expected_purchases(&Purchases::of(tie), days))
    }
}

#[cfg(test)]
mod tests;
