//! What people use today, as forecasts: rules of thumb and the scores of other products.
//!
//! None of them says a probability. Each gives a score, and an isotonic curve learned from the user's own past turns it
//! into one, so that every rule is judged at its best: by its order, with the scale that suits it.

mod half_life;
pub(crate) mod peers;
mod rules;

pub use self::half_life::TunedHalfLife;
use super::isotonic::Isotonic;
use crate::{Example, Forecast, TieFacts};

/// A forecast made of one number per tie.
///
/// Says one half of everybody until it has learned.
///
/// # Example
/// ```
/// use rin_core::{Forecast, RuleOfThumb};
/// let rule = RuleOfThumb::new("days since", |tie| -tie.silence_days());
/// assert_eq!(rule.name(), "days since");
/// ```
#[derive(Clone, Debug)]
pub struct RuleOfThumb {
    name: &'static str,
    score: fn(&TieFacts<'_>) -> f64,
    scale: Scale,
}

impl RuleOfThumb {
    /// Makes it of its name in lower case and a score, larger for ties likelier to go on.
    pub fn new(name: &'static str, score: fn(&TieFacts<'_>) -> f64) -> Self {
        Self { name, score, scale: Scale::default() }
    }
}

impl Forecast for RuleOfThumb {
    fn name(&self) -> &str {
        self.name
    }

    fn learn(&mut self, examples: &[Example<'_>], horizon_days: f64) {
        self.scale = Scale::learn(examples, horizon_days, self.score);
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.scale.contact_within((self.score)(tie), days)
    }

    fn rank(&self, tie: &TieFacts<'_>, _: f64) -> f64 {
        (self.score)(tie)
    }
}

/// Returns rules of thumb and other products' scores, simplest first.
///
/// Those that end in *-like* follow what is published of a product's score as far as a log of contacts carries it.
pub fn baselines() -> Vec<Box<dyn Forecast>> {
    vec![
        rule("reminder 30 d", rules::reminder),
        rule("days since", rules::days_since),
        rule("count 90 d", rules::recent_days),
        rule("own gap", rules::own_gap),
        rule("half-life 90 d", rules::half_life),
        Box::new(TunedHalfLife::default()),
        rule("orbit-like", peers::orbit),
        rule("crowd.dev-like", peers::crowd_dev),
        rule("savannah-like", peers::savannah),
        rule("pingcrm-like", peers::ping_crm),
        rule("lifeos-like", peers::life_os),
    ]
}

fn rule(name: &'static str, score: fn(&TieFacts<'_>) -> f64) -> Box<dyn Forecast> {
    Box::new(RuleOfThumb::new(name, score))
}

/// From a score to a probability, as learned for one horizon.
#[derive(Clone, PartialEq, Debug, Default)]
struct Scale {
    curve: Isotonic,
    horizon_days: f64,
}

impl Scale {
    fn learn(
        examples: &[Example<'_>],
        horizon_days: f64,
        score: impl Fn(&TieFacts<'_>) -> f64,
    ) -> Self {
        let point =
            |one: &Example<'_>| (score(&one.tie), if one.is_contact() { 1.0 } else { 0.0 }, 1.0);
        Self { curve: Isotonic::fit(examples.iter().map(point)), horizon_days }
    }

    /// Returns the probability; for another horizon than the learned one as if contacts came at an even rate.
    fn contact_within(&self, score: f64, days: f64) -> f64 {
        let learned = self.curve.at(score);
        let share = days.max(0.0) / self.horizon_days;
        let is_other = share.is_finite() && share.total_cmp(&1.0).is_ne();
        if is_other { 1.0 - (1.0 - learned).powf(share) } else { learned }
    }
}

#[cfg(test)]
mod tests;
