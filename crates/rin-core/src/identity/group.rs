//! Parties over many accounts: groups that are computed from what was said, so that taking a word back takes it back exactly.
//!
//! Nothing is joined in place. A group is what the words for "one" connect, as long as they stand; its name is the least
//! number in it, so that neither the order of the words nor of the imports matters.

use std::collections::{BTreeMap, BTreeSet};

use super::{IdentityRequest, Profile, SamePerson};
use crate::{AccountId, PartyId, PlatformId};

/// Which parties are one.
///
/// # Example
/// ```
/// use rin_core::{PartyGroups, PartyId};
///
/// let party = PartyId::new;
/// let groups = PartyGroups::new([(party(7), party(3)), (party(9), party(7))]);
/// assert_eq!(groups.stands_for(party(9)), party(3));
/// assert_eq!(groups.stands_for(party(4)), party(4));
/// assert_eq!(groups.members(party(7)), [party(3), party(7), party(9)]);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PartyGroups {
    /// From every party of a group to the least of it.
    stands: BTreeMap<PartyId, PartyId>,
    members: BTreeMap<PartyId, Vec<PartyId>>,
}

impl PartyGroups {
    /// Joins both parties of each pair.
    pub fn new(pairs: impl IntoIterator<Item = (PartyId, PartyId)>) -> Self {
        let mut joined = Joined::default();
        for (a, b) in pairs.into_iter().filter(|(a, b)| a != b) {
            joined.join(a, b);
        }
        let parties: Vec<PartyId> = joined.leads.keys().copied().collect();
        let mut groups = Self::default();
        for party in parties {
            let stands = joined.find(party);
            groups.stands.insert(party, stands);
            groups.members.entry(stands).or_default().push(party);
        }
        groups
    }

    /// Returns the party that stands for the group of `party`; itself if it is in none.
    pub fn stands_for(&self, party: PartyId) -> PartyId {
        self.stands.get(&party).copied().unwrap_or(party)
    }

    /// Returns all parties that are one with `party`, itself among them, ascending.
    pub fn members(&self, party: PartyId) -> Vec<PartyId> {
        self.members.get(&self.stands_for(party)).cloned().unwrap_or_else(|| vec![party])
    }

    /// Whether a party is one with another.
    pub fn is_joined(&self, party: PartyId) -> bool {
        self.stands.contains_key(&party)
    }

    /// Returns how many parties there are fewer for those that are one.
    pub fn n_joined(&self) -> usize {
        self.stands.len() - self.members.len()
    }
}

/// Joins under way: from each to one nearer to the least of its group.
#[derive(Debug, Default)]
struct Joined {
    leads: BTreeMap<PartyId, PartyId>,
}

impl Joined {
    fn find(&mut self, party: PartyId) -> PartyId {
        let mut at = party;
        while let Some(next) = self.leads.get(&at).copied().filter(|next| *next != at) {
            at = next;
        }
        self.leads.insert(party, at);
        at
    }

    fn join(&mut self, a: PartyId, b: PartyId) {
        let (a, b) = (self.find(a), self.find(b));
        self.leads.insert(a.max(b), a.min(b));
    }
}

/// Returns the pairs of parties that were said to be two, the smaller first.
pub(super) fn apart_parties(request: &IdentityRequest<'_>) -> BTreeSet<(PartyId, PartyId)> {
    if request.apart.is_empty() {
        return BTreeSet::new();
    }
    let parties: BTreeMap<AccountId, PartyId> =
        request.profiles.iter().map(|profile| (profile.account, profile.party)).collect();
    let pairs = request.apart.iter().filter_map(|(a, b)| parties.get(a).zip(parties.get(b)));
    pairs.map(|(a, b)| (*a.min(b), *a.max(b))).collect()
}

/// Takes certainty from pairs that together would join two accounts of one platform, or two parties that were said to
/// be two: which of the pairs is wrong, nobody knows.
pub(super) fn keep_certain_apart(
    profiles: &[Profile<'_>],
    apart: &BTreeSet<(PartyId, PartyId)>,
    found: &mut [SamePerson],
) {
    let certain: Vec<(AccountId, AccountId)> =
        found.iter().filter(|it| it.is_certain).map(|it| (it.a, it.b)).collect();
    if certain.is_empty() {
        return;
    }
    let parties: BTreeMap<AccountId, PartyId> =
        profiles.iter().map(|profile| (profile.account, profile.party)).collect();
    let party = |account: AccountId| parties.get(&account).copied();
    let groups = PartyGroups::new(certain.iter().filter_map(|(a, b)| party(*a).zip(party(*b))));
    let mut places: BTreeMap<(PartyId, PlatformId), PartyId> = BTreeMap::new();
    let mut doubtful: Vec<PartyId> = Vec::new();
    for profile in profiles {
        let stands = groups.stands_for(profile.party);
        // Accounts the user joined may share a platform; two parties may not.
        let first = places.entry((stands, profile.platform)).or_insert(profile.party);
        if *first != profile.party {
            doubtful.push(stands);
        }
    }
    let is_one = |(a, b): &&(PartyId, PartyId)| groups.stands_for(*a) == groups.stands_for(*b);
    doubtful.extend(apart.iter().filter(is_one).map(|(a, _)| groups.stands_for(*a)));
    doubtful.sort_unstable();
    for pair in found.iter_mut().filter(|it| it.is_certain) {
        let stands = party(pair.a).map(|party| groups.stands_for(party));
        pair.is_certain = stands.is_none_or(|stands| doubtful.binary_search(&stands).is_err());
    }
}

/// Leaves out proposals that, together with likelier ones, would put two accounts of one platform into one party.
///
/// What an address says of two accounts stands by itself, as some do have two on one platform.
pub(super) fn keep_rivals_apart(profiles: &[Profile<'_>], found: &mut Vec<SamePerson>) {
    let parties: BTreeMap<AccountId, PartyId> =
        profiles.iter().map(|profile| (profile.account, profile.party)).collect();
    let mut platforms: BTreeMap<PartyId, BTreeSet<PlatformId>> = BTreeMap::new();
    for profile in profiles {
        platforms.entry(profile.party).or_default().insert(profile.platform);
    }
    let mut joined = Joined::default();
    found.retain(|pair| {
        let party = |account: &AccountId| parties.get(account).copied();
        let Some((a, b)) = party(&pair.a).zip(party(&pair.b)) else { return false };
        let (a, b) = (joined.find(a), joined.find(b));
        if a == b {
            return true;
        }
        let (one, other) = (platforms.remove(&a.min(b)), platforms.remove(&a.max(b)));
        let (mut one, mut other) = (one.unwrap_or_default(), other.unwrap_or_default());
        let is_free = one.is_disjoint(&other) || pair.is_by_address();
        if is_free {
            joined.join(a, b);
            one.append(&mut other);
        } else {
            platforms.insert(a.max(b), other);
        }
        platforms.insert(a.min(b), one);
        is_free
    });
}
