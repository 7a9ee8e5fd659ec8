//! The user's own words for people: added, taken away, listed with the weight that `rin.toml` gives them.

use rin_core::{Filter, Moment, PartyId, Text};
use rin_store::{Store, StoreError, Tag};
use serde::Serialize;

use crate::{
    Lang, MatchRequest, Session, SessionError,
    decide::name,
    party::find,
    people::{People, clean},
    time::iso_date,
};

/// Somebody and a word for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TagRequest<'a> {
    /// Their number, handle, or a part of their name.
    pub who: &'a str,
    /// The word; letter case and outer spaces do not matter.
    pub tag: &'a str,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A tag given or taken away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TagView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// The word.
    pub tag: String,
    /// Whether anything changed.
    pub is_changed: bool,
    /// The same as a sentence.
    pub said: String,
}

/// Everybody a filter is about, and a word for them.
#[derive(Clone, PartialEq, Debug)]
pub struct TagManyRequest<'a> {
    /// Whom it is about.
    pub filter: Filter,
    /// The word; letter case and outer spaces do not matter.
    pub tag: &'a str,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A tag given to many or taken away from them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TagManyView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The word.
    pub tag: String,
    /// The filter in its one spelling.
    pub filter: String,
    /// How many it is about.
    pub matching: usize,
    /// For how many of them anything changed.
    pub changed: usize,
    /// The same as a sentence.
    pub said: String,
    /// What to know about the filter, as sentences.
    pub remarks: Vec<String>,
}

/// All tags.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TagsView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// By word, then by party.
    pub tags: Vec<TagRow>,
}

/// One tag of one party.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TagRow {
    /// The word.
    pub tag: String,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// Since when, ISO 8601.
    pub since: String,
    /// What it weighs in a plan; `None` if `rin.toml` does not say.
    pub weight: Option<f64>,
}

/// Why a tag cannot be given.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TagError {
    /// The word is empty or longer than a word is.
    #[error("`{tag}` is no tag")]
    NoTag {
        /// What was given.
        tag: String,
    },
}

impl TagError {
    pub(crate) fn remedy(&self) -> Text {
        let Self::NoTag { .. } = self;
        Text {
            en: "A tag is a word or a few, up to 60 letters, for example: patron".to_owned(),
            de: "Ein Schlagwort hat ein Wort oder wenige, bis 60 Zeichen, zum Beispiel: Förderer"
                .to_owned(),
        }
    }
}

impl Session {
    /// Tags somebody.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, the word is none, or the store cannot be written.
    pub fn add_tag(&mut self, request: &TagRequest<'_>) -> Result<TagView, SessionError> {
        let tag = word(request.tag)?;
        let people = People::read(&self.store.read()?)?;
        let party = find(&people, request.who)?;
        let one = Tag { party, tag: tag.clone(), since: request.now };
        let is_changed = self.store.add_tag(&one)?;
        let name = name(&people, party);
        let said = if is_changed {
            request.lang.pick(
                format!("{name} is tagged: {tag}."),
                format!("{name} ist verschlagwortet: {tag}."),
            )
        } else {
            request.lang.pick(
                format!("{name} was tagged so before: {tag}."),
                format!("{name} trug das schon: {tag}."),
            )
        };
        Ok(TagView { schema: "rin.tag/1", party: party.get(), name, tag, is_changed, said })
    }

    /// Takes a tag away.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be written.
    pub fn remove_tag(&mut self, request: &TagRequest<'_>) -> Result<TagView, SessionError> {
        let tag = word(request.tag)?;
        let people = People::read(&self.store.read()?)?;
        let party = find(&people, request.who)?;
        let is_changed = self.store.remove_tag(party, &tag)?;
        let name = name(&people, party);
        let said = if is_changed {
            request.lang.pick(
                format!("{name} is no longer tagged: {tag}."),
                format!("{name} trägt nicht mehr: {tag}."),
            )
        } else {
            request.lang.pick(
                format!("{name} was not tagged: {tag}."),
                format!("{name} trug das nicht: {tag}."),
            )
        };
        Ok(TagView { schema: "rin.tag/1", party: party.get(), name, tag, is_changed, said })
    }

    /// Tags everybody a filter is about.
    ///
    /// # Errors
    /// [`SessionError`] if the word is none, or the store cannot be written.
    pub fn tag_many(&mut self, request: &TagManyRequest<'_>) -> Result<TagManyView, SessionError> {
        let tag = word(request.tag)?;
        self.change_many(request, tag, |store, party, tag| {
            store.add_tag(&Tag { party, tag: tag.to_owned(), since: request.now })
        })
    }

    /// Takes a tag away from everybody a filter is about.
    ///
    /// # Errors
    /// [`SessionError`] if the word is none, or the store cannot be written.
    pub fn untag_many(
        &mut self,
        request: &TagManyRequest<'_>,
    ) -> Result<TagManyView, SessionError> {
        let tag = word(request.tag)?;
        self.change_many(request, tag, Store::remove_tag)
    }

    fn change_many(
        &mut self,
        request: &TagManyRequest<'_>,
        tag: String,
        change: impl Fn(&mut Store, PartyId, &str) -> Result<bool, StoreError>,
    ) -> Result<TagManyView, SessionError> {
        let (now, lang) = (request.now, request.lang);
        let found = self.matching(&MatchRequest { filter: request.filter.clone(), now, lang })?;
        let mut changed = 0;
        for party in &found.parties {
            changed += usize::from(change(&mut self.store, PartyId::new(*party), &tag)?);
        }
        let matching = found.parties.len();
        let said = lang.pick(
            format!("{tag}: {changed} changed, of {matching} whom the filter is about."),
            format!("{tag}: {changed} geändert, von {matching}, um die es dem Filter geht."),
        );
        let (filter, remarks) = (found.filter, found.remarks);
        Ok(TagManyView { schema: "rin.tag-many/1", tag, filter, matching, changed, said, remarks })
    }

    /// Lists tags, all or one.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn tags(&self, tag: Option<&str>) -> Result<TagsView, SessionError> {
        let wanted = tag.map(word).transpose()?;
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let mut tags: Vec<TagRow> = reader
            .tags()?
            .into_iter()
            .filter(|one| wanted.as_ref().is_none_or(|wanted| *wanted == one.tag))
            .map(|one| TagRow {
                party: one.party.get(),
                name: name(&people, one.party),
                since: iso_date(one.since, &self.zone),
                weight: self.config.importance.weight_of(&one.tag),
                tag: one.tag,
            })
            .collect();
        tags.sort_by(|a, b| (&a.tag, a.party).cmp(&(&b.tag, b.party)));
        Ok(TagsView { schema: "rin.tags/1", tags })
    }
}

/// Returns a tag in the one spelling in which it is kept.
fn word(text: &str) -> Result<String, TagError> {
    let word = clean(text).to_lowercase();
    let is_word = !word.is_empty() && word.chars().count() <= 60;
    if is_word { Ok(word) } else { Err(TagError::NoTag { tag: clean(text) }) }
}
