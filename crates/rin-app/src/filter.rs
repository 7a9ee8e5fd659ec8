//! Whom a list is about: the core's filter language, asked about what the store and the forecast know of everybody.
//!
//! Only what the filter asks about is read. A figure is known as far as the sources show it: who is not in a list of followers
//! that no source brings is not "no follower" but unknown, and so neither matched nor excluded.

mod error;
mod facts;

use std::collections::BTreeSet;

use rin_core::{Filter, Moment, near_miss};
use rin_store::Reader;
use serde::Serialize;

pub use self::error::FilterTextError;
pub(crate) use self::facts::Sieve;
use crate::{
    Lang, Session, SessionError,
    people::{People, Relationship},
};

/// Who is asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct MatchRequest {
    /// Whom it is about.
    pub filter: Filter,
    /// The moment asked about.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// Who a filter is about. Plans, weeks and lists show the part of it with their method `only`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MatchView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The filter in its one spelling; empty for everybody.
    pub filter: String,
    /// Numbers of the parties that match, ascending.
    pub parties: BTreeSet<u32>,
    /// How many more might: what is known does not decide them.
    pub undecided: usize,
    /// What to know about the filter, as sentences: tags that nobody bears, and whoever cannot be decided.
    pub remarks: Vec<String>,
}

/// What a filter has taken out of a plan that was made for everybody. The plan is the same with and without it: its lines
/// keep their numbers, and their minutes are those of the whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OnlyView {
    /// The filter in its one spelling.
    pub filter: String,
    /// Lines that are not shown.
    pub hidden: usize,
    /// What to know about the filter, as sentences.
    pub remarks: Vec<String>,
}

impl MatchView {
    /// Whether a party matches.
    pub fn contains(&self, party: u32) -> bool {
        self.parties.contains(&party)
    }

    /// Returns what is said of lines of which so many are hidden.
    pub(crate) fn only(&self, hidden: usize) -> OnlyView {
        OnlyView { filter: self.filter.clone(), hidden, remarks: self.remarks.clone() }
    }
}

/// Reads a filter; empty text means everybody. The language is described in `docs/FILTER.md`.
///
/// # Errors
/// [`SessionError::Filter`], with the place and what was probably meant, if the text is none.
///
/// # Example
/// ```
/// use rin_app::{Lang, SessionError, parse_filter};
/// let Err(SessionError::Filter(error)) = parse_filter("alvie<0.5") else { panic!() };
/// assert_eq!(error.message(Lang::De), "Filter: `alvie` an Zeichen 1 ist kein Wort der Filtersprache, vielleicht `alive`");
/// ```
pub fn parse_filter(text: &str) -> Result<Filter, SessionError> {
    text.parse().map_err(|error| FilterTextError::new(text, error).into())
}

impl Session {
    /// Says who matches a filter, whether there was contact with them or not; of ourselves nobody does.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    ///
    /// # Complexity
    /// Linear in the parties; assessing all of them takes about as long as a list of them.
    pub fn matching(&self, request: &MatchRequest) -> Result<MatchView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let model = self.model(&reader, &people)?;
        let sieve = self.sieve(&reader, &people, request)?;
        let none = Relationship::default();
        let (mut parties, mut undecided) = (BTreeSet::new(), 0);
        for party in people.others() {
            let one = people.relationships.get(&party).unwrap_or(&none);
            let seen = people.assess(party, one, request.now, &model);
            match sieve.answer(party, one, seen.as_ref()) {
                Some(true) => {
                    parties.insert(party.get());
                }
                Some(false) => {}
                None => undecided += 1,
            }
        }
        let mut remarks = self.remarks(&reader, &people, request)?;
        remarks.extend(undecided_words(undecided, request.lang));
        let filter = request.filter.to_string();
        Ok(MatchView { schema: "rin.match/1", filter, parties, undecided, remarks })
    }

    /// Returns what answers a filter about everybody.
    pub(crate) fn sieve<'a>(
        &self,
        reader: &Reader<'_>,
        people: &'a People,
        request: &'a MatchRequest,
    ) -> Result<Sieve<'a>, SessionError> {
        let asks = request.filter.asks_about();
        let is_about_campaigns = asks.contains("campaign") || asks.contains("won");
        let started = if is_about_campaigns { self.started_in(reader)? } else { Vec::new() };
        Sieve::read(reader, people, &started, (request, &self.zone))
    }

    /// Says which tags, platforms and campaigns of a filter nobody has.
    pub(crate) fn remarks(
        &self,
        reader: &Reader<'_>,
        people: &People,
        request: &MatchRequest,
    ) -> Result<Vec<String>, SessionError> {
        let filter = &request.filter;
        let mut remarks = Vec::new();
        if !filter.words_of("tag").is_empty() {
            let known = reader.tags()?.into_iter().map(|tag| tag.tag).collect();
            remarks.extend(unknown_words(filter, "tag", &known, request.lang));
        }
        if !filter.words_of("platform").is_empty() {
            let known = people.platforms.values().cloned().collect();
            remarks.extend(unknown_words(filter, "platform", &known, request.lang));
        }
        if !filter.words_of("campaign").is_empty() {
            let started = self.started_in(reader)?;
            let known = started.into_iter().map(|one| one.campaign.id.to_lowercase()).collect();
            remarks.extend(unknown_words(filter, "campaign", &known, request.lang));
        }
        Ok(remarks)
    }
}

/// Says how many a filter could not decide; nothing if there is none.
pub(crate) fn undecided_words(undecided: usize, lang: Lang) -> Option<String> {
    (0 < undecided).then(|| {
        lang.pick(
            format!("{undecided} more cannot be decided: the sources do not show what is asked."),
            format!("{undecided} weitere lassen sich nicht entscheiden: die Quellen zeigen nicht, wonach gefragt ist."),
        )
    })
}

fn unknown_words(filter: &Filter, name: &str, known: &BTreeSet<String>, lang: Lang) -> Vec<String> {
    let words = filter.words_of(name).into_iter().filter(|word| !known.contains(*word));
    words
        .map(|word| {
            let nearest = near_miss(word, known.iter().map(String::as_str));
            let perhaps = nearest.map_or_else(String::new, |near| {
                lang.pick(format!(" Perhaps {name}:{near}?"), format!(" Vielleicht {name}:{near}?"))
            });
            lang.pick(
                format!("Nobody has {name}:{word}.{perhaps}"),
                format!("Niemand hat {name}:{word}.{perhaps}"),
            )
        })
        .collect()
}
