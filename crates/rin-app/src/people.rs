//! Our relationships as they stand in the store: whom we know, where, and what is known of each.
//!
//! Built from states, not from the log, so that a start takes as long as there are relationships, not as there are
//! messages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rin_core::{
    AccountFlags, AccountId, Assessment, Coverage, ForecastModel, Moment, PartyId, PlatformId, Tie,
    TieEnd, TieKind, TieState, assess,
};
use rin_store::{KnownAccount, Reader, StoreError};

/// We follow them.
pub(crate) const WE_FOLLOW: u32 = 1;
/// They follow us.
pub(crate) const THEY_FOLLOW: u32 = 1 << 1;
/// They stand in an address book or list of ours, or are a friend.
pub(crate) const CONTACT: u32 = 1 << 2;
/// They are an organisation.
pub(crate) const ORGANISATION: u32 = 1 << 3;
/// They are a program.
pub(crate) const BOT: u32 = 1 << 4;

/// Everybody in the store, and our relationships with them.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) accounts: BTreeMap<AccountId, KnownAccount>,
    pub(crate) own: BTreeSet<AccountId>,
    /// Names of platforms by their index.
    pub(crate) platforms: BTreeMap<PlatformId, String>,
    /// What our sources see, by platform.
    pub(crate) coverage: BTreeMap<PlatformId, Coverage>,
    /// What the sources of other accounts see, by account.
    theirs: BTreeMap<AccountId, Coverage>,
    /// By party.
    pub(crate) relationships: BTreeMap<PartyId, Relationship>,
    /// Parties we have blocked or muted, ascending.
    pub(crate) barred: BTreeSet<PartyId>,
}

/// What is known of us and one other party.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relationship {
    /// Their accounts with which there was contact, and what happened with each.
    pub(crate) contacts: Vec<(AccountId, TieState)>,
    /// For each of their accounts with a tie: see the constants above.
    pub(crate) flags: BTreeMap<AccountId, u32>,
    /// The ties themselves.
    pub(crate) ties: Vec<Tie>,
}

impl Relationship {
    /// Returns what happened on all platforms together.
    pub(crate) fn state(&self) -> TieState {
        let mut contacts = self.contacts.iter();
        let mut all = contacts.next().map(|(_, state)| state.clone()).unwrap_or_default();
        for (_, state) in contacts {
            all.merge(state);
        }
        all
    }
}

impl Relationship {
    /// Returns when we last wrote to them, on any platform.
    pub(crate) fn last_sent(&self) -> Option<Moment> {
        self.contacts.iter().filter_map(|(_, state)| Some(state.sent()?.last)).max()
    }
}

impl People {
    /// Reads everybody.
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let mut people = Self {
            platforms: reader.platforms()?.into_iter().collect(),
            own: reader.own().into_iter().collect(),
            ..Self::default()
        };
        reader.each_account(|account| {
            people.accounts.insert(account.id, account);
        })?;
        for (account, coverage) in reader.coverage()? {
            people.cover(account, coverage);
        }
        let mut states: HashMap<(PartyId, AccountId), TieState> = HashMap::new();
        reader.each_own_state(|pair| {
            if let Some(party) = people.party_of(pair.other) {
                states
                    .entry((party, pair.other))
                    .and_modify(|state| state.merge(&pair.state))
                    .or_insert(pair.state);
            }
        })?;
        let mut states: Vec<_> = states.into_iter().collect();
        states.sort_unstable_by_key(|(key, _)| *key);
        for ((party, account), state) in states {
            people.relationships.entry(party).or_default().contacts.push((account, state));
        }
        reader.each_own_tie(|tie| people.tie(tie))?;
        Ok(people)
    }

    /// Returns the party behind an account.
    pub(crate) fn party_of(&self, account: AccountId) -> Option<PartyId> {
        self.accounts.get(&account).map(|known| known.account.party)
    }

    /// Returns a party's accounts.
    pub(crate) fn accounts_of(&self, party: PartyId) -> impl Iterator<Item = &KnownAccount> {
        self.accounts.values().filter(move |known| known.account.party == party)
    }

    /// Returns a platform's name.
    pub(crate) fn platform(&self, platform: PlatformId) -> &str {
        self.platforms.get(&platform).map_or("?", String::as_str)
    }

    /// Returns what can be seen of the contact with one of their accounts: by our sources, and by theirs if we have
    /// any, because what they wrote to us stands in their export.
    pub(crate) fn coverage_with(&self, account: AccountId) -> Coverage {
        let platform = self.accounts.get(&account).map(|known| known.account.platform);
        let ours = platform.and_then(|platform| self.coverage.get(&platform)).copied();
        let mut seen = ours.unwrap_or_default();
        if let Some(theirs) = self.theirs.get(&account) {
            seen.received = seen.received | theirs.sent;
        }
        seen
    }

    /// Assesses a relationship over all platforms.
    pub(crate) fn assess(
        &self,
        relationship: &Relationship,
        now: Moment,
        model: &ForecastModel,
    ) -> Option<Assessment> {
        let seen = relationship.contacts.iter().map(|(account, _)| self.coverage_with(*account));
        let seen = seen.fold(Coverage::default(), Coverage::merge);
        match relationship.contacts.as_slice() {
            [(_, only)] => assess(only, &seen, now, model),
            _ => assess(&relationship.state(), &seen, now, model),
        }
    }

    /// Returns until when our sources on *every* platform see; `None` if that is now, or none says.
    pub(crate) fn covered_until(&self, now: Moment) -> Option<Moment> {
        let ends = self.coverage.values().filter_map(|coverage| coverage.until);
        ends.min().filter(|until| *until < now)
    }

    fn cover(&mut self, account: AccountId, coverage: Coverage) {
        let Some(known) = self.accounts.get(&account) else { return };
        if self.own.contains(&account) {
            let seen = self.coverage.entry(known.account.platform).or_default();
            *seen = seen.merge(coverage);
        } else {
            self.theirs.insert(account, coverage);
        }
    }

    fn tie(&mut self, tie: Tie) {
        let (is_ours, other) = match (self.own.contains(&tie.from), self.own.contains(&tie.to)) {
            (true, false) => (true, tie.to),
            (false, true) => (false, tie.from),
            _ => return,
        };
        let Some(known) = self.accounts.get(&other) else { return };
        let party = known.account.party;
        let flag = match (tie.kind, is_ours) {
            (TieKind::Follow | TieKind::Subscriber, true) => WE_FOLLOW,
            (TieKind::Follow | TieKind::Subscriber, false) => THEY_FOLLOW,
            (TieKind::Contact, true) | (TieKind::Friend, _) => CONTACT,
            _ => 0,
        };
        let relationship = self.relationships.entry(party).or_default();
        if tie.end == TieEnd::Open {
            *relationship.flags.entry(other).or_default() |= flag;
            if is_ours && matches!(tie.kind, TieKind::Block | TieKind::Mute) {
                self.barred.insert(party);
            }
        }
        relationship.ties.push(tie);
    }

    /// Returns the flags of an account as strategies see them.
    pub(crate) fn flags(&self, relationship: &Relationship, account: AccountId) -> u32 {
        let tied = relationship.flags.get(&account).copied().unwrap_or_default();
        let said = self.accounts.get(&account).map_or(AccountFlags::NONE, |known| known.flags);
        let mut flags = tied;
        if said.contains(AccountFlags::ORGANISATION) {
            flags |= ORGANISATION;
        }
        if said.contains(AccountFlags::BOT) {
            flags |= BOT;
        }
        flags
    }
}

/// Returns how people call an account: the shown name, else the handle, else the native id.
pub(crate) fn name_of(known: &KnownAccount) -> &str {
    let account = &known.account;
    let name = account.name.as_deref().or(account.handle.as_deref());
    name.filter(|name| !name.trim().is_empty()).unwrap_or(&account.key.id)
}
