//! Hawkes: each day with contact makes further ones likelier for a while, and the older it is the less.
//!
//! Hawkes, "Spectra of Some Self-Exciting and Mutually Exciting Point Processes", Biometrika 58(1), 1971. All ties share
//! one intensity of contact days, λ(t) = base + Σⱼ wⱼ·(ln 2/hⱼ)·Σ 2^−((t−day)/hⱼ) over the past days, with half-lives
//! hⱼ of 7, 30, 90 and 365 days. A contact day brings forth Σⱼ wⱼ others in the long run, kept at .95 or below so that
//! nothing grows for ever. Four fixed half-lives stand in for a decay as a power; only their weights are fitted, which
//! makes the likelihood concave. The first day of a tie is taken as given; nothing else is known of a tie but its days.

mod fit;

use std::f64::consts::LN_2;

use self::fit::Pooled;
use super::{per_contact_day, probability, sample};
use crate::{Day, Example, Forecast, TieFacts};

/// Half-lives of what a contact day excites, in days.
pub(crate) const HALF_LIVES: [f64; 4] = [7.0, 30.0, 90.0, 365.0];
/// Most contact days that a contact day brings forth.
const MOST_BRANCHING: f64 = 0.95;
/// Longest step of the mean's equation, in days.
const STEP_DAYS: f64 = 1.0;
/// Most steps of it; beyond, steps grow longer.
const MOST_STEPS: f64 = 4_096.0;
/// Furthest that is looked ahead: a hundred years, in days.
const FURTHEST: f64 = 36_525.0;

/// The parameters of a Hawkes process of contact days that all ties share.
///
/// # Example
/// ```
/// use rin_core::{ContactDay, Day, Forecast, Hawkes, TieFacts};
/// let model = Hawkes { base: 0.001, weights: [0.0, 0.0, 0.5, 0.0] };
/// let day = Day::from_number(20_000);
/// let days = [ContactDay { day, received: 1, sent: 0 }];
/// let as_of = Day::from_number(20_090).start();
/// let tie = TieFacts { days: &days, first: day.start(), last: day.start(), as_of, ends: None };
/// // The day is half forgotten, and half of what is left goes in the next ninety: .09 + .5·.5·.5 contacts to come.
/// assert!((model.contact_within(&tie, 90.0) - (1.0 - (-0.215_f64).exp())).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hawkes {
    /// Contact days a day that nothing excites.
    pub base: f64,
    /// Contact days that a contact day brings forth, for half-lives of 7, 30, 90 and 365 days.
    pub weights: [f64; 4],
}

impl Default for Hawkes {
    /// Round numbers that no data set stands behind: a contact every three years unasked, and .7 of one for each.
    fn default() -> Self {
        Self { base: 0.001, weights: [0.2, 0.2, 0.15, 0.15] }
    }
}

impl Hawkes {
    /// Returns the parameters that make the ties' contact days likeliest, each tie seen from its first day to its moment.
    ///
    /// None is negative, and the weights add up to .95 at most. `None` if there is no second contact day, or no time.
    ///
    /// # Complexity
    /// Some thirty to a hundred passes over the contact days.
    pub fn fit<'a>(ties: impl IntoIterator<Item = TieFacts<'a>>) -> Option<Self> {
        let mut pooled = Pooled::default();
        for tie in ties {
            let Some(first) = tie.days.first() else { continue };
            let since = |day: Day| to_f64(day.days_since(first.day));
            pooled.add(tie.days.iter().map(|one| since(one.day)), since(tie.as_of.day()));
        }
        let [base, weights @ ..] = pooled.likeliest()?;
        Some(Self { base, weights })
    }

    /// Returns the probability of no contact within `days`.
    ///
    /// Exact, as nothing excites before the first: exp(−(base·H + Σⱼ wⱼ·(1 − 2^(−H/hⱼ))·Dⱼ)), Dⱼ being `decayed`.
    pub(crate) fn quiet(&self, decayed: &[f64; 4], days: f64) -> f64 {
        let mut sum = self.base * days;
        for (weight, (half_life, decayed)) in
            self.weights.iter().zip(HALF_LIVES.iter().zip(decayed))
        {
            let used = -(-days * LN_2 / half_life).exp_m1();
            sum += weight * used * decayed;
        }
        (-sum).exp()
    }

    /// Returns how many contact days are expected within `days`.
    ///
    /// The mean intensity of each half-life follows zⱼ′ = −dⱼzⱼ + wⱼdⱼ(base + Σz), with dⱼ = ln 2/hⱼ: linear in four
    /// variables, solved by the classical fourth-order Runge-Kutta rule in steps of a day, to a relative error below
    /// 10⁻⁷ for horizons up to eleven years.
    fn contacts(&self, decayed: &[f64; 4], days: f64) -> f64 {
        let steps = (days / STEP_DAYS).ceil().clamp(1.0, MOST_STEPS);
        let step = days / steps;
        let rates = HALF_LIVES.map(|half_life| LN_2 / half_life);
        let mut excited = *decayed;
        for (z, (weight, rate)) in excited.iter_mut().zip(self.weights.iter().zip(&rates)) {
            *z *= weight * rate;
        }
        let slope = |z: &[f64; 4]| {
            let total = self.base + z.iter().sum::<f64>();
            let mut slope = *z;
            for (z, (weight, rate)) in slope.iter_mut().zip(self.weights.iter().zip(&rates)) {
                *z = rate * (weight * total - *z);
            }
            (slope, total)
        };
        let mut count = 0.0;
        let mut done = 0.0;
        while done < steps {
            let (one, begin) = slope(&excited);
            let (two, early) = slope(&moved(&excited, &one, step / 2.0));
            let (three, late) = slope(&moved(&excited, &two, step / 2.0));
            let (four, end) = slope(&moved(&excited, &three, step));
            count += step / 6.0 * (begin + 2.0 * early + 2.0 * late + end);
            for (by, part) in [(1.0, &one), (2.0, &two), (2.0, &three), (1.0, &four)] {
                excited = moved(&excited, part, by * step / 6.0);
            }
            done += 1.0;
        }
        count
    }
}

impl Forecast for Hawkes {
    fn name(&self) -> &'static str {
        "hawkes"
    }

    fn learn(&mut self, examples: &[Example<'_>], _: f64) {
        if let Some(model) = Self::fit(sample(examples).map(|one| one.tie)) {
            *self = model;
        }
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        probability(1.0 - self.quiet(&decayed(tie), ahead(days)))
    }

    fn expected(&self, tie: &TieFacts<'_>, days: f64) -> Option<f64> {
        let contacts = self.contacts(&decayed(tie), ahead(days));
        let expected = per_contact_day(tie) * contacts;
        Some(if expected.is_finite() { expected.max(0.0) } else { 0.0 })
    }
}

/// Returns *D*ⱼ now for each half-life.
fn decayed(tie: &TieFacts<'_>) -> [f64; 4] {
    HALF_LIVES.map(|half_life| tie.decayed_days(half_life))
}

const fn ahead(days: f64) -> f64 {
    if days.is_nan() { 0.0 } else { days.clamp(0.0, FURTHEST) }
}

fn moved(at: &[f64; 4], slope: &[f64; 4], by: f64) -> [f64; 4] {
    let mut next = *at;
    for (x, d) in next.iter_mut().zip(slope) {
        *x += by * d;
    }
    next
}

#[expect(clippy::cast_precision_loss, reason = "days stay far below 2^53")]
const fn to_f64(days: i64) -> f64 {
    days as f64
}

#[cfg(test)]
mod tests;
