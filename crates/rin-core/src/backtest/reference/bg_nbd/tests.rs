//! Against published figures and an independent implementation.

use proptest::prelude::*;

use super::*;
use crate::backtest::reference::tests::{PUBLISHED, drawn, golden};

/// What lifetimes 0.11.3 fits to the customers of a shop for music (CDNOW), in weeks.
const SHOP: BgNbd = BgNbd { r: 0.242_593, alpha: 4.413_532, a: 0.792_886, b: 2.425_752 };

#[test]
fn published_rows() {
    let published = [(0.72661, 1.22591), (0.21223, 0.20325), (0.66911, 3.47923), (1.0, 0.19478)];
    for (customer, (alive, expected)) in PUBLISHED.iter().zip(published) {
        assert!((SHOP.alive(customer) - alive).abs() < 1e-5, "{customer:?}");
        let found = SHOP.expected_purchases(customer, 39.0);
        assert!((found - expected).abs() < 1e-5, "{customer:?} {found}");
    }
}

#[test]
fn golden_rows() {
    for row in golden(include_str!("../golden/bg_nbd.tsv")) {
        let [r, alpha, a, b] = row.parameters;
        let model = BgNbd { r, alpha, a, b };
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

/// Fitted by lifetimes 0.11.3, `BetaGeoFitter(0.0).fit(x, tx, T)`.
#[test]
fn a_drawn_sample_is_fitted_as_elsewhere() {
    let customers = drawn(5, |random| {
        let drop_out = 1.0 - random.unit().powf(1.0 / 4.0);
        (f64::INFINITY, (random.unit().ln() / (1.0 - drop_out).ln()).ceil())
    });
    let found = BgNbd::fit(&customers, 0.0).unwrap();
    let BgNbd { r, alpha, a, b } = found;
    let elsewhere = [0.989_466_861_6, 19.397_440_827, 0.787_925_335_4, 2.657_191_754];
    for (found, expected) in [r, alpha, a, b].into_iter().zip(elsewhere) {
        assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
    }
    assert!((found.log_likelihood(&customers) + 7_412.868_477_694).abs() < 1e-8);
}

/// Simpson's rule over the drop-out probability, with its square root or less as variable.
fn expected_by_sum(model: &BgNbd, it: &Purchases, time: f64) -> f64 {
    let BgNbd { r, alpha, a, b } = *model;
    let (rate, past, b) = (r + it.repeats, alpha + it.age_days, b + it.repeats);
    let n = 40_000;
    // p = u⁸ near nothing and 1 − v⁸ near one keep both ends of the beta density smooth.
    let piece = |p: f64, q: f64, jacobian: f64| {
        let log = (a - 2.0) * p.ln() + (b - 1.0) * q.ln() - ln_beta(a, b);
        log.exp() * -(-rate * (p * time / past).ln_1p()).exp_m1() * jacobian
    };
    let end = 0.5_f64.powf(0.125);
    let at = |i: i32| {
        let u = (f64::from(i) + 0.5) / f64::from(n) * end;
        let (small, jacobian) = (u.powi(8), 8.0 * u.powi(7) * end / f64::from(n));
        piece(small, 1.0 - small, jacobian) + piece(1.0 - small, small, jacobian)
    };
    (0..n).map(at).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn expectation_is_its_integral(
        r in 0.1..4.0_f64, alpha in 1.0..90.0_f64, a in prop_oneof![0.3..4.0_f64, Just(1.0), 30.0..90.0_f64],
        b in 0.3..9.0_f64, repeats in 0_u8..60, age_days in 1.0..900.0_f64, time in 1.0..900.0_f64,
    ) {
        let model = BgNbd { r, alpha, a, b };
        let it = Purchases { repeats: f64::from(repeats), recency_days: age_days, age_days };
        let sum = model.alive(&it) * expected_by_sum(&model, &it, time);
        let found = model.expected_purchases(&it, time);
        prop_assert!((found / sum - 1.0).abs() < 2e-6, "{found} {sum}");
    }

    #[test]
    fn no_purchase_makes_a_longer_history_of_the_same(
        r in 0.1..4.0_f64, alpha in 1.0..90.0_f64, a in 0.1..4.0_f64, b in 0.1..9.0_f64,
        repeats in 0_u8..60, share in 0.0..1.0_f64, age_days in 1.0..900.0_f64, time in 1.0..900.0_f64,
    ) {
        let model = BgNbd { r, alpha, a, b };
        let it = Purchases { repeats: f64::from(repeats), recency_days: share * age_days, age_days };
        let later = Purchases { age_days: age_days + time, ..it };
        let silent = (model.log_likelihood(&[later]) - model.log_likelihood(&[it])).exp();
        prop_assert!((1.0 - silent - model.purchase_within(&it, time)).abs() < 1e-10);
    }
}
