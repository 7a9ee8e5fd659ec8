//! Pareto/NBD: buyers who buy at a steady rate and drop out at a time of their own.
//!
//! Schmittlein, Morrison and Colombo, "Counting Your Customers: Who Are They and What Will They Do Next?", Management
//! Science 33(1), 1987; the likelihood as in Fader and Hardie, "A Note on Deriving the Pareto/NBD Model and Related
//! Expressions", 2005. While active, a customer buys as a Poisson process of rate λ ~ Gamma(r, α); active life is
//! exponential with rate μ ~ Gamma(s, β), independent of λ. Who bought once only may be gone, as BG/NBD will not have it.

use super::{
    Purchases, alike, bounded, longest_age, mean, optimise, per_contact_day, probability,
    purchases,
    special::{Clock, ln_add, ln_gamma, ln_race},
};
use crate::{Example, Forecast, TieFacts};

/// Bounds of the fitted shapes *r* and *s*: beyond, customers are as good as all alike.
const SHAPES: (f64, f64) = (1e-4, 100.0);
/// Bounds of the fitted *α* and *β*, in the age of the oldest customer.
const SCALES: (f64, f64) = (1e-5, 1e4);

/// Most ties fitted to; of more, every so many are taken.
const MOST_FITTED: usize = 4_000;

/// The parameters of a Pareto/NBD model.
///
/// The default is what was found for the customers of a shop for music, per day; [`Forecast::learn`] fits it to the
/// ties at hand, and keeps what it was if they tell nothing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ParetoNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Their rate, in units of time: *r*/*α* purchases a day on average.
    pub alpha: f64,
    /// Shape of the drop-out rates.
    pub s: f64,
    /// Their rate, in units of time: *s*/*β* a day on average.
    pub beta: f64,
}

impl Default for ParetoNbd {
    fn default() -> Self {
        Self { r: 0.553_275, alpha: 7.0 * 10.577_874, s: 0.606_176, beta: 7.0 * 11.667_350 }
    }
}

impl ParetoNbd {
    /// Returns the parameters that make what the customers did likeliest.
    ///
    /// `penaliser` times the sum of the squared parameters, time being measured in the age of the oldest customer, is
    /// taken off the mean log-likelihood; 0 for none. Shapes stay within 10⁻⁴ to 100, *α* and *β* within 10⁻⁵ to 10⁴
    /// times that age. `None` if nobody ever came again, or if the search does not come to rest.
    ///
    /// # Complexity
    /// Some three to six hundred likelihoods of every distinct history.
    pub fn fit(customers: &[Purchases], penaliser: f64) -> Option<Self> {
        let oldest = longest_age(customers)?;
        let groups = alike(customers, oldest);
        let cost = |logs: &[f64; 4]| {
            let model = Self::from_logs(logs);
            let Self { r, alpha, s, beta } = model;
            let size = r * r + alpha * alpha + s * s + beta * beta;
            penaliser * size - mean(&groups, |x| model.of_repeats(x), |one| model.of_times(one))
        };
        let bounds = [SHAPES, SCALES, SHAPES, SCALES].map(|(low, high)| (low.ln(), high.ln()));
        let found = Self::from_logs(&optimise::minimise([0.0; 4], bounds, cost)?);
        Some(Self { alpha: found.alpha * oldest, beta: found.beta * oldest, ..found })
    }

    /// Returns the log-likelihood of what the customers did, without the number of ways to order their purchases.
    pub fn log_likelihood(&self, customers: &[Purchases]) -> f64 {
        let sound = customers.iter().map(|one| one.sound());
        sound.map(|one| self.of_repeats(one.repeats) + self.of_times(&one)).sum()
    }

    /// Returns the probability that a customer has not dropped out, `0..=1`.
    pub fn alive(&self, customer: &Purchases) -> f64 {
        let (active, dropped) = self.paths(&customer.sound());
        probability(1.0 / (1.0 + (dropped - active).exp()))
    }

    /// Returns the probability of a purchase within `time`, `0..=1`.
    ///
    /// Exact: for an active customer λ ~ Gamma(*r*+*x*, *α*+*T*) and μ ~ Gamma(*s*, *β*+*T*) are still independent, so
    /// that what is asked for is P(alive) times the probability that the next purchase comes in time and before the
    /// drop-out: (*r*+*x*)·(*α*+*T*)^(*r*+*x*)·(*β*+*T*)^*s* ∫₀ᵗ (*α*+*T*+y)^−(*r*+*x*+1) (*β*+*T*+y)^−*s* dy. That is
    /// the integral of the likelihood with the two clocks exchanged, in the same closed form.
    pub fn purchase_within(&self, customer: &Purchases, time: f64) -> f64 {
        let it = customer.sound();
        let buys = Clock { shape: self.r + it.repeats, scale: self.alpha + it.age_days };
        let drops = Clock { shape: self.s, scale: self.beta + it.age_days };
        let unit = buys.shape * buys.scale.ln() + drops.shape * drops.scale.ln();
        let next = (unit + ln_race(drops, buys, 0.0, bounded(time))).exp();
        probability(self.alive(customer) * probability(next))
    }

    /// Returns how many purchases are expected within `time`: equation 41 of the note, *s* = 1 as its limit.
    pub fn expected_purchases(&self, customer: &Purchases, time: f64) -> f64 {
        let it = customer.sound();
        let past = self.beta + it.age_days;
        let log = (bounded(time) / past).ln_1p();
        let power = self.s - 1.0;
        let life = if power.abs() < 1e-12 { log } else { -(-power * log).exp_m1() / power };
        let rate = (self.r + it.repeats) / (self.alpha + it.age_days);
        let expected = self.alive(&it) * rate * past * life;
        if expected.is_finite() { expected.max(0.0) } else { 0.0 }
    }

    /// Returns the part of the log-likelihood that depends on the number of repeats only.
    fn of_repeats(&self, repeats: f64) -> f64 {
        let Self { r, alpha, s, beta } = *self;
        ln_gamma(r + repeats) - ln_gamma(r) + r * alpha.ln() + s * beta.ln()
    }

    /// Returns the rest of the log-likelihood: still active, or dropped out since the last purchase.
    fn of_times(&self, it: &Purchases) -> f64 {
        let (active, dropped) = self.paths(it);
        ln_add(active, dropped)
    }

    /// Returns the logarithms of the two ways a history comes about, active to this day or dropped out since the last
    /// purchase, with their common factor left out.
    fn paths(&self, it: &Purchases) -> (f64, f64) {
        let Self { r, alpha, s, beta } = *self;
        let rate = r + it.repeats;
        let active = -rate * (alpha + it.age_days).ln() - s * (beta + it.age_days).ln();
        let buys = Clock { shape: rate, scale: alpha };
        let drops = Clock { shape: s, scale: beta };
        (active, ln_race(buys, drops, it.recency_days, it.age_days))
    }

    fn from_logs(logs: &[f64; 4]) -> Self {
        let [r, alpha, s, beta] = logs.map(f64::exp);
        Self { r, alpha, s, beta }
    }
}

impl Forecast for ParetoNbd {
    fn name(&self) -> &'static str {
        "pareto/nbd"
    }

    fn learn(&mut self, examples: &[Example<'_>], _: f64) {
        // Each of its likelihoods takes fifteen times as long as the others', and four parameters need no more.
        let all = purchases(examples);
        let some: Vec<_> =
            all.iter().step_by(all.len().div_ceil(MOST_FITTED).max(1)).copied().collect();
        if let Some(model) = Self::fit(&some, 0.0) {
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
