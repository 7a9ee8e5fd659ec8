//! One human on many platforms: proposals with evidence, joined and parted at the user's word, shown with what is known.
//!
//! What is certain (the user's own card lists both accounts, or each profile names the other) is joined with each
//! import and told; everything else waits for a word. Each word is dated and can be taken back.

mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use self::view::{
    JoinedView, KnownPersonView, MergePeopleRequest, PeopleAccountView, PeopleEvidenceView,
    PeopleFactView, PeopleProposalView, PeopleShowView, PeopleSuggestView, PeopleWordView,
    SplitPeopleRequest, SuggestPeopleRequest,
};
use crate::{
    Lang, Session, SessionError,
    decide::name,
    party::{find, find_fitting},
    people::{People, clean, handle_of, name_of},
    time::iso_date,
};
use rin_core::{
    AccountFlags, AccountId, Fact, FactKind, IdentityRequest, Moment, PartyId, PartyKind, Profile,
    SUGGESTED, SamePerson, Text, same_persons,
};
use rin_store::{IdentityWord, KnownAccount, Reader, StoreError, StoredFact};

/// The most that is shown of a proposal that nobody vouches for: what is not certain is not called so.
const NOT_CERTAIN: f64 = 0.99;
/// Neighbours looked at of one account; more do not tell people apart.
const NEIGHBOURS: usize = 200;

/// Why people cannot be joined or parted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PeopleError {
    /// Both are one already.
    #[error("`{one}` and `{other}` are one already")]
    SameAlready {
        /// One.
        one: String,
        /// The other.
        other: String,
    },
    /// One of them is the user.
    #[error("`{who}` is you")]
    Own {
        /// Who.
        who: String,
    },
    /// A person is no organisation.
    #[error("`{person}` is a person and `{organisation}` an organisation")]
    Kinds {
        /// The person.
        person: String,
        /// The organisation.
        organisation: String,
    },
    /// There is nothing to take apart.
    #[error("`{who}` has one account only")]
    Alone {
        /// Who.
        who: String,
    },
}

impl PeopleError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::SameAlready { .. } => {
                ("See why with: rin people show WHO", "Warum, zeigt: rin people show WEN")
            }
            Self::Own { .. } => (
                "Say which accounts are yours with: rin own add HANDLE",
                "Welche Konten deine sind, sagst du mit: rin own add HANDLE",
            ),
            Self::Kinds { .. } => (
                "Where somebody works is kept beside them: rin people show WHO",
                "Wo jemand arbeitet, steht bei der Person: rin people show WEN",
            ),
            Self::Alone { .. } => (
                "See who has several with: rin people show",
                "Wer mehrere hat, zeigt: rin people show",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

impl Session {
    /// Proposes who is one human or body on several platforms.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be read.
    pub fn suggest_people(
        &self,
        request: &SuggestPeopleRequest<'_>,
    ) -> Result<PeopleSuggestView, SessionError> {
        self.undisguised()?;
        let (reader, lang) = (self.store.read()?, request.lang);
        let people = People::read(&reader)?;
        let who = request.who.map(|who| find(&people, who)).transpose()?;
        let is_wanted = |pair: &SamePerson| {
            let parties = [pair.a, pair.b].map(|account| people.party_of(account));
            who.is_none_or(|who| parties.contains(&Some(who)))
        };
        let least = request.least.unwrap_or(SUGGESTED);
        let mut found = proposals(&reader, &people, &|known| known.account.party, least)?;
        found.retain(is_wanted);
        let n_all = found.len();
        if let Some(only) = request.only {
            let is_about =
                |account| people.party_of(account).is_some_and(|party| only.contains(party.get()));
            found.retain(|pair| is_about(pair.a) || is_about(pair.b));
        }
        let total = found.len();
        let shown = found.iter().take(request.limit);
        let proposals: Vec<_> = shown.filter_map(|pair| proposal(&people, pair, lang)).collect();
        let next = match proposals.first() {
            Some(first) => first.command.clone(),
            None => lang.pick("rin people show", "rin people show").to_owned(),
        };
        let only = request.only.map(|only| only.only(n_all - total));
        Ok(PeopleSuggestView { schema: "rin.people.suggest/1", total, proposals, next, only })
    }

    /// Joins two parties to one.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, both are one already, one is ours or they are a person and an
    /// organisation, or the store cannot be written.
    pub fn merge_people(
        &mut self,
        request: &MergePeopleRequest<'_>,
    ) -> Result<PeopleWordView, SessionError> {
        let lang = request.lang;
        let people = People::read(&self.store.read()?)?;
        let (one, other) = (find(&people, request.one)?, find(&people, request.other)?);
        may_be_one(&people, one, other)?;
        let first = |party| people.accounts_of(party).map(|known| known.id).next();
        let (names, ends) =
            ([one, other].map(|party| name(&people, party)), first(one).zip(first(other)));
        if let Some((a, b)) = ends {
            self.store.join(a, b, request.why, request.now)?;
        }
        let people = People::read(&self.store.read()?)?;
        let party = ends.and_then(|(a, _)| people.party_of(a)).unwrap_or(one);
        let [one, other] = names;
        let said = lang.pick(
            format!("{one} and {other} are one from now on: #{}.", party.get()),
            format!("{one} und {other} sind ab jetzt eins: #{}.", party.get()),
        );
        let next = format!("rin people split {}", party.get());
        let parties = vec![joined(&people, party)];
        Ok(PeopleWordView { schema: "rin.people.merge/1", parties, said, next })
    }

    /// Takes a party's accounts apart, or one account out of it; they are not proposed again.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, there is one account only, or the store cannot be written.
    pub fn split_people(
        &mut self,
        request: &SplitPeopleRequest<'_>,
    ) -> Result<PeopleWordView, SessionError> {
        let lang = request.lang;
        let people = People::read(&self.store.read()?)?;
        let (party, account) = find_part(&people, request.who)?;
        let all: Vec<AccountId> = people.accounts_of(party).map(|known| known.id).collect();
        if all.len() < 2 {
            return Err(PeopleError::Alone { who: clean(request.who) }.into());
        }
        let apart: Vec<AccountId> = account.map_or_else(|| all.clone(), |account| vec![account]);
        let mut rest = all.clone();
        for account in apart {
            rest.retain(|other| *other != account);
            if !rest.is_empty() {
                self.store.part(&[account], &rest, request.why, request.now)?;
            }
        }
        let before = name(&people, party);
        let people = People::read(&self.store.read()?)?;
        let parties: BTreeSet<PartyId> =
            all.iter().filter_map(|account| people.party_of(*account)).collect();
        let n = parties.len();
        let said = lang.pick(
            format!("{before} is {n} parties from now on, and they are not proposed again."),
            format!(
                "{before} ist ab jetzt {n} Beteiligte, und sie werden nicht wieder vorgeschlagen."
            ),
        );
        let numbers: Vec<String> = parties.iter().take(2).map(|it| it.get().to_string()).collect();
        let next = format!("rin people merge {}", numbers.join(" "));
        let parties = parties.into_iter().map(|party| joined(&people, party)).collect();
        Ok(PeopleWordView { schema: "rin.people.split/1", parties, said, next })
    }

    /// Shows what is known of who somebody is; of everybody with several accounts, if nobody is named.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be read.
    pub fn show_people(
        &self,
        who: Option<&str>,
        lang: Lang,
    ) -> Result<PeopleShowView, SessionError> {
        self.undisguised()?;
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let wanted: Vec<PartyId> = match who {
            Some(who) => vec![find(&people, who)?],
            None => several(&people),
        };
        let (facts, words) = (reader.facts()?, reader.identity_words()?);
        let known = |party: PartyId| self.known(&people, party, (&facts, &words), lang);
        let next = match (who, wanted.first()) {
            (Some(_), Some(party)) => format!("rin party show {}", party.get()),
            _ => "rin people suggest".to_owned(),
        };
        let parties = wanted.into_iter().map(known).collect();
        Ok(PeopleShowView { schema: "rin.people.show/1", parties, next, only: None })
    }

    /// Joins what is certain, and parts what is no longer; returns how many words are new.
    ///
    /// In disguise nothing is joined: what people are called is not to be seen then. The next import does it.
    pub(crate) fn keep_certain(&mut self, now: Moment) -> Result<usize, StoreError> {
        if self.is_disguised() {
            return Ok(0);
        }
        let pairs = certain(&self.store.read()?)?;
        self.store.keep_certain(&pairs, now)
    }

    /// Returns what is known of who a party is.
    pub(crate) fn identity_of(
        &self,
        reader: &Reader<'_>,
        people: &People,
        party: PartyId,
        lang: Lang,
    ) -> Result<KnownPersonView, StoreError> {
        Ok(self.known(people, party, (&reader.facts()?, &reader.identity_words()?), lang))
    }

    fn known(
        &self,
        people: &People,
        party: PartyId,
        (facts, words): (&[StoredFact], &[IdentityWord]),
        lang: Lang,
    ) -> KnownPersonView {
        let accounts: BTreeSet<AccountId> = people.accounts_of(party).map(|it| it.id).collect();
        let date = |at: Moment| iso_date(at, &self.zone);
        let facts = facts.iter().filter(|fact| accounts.contains(&fact.account));
        // Accounts are numbered as imports came; what is said of them does not depend on that.
        let place = |fact: &StoredFact| {
            let known = people.accounts.get(&fact.account);
            known.map(|it| (it.account.key.platform.clone(), it.account.key.id.clone()))
        };
        let mut facts: Vec<&StoredFact> = facts.collect();
        facts.sort_by_cached_key(|fact| (place(fact), fact.kind, fact.text.clone()));
        let words =
            words.iter().filter(|word| accounts.contains(&word.a) || accounts.contains(&word.b));
        KnownPersonView {
            joined: joined(people, party),
            kind: kind_of_party(people, party),
            facts: facts
                .into_iter()
                .map(|fact| PeopleFactView {
                    kind: fact.kind.name(),
                    label: words::label(fact.kind, lang),
                    text: clean(&fact.text),
                    platform: account(people, fact.account)
                        .map(|it| it.platform)
                        .unwrap_or_default(),
                    first: fact.first_seen.map(date),
                    last: fact.last_seen.map(date),
                })
                .collect(),
            words: words
                .map(|word| {
                    let handle = |id| account(people, id).map(|it| it.handle).unwrap_or_default();
                    let day = lang.date(word.at, &self.zone);
                    words::word(word, [&handle(word.a), &handle(word.b)], &day, lang)
                })
                .collect(),
        }
    }
}

/// Returns the pairs that are certainly one, each with its reason.
fn certain(reader: &Reader<'_>) -> Result<Vec<(AccountId, AccountId, String)>, StoreError> {
    let may_be_certain =
        |fact: &StoredFact| matches!(fact.kind, FactKind::Vouched | FactKind::Link);
    if !reader.facts()?.iter().any(may_be_certain) {
        return Ok(Vec::new());
    }
    let people = People::read(reader)?;
    let groups = reader.groups_of_user()?;
    let imported: BTreeMap<AccountId, PartyId> = reader.imported_parties()?.into_iter().collect();
    // What rules said before must not decide what they say next.
    let party = |known: &KnownAccount| {
        let own = imported.get(&known.id).copied().unwrap_or(known.account.party);
        groups.stands_for(own)
    };
    let found = proposals(reader, &people, &party, 1.0)?;
    let certain = found.into_iter().filter(|pair| pair.is_certain);
    Ok(certain.map(|pair| (pair.a, pair.b, words::reason(&pair))).collect())
}

/// Returns who may be one with whom, where `party` says whose an account is.
fn proposals(
    reader: &Reader<'_>,
    people: &People,
    party: &dyn Fn(&KnownAccount) -> PartyId,
    least: f64,
) -> Result<Vec<SamePerson>, StoreError> {
    let mut told: BTreeMap<AccountId, Vec<(FactKind, String)>> = BTreeMap::new();
    for fact in reader.facts()? {
        told.entry(fact.account).or_default().push((fact.kind, fact.text));
    }
    let mut near: BTreeMap<AccountId, BTreeSet<PartyId>> = BTreeMap::new();
    reader.each_other_state(|pair| {
        for (one, other) in [pair.ends, (pair.ends.1, pair.ends.0)] {
            let near = near.entry(one).or_default();
            if near.len() < NEIGHBOURS {
                near.extend(people.party_of(other));
            }
        }
    })?;
    let accounts: Vec<&KnownAccount> = people
        .accounts
        .values()
        .filter(|known| people.node(known.id).is_some_and(|node| node != crate::people::US))
        .collect();
    let facts: Vec<Vec<Fact<'_>>> = accounts
        .iter()
        .map(|known| {
            let told = told.get(&known.id).map_or(&[][..], Vec::as_slice);
            told.iter().map(|(kind, text)| Fact { kind: *kind, text }).collect()
        })
        .collect();
    let near: Vec<Vec<PartyId>> = accounts
        .iter()
        .map(|known| near.get(&known.id).into_iter().flatten().copied().collect())
        .collect();
    let told_of = accounts.iter().zip(&facts).zip(&near);
    let profiles: Vec<Profile<'_>> = told_of
        .map(|((known, facts), near)| profile_of(known, party(known), facts, near))
        .collect();
    let words = reader.identity_words()?;
    let apart = words.iter().filter(|word| !word.is_same);
    let apart = apart.map(|word| (word.a.min(word.b), word.a.max(word.b))).collect();
    Ok(same_persons(&IdentityRequest { profiles: &profiles, apart: &apart, least }))
}

fn profile_of<'a>(
    known: &'a KnownAccount,
    party: PartyId,
    facts: &'a Vec<Fact<'a>>,
    neighbours: &'a Vec<PartyId>,
) -> Profile<'a> {
    Profile {
        account: known.id,
        party,
        platform: known.account.platform,
        handle: known.account.handle.as_deref().unwrap_or_default(),
        name: known.account.name.as_deref().unwrap_or_default(),
        kind: kind_of(known.flags),
        facts,
        neighbours,
    }
}

fn kind_of(flags: AccountFlags) -> PartyKind {
    if flags.contains(AccountFlags::BOT) {
        PartyKind::Bot
    } else if flags.contains(AccountFlags::ORGANISATION) {
        PartyKind::Organisation
    } else if flags.contains(AccountFlags::PERSON) {
        PartyKind::Person
    } else {
        PartyKind::Unknown
    }
}

/// Returns what a party is, as far as any of its accounts says.
fn kind_of_party(people: &People, party: PartyId) -> &'static str {
    let flags = people.accounts_of(party).map(|known| known.flags);
    match kind_of(flags.fold(AccountFlags::NONE, AccountFlags::with)) {
        PartyKind::Person => "person",
        PartyKind::Organisation => "organisation",
        PartyKind::Bot => "bot",
        PartyKind::Unknown => "unknown",
    }
}

/// Whether two parties may be said to be one.
fn may_be_one(people: &People, one: PartyId, other: PartyId) -> Result<(), PeopleError> {
    let names = [one, other].map(|party| name(people, party));
    if one == other {
        let [one, other] = names;
        return Err(PeopleError::SameAlready { one, other });
    }
    for party in [one, other] {
        if people.accounts_of(party).any(|known| known.is_own) {
            return Err(PeopleError::Own { who: name(people, party) });
        }
    }
    match ([one, other].map(|party| kind_of_party(people, party)), names) {
        (["person", "organisation"], [person, organisation])
        | (["organisation", "person"], [organisation, person]) => {
            Err(PeopleError::Kinds { person, organisation })
        }
        _ => Ok(()),
    }
}

/// Finds a party by its number, or one account of it.
fn find_part(people: &People, query: &str) -> Result<(PartyId, Option<AccountId>), SessionError> {
    if query.trim_start_matches('#').parse::<u32>().is_ok() {
        return Ok((find(people, query)?, None));
    }
    let (platform, handle) = query.split_once(':').unwrap_or(("", query));
    let is_platform = people.platforms.values().any(|name| name == platform);
    let (platform, handle) = if is_platform { (platform, handle) } else { ("", query) };
    let mut found = find_fitting(people, handle);
    found.retain(|known| platform.is_empty() || known.account.key.platform == platform);
    match found.as_slice() {
        [known] => Ok((known.account.party, Some(known.id))),
        _ => Ok((find(people, query)?, None)),
    }
}

/// Returns the parties with several accounts, but us, by their names.
fn several(people: &People) -> Vec<PartyId> {
    let mut counts: BTreeMap<PartyId, usize> = BTreeMap::new();
    let others = people
        .accounts
        .values()
        .filter(|known| people.node(known.id).is_some_and(|node| node != crate::people::US));
    for known in others {
        *counts.entry(known.account.party).or_default() += 1;
    }
    let several = counts.into_iter().filter(|(_, n)| 1 < *n).map(|(party, _)| party);
    let mut several: Vec<PartyId> = several.collect();
    several.sort_by_cached_key(|party| (name(people, *party), *party));
    several
}

fn joined(people: &People, party: PartyId) -> JoinedView {
    let mut accounts: Vec<_> = people.accounts_of(party).map(account_view).collect();
    accounts.sort_by_cached_key(|one| (one.platform.clone(), one.handle.clone(), one.party));
    JoinedView { party: party.get(), name: name(people, party), accounts }
}

fn account(people: &People, id: AccountId) -> Option<PeopleAccountView> {
    people.accounts.get(&id).map(account_view)
}

fn account_view(known: &KnownAccount) -> PeopleAccountView {
    PeopleAccountView {
        party: known.account.party.get(),
        platform: known.account.key.platform.clone(),
        handle: handle_of(known).unwrap_or_else(|| clean(&known.account.key.id)),
        name: name_of(known),
    }
}

fn proposal(people: &People, pair: &SamePerson, lang: Lang) -> Option<PeopleProposalView> {
    let (one, other) = (account(people, pair.a)?, account(people, pair.b)?);
    Some(PeopleProposalView {
        probability: shown(pair),
        evidence: pair.evidence.iter().map(|one| words::evidence(one, lang)).collect(),
        command: format!("rin people merge {} {}", one.party, other.party),
        one,
        other,
    })
}

/// Returns how likely a pair is shown to be one.
fn shown(pair: &SamePerson) -> f64 {
    if pair.is_certain { pair.probability } else { pair.probability.min(NOT_CERTAIN) }
}

#[cfg(test)]
mod tests;
