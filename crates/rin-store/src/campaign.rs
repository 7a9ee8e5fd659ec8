//! Campaigns that were started, what they took once ended, and the user's word on whom they won.
//!
//! The body is the campaign's file as it was when it started: what the user writes into the file later does not change
//! what is measured.

use rin_core::{Minutes, Moment, PartyId};
use rusqlite::{OptionalExtension, Row};

use crate::{
    Reader, Store, StoreError,
    column::{moment, moment_or_none},
};

/// A campaign as it is started.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StartedCampaign {
    /// Its short name.
    pub id: String,
    /// The programme it supports, by name.
    pub programme: String,
    /// Its file, TOML.
    pub body: String,
    /// When it was started.
    pub started_at: Moment,
    /// Why it was started although the check said stop, if it was.
    pub despite: Option<String>,
}

/// What a campaign took, as the user says at its end.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CampaignEnd {
    /// When it ended.
    pub at: Moment,
    /// The working time it took.
    pub minutes: Minutes,
    /// The money it cost; `None` if that is not known.
    pub money: Option<f64>,
}

/// A campaign in the store.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct StoredCampaign {
    /// As it was started.
    pub started: StartedCampaign,
    /// What it took; `None` while it runs.
    pub end: Option<CampaignEnd>,
}

/// The user's word on whether a campaign won a party.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CampaignMark {
    /// The campaign's short name.
    pub campaign: String,
    /// About whom.
    pub party: PartyId,
    /// Whether it won them.
    pub won: bool,
    /// When that was said.
    pub at: Moment,
}

impl Store {
    /// Keeps a campaign that starts.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if one of that short name was started before, or [`StoreError`] if it cannot be written.
    pub fn start_campaign(&mut self, campaign: &StartedCampaign) -> Result<(), StoreError> {
        let written = self.at(self.connection.execute(
            "INSERT INTO campaign (id, programme, body, started_at, despite) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
            (
                &campaign.id,
                &campaign.programme,
                &campaign.body,
                campaign.started_at.unix_ms(),
                &campaign.despite,
            ),
        ))?;
        if written == 0 { Err(self.taken("campaign", &campaign.id)) } else { Ok(()) }
    }

    /// Keeps what a campaign took.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is no such campaign, [`StoreError::Taken`] if it has been ended, or
    /// [`StoreError`] if it cannot be written.
    pub fn end_campaign(&mut self, campaign: &str, end: &CampaignEnd) -> Result<(), StoreError> {
        let written = self.at(self.connection.execute(
            "UPDATE campaign SET ended_at = ?2, seconds = ?3, money = ?4
              WHERE id = ?1 AND ended_at IS NULL",
            (campaign, end.at.unix_ms(), end.minutes.seconds(), end.money),
        ))?;
        if written != 0 {
            return Ok(());
        }
        let is_there = self.read()?.campaign(campaign)?.is_some();
        Err(if is_there {
            self.taken("the end of campaign", campaign)
        } else {
            self.missing("campaign", campaign)
        })
    }

    /// Keeps the user's word on whether a campaign won a party, in the place of an earlier word.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is no such campaign, [`StoreError::Unknown`] if there is no such party, or
    /// [`StoreError`] if it cannot be written.
    pub fn mark_campaign(&mut self, mark: &CampaignMark) -> Result<(), StoreError> {
        if self.read()?.campaign(&mark.campaign)?.is_none() {
            return Err(self.missing("campaign", &mark.campaign));
        }
        let party = mark.party.get();
        let written = self.at(self.connection.execute(
            "INSERT INTO campaign_mark (campaign, party, won, at) SELECT ?1, id, ?3, ?4 FROM party WHERE id = ?2
             ON CONFLICT DO UPDATE SET won = excluded.won, at = excluded.at",
            (&mark.campaign, party, mark.won, mark.at.unix_ms()),
        ))?;
        if written == 0 { Err(self.unknown("party", i64::from(party))) } else { Ok(()) }
    }

    pub(crate) fn missing(&self, what: &'static str, name: &str) -> StoreError {
        StoreError::Missing { path: self.path.clone(), what, name: name.to_owned() }
    }

    fn taken(&self, what: &'static str, name: &str) -> StoreError {
        StoreError::Taken { path: self.path.clone(), what, name: name.to_owned() }
    }
}

impl Reader<'_> {
    /// Returns the campaigns, the one started first first.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn campaigns(&self) -> Result<Vec<StoredCampaign>, StoreError> {
        let sql = "SELECT id, programme, body, started_at, despite, ended_at, seconds, money
                     FROM campaign ORDER BY started_at, id";
        self.rows(sql, [], read)
    }

    /// Returns the campaign of that short name.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn campaign(&self, id: &str) -> Result<Option<StoredCampaign>, StoreError> {
        let sql = "SELECT id, programme, body, started_at, despite, ended_at, seconds, money
                     FROM campaign WHERE id = ?";
        self.at(self.connection().query_row(sql, [id], read).optional())
    }

    /// Returns what the user said of whom campaigns won, by campaign and party.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn campaign_marks(&self) -> Result<Vec<CampaignMark>, StoreError> {
        let sql = "SELECT campaign, party, won, at FROM campaign_mark ORDER BY campaign, party";
        let mut marks = self.rows(sql, [], |row| {
            Ok(CampaignMark {
                campaign: row.get(0)?,
                party: self.party(row, 1)?,
                won: row.get(2)?,
                at: moment(row, 3)?,
            })
        })?;
        // Of parties that are one, the last word stands.
        marks.sort_by(|x, y| (&x.campaign, x.party, y.at).cmp(&(&y.campaign, y.party, x.at)));
        marks.dedup_by(|next, kept| (&next.campaign, next.party) == (&kept.campaign, kept.party));
        Ok(marks)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredCampaign> {
    let started = StartedCampaign {
        id: row.get(0)?,
        programme: row.get(1)?,
        body: row.get(2)?,
        started_at: moment(row, 3)?,
        despite: row.get(4)?,
    };
    let (seconds, money): (Option<u32>, Option<f64>) = (row.get(6)?, row.get(7)?);
    let minutes = Minutes::from_seconds(seconds.unwrap_or_default());
    let end = moment_or_none(row, 5)?.map(|at| CampaignEnd { at, minutes, money });
    Ok(StoredCampaign { started, end })
}
