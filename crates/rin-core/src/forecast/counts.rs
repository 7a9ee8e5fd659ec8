//! How many interactions there will be: none with the probability that there is no contact, else a rounded log-normal.
//!
//! A hurdle model: *C* = 0 with probability 1 − *p*, otherwise max(1, round(exp(μ + σ*Z*))) with a standard normal *Z*,
//! where μ is linear in ln(*s*·ln((α+u+H)/(α+u))), the logarithm of interactions a contact day, and the contact days
//! the next *H* days would have at today's pace. Rounded so that its 90 % interval holds whole numbers. The form was
//! chosen because one sample of the past makes its intervals hold on the next (docs/METHODS.md).

use super::{
    matrix::{Matrix, Vector, cholesky, solve},
    normal,
};
use crate::Interval;

/// Coefficients of μ, and ln σ.
pub(super) const M: usize = 5;
/// A fit looks at no more rows than this; every so many are taken if there are more.
const MAX_ROWS: usize = 20_000;

/// What one row tells: the features of μ and how many interactions there were, at least one.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountRow {
    pub(super) x: [f64; M - 1],
    pub(super) count: f64,
    pub(super) weight: f64,
}

/// The distribution of interactions within a horizon.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Counts {
    pub(super) contact: f64,
    pub(super) mu: f64,
    pub(super) sigma: f64,
}

impl Counts {
    /// Returns the mean.
    pub(super) fn mean(&self) -> f64 {
        let one = (1.5_f64.ln() - self.mu) / self.sigma;
        let more =
            (self.mu + 0.5 * self.sigma * self.sigma).exp() * normal::below(self.sigma - one);
        self.contact * (normal::below(one) + more)
    }

    /// Returns the 90 % interval, of whole numbers.
    pub(super) fn range(&self) -> Interval {
        Interval { low: self.quantile(0.05), high: self.quantile(0.95) }
    }

    fn quantile(&self, share: f64) -> f64 {
        let rest = (share - (1.0 - self.contact)) / self.contact;
        if rest.is_nan() || rest <= 0.0 {
            return 0.0;
        }
        ((self.mu + self.sigma * normal::quantile(rest)).exp() - 0.5).ceil().max(1.0)
    }

    /// Returns the probability of at most `count`.
    pub(super) fn at_most(&self, count: u32) -> f64 {
        let none = 1.0 - self.contact;
        if count == 0 {
            return none;
        }
        none + self.contact * normal::below(((f64::from(count) + 0.5).ln() - self.mu) / self.sigma)
    }
}

/// Returns the likeliest parameters under independent normal priors, or the prior means if the search goes astray.
pub(super) fn fit(rows: &[CountRow], mean: &Vector<M>, precision: &Vector<M>) -> Vector<M> {
    let step = rows.len().div_ceil(MAX_ROWS).max(1);
    let rows: Vec<Cut> = rows.iter().step_by(step).map(Cut::new).collect();
    let mut here = *mean;
    let (mut height, mut slope) = at(&here, &rows, mean, precision);
    let mut damping = 1e-3;
    for _ in 0..60 {
        let curvature = curvature(&here, &slope, &rows, (mean, precision));
        let Some(step) = damped_step(&curvature, &slope, damping) else { return *mean };
        let mut next = here;
        for (to, by) in next.iter_mut().zip(step) {
            *to += by;
        }
        let (higher, next_slope) = at(&next, &rows, mean, precision);
        if height < higher {
            let gain = higher - height;
            (here, height, slope) = (next, higher, next_slope);
            damping = f64::max(damping / 10.0, 1e-9);
            if gain < 1e-9 * (1.0 + height.abs()) {
                break;
            }
        } else if damping < 1e6 {
            damping *= 10.0;
        } else {
            break;
        }
    }
    if here.iter().all(|value| value.is_finite()) { here } else { *mean }
}

/// A row with the logarithms of the ends of its cell.
struct Cut {
    x: [f64; M - 1],
    low: Option<f64>,
    high: f64,
    weight: f64,
}

impl Cut {
    fn new(row: &CountRow) -> Self {
        let low = (1.0 < row.count).then(|| (row.count - 0.5).ln());
        Self { x: row.x, low, high: (row.count + 0.5).ln(), weight: row.weight }
    }
}

/// Returns the penalised log-likelihood and its gradient.
fn at(
    theta: &Vector<M>,
    rows: &[Cut],
    mean: &Vector<M>,
    precision: &Vector<M>,
) -> (f64, Vector<M>) {
    let (mut height, mut slope) = (0.0, [0.0; M]);
    for ((((value, mean), precision), slope), _) in
        theta.iter().zip(mean).zip(precision).zip(&mut slope).zip(0..M)
    {
        let off = value - mean;
        height -= 0.5 * precision * off * off;
        *slope = -precision * off;
    }
    let [.., log_sigma] = *theta;
    let sigma = log_sigma.exp();
    for row in rows {
        let mu: f64 = theta.iter().zip(&row.x).map(|(value, x)| value * x).sum();
        let high = (row.high - mu) / sigma;
        let low = row.low.map(|low| (low - mu) / sigma);
        let mass = (normal::below(high) - low.map_or(0.0, normal::below)).max(1e-12);
        let (at_high, at_low) = (normal::density(high), low.map_or(0.0, normal::density));
        height += row.weight * mass.ln();
        let by_mu = row.weight * (at_low - at_high) / (sigma * mass);
        for (slope, x) in slope.iter_mut().zip(&row.x) {
            *slope += by_mu * x;
        }
        if let Some(last) = slope.last_mut() {
            *last += row.weight * (at_low * low.unwrap_or_default() - at_high * high) / mass;
        }
    }
    (height, slope)
}

/// Returns the negative second derivative by differences of the gradient.
fn curvature(
    theta: &Vector<M>,
    slope: &Vector<M>,
    rows: &[Cut],
    (mean, precision): (&Vector<M>, &Vector<M>),
) -> Matrix<M> {
    let by = 1e-5;
    let mut curvature = [[0.0; M]; M];
    for (number, line) in curvature.iter_mut().enumerate() {
        let mut moved = *theta;
        if let Some(value) = moved.get_mut(number) {
            *value += by;
        }
        let (_, there) = at(&moved, rows, mean, precision);
        for ((cell, here), there) in line.iter_mut().zip(slope).zip(there) {
            *cell = (here - there) / by;
        }
    }
    symmetric(&curvature)
}

fn symmetric(a: &Matrix<M>) -> Matrix<M> {
    let mut out = *a;
    for (i, line) in out.iter_mut().enumerate() {
        for (j, cell) in line.iter_mut().enumerate() {
            let mirrored = a.get(j).and_then(|line| line.get(i)).copied().unwrap_or_default();
            *cell = f64::midpoint(*cell, mirrored);
        }
    }
    out
}

/// Returns a step uphill, the shorter the larger `damping` is.
fn damped_step(curvature: &Matrix<M>, slope: &Vector<M>, damping: f64) -> Option<Vector<M>> {
    let mut damping = damping;
    while damping < 1e12 {
        let mut damped = *curvature;
        for (at, line) in damped.iter_mut().enumerate() {
            if let Some(cell) = line.get_mut(at) {
                *cell += damping * (1.0 + cell.abs());
            }
        }
        if let Some(root) = cholesky(&damped) {
            return Some(solve(&root, slope));
        }
        damping *= 10.0;
    }
    None
}
