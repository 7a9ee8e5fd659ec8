//! What happened: the whole log in the order of time, or what passed between two accounts or with one party.
//!
//! The log has no index by account, which would cost more than the import itself; the contact days of the tie state
//! say where to look, so a timeline reads only those days.

use std::collections::{BTreeSet, HashSet};

use rin_core::{AccountId, Day, Interaction, PartyId, TieState, Window};
use rusqlite::{OptionalExtension, Row};

use super::Reader;
use crate::{
    StoreError,
    column::{interaction_kind, moment},
    states,
};

impl Reader<'_> {
    /// Hands over every interaction within `window`, in the order of time.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn each_interaction(
        &self,
        window: Window,
        mut visit: impl FnMut(Interaction),
    ) -> Result<(), StoreError> {
        self.visit(
            "SELECT t, src, dst, kind FROM interaction WHERE ? <= t AND t < ? ORDER BY t, id",
            (window.start().unix_ms(), window.end().unix_ms()),
            |row| {
                visit(self.interaction(row)?);
                Ok(())
            },
        )
    }

    /// Returns what passed between our accounts and those of `party`, in the order of time.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn events_with(&self, party: PartyId) -> Result<Vec<Interaction>, StoreError> {
        let mut theirs: Vec<u32> = Vec::new();
        for member in self.groups.parties.members(party) {
            let sql = "SELECT id FROM account WHERE party = ?";
            theirs.extend(self.rows(sql, [member.get()], |row| row.get::<_, u32>(0))?);
        }
        let mut ours = Vec::new();
        for own in self.own() {
            ours.extend(self.rows_of(own)?);
        }
        self.events_of(&ours, &theirs)
    }

    /// Returns what passed between two accounts, in the order of time.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn events_between(
        &self,
        a: AccountId,
        b: AccountId,
    ) -> Result<Vec<Interaction>, StoreError> {
        self.events_of(&self.rows_of(a)?, &self.rows_of(b)?)
    }

    /// Returns the rows of an account: its own and those of its aliases.
    fn rows_of(&self, account: AccountId) -> Result<Vec<u32>, StoreError> {
        let mut rows = vec![account.get()];
        if self.groups.is_joined(account.get()) {
            rows.extend(self.rows(
                "SELECT id FROM account WHERE canonical = ? AND canonical <> id",
                [account.get()],
                |row| row.get::<_, u32>(0),
            )?);
        }
        Ok(rows)
    }

    fn events_of(&self, ours: &[u32], theirs: &[u32]) -> Result<Vec<Interaction>, StoreError> {
        let days = self.at(self.contact_days(ours, theirs))?;
        let ours: HashSet<u32> = ours.iter().copied().collect();
        let theirs: HashSet<u32> = theirs.iter().copied().collect();
        let is_meant = |from, to| {
            let is_sent = ours.contains(&from) && theirs.contains(&to);
            from != to && (is_sent || theirs.contains(&from) && ours.contains(&to))
        };
        let mut events = Vec::new();
        for day in days {
            self.visit(
                "SELECT t, src, dst, kind FROM interaction WHERE ?1 <= t AND t < ?2 ORDER BY t, id",
                (day.start().unix_ms(), day.start().plus_days(1.0).unix_ms()),
                |row| {
                    let event = is_meant(row.get(1)?, row.get(2)?).then(|| self.interaction(row));
                    events.extend(event.transpose()?);
                    Ok(())
                },
            )?;
        }
        Ok(events)
    }

    fn contact_days(&self, ours: &[u32], theirs: &[u32]) -> rusqlite::Result<BTreeSet<Day>> {
        let mut days = BTreeSet::new();
        let mut select = self
            .connection()
            .prepare_cached("SELECT state FROM tie_state WHERE lo = ? AND hi = ?")?;
        for (&own, &other) in ours.iter().flat_map(|own| theirs.iter().map(move |o| (own, o))) {
            let (pair, _) = states::orient(own, other);
            let state = select.query_row(pair, |row| states::read(row, 0)).optional()?;
            days.extend(state.iter().flat_map(TieState::days).map(|day| day.day));
        }
        Ok(days)
    }

    /// Reads the columns t, src, dst, kind.
    fn interaction(&self, row: &Row<'_>) -> rusqlite::Result<Interaction> {
        Ok(Interaction {
            at: moment(row, 0)?,
            from: self.account(row, 1)?,
            to: self.account(row, 2)?,
            kind: interaction_kind(row, 3)?,
        })
    }
}
