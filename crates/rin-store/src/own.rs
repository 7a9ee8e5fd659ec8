//! Which accounts are ours, and who said so.
//!
//! An export that only its owner can make names an account of ours. A public one (a repository anybody may fetch)
//! proves nothing, so its owner is taken only where nothing better is known. What the user says stands above both,
//! also a "no": that is kept, so that the next import does not bring the account back.

use rin_core::{AccountId, Moment};
use rusqlite::Connection;

use crate::{Store, StoreError};

/// Why an account counts as ours or not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum OwnReason {
    /// The user said so.
    User,
    /// Only its owner can have made the export.
    PrivateExport,
    /// The only owner in a public export, and nothing of ours was known on that platform.
    OnlyOwner,
}

impl OwnReason {
    pub(crate) const ALL: [Self; 3] = [Self::User, Self::PrivateExport, Self::OnlyOwner];

    /// Returns the number in the file.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::User => 1,
            Self::PrivateExport => 2,
            Self::OnlyOwner => 3,
        }
    }

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::PrivateExport => "private export",
            Self::OnlyOwner => "only owner",
        }
    }
}

impl Store {
    /// Says that `account` is ours, or is not; it stands above what imports say, earlier and later.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such account, or [`StoreError`] if it cannot be written.
    pub fn set_own(
        &mut self,
        account: AccountId,
        is_own: bool,
        now: Moment,
    ) -> Result<(), StoreError> {
        let id = account.get();
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self.connection.transaction().map_err(fail)?;
        // The user means the account with all its aliases, so what was said of any of them gives way.
        transaction
            .execute(
                "DELETE FROM own WHERE account IN (SELECT m.id FROM account m JOIN account a
                    ON a.canonical = m.canonical WHERE a.id = ?1)",
                [id],
            )
            .map_err(fail)?;
        let written = transaction
            .execute(
                "INSERT INTO own (account, is_own, reason, since)
                 SELECT canonical, ?2, ?3, ?4 FROM account WHERE id = ?1",
                (id, is_own, OwnReason::User.number(), now.unix_ms()),
            )
            .map_err(fail)?;
        if written == 0 {
            return Err(StoreError::Unknown { path, what: "account", id: i64::from(id) });
        }
        transaction.commit().map_err(fail)
    }
}

/// Makes `account` ours unless something was said about it before; returns whether it became ours.
pub(crate) fn suggest(
    connection: &Connection,
    account: u32,
    reason: OwnReason,
    now: Moment,
) -> rusqlite::Result<bool> {
    let n_written = connection
        .prepare_cached(
            "INSERT INTO own (account, is_own, reason, since)
             SELECT canonical, 1, ?2, ?3 FROM account WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM own JOIN account m ON m.id = own.account
                                 WHERE m.canonical = account.canonical)",
        )?
        .execute((account, reason.number(), now.unix_ms()))?;
    Ok(0 < n_written)
}

/// Whether any account of that platform is ours.
pub(crate) fn any_on(connection: &Connection, platform: u8) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM own JOIN account ON account.id = own.account
              WHERE own.is_own AND account.platform = ?",
        )?
        .exists([platform])
}
