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

/// Returns the value below which the share `p` lies, to 1e-9; ±8 at the ends.
pub(crate) fn quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-8.0, 8.0);
    while 1e-9 < high - low {
        let middle = f64::midpoint(low, high);
        if below(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
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
    }
}
