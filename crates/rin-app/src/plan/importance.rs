//! How much the user cares about whom: tags, tiers and reach, as `rin.toml` weighs them.
//!
//! importance = weight of the tier × weights of the tags × (1 + reach · log₁₀ of the people they are known to be in contact
//! with). Whoever is close by the user's own contact counts for more, which is a choice and no measurement; how much more
//! is in the user's hands.

use std::collections::BTreeMap;

use rin_core::{Moment, PartyId, TieFacts, TieState, tier_at};
use rin_store::{Reader, StoreError};

use super::PlanRequest;
use crate::{
    ImportanceConfig,
    people::{People, Relationship},
};

/// The weights with everybody's tags.
pub(crate) struct Weights {
    config: ImportanceConfig,
    tags: BTreeMap<PartyId, f64>,
}

impl Weights {
    pub(crate) fn read(reader: &Reader<'_>, config: &ImportanceConfig) -> Result<Self, StoreError> {
        let mut tags = BTreeMap::new();
        for tag in reader.tags()? {
            if let Some(weight) = config.weight_of(&tag.tag) {
                *tags.entry(tag.party).or_insert(1.0) *= weight;
            }
        }
        Ok(Self { config: config.clone(), tags })
    }

    /// Returns how much a relationship matters; 1 is as usual.
    #[expect(clippy::cast_possible_truncation, reason = "a weight needs no more than seven digits")]
    pub(crate) fn of(
        &self,
        people: &People,
        party: PartyId,
        relationship: &Relationship,
        now: Moment,
    ) -> f32 {
        let tagged = self.tags.get(&party).copied().unwrap_or(1.0);
        let as_of = people.covered_until(now).unwrap_or(now);
        let held = match relationship.contacts.as_slice() {
            [only] => tier_at(only.state.days(), as_of),
            _ => tier_at(relationship.state().days(), as_of),
        };
        let tier = held.map_or(1.0, |held| self.config.tiers.of(held.tier));
        let known = people.degree(party).unwrap_or(1.0).max(1.0);
        (tagged * tier * (1.0 + self.config.reach * known.log10())) as f32
    }
}

/// Returns another product's score of everybody, if the policy asked for has one.
pub(super) fn scores(people: &People, request: &PlanRequest) -> Vec<(PartyId, f64)> {
    let as_of = people.covered_until(request.now).unwrap_or(request.now);
    let score = |party: PartyId, relationship: &Relationship| {
        let state = relationship.state();
        let state: &TieState = &state.known_at(as_of);
        let (first, last) = (state.first()?, state.last()?);
        let tie = TieFacts { days: state.days(), first, last, as_of: as_of.max(last), ends: None };
        Some((party, request.policy.score(&tie)?))
    };
    if request.is_ours() {
        return Vec::new();
    }
    people.relationships.iter().filter_map(|(party, one)| score(*party, one)).collect()
}
