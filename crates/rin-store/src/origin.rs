//! How relationships began: with which campaign, if with one, and by what that was recognised.
//!
//! Written once and never changed, which the file itself enforces: later campaigns, other marks and another reading of
//! the log do not rewrite whose doing a relationship was.

use rin_core::{Moment, PartyId};

use crate::{
    Reader, Store, StoreError,
    column::{damaged, moment},
};

/// By what it was recognised how a relationship began.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum OriginMark {
    /// By the dates alone.
    Dates,
    /// By the list a tie stands in.
    List,
    /// By a hashtag.
    Hashtag,
    /// By a link.
    Link,
    /// By the user's word.
    Hand,
}

impl OriginMark {
    pub(crate) const ALL: [Self; 5] =
        [Self::Dates, Self::List, Self::Hashtag, Self::Link, Self::Hand];

    /// Returns the number in the file.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Dates => 1,
            Self::List => 2,
            Self::Hashtag => 3,
            Self::Link => 4,
            Self::Hand => 5,
        }
    }

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dates => "dates",
            Self::List => "list",
            Self::Hashtag => "hashtag",
            Self::Link => "link",
            Self::Hand => "hand",
        }
    }
}

/// How a relationship began.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// With whom.
    pub party: PartyId,
    /// The short name of the campaign that won it; `None` if it began without one.
    pub campaign: Option<String>,
    /// When it began.
    pub won_at: Moment,
    /// By what that was recognised.
    pub how: OriginMark,
}

impl Store {
    /// Keeps origins of parties that have none yet, all or none of them; returns how many were kept.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be written, also for a party or campaign that is not in the store.
    pub fn keep_origins(&mut self, origins: &[Origin]) -> Result<usize, StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self.connection.transaction().map_err(fail)?;
        let mut n_kept = 0;
        for origin in origins {
            n_kept += transaction
                .prepare_cached(
                    "INSERT INTO origin (party, campaign, won_at, how) VALUES (?, ?, ?, ?)
                     ON CONFLICT DO NOTHING",
                )
                .and_then(|mut insert| {
                    let (party, won_at) = (origin.party.get(), origin.won_at.unix_ms());
                    insert.execute((party, &origin.campaign, won_at, origin.how.number()))
                })
                .map_err(fail)?;
        }
        transaction.commit().map_err(fail)?;
        Ok(n_kept)
    }
}

impl Reader<'_> {
    /// Returns the origins that were kept, by party.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn origins(&self) -> Result<Vec<Origin>, StoreError> {
        let sql = "SELECT party, campaign, won_at, how FROM origin ORDER BY party";
        let mut origins = self.rows(sql, [], |row| {
            let number: u8 = row.get(3)?;
            let how = OriginMark::ALL.into_iter().find(|mark| mark.number() == number);
            Ok(Origin {
                party: self.party(row, 0)?,
                campaign: row.get(1)?,
                won_at: moment(row, 2)?,
                how: how.ok_or_else(|| damaged(format!("origin mark {number} is unknown")))?,
            })
        })?;
        // Of parties that are one, the relationship began with the first.
        origins.sort_by_key(|origin| (origin.party, origin.won_at));
        origins.dedup_by_key(|origin| origin.party);
        Ok(origins)
    }
}
