//! What is put on the scales: ours three times, the √ rule three times, rules of thumb, models of others.

use rin_core::{
    BgNbd, CommonLaw, Example, Forecast, Hawkes, LawPrior, OwnK, OwnLaw, ParetoNbd, SqrtRule,
    TieFacts, baselines,
};

use super::{priors, sets::Known};

/// Name of the forecast that is judged; the others are compared with it.
pub(super) const OURS: &str = "rin";
/// Name of the untrained √ rule, the explanation in one line.
pub(super) const RULE: &str = "√ rule, k = 1";

/// Returns a fresh set of forecasts for a set.
///
/// Of a known set *rin* is the law of staying with the prior that leaves this set out; of any other with the prior that
/// the program has for a platform it does not know.
pub(super) fn models(known: Option<&Known>) -> Vec<Box<dyn Forecast>> {
    let left_out = known.and_then(|known| Some((known.k, priors::without(known.name)?)));
    let mut all: Vec<Box<dyn Forecast>> = Vec::new();
    if let Some((k, prior)) = left_out {
        all.push(Box::new(OwnLaw::new(prior)));
        all.push(named("rin, as shipped", OwnLaw::new(LawPrior::of_platform(k))));
        all.push(Box::new(CommonLaw::new(&priors::at_level(prior, k))));
    } else {
        all.push(Box::new(OwnLaw::default()));
        all.push(Box::new(CommonLaw::default()));
    }
    all.push(named(RULE, SqrtRule::default()));
    let platform = known.map_or_else(SqrtRule::default, |known| SqrtRule { k: known.k });
    if known.is_some() {
        all.push(named("√ rule, platform's k", platform));
    }
    all.push(Box::new(OwnK::new(platform)));
    all.extend(baselines());
    all.push(Box::new(BgNbd::default()));
    all.push(Box::new(ParetoNbd::default()));
    all.push(Box::new(Hawkes::default()));
    all
}

/// A forecast under another name.
struct Named<F> {
    name: &'static str,
    forecast: F,
}

fn named<F: Forecast + 'static>(name: &'static str, forecast: F) -> Box<dyn Forecast> {
    Box::new(Named { name, forecast })
}

impl<F: Forecast> Forecast for Named<F> {
    fn name(&self) -> &str {
        self.name
    }

    fn learn(&mut self, examples: &[Example<'_>], horizon_days: f64) {
        self.forecast.learn(examples, horizon_days);
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.forecast.contact_within(tie, days)
    }

    fn rank(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.forecast.rank(tie, days)
    }

    fn expected(&self, tie: &TieFacts<'_>, days: f64) -> Option<f64> {
        self.forecast.expected(tie, days)
    }

    fn at_most(&self, tie: &TieFacts<'_>, days: f64, count: u32) -> Option<f64> {
        self.forecast.at_most(tie, days, count)
    }
}
