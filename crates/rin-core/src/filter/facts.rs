//! What a filter may ask about one party. Everything that a source may not show is an `Option`: `None` is unknown.

use std::collections::BTreeMap;

use crate::{Day, Level, PartyId, PartyKind, Tier};

/// What is known of one party, for a [`Filter`](super::Filter) to ask about.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FilterFacts {
    /// The party's number.
    pub party: Option<PartyId>,
    /// What their accounts are called.
    pub names: Vec<String>,
    /// What people type to reach them, and native ids.
    pub handles: Vec<String>,
    /// Short names of the platforms they have accounts on.
    pub platforms: Vec<String>,
    /// Person, organisation or program; [`PartyKind::Unknown`] if nothing says.
    pub kind: PartyKind,
    /// The user's words for them.
    pub tags: Vec<String>,
    /// The user's notes about them.
    pub notes: Vec<String>,
    /// What stands between us and them, or is known not to; what is missing is unknown.
    pub ties: BTreeMap<TieRole, bool>,
    /// The campaign that won them: `Some(None)` if it is known that none did, `None` if it is not known.
    pub campaign: Option<Option<String>>,
    /// The day on which the relationship began.
    pub won: Option<Day>,
    /// First day with contact.
    pub first: Option<Day>,
    /// Last day with contact.
    pub last: Option<Day>,
    /// How they stand, in a word; `None` if no source shows any contact.
    pub level: Option<Level>,
    /// How close they are.
    pub tier: Option<Tier>,
    /// Probability of being alive, 0 to 1.
    pub alive: Option<f64>,
    /// Contact days, each halved every ninety days.
    pub strength: Option<f64>,
    /// Interactions expected within the horizon.
    pub expected: Option<f64>,
    /// Smaller over larger direction, 0 to 1.
    pub reciprocity: Option<f64>,
    /// Days with contact.
    pub contacts: Option<f64>,
    /// Interactions sent.
    pub sent: Option<f64>,
    /// Interactions received.
    pub received: Option<f64>,
    /// Days since the last contact.
    pub silent_days: Option<f64>,
    /// Days until the relationship is expected to lapse; negative if it has.
    pub lapse_days: Option<f64>,
    /// Mean days between contact days.
    pub rhythm_days: Option<f64>,
    /// Days since the first contact.
    pub known_days: Option<f64>,
    /// Whether they wait for an answer of ours.
    pub is_waiting: Option<bool>,
    /// Whether we wait for an answer of theirs.
    pub is_awaited: Option<bool>,
}

/// What may stand between us and a party, seen from us.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TieRole {
    /// They follow us or subscribe to what we publish.
    Follower,
    /// We follow them or subscribe to what they publish.
    Following,
    /// Confirmed by both sides.
    Friend,
    /// They stand in an address book or list of ours.
    Contact,
    /// One belongs to the other.
    Member,
    /// One vouches for the other.
    Endorser,
    /// We have blocked them.
    Block,
    /// We have muted them.
    Mute,
}

impl TieRole {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Follower,
        Self::Following,
        Self::Friend,
        Self::Contact,
        Self::Member,
        Self::Endorser,
        Self::Block,
        Self::Mute,
    ];

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Follower => "follower",
            Self::Following => "following",
            Self::Friend => "friend",
            Self::Contact => "contact",
            Self::Member => "member",
            Self::Endorser => "endorser",
            Self::Block => "block",
            Self::Mute => "mute",
        }
    }
}
