//! Which row an account's native id has, and what the records add to that row.
//!
//! The ids seen lately are kept in memory in two generations: when the younger is full it becomes the older and the
//! former older one is dropped, so that memory is bounded and what is used often stays.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use rin_core::{AccountRecord, Moment};
use rusqlite::{Connection, OptionalExtension};

use crate::{
    account::{Attributes, Said, attribute_columns},
    column::ms,
    forget::{Forgotten, Person},
};

/// Bytes of one generation; a guess from above.
const GENERATION: usize = 8 << 20;
/// What an entry takes besides its text.
const ENTRY_BYTES: usize = 96;

/// What is kept of an account seen lately.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// `None` for whoever was erased and is left out.
    row: Option<u32>,
    /// The last report about it, as a hash: readers tend to repeat themselves.
    report: u64,
}

/// The accounts of the platform being imported.
#[derive(Debug)]
pub(super) struct Accounts {
    platform: u8,
    next_row: u32,
    next_party: u32,
    young: HashMap<Box<str>, Known>,
    old: HashMap<Box<str>, Known>,
    young_bytes: usize,
    /// Who is left out.
    forgotten: Forgotten,
    platform_name: String,
    /// The last row before the import.
    last_before: u32,
    /// Rows made and found to be of somebody who is left out, and of whom.
    pub(super) late: Vec<(u32, Person)>,
    /// Rows made.
    pub(super) new: u64,
}

impl Accounts {
    pub(super) fn new(
        connection: &Connection,
        platform: u8,
        platform_name: &str,
    ) -> rusqlite::Result<Self> {
        let next = |table: &str| {
            let sql = format!("SELECT ifnull(max(id), 0) FROM {table}");
            connection.query_row(&sql, [], |row| row.get::<_, u32>(0))
        };
        let next_row = next("account")?;
        Ok(Self {
            platform,
            next_row,
            last_before: next_row,
            forgotten: Forgotten::read(connection)?,
            platform_name: platform_name.to_owned(),
            late: Vec::new(),
            next_party: next("party")?,
            young: HashMap::new(),
            old: HashMap::new(),
            young_bytes: 0,
            new: 0,
        })
    }

    /// Returns the row of the account with that native id, made if it is missing; `None` for whoever is left out.
    pub(super) fn row(
        &mut self,
        connection: &Connection,
        key: &str,
    ) -> rusqlite::Result<Option<u32>> {
        self.known(connection, key).map(|known| known.row)
    }

    fn known(&mut self, connection: &Connection, key: &str) -> rusqlite::Result<Known> {
        if let Some(known) = self.young.get(key) {
            return Ok(*known);
        }
        if let Some((key, known)) = self.old.remove_entry(key) {
            self.keep(key, known);
            return Ok(known);
        }
        let row = match self.row_there(connection, key)? {
            Some(row) => Some(row),
            None if self.forgotten.has_id(&self.platform_name, key) => None,
            None => Some(self.insert(connection, key)?),
        };
        let known = Known { row, report: 0 };
        self.keep(key.into(), known);
        Ok(known)
    }

    fn keep(&mut self, key: Box<str>, known: Known) {
        self.young_bytes += key.len() + ENTRY_BYTES;
        if GENERATION < self.young_bytes {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = key.len() + ENTRY_BYTES;
        }
        self.young.insert(key, known);
    }

    fn insert(&mut self, connection: &Connection, key: &str) -> rusqlite::Result<u32> {
        let next = |last: u32| {
            let error = "a store holds at most 4,294,967,295 accounts";
            last.checked_add(1).ok_or_else(|| rusqlite::Error::ToSqlConversionFailure(error.into()))
        };
        self.next_row = next(self.next_row)?;
        self.next_party = next(self.next_party)?;
        connection
            .prepare_cached("INSERT INTO party (id) VALUES (?)")?
            .execute([self.next_party])?;
        connection
            .prepare_cached(
                "INSERT INTO account (id, platform, key, party, canonical) VALUES (?1, ?2, ?3, ?4, ?1)",
            )?
            .execute((self.next_row, self.platform, key, self.next_party))?;
        self.new += 1;
        Ok(self.next_row)
    }

    /// Whether a sentence of the reader names somebody who is left out.
    pub(super) fn is_forgotten_in(&self, text: &str) -> bool {
        self.forgotten.is_named_in(&self.platform_name, text)
    }

    /// Returns facts without addresses of somebody who is left out.
    pub(super) fn without_forgotten<'f>(&self, facts: &'f str) -> Cow<'f, str> {
        if self.forgotten.is_empty() {
            Cow::Borrowed(facts)
        } else {
            Cow::Owned(self.forgotten.strip(facts))
        }
    }

    /// Whether a record is about somebody who is left out, by its ids, its handle or its addresses. If a tie or an event
    /// came first and made a row, that row goes at the end.
    pub(super) fn leaves_out(
        &mut self,
        connection: &Connection,
        record: &AccountRecord<'_>,
    ) -> rusqlite::Result<bool> {
        let Some(found) = self.forgotten.of_record(&self.platform_name, record) else {
            return Ok(false);
        };
        let row = self.row_there(connection, record.id)?;
        // Whoever was there before shares an address with the erased one and is somebody else.
        if found.is_by_address && row.is_some_and(|row| row <= self.last_before) {
            return Ok(false);
        }
        for id in [record.id, record.alias].into_iter().filter(|id| !id.is_empty()) {
            let row = self.row_there(connection, id)?;
            let late = row.filter(|row| self.last_before < *row);
            self.late.extend(late.map(|row| (row, found.person)));
            if row.is_none_or(|row| self.last_before < row) {
                self.keep(id.into(), Known { row: None, report: 0 });
            }
        }
        Ok(true)
    }

    fn row_there(&self, connection: &Connection, key: &str) -> rusqlite::Result<Option<u32>> {
        connection
            .prepare_cached("SELECT id FROM account WHERE platform = ? AND key = ?")?
            .query_row((self.platform, key), |row| row.get(0))
            .optional()
    }

    /// Joins what a record says with what is in the row, and returns the row; `None` for whoever is left out.
    pub(super) fn describe(
        &mut self,
        connection: &Connection,
        record: &AccountRecord<'_>,
    ) -> rusqlite::Result<Option<u32>> {
        let known = self.known(connection, record.id)?;
        let Some(row) = known.row else { return Ok(None) };
        let mut hasher = DefaultHasher::new();
        (record.handle, record.name, record.flags, record.seen).hash(&mut hasher);
        // Zero stands for "nothing reported yet".
        let report = hasher.finish() | 1;
        if known.report != report {
            describe_row(connection, row, record)?;
            if let Some(kept) = self.young.get_mut(record.id) {
                kept.report = report;
            }
        }
        Ok(Some(row))
    }
}

fn describe_row(
    connection: &Connection,
    row: u32,
    record: &AccountRecord<'_>,
) -> rusqlite::Result<()> {
    let before = connection
        .prepare_cached(concat!("SELECT ", attribute_columns!(), " FROM account a WHERE a.id = ?"))?
        .query_row([row], |row| Attributes::read(row, 0))?;
    let mut after = before.clone();
    after.merge(Attributes {
        handle: Said::new(record.handle, record.seen),
        name: Said::new(record.name, record.seen),
        flags: record.flags,
        seen: record.seen,
        last_active: None,
    });
    if after == before {
        return Ok(());
    }
    let text = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone());
    let seen = |said: &Option<Said>| said.as_ref().and_then(|said| said.seen).map(Moment::unix_ms);
    connection
        .prepare_cached(
            "UPDATE account SET handle = ?2, handle_seen = ?3, name = ?4, name_seen = ?5, flags = ?6, seen = ?7
              WHERE id = ?1",
        )?
        .execute((
            row,
            text(&after.handle),
            seen(&after.handle),
            text(&after.name),
            seen(&after.name),
            after.flags.bits(),
            ms(after.seen),
        ))?;
    Ok(())
}
