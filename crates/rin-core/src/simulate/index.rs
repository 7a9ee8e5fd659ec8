//! Two indices in closed form, derived as Whittle's for a tie that a touch changes for good or for a while.
//!
//! Both answer: what price of a touch would make acting now and waiting equally good? They were checked against value
//! iteration of the same tie alone (docs/METHODS.md); the tests repeat that for the decaying tie.

use std::f64::consts::LN_2;

use crate::Staying;

/// Returns *W*(*s*) for a tie of strength *s* that halves every `half_life` days, gains 1 by a touch, and is worth
/// *s*/(*s*+κ) a day: 1/*d* · (ln(1+1/(*s*+κ)) − ln(1+1/*s*)·*s*(*s*+1)/((*s*+κ)(*s*+1+κ))) with *d* = ln 2 / half-life.
pub(super) fn decay(strength: f64, half_life: f64, kappa: f64) -> f64 {
    let s = strength.max(1e-9);
    let rate = LN_2 / half_life;
    let own = (1.0 / s).ln_1p() * s * (s + 1.0) / ((s + kappa) * (s + 1.0 + kappa));
    ((1.0 / (s + kappa)).ln_1p() - own) / rate
}

/// Returns ∫₀ᵘ *p* − *u*·*p*(*u*) for a tie whose silence *u* a touch resets (Tripathi and Modiano, arXiv 1908.10438).
///
/// By Simpson's rule in ln(α + silence), in which the power law bends least.
pub(super) fn reset(staying: &Staying, horizon: f64, silence: f64) -> f64 {
    const STEPS: u32 = 16;
    let span = (silence / staying.alpha_days).ln_1p();
    let width = span / f64::from(STEPS);
    let mut sum = 0.0;
    for step in 0..=STEPS {
        let stretch = (width * f64::from(step)).exp() * staying.alpha_days;
        let weight = match step {
            0 | STEPS => 1.0,
            step if step % 2 == 1 => 4.0,
            _ => 2.0,
        };
        sum += weight * stretch * staying.contact_within(horizon, stretch - staying.alpha_days);
    }
    sum * width / 3.0 - silence * staying.contact_within(horizon, silence)
}

#[cfg(test)]
mod tests;
