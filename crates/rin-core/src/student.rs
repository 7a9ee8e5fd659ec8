//! Student's distribution: how sure a mean is whose spread had to be guessed from few values.
//!
//! The degrees of freedom need not be whole: they come out of how much an estimate of a variance itself varies.

use crate::backtest::{hypergeometric_of_one, ln_beta};

/// Below this the probability is linear in *t* to eleven digits.
const TINY: f64 = 1e-4;

/// Returns the probability of a value farther from nought than `t`, for `degrees` above zero.
///
/// *I*ₓ(ν/2, ½) with *x* = ν/(ν+*t*²) (Abramowitz and Stegun 26.7.1), written with ₂F₁(1, (ν+1)/2; ν/2+1; *x*) (26.5.23 and
/// Euler's transformation), whose continued fraction converges for every *x* below 1.
pub(crate) fn beyond(t: f64, degrees: f64) -> f64 {
    let (t, half) = (t.abs(), 0.5 * degrees);
    if t < TINY {
        let density = (-ln_beta(half, 0.5)).exp() / degrees.sqrt();
        return 1.0 - 2.0 * density * t;
    }
    if t.is_infinite() {
        return 0.0;
    }
    let x = degrees / (degrees + t * t);
    let log = half * x.ln() + 0.5 * (1.0 - x).ln() - half.ln() - ln_beta(half, 0.5);
    (log.exp() * hypergeometric_of_one(half + 0.5, half + 1.0, x)).min(1.0)
}

/// Returns the value that is surpassed on either side with probability `p`, for `p` above 0 and up to 1.
pub(crate) fn value_beyond(p: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while p < beyond(high, degrees) && high < 1e12 {
        (low, high) = (high, 4.0 * high);
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if p < beyond(middle, degrees) { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_scipy() {
        // scipy 1.17.1: 2 * scipy.stats.t.sf(t, v), scipy.stats.t.ppf(1 - p / 2, v).
        for (t, degrees, expected) in [
            (1.0, 1.0, 0.5),
            (2.570_581_835_636_314, 5.0, 0.05),
            (0.3, 7.3, 0.772_540_536_179_71),
            (12.5, 4.4, 0.000_132_596_288_479_757),
            (0.001, 3.0, 0.999_264_894_969_460_9),
            (4.0, 60.0, 0.000_176_322_387_063_974),
        ] {
            let found = beyond(t, degrees);
            assert!((found - expected).abs() < 1e-9, "{t} {degrees} {found}");
            if 1e-3 < t {
                assert!((value_beyond(found, degrees) - t).abs() < 1e-6 * t, "{t} {degrees}");
            }
        }
        assert!((beyond(0.0, 3.0) - 1.0).abs() < 1e-15);
        assert!((value_beyond(0.05, 1e9) - 1.959_963_98).abs() < 1e-6);
    }
}
