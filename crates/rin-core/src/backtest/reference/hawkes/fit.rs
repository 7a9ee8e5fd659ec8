//! The likeliest weights of a Hawkes process, many ties pooled.
//!
//! With the half-lives fixed, the intensity at a contact day is linear in the parameters θ = (base, w): θ·f with features
//! f that are laid down once. The log-likelihood Σ ln(θ·f) − θ·c is concave, c being the sum over the time watched. It
//! is maximised by Newton's method with a logarithmic barrier for θ ≥ 0 and Σw ≤ .95 (Boyd and Vandenberghe, Convex
//! Optimization, 11.3), because half-lives that explain the same days make steps of expectation-maximisation crawl.

use std::f64::consts::LN_2;

use super::{HALF_LIVES, MOST_BRANCHING};

/// The base and the weights of the four half-lives.
pub(super) const PARAMETERS: usize = 5;

/// Barriers, in units of log-likelihood per contact day: each is that much off the maximum times six, or less.
const BARRIERS: [f64; 8] = [1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10];
/// Most Newton steps for one barrier.
const MOST_STEPS: u32 = 50;

/// What the likelihood needs of all ties.
#[derive(Clone, Debug, Default)]
pub(super) struct Pooled {
    /// Intensity at each contact day but a tie's first, per unit of each parameter.
    features: Vec<[f64; PARAMETERS]>,
    /// The same summed over the time watched.
    exposure: [f64; PARAMETERS],
}

impl Pooled {
    /// Adds a tie with contact at these times in days, ascending, watched from the first of them until `end`.
    ///
    /// # Complexity
    /// Linear in the contact days.
    pub(super) fn add(&mut self, times: impl IntoIterator<Item = f64>, end: f64) {
        let mut times = times.into_iter();
        let Some(first) = times.next() else { return };
        let mut last = first;
        let mut decayed = [1.0; HALF_LIVES.len()];
        let mut excited = 1.0;
        for time in times.take_while(|time| *time < end) {
            decay(&mut decayed, time - last);
            let [a, b, c, d] = intensities(&decayed);
            self.features.push([1.0, a, b, c, d]);
            decayed = decayed.map(|x| x + 1.0);
            excited += 1.0;
            last = time;
        }
        decay(&mut decayed, end - last);
        let [a, b, c, d] = decayed.map(|left| excited - left);
        let seen = [end - first, a, b, c, d];
        for (sum, part) in self.exposure.iter_mut().zip(seen) {
            *sum += part.max(0.0);
        }
    }

    /// Returns the parameters that are likeliest; `None` without contact after a first, or without time.
    pub(super) fn likeliest(&self) -> Option<[f64; PARAMETERS]> {
        let [watched, ..] = self.exposure;
        if self.features.is_empty() || watched <= 0.0 {
            return None;
        }
        let events = self.events();
        let share = MOST_BRANCHING / 8.0;
        let mut at = [0.5 * events / watched, share, share, share, share];
        for barrier in BARRIERS {
            let mut left = MOST_STEPS;
            while let Some(next) = self.step(&at, barrier * events).filter(|_| 0 < left) {
                at = next;
                left -= 1;
            }
        }
        at.iter().all(|x| x.is_finite()).then_some(at)
    }

    /// Returns the log-likelihood.
    pub(super) fn log_likelihood(&self, at: &[f64; PARAMETERS]) -> f64 {
        let events: f64 = self.features.iter().map(|one| dot(one, at).ln()).sum();
        events - dot(&self.exposure, at)
    }

    /// Returns the slope of the log-likelihood in the logarithm of each parameter, and the sums of the products of the
    /// parameters' shares in the intensity: minus its curvature.
    ///
    /// In logarithms of the parameters all numbers are of one size, whatever the unit of time.
    pub(super) fn slope(&self, at: &[f64; PARAMETERS]) -> ([f64; PARAMETERS], Square) {
        let mut slope = scaled(&self.exposure, at).map(|x| -x);
        let mut square = [[0.0; PARAMETERS]; PARAMETERS];
        for one in &self.features {
            let shares = scaled(one, at);
            let total: f64 = shares.iter().sum();
            let shares = shares.map(|x| x / total);
            for (row, (sum, share)) in square.iter_mut().zip(slope.iter_mut().zip(&shares)) {
                *sum += share;
                add(row, *share, &shares);
            }
        }
        (slope, square)
    }

    /// Returns the next point on the way to the maximum under a barrier, or nothing where it is reached.
    fn step(&self, at: &[f64; PARAMETERS], barrier: f64) -> Option<[f64; PARAMETERS]> {
        let (mut slope, mut square) = self.slope(at);
        let slack = slack(at);
        let [_, a, b, c, d] = at.map(|weight| weight / slack);
        let pull = [0.0, a, b, c, d];
        add(&mut slope, -barrier, &pull);
        for (index, (row, own)) in square.iter_mut().zip(&mut slope).enumerate() {
            *own += barrier;
            add(row, barrier * pull.get(index)?, &pull);
            *row.get_mut(index)? += barrier;
        }
        let direction = solved(square, slope)?;
        let rise: f64 = direction.iter().zip(&slope).map(|(d, s)| d * s).sum();
        // Half of it is what is left to gain under this barrier.
        if rise <= 1e-2 * barrier.min(1.0) {
            return None;
        }
        let value = self.guarded(at, barrier)?;
        let mut length = 1.0;
        for _ in 0..40 {
            let next = stretched(at, &direction, length);
            let higher = self.guarded(&next, barrier);
            if higher.is_some_and(|higher| value + 0.1 * length * rise <= higher) {
                return Some(next);
            }
            length *= 0.5;
        }
        None
    }

    /// Returns the log-likelihood with the barrier; `None` outside.
    fn guarded(&self, at: &[f64; PARAMETERS], barrier: f64) -> Option<f64> {
        let slack = slack(at);
        if slack <= 0.0 || at.iter().any(|x| *x <= 0.0) {
            return None;
        }
        let wall: f64 = at.iter().map(|x| x.ln()).sum::<f64>() + slack.ln();
        let value = self.log_likelihood(at) + barrier * wall;
        value.is_finite().then_some(value)
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer contact days than 2^53")]
    const fn events(&self) -> f64 {
        self.features.len() as f64
    }
}

/// A square of numbers, row by row.
type Square = [[f64; PARAMETERS]; PARAMETERS];

/// Returns how far the weights are below the most they may be.
fn slack(at: &[f64; PARAMETERS]) -> f64 {
    let [_, weights @ ..] = at;
    MOST_BRANCHING - weights.iter().sum::<f64>()
}

/// Lets days grow older.
fn decay(decayed: &mut [f64; HALF_LIVES.len()], days: f64) {
    for (value, half_life) in decayed.iter_mut().zip(HALF_LIVES) {
        *value *= (-days / half_life).exp2();
    }
}

/// Returns the intensity that decayed days excite, per unit of weight.
fn intensities(decayed: &[f64; HALF_LIVES.len()]) -> [f64; HALF_LIVES.len()] {
    let mut intensities = *decayed;
    for (value, half_life) in intensities.iter_mut().zip(HALF_LIVES) {
        *value *= LN_2 / half_life;
    }
    intensities
}

fn dot(one: &[f64; PARAMETERS], other: &[f64; PARAMETERS]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// Adds a multiple of another row.
fn add(row: &mut [f64; PARAMETERS], factor: f64, other: &[f64; PARAMETERS]) {
    for (x, y) in row.iter_mut().zip(other) {
        *x += factor * y;
    }
}

fn scaled(one: &[f64; PARAMETERS], by: &[f64; PARAMETERS]) -> [f64; PARAMETERS] {
    let mut product = *one;
    for (x, factor) in product.iter_mut().zip(by) {
        *x *= factor;
    }
    product
}

/// Returns each parameter changed by `length` of its share.
fn stretched(at: &[f64; PARAMETERS], shares: &[f64; PARAMETERS], length: f64) -> [f64; PARAMETERS] {
    scaled(at, &shares.map(|share| 1.0 + length * share))
}

/// Returns the solution of a system that is symmetric and positive definite, by elimination; `None` if it is not.
fn solved(mut rows: Square, mut right: [f64; PARAMETERS]) -> Option<[f64; PARAMETERS]> {
    for k in 0..PARAMETERS {
        let (pivot_row, pivot_right) = (*rows.get(k)?, *right.get(k)?);
        let pivot = *pivot_row.get(k)?;
        if pivot.is_nan() || pivot <= 0.0 {
            return None;
        }
        for (index, (row, value)) in rows.iter_mut().zip(&mut right).enumerate() {
            if index != k {
                let factor = *row.get(k)? / pivot;
                *value -= factor * pivot_right;
                add(row, -factor, &pivot_row);
            }
        }
    }
    for (index, (value, row)) in right.iter_mut().zip(&rows).enumerate() {
        *value /= *row.get(index)?;
    }
    Some(right)
}
