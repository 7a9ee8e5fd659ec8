//! Which coefficients make the past likeliest: complementary log-log regression with a Gaussian prior.
//!
//! An example has features *x*, an offset *o* and an outcome; the probability of contact is 1 − exp(−exp(*b*·*x* + *o*)).
//! The log-likelihood is concave in *b* and the prior makes it strictly so, hence Newton's method with halved steps finds
//! the one maximum from anywhere. The inverse of the curvature there is the covariance of *b* (Laplace's
//! approximation), from which intervals are drawn. `McCullagh` and Nelder, Generalized Linear Models (1989), chapters 2
//! and 4; the offset ln ln((α+u+H)/(α+u)) turns it into the power law of `staying.rs`.

use super::matrix::{Matrix, Vector, cholesky, dot, inverse, solve};

/// No fit of these sizes took more than twelve steps; a hundred means that something is not a number.
const MAX_STEPS: usize = 100;
/// A step that promises less gain in log-likelihood than this is the last.
const ENOUGH: f64 = 1e-10;
/// Largest linear predictor: exp of it is finite, and the probability is 1 long before.
const MAX_PREDICTOR: f64 = 30.0;

/// One example.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<const N: usize> {
    pub(super) x: Vector<N>,
    pub(super) offset: f64,
    pub(super) is_contact: bool,
    /// How much it counts.
    pub(super) weight: f64,
}

/// What is believed before the data are seen: independent normal distributions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prior<const N: usize> {
    pub(super) mean: Vector<N>,
    /// One over the variance, above zero.
    pub(super) precision: Vector<N>,
}

/// What the data say.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Fit<const N: usize> {
    pub(super) coefficients: Vector<N>,
    /// The curvature of the likelihood there, without the prior's.
    pub(super) information: Matrix<N>,
}

/// Returns the likeliest coefficients, or the prior if the examples hold something that is not a number.
pub(super) fn fit<const N: usize>(rows: &[Row<N>], prior: &Prior<N>) -> Fit<N> {
    let mut b = prior.mean;
    let mut here = Slope::at(&b, rows, prior);
    for _ in 0..MAX_STEPS {
        let Some(step) = here.newton_step() else { return prior.as_fit() };
        if dot(&step, &here.gradient) < ENOUGH {
            break;
        }
        let Some((next, slope)) = walk(&b, &step, &here, rows, prior) else { break };
        (b, here) = (next, slope);
    }
    if !b.iter().all(|b| b.is_finite()) {
        return prior.as_fit();
    }
    let mut information = here.curvature;
    for (at, (line, precision)) in information.iter_mut().zip(&prior.precision).enumerate() {
        if let Some(cell) = line.get_mut(at) {
            *cell -= precision;
        }
    }
    Fit { coefficients: b, information }
}

/// Returns the covariance of the coefficients: the inverse of the data's information and the prior's precision.
pub(super) fn covariance<const N: usize>(
    information: &Matrix<N>,
    precision: &Vector<N>,
) -> Matrix<N> {
    let mut sum = *information;
    for (at, (line, precision)) in sum.iter_mut().zip(precision).enumerate() {
        if let Some(cell) = line.get_mut(at) {
            *cell += precision;
        }
    }
    // Information is never negative, so that a positive prior makes the sum positive; only what is no number has no root.
    cholesky(&sum).map_or([[f64::INFINITY; N]; N], |root| inverse(&root))
}

/// Goes along a step, halving it until the likelihood rises; `None` if it does not.
fn walk<const N: usize>(
    b: &Vector<N>,
    step: &Vector<N>,
    here: &Slope<N>,
    rows: &[Row<N>],
    prior: &Prior<N>,
) -> Option<(Vector<N>, Slope<N>)> {
    let mut length = 1.0;
    while 1e-6 < length {
        let mut next = *b;
        for (to, by) in next.iter_mut().zip(step) {
            *to += length * by;
        }
        let slope = Slope::at(&next, rows, prior);
        if here.height < slope.height {
            return Some((next, slope));
        }
        length /= 2.0;
    }
    None
}

impl<const N: usize> Prior<N> {
    const fn as_fit(&self) -> Fit<N> {
        Fit { coefficients: self.mean, information: [[0.0; N]; N] }
    }
}

/// Penalised log-likelihood at one point, its gradient and its negative second derivative.
struct Slope<const N: usize> {
    height: f64,
    gradient: Vector<N>,
    curvature: Matrix<N>,
}

impl<const N: usize> Slope<N> {
    fn at(b: &Vector<N>, rows: &[Row<N>], prior: &Prior<N>) -> Self {
        let mut slope = Self { height: 0.0, gradient: [0.0; N], curvature: [[0.0; N]; N] };
        for row in rows {
            let predictor = (dot(b, &row.x) + row.offset).min(MAX_PREDICTOR);
            let (height, first, second) = contribution(predictor, row.is_contact);
            slope.height += row.weight * height;
            slope.add(&row.x, row.weight * first, -row.weight * second);
        }
        slope.penalise(b, prior);
        slope
    }

    fn add(&mut self, x: &Vector<N>, first: f64, curvature: f64) {
        for ((gradient, line), xi) in self.gradient.iter_mut().zip(&mut self.curvature).zip(x) {
            *gradient += first * xi;
            let scaled = curvature * xi;
            for (cell, xj) in line.iter_mut().zip(x) {
                *cell += scaled * xj;
            }
        }
    }

    fn penalise(&mut self, b: &Vector<N>, prior: &Prior<N>) {
        for (at, ((b, mean), precision)) in
            b.iter().zip(&prior.mean).zip(&prior.precision).enumerate()
        {
            let off = b - mean;
            self.height -= 0.5 * precision * off * off;
            if let Some(gradient) = self.gradient.get_mut(at) {
                *gradient -= precision * off;
            }
            if let Some(cell) = self.curvature.get_mut(at).and_then(|line| line.get_mut(at)) {
                *cell += precision;
            }
        }
    }

    fn newton_step(&self) -> Option<Vector<N>> {
        let root = cholesky(&self.curvature)?;
        Some(solve(&root, &self.gradient))
    }
}

/// Returns one example's log-likelihood and its first and second derivative in the linear predictor.
fn contribution(predictor: f64, is_contact: bool) -> (f64, f64, f64) {
    let mu = predictor.exp();
    if !is_contact {
        return (-mu, -mu, -mu);
    }
    let p = -(-mu).exp_m1();
    if p <= 0.0 {
        // So small that 1 − exp(−μ) = μ: the logarithm is the predictor itself.
        return (predictor, 1.0, 0.0);
    }
    let first = mu * (-mu).exp() / p;
    (p.ln(), first, first * (1.0 - mu / p))
}

#[cfg(test)]
mod tests;
