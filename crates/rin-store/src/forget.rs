//! Erases a person or an organisation: every row about them, every page those rows stood on, and their way back.
//!
//! What is left is a keyed hash of each of their ids, handles and addresses, by which the next import knows whom to leave out, and
//! from which nobody reads who that was. The rows go in one transaction. The file is rewritten after it, and a mark in it says
//! so until that is done, so that a program killed in between finishes when the store is opened next.
//!
//! Figures are computed from the rows there are: whoever is erased is gone from all of them at once, of the past too. Plans in which
//! they stood go as a whole, because a plan without one of its lines would answer to other numbers than were shown.

mod marks;
mod rows;

use rin_core::PartyId;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, types::Value};

pub(crate) use self::marks::{Forgotten, Person};
use self::rows::TRACES;
use crate::{Reader, Store, StoreError};

/// The key in table `meta` that stands there while the file has not been rewritten yet.
pub(crate) const UNFINISHED: &str = "erasure unfinished";
/// Shorter texts stand for nobody.
const SHORTEST: usize = 4;

/// What an erasure took.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Erased {
    /// How many rows were erased, by table; tables without any are left out.
    pub rows: Vec<(&'static str, u64)>,
    /// Findings of imports that named them.
    pub findings: u64,
    /// Plans in which they stood.
    pub plans: u64,
    /// Whether the file was rewritten; if somebody else was reading it, that comes when the store is opened next.
    pub is_rewritten: bool,
}

/// What lifting took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Lifted {
    /// Erased parties that may come back.
    pub people: u64,
    /// Their marks.
    pub marks: u64,
}

/// Whether somebody who was erased may come back with an import.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comeback {
    /// Never: they are known by keyed hashes of their ids, handles and addresses.
    Barred,
    /// If an export shows them.
    Allowed,
}

/// All rows of one table about a party.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct AboutRows {
    /// The table.
    pub table: &'static str,
    /// Its columns.
    pub columns: Vec<String>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A value of a row as the file holds it.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text.
    Text(String),
    /// So many bytes.
    Bytes(usize),
}

/// What a party is called in the file: what must not be found there afterwards.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Called {
    /// Native ids, with their aliases.
    pub ids: Vec<String>,
    /// Handles.
    pub handles: Vec<String>,
    /// Names.
    pub names: Vec<String>,
    /// Mail addresses and pages that their profiles and cards name.
    pub addresses: Vec<String>,
}

impl Called {
    /// Returns everything long enough to stand for somebody.
    pub fn all(&self) -> Vec<&str> {
        let all = self.ids.iter().chain(&self.handles).chain(&self.names).chain(&self.addresses);
        let mut all: Vec<&str> = all
            .map(|text| text.trim().trim_start_matches('@'))
            .filter(|text| SHORTEST <= text.len())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Store {
    /// Erases parties for good, all or none of them.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such party, or [`StoreError`] if it cannot be written; nothing is erased then.
    ///
    /// # Complexity
    /// Linear in the file, which is written anew.
    pub fn forget(
        &mut self,
        parties: &[PartyId],
        comeback: Comeback,
    ) -> Result<Erased, StoreError> {
        let mut groups = Vec::new();
        for party in parties {
            let theirs = self.read()?.account_rows(*party)?;
            if theirs.is_empty() {
                return Err(self.unknown("party", i64::from(party.get())));
            }
            groups.push(theirs);
        }
        let accounts = groups.concat();
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        if comeback == Comeback::Barred {
            for theirs in &groups {
                let person = marks::draw_person(&transaction).map_err(fail)?;
                marks::mark(&transaction, &Who::of(theirs, &[]), person).map_err(fail)?;
            }
        }
        let mut erased = erase(&transaction, &accounts).map_err(fail)?;
        transaction
            .execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, '1')", [UNFINISHED])
            .map_err(fail)?;
        transaction.commit().map_err(fail)?;
        erased.is_rewritten = self.finish_erasure()?;
        Ok(erased)
    }

    /// Lets erased parties come back with an import, who are known by any of their ids, handles, mail addresses or pages.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn lift(&mut self, names: &[&str]) -> Result<Lifted, StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let (people, marks) = marks::lift(&transaction, names).map_err(fail)?;
        transaction.commit().map_err(fail)?;
        Ok(Lifted { people, marks })
    }

    /// Rewrites the file if an erasure asks for it; returns whether there is nothing left to do.
    pub(crate) fn finish_erasure(&mut self) -> Result<bool, StoreError> {
        if !self.at(is_unfinished(&self.connection))? {
            return Ok(true);
        }
        self.connection.flush_prepared_statement_cache();
        // While somebody reads, the log cannot be emptied, and old pages stand in it.
        if !self.empties_log()? {
            return Ok(false);
        }
        self.at(self.connection.execute_batch("VACUUM"))?;
        if !self.empties_log()? {
            return Ok(false);
        }
        self.at(self.connection.execute("DELETE FROM meta WHERE key = ?", [UNFINISHED]))?;
        self.empties_log()
    }

    fn empties_log(&self) -> Result<bool, StoreError> {
        let busy: bool =
            self.at(self
                .connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)))?;
        Ok(!busy)
    }
}

impl Reader<'_> {
    /// Returns every row that is about a party, by table; those without any are left out. This is all that is kept.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    ///
    /// # Complexity
    /// Linear in the log.
    pub fn about(&self, party: PartyId) -> Result<Vec<AboutRows>, StoreError> {
        let who = Who::of(&self.account_rows(party)?, &self.member_rows(party));
        let mut all = Vec::new();
        for trace in TRACES {
            let found = self.at(trace.rows(self.connection(), &who))?;
            all.extend(Some(found).filter(|found| !found.rows.is_empty()));
        }
        Ok(all)
    }

    /// Returns what a party is called, by all of its accounts and their aliases.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn called(&self, party: PartyId) -> Result<Called, StoreError> {
        let accounts = self.account_rows(party)?;
        self.at(called(self.connection(), &Who::of(&accounts, &self.member_rows(party))))
    }

    /// Returns the rows of table `party` that are one by the user's word.
    fn member_rows(&self, party: PartyId) -> Vec<u32> {
        self.members(party).into_iter().map(PartyId::get).collect()
    }

    /// Returns the rows of table `account` that belong to a party, aliases and whoever was joined with it too.
    fn account_rows(&self, party: PartyId) -> Result<Vec<u32>, StoreError> {
        let sql = "SELECT a.id FROM account a JOIN account c ON c.id = a.canonical
                    WHERE c.party = ?1 OR a.party = ?1 ORDER BY a.id";
        let mut rows = Vec::new();
        for member in self.member_rows(party) {
            rows.extend(self.rows(sql, [member], |row| row.get::<_, u32>(0))?);
        }
        rows.sort_unstable();
        rows.dedup();
        Ok(rows)
    }
}

/// Whose rows are meant: accounts and parties, each as a list in JSON.
pub(crate) struct Who {
    accounts: String,
    parties: String,
}

impl Who {
    fn of(accounts: &[u32], parties: &[u32]) -> Self {
        let list = |ids: &[u32]| {
            let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
            format!("[{}]", ids.join(","))
        };
        Self { accounts: list(accounts), parties: list(parties) }
    }
}

/// Erases all rows about the parties of those accounts.
fn erase(connection: &Connection, accounts: &[u32]) -> rusqlite::Result<Erased> {
    let parties: Vec<u32> = {
        let mut select = connection.prepare_cached(
            "SELECT DISTINCT party FROM account WHERE id IN (SELECT value FROM json_each(?)) ORDER BY 1",
        )?;
        let rows = select.query_map([Who::of(accounts, &[]).accounts], |row| row.get(0))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let who = Who::of(accounts, &parties);
    let called = called(connection, &who)?;
    let mut erased = Erased { plans: erase_plans(connection, &who)?, ..Erased::default() };
    for trace in TRACES {
        let n_rows = trace.delete(connection, &who)?;
        if 0 < n_rows {
            erased.rows.push((trace.table, n_rows));
        }
    }
    for text in called.all() {
        erased.findings += erase_named(connection, text)?;
    }
    Ok(erased)
}

/// Erases accounts that an import has made before it knew whose they are. One that was joined with an account of somebody else
/// meanwhile stays theirs.
pub(crate) fn erase_late(connection: &Connection, late: &[(u32, Person)]) -> rusqlite::Result<()> {
    let rows: Vec<u32> = late.iter().map(|(row, _)| *row).collect();
    let mut select = connection.prepare_cached(
        "SELECT a.id FROM account a WHERE a.id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (
            SELECT 1 FROM account b WHERE b.id NOT IN (SELECT value FROM json_each(?1))
               AND (b.party = a.party OR b.canonical = a.id))",
    )?;
    let alone = select.query_map([Who::of(&rows, &[]).accounts], |row| row.get(0))?;
    let alone: Vec<u32> = alone.collect::<rusqlite::Result<_>>()?;
    for (row, person) in late.iter().filter(|(row, _)| alone.contains(row)) {
        marks::mark(connection, &Who::of(&[*row], &[]), *person)?;
    }
    erase(connection, &alone)?;
    Ok(())
}

fn is_unfinished(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM meta WHERE key = ?")?.exists([UNFINISHED])
}

/// Plans go first, and their lines with them.
fn erase_plans(connection: &Connection, who: &Who) -> rusqlite::Result<u64> {
    let n_plans = connection.execute(
        "DELETE FROM plan WHERE id IN (SELECT plan FROM plan_line
          WHERE party IN (SELECT value FROM json_each(?)))",
        [&who.parties],
    )?;
    Ok(n_plans as u64)
}

/// Erases findings that name somebody, and the name from sources that are called after them.
fn erase_named(connection: &Connection, text: &str) -> rusqlite::Result<u64> {
    let n_findings = connection
        .prepare_cached(
            "DELETE FROM finding
              WHERE 0 < instr(lower(en || ' ' || de || ' ' || file || ' ' || code), lower(?1))",
        )?
        .execute([text])?;
    connection
        .prepare_cached(
            "UPDATE source SET name = 'export ' || id WHERE 0 < instr(lower(name), lower(?1))",
        )?
        .execute([text])?;
    Ok(n_findings as u64)
}

fn called(connection: &Connection, who: &Who) -> rusqlite::Result<Called> {
    let mut called = Called::default();
    let mut select = connection.prepare_cached(
        "SELECT key, handle, name FROM account WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
    )?;
    let mut rows = select.query([&who.accounts])?;
    while let Some(row) = rows.next()? {
        called.ids.push(row.get(0)?);
        called.handles.extend(row.get::<_, Option<String>>(1)?);
        called.names.extend(row.get::<_, Option<String>>(2)?);
    }
    // Whom somebody works for and where they live is true of others as well.
    let mut select = connection.prepare_cached(
        "SELECT text FROM fact WHERE account IN (SELECT value FROM json_each(?1)) AND kind IN (1, 2, 3, 4) ORDER BY text",
    )?;
    let addresses = select.query_map([&who.accounts], |row| row.get::<_, String>(0))?;
    called.addresses = addresses.collect::<rusqlite::Result<_>>()?;
    let mut select = connection
        .prepare_cached("SELECT name FROM party WHERE id IN (SELECT value FROM json_each(?))")?;
    let names = select.query_map([&who.parties], |row| row.get::<_, Option<String>>(0))?;
    for name in names {
        called.names.extend(name?);
    }
    Ok(called)
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Integer(number) => Self::Integer(number),
            Value::Real(number) => Self::Real(number),
            Value::Text(text) => Self::Text(text),
            Value::Blob(bytes) => Self::Bytes(bytes.len()),
        }
    }
}

/// Returns the secret of this store with which ids are hashed; made when somebody is forgotten first.
pub(crate) fn secret(connection: &Connection) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT value FROM meta WHERE key = 'forgotten key'")?
        .query_row([], |row| row.get(0))
        .optional()
}
