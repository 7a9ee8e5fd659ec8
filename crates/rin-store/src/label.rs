//! Hashtags and links of interactions, by which a campaign recognises what it won.
//!
//! A label hangs on an event of the log by the event's own identity, so importing twice adds nothing. It is kept in one
//! spelling only; no other word of a message is.

use rin_core::{AccountId, InteractionRecord, Moment, normal_label};

use crate::{Reader, Store, StoreError, column::moment, import::events::identity};

/// An interaction that carries a label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Labelled {
    /// When.
    pub at: Moment,
    /// Who began it.
    pub from: AccountId,
    /// With whom.
    pub to: AccountId,
}

impl Store {
    /// Keeps that an interaction of the log carries a hashtag or link; returns whether that was not known.
    ///
    /// Nothing is kept of a text that is no label, or for an event that is not in the log.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn label_interaction(
        &mut self,
        platform: &str,
        record: &InteractionRecord<'_>,
        label: &str,
    ) -> Result<bool, StoreError> {
        let Some(label) = normal_label(label) else { return Ok(false) };
        let id = identity(platform, record);
        let n_written = self.at(self.connection.execute(
            "INSERT INTO label (label, t, interaction)
             SELECT ?1, t, id FROM interaction WHERE t = ?2 AND id = ?3 ON CONFLICT DO NOTHING",
            (label, record.at.unix_ms(), id),
        ))?;
        Ok(n_written != 0)
    }
}

impl Reader<'_> {
    /// Returns the interactions that carry that label in its normal form, in the order of time.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn labelled(&self, label: &str) -> Result<Vec<Labelled>, StoreError> {
        let sql = "SELECT i.t, i.src, i.dst FROM label l JOIN interaction i ON i.t = l.t AND i.id = l.interaction
                    WHERE l.label = ? ORDER BY i.t, i.id";
        self.rows(sql, [label], |row| {
            let (from, to) = (self.account(row, 1)?, self.account(row, 2)?);
            Ok(Labelled { at: moment(row, 0)?, from, to })
        })
    }
}
