//! The smallest value of a smooth function of a few variables: BFGS with numeric gradients.
//!
//! Nothing is drawn at random and nothing depends on the clock, so equal input gives equal bits. Likelihoods of two to
//! six parameters need no more than this; it costs some hundred evaluations.

/// Most steps; a likelihood in the logarithms of its parameters takes 15 to 40.
const MOST_STEPS: u32 = 300;
/// Halvings of one step before it is given up.
const MOST_HALVINGS: u32 = 20;
/// A gradient so small in every direction, in units of the value, ends the search.
const FLAT: f64 = 1e-9;
/// Down to here a gradient by two points is good enough.
const ROUGH: f64 = 1e-4;
/// A search that can get no further has failed if the gradient is larger than this.
const FAILED: f64 = 1e-5;
/// Longest step in one variable: a factor *e* in a parameter kept as its logarithm.
const LONGEST: f64 = 1.0;
/// Distance of the points that a slope is taken from: the error of the fourth-order rule is near that of rounding there.
const APART: f64 = 1e-3;

/// Returns where `function` is smallest within the `bounds`, looking downhill from about `start`.
///
/// The search goes along a sine that is flat at the bounds, so that a smallest value at one is level as any other.
/// `None` if it ends where it is still steep, or meets no number.
pub(super) fn minimise<const N: usize>(
    start: [f64; N],
    bounds: [(f64, f64); N],
    function: impl Fn(&[f64; N]) -> f64,
) -> Option<[f64; N]> {
    let inside = |at: &[f64; N]| {
        let mut inside = *at;
        for (x, (low, high)) in inside.iter_mut().zip(bounds) {
            let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
            *x = middle + half * ((*x - middle) / half).sin();
        }
        inside
    };
    let found = descend(start, |at| function(&inside(at)))?;
    Some(inside(&found))
}

/// BFGS (Nocedal and Wright, Numerical Optimization, 6.17) with halving of steps.
fn descend<const N: usize>(
    start: [f64; N],
    function: impl Fn(&[f64; N]) -> f64,
) -> Option<[f64; N]> {
    let mut at = start;
    let mut value = function(&at);
    let mut slope = gradient(&at, &function);
    let mut inverse = None;
    let mut is_near = false;
    for _ in 0..MOST_STEPS {
        if largest(&slope) <= FLAT * value.abs().max(0.1) {
            break;
        }
        let mut direction = downhill(inverse.as_ref(), &slope);
        if 0.0 <= dot(&direction, &slope) {
            inverse = None;
            direction = downhill(None, &slope);
        }
        let Some((next, lower)) = step(&at, value, &slope, &direction, &function) else {
            if is_near && inverse.is_none() {
                break;
            }
            // The curvature may be stale, or the slope too rough: once more straight down a good one.
            (inverse, is_near) = (None, true);
            slope = gradient(&at, &function);
            continue;
        };
        is_near |= largest(&slope) <= ROUGH;
        let next_slope =
            if is_near { gradient(&next, &function) } else { rough_gradient(&next, &function) };
        let moved = difference(&next, &at);
        let turned = difference(&next_slope, &slope);
        inverse = updated(inverse, &moved, &turned);
        (at, value, slope) = (next, lower, next_slope);
    }
    (value.is_finite() && largest(&slope) <= FAILED).then_some(at)
}

/// Returns the first of the halved steps that goes down enough, and the value there.
fn step<const N: usize>(
    at: &[f64; N],
    value: f64,
    slope: &[f64; N],
    direction: &[f64; N],
    function: &impl Fn(&[f64; N]) -> f64,
) -> Option<([f64; N], f64)> {
    let mut length = (LONGEST / largest(direction)).min(1.0);
    let fall = dot(direction, slope);
    for _ in 0..MOST_HALVINGS {
        let next = moved(at, direction, length);
        let lower = function(&next);
        if lower < value && lower <= value + 1e-4 * length * fall {
            return Some((next, lower));
        }
        length *= 0.5;
    }
    None
}

/// Returns the slope in every variable, by the fourth-order central rule.
pub(super) fn gradient<const N: usize>(
    at: &[f64; N],
    function: &impl Fn(&[f64; N]) -> f64,
) -> [f64; N] {
    let near = rises(at, APART, function);
    let mut slope = rises(at, 2.0 * APART, function);
    for (far, near) in slope.iter_mut().zip(near) {
        *far = (8.0 * near - *far) / (12.0 * APART);
    }
    slope
}

/// Returns the same by the second-order rule, for half the price.
fn rough_gradient<const N: usize>(at: &[f64; N], function: &impl Fn(&[f64; N]) -> f64) -> [f64; N] {
    rises(at, APART, function).map(|rise| rise / (2.0 * APART))
}

/// Returns by how much the function is larger at `apart` above than at `apart` below, in every variable.
fn rises<const N: usize>(
    at: &[f64; N],
    apart: f64,
    function: &impl Fn(&[f64; N]) -> f64,
) -> [f64; N] {
    let mut index = 0;
    at.map(|_| {
        let shifted = |by: f64| {
            let mut other = *at;
            if let Some(x) = other.get_mut(index) {
                *x += by;
            }
            function(&other)
        };
        let rise = shifted(apart) - shifted(-apart);
        index += 1;
        rise
    })
}

/// Returns where to go: down the slope, bent by what is known of the curvature.
fn downhill<const N: usize>(inverse: Option<&[[f64; N]; N]>, slope: &[f64; N]) -> [f64; N] {
    inverse.map_or(slope.map(|x| -x), |rows| rows.map(|row| -dot(&row, slope)))
}

/// Returns the inverse of the curvature with one more step taken into account, as it was if the step tells nothing.
fn updated<const N: usize>(
    inverse: Option<[[f64; N]; N]>,
    moved: &[f64; N],
    turned: &[f64; N],
) -> Option<[[f64; N]; N]> {
    let both = dot(moved, turned);
    if both <= 1e-14 * dot(moved, moved) {
        return inverse;
    }
    let mut rows = inverse.unwrap_or_else(|| diagonal(both / dot(turned, turned)));
    let bent = rows.map(|row| dot(&row, turned));
    let scale = (1.0 + dot(&bent, turned) / both) / both;
    for (row, (s, h)) in rows.iter_mut().zip(moved.iter().zip(&bent)) {
        for (cell, (t, k)) in row.iter_mut().zip(moved.iter().zip(&bent)) {
            *cell += scale * s * t - (h * t + s * k) / both;
        }
    }
    Some(rows)
}

fn diagonal<const N: usize>(value: f64) -> [[f64; N]; N] {
    let mut rows = [[0.0; N]; N];
    for (index, row) in rows.iter_mut().enumerate() {
        if let Some(cell) = row.get_mut(index) {
            *cell = value;
        }
    }
    rows
}

fn moved<const N: usize>(at: &[f64; N], direction: &[f64; N], length: f64) -> [f64; N] {
    let mut next = *at;
    for (x, d) in next.iter_mut().zip(direction) {
        *x += length * d;
    }
    next
}

fn difference<const N: usize>(one: &[f64; N], other: &[f64; N]) -> [f64; N] {
    moved(one, other, -1.0)
}

fn dot<const N: usize>(one: &[f64; N], other: &[f64; N]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn largest<const N: usize>(slope: &[f64; N]) -> f64 {
    // `f64::max` would pass over what is not a number.
    slope.iter().fold(
        0.0,
        |most: f64, x| {
            if most.is_nan() || x.abs() <= most { most } else { x.abs() }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANYWHERE: (f64, f64) = (-100.0, 100.0);

    #[test]
    fn rosenbrocks_valley_ends_at_one_and_one() {
        let valley = |[x, y]: &[f64; 2]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
        let found = minimise([-1.2, 1.0], [ANYWHERE; 2], valley).unwrap();
        assert!(found.iter().all(|x| (x - 1.0).abs() < 1e-8), "{found:?}");
    }

    #[test]
    fn a_bound_is_kept() {
        let bowl = |[x, y]: &[f64; 2]| 0.01 * (x - 9.0).powi(2) + (y + 2.0).powi(2);
        let found = minimise([0.0, 0.0], [(-3.0, 3.0), ANYWHERE], bowl).unwrap();
        assert!((found[0] - 3.0).abs() < 1e-12 && (found[1] + 2.0).abs() < 1e-8, "{found:?}");
    }

    #[test]
    fn what_has_no_value_has_no_smallest() {
        assert_eq!(minimise([1.0], [ANYWHERE], |_| f64::NAN), None);
        assert_eq!(minimise([1.0], [ANYWHERE], |_| f64::INFINITY), None);
    }
}
