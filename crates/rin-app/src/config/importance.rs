//! How much who matters, as the user weighs it.

use std::collections::BTreeMap;

use rin_core::Tier;
use serde::Deserialize;

/// How much who matters.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ImportanceConfig {
    /// What tenfold contacts of a party add, 0 to 1,000; 0 for nothing.
    pub reach: f64,
    /// By how close a relationship is.
    pub tiers: TierWeights,
    /// By the user's own words.
    pub tags: BTreeMap<String, f64>,
}

/// Weights of the tiers, 0 to 1,000.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct TierWeights {
    /// In touch once a fortnight.
    pub inner: f64,
    /// Once a month.
    pub close: f64,
    /// Once a quarter.
    pub regular: f64,
    /// Less often.
    pub loose: f64,
}

impl Default for ImportanceConfig {
    fn default() -> Self {
        Self { reach: 0.1, tiers: TierWeights::default(), tags: BTreeMap::new() }
    }
}

impl Default for TierWeights {
    /// The closest count double: a choice, no measurement.
    fn default() -> Self {
        Self { inner: 2.0, close: 1.5, regular: 1.0, loose: 1.0 }
    }
}

impl TierWeights {
    pub(crate) const fn of(self, tier: Tier) -> f64 {
        match tier {
            Tier::Inner => self.inner,
            Tier::Close => self.close,
            Tier::Regular => self.regular,
            Tier::Loose => self.loose,
        }
    }
}

impl ImportanceConfig {
    /// Returns what a tag weighs, in whatever case it is written; `None` if nothing is said of it.
    pub(crate) fn weight_of(&self, tag: &str) -> Option<f64> {
        let is_it = |(key, _): &(&String, &f64)| key.to_lowercase() == tag.to_lowercase();
        self.tags.iter().find(is_it).map(|(_, weight)| *weight)
    }

    /// Returns every weight with the key it stands under.
    pub(super) fn weights(&self) -> Vec<(&'static str, f64)> {
        let TierWeights { inner, close, regular, loose } = self.tiers;
        let mut weights = vec![("reach", self.reach)];
        weights.extend([inner, close, regular, loose].map(|weight| ("tiers", weight)));
        weights.extend(self.tags.values().map(|weight| ("tags", *weight)));
        weights
    }
}
