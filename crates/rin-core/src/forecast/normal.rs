//! The normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Returns the probability of a value below `z`.
pub(crate) fn below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// Returns the density at `z`.
pub(crate) fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// Returns the value below which the share `p` lies, with a relative error of 1.2e-9; ±8 at the ends.
///
/// Rational approximation by Acklam (2003): one for the middle, one for both tails.
pub(crate) fn quantile(p: f64) -> f64 {
    const TAIL: f64 = 0.024_25;
    if p < TAIL {
        return tail(p).max(-8.0);
    }
    if 1.0 - TAIL < p {
        return -tail(1.0 - p).max(-8.0);
    }
    let q = p - 0.5;
    let r = q * q;
    let above = polynomial(
        r,
        &[
            -39.696_830_286_653_76,
            220.946_098_424_520_5,
            -275.928_510_446_968_7,
            138.357_751_867_269,
            -30.664_798_066_147_16,
            2.506_628_277_459_239,
        ],
    );
    let below = polynomial(
        r,
        &[
            -54.476_098_798_224_06,
            161.585_836_858_040_9,
            -155.698_979_859_886_6,
            66.801_311_887_719_72,
            -13.280_681_552_885_72,
            1.0,
        ],
    );
    q * above / below
}

fn tail(p: f64) -> f64 {
    let q = (-2.0 * p.max(f64::MIN_POSITIVE).ln()).sqrt();
    let above = polynomial(
        q,
        &[
            -0.007_784_894_002_430_293,
            -0.322_396_458_041_136_5,
            -2.400_758_277_161_838,
            -2.549_732_539_343_734,
            4.374_664_141_464_968,
            2.938_163_982_698_783,
        ],
    );
    let below = polynomial(
        q,
        &[
            0.007_784_695_709_041_462,
            0.322_467_129_070_039_8,
            2.445_134_137_142_996,
            3.754_408_661_907_416,
            1.0,
        ],
    );
    above / below
}

/// Returns the value of a polynomial, highest power first.
fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_tables() {
        // Abramowitz and Stegun, Handbook of Mathematical Functions (1964), tables 26.1 and 26.5.
        assert!((below(1.0) - 0.841_344_746_068_543).abs() < 1e-14);
        assert!((below(-3.0) - 0.001_349_898_031_630_095).abs() < 1e-16);
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-8);
        assert!((density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-15);
        assert!((quantile(0.0) + 8.0).abs() < 1e-8 && (quantile(1.0) - 8.0).abs() < 1e-8);
        for n in 1..2_000 {
            let p = f64::from(n) / 2_000.0;
            assert!((below(quantile(p)) - p).abs() < 1e-9, "{p}");
        }
    }
}
