//! Whose the tables are: whom the user names, else the only one who stands in every row.

use rin_plugin::prelude::{InteractionKind, InteractionKinds};

/// Who may be the owner, so far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    /// It is said, or was worked out before.
    Known(Side),
    /// Who stood in every row, two people at most; `None` before the first row.
    Open(Option<Vec<Side>>),
}

/// Somebody who may be the owner, and what they sent and received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Side {
    pub(super) name: String,
    pub(super) sent: InteractionKinds,
    pub(super) received: InteractionKinds,
}

impl Side {
    pub(super) fn new(name: &str) -> Self {
        let none = InteractionKinds::NONE;
        Self { name: name.to_owned(), sent: none, received: none }
    }

    fn event(&mut self, from: &str, to: &str, kind: InteractionKinds) {
        if from == self.name {
            self.sent = self.sent | kind;
        } else if to == self.name {
            self.received = self.received | kind;
        }
    }
}

impl Owner {
    /// Takes a row between two.
    pub(super) fn row(&mut self, from: &str, to: &str) {
        match self {
            Self::Known(_) => {}
            Self::Open(Some(sides)) => sides.retain(|side| side.name == from || side.name == to),
            Self::Open(sides) => {
                let two = [Some(from), Some(to).filter(|to| *to != from)];
                *sides = Some(two.into_iter().flatten().map(Side::new).collect());
            }
        }
    }

    /// Takes what happened in the row that was taken last.
    pub(super) fn event(&mut self, from: &str, to: &str, kind: InteractionKind) {
        let kind = InteractionKinds::of(&[kind]);
        match self {
            Self::Known(side) => side.event(from, to, kind),
            Self::Open(sides) => {
                sides.iter_mut().flatten().for_each(|side| side.event(from, to, kind));
            }
        }
    }

    /// Returns the owner; `None` if nobody or two people stood in every row.
    pub(super) fn only(&self) -> Option<&Side> {
        match self {
            Self::Known(side) => Some(side),
            Self::Open(sides) => match sides.as_deref() {
                Some([side]) => Some(side),
                _ => None,
            },
        }
    }

    /// Whether that is the owner as far as it is known.
    pub(super) fn is(&self, name: &str) -> bool {
        self.only().is_some_and(|side| side.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_one_in_every_row_is_the_owner_with_what_they_did_from_the_first_row_on() {
        let kinds = InteractionKinds::of;
        let mut owner = Owner::Open(None);
        assert_eq!(owner.only(), None);
        for (from, to, kind) in [
            ("ann", "me", InteractionKind::Message),
            ("me", "ben", InteractionKind::Visit),
            ("me", "ann", InteractionKind::Reply),
        ] {
            owner.row(from, to);
            owner.event(from, to, kind);
        }
        let side = owner.only().unwrap();
        assert_eq!(side.name, "me");
        assert_eq!(side.sent, kinds(&[InteractionKind::Visit, InteractionKind::Reply]));
        assert_eq!(side.received, kinds(&[InteractionKind::Message]));
        owner.row("cy", "di");
        assert_eq!(owner.only(), None);
    }

    #[test]
    fn who_is_said_is_the_owner_whoever_the_rows_are_between() {
        let mut owner = Owner::Known(Side::new("me"));
        owner.row("ann", "ben");
        owner.event("ann", "ben", InteractionKind::Message);
        assert!(owner.is("me") && !owner.is("ann"));
        assert_eq!(owner.only(), Some(&Side::new("me")));
    }
}
