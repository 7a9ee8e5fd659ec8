//! Against statsmodels 0.14 (GLM, binomial, complementary log-log, observed information), made by:
//!
//! ```text
//! x1 = i*7919 % 101 / 101 * 3, x2 = i*104729 % 97 / 97 - .5, offset = i*31 % 13 / 13 * 1.5 - 2, i in 0..200
//! y  = i*2654435761 % 2^32 / 2^32 < 1 - exp(-exp(-.7 + .5 x1 + .8 x2 + offset))
//! sm.GLM(y, [1, x1, x2], family=Binomial(link=CLogLog()), offset=offset).fit(tol=1e-14)
//! ```

use super::*;

fn sample() -> Vec<Row<3>> {
    let real = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let part = |i: u64, by: u64, of: u64| real(i * by % of) / real(of);
    (0..200)
        .map(|i| {
            let (x1, x2) = (part(i, 7_919, 101) * 3.0, part(i, 104_729, 97) - 0.5);
            let offset = part(i, 31, 13) * 1.5 - 2.0;
            let p = 1.0 - (-(-0.7 + 0.5 * x1 + 0.8 * x2 + offset).exp()).exp();
            let is_contact = part(i, 2_654_435_761, 1 << 32) < p;
            Row { x: [1.0, x1, x2], offset, is_contact, weight: 1.0 }
        })
        .collect()
}

const FLAT: Prior<3> = Prior { mean: [0.0; 3], precision: [1e-12; 3] };

#[test]
fn coefficients_and_covariance_are_those_of_statsmodels() {
    let found = fit(&sample(), &FLAT);
    let expected = [-0.502_136_446_843_362_8, 0.347_382_690_496_172_43, 1.255_722_374_520_929_4];
    for (found, expected) in found.coefficients.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-8, "{found} {expected}");
    }
    let expected = [
        [0.096_317_332_151_408_17, -0.044_979_545_940_054_12, -0.025_478_426_454_604_88],
        [-0.044_979_545_940_054_13, 0.026_500_132_493_551_03, 0.005_533_057_677_372_812],
        [-0.025_478_426_454_604_86, 0.005_533_057_677_372_799, 0.239_206_281_076_583_98],
    ];
    for (found, expected) in covariance(&found.information, &FLAT.precision)
        .iter()
        .flatten()
        .zip(expected.iter().flatten())
    {
        assert!((found - expected).abs() < 1e-7, "{found} {expected}");
    }
}

#[test]
fn the_gradient_is_the_slope_of_the_likelihood() {
    let rows = sample();
    let prior = Prior { mean: [0.1, 0.5, 0.0], precision: [1.0, 4.0, 0.5] };
    let b = [0.3, -0.2, 0.9];
    let here = Slope::at(&b, &rows, &prior);
    for at in 0..3 {
        let moved = |by: f64| {
            let mut b = b;
            b[at] += by;
            Slope::at(&b, &rows, &prior)
        };
        let (up, down) = (moved(1e-5), moved(-1e-5));
        let slope = (up.height - down.height) / 2e-5;
        assert!((slope - here.gradient[at]).abs() < 1e-6 * slope.abs().max(1.0));
        for other in 0..3 {
            let bend = -(up.gradient[other] - down.gradient[other]) / 2e-5;
            assert!((bend - here.curvature[at][other]).abs() < 1e-5 * bend.abs().max(1.0));
        }
    }
}

#[test]
fn without_data_or_with_wild_ones_the_prior_stands() {
    let prior = Prior { mean: [0.1, 0.5, 0.0], precision: [1.0, 4.0, 0.5] };
    let nothing = fit(&[], &prior);
    assert_eq!(nothing, prior.as_fit());
    assert!((covariance(&nothing.information, &prior.precision)[1][1] - 0.25).abs() < 1e-12);
    let mut wild = sample();
    wild[7].x[1] = f64::NAN;
    assert_eq!(fit(&wild, &prior), prior.as_fit());
    let huge = Row { x: [1e3, 0.0, 0.0], offset: 900.0, is_contact: false, weight: 1.0 };
    assert!(fit(&[huge], &prior).coefficients.iter().all(|b| b.is_finite()));
}
