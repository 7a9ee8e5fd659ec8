//! The closed indices: published figures, and value iteration of one tie alone.

use super::*;

#[test]
fn the_decay_index_has_its_reference_value() {
    assert!((decay(1.0, 90.0, 1.0) - 22.646_625_064_904).abs() < 1e-9);
    // Nothing is owed to a tie that is full already, and a stronger saturation makes a touch worth less.
    assert!(decay(50.0, 90.0, 1.0) < 0.1 * decay(0.1, 90.0, 1.0));
    assert!(decay(1.0, 90.0, 0.3) < decay(1.0, 90.0, 1.0));
}

#[test]
fn the_reset_index_is_its_integral() {
    let staying = Staying { shape: 0.4, alpha_days: 1.0, log_sd: 0.0 };
    for silence in [1.0, 30.0, 200.0] {
        let steps = 200_000;
        let width = silence / f64::from(steps);
        let middle = |step: i32| staying.contact_within(180.0, (f64::from(step) + 0.5) * width);
        let integral: f64 = (0..steps).map(middle).sum::<f64>() * width;
        let exact = integral - silence * staying.contact_within(180.0, silence);
        let closed = reset(&staying, 180.0, silence);
        assert!((closed - exact).abs() < 1e-3 * exact.max(1e-3), "{silence} {closed} {exact}");
    }
}

/// States of one tie on a logarithmic scale of strength.
const STATES: u16 = 240;
const LOWEST: f64 = 0.005;
const STEP: f64 = 0.034;

fn strength(state: u16) -> f64 {
    LOWEST * (STEP * f64::from(state)).exp()
}

/// Returns a value between states.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just before")]
fn at(values: &[f64], strength: f64) -> f64 {
    let place = ((strength / LOWEST).ln() / STEP).clamp(0.0, f64::from(STATES - 1));
    let low = (place.floor() as u16).min(STATES - 2);
    let share = place - f64::from(low);
    let low = usize::from(low);
    values[low] * (1.0 - share) + values[low + 1] * share
}

/// Returns by how much acting is better than waiting at `s` if a touch costs `price`, by relative value iteration.
fn advantage(s: f64, price: f64, (fade, kappa): (f64, f64)) -> f64 {
    let mut values = vec![0.0; usize::from(STATES)];
    for _ in 0..1_500 {
        let next: Vec<f64> = (0..STATES)
            .map(|state| {
                let s = strength(state);
                let wait = s / (s + kappa) + at(&values, s * fade);
                let act = (s + 1.0) / (s + 1.0 + kappa) - price + at(&values, (s + 1.0) * fade);
                wait.max(act)
            })
            .collect();
        values = next.iter().map(|value| value - next[0]).collect();
    }
    let gain = (s + 1.0) / (s + 1.0 + kappa) - s / (s + kappa) - price;
    gain + at(&values, (s + 1.0) * fade) - at(&values, s * fade)
}

#[test]
fn value_iteration_of_a_decaying_tie_agrees() {
    let fade = (-1.0_f64 / 90.0).exp2();
    let (mut low, mut high) = (0.0, 100.0);
    for _ in 0..12 {
        let price = f64::midpoint(low, high);
        if 0.0 < advantage(1.0, price, (fade, 1.0)) { low = price } else { high = price }
    }
    let iterated = f64::midpoint(low, high);
    let closed = decay(1.0, 90.0, 1.0);
    // The research found the closed form within -4.7 to +2.4 % of value iteration in 32 cases.
    assert!((closed / iterated - 1.0).abs() < 0.06, "{closed} {iterated}");
}
