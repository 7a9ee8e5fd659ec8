//! The ties that stopping puts at risk, as they stand on one platform or on all.

use std::collections::{BTreeMap, BTreeSet};

use rin_core::{
    AccountId, Assessment, AtRisk, Coverage, ForecastModel, Minutes, Moment, PartyId, TieState,
    assess,
};
use rin_store::Reader;

use super::ExitError;
use crate::{
    SessionError,
    people::{People, Relationship},
    plan::importance::Weights,
};

/// Silent for longer, in days, a tie is not among those that could be lost: the evidence counts none of them.
const DORMANT_DAYS: f64 = 365.0;
/// Fewer interactions are no tie yet: the evidence counts none of them.
const LEAST_INTERACTIONS: u32 = 2;

/// One tie at risk.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) at_risk: AtRisk,
    pub(super) seen: Assessment,
    /// Names of other platforms on which they have an account.
    pub(super) elsewhere: Vec<String>,
}

/// What ties are judged by: the forecast, how important the plan has somebody, and what a contact takes.
#[derive(Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) model: &'a ForecastModel,
    pub(super) weights: &'a Weights,
    pub(super) touch: Minutes,
}

/// Returns the ties at risk on a platform, or on all, as they stood at a moment.
pub(super) fn standings(
    people: &People,
    platform: Option<&str>,
    at: Moment,
    by: Judged<'_>,
) -> Vec<Standing> {
    let Judged { model, weights, touch } = by;
    let one = |(party, relationship): (&PartyId, &Relationship)| {
        let narrowed = narrowed(people, relationship, platform);
        let seen = people.assess(*party, &narrowed, at, model)?;
        let interactions = seen.received.unwrap_or_default() + seen.sent;
        if interactions < LEAST_INTERACTIONS || DORMANT_DAYS < seen.silence_days {
            return None;
        }
        let at_risk = AtRisk {
            party: *party,
            staying: seen.staying,
            silence_days: seen.silence_days,
            contact_days: f64::from(seen.contact_days),
            importance: f64::from(weights.of(people, *party, relationship, at)),
            minutes: touch,
        };
        Some(Standing { at_risk, seen, elsewhere: elsewhere(people, *party, platform) })
    };
    people.relationships.iter().filter_map(one).collect()
}

/// Returns a relationship with the contact on one platform only.
fn narrowed(people: &People, relationship: &Relationship, platform: Option<&str>) -> Relationship {
    let Some(platform) = platform else { return relationship.clone() };
    let is_there = |account: &AccountId| platform_of(people, *account) == Some(platform);
    let contacts = relationship.contacts.iter().filter(|contact| is_there(&contact.account));
    Relationship { contacts: contacts.cloned().collect(), ..Relationship::default() }
}

fn platform_of(people: &People, account: AccountId) -> Option<&str> {
    people.accounts.get(&account).map(|known| known.account.key.platform.as_str())
}

/// Returns where else they can be met; nowhere where everything is left.
fn elsewhere(people: &People, party: PartyId, platform: Option<&str>) -> Vec<String> {
    let Some(left) = platform else { return Vec::new() };
    let there = people.accounts_of(party).map(|known| known.account.key.platform.clone());
    there.filter(|name| name != left).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Refuses a platform of which there is nothing, and a network of nobody.
pub(super) fn check_platform(people: &People, platform: Option<&str>) -> Result<(), ExitError> {
    if people.own.is_empty() {
        return Err(ExitError::NoOwn);
    }
    let Some(name) = platform else { return Ok(()) };
    let contacts = people.relationships.values().flat_map(|one| &one.contacts);
    let known: BTreeSet<&str> =
        contacts.filter_map(|contact| platform_of(people, contact.account)).collect();
    if known.contains(name) {
        return Ok(());
    }
    let known = known.into_iter().map(str::to_owned).collect();
    Err(ExitError::UnknownPlatform { name: name.to_owned(), known })
}

/// What one account of ours had with one party.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    pub(super) state: TieState,
    coverage: Option<Coverage>,
}

impl Held {
    /// Assesses it by itself; `None` if there was no contact.
    pub(super) fn assess(&self, now: Moment, model: &ForecastModel) -> Option<Assessment> {
        assess(&self.state, &self.coverage.unwrap_or_default(), now, model)
    }
}

/// Returns what each account of ours had with each party.
pub(super) fn held(
    reader: &Reader<'_>,
    people: &People,
) -> Result<BTreeMap<(AccountId, PartyId), Held>, SessionError> {
    let mut all: BTreeMap<(AccountId, PartyId), Held> = BTreeMap::new();
    reader.each_own_state(|pair| {
        let Some(party) = people.party_of(pair.other) else { return };
        let coverage = people.coverage_between(pair.own, pair.other);
        let held = all.entry((pair.own, party)).or_default();
        held.state.merge(&pair.state);
        held.coverage = Some(held.coverage.map_or(coverage, |seen| seen.common(coverage)));
    })?;
    Ok(all)
}
