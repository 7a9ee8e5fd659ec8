//! Turns the records of one repository into ties and interactions.
//!
//! Interactions go to the taker at once, ties when all are known. Of a post, each person it addresses hears once:
//! whoever is answered is not mentioned as well, though a mention opens almost every reply.

use std::{collections::BTreeSet, fmt::Write};

use rin_plugin::{
    prelude::{
        InteractionKind, InteractionRecord, Moment, ReadError, Record, RecordSink, TieKind,
        TieKinds, TieStart,
    },
    text::Labels,
};
use serde::Deserialize;

use super::{
    finding::{self, Issue, Tally},
    lexicon::{self, AtUri, Edge, List, ListItem, Pointer, Post, Profile, is_did},
    moment::{Made, made},
    ties::{Ties, cut},
};
use crate::mst::Found;

/// The longest name of an account, in bytes; the lexicon allows 64 characters.
const MAX_NAME: usize = 640;

/// What one repository yields, as far as it has been walked.
pub(super) struct Collector<'a> {
    sink: &'a mut dyn RecordSink,
    owner: &'a str,
    latest: Moment,
    undated: TieStart,
    id: String,
    /// Hashtags and links of the post at hand.
    labels: Labels,
    ties: Option<Ties<'a>>,
    incomplete: TieKinds,
    /// What was found on the way.
    pub(super) tally: Tally,
    /// The name the account shows.
    pub(super) name: String,
    /// The newest moment of any record that was used.
    pub(super) newest: Option<Moment>,
}

impl<'a> Collector<'a> {
    /// Starts with nothing; no record can have been written after `latest`, and `undated` is when a tie began
    /// whose record does not say.
    pub(super) fn new(
        sink: &'a mut dyn RecordSink,
        owner: &'a str,
        latest: Moment,
        undated: TieStart,
    ) -> Self {
        Self {
            sink,
            owner,
            latest,
            undated,
            id: String::new(),
            labels: Labels::default(),
            ties: Some(Ties::new(owner)),
            incomplete: TieKinds::NONE,
            tally: Tally::default(),
            name: String::new(),
            newest: None,
        }
    }

    /// Takes one record of the repository.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] if the taker wants no more.
    pub(super) fn take(&mut self, found: Found<'_>) -> Result<(), ReadError> {
        self.labels.clear();
        let Some(block) = found.block else {
            self.lose(&finding::LOST_RECORDS, found);
            return Ok(());
        };
        match found.collection {
            lexicon::LIKE => return self.pointer(found, block, InteractionKind::Reaction),
            lexicon::REPOST => return self.pointer(found, block, InteractionKind::Share),
            lexicon::POST => return self.post(found, block),
            lexicon::FOLLOW => return self.edge(found, block, TieKind::Follow),
            lexicon::BLOCK => return self.edge(found, block, TieKind::Block),
            lexicon::LIST => self.list(found, block),
            lexicon::LIST_ITEM => return self.list_item(found, block),
            lexicon::PROFILE => self.profile(found, block),
            lexicon::LIST_BLOCK => self.tally.add(&finding::LIST_BLOCKED, found.place),
            other => self.tally.add_about(&finding::OTHER_RECORDS, other, found.place),
        }
        Ok(())
    }

    /// Returns which ties of the account are all there, provided the whole tree was walked.
    pub(super) fn complete_ties(&self) -> TieKinds {
        let complete: Vec<TieKind> = [TieKind::Follow, TieKind::Block]
            .into_iter()
            .filter(|kind| !self.incomplete.contains(*kind))
            .collect();
        TieKinds::of(&complete)
    }

    /// Leaves the ties out: a newer export of the same account has told them.
    pub(super) fn leave_ties_out(&mut self) {
        self.ties = None;
    }

    /// Gives the ties that are still kept to the taker.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] if the taker wants no more.
    pub(super) fn finish(mut self) -> Result<Finished, ReadError> {
        if let Some(ties) = &mut self.ties {
            ties.give(self.sink, &mut self.tally)?;
        }
        Ok(Finished { tally: self.tally, name: self.name, newest: self.newest })
    }

    fn pointer(
        &mut self,
        found: Found<'_>,
        block: &[u8],
        kind: InteractionKind,
    ) -> Result<(), ReadError> {
        let Some(pointer) = self.decode::<Pointer<'_>>(found, block) else { return Ok(()) };
        let Some(author) = self.author(pointer.subject.uri, found) else { return Ok(()) };
        let Some(at) = self.date(pointer.created_at, found) else { return Ok(()) };
        self.interaction(found, kind, author, at)
    }

    fn post(&mut self, found: Found<'_>, block: &[u8]) -> Result<(), ReadError> {
        let Some(post) = self.decode::<Post<'_>>(found, block) else { return Ok(()) };
        let parent = post.parent().and_then(|uri| self.author(uri, found));
        let quoted = post.quoted().and_then(|uri| self.author(uri, found));
        let mut mentioned = BTreeSet::new();
        for did in post.mentions() {
            if !is_did(did) {
                self.tally.add(&finding::NO_DID, found.place);
            } else if Some(did) != parent {
                mentioned.insert(did);
            }
        }
        if parent.is_none() && quoted.is_none() && mentioned.is_empty() {
            return Ok(());
        }
        let Some(at) = self.date(post.created_at, found) else { return Ok(()) };
        post.take_labels(&mut self.labels);
        let answer = parent.map(|author| (InteractionKind::Reply, author));
        let quote = quoted.map(|author| (InteractionKind::Quote, author));
        let mentions = mentioned.into_iter().map(|did| (InteractionKind::Mention, did));
        for (kind, to) in answer.into_iter().chain(mentions).chain(quote) {
            self.interaction(found, kind, to, at)?;
        }
        Ok(())
    }

    fn edge(&mut self, found: Found<'_>, block: &[u8], kind: TieKind) -> Result<(), ReadError> {
        let Some(edge) = self.decode::<Edge<'_>>(found, block) else { return Ok(()) };
        let start = self.tie_start(edge.subject, edge.created_at, found);
        if let (Some(start), Some(ties)) = (start, &mut self.ties)
            && ties.hold(kind, edge.subject, start)
        {
            self.tally.add(&finding::DUPLICATE_TIE, found.place);
        }
        self.relieve()
    }

    fn list(&mut self, found: Found<'_>, block: &[u8]) {
        let list = self.decode::<List<'_>>(found, block);
        if let (Some(list), Some(ties)) = (list, &mut self.ties) {
            ties.name_list(found.rkey, &list);
        }
    }

    fn list_item(&mut self, found: Found<'_>, block: &[u8]) -> Result<(), ReadError> {
        let Some(item) = self.decode::<ListItem<'_>>(found, block) else { return Ok(()) };
        let start = self.tie_start(item.subject, item.created_at, found);
        if let (Some(start), Some(ties)) = (start, &mut self.ties)
            && !ties.put_in_list(item.list, item.subject, start)
        {
            self.tally.add(&finding::UNKNOWN_LIST, found.place);
        }
        self.relieve()
    }

    /// Tells the ties known so far if they have become too many to keep.
    fn relieve(&mut self) -> Result<(), ReadError> {
        if let Some(ties) = self.ties.as_mut().filter(|ties| ties.is_full()) {
            ties.give(self.sink, &mut self.tally)?;
        }
        Ok(())
    }

    fn profile(&mut self, found: Found<'_>, block: &[u8]) {
        let Some(profile) = self.decode::<Profile<'_>>(found, block) else { return };
        if found.rkey == "self" {
            cut(profile.display_name.unwrap_or_default(), MAX_NAME).clone_into(&mut self.name);
        }
    }

    fn decode<'b, T: Deserialize<'b>>(&mut self, found: Found<'_>, block: &'b [u8]) -> Option<T> {
        let decoded = serde_ipld_dagcbor::from_slice(block).ok();
        if decoded.is_none() {
            self.lose(&finding::BAD_RECORD, found);
        }
        decoded
    }

    /// Counts a record that cannot be used and remembers that ties of its kind are incomplete.
    fn lose(&mut self, issue: &'static Issue, found: Found<'_>) {
        self.tally.add_about(issue, found.collection, found.place);
        let kind = match found.collection {
            lexicon::FOLLOW => TieKinds::of(&[TieKind::Follow]),
            lexicon::BLOCK => TieKinds::of(&[TieKind::Block]),
            _ => TieKinds::NONE,
        };
        self.incomplete = self.incomplete | kind;
    }

    /// Returns who wrote the post an at-URI names; what is no post addresses nobody.
    fn author<'u>(&mut self, uri: &'u str, found: Found<'_>) -> Option<&'u str> {
        let Some(uri) = AtUri::parse(uri).filter(|uri| is_did(uri.authority)) else {
            self.tally.add(&finding::NO_DID, found.place);
            return None;
        };
        if uri.collection != lexicon::POST {
            self.tally.add(&finding::NOT_A_POST, found.place);
            return None;
        }
        Some(uri.authority)
    }

    /// Returns when a tie to `subject` began; `None` if there is no such tie.
    fn tie_start(
        &mut self,
        subject: &str,
        claim: Option<&str>,
        found: Found<'_>,
    ) -> Option<TieStart> {
        if !is_did(subject) {
            self.tally.add(&finding::NO_DID, found.place);
            return None;
        }
        if subject == self.owner {
            self.tally.add(&finding::TO_SELF, found.place);
            return None;
        }
        Some(self.date(claim, found).map_or(self.undated, TieStart::Exact))
    }

    fn date(&mut self, claim: Option<&str>, found: Found<'_>) -> Option<Moment> {
        let made = made(claim, found.rkey, self.latest);
        match made {
            Made::Claimed(_) => {}
            Made::ByKey(_) => self.tally.add(&finding::ODD_DATE, found.place),
            Made::Unknown => self.tally.add(&finding::NO_DATE, found.place),
        }
        let at = made.moment();
        self.newest = self.newest.max(at);
        at
    }

    fn interaction(
        &mut self,
        found: Found<'_>,
        kind: InteractionKind,
        to: &str,
        at: Moment,
    ) -> Result<(), ReadError> {
        if to == self.owner {
            self.tally.add(&finding::TO_SELF, found.place);
            return Ok(());
        }
        self.id.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.id, "at://{}/{}/{}", self.owner, found.collection, found.rkey);
        let record = InteractionRecord {
            id: &self.id,
            at,
            from: self.owner,
            to,
            kind,
            labels: self.labels.as_str(),
        };
        Ok(self.sink.record(Record::Interaction(record))?)
    }
}

/// What is left when the ties are given away.
pub(super) struct Finished {
    pub(super) tally: Tally,
    pub(super) name: String,
    pub(super) newest: Option<Moment>,
}

impl Finished {
    /// Whether the file holds every record its tree names.
    pub(super) fn lost_nothing(&self) -> bool {
        !self.tally.has(&finding::LOST_RECORDS)
    }
}
