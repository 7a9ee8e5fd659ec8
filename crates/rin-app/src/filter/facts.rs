//! Gathers what is known of one party for a filter, out of what was read once for everybody.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use rin_core::{
    Assessment, Coverage, Filter, FilterFacts, Moment, PartyId, PartyKind, SILENCE_DAYS, Tie,
    TieEnd, TieKind, TieKinds, TieRole, TieStart, tier_at,
};
use rin_store::{KnownAccount, Reader};

use super::MatchRequest;
use crate::{
    SessionError,
    campaign::Started,
    cohort::known,
    effect::{Origins, begun},
    people::{People, Relationship, handle_of, name_of},
    time::civil_day,
};

/// What a filter needs of everybody, read once.
pub(crate) struct Sieve<'a> {
    filter: &'a Filter,
    people: &'a People,
    now: Moment,
    zone: TimeZone,
    asks: BTreeSet<&'static str>,
    accounts: BTreeMap<PartyId, Vec<&'a KnownAccount>>,
    kinds: BTreeMap<PartyId, PartyKind>,
    tags: BTreeMap<PartyId, Vec<String>>,
    notes: BTreeMap<PartyId, Vec<String>>,
    origins: Option<Origins>,
    /// Whoever was first met before this moment may have been there before.
    settled: Moment,
}

impl<'a> Sieve<'a> {
    pub(super) fn read(
        reader: &Reader<'_>,
        people: &'a People,
        started: &[Started],
        (request, zone): (&'a MatchRequest, &TimeZone),
    ) -> Result<Self, SessionError> {
        let filter = &request.filter;
        let asks = filter.asks_about();
        let mut sieve = Self {
            filter,
            people,
            now: request.now,
            zone: zone.clone(),
            accounts: BTreeMap::new(),
            kinds: BTreeMap::new(),
            tags: BTreeMap::new(),
            notes: BTreeMap::new(),
            origins: None,
            settled: known(people, request.now).start().plus_days(f64::from(SILENCE_DAYS)),
            asks,
        };
        if sieve.asks_any(&["name", "handle", "platform", "tie"]) {
            for account in people.accounts.values() {
                sieve.accounts.entry(account.account.party).or_default().push(account);
            }
        }
        if sieve.asks_any(&["kind"]) {
            reader.each_party(|party| {
                sieve.kinds.insert(party.id, party.party.kind);
            })?;
        }
        if sieve.asks_any(&["tag"]) {
            for tag in reader.tags()? {
                sieve.tags.entry(tag.party).or_default().push(tag.tag);
            }
        }
        if sieve.asks_any(&["note"]) {
            for (_, note) in reader.notes()? {
                sieve.notes.entry(note.party).or_default().push(note.text);
            }
        }
        if sieve.asks_any(&["campaign", "won"]) {
            sieve.origins = Some(Origins::read(reader, people, started)?);
        }
        Ok(sieve)
    }

    fn asks_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.asks.contains(name))
    }

    /// Whether somebody is meant; `None` if what is known does not decide it.
    pub(crate) fn answer(
        &self,
        party: PartyId,
        one: &Relationship,
        seen: Option<&Assessment>,
    ) -> Option<bool> {
        if self.filter.is_everybody() {
            return Some(true);
        }
        self.filter.answer(&self.facts(party, one, seen))
    }

    /// Returns what is known of a party.
    fn facts(&self, party: PartyId, one: &Relationship, seen: Option<&Assessment>) -> FilterFacts {
        let accounts = self.accounts.get(&party).map_or(&[][..], Vec::as_slice);
        let of =
            |all: &BTreeMap<PartyId, Vec<String>>| all.get(&party).cloned().unwrap_or_default();
        let mut facts = FilterFacts {
            party: Some(party),
            names: accounts.iter().map(|known| name_of(known)).collect(),
            handles: accounts.iter().flat_map(|known| handles(known)).collect(),
            platforms: accounts.iter().map(|known| known.account.key.platform.clone()).collect(),
            kind: self.kinds.get(&party).copied().unwrap_or_default(),
            tags: of(&self.tags),
            notes: of(&self.notes),
            ..FilterFacts::default()
        };
        if self.asks_any(&["tie"]) {
            facts.ties = self.ties(accounts, one);
        }
        if let Some(origins) = &self.origins {
            facts.campaign = Some(origins.campaign_of(party).map(str::to_lowercase));
            let won = origins.won_at(party).or_else(|| self.begun(one));
            facts.won = won.map(|at| civil_day(at, &self.zone));
        }
        if self.asks_any(&["tier"]) {
            let as_of = self.people.covered_until(self.now).unwrap_or(self.now);
            facts.tier = tier_at(one.state().days(), as_of).map(|held| held.tier);
        }
        if let Some(seen) = seen {
            self.figures(&mut facts, seen);
        }
        facts
    }

    /// Adds what is measured.
    fn figures(&self, facts: &mut FilterFacts, seen: &Assessment) {
        let day = |at| Some(civil_day(at, &self.zone));
        facts.first = day(seen.first);
        facts.last = day(seen.last);
        facts.level = Some(seen.level);
        facts.alive = Some(seen.alive);
        facts.strength = Some(seen.strength);
        facts.expected = Some(seen.expected);
        facts.reciprocity = seen.reciprocity;
        facts.contacts = Some(f64::from(seen.contact_days));
        facts.sent = Some(f64::from(seen.sent));
        facts.received = seen.received.map(f64::from);
        facts.silent_days = Some(seen.silence_days);
        facts.lapse_days = Some(seen.lapse.days_since(self.now));
        facts.rhythm_days = seen.rhythm_days;
        facts.known_days = Some(self.now.days_since(seen.first));
        // Where what they write is not covered, that nobody is seen to wait says nothing.
        let is_known = seen.received.is_some();
        let known = |is_so: bool| (is_so || is_known).then_some(is_so);
        facts.is_waiting = known(seen.open_since.is_some());
        facts.is_awaited = known(seen.awaited_since.is_some());
    }

    /// Returns when a relationship began, unless it may have been there before the sources were.
    fn begun(&self, one: &Relationship) -> Option<Moment> {
        let (at, _) = begun(self.people, one)?;
        let is_dated = one.ties.iter().any(|tie| tie.start == TieStart::Exact(at));
        (is_dated || self.settled <= at).then_some(at)
    }

    /// Returns what stands between us and them, and what is known not to: a list that is complete does not name it.
    fn ties(&self, accounts: &[&KnownAccount], one: &Relationship) -> BTreeMap<TieRole, bool> {
        let open = || one.ties.iter().filter(|tie| tie.end == TieEnd::Open);
        let seen: Vec<Coverage> = accounts.iter().flat_map(|known| self.own_lists(known)).collect();
        let role = |role: TieRole| {
            if open().any(|tie| is_role(tie, role, self.people.own.contains(&tie.from))) {
                return Some((role, true));
            }
            let is_known = !seen.is_empty() && seen.iter().all(|seen| is_listed(*seen, role));
            is_known.then_some((role, false))
        };
        TieRole::ALL.into_iter().filter_map(role).collect()
    }

    /// Returns what the sources of our accounts on an account's platform show.
    fn own_lists(&self, known: &KnownAccount) -> Vec<Coverage> {
        let ours = self.people.own.iter().filter(|own| {
            let own = self.people.accounts.get(own);
            own.is_some_and(|own| own.account.platform == known.account.platform)
        });
        ours.map(|own| self.people.coverage_of(*own)).collect()
    }
}

fn handles(known: &KnownAccount) -> Vec<String> {
    let ids = std::iter::once(known.account.key.id.clone()).chain(known.aliases.iter().cloned());
    handle_of(known).into_iter().chain(ids).collect()
}

fn is_role(tie: &Tie, role: TieRole, is_ours: bool) -> bool {
    match role {
        TieRole::Follower => !is_ours && matches!(tie.kind, TieKind::Follow | TieKind::Subscriber),
        TieRole::Following => is_ours && matches!(tie.kind, TieKind::Follow | TieKind::Subscriber),
        TieRole::Friend => tie.kind == TieKind::Friend,
        TieRole::Contact => is_ours && tie.kind == TieKind::Contact,
        TieRole::Member => tie.kind == TieKind::Member,
        TieRole::Endorser => tie.kind == TieKind::Endorser,
        TieRole::Block => is_ours && tie.kind == TieKind::Block,
        TieRole::Mute => is_ours && tie.kind == TieKind::Mute,
    }
}

/// Whether a source lists everybody in a role.
fn is_listed(seen: Coverage, role: TieRole) -> bool {
    let any = |kinds: TieKinds, of: &[TieKind]| of.iter().any(|kind| kinds.contains(*kind));
    let follows = [TieKind::Follow, TieKind::Subscriber];
    match role {
        TieRole::Follower => any(seen.ties_to, &follows),
        TieRole::Following => any(seen.ties_held, &follows),
        TieRole::Friend => any(seen.ties_held | seen.ties_to, &[TieKind::Friend]),
        TieRole::Contact => any(seen.ties_held, &[TieKind::Contact]),
        TieRole::Member => any(seen.ties_held | seen.ties_to, &[TieKind::Member]),
        TieRole::Endorser => any(seen.ties_held | seen.ties_to, &[TieKind::Endorser]),
        TieRole::Block => any(seen.ties_held, &[TieKind::Block]),
        TieRole::Mute => any(seen.ties_held, &[TieKind::Mute]),
    }
}
