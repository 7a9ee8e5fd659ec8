//! What several reports about one account say together, whatever order they come in.
//!
//! Each text keeps the moment it was seen, because one report may know the newer name and another the newer handle;
//! joining is a maximum over (moment, text) and therefore commutative, associative and idempotent.

use rin_core::{AccountFlags, Moment, PartyKind};
use rusqlite::Row;

use crate::column::moment_or_none;

/// A text and when it was so. The later one is the greater; of the same moment the larger text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Said {
    pub(crate) seen: Option<Moment>,
    pub(crate) text: String,
}

impl Said {
    /// Makes it of a text where empty means "not said".
    pub(crate) fn new(text: &str, seen: Option<Moment>) -> Option<Self> {
        (!text.is_empty()).then(|| Self { seen, text: text.to_owned() })
    }
}

/// What is known about an account.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Attributes {
    pub(crate) handle: Option<Said>,
    pub(crate) name: Option<Said>,
    pub(crate) flags: AccountFlags,
    pub(crate) seen: Option<Moment>,
    pub(crate) last_active: Option<Moment>,
}

/// The columns of table `account`, called `a`, that [`Attributes::read`] takes, in its order.
macro_rules! attribute_columns {
    () => {
        "a.handle, a.handle_seen, a.name, a.name_seen, a.flags, a.seen, a.last_active"
    };
}
pub(crate) use attribute_columns;

impl Attributes {
    /// Joins another report about the same account.
    pub(crate) fn merge(&mut self, other: Self) {
        self.handle = self.handle.take().max(other.handle);
        self.name = self.name.take().max(other.name);
        self.flags = self.flags.with(other.flags);
        self.seen = self.seen.max(other.seen);
        self.last_active = self.last_active.max(other.last_active);
    }

    /// Reads the seven columns from number `first` on.
    pub(crate) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        let said = |at: usize| -> rusqlite::Result<Option<Said>> {
            let seen = moment_or_none(row, at + 1)?;
            Ok(row.get::<_, Option<String>>(at)?.map(|text| Said { seen, text }))
        };
        Ok(Self {
            handle: said(first)?,
            name: said(first + 2)?,
            flags: AccountFlags::from_bits(row.get(first + 4)?),
            seen: moment_or_none(row, first + 5)?,
            last_active: moment_or_none(row, first + 6)?,
        })
    }

    /// Returns what the flags say of its party; a program is a program even if it posts for an organisation.
    pub(crate) const fn party_kind(&self) -> PartyKind {
        if self.flags.contains(AccountFlags::BOT) {
            PartyKind::Bot
        } else if self.flags.contains(AccountFlags::ORGANISATION) {
            PartyKind::Organisation
        } else if self.flags.contains(AccountFlags::PERSON) {
            PartyKind::Person
        } else {
            PartyKind::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop, proptest};

    use super::*;

    fn said() -> impl Strategy<Value = Option<Said>> {
        prop::option::of(
            (prop::option::of(0..3_i64), "[ab]{1,2}")
                .prop_map(|(seen, text)| Said { seen: seen.map(Moment::from_unix_ms), text }),
        )
    }

    fn attributes() -> impl Strategy<Value = Attributes> {
        (said(), said(), any::<u32>(), prop::option::of(0..5_i64)).prop_map(
            |(handle, name, flags, seen)| Attributes {
                handle,
                name,
                flags: AccountFlags::from_bits(flags),
                seen: seen.map(Moment::from_unix_ms),
                last_active: None,
            },
        )
    }

    fn join(a: &Attributes, b: &Attributes) -> Attributes {
        let mut both = a.clone();
        both.merge(b.clone());
        both
    }

    proptest! {
        #[test]
        fn reports_join_in_any_order(a in attributes(), b in attributes(), c in attributes()) {
            assert_eq!(join(&a, &b), join(&b, &a));
            assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
            assert_eq!(join(&a, &a), a);
        }
    }

    #[test]
    fn the_newer_name_wins_and_an_unsaid_one_does_not() {
        let at = |n| Some(Moment::from_unix_ms(n));
        let old = Attributes { name: Said::new("Ann", at(1)), ..Attributes::default() };
        let new = Attributes { name: Said::new("Anna", at(2)), ..Attributes::default() };
        let none = Attributes { name: Said::new("", at(3)), ..Attributes::default() };
        assert_eq!(join(&join(&new, &old), &none).name, Said::new("Anna", at(2)));
    }
}
