//! The web of ties as nodes and edges: a node for each party, an edge for each kind of tie and for who wrote to whom.
//!
//! Who wrote to whom is an edge of kind `interaction` in each direction, weighted by how many there were. What we received
//! is left out where no source covers it: an edge that is missing is not known to be none.

use std::collections::BTreeMap;

use rin_core::{AccountId, PartyId, TieEnd, TieStart, TieState};

use super::{Source, kind};
use crate::{SessionError, time::iso_date};

/// Everybody and what is between them.
pub(super) struct Graph {
    /// As of which day, ISO 8601.
    pub(super) as_of: String,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// A party.
pub(super) struct Node {
    pub(super) party: u32,
    pub(super) name: String,
    pub(super) is_own: bool,
    pub(super) kind: Option<&'static str>,
    pub(super) platforms: String,
    pub(super) tags: String,
    pub(super) campaign: Option<String>,
    pub(super) level: Option<&'static str>,
    pub(super) alive: Option<f64>,
    pub(super) contact_days: Option<u32>,
}

/// What one party holds towards another on one platform.
pub(super) struct Edge {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) kind: &'static str,
    pub(super) platform: String,
    /// How many interactions, else 1.
    pub(super) weight: u64,
    /// When it stood, the first period first; beginnings and ends that are not known are missing.
    pub(super) spells: Vec<Spell>,
}

/// First and last day of a period, ISO 8601.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spell {
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
}

/// From whom to whom, what and where.
type Key = (PartyId, PartyId, &'static str, String);

impl Source<'_> {
    pub(super) fn graph(&self) -> Result<Graph, SessionError> {
        let mut edges = self.tied()?;
        self.contacts(&mut edges)?;
        let edges = edges.into_iter().map(|((from, to, kind, platform), (weight, spells))| Edge {
            from: from.get(),
            to: to.get(),
            kind,
            platform,
            weight,
            spells,
        });
        let as_of = self.people.covered_until(self.request.now).unwrap_or(self.request.now);
        Ok(Graph {
            as_of: iso_date(as_of, &self.session.zone),
            nodes: self.nodes()?,
            edges: edges.collect(),
        })
    }

    fn nodes(&self) -> Result<Vec<Node>, SessionError> {
        let (tags, origins) = (self.tags_of()?, self.origins()?);
        let model = self.session.model(self.reader, self.people)?;
        let node = |(&party, accounts): (&PartyId, &Vec<AccountId>)| {
            let one = self.people.relationships.get(&party);
            let seen = one.and_then(|one| self.people.assess(party, one, self.request.now, &model));
            Node {
                party: party.get(),
                name: self.name(party),
                is_own: accounts.iter().any(|account| self.people.own.contains(account)),
                kind: kind(self.people, accounts),
                platforms: self.platforms(accounts).join(";"),
                tags: tags.get(&party).map(|tags| tags.join(";")).unwrap_or_default(),
                campaign: origins.campaign_of(party).map(str::to_owned),
                level: seen.map(|seen| seen.level.name()),
                alive: seen.map(|seen| seen.alive),
                contact_days: seen.map(|seen| seen.contact_days),
            }
        };
        Ok(self.by_party.iter().map(node).collect())
    }

    fn tied(&self) -> Result<BTreeMap<Key, (u64, Vec<Spell>)>, SessionError> {
        let day = |at| iso_date(at, &self.session.zone);
        let mut edges: BTreeMap<Key, (u64, Vec<Spell>)> = BTreeMap::new();
        self.reader.each_tie(|tie| {
            let Some(key) = self.key(tie.from, tie.to, tie.kind.name()) else { return };
            let start = match tie.start {
                TieStart::Unknown => None,
                TieStart::AtOrBefore(at) | TieStart::Exact(at) => Some(day(at)),
            };
            let end = match tie.end {
                TieEnd::Open => None,
                TieEnd::Exact(at) | TieEnd::Between { after: at, .. } => Some(day(at)),
            };
            let spells = &mut edges.entry(key).or_insert((1, Vec::new())).1;
            spells.push(Spell { start, end });
            spells.sort();
        })?;
        Ok(edges)
    }

    fn contacts(&self, edges: &mut BTreeMap<Key, (u64, Vec<Spell>)>) -> Result<(), SessionError> {
        let mut states: BTreeMap<Key, TieState> = BTreeMap::new();
        let mut take = |from, to, state: &TieState| {
            if let Some(key) = self.key(from, to, "interaction") {
                states.entry(key).or_default().merge(state);
            }
        };
        self.reader.each_own_state(|pair| {
            take(pair.own, pair.other, &pair.state);
            if self.people.coverage_between(pair.own, pair.other).sees_received() {
                take(pair.other, pair.own, &pair.state.flipped());
            }
        })?;
        self.reader.each_other_state(|pair| {
            take(pair.ends.0, pair.ends.1, &pair.state);
            take(pair.ends.1, pair.ends.0, &pair.state.flipped());
        })?;
        let day = |at| Some(iso_date(at, &self.session.zone));
        for (key, state) in states {
            if let Some(sent) = state.sent() {
                let spell = Spell { start: day(sent.first), end: day(sent.last) };
                edges.insert(key, (state.counts().1, vec![spell]));
            }
        }
        Ok(())
    }

    /// Returns what an edge is known by; `None` within one party.
    fn key(&self, from: AccountId, to: AccountId, kind: &'static str) -> Option<Key> {
        let known = self.people.accounts.get(&from)?;
        let (party, other) = (known.account.party, self.people.party_of(to)?);
        (party != other).then(|| (party, other, kind, known.account.key.platform.clone()))
    }
}
