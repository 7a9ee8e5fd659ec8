//! Whose the tables are: whom the user names, else the only one who stands in every row.

use rin_plugin::prelude::{InteractionKind, InteractionKinds};

/// The word for an owner who is not known, and for one who calls themselves so.
const ME: &str = "me";

/// Who may be the owner, so far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Owner {
    /// Who stood in every row, two people at most; `None` before the first row.
    sides: Option<Vec<Side>>,
    /// Whether further rows change nothing about it.
    is_decided: bool,
    /// Who stands for an owner who is not known.
    nobody: Side,
    /// Rows between two, and whether the owner stood in any of them.
    pub(super) rows: u64,
    pub(super) is_met: bool,
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
    /// Begins with nobody: rows will tell.
    pub(super) fn open() -> Self {
        Self { sides: None, is_decided: false, nobody: Side::new(ME), rows: 0, is_met: false }
    }

    /// Begins with whom the user names.
    pub(super) fn said(name: &str) -> Self {
        Self { sides: Some(vec![Side::new(name)]), is_decided: true, ..Self::open() }
    }

    /// Begins anew with whom the rows have told, if they have.
    pub(super) fn decided(&self) -> Self {
        let sides = self.only().map(|side| Side::new(&side.name));
        Self { sides: Some(sides.into_iter().collect()), is_decided: true, ..Self::open() }
    }

    /// Takes a row between two.
    pub(super) fn row(&mut self, from: &str, to: &str) {
        self.rows += 1;
        match &mut self.sides {
            Some(sides) if self.is_decided => {
                let is = |side: &Side| side.name == from || side.name == to;
                self.is_met = self.is_met || sides.iter().any(is);
            }
            Some(sides) => sides.retain(|side| side.name == from || side.name == to),
            sides => {
                let two = [Some(from), Some(to).filter(|to| *to != from)];
                *sides = Some(two.into_iter().flatten().map(Side::new).collect());
            }
        }
    }

    /// Takes what happened in the row that was taken last.
    pub(super) fn event(&mut self, from: &str, to: &str, kind: InteractionKind) {
        let kind = InteractionKinds::of(&[kind]);
        for side in self.sides.iter_mut().flatten().chain([&mut self.nobody]) {
            side.event(from, to, kind);
        }
    }

    /// Returns the owner; `None` if nobody or two people stood in every row.
    pub(super) fn only(&self) -> Option<&Side> {
        match self.sides.as_deref() {
            Some([side]) => Some(side),
            _ => None,
        }
    }

    /// Returns who stands for the owner, known or not.
    pub(super) fn side(&self) -> &Side {
        self.only().unwrap_or(&self.nobody)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_one_in_every_row_is_the_owner_with_what_they_did_from_the_first_row_on() {
        let kinds = InteractionKinds::of;
        let mut owner = Owner::open();
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
        assert_eq!(owner.decided().only(), Some(&Side::new("me")));
        owner.row("cy", "di");
        assert_eq!(owner.only(), None);
        // Who calls themselves so is the owner all the same.
        assert_eq!(owner.side().sent, kinds(&[InteractionKind::Visit, InteractionKind::Reply]));
    }

    #[test]
    fn who_is_said_is_the_owner_whoever_the_rows_are_between() {
        let mut owner = Owner::said("me");
        owner.row("ann", "ben");
        owner.event("ann", "ben", InteractionKind::Message);
        assert_eq!(owner.only(), Some(&Side::new("me")));
    }
}
