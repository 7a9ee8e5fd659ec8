//! Against published figures and an independent implementation.

use proptest::prelude::*;

use super::*;
use crate::backtest::reference::tests::{PUBLISHED, drawn, golden};

/// What lifetimes 0.11.3 fits to the customers of a shop for music (CDNOW), in weeks, as far as it searches by default;
/// the likeliest are r .553276, α 10.577612, s .606214, β 11.667911, which is 2·10⁻⁷ better.
const SHOP: ParetoNbd =
    ParetoNbd { r: 0.553_275, alpha: 10.577_874, s: 0.606_176, beta: 11.667_350 };

#[test]
fn published_rows() {
    let published =
        [(0.86912, 1.45513), (0.16788, 0.17099), (0.77511, 3.83901), (0.29511, 0.10706)];
    for (customer, (alive, expected)) in PUBLISHED.iter().zip(published) {
        assert!((SHOP.alive(customer) - alive).abs() < 1e-5, "{customer:?}");
        let found = SHOP.expected_purchases(customer, 39.0);
        assert!((found - expected).abs() < 1e-5, "{customer:?} {found}");
    }
}

#[test]
fn golden_rows() {
    for row in golden(include_str!("../golden/pareto_nbd.tsv")) {
        let [r, alpha, s, beta] = row.parameters;
        let model = ParetoNbd { r, alpha, s, beta };
        let near = |found: f64, expected: f64| (found / expected - 1.0).abs() < 1e-10;
        let log_likelihood = model.log_likelihood(&[row.history]);
        assert!(near(log_likelihood, row.log_likelihood), "{row:?} {log_likelihood}");
        assert!(near(model.alive(&row.history), row.alive), "{row:?}");
        let expected = model.expected_purchases(&row.history, row.time);
        assert!(near(expected, row.expected), "{row:?} {expected}");
        let within = model.purchase_within(&row.history, row.time);
        assert!((within - row.within).abs() < 1e-12, "{row:?} {within}");
    }
}

/// Fitted by lifetimes 0.11.3, `ParetoNBDFitter(0.0).fit(x, tx, T, maxiter=20000, tol=1e-12)`.
#[test]
fn a_drawn_sample_is_fitted_as_elsewhere() {
    let customers = drawn(6, |random| {
        let rate = -0.008 * (1.0 - random.unit()).ln();
        (-(1.0 - random.unit()).ln() / rate, f64::INFINITY)
    });
    let found = ParetoNbd::fit(&customers, 0.0).unwrap();
    let ParetoNbd { r, alpha, s, beta } = found;
    let elsewhere = [0.866_095_714_1, 18.182_261_290, 0.778_065_493_8, 81.646_593_378];
    for (found, expected) in [r, alpha, s, beta].into_iter().zip(elsewhere) {
        assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
    }
    assert!((found.log_likelihood(&customers) + 8_442.865_308_060).abs() < 1e-8);
}

proptest! {
    #[test]
    fn no_purchase_makes_a_longer_history_of_the_same(
        r in 0.1..4.0_f64, alpha in 1.0..90.0_f64, s in 0.1..4.0_f64, beta in 1.0..90.0_f64,
        repeats in 0_u8..60, share in 0.0..1.0_f64, age_days in 1.0..900.0_f64, time in 1.0..900.0_f64,
    ) {
        let model = ParetoNbd { r, alpha, s, beta };
        let it = Purchases { repeats: f64::from(repeats), recency_days: share * age_days, age_days };
        let later = Purchases { age_days: age_days + time, ..it };
        let silent = (model.log_likelihood(&[later]) - model.log_likelihood(&[it])).exp();
        prop_assert!((1.0 - silent - model.purchase_within(&it, time)).abs() < 1e-10);
    }
}
