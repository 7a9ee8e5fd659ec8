//! What is said of parties: the user's tags, and the tier each stood in last.
//!
//! Tags are the user's words. Tiers are computed, but slow demotion needs to know since when a party has stood where it
//! stands, which no log tells.

use rin_core::{Moment, PartyId};

use crate::{Reader, Store, StoreError, column::moment};

/// A word of the user's for a party.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    /// For whom.
    pub party: PartyId,
    /// The word.
    pub tag: String,
    /// Since when.
    pub since: Moment,
}

/// The tier a party stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredTier {
    /// Who.
    pub party: PartyId,
    /// The tier's name.
    pub tier: String,
    /// Since when.
    pub since: Moment,
}

impl Store {
    /// Tags a party; returns whether it had not been tagged so. The day of a tag that is there stays.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such party, or [`StoreError`] if it cannot be written.
    pub fn add_tag(&mut self, tag: &Tag) -> Result<bool, StoreError> {
        let party = tag.party.get();
        let is_there = self.at(self
            .connection
            .prepare_cached("SELECT 1 FROM party WHERE id = ?")
            .and_then(|mut query| query.exists([party])))?;
        if !is_there {
            return Err(self.unknown("party", i64::from(party)));
        }
        let n_written = self.at(self.connection.execute(
            "INSERT INTO tag (party, tag, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (party, &tag.tag, tag.since.unix_ms()),
        ))?;
        Ok(n_written != 0)
    }

    /// Takes a tag away; returns whether it was there.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn remove_tag(&mut self, party: PartyId, tag: &str) -> Result<bool, StoreError> {
        let members = self.read()?.members(party);
        let mut n_written = 0;
        for member in members {
            let sql = "DELETE FROM tag WHERE party = ? AND tag = ?";
            n_written += self.at(self.connection.execute(sql, (member.get(), tag)))?;
        }
        Ok(n_written != 0)
    }

    /// Keeps where parties stand, in the place of where they stood before; all or none.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written, also for a party that is not in the store.
    pub fn save_tiers(&mut self, tiers: &[StoredTier]) -> Result<(), StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self.connection.transaction().map_err(fail)?;
        for tier in tiers {
            transaction
                .prepare_cached(
                    "INSERT INTO tier (party, tier, since) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET tier = ?2, since = ?3",
                )
                .and_then(|mut insert| {
                    insert.execute((tier.party.get(), &tier.tier, tier.since.unix_ms()))
                })
                .map_err(fail)?;
        }
        transaction.commit().map_err(fail)
    }
}

impl Reader<'_> {
    /// Returns all tags, by party and word.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn tags(&self) -> Result<Vec<Tag>, StoreError> {
        let sql = "SELECT party, tag, since FROM tag ORDER BY party, tag";
        let mut tags = self.rows(sql, [], |row| {
            Ok(Tag { party: self.party(row, 0)?, tag: row.get(1)?, since: moment(row, 2)? })
        })?;
        // Parties that are one have the tags of all, each since the first.
        tags.sort_by(|x, y| (x.party, &x.tag, x.since).cmp(&(y.party, &y.tag, y.since)));
        tags.dedup_by(|next, kept| (next.party, &next.tag) == (kept.party, &kept.tag));
        Ok(tags)
    }

    /// Returns where parties stood last, by party.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn tiers(&self) -> Result<Vec<StoredTier>, StoreError> {
        let sql = "SELECT party, tier, since FROM tier ORDER BY party";
        let mut tiers = self.rows(sql, [], |row| {
            Ok(StoredTier { party: self.party(row, 0)?, tier: row.get(1)?, since: moment(row, 2)? })
        })?;
        // Of parties that are one, that of the least stands, as it is kept anew from then on.
        tiers.sort_by_key(|tier| tier.party);
        tiers.dedup_by_key(|tier| tier.party);
        Ok(tiers)
    }
}
