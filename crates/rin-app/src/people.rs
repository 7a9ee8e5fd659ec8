//! Our relationships as they stand in the store: whom we know, where, and what is known of each.
//!
//! Built from states, not from the log, so that a start takes as long as there are relationships, not as there are
//! messages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rin_core::{
    AccountFlags, AccountId, Assessment, Coverage, ForecastModel, Moment, Pair, PartyId,
    PlatformId, Surroundings, Tie, TieEnd, TieKind, TieState, assess_among,
};
use rin_store::{Disguise, KnownAccount, Reader, StoreError};

/// We ourselves, where people stand for their accounts; first, so that what we sent is what the smaller id sent.
pub(crate) const US: AccountId = AccountId::new(0);
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
    /// The parties behind them.
    own_parties: BTreeSet<PartyId>,
    /// Names of platforms by their index.
    pub(crate) platforms: BTreeMap<PlatformId, String>,
    /// What the sources see, by account, ours and others.
    coverage: BTreeMap<AccountId, Coverage>,
    /// By party.
    pub(crate) relationships: BTreeMap<PartyId, Relationship>,
    /// Parties we have blocked or muted, ascending.
    pub(crate) barred: BTreeSet<PartyId>,
    /// When something was last done for whom, as the user says.
    done: BTreeMap<PartyId, Moment>,
    /// What stands for names, if they are disguised; those of accounts are so already.
    pub(crate) disguise: Option<Disguise>,
    /// What everybody was doing; `None` if nobody is to be assessed.
    around: Option<Surroundings>,
    /// Days of contact between any two others, by what stands for them; empty if that was not looked at.
    among_others: Vec<((AccountId, AccountId), u32)>,
}

/// What is known of us and one other party.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relationship {
    /// Their accounts with which there was contact.
    pub(crate) contacts: Vec<Contact>,
    /// For each of their accounts with a tie: see the constants above.
    pub(crate) flags: BTreeMap<AccountId, u32>,
    /// The ties themselves.
    pub(crate) ties: Vec<Tie>,
}

/// What is known of the contact with one of their accounts.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    /// Theirs.
    pub(crate) account: AccountId,
    /// What happened.
    pub(crate) state: TieState,
    /// What the sources of all our accounts that had contact with it see in common.
    pub(crate) coverage: Coverage,
}

impl Relationship {
    /// Returns what happened on all platforms together.
    pub(crate) fn state(&self) -> TieState {
        let mut contacts = self.contacts.iter();
        let mut all = contacts.next().map(|contact| contact.state.clone()).unwrap_or_default();
        for contact in contacts {
            all.merge(&contact.state);
        }
        all
    }
}

impl Relationship {
    /// Returns when we last wrote to them, on any platform.
    pub(crate) fn last_sent(&self) -> Option<Moment> {
        self.contacts.iter().filter_map(|contact| Some(contact.state.sent()?.last)).max()
    }
}

impl People {
    /// Reads everybody and what they were doing at `now`, so that relationships can be assessed.
    pub(crate) fn read_at(reader: &Reader<'_>, now: Moment) -> Result<Self, StoreError> {
        let mut people = Self::read(reader)?;
        people.look_around(reader, now)?;
        Ok(people)
    }

    /// Looks at what everybody was doing at `now`, in the place of what they did at another moment.
    pub(crate) fn look_around(
        &mut self,
        reader: &Reader<'_>,
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut others: BTreeMap<(AccountId, AccountId), TieState> = BTreeMap::new();
        reader.each_other_state(|pair| {
            let (Some(a), Some(b)) = (self.node(pair.ends.0), self.node(pair.ends.1)) else {
                return;
            };
            if a != b {
                others.entry((a.min(b), a.max(b))).or_default().merge(&pair.state);
            }
        })?;
        let joined: BTreeMap<PartyId, TieState> = self
            .relationships
            .iter()
            .filter(|(_, one)| 1 < one.contacts.len())
            .map(|(party, one)| (*party, one.state()))
            .collect();
        let ours: Vec<_> = self
            .relationships
            .iter()
            .filter_map(|(party, one)| {
                let state = joined.get(party).or_else(|| Some(&one.contacts.first()?.state))?;
                Some(((US, node(*party)), state.known_at(now)))
            })
            .collect();
        let theirs: Vec<_> =
            others.iter().map(|(ends, state)| (*ends, state.known_at(now))).collect();
        let days = |state: &TieState| u32::try_from(state.contact_days()).unwrap_or(u32::MAX);
        self.among_others = theirs.iter().map(|(ends, state)| (*ends, days(state))).collect();
        let as_of = self.covered_until(now).unwrap_or(now);
        let pairs = ours.iter().chain(&theirs).filter_map(|(ends, state)| pair(*ends, state));
        self.around = Some(Surroundings::new(as_of, pairs));
        Ok(())
    }

    /// Assesses a relationship over all platforms; `None` if there was no contact. What the user did since somebody wrote
    /// counts as an answer: our own record knows of it before the next export does.
    pub(crate) fn assess(
        &self,
        party: PartyId,
        relationship: &Relationship,
        now: Moment,
        model: &ForecastModel,
    ) -> Option<Assessment> {
        let ends = (US, node(party));
        let ends = self.around.as_ref().and_then(|around| around.ends(ends));
        let mut seen = if let [only] = relationship.contacts.as_slice() {
            assess_among(&only.state, &only.coverage, ends, now, model)?
        } else {
            let contacts = relationship.contacts.iter();
            let covered = contacts.map(|contact| contact.coverage).reduce(Coverage::common)?;
            assess_among(&relationship.state(), &covered, ends, now, model)?
        };
        seen.open_since = self.still_open(party, seen.open_since, now);
        Some(seen)
    }

    /// Returns since when a message of theirs waits, unless the user did something for them between it and `now`.
    pub(crate) fn still_open(
        &self,
        party: PartyId,
        open_since: Option<Moment>,
        now: Moment,
    ) -> Option<Moment> {
        let done = self.done.get(&party).filter(|done| **done <= now);
        open_since.filter(|since| done.is_none_or(|done| done < since))
    }

    /// Returns who else had contact with whom on how many days, ascending by what stands for them ([`node`]); nobody if
    /// that was not looked at.
    pub(crate) fn among_others(&self) -> &[((AccountId, AccountId), u32)] {
        &self.among_others
    }

    /// Returns with how many people a party is known to be in contact, us among them; `None` if that was not looked at.
    pub(crate) fn degree(&self, party: PartyId) -> Option<f64> {
        let ends = self.around.as_ref()?.ends((US, node(party)))?;
        Some(ends.other.degree)
    }

    /// Returns whom an account stands for: us, on all platforms together, or its party.
    pub(crate) fn node(&self, account: AccountId) -> Option<AccountId> {
        let party = self.party_of(account)?;
        Some(if self.own_parties.contains(&party) { US } else { node(party) })
    }

    /// Reads everybody.
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let mut people = Self {
            platforms: reader.platforms()?.into_iter().collect(),
            own: reader.own().into_iter().collect(),
            disguise: reader.disguise(),
            ..Self::default()
        };
        let standings = reader.standings()?.into_iter();
        people.done = standings.filter_map(|one| Some((one.party, one.last_done?))).collect();
        // They come in ascending order, from which a map is built at once.
        let mut accounts = Vec::new();
        reader.each_account(|account| accounts.push((account.id, account)))?;
        people.accounts = accounts.into_iter().collect();
        people.own_parties = people.own.iter().filter_map(|own| people.party_of(*own)).collect();
        people.coverage = reader.coverage()?.into_iter().collect();
        let mut contacts: HashMap<(PartyId, AccountId), Contact> = HashMap::new();
        reader.each_own_state(|pair| {
            let Some(party) = people.party_of(pair.other) else { return };
            // Another account of somebody who is ours is nobody else.
            if people.own_parties.contains(&party) {
                return;
            }
            let coverage = people.coverage_between(pair.own, pair.other);
            contacts
                .entry((party, pair.other))
                .and_modify(|contact| {
                    contact.state.merge(&pair.state);
                    contact.coverage = contact.coverage.common(coverage);
                })
                .or_insert(Contact { account: pair.other, state: pair.state, coverage });
        })?;
        let mut contacts: Vec<_> = contacts.into_iter().collect();
        contacts.sort_unstable_by_key(|(key, _)| *key);
        for ((party, _), contact) in contacts {
            people.relationships.entry(party).or_default().contacts.push(contact);
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

    /// Returns everybody but ourselves, in contact with us or not, ascending.
    pub(crate) fn others(&self) -> BTreeSet<PartyId> {
        let all: BTreeSet<PartyId> =
            self.accounts.values().map(|known| known.account.party).collect();
        all.difference(&self.own_parties).copied().collect()
    }

    /// Returns how somebody of our own team is shown.
    pub(crate) fn member(&self, name: &str) -> String {
        member(self.disguise, name)
    }

    /// Returns a platform's name.
    pub(crate) fn platform(&self, platform: PlatformId) -> &str {
        self.platforms.get(&platform).map_or("?", String::as_str)
    }

    /// Returns what can be seen of the contact between two accounts: by our sources, and by theirs if we have any,
    /// because what they wrote to us stands in their export.
    pub(crate) fn coverage_between(&self, own: AccountId, other: AccountId) -> Coverage {
        let mut seen = self.coverage_of(own);
        if let Some(theirs) = self.coverage.get(&other) {
            seen.received = seen.received | theirs.sent;
        }
        seen
    }

    /// Returns what the sources see of one account.
    pub(crate) fn coverage_of(&self, account: AccountId) -> Coverage {
        self.coverage.get(&account).copied().unwrap_or_default()
    }

    /// Returns until when the sources of *all* our accounts see; `None` if that is now, or none says.
    pub(crate) fn covered_until(&self, now: Moment) -> Option<Moment> {
        let ends = self.own.iter().filter_map(|own| self.coverage_of(*own).until);
        ends.min().filter(|until| *until < now)
    }

    fn tie(&mut self, tie: Tie) {
        let (is_ours, other) = match (self.own.contains(&tie.from), self.own.contains(&tie.to)) {
            (true, false) => (true, tie.to),
            (false, true) => (false, tie.from),
            _ => return,
        };
        let Some(known) = self.accounts.get(&other) else { return };
        let party = known.account.party;
        if self.own_parties.contains(&party) {
            return;
        }
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

/// Returns what stands for a party that is not ours.
pub(crate) fn node(party: PartyId) -> AccountId {
    AccountId::new(party.get().saturating_add(1))
}

fn pair(ends: (AccountId, AccountId), state: &TieState) -> Option<Pair<'_>> {
    Some(Pair { ends, days: state.days(), last: state.last()? })
}

/// Returns how somebody of our own team is shown; nobody stays nobody.
pub(crate) fn member(disguise: Option<Disguise>, name: &str) -> String {
    match disguise.filter(|_| !name.is_empty()) {
        Some(disguise) => disguise.member(name),
        None => name.to_owned(),
    }
}

/// Returns how people call an account: the shown name, else the handle, else the native id.
pub(crate) fn name_of(known: &KnownAccount) -> String {
    let account = &known.account;
    let name = account.name.as_deref().or(account.handle.as_deref()).map(clean);
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| clean(&account.key.id))
}

/// Returns a handle as it may be shown.
pub(crate) fn handle_of(known: &KnownAccount) -> Option<String> {
    known.account.handle.as_deref().map(clean)
}

/// Returns a text of somebody else's as one harmless line: what would steer a terminal or turn the writing round is a
/// space.
pub(crate) fn clean(text: &str) -> String {
    let is_steering = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
    };
    let spaced: String =
        text.chars().map(|letter| if is_steering(letter) { ' ' } else { letter }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_steer_a_terminal() {
        assert_eq!(clean("\u{1b}[31mred\u{202e}der\na\0b "), "[31mred der a b");
        assert_eq!(clean("Anna Müller-Öztürk 🌻"), "Anna Müller-Öztürk 🌻");
    }
}
