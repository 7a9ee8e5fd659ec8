//! What is asked about people on many platforms, and what is shown of them.

use rin_core::Moment;
use serde::Serialize;

use crate::{Lang, MatchView, OnlyView};

/// Which proposals are wanted.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SuggestPeopleRequest<'a> {
    /// Only those about this party; `None` for all.
    pub who: Option<&'a str>,
    /// Only those about somebody whom a filter is about; `None` for all.
    pub only: Option<&'a MatchView>,
    /// The least probability, 0 to 1; `None` for the least that is worth a look.
    pub least: Option<f64>,
    /// At most so many.
    pub limit: usize,
    /// The language of sentences.
    pub lang: Lang,
}

/// Two who are one, or one who are several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MergePeopleRequest<'a> {
    /// One: number, handle, or a part of the name.
    pub one: &'a str,
    /// The other.
    pub other: &'a str,
    /// Why, in the user's words; empty for none.
    pub why: &'a str,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// Whom to take apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SplitPeopleRequest<'a> {
    /// A party's number, which takes all its accounts apart, or one account of it by handle, id or `platform:handle`.
    pub who: &'a str,
    /// Why, in the user's words; empty for none.
    pub why: &'a str,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// Who may be the same as whom.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PeopleSuggestView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// How many there are, shown or not.
    pub total: usize,
    /// The likeliest of them.
    pub proposals: Vec<PeopleProposalView>,
    /// What to do next, as a sentence.
    pub next: String,
    /// What a filter has taken out; `None` without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<OnlyView>,
}

/// One proposal.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PeopleProposalView {
    /// One account.
    pub one: PeopleAccountView,
    /// The other.
    pub other: PeopleAccountView,
    /// How likely both are one, 0 to 1; at most 0.99, unless it is certain.
    pub probability: f64,
    /// What speaks for it and against it, the weightiest first.
    pub evidence: Vec<PeopleEvidenceView>,
    /// What to type to join them.
    pub command: String,
}

/// One account of somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PeopleAccountView {
    /// The party's number.
    pub party: u32,
    /// Where.
    pub platform: String,
    /// The handle, else the platform's own id.
    pub handle: String,
    /// The name shown.
    pub name: String,
}

/// One thing that speaks for or against it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PeopleEvidenceView {
    /// A short stable name.
    pub kind: &'static str,
    /// Its weight in bits: each doubles the odds; below zero it speaks against.
    pub bits: f64,
    /// The same in words.
    pub said: String,
}

/// What a word on who is one changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PeopleWordView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The parties it was about, as they are now.
    pub parties: Vec<JoinedView>,
    /// What was done, as a sentence.
    pub said: String,
    /// How to take it back, as a sentence.
    pub next: String,
}

/// A party and its accounts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct JoinedView {
    /// Its number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// Its accounts.
    pub accounts: Vec<PeopleAccountView>,
}

/// Everybody on several platforms, or what is known of who one of them is.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PeopleShowView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The parties.
    pub parties: Vec<KnownPersonView>,
    /// What to do next, as a sentence.
    pub next: String,
    /// What a filter has taken out; `None` without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<OnlyView>,
}

impl PeopleShowView {
    /// Returns it with those parties alone that match.
    #[must_use]
    pub fn only(mut self, matching: &MatchView) -> Self {
        let n_all = self.parties.len();
        self.parties.retain(|one| matching.contains(one.joined.party));
        self.only = Some(matching.only(n_all - self.parties.len()));
        self
    }
}

/// What is known of who somebody is.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct KnownPersonView {
    /// The party and its accounts.
    pub joined: JoinedView,
    /// `person`, `organisation`, `bot`, `unknown`.
    pub kind: &'static str,
    /// What profiles and cards say.
    pub facts: Vec<PeopleFactView>,
    /// Why its accounts are one, or were said to be two.
    pub words: Vec<String>,
}

/// One thing that profiles and cards say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PeopleFactView {
    /// What kind of thing: `mail`, `organisation`.
    pub kind: &'static str,
    /// The same in the language asked for.
    pub label: &'static str,
    /// What.
    pub text: String,
    /// Where it is said.
    pub platform: String,
    /// The first report that says so, ISO 8601, if it has a date.
    pub first: Option<String>,
    /// The last report that says so, ISO 8601.
    pub last: Option<String>,
}
