//! Our forecasts as a back-test sees them: the √ rule and the law learned from the past.

use super::{
    Forecast,
    facts::{Example, TieFacts},
    law::{LawPrior, StayingLaw},
    regression::{self, Prior, Row},
    staying::Staying,
};

/// The √ rule: *s* = *k*·0.2·√*m*, without training.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SqrtRule {
    /// Staying power of the platform: Q&A .3, code review .5, chat .6, wall and social 1, mail and phone 1.5.
    pub k: f64,
}

impl Default for SqrtRule {
    fn default() -> Self {
        Self { k: 1.0 }
    }
}

impl Forecast for SqrtRule {
    fn name(&self) -> &'static str {
        "√ rule"
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        Staying::by_sqrt_rule(self.k, tie.contact_days()).contact_within(days, tie.silence_days())
    }
}

/// The √ rule with *k* learned from the past.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct OwnK {
    /// What *k* is drawn to: the platform's.
    pub platform: SqrtRule,
    learned: Option<f64>,
}

impl OwnK {
    /// Standard deviation of ln *k* over platforms.
    const LOG_SD: f64 = 0.6;

    /// Starts at a platform's *k*.
    pub const fn new(platform: SqrtRule) -> Self {
        Self { platform, learned: None }
    }

    /// Returns *k*: the learned one, or the platform's.
    pub fn k(&self) -> f64 {
        self.learned.unwrap_or(self.platform.k)
    }
}

impl Forecast for OwnK {
    fn name(&self) -> &'static str {
        "√ rule, own k"
    }

    fn learn(&mut self, examples: &[Example<'_>], horizon_days: f64) {
        let row = |example: &Example<'_>| {
            let staying = Staying::by_sqrt_rule(1.0, example.tie.contact_days());
            let past = staying.alpha_days + example.tie.silence_days();
            let quiet = ((past + horizon_days) / past).ln();
            let offset = (staying.shape * quiet).ln();
            Row { x: [1.0], offset, is_contact: example.is_contact(), weight: 1.0 }
        };
        let rows: Vec<_> = examples.iter().map(row).collect();
        let precision = [1.0 / (Self::LOG_SD * Self::LOG_SD)];
        let fit = regression::fit(&rows, &Prior { mean: [self.platform.k.ln()], precision });
        let [log_k] = fit.coefficients;
        self.learned = Some(log_k.exp());
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        SqrtRule { k: self.k() }.contact_within(tie, days)
    }
}

/// The law of staying, learned from the past.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OwnLaw {
    prior: LawPrior,
    law: StayingLaw,
}

impl OwnLaw {
    /// Starts from a prior of one's own.
    pub fn new(prior: LawPrior) -> Self {
        Self { law: StayingLaw::before(&prior), prior }
    }

    /// Returns the law as far as it was learned, and gives up the prior.
    pub fn into_law(self) -> StayingLaw {
        self.law
    }

    /// Returns the law as far as it was learned.
    pub const fn law(&self) -> &StayingLaw {
        &self.law
    }
}

impl Forecast for OwnLaw {
    fn name(&self) -> &'static str {
        "rin"
    }

    fn learn(&mut self, examples: &[Example<'_>], horizon_days: f64) {
        self.law = StayingLaw::learn_from(&self.prior, examples, horizon_days);
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.law.staying(tie).contact_within(days, tie.silence_days())
    }

    fn expected(&self, tie: &TieFacts<'_>, days: f64) -> Option<f64> {
        Some(self.law.counts(tie, days).mean())
    }

    fn at_most(&self, tie: &TieFacts<'_>, days: f64, count: u32) -> Option<f64> {
        Some(self.law.counts(tie, days).at_most(count))
    }
}

/// The law of staying as public data sets have it in common, without training.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CommonLaw {
    law: StayingLaw,
}

impl CommonLaw {
    /// Takes a prior of one's own for what is common.
    pub fn new(prior: &LawPrior) -> Self {
        Self { law: StayingLaw::before(prior) }
    }
}

impl Forecast for CommonLaw {
    fn name(&self) -> &'static str {
        "rin, untrained"
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.law.staying(tie).contact_within(days, tie.silence_days())
    }

    fn expected(&self, tie: &TieFacts<'_>, days: f64) -> Option<f64> {
        Some(self.law.counts(tie, days).mean())
    }

    fn at_most(&self, tie: &TieFacts<'_>, days: f64, count: u32) -> Option<f64> {
        Some(self.law.counts(tie, days).at_most(count))
    }
}
