//! Against finite differences, drawn samples and drawn futures.

use super::*;
use crate::{backtest::reference::optimise, testing::Random};

/// Draws times of contact from 0 on until `end` by thinning, given what is excited at the start.
fn drawn(random: &mut Random, model: &Hawkes, decayed: [f64; 4], end: f64) -> Vec<f64> {
    let rates = HALF_LIVES.map(|half_life| LN_2 / half_life);
    let mut excited = decayed;
    let mut times = Vec::new();
    let mut at = 0.0;
    let intensity = |excited: &[f64; 4]| {
        let parts = excited.iter().zip(model.weights.iter().zip(&rates));
        model.base + parts.map(|(x, (weight, rate))| x * weight * rate).sum::<f64>()
    };
    loop {
        // It only falls until something happens.
        let most = intensity(&excited);
        let gap = -(1.0 - random.unit()).ln() / most;
        at += gap;
        if end <= at {
            return times;
        }
        for (x, rate) in excited.iter_mut().zip(&rates) {
            *x *= (-gap * rate).exp();
        }
        if random.unit() * most < intensity(&excited) {
            times.push(at);
            excited = excited.map(|x| x + 1.0);
        }
    }
}

fn sample(model: &Hawkes, ties: u32, seed: u64) -> Pooled {
    let mut random = Random::new(seed);
    let mut pooled = Pooled::default();
    for _ in 0..ties {
        let end = 200.0 + 1_800.0 * random.unit();
        let later = drawn(&mut random, model, [1.0; 4], end);
        pooled.add(std::iter::once(0.0).chain(later), end);
    }
    pooled
}

const TRUTH: Hawkes = Hawkes { base: 0.002, weights: [0.3, 0.0, 0.35, 0.1] };

#[test]
fn the_slope_is_that_of_the_likelihood() {
    let pooled = sample(&TRUTH, 60, 1);
    let logs = [-6.0_f64, -1.5, -2.0, -1.0, -2.5];
    let (slope, square) = pooled.slope(&logs.map(f64::exp));
    let events = square.iter().flatten().sum::<f64>();
    let found = optimise::gradient(&logs, &|logs| pooled.log_likelihood(&logs.map(f64::exp)));
    for (exact, numeric) in slope.iter().zip(&found) {
        assert!((exact - numeric).abs() < 1e-7 * events, "{slope:?} {found:?}");
    }
}

#[test]
fn parameters_are_found_again() {
    let pooled = sample(&TRUTH, 1_500, 2);
    let [base, weights @ ..] = pooled.likeliest().unwrap();
    let [week, month, season, year] = weights;
    let told = format!("{base} {weights:?}");
    assert!((base / TRUTH.base - 1.0).abs() < 0.1, "{told}");
    assert!((week - 0.3).abs() < 0.03, "{told}");
    assert!((month + season - 0.35).abs() < 0.06, "{told}");
    assert!((year - 0.1).abs() < 0.06, "{told}");
    let [a, b, c, d] = TRUTH.weights;
    let truth = pooled.log_likelihood(&[TRUTH.base, a, b, c, d]);
    assert!(truth <= pooled.log_likelihood(&[base, week, month, season, year]), "{told}");
}

#[test]
fn at_the_likeliest_no_parameter_wants_to_move() {
    let pooled = sample(&TRUTH, 300, 3);
    let at = pooled.likeliest().unwrap();
    let (slope, square) = pooled.slope(&at);
    let events = square.iter().flatten().sum::<f64>();
    for (own, value) in slope.iter().zip(&at) {
        // Level, or at its bound and wanting to go below.
        assert!(own.abs() < 1e-5 * events, "{slope:?} {at:?}");
        assert!(1e-6 < *value || *own < 1e-5 * events, "{slope:?} {at:?}");
    }
}

#[test]
fn what_breeds_without_end_is_held() {
    let mut pooled = Pooled::default();
    // Ever more contact: each day brings forth more than one.
    let times: Vec<f64> = (0..2_000).map(|i| 100.0 * (1.0 + f64::from(i)).ln()).collect();
    pooled.add(times, 760.0);
    let [_, weights @ ..] = pooled.likeliest().unwrap();
    let branching: f64 = weights.iter().sum();
    assert!((branching - MOST_BRANCHING).abs() < 1e-4, "{weights:?}");
}

#[test]
fn silence_and_count_are_those_of_drawn_futures() {
    let model = Hawkes { base: 0.004, weights: [0.2, 0.25, 0.2, 0.2] };
    let decayed = [0.6, 1.4, 2.5, 4.0];
    let n = 20_000;
    let mut random = Random::new(4);
    let counts: Vec<f64> = (0..n)
        .map(|_| f64::from(u32::try_from(drawn(&mut random, &model, decayed, 90.0).len()).unwrap()))
        .collect();
    let mean = |value: &dyn Fn(&f64) -> f64| counts.iter().map(value).sum::<f64>() / f64::from(n);
    let silent = mean(&|count| if *count < 0.5 { 1.0 } else { 0.0 });
    let exact = model.quiet(&decayed, 90.0);
    let error = (exact * (1.0 - exact) / f64::from(n)).sqrt();
    assert!((silent - exact).abs() < 3.0 * error, "{silent} {exact}");
    let found = model.contacts(&decayed, 90.0);
    let drawn = mean(&|count| *count);
    let error = (mean(&|count| (count - drawn).powi(2)) / f64::from(n)).sqrt();
    assert!((drawn - found).abs() < 3.0 * error, "{drawn} {found}");
}

#[test]
fn one_half_life_has_a_count_in_closed_form() {
    let model = Hawkes { base: 0.003, weights: [0.6, 0.0, 0.0, 0.0] };
    let rate = LN_2 / 7.0;
    for days in [0.5, 30.0, 180.0, 4_000.0_f64] {
        // λ′ = d·(base − (1−w)·λ), from λ(0) = base + w·d·D.
        let (level, back) = (0.003 / 0.4, 0.4 * rate);
        let start = 0.003 + 0.6 * rate * 2.0;
        let exact = level * days + (start - level) * -(-back * days).exp_m1() / back;
        let found = model.contacts(&[2.0, 0.0, 0.0, 0.0], days);
        assert!((found / exact - 1.0).abs() < 1e-7, "{days} {found} {exact}");
    }
}
