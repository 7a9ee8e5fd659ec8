//! What the owner wrote and to whom: the items of `outbox.json` as dated interactions.
//!
//! An item names a post by URI and people by mention, so whom a reply answers is worked out: by the actor whose URI
//! the post's begins with, by the name in its path, or by the only one mentioned from its server. A guess beyond that
//! would move contacts from one person to another; it is counted instead.

use std::collections::{HashMap, HashSet};

use rin_plugin::{
    archive::{Fault, Findings, OwnedFinding},
    prelude::{
        AccountRecord, InteractionKind, InteractionRecord, Moment, Record, RecordSink, Severity,
        Stop,
    },
    text::{Item, Items, Labels},
};

use super::{
    activity::{Activity, Mention, Note, Object, is_collection},
    actor::{self, Owner},
    address::{self, Address, Author},
    hash_of, say,
};

const DAY_MS: i64 = 86_400_000;
/// Accounts and own posts remembered, so that a hostile outbox cannot fill the memory; beyond it an account is
/// reported again, which changes nothing.
const REMEMBERED: usize = 500_000;

/// Reads the items of one outbox.
pub(crate) struct Outbox<'a> {
    owner: &'a Owner,
    file: &'a str,
    now: Moment,
    sink: &'a mut dyn RecordSink,
    findings: &'a mut Findings,
    /// Hashtags and links of the post at hand; none while it is private.
    labels: Labels,
    reported: HashMap<String, u64>,
    own_posts: HashSet<u64>,
    /// The earliest item.
    pub(crate) first: Option<Moment>,
    /// The latest item.
    pub(crate) last: Option<Moment>,
}

/// The other side of an interaction.
struct Party<'a> {
    id: String,
    mention: Option<Mention<'a>>,
}

impl<'a> Outbox<'a> {
    pub(crate) fn new(
        owner: &'a Owner,
        file: &'a str,
        now: Moment,
        sink: &'a mut dyn RecordSink,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            owner,
            file,
            now,
            sink,
            findings,
            labels: Labels::default(),
            reported: HashMap::new(),
            own_posts: HashSet::new(),
            first: None,
            last: None,
        }
    }

    /// Reads one item.
    pub(crate) fn item(&mut self, item: Item<'_>) -> Result<(), Stop> {
        let place = item.index + 1;
        self.labels.clear();
        let Some(activity) = Activity::parse(item.bytes) else {
            self.note("bad-item", place);
            return Ok(());
        };
        let activity = activity.or_post_by(&self.owner.id, item.bytes);
        if activity.actor().is_some_and(|actor| actor != self.owner.id) {
            self.note("foreign-item", place);
            return Ok(());
        }
        let Some(at) = activity.published().and_then(actor::moment) else {
            self.note("no-date", place);
            return Ok(());
        };
        // A day's grace for clocks and zones.
        if self.now.unix_ms().saturating_add(DAY_MS) < at.unix_ms() {
            self.note("future-date", place);
            return Ok(());
        }
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.last = Some(self.last.map_or(at, |last| last.max(at)));
        match (activity.kind(), &activity.object) {
            ("Create", Object::Note(note)) => self.post(&activity, note, at, place),
            ("Announce", Object::Uri(_) | Object::Note(_)) => {
                self.pass_on(&activity, InteractionKind::Share, at, place)
            }
            ("Like", Object::Uri(_) | Object::Note(_)) => {
                self.pass_on(&activity, InteractionKind::Reaction, at, place)
            }
            _ => {
                self.note("unknown-item", place);
                Ok(())
            }
        }
    }

    /// Notes that the file breaks off.
    pub(crate) fn fail(&mut self, fault: Fault) {
        self.findings.add(OwnedFinding::new(Severity::Error, self.file, fault));
    }

    /// Notes what of a file that was read to its end is missing.
    pub(crate) fn note_items(&mut self, items: Items, is_part: bool) {
        if 0 < items.too_long {
            let finding = say::finding("too-long-item", self.file, items.first_too_long);
            self.findings.add(OwnedFinding { count: items.too_long, ..finding });
        }
        match (items.arrays, is_part) {
            (_, true) => self.note("part-of-collection", 0),
            (0, false) => self.note("no-items", 0),
            _ => {}
        }
    }

    /// Says how far the reading is.
    pub(crate) fn progress(&mut self, done: u64, total: u64) {
        self.sink.progress(done.min(total), total);
    }

    fn post(
        &mut self,
        activity: &Activity,
        note: &Note,
        at: Moment,
        place: u64,
    ) -> Result<(), Stop> {
        let Some(id) = note.id().or(activity.id()) else {
            self.note("bad-item", place);
            return Ok(());
        };
        self.remember_own(id);
        let mentions = note.mentions();
        let others: Vec<Mention<'_>> =
            mentions.into_iter().filter(|mention| mention.href != self.owner.id).collect();
        let audience = activity.audience();
        if !audience.iter().any(|uri| self.is_many(uri)) {
            return self.message(id, &audience, &others, (at, place));
        }
        note.take_labels(&mut self.labels);
        let answered = self.answered(note, &others, place);
        let quoted = self.quoted(note, &others, place);
        for (party, kind) in
            [(answered.as_ref(), InteractionKind::Reply), (quoted.as_ref(), InteractionKind::Quote)]
        {
            if let Some(party) = party {
                self.send(id, party, kind, at)?;
            }
        }
        for mention in others {
            let is_answered = answered.as_ref().is_some_and(|party| party.is(mention));
            if !is_answered {
                self.send(id, &Party::of(mention), InteractionKind::Mention, at)?;
            }
        }
        Ok(())
    }

    /// A post that only those addressed can see: a message to each of them.
    fn message(
        &mut self,
        id: &str,
        audience: &[&str],
        others: &[Mention<'_>],
        (at, place): (Moment, u64),
    ) -> Result<(), Stop> {
        let named: HashMap<&str, Mention<'_>> =
            others.iter().map(|mention| (mention.href, *mention)).collect();
        let mut seen = HashSet::new();
        for uri in audience.iter().copied().chain(others.iter().map(|mention| mention.href)) {
            if uri == self.owner.id || !seen.insert(uri) {
                continue;
            }
            let party = Party { id: uri.to_owned(), mention: named.get(uri).copied() };
            self.send(id, &party, InteractionKind::Message, at)?;
        }
        if seen.is_empty() {
            self.note("to-nobody", place);
        }
        Ok(())
    }

    /// A boost, or a like where software dates them: of the post's author.
    fn pass_on(
        &mut self,
        activity: &Activity,
        kind: InteractionKind,
        at: Moment,
        place: u64,
    ) -> Result<(), Stop> {
        let (uri, by) = match &activity.object {
            Object::Uri(uri) => (uri.as_str(), None),
            Object::Note(note) => (note.id().unwrap_or_default(), note.attributed_to()),
            Object::None => ("", None),
        };
        if by == Some(self.owner.id.as_str()) || self.is_own(uri) {
            self.note("own-post", place);
            return Ok(());
        }
        let people: Vec<&str> = activity
            .audience()
            .into_iter()
            .filter(|to| !self.is_many(to) && *to != self.owner.id)
            .collect();
        let below = |actor: &&&str| address::is_below(uri, actor);
        let author = by
            .or_else(|| people.iter().find(below).copied())
            .or(if let [one] = people.as_slice() { Some(*one) } else { None });
        let by_actor = author.map(|actor| Party { id: actor.to_owned(), mention: None });
        let by_path = || address::author(uri).map(|author| Party::from_author(author, &[]));
        let Some(party) = by_actor.or_else(by_path) else {
            self.note("boost-author-unknown", place);
            return Ok(());
        };
        let id = activity.id().unwrap_or(uri);
        self.send(id, &party, kind, at)
    }

    fn answered<'m>(
        &mut self,
        note: &Note,
        others: &[Mention<'m>],
        place: u64,
    ) -> Option<Party<'m>> {
        let uri = note.in_reply_to()?;
        if self.is_own(uri) {
            self.note("own-post", place);
            return None;
        }
        let party = author_of(uri, others);
        if party.is_none() {
            self.note("reply-author-unknown", place);
        }
        party
    }

    fn quoted<'m>(&mut self, note: &Note, others: &[Mention<'m>], place: u64) -> Option<Party<'m>> {
        let uri = note.quote()?;
        if self.is_own(uri) {
            self.note("own-post", place);
            return None;
        }
        let party = author_of(uri, others);
        if party.is_none() {
            self.note("quote-author-unknown", place);
        }
        party
    }

    /// Reports one interaction, and its other side before it.
    fn send(
        &mut self,
        id: &str,
        party: &Party<'_>,
        kind: InteractionKind,
        at: Moment,
    ) -> Result<(), Stop> {
        self.report(party)?;
        let from = &self.owner.id;
        self.sink.record(Record::Interaction(InteractionRecord {
            id,
            at,
            from,
            to: &party.id,
            kind,
            labels: self.labels.as_str(),
        }))
    }

    /// Reports an account the first time, and again when a mention calls it by another address.
    fn report(&mut self, party: &Party<'_>) -> Result<(), Stop> {
        let named = party.mention.and_then(|mention| self.address(mention));
        let is_named = named.is_some();
        let address = named
            .or_else(|| Address::of_actor(&party.id))
            .or_else(|| Address::parse(party.id.strip_prefix("acct:")?, None));
        let said = address.as_ref().map_or(0, hash_of);
        match self.reported.get(&party.id) {
            Some(known) if *known == said || !is_named => return Ok(()),
            _ => {}
        }
        if REMEMBERED <= self.reported.len() {
            self.reported.clear();
        }
        self.reported.insert(party.id.clone(), said);
        let (alias, handle) = match &address {
            Some(address) => (address.id(), address.handle()),
            None => Default::default(),
        };
        let alias = if alias == party.id { "" } else { &alias };
        // Only the first of many mentions is told, and which one that is depends on how an export was cut: so the
        // report carries no moment, and two of them join the same way in any order.
        let account =
            AccountRecord { id: &party.id, alias, handle: &handle, ..AccountRecord::default() };
        self.sink.record(Record::Account(account))
    }

    /// Returns the address a mention gives. A name without a host belongs to the server of the one who wrote it; where
    /// the mentioned actor lives elsewhere all the same, the actor's host is the better witness.
    fn address(&self, mention: Mention<'_>) -> Option<Address> {
        let actor_host = address::host_of(mention.href);
        let is_local = actor_host == address::host_of(&self.owner.id);
        let host =
            if is_local { self.owner.host().map(str::to_owned).or(actor_host) } else { actor_host };
        Address::parse(mention.name, host.as_deref())
    }

    /// Whether an address of an audience is everybody or somebody's followers.
    fn is_many(&self, uri: &str) -> bool {
        is_collection(uri) || self.owner.followers.as_deref() == Some(uri)
    }

    fn is_own(&self, uri: &str) -> bool {
        self.owner.is_own(uri) || self.own_posts.contains(&hash_of(uri))
    }

    /// Remembers an own post whose URI does not show that it is.
    fn remember_own(&mut self, id: &str) {
        if !self.owner.is_own(id) && self.own_posts.len() < REMEMBERED {
            self.own_posts.insert(hash_of(id));
        }
    }

    fn note(&mut self, code: &'static str, place: u64) {
        self.findings.add(say::finding(code, self.file, place));
    }
}

impl<'a> Party<'a> {
    fn of(mention: Mention<'a>) -> Self {
        Self { id: mention.href.to_owned(), mention: Some(mention) }
    }

    /// Makes it of what a post's URI shows; a mention of the same name on the same host gives the actor's own URI.
    fn from_author(author: Author, others: &[Mention<'a>]) -> Self {
        let (id, address) = match author {
            Author::Actor(uri) => {
                let address = Address::of_actor(&uri);
                (uri, address)
            }
            Author::Address(address) => (address.id(), Some(address)),
        };
        let same = |mention: &&Mention<'a>| {
            let host = address::host_of(mention.href);
            let named = Address::parse(mention.name, host.as_deref());
            address.is_some() && (named == address || Address::of_actor(mention.href) == address)
        };
        match others.iter().find(same) {
            Some(mention) => Self::of(*mention),
            None => Self { id, mention: None },
        }
    }

    fn is(&self, mention: Mention<'_>) -> bool {
        self.id == mention.href
    }
}

/// Returns who wrote the post of that URI, as far as the URI and the mentions beside it show.
fn author_of<'a>(uri: &str, others: &[Mention<'a>]) -> Option<Party<'a>> {
    if let Some(mention) = others.iter().find(|mention| address::is_below(uri, mention.href)) {
        return Some(Party::of(*mention));
    }
    if let Some(author) = address::author(uri) {
        return Some(Party::from_author(author, others));
    }
    let host = address::host_of(uri)?;
    let mut near = others.iter().filter(|m| address::host_of(m.href).as_ref() == Some(&host));
    match (near.next(), near.next()) {
        (Some(mention), None) => Some(Party::of(*mention)),
        _ => None,
    }
}
