//! Who stands in which relation to whom, as plain nouns: parties, accounts, ties, interactions, coverage.

mod account;
mod coverage;
mod interaction;
mod party;
mod tie;

pub use self::{
    account::{Account, AccountFlags},
    coverage::Coverage,
    interaction::{Direction, Interaction, InteractionKind, InteractionKinds},
    party::{Party, PartyKind},
    tie::{Tie, TieEnd, TieKind, TieKinds, TieStart},
};

/// Makes a small set over an enum whose values are `1..16`: one bit a value, union by `|`.
macro_rules! kind_set {
    ($(#[$doc:meta])* $set:ident of $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
        pub struct $set(u16);

        impl $set {
            /// Nothing.
            pub const NONE: Self = Self(0);
            /// Everything there is, and everything that later versions add.
            pub const ALL: Self = Self(u16::MAX);

            /// Makes a set of the given kinds.
            pub const fn of(kinds: &[$kind]) -> Self {
                let mut bits = 0;
                let mut i = 0;
                while i < kinds.len() {
                    bits |= 1 << kinds[i] as u16;
                    i += 1;
                }
                Self(bits)
            }

            /// Returns the bits: bit *n* stands for the kind of value *n*.
            pub const fn bits(self) -> u16 {
                self.0
            }

            /// Makes a set of bits; bits without a kind are kept and harmless.
            pub const fn from_bits(bits: u16) -> Self {
                Self(bits)
            }

            /// Whether `kind` is in it.
            pub const fn contains(self, kind: $kind) -> bool {
                self.0 & (1 << kind as u16) != 0
            }

            /// Whether nothing is in it.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Returns the known kinds in it, in their order.
            pub fn iter(self) -> impl Iterator<Item = $kind> {
                $kind::ALL.into_iter().filter(move |&kind| self.contains(kind))
            }
        }

        impl std::ops::BitAnd for $set {
            type Output = Self;

            fn bitand(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }
        }

        impl std::ops::BitOr for $set {
            type Output = Self;

            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }
    };
}
use kind_set;

/// Makes an enum with fixed numbers and text names, the same in the store, the plugin boundary and JSON.
macro_rules! named_kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $value:literal $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vdoc])* $variant = $value,)*
        }

        impl $name {
            /// Every kind, in the order of its numbers.
            pub const ALL: [Self; [$($value),*].len()] = [$(Self::$variant),*];

            /// Returns the number that stands for it in files; it never changes.
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// Returns the kind of that number, if this version knows it.
            pub const fn from_number(number: u8) -> Option<Self> {
                match number {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Returns its English name in lower case; it never changes.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}
use named_kinds;
