//! The user's own notes about people, each with the day it is about.
//!
//! A note hangs on an account, not on a party: so it goes wherever that account goes when parties are joined or taken
//! apart, and an import does not touch it.

use std::cmp::Reverse;

use rin_core::{Moment, PartyId};

use crate::{Reader, Store, StoreError, column::moment};

/// One note in this store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NoteId(i64);

impl NoteId {
    /// Makes it of the number shown.
    pub const fn new(raw: i64) -> Self {
        Self(raw)
    }

    /// Returns the number in table `note`.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// A note as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// About whom.
    pub party: PartyId,
    /// The moment it is about.
    pub at: Moment,
    /// When it was last written.
    pub written: Moment,
    /// What it says.
    pub text: String,
}

impl Store {
    /// Writes a note about a party, and hangs it on the first of its accounts.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such party, or [`StoreError`] if it cannot be written.
    pub fn add_note(&mut self, note: &Note) -> Result<NoteId, StoreError> {
        let party = note.party.get();
        let account: Option<u32> = self.at(self.connection.query_row(
            "SELECT min(id) FROM account WHERE party = ? AND canonical = id",
            [party],
            |row| row.get(0),
        ))?;
        let account = account.ok_or_else(|| self.unknown("party", i64::from(party)))?;
        self.at(self.connection.execute(
            "INSERT INTO note (account, at, written, text) VALUES (?, ?, ?, ?)",
            (account, note.at.unix_ms(), note.written.unix_ms(), &note.text),
        ))?;
        Ok(NoteId(self.connection.last_insert_rowid()))
    }

    /// Writes a note anew; what it is about stays if `at` is `None`.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such note, or [`StoreError`] if it cannot be written.
    pub fn edit_note(
        &mut self,
        note: NoteId,
        text: &str,
        at: Option<Moment>,
        now: Moment,
    ) -> Result<(), StoreError> {
        let n_written = self.at(self.connection.execute(
            "UPDATE note SET text = ?2, at = ifnull(?3, at), written = ?4 WHERE id = ?1",
            (note.0, text, at.map(Moment::unix_ms), now.unix_ms()),
        ))?;
        if n_written == 0 { Err(self.unknown("note", note.0)) } else { Ok(()) }
    }

    /// Takes a note away for good.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such note, or [`StoreError`] if it cannot be written.
    pub fn remove_note(&mut self, note: NoteId) -> Result<(), StoreError> {
        let n_written =
            self.at(self.connection.execute("DELETE FROM note WHERE id = ?", [note.0]))?;
        if n_written == 0 { Err(self.unknown("note", note.0)) } else { Ok(()) }
    }
}

impl Reader<'_> {
    /// Returns all notes, by party and by what they are about, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn notes(&self) -> Result<Vec<(NoteId, Note)>, StoreError> {
        let sql = "SELECT n.id, c.party, n.at, n.written, n.text FROM note n
                     JOIN account a ON a.id = n.account JOIN account c ON c.id = a.canonical
                    ORDER BY c.party, n.at DESC, n.id DESC";
        let mut notes = self.rows(sql, [], |row| {
            let party = self.party(row, 1)?;
            let (at, written) = (moment(row, 2)?, moment(row, 3)?);
            Ok((NoteId(row.get(0)?), Note { party, at, written, text: row.get(4)? }))
        })?;
        // Parties may be one by the user's word; the sort keeps what is of one day in its order.
        notes.sort_by_key(|(_, note)| (note.party, Reverse(note.at)));
        Ok(notes)
    }
}
