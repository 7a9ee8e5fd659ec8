//! What is drawn of one relationship.

use std::collections::BTreeMap;

use rin_core::{Assessment, ForecastModel, Moment, PartyId};
use rin_store::KnownAccount;

use crate::people::{People, Relationship, name_of};

/// One relationship as it is drawn.
pub(super) struct Relation<'p> {
    pub(super) party: PartyId,
    /// What the sources show of it.
    pub(super) relationship: &'p Relationship,
    /// The account that gives it its name.
    account: Option<&'p KnownAccount>,
    pub(super) name: String,
    /// Where it stands, that with most contact first.
    pub(super) platforms: Vec<&'p str>,
    /// `None` if no source shows any contact.
    pub(super) seen: Option<Assessment>,
    /// The number of its group; set once the groups are known.
    pub(super) group: usize,
    /// With how many others of the network it is known to be in contact.
    pub(super) links: usize,
}

impl Relation<'_> {
    /// Returns the handle, if it is not the name already.
    pub(super) fn handle(&self) -> Option<String> {
        let handle = crate::people::handle_of(self.account?)?;
        (handle != self.name).then_some(handle)
    }

    pub(super) fn strength(&self) -> f64 {
        self.seen.as_ref().map_or(0.0, |seen| seen.strength)
    }
}

/// Returns everybody, ascending by their number.
pub(super) fn relations<'p>(
    people: &'p People,
    now: Moment,
    model: &ForecastModel,
) -> Vec<Relation<'p>> {
    let mut first: BTreeMap<PartyId, &KnownAccount> = BTreeMap::new();
    for known in people.accounts.values() {
        first.entry(known.account.party).or_insert(known);
    }
    let relation = |(party, one): (&PartyId, &'p Relationship)| {
        let account = first.get(party).copied();
        Relation {
            party: *party,
            relationship: one,
            account,
            name: account.map_or_else(|| "?".to_owned(), name_of),
            platforms: platforms(people, one),
            seen: people.assess(*party, one, now, model),
            group: 0,
            links: 0,
        }
    };
    people.relationships.iter().map(relation).collect()
}

/// Returns where a relationship stands, that with most contact first, then by name.
fn platforms<'p>(people: &'p People, one: &'p Relationship) -> Vec<&'p str> {
    let mut days: BTreeMap<&str, usize> = BTreeMap::new();
    for contact in &one.contacts {
        if let Some(known) = people.accounts.get(&contact.account) {
            *days.entry(&known.account.key.platform).or_default() += contact.state.contact_days();
        }
    }
    for account in one.flags.keys() {
        if let Some(known) = people.accounts.get(account) {
            days.entry(&known.account.key.platform).or_default();
        }
    }
    let mut all: Vec<(&str, usize)> = days.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    all.into_iter().map(|(name, _)| name).collect()
}
