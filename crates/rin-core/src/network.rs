//! One network over all platforms: who is there, who is tied to whom, what happened between us and them.
//!
//! Built once from plain nouns, then read through cheap views that borrow and filter. It is the form for embedders
//! and for one person's timeline; millions of relationships are measured by [`fold`](crate::fold) or read as states.

mod build;
mod table;
mod view;

pub use self::{
    build::{NetworkBuilder, NetworkError},
    view::{Event, Relationship, View},
};
use crate::{Account, AccountId, Coverage, Interaction, Party, PartyId, Tie};

/// One network of parties, accounts, ties and interactions over several platforms.
///
/// # Example
/// ```
/// use rin_core::{Direction, Interaction, InteractionKind, InteractionKinds, Moment, Network, Window};
/// let mut builder = Network::builder();
/// let us = builder.account("mastodon", "https://a.example/users/us")?;
/// let ann = builder.account("mastodon", "https://b.example/users/ann")?;
/// builder.own(us);
/// let at = Moment::from_unix_ms(1_700_000_000_000);
/// builder.interaction(Interaction { at, from: us, to: ann, kind: InteractionKind::Reply });
/// builder.interaction(Interaction { at: at.plus_days(1.0), from: ann, to: us, kind: InteractionKind::Reaction });
/// let network = builder.build();
///
/// let with_ann = network.relationships().next().unwrap();
/// assert_eq!(with_ann.state().contact_days(), 2);
/// let replies = with_ann.view().kinds(InteractionKinds::of(&[InteractionKind::Reply]));
/// assert_eq!(replies.events().count(), 1);
/// assert_eq!(replies.direction(Direction::Received).events().count(), 0);
/// assert_eq!(with_ann.view().window(Window::new(at.plus_days(0.5), at.plus_days(2.0))).events().count(), 1);
/// # Ok::<(), rin_core::NetworkError>(())
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Network {
    platforms: Vec<String>,
    accounts: Vec<Account>,
    parties: Vec<Party>,
    /// Sorted by holder, then the other end.
    ties: Vec<Tie>,
    /// Everything that happened, sorted by time, each once.
    interactions: Vec<Interaction>,
    /// Events between us and others, sorted by party, then time.
    events: Vec<Event>,
    /// Accounts by party, and positions of the ties between us and each party; both sorted.
    accounts_of: Vec<(PartyId, AccountId)>,
    ties_with: Vec<(PartyId, usize)>,
    /// For each own account, what its sources see.
    coverage: Vec<(AccountId, Coverage)>,
}

impl Network {
    /// Starts an empty network.
    pub fn builder() -> NetworkBuilder {
        NetworkBuilder::default()
    }

    /// Returns the platforms' names; a [`PlatformId`](crate::PlatformId) is a position here.
    pub fn platforms(&self) -> &[String] {
        &self.platforms
    }

    /// Returns all accounts; an [`AccountId`] is a position here.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Returns all parties; a [`PartyId`] is a position here.
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// Returns all ties, sorted by holder and other end.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// Returns all interactions in time order, each once.
    pub fn interactions(&self) -> &[Interaction] {
        &self.interactions
    }

    /// Returns one account.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(id.index())
    }

    /// Returns one party.
    pub fn party(&self, id: PartyId) -> Option<&Party> {
        self.parties.get(id.index())
    }

    /// Whether the account is ours.
    pub fn is_own(&self, id: AccountId) -> bool {
        self.account(id).and_then(|account| self.party(account.party)).is_some_and(|p| p.is_own)
    }

    /// Returns what our sources see of one account of ours; nothing if none speaks of it.
    pub fn coverage(&self, own: AccountId) -> Coverage {
        let known = self.coverage.iter().find(|(id, _)| *id == own);
        known.map(|(_, coverage)| *coverage).unwrap_or_default()
    }

    /// Returns our relationships with all others we ever had contact with, in the order of their parties.
    pub fn relationships(&self) -> impl Iterator<Item = Relationship<'_>> {
        self.events.chunk_by(|a, b| a.party == b.party).filter_map(|events| {
            let party = events.first()?.party;
            Some(Relationship::new(self, party, events))
        })
    }

    /// Returns our relationship with one party; without events if there was never contact.
    pub fn relationship(&self, party: PartyId) -> Relationship<'_> {
        let start = self.events.partition_point(|event| event.party < party);
        let end = self.events.partition_point(|event| event.party <= party);
        Relationship::new(self, party, self.events.get(start..end).unwrap_or_default())
    }
}

/// Returns the run of a sorted table that belongs to one party.
fn run<T>(table: &[(PartyId, T)], party: PartyId) -> &[(PartyId, T)] {
    let start = table.partition_point(|(of, _)| *of < party);
    let end = table.partition_point(|(of, _)| *of <= party);
    table.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests;
