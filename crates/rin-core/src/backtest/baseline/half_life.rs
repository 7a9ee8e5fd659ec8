//! One half-life for all ties, chosen on the user's own past.

use super::Scale;
use crate::{Example, Forecast, TieFacts, backtest::score::auc};

/// Half-lives tried, in days; a longer one has to be better to be chosen.
const CHOICES: [f64; 9] = [7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0, 1_460.0];

/// Contact days that fade with the half-life that orders the learning examples best.
///
/// Chosen by AUC and not by log loss: the curve that makes probabilities of it fits any order as well as it can be.
#[derive(Clone, Debug)]
pub struct TunedHalfLife {
    half_life_days: f64,
    scale: Scale,
}

impl Default for TunedHalfLife {
    fn default() -> Self {
        Self { half_life_days: 90.0, scale: Scale::default() }
    }
}

impl TunedHalfLife {
    /// Returns the half-life chosen, in days; ninety before it has learned.
    pub const fn half_life_days(&self) -> f64 {
        self.half_life_days
    }
}

impl Forecast for TunedHalfLife {
    fn name(&self) -> &'static str {
        "half-life tuned"
    }

    fn learn(&mut self, examples: &[Example<'_>], horizon_days: f64) {
        let mut best = 0.0;
        for half_life_days in CHOICES {
            let score = |one: &Example<'_>| one.tie.decayed_days(half_life_days);
            let found = auc(examples.iter().map(|one| (score(one), one.is_contact())));
            if let Some(found) = found.filter(|found| best < *found) {
                best = found;
                self.half_life_days = half_life_days;
            }
        }
        let chosen = self.half_life_days;
        self.scale = Scale::learn(examples, horizon_days, |tie| tie.decayed_days(chosen));
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.scale.contact_within(tie.decayed_days(self.half_life_days), days)
    }

    fn rank(&self, tie: &TieFacts<'_>, _: f64) -> f64 {
        tie.decayed_days(self.half_life_days)
    }
}
