//! Compares proposals with the truth of a made-up humanity.

use std::collections::{BTreeMap, BTreeSet};

use super::{PeopleAccount, PeopleWorld};
use crate::{
    AccountId, Fact, IdentityRequest, PartyGroups, PartyId, Profile, SamePerson, same_persons,
};

/// How well proposals meet the truth.
///
/// A proposal joins whole groups: whoever takes all of them has every pair in the groups they make, so pairs are counted
/// in the groups, and one wrong proposal between two groups of three is nine wrong pairs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PeopleScore {
    /// Pairs of accounts of one human or body.
    pub true_pairs: usize,
    /// Pairs in one group if everything certain is joined, and those of them that are true.
    pub certain: (usize, usize),
    /// Pairs in one group if every proposal is taken, and those of them that are true.
    pub proposed: (usize, usize),
    /// The proposals themselves, and those of them that are true.
    pub lines: (usize, usize),
}

impl PeopleAccount {
    /// Returns what its profile or card says.
    fn facts(&self) -> Vec<Fact<'_>> {
        self.facts.iter().map(|(kind, text)| Fact { kind: *kind, text }).collect()
    }
}

impl PeopleWorld {
    /// Asks for proposals of at least that probability and compares them with the truth.
    pub fn score(&self, least: f64) -> PeopleScore {
        let facts: Vec<Vec<Fact<'_>>> = self.facts();
        let profiles = self.profiles(&facts);
        let apart = BTreeSet::new();
        let found = same_persons(&IdentityRequest { profiles: &profiles, apart: &apart, least });
        let truth = |account: AccountId| self.truth.get(account.get() as usize).copied();
        let is_true = |pair: &&SamePerson| truth(pair.a) == truth(pair.b);
        PeopleScore {
            true_pairs: pairs_of(self.truth.iter().map(|who| (*who, 0))).0,
            certain: self.pairs_joined(found.iter().filter(|pair| pair.is_certain)),
            proposed: self.pairs_joined(found.iter()),
            lines: (found.len(), found.iter().filter(is_true).count()),
        }
    }

    /// Returns the facts of each account in their normal form.
    pub fn facts(&self) -> Vec<Vec<Fact<'_>>> {
        self.accounts.iter().map(PeopleAccount::facts).collect()
    }

    /// Returns the accounts as they are compared.
    pub fn profiles<'a>(&'a self, facts: &'a [Vec<Fact<'a>>]) -> Vec<Profile<'a>> {
        let one = |(account, facts): (&'a PeopleAccount, &'a Vec<Fact<'a>>)| Profile {
            account: account.account,
            party: PartyId::new(account.account.get()),
            platform: account.platform,
            handle: &account.handle,
            name: &account.name,
            kind: account.kind,
            facts,
            neighbours: &account.neighbours,
        };
        self.accounts.iter().zip(facts).map(one).collect()
    }

    /// Returns how many pairs the proposals join, and how many of those are true.
    fn pairs_joined<'a>(&self, found: impl Iterator<Item = &'a SamePerson>) -> (usize, usize) {
        let party = |account: AccountId| PartyId::new(account.get());
        let groups = PartyGroups::new(found.map(|pair| (party(pair.a), party(pair.b))));
        let joined = self.accounts.iter().zip(&self.truth);
        pairs_of(
            joined.map(|(it, who)| (groups.stands_for(party(it.account)).get() as usize, *who)),
        )
    }
}

/// Returns the pairs within each group, and those of them of one truth.
fn pairs_of(members: impl Iterator<Item = (usize, usize)>) -> (usize, usize) {
    let (mut groups, mut both) = (BTreeMap::new(), BTreeMap::new());
    for (group, truth) in members {
        *groups.entry(group).or_insert(0_usize) += 1;
        *both.entry((group, truth)).or_insert(0_usize) += 1;
    }
    let pairs = |n: &usize| n * n.saturating_sub(1) / 2;
    (groups.values().map(pairs).sum(), both.values().map(pairs).sum())
}
