//! A directed, typed, dated relation between two accounts.
//!
//! "Follower" and "following" are one kind seen from two ends: a [`TieKind::Follow`] runs from the one who follows
//! to the one who is followed, so that both people's exports describe the same tie.

use super::{kind_set, named_kinds};
use crate::{AccountId, Moment};

/// A directed, typed, dated relation; several kinds may stand between the same two accounts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tie {
    /// Who holds it (the follower, the member, the one who blocks).
    pub from: AccountId,
    /// Whom it points at.
    pub to: AccountId,
    /// What it is.
    pub kind: TieKind,
    /// When it began, as far as anything says so.
    pub start: TieStart,
    /// When it ended, if it did.
    pub end: TieEnd,
}

named_kinds! {
    /// What a tie is.
    TieKind {
        /// `from` follows `to`.
        Follow = 1 "follow",
        /// Confirmed by both sides (Facebook).
        Friend = 2 "friend",
        /// `from` keeps `to` in an address book or list.
        Contact = 3 "contact",
        /// `from` belongs to `to`.
        Member = 4 "member",
        /// `from` subscribes to what `to` publishes.
        Subscriber = 5 "subscriber",
        /// `from` vouches for `to` (recommendation, skill).
        Endorser = 6 "endorser",
        /// `from` wants to neither see nor be seen by `to`.
        Block = 7 "block",
        /// `from` does not want to see `to`.
        Mute = 8 "mute",
    }
}

kind_set! {
    /// A set of tie kinds.
    TieKinds of TieKind
}

/// When a tie began.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TieStart {
    /// The source gives the moment.
    Exact(Moment),
    /// It stood at this moment; it may have stood long before.
    AtOrBefore(Moment),
    /// Nothing is known.
    Unknown,
}

impl TieStart {
    /// Returns the better of two reports about the same tie: a given moment before a bound, the earlier one first.
    ///
    /// Commutative, associative and idempotent, so the order of imports does not matter.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        self.min(other)
    }

    /// Returns the moment by which the tie stood, if one is known.
    pub const fn stood_at(self) -> Option<Moment> {
        match self {
            Self::Exact(at) | Self::AtOrBefore(at) => Some(at),
            Self::Unknown => None,
        }
    }
}

/// Whether and when a tie ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TieEnd {
    /// It stood when last seen.
    #[default]
    Open,
    /// The source gives the moment.
    Exact(Moment),
    /// Seen in one snapshot and gone in a later one.
    Between {
        /// Last seen.
        after: Moment,
        /// First missed.
        by: Moment,
    },
}
