//! Functions that the likelihoods are written in: ln Γ, ln B, Gauss's ₂F₁ and the race of two gamma-mixed clocks.
//!
//! Each is used in the one form that neither overflows nor cancels for a tie with thousands of contact days, which is
//! why some stand transformed from how the papers print them.

/// Most terms of a series or a continued fraction; far more than any sensible argument needs.
const MOST_TERMS: u32 = 20_000;

/// Returns ln Γ(x) for x > 0, to some units in the last place; not a number for any other.
///
/// Stirling's series (Abramowitz and Stegun 6.1.41), from 10 on; the recurrence leads there.
pub(super) fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let mut product = 1.0;
    let mut x = x;
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series = [-691.0 / 360_360.0, 1.0 / 1_188.0, -1.0 / 1_680.0, 1.0 / 1_260.0, -1.0 / 360.0];
    let tail = series.into_iter().fold(0.0, |sum, term| (sum + term) * y) + 1.0 / 12.0;
    let half_ln_two_pi = 0.918_938_533_204_672_8;
    (x - 0.5) * x.ln() - x + half_ln_two_pi + tail / x - product.ln()
}

/// Returns ln B(a, b) for a, b > 0.
pub(crate) fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Returns ln(eᵃ + eᵇ) without leaving the range.
pub(super) fn ln_add(a: f64, b: f64) -> f64 {
    let (small, large) = (a.min(b), a.max(b));
    if small == f64::NEG_INFINITY { large } else { large + (small - large).exp().ln_1p() }
}

/// Returns Gauss's ₂F₁(a, b; c; z) for 0 ≤ z < 1 and c > 0, by its power series.
///
/// The terms after the last are no more than a geometric series, which is what decides when to stop. Above z = .998 a
/// series that falls slowly may be cut short, by 10⁻¹¹ of itself at .999.
pub(super) fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut sum, mut term) = (1.0_f64, 1.0_f64);
    for index in (0..MOST_TERMS).map(f64::from) {
        let ratio = (a + index) * (b + index) / ((c + index) * (index + 1.0)) * z;
        term *= ratio;
        sum += term;
        let decay = ratio.abs().max(z);
        if decay < 1.0 && term.abs() * decay <= 1e-17 * (1.0 - decay) * sum.abs() {
            break;
        }
    }
    sum
}

/// Returns ₂F₁(1, b; c; z) for 0 ≤ z < 1 and 0 < b < c, by Gauss's continued fraction.
///
/// All its partial numerators are of one sign, so nothing cancels, and it is quick where the series crawls: each step
/// gains a factor ((1+√(1−z))/(1−√(1−z)))². Evaluated forward (Lentz 1976).
pub(crate) fn hypergeometric_of_one(b: f64, c: f64, z: f64) -> f64 {
    let (mut value, mut above, mut below) = (1.0_f64, 1.0_f64, 0.0_f64);
    for k in (0..MOST_TERMS).map(f64::from) {
        // For k = 0 the factor c − 1 stands above and below.
        let odd = if k < 0.5 {
            b / c
        } else {
            (b + k) * (c + k - 1.0) / ((c + 2.0 * k - 1.0) * (c + 2.0 * k))
        };
        let even = (k + 1.0) * (c - b + k) / ((c + 2.0 * k) * (c + 2.0 * k + 1.0));
        let mut moved = 0.0_f64;
        for numerator in [odd * z, even * z] {
            below = 1.0 / (1.0 - numerator * below);
            above = 1.0 - numerator / above;
            value *= above * below;
            moved = moved.max((above * below - 1.0).abs());
        }
        // Some units in the last place: rounding keeps it from coming closer for some arguments.
        if moved <= 4e-15 {
            break;
        }
    }
    1.0 / value
}

/// A clock that rings after an exponential time whose rate is gamma-distributed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// Shape of the gamma distribution.
    pub(super) shape: f64,
    /// Its rate, in time: it has been silent that long, so to say.
    pub(super) scale: f64,
}

/// Returns ln of q·∫ (A+y)^−p (B+y)^−(q+1) dy over `from..to`, (p, A) being `still` and (q, B) `rings`.
///
/// Times A^p·B^q it is the probability that `rings` rings in that time before `still` does. In closed form (Fader and
/// Hardie, "A Note on Deriving the Pareto/NBD Model", 2005, A₀) it is the difference of
/// (A+y)^−(p+q) ₂F₁(p+q, q+1; p+q+1; (A−B)/(A+y)) q/(p+q) at the ends for A ≥ B and its mirror image otherwise. Euler's
/// transformation turns that function into one of ₂F₁(1, ·; ·; ·), which is of moderate size for every argument.
pub(super) fn ln_race(still: Clock, rings: Clock, from: f64, to: f64) -> f64 {
    let start = ln_race_from(still, rings, from);
    let later = ln_race_from(still, rings, to);
    let share = rings.shape / (still.shape + rings.shape);
    share.ln() + start + (-(later - start).exp_m1()).max(0.0).ln()
}

/// Returns ln of the same from `y` to the end of time, times (p+q)/q.
fn ln_race_from(still: Clock, rings: Clock, y: f64) -> f64 {
    let (p, q) = (still.shape, rings.shape);
    let (long, short) = (still.scale + y, rings.scale + y);
    let c = p + q + 1.0;
    if short <= long {
        let rest = hypergeometric_of_one(p, c, (long - short) / long);
        rest.ln() - p * long.ln() - q * short.ln()
    } else {
        let rest = hypergeometric_of_one(q + 1.0, c, (short - long) / short);
        rest.ln() + (1.0 - p) * long.ln() - (q + 1.0) * short.ln()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) -> bool {
        (found - expected).abs() <= tolerance * expected.abs().max(1.0)
    }

    #[test]
    fn values_known_in_closed_form() {
        for (x, expected) in [
            (0.5, 0.572_364_942_924_700_1),
            (1.0, 0.0),
            (0.1, 2.252_712_651_734_206),
            (7.5, 7.534_364_236_758_733),
            (171.0, 706.573_062_245_787_4),
            (1e-3, 6.907_178_885_383_854),
        ] {
            assert!(near(ln_gamma(x), expected, 2e-15), "{x} {}", ln_gamma(x));
        }
        // ₂F₁(1, 1; 2; z) = −ln(1−z)/z, ₂F₁(a, b; b; z) = (1−z)^−a.
        for z in [1e-9, 0.1, 0.5, 0.9, 0.998] {
            let log = -f64::ln_1p(-z) / z;
            assert!(near(hypergeometric(1.0, 1.0, 2.0, z), log, 1e-13), "{z}");
            assert!(near(hypergeometric_of_one(1.0, 2.0, z), log, 1e-13), "{z}");
            let power = (1.0 - z).powf(0.7);
            assert!(near(hypergeometric(-0.7, 2.5, 2.5, z), power, 1e-12), "{z}");
        }
        let log = -1e-6_f64.ln() / (1.0 - 1e-6);
        assert!(near(hypergeometric_of_one(1.0, 2.0, 1.0 - 1e-6), log, 1e-10));
        assert!(near(ln_add(-1e9, 3.0), 3.0, 0.0));
        assert!(near(ln_add(f64::NEG_INFINITY, -2.0), -2.0, 0.0));
    }

    /// Simpson's rule on a substitution that is dense at the start.
    fn race_by_sum(still: Clock, rings: Clock, from: f64, to: f64) -> f64 {
        let n = 20_000;
        let density = |y: f64| {
            (-still.shape * (still.scale + y).ln() - (rings.shape + 1.0) * (rings.scale + y).ln())
                .exp()
        };
        let at = |i: i32| {
            let u = f64::from(i) / f64::from(n);
            density(from + (to - from) * u.powi(3)) * (to - from) * 3.0 * u * u
        };
        let inner: f64 = (1..n).map(|i| at(i) * if i % 2 == 0 { 2.0 } else { 4.0 }).sum();
        rings.shape * (at(0) + inner + at(n)) / (3.0 * f64::from(n))
    }

    proptest! {
        #[test]
        fn the_continued_fraction_is_the_series(b in 0.05..40.0_f64, more in 0.05..40.0_f64, z in 0.0..0.95_f64) {
            let series = hypergeometric(1.0, b, b + more, z);
            prop_assert!(near(hypergeometric_of_one(b, b + more, z) / series, 1.0, 1e-12));
        }

        #[test]
        fn the_race_is_its_integral(
            p in 0.1..12.0_f64, a in 0.5..60.0_f64, q in 0.1..12.0_f64, b in 0.5..60.0_f64,
            from in 0.0..50.0_f64, more in 0.1..200.0_f64
        ) {
            let still = Clock { shape: p, scale: a };
            let rings = Clock { shape: q, scale: b };
            let sum = race_by_sum(still, rings, from, from + more);
            let found = ln_race(still, rings, from, from + more);
            prop_assert!((found - sum.ln()).abs() < 1e-8, "{found} {}", sum.ln());
        }
    }
}
