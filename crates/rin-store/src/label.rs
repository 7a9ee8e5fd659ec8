//! Hashtags and links of interactions, by which a campaign recognises what it won.
//!
//! A label hangs on an event of the log by the event's own identity, so importing twice adds nothing. It is kept in one
//! spelling only ([`normal_label`](rin_core::normal_label)); no other word of a post is, and of private messages none at all.

use rin_core::{AccountId, Moment};

use crate::{Reader, StoreError, column::moment};

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

impl Reader<'_> {
    /// Whether any interaction carries a label.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn has_labels(&self) -> Result<bool, StoreError> {
        let first: Option<String> =
            self.at(crate::column::first(self.connection(), "SELECT label FROM label LIMIT 1"))?;
        Ok(first.is_some())
    }

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
