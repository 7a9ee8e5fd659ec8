//! How a network comes about: nouns in any order, sorted and made unique once at the end.

use std::collections::HashMap;

use super::{Event, Network};
use crate::{
    Account, AccountId, AccountKey, Coverage, Direction, Interaction, Party, PartyId, PlatformId,
    Tie,
};

/// Why something does not fit into a network.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// A platform or native id is empty.
    #[error("an account needs a platform and an id, got `{platform}` and `{id}`")]
    EmptyKey {
        /// The platform given.
        platform: String,
        /// The id given.
        id: String,
    },
    /// More platforms than a [`PlatformId`] can name.
    #[error("more than 256 platforms in one network")]
    TooManyPlatforms,
    /// More accounts than an [`AccountId`] can name.
    #[error("more than 4,294,967,295 accounts in one network")]
    TooManyAccounts,
}

/// Collects parties, accounts, ties and interactions in any order; see [`Network`] for an example.
#[derive(Clone, Debug, Default)]
pub struct NetworkBuilder {
    by_key: HashMap<AccountKey, AccountId>,
    network: Network,
}

impl NetworkBuilder {
    /// Returns the account of that key; the first time, it is made together with a party of its own.
    ///
    /// # Errors
    /// [`NetworkError`] if the key is empty or there are too many.
    pub fn account(&mut self, platform: &str, id: &str) -> Result<AccountId, NetworkError> {
        if platform.is_empty() || id.is_empty() {
            return Err(NetworkError::EmptyKey { platform: platform.into(), id: id.into() });
        }
        let key = AccountKey::new(platform, id);
        if let Some(&known) = self.by_key.get(&key) {
            return Ok(known);
        }
        let platform = self.platform(platform)?;
        let number = u32::try_from(self.network.accounts.len());
        let account = AccountId::new(number.map_err(|_| NetworkError::TooManyAccounts)?);
        let number = u32::try_from(self.network.parties.len());
        let party = PartyId::new(number.map_err(|_| NetworkError::TooManyAccounts)?);
        self.network.parties.push(Party::default());
        let made = Account { key: key.clone(), platform, party, handle: None, name: None };
        self.network.accounts.push(made);
        self.by_key.insert(key, account);
        Ok(account)
    }

    /// Gives an account its handle and shown name.
    pub fn describe(&mut self, account: AccountId, handle: Option<String>, name: Option<String>) {
        if let Some(known) = self.network.accounts.get_mut(account.index()) {
            known.handle = handle;
            known.name = name;
        }
    }

    /// Says that two accounts belong to the same party; the party of `into` stays.
    pub fn same_party(&mut self, account: AccountId, into: AccountId) {
        let parties = (self.party_of(account), self.party_of(into));
        let (Some(old), Some(new)) = parties else { return };
        let was_own = self.network.parties.get(old.index()).is_some_and(|party| party.is_own);
        for known in &mut self.network.accounts {
            if known.party == old {
                known.party = new;
            }
        }
        if let Some(party) = self.network.parties.get_mut(new.index()) {
            party.is_own |= was_own;
        }
    }

    /// Marks an account, and with it its party, as ours.
    pub fn own(&mut self, account: AccountId) {
        if let Some(party) = self.party_mut(account) {
            party.is_own = true;
        }
    }

    /// Returns the party of an account to fill in; `None` if the account is not of this network.
    pub fn party_mut(&mut self, account: AccountId) -> Option<&mut Party> {
        let party = self.party_of(account)?;
        self.network.parties.get_mut(party.index())
    }

    /// Says what the sources about one of our accounts see; several are joined.
    pub fn coverage(&mut self, account: AccountId, coverage: Coverage) {
        match self.network.coverage.iter_mut().find(|(known, _)| *known == account) {
            Some((_, known)) => *known = known.merge(coverage),
            None => self.network.coverage.push((account, coverage)),
        }
    }

    /// Adds a tie; the same one twice counts once, with the better start.
    pub fn tie(&mut self, tie: Tie) {
        self.network.ties.push(tie);
    }

    /// Adds an interaction; the very same one twice counts once.
    pub fn interaction(&mut self, interaction: Interaction) {
        self.network.interactions.push(interaction);
    }

    /// Sorts everything and makes it unique.
    ///
    /// # Complexity
    /// *n* log *n* in ties and interactions.
    pub fn build(mut self) -> Network {
        let network = &mut self.network;
        network.interactions.sort_unstable();
        network.interactions.dedup();
        network.ties.sort_by_key(|tie| (tie.from, tie.to, tie.kind, tie.start));
        network.ties.dedup_by(|later, earlier| {
            let is_same = (later.from, later.to, later.kind, later.end)
                == (earlier.from, earlier.to, earlier.kind, earlier.end);
            if is_same {
                earlier.start = earlier.start.merge(later.start);
            }
            is_same
        });
        network.events = network.interactions.iter().filter_map(|it| event(network, it)).collect();
        network.events.sort_by_key(|event| (event.party, event.at));
        network.accounts_of = (0..)
            .map(AccountId::new)
            .zip(&network.accounts)
            .map(|(id, it)| (it.party, id))
            .collect();
        network.accounts_of.sort_unstable();
        let with = |(at, tie): (usize, &Tie)| Some((other_party(network, tie)?, at));
        network.ties_with = network.ties.iter().enumerate().filter_map(with).collect();
        network.ties_with.sort_unstable();
        self.network
    }

    fn party_of(&self, account: AccountId) -> Option<PartyId> {
        self.network.account(account).map(|account| account.party)
    }

    fn platform(&mut self, name: &str) -> Result<PlatformId, NetworkError> {
        let names = &mut self.network.platforms;
        let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        u8::try_from(at).map(PlatformId::new).map_err(|_| NetworkError::TooManyPlatforms)
    }
}

/// Sees an interaction from our side; `None` if it is among ourselves or among others.
fn event(network: &Network, it: &Interaction) -> Option<Event> {
    let (direction, own, other) = match (network.is_own(it.from), network.is_own(it.to)) {
        (true, false) => (Direction::Sent, it.from, it.to),
        (false, true) => (Direction::Received, it.to, it.from),
        _ => return None,
    };
    let account = network.account(other)?;
    Some(Event {
        at: it.at,
        party: account.party,
        platform: account.platform,
        own,
        other,
        kind: it.kind,
        direction,
    })
}

/// Returns the party at the other end of a tie with us; `None` if it is among ourselves or among others.
fn other_party(network: &Network, tie: &Tie) -> Option<PartyId> {
    let other = match (network.is_own(tie.from), network.is_own(tie.to)) {
        (true, false) => tie.to,
        (false, true) => tie.from,
        _ => return None,
    };
    network.account(other).map(|account| account.party)
}
