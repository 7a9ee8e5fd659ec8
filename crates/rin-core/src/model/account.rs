//! A party's presence on one platform.

use crate::{AccountKey, PartyId, PlatformId};

/// A party's presence on one platform.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Platform name and native id.
    pub key: AccountKey,
    /// The platform's index in this network.
    pub platform: PlatformId,
    /// Whose account it is.
    pub party: PartyId,
    /// What people type to reach it (`ann@example.social`, `ann.example`), if known. It may change.
    pub handle: Option<String>,
    /// The name shown beside it, if known. It may change.
    pub name: Option<String>,
}

/// What a source says about an account, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct AccountFlags(u32);

impl AccountFlags {
    /// Nothing known.
    pub const NONE: Self = Self(0);
    /// The source is the export of this very account.
    pub const OWNER: Self = Self(1);
    /// Only the account's owner can have made this export: it is one of ours.
    pub const PRIVATE_EXPORT: Self = Self(1 << 1);
    /// A program posts here.
    pub const BOT: Self = Self(1 << 2);
    /// An organisation or a group, not a person.
    pub const ORGANISATION: Self = Self(1 << 3);
    /// One human.
    pub const PERSON: Self = Self(1 << 4);
    /// Gone: deleted, suspended, moved away.
    pub const GONE: Self = Self(1 << 5);

    /// Returns the bits.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Makes flags of bits; unknown ones are kept and harmless.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Whether all of `other` are set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns both together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
