//! A dated event between two accounts. Its text is never needed.

use super::{kind_set, named_kinds};
use crate::{AccountId, Moment};

/// A dated event from one account to another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interaction {
    /// When it happened.
    pub at: Moment,
    /// Who did it.
    pub from: AccountId,
    /// To whom.
    pub to: AccountId,
    /// What it was.
    pub kind: InteractionKind,
}

impl Interaction {
    /// Returns which way it goes, seen from the account with the smaller id.
    pub(crate) fn direction_from_smaller(&self) -> Direction {
        if self.from < self.to { Direction::Sent } else { Direction::Received }
    }
}

named_kinds! {
    /// What an interaction is.
    InteractionKind {
        /// An answer to a post.
        Reply = 1 "reply",
        /// A remark under somebody's picture, video or article.
        Comment = 2 "comment",
        /// Somebody is named in a post.
        Mention = 3 "mention",
        /// A private message or mail.
        Message = 4 "message",
        /// A like or another one-click answer.
        Reaction = 5 "reaction",
        /// A boost, repost or forward.
        Share = 6 "share",
        /// A post that shows and comments on another.
        Quote = 7 "quote",
        /// They met.
        Visit = 8 "visit",
    }
}

impl InteractionKind {
    /// Whether it addresses the other side and so may be waiting for an answer.
    pub const fn asks_for_answer(self) -> bool {
        matches!(self, Self::Reply | Self::Comment | Self::Mention | Self::Message | Self::Quote)
    }
}

kind_set! {
    /// A set of interaction kinds.
    InteractionKinds of InteractionKind
}

/// Which way something goes, seen from us.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// From them to us.
    Received,
    /// From us to them.
    Sent,
}
