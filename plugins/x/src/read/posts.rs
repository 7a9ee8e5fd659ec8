//! What the owner posted and to whom, as dated interactions.
//!
//! Whom a quote or a share by name alone concerns is decided once all posts are read, because which account a handle
//! belonged to may stand in a later one.

use std::collections::HashSet;

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::{InteractionKind, Moment, ReadError, Stop},
    text::Labels,
};

use super::{
    desk::{Desk, Event},
    people::Person,
    post::{Answer, Post, Share},
    script,
};

/// A post takes some kilobytes, and parsed JSON may take eighty times its length in memory.
pub(super) const MAX_POST: usize = 1 << 20;
/// Own posts remembered, and interactions by name kept until the end; beyond it a name is not looked up.
const REMEMBERED: usize = 500_000;
const KEPT: usize = 100_000;

/// Reads posts.
#[derive(Debug, Default)]
pub(super) struct Posts {
    own: HashSet<u64>,
    by_name: Vec<ByName>,
    labels: Labels,
    /// How many posts there were.
    pub(super) count: u64,
}

/// An interaction with somebody of whom only the handle is known so far.
#[derive(Debug)]
struct ByName {
    id: String,
    at: Moment,
    handle: String,
    /// The post quoted: it may turn out to be an own one.
    post: String,
    kind: InteractionKind,
    labels: String,
    file: String,
    place: u64,
}

/// Where a post stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) file: &'p str,
    pub(super) place: u64,
}

impl Posts {
    /// Reads a file of posts; `false` if something of it is missing.
    pub(super) fn file(
        &mut self,
        archive: &Archive<'_>,
        file: &ArchiveFile,
        expected: Option<u64>,
        desk: &mut Desk<'_>,
    ) -> Result<bool, ReadError> {
        let read = script::each_item(archive, file, MAX_POST, |item| {
            desk.progress(item.index, item.place);
            let place = Place { file: file.name(), place: item.place };
            let Some((value, is_mended)) = script::parse(item.bytes) else {
                desk.note("bad-item", place.file, place.place);
                return Ok(());
            };
            if is_mended {
                desk.note("mended", place.file, place.place);
            }
            if let Some(post) = Post::parse(&value, desk.now) {
                return self.post(&post, place, desk);
            }
            desk.note("bad-item", place.file, place.place);
            Ok(())
        });
        desk.close(file, read, expected)
    }

    /// Reports what one post is to others.
    pub(super) fn post(
        &mut self,
        post: &Post<'_>,
        place: Place<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<(), Stop> {
        self.count += 1;
        self.remember(&post.id);
        let Some(at) = post.dated.at else {
            desk.note("no-date", place.file, place.place);
            return Ok(());
        };
        if post.dated.is_odd {
            desk.note("odd-date", place.file, place.place);
        }
        desk.seen.add(at);
        for person in &post.mentions {
            desk.name(*person, at)?;
        }
        self.labels.clear();
        post.take_labels(&mut self.labels);
        if let Some(share) = &post.shares {
            return self.share(post, share, (at, place), desk);
        }
        if 0 < post.gone {
            desk.note("gone", place.file, place.place);
        }
        let answered = match &post.answers {
            Some(answer) => self.answer(post, answer, (at, place), desk)?,
            None => None,
        };
        for person in &post.mentions {
            if person.id != desk.owner.id && answered.as_deref() != Some(person.id) {
                self.send(&post.id, person.id, (InteractionKind::Mention, at), desk)?;
            }
        }
        for quote in &post.quotes {
            let named = (quote.handle, quote.post, InteractionKind::Quote);
            self.by_name(&post.id, named, (at, place), desk);
        }
        Ok(())
    }

    /// Reports whom a post answers, and returns their id.
    fn answer(
        &mut self,
        post: &Post<'_>,
        answer: &Answer<'_>,
        (at, place): (Moment, Place<'_>),
        desk: &mut Desk<'_>,
    ) -> Result<Option<String>, Stop> {
        let is_own = answer.post.as_deref().is_some_and(|answered| self.is_own(answered));
        match &answer.id {
            Some(id) if *id == desk.owner.id || is_own => {
                desk.note("own-post", place.file, place.place);
                Ok(Some(id.clone()))
            }
            Some(id) => {
                let person = Person { id, handle: answer.handle, name: "" };
                desk.name(person, at)?;
                self.send(&post.id, id, (InteractionKind::Reply, at), desk)?;
                Ok(Some(id.clone()))
            }
            // A mention may be of anybody in the conversation, so none is taken for the writer.
            None => {
                desk.note("reply-author-unknown", place.file, place.place);
                Ok(None)
            }
        }
    }

    fn share(
        &mut self,
        post: &Post<'_>,
        share: &Share<'_>,
        (at, place): (Moment, Place<'_>),
        desk: &mut Desk<'_>,
    ) -> Result<(), Stop> {
        match share {
            Share::By(id) if **id == *desk.owner.id => {
                desk.note("own-post", place.file, place.place);
                Ok(())
            }
            Share::By(id) => self.send(&post.id, id, (InteractionKind::Share, at), desk),
            Share::Named(handle) => {
                self.by_name(&post.id, (handle, "", InteractionKind::Share), (at, place), desk);
                Ok(())
            }
        }
    }

    fn send(
        &self,
        id: &str,
        to: &str,
        (kind, at): (InteractionKind, Moment),
        desk: &mut Desk<'_>,
    ) -> Result<(), Stop> {
        let from = desk.owner.id.clone();
        desk.send(Event { id, at, from: &from, to, kind, labels: self.labels.as_str() })
    }

    /// Keeps an interaction by name until all posts are read.
    fn by_name(
        &mut self,
        id: &str,
        (handle, post, kind): (&str, &str, InteractionKind),
        (at, place): (Moment, Place<'_>),
        desk: &mut Desk<'_>,
    ) {
        if KEPT <= self.by_name.len() {
            desk.note("too-many-names", place.file, place.place);
            return;
        }
        self.by_name.push(ByName {
            id: id.to_owned(),
            at,
            handle: handle.to_owned(),
            post: post.to_owned(),
            kind,
            labels: self.labels.as_str().to_owned(),
            file: place.file.to_owned(),
            place: place.place,
        });
    }

    /// Reports the interactions by name, once all posts are read.
    pub(super) fn finish(&mut self, desk: &mut Desk<'_>) -> Result<(), Stop> {
        for named in std::mem::take(&mut self.by_name) {
            let is_own = named.handle.eq_ignore_ascii_case(&desk.owner.handle)
                || desk.people.id_of(&named.handle) == Some(desk.owner.id.as_str())
                || self.is_own(&named.post);
            if is_own {
                desk.note("own-post", &named.file, named.place);
                continue;
            }
            let known = desk.people.id_of(&named.handle).map(str::to_owned);
            if known.is_none() {
                desk.note("by-name", &named.file, named.place);
                let id = format!("@{}", named.handle.to_lowercase());
                desk.name(Person { id: &id, handle: &named.handle, name: "" }, named.at)?;
            }
            let to = known.unwrap_or_else(|| format!("@{}", named.handle.to_lowercase()));
            let from = desk.owner.id.clone();
            let ByName { id, at, kind, labels, .. } = &named;
            desk.send(Event { id, at: *at, from: &from, to: &to, kind: *kind, labels })?;
        }
        Ok(())
    }

    fn is_own(&self, post: &str) -> bool {
        post.parse().is_ok_and(|id: u64| self.own.contains(&id))
    }

    fn remember(&mut self, id: &str) {
        if let Ok(id) = id.parse()
            && self.own.len() < REMEMBERED
        {
            self.own.insert(id);
        }
    }
}
