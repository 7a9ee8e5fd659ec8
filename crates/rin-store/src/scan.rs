//! Everything the application reads, as plain values of the model and of one consistent state of the file.
//!
//! A [`Reader`] is one read transaction: an import that ends meanwhile in another program is not seen in part. Large
//! tables are handed over row by row instead of as lists. Accounts that aliases join appear once, under the one that
//! stands for them.

mod log;
mod people;
mod states;
mod ties;

use std::collections::{HashMap, HashSet};

use rin_core::{AccountId, Moment, PartyGroups};
use rusqlite::{Connection, Params, Row, Transaction};

pub(crate) use self::{
    people::{AccountOrder, read_coverage},
    ties::{TieOrder, TieReader},
};
pub use self::{
    people::{KnownAccount, KnownParty},
    states::{OtherState, OwnState},
    ties::Listed,
};
use crate::{
    Disguise, Store, StoreError,
    column::{account_id, moment_or_none},
    source::count,
};

/// Reads one state of a store.
#[derive(Debug)]
pub struct Reader<'s> {
    store: &'s Store,
    /// Held for its end only: as long as it is open, the same state is read.
    _transaction: Option<Transaction<'s>>,
    pub(crate) groups: Groups,
}

/// Which accounts are joined by aliases, and which are ours.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// From an alias to the account that stands for it; most accounts have none.
    stands: HashMap<u32, u32>,
    /// Accounts that stand for others too.
    joined: HashSet<u32>,
    /// Ours, each by the account that stands for it.
    own: HashSet<u32>,
    /// Parties that are one by the words that stand.
    pub(crate) parties: PartyGroups,
}

impl Groups {
    fn stands_for(&self, row: u32) -> u32 {
        self.stands.get(&row).copied().unwrap_or(row)
    }

    /// Whether more than one row may belong to the account.
    fn is_joined(&self, account: u32) -> bool {
        self.joined.contains(&account)
    }

    fn is_own(&self, account: u32) -> bool {
        self.own.contains(&account)
    }
}

/// How much is in the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Counts {
    /// Imported sources.
    pub sources: u64,
    /// Accounts, joined ones once.
    pub accounts: u64,
    /// Accounts of ours.
    pub own_accounts: u64,
    /// Parties, ours among them; those joined to one count once.
    pub parties: u64,
    /// Sightings of ties; several make one tie.
    pub tie_sightings: u64,
    /// Interactions.
    pub interactions: u64,
    /// Pairs of accounts with interactions.
    pub states: u64,
    /// Findings kept.
    pub findings: u64,
    /// First interaction.
    pub first: Option<Moment>,
    /// Last interaction.
    pub last: Option<Moment>,
}

impl Store {
    /// Starts reading the state the store has at this moment.
    ///
    /// Several readers at once share the state of the first as long as that one lives.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn read(&self) -> Result<Reader<'_>, StoreError> {
        let transaction = if self.connection.is_autocommit() {
            Some(self.at(self.connection.unchecked_transaction())?)
        } else {
            None
        };
        let mut reader =
            Reader { store: self, _transaction: transaction, groups: Groups::default() };
        let aliases =
            reader.rows("SELECT id, canonical FROM account WHERE canonical <> id", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let own = reader.rows(
            "SELECT a.canonical FROM own o JOIN account a ON a.id = o.account GROUP BY a.canonical
             HAVING iif(max(o.reason = 1), max(o.reason = 1 AND o.is_own), max(o.is_own))",
            [],
            |row| row.get(0),
        )?;
        reader.groups = Groups {
            joined: aliases.iter().map(|&(_, stands)| stands).collect(),
            stands: aliases.into_iter().collect(),
            own: own.into_iter().collect(),
            parties: self.at(crate::identity::groups(&self.connection, ""))?,
        };
        Ok(reader)
    }
}

impl Reader<'_> {
    /// Returns how much is in the store.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    ///
    /// # Complexity
    /// Linear in the log, at some ten million rows a second.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let own_accounts = self.groups.own.len() as u64;
        let joined = self.groups.parties.n_joined() as u64;
        self.at(self.connection().query_row(
            "SELECT (SELECT count(*) FROM source),
                    (SELECT count(*) FROM account WHERE canonical = id),
                    (SELECT count(*) FROM party),
                    (SELECT count(*) FROM tie_seen),
                    (SELECT count(*) FROM interaction),
                    (SELECT count(*) FROM tie_state),
                    (SELECT count(*) FROM finding),
                    (SELECT min(t) FROM interaction),
                    (SELECT max(t) FROM interaction)",
            [],
            |row| {
                Ok(Counts {
                    sources: count(row, 0)?,
                    accounts: count(row, 1)?,
                    own_accounts,
                    parties: count(row, 2)?.saturating_sub(joined),
                    tie_sightings: count(row, 3)?,
                    interactions: count(row, 4)?,
                    states: count(row, 5)?,
                    findings: count(row, 6)?,
                    first: moment_or_none(row, 7)?,
                    last: moment_or_none(row, 8)?,
                })
            },
        ))
    }

    /// Returns what stands for names here, if they are disguised.
    pub fn disguise(&self) -> Option<Disguise> {
        self.store.disguise
    }

    /// Returns our accounts, ascending.
    pub fn own(&self) -> Vec<AccountId> {
        let mut own: Vec<AccountId> = self.groups.own.iter().copied().map(AccountId::new).collect();
        own.sort_unstable();
        own
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.store.connection
    }

    pub(crate) fn at<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        self.store.at(result)
    }

    /// Reads a short list.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut list = Vec::new();
        self.visit(sql, params, |row| {
            list.push(read(row)?);
            Ok(())
        })?;
        Ok(list)
    }

    /// Reads row by row.
    pub(crate) fn visit(
        &self,
        sql: &str,
        params: impl Params,
        visit: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        self.at(visit_rows(self.connection(), sql, params, visit))
    }

    /// Returns the account a column names, by the one that stands for it.
    pub(crate) fn account(&self, row: &Row<'_>, column: usize) -> rusqlite::Result<AccountId> {
        let named = account_id(row, column)?;
        Ok(AccountId::new(self.groups.stands_for(named.get())))
    }
}

/// Calls `visit` for each row of a query.
pub(crate) fn visit_rows(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    mut visit: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        visit(row)?;
    }
    Ok(())
}
