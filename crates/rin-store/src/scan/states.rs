//! The tie states between our accounts and others, each once and seen from us.

use std::collections::BTreeMap;

use rin_core::{AccountId, TieState};

use super::Reader;
use crate::{StoreError, states};

/// The summary of all interactions between one of our accounts and one other.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct OwnState {
    /// Ours.
    pub own: AccountId,
    /// The other.
    pub other: AccountId,
    /// What happened; from us to them counts as sent.
    pub state: TieState,
}

/// The summary of all interactions between two accounts of others.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct OtherState {
    /// The two; the first is from whom counts as sent.
    pub ends: (AccountId, AccountId),
    /// What happened.
    pub state: TieState,
}

impl Reader<'_> {
    /// Hands over the state of every pair of an account of ours and another; two of ours are no relationship.
    ///
    /// Pairs of accounts without aliases come first in the order of the table, the others after them.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    ///
    /// # Complexity
    /// Linear in the pairs of the store, a million in less than a second; only pairs with aliases are gathered.
    pub fn each_own_state(&self, mut visit: impl FnMut(OwnState)) -> Result<(), StoreError> {
        let mut joined: BTreeMap<(AccountId, AccountId), TieState> = BTreeMap::new();
        self.visit("SELECT lo, hi, state FROM tie_state", [], |row| {
            let lo = self.account(row, 0)?;
            let hi = self.account(row, 1)?;
            let lo_is_own = self.groups.is_own(lo.get());
            if lo_is_own == self.groups.is_own(hi.get()) {
                return Ok(());
            }
            let state = states::read(row, 2)?;
            let (own, other, state) =
                if lo_is_own { (lo, hi, state) } else { (hi, lo, state.flipped()) };
            if self.groups.is_joined(own.get()) || self.groups.is_joined(other.get()) {
                joined.entry((own, other)).or_default().merge(&state);
            } else {
                visit(OwnState { own, other, state });
            }
            Ok(())
        })?;
        for ((own, other), state) in joined {
            visit(OwnState { own, other, state });
        }
        Ok(())
    }

    /// Hands over the state of every pair of accounts of which none is ours.
    ///
    /// An account and its alias are handed over under one name, so a pair may come more than once.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    ///
    /// # Complexity
    /// Linear in the pairs of the store.
    pub fn each_other_state(&self, mut visit: impl FnMut(OtherState)) -> Result<(), StoreError> {
        self.visit("SELECT lo, hi, state FROM tie_state", [], |row| {
            let ends = (self.account(row, 0)?, self.account(row, 1)?);
            let is_own = |end: AccountId| self.groups.is_own(end.get());
            if !is_own(ends.0) && !is_own(ends.1) {
                visit(OtherState { ends, state: states::read(row, 2)? });
            }
            Ok(())
        })
    }
}
