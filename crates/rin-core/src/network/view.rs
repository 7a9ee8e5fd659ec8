//! One relationship's events, narrowed by window, kind, platform and direction without copying.

use super::{Network, run};
use crate::{
    Account, AccountId, Coverage, Direction, InteractionKind, InteractionKinds, Moment, PartyId,
    PlatformId, Tie, TieState, Window,
};

/// One interaction between us and another party, seen from our side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// The other party.
    pub party: PartyId,
    /// Where.
    pub platform: PlatformId,
    /// Our account.
    pub own: AccountId,
    /// Theirs.
    pub other: AccountId,
    /// What.
    pub kind: InteractionKind,
    /// Which way.
    pub direction: Direction,
}

/// Everything between us and one other party, over all platforms.
#[derive(Clone, Copy, Debug)]
pub struct Relationship<'a> {
    network: &'a Network,
    party: PartyId,
    events: &'a [Event],
}

impl<'a> Relationship<'a> {
    pub(super) const fn new(network: &'a Network, party: PartyId, events: &'a [Event]) -> Self {
        Self { network, party, events }
    }

    /// Returns the other party.
    pub const fn party(&self) -> PartyId {
        self.party
    }

    /// Returns the other party's accounts.
    pub fn accounts(&self) -> impl Iterator<Item = (AccountId, &'a Account)> {
        let network = self.network;
        let known = move |(_, id): &(PartyId, AccountId)| Some((*id, network.account(*id)?));
        run(&network.accounts_of, self.party).iter().filter_map(known)
    }

    /// Returns the ties between us and them, in both directions.
    pub fn ties(&self) -> impl Iterator<Item = &'a Tie> {
        let network = self.network;
        run(&network.ties_with, self.party).iter().filter_map(|(_, at)| network.ties.get(*at))
    }

    /// Returns what is covered of the contact with them: what the sources of *all* our accounts that had contact see,
    /// so that a direction which one of them is blind to counts as unknown.
    pub fn coverage(&self) -> Coverage {
        self.coverage_of(self.events.iter())
    }

    pub(super) fn coverage_of<'e>(&self, events: impl Iterator<Item = &'e Event>) -> Coverage {
        let mut own: Vec<AccountId> = events.map(|event| event.own).collect();
        own.sort_unstable();
        own.dedup();
        let seen = own.into_iter().map(|account| self.network.coverage(account));
        seen.reduce(Coverage::common).unwrap_or_default()
    }

    pub(super) const fn events(&self) -> &'a [Event] {
        self.events
    }

    /// Returns all events, to be narrowed.
    pub const fn view(&self) -> View<'a> {
        View { events: self.events, kinds: InteractionKinds::ALL, platform: None, direction: None }
    }

    /// Returns the state of the whole relationship.
    pub fn state(&self) -> TieState {
        self.view().state()
    }
}

/// Some of a relationship's events; each narrowing is an intersection.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    events: &'a [Event],
    kinds: InteractionKinds,
    platform: Option<PlatformId>,
    direction: Option<Direction>,
}

impl<'a> View<'a> {
    /// Keeps what happened inside `window`. Events lie in time order, so this is two searches.
    #[must_use]
    pub fn window(self, window: Window) -> Self {
        let start = self.events.partition_point(|event| event.at < window.start());
        let end = self.events.partition_point(|event| event.at < window.end()).max(start);
        Self { events: self.events.get(start..end).unwrap_or_default(), ..self }
    }

    /// Keeps these kinds.
    #[must_use]
    pub const fn kinds(self, kinds: InteractionKinds) -> Self {
        Self { kinds: InteractionKinds::from_bits(self.kinds.bits() & kinds.bits()), ..self }
    }

    /// Keeps one platform.
    #[must_use]
    pub fn platform(self, platform: PlatformId) -> Self {
        let kinds = match self.platform {
            Some(other) if other != platform => InteractionKinds::NONE,
            _ => self.kinds,
        };
        Self { platform: Some(platform), kinds, ..self }
    }

    /// Keeps one direction.
    #[must_use]
    pub fn direction(self, direction: Direction) -> Self {
        let kinds = match self.direction {
            Some(other) if other != direction => InteractionKinds::NONE,
            _ => self.kinds,
        };
        Self { direction: Some(direction), kinds, ..self }
    }

    /// Returns the events left, in time order.
    pub fn events(self) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| {
            self.kinds.contains(event.kind)
                && self.platform.is_none_or(|platform| platform == event.platform)
                && self.direction.is_none_or(|direction| direction == event.direction)
        })
    }

    /// Returns the state of the events left.
    pub fn state(self) -> TieState {
        let mut state = TieState::default();
        for event in self.events() {
            state.add(event.at, event.direction, event.kind);
        }
        state
    }
}
