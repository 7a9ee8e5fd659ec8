//! Which party, account or platform is meant: dense indices as types, so that none is mistaken for another.
//!
//! An index is valid only within the value that gave it out (a [`Network`](crate::Network), a store);
//! what lasts is the [`AccountKey`], made of the platform's name and its own id for the account.

use std::fmt;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident, $raw:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name($raw);

        impl $name {
            /// Makes the index out of its raw number.
            pub const fn new(raw: $raw) -> Self {
                Self(raw)
            }

            /// Returns the raw number.
            pub const fn get(self) -> $raw {
                self.0
            }

            /// Returns the position in the table it indexes.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// One account in a network.
    AccountId, u32
}
index! {
    /// One party (person or organisation) in a network.
    PartyId, u32
}
index! {
    /// One platform in a network; at most 256 of them.
    PlatformId, u8
}

/// What identifies an account for ever: the platform's name and the platform's own id, always text.
///
/// Numbers beyond 2⁵³, URIs and DIDs all fit; nothing is parsed out of the id here.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AccountKey {
    /// The platform's short name in ASCII lower case, e.g. `mastodon`.
    pub platform: String,
    /// The platform's native id for the account.
    pub id: String,
}

impl AccountKey {
    /// Makes a key of its two halves.
    pub fn new(platform: impl Into<String>, id: impl Into<String>) -> Self {
        Self { platform: platform.into(), id: id.into() }
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.platform, self.id)
    }
}
