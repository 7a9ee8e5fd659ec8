//! A campaign as the user runs it: a file that is written, checked, started and ended, and the word on whom it won.
//!
//! The file lies in the folder `campaigns` beside the store and is the user's. When the campaign starts its text is kept
//! as it is, so that nothing that is measured later depends on what the file says by then.

mod check;
mod day;
mod done;
mod error;
mod file;
mod name;
mod template;
mod words;

use std::{fs, io, path::PathBuf};

use rin_core::{Campaign, Minutes, Moment, PartyId};
use rin_store::{CampaignEnd, CampaignMark, Reader, StartedCampaign, StoreError, StoredCampaign};
use serde::Serialize;

pub(crate) use self::check::done_minutes;
pub use self::{
    check::{CampaignCheckView, CheckCampaignRequest, CheckView},
    error::{CampaignError, Fault},
    template::NewCampaignRequest,
};
use crate::{Lang, Session, SessionError, decide::name, party, people::People, time::iso_date};

/// The folder of campaigns beside the store.
const FOLDER: &str = "campaigns";

/// Returns the JSON Schema of a campaign's file.
pub const fn campaign_schema() -> &'static str {
    include_str!("campaign/schema.json")
}

/// The start of a campaign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StartCampaignRequest {
    /// Its short name.
    pub name: String,
    /// Why it starts although the check says stop.
    pub despite: Option<String>,
    /// The moment.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// The end of a campaign.
#[derive(Clone, PartialEq, Debug)]
pub struct EndCampaignRequest {
    /// Its short name.
    pub name: String,
    /// The working time it took.
    pub minutes: Minutes,
    /// The money it cost; `None` if that is not known.
    pub money: Option<f64>,
    /// The moment.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// The user's word on whom a campaign won.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkCampaignRequest {
    /// The campaign's short name.
    pub name: String,
    /// Whom: numbers, handles or parts of names.
    pub parties: Vec<String>,
    /// Whether it won them.
    pub won: bool,
    /// The moment.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// What was done with a campaign.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CampaignDoneView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Its short name.
    pub id: String,
    /// Its file, if one is concerned.
    pub file: Option<PathBuf>,
    /// What was done, as a sentence.
    pub said: String,
    /// What comes next, as sentences.
    pub next: Vec<String>,
}

/// The campaigns there are.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CampaignListView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Each of them: planned ones by name, then those started, the first first.
    pub campaigns: Vec<CampaignRow>,
}

/// One campaign.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CampaignRow {
    /// Its short name.
    pub id: String,
    /// What people call it; its short name if the file cannot be read.
    pub name: String,
    /// `planned`, `running`, `over` or `ended`; `unreadable` for a file with a mistake.
    pub state: &'static str,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// The day after the last, ISO 8601.
    pub until: Option<String>,
    /// Last day of its aftercare, ISO 8601, not included.
    pub aftercare_until: Option<String>,
    /// What it took in minutes, once ended.
    pub minutes: Option<f64>,
    /// What it cost in money, once ended and known.
    pub money: Option<f64>,
    /// Why it was started although the check said stop, if it was.
    pub despite: Option<String>,
    /// What is wrong with its file.
    pub problem: Option<String>,
}

/// A campaign that was started, as it was then.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Started {
    /// What it was started with.
    pub(crate) campaign: Campaign,
    /// What the store keeps of it.
    pub(crate) stored: StoredCampaign,
}

impl Session {
    /// Starts a campaign: checks it, and keeps its file as it is.
    ///
    /// # Errors
    /// [`SessionError`] if no programme of its name runs when it begins, the check says stop and no reason is given, it
    /// was started before, or the store cannot be written.
    pub fn start_campaign(
        &mut self,
        request: &StartCampaignRequest,
    ) -> Result<CampaignDoneView, SessionError> {
        let (text, campaign) = self.planned(&request.name)?;
        let id = campaign.id.clone();
        if self.store.read()?.campaign(&id)?.is_some() {
            Err(CampaignError::Started { campaign: id.clone() })?;
        }
        let kept = self.kept()?;
        let programme = kept.iter().find(|kept| kept.programme.name == campaign.programme);
        let begins = campaign.window.start().max(request.now);
        if !programme.is_some_and(|kept| kept.programme.is_running_at(begins)) {
            Err(CampaignError::NoProgramme {
                campaign: id.clone(),
                programme: campaign.programme.clone(),
            })?;
        }
        let check = CheckCampaignRequest {
            name: request.name.clone(),
            now: request.now,
            lang: request.lang,
        };
        let checks = self.check_campaign(&check)?.checks;
        let stops = checks.iter().filter(|check| check.verdict == "stop").count();
        let despite = request.despite.as_deref().map(str::trim).filter(|why| !why.is_empty());
        if 0 < stops && despite.is_none() {
            Err(CampaignError::NotReady { campaign: id.clone(), stops, checks: checks.len() })?;
        }
        self.store.start_campaign(&StartedCampaign {
            id: id.clone(),
            programme: campaign.programme.clone(),
            body: text,
            started_at: request.now,
            despite: despite.filter(|_| 0 < stops).map(str::to_owned),
        })?;
        Ok(self.started_view(&campaign, request.lang))
    }

    /// Ends a campaign and keeps what it took.
    ///
    /// # Errors
    /// [`SessionError`] if it was not started or was ended before, the money is no amount, or the store cannot be
    /// written.
    pub fn end_campaign(
        &mut self,
        request: &EndCampaignRequest,
    ) -> Result<CampaignDoneView, SessionError> {
        let started = self.started_named(&request.name)?;
        let id = started.campaign.id.clone();
        if started.stored.end.is_some() {
            Err(CampaignError::Ended { campaign: id.clone() })?;
        }
        if request.money.is_some_and(|money| !money.is_finite() || money < 0.0) {
            Err(CampaignError::NoAmount)?;
        }
        let end = CampaignEnd { at: request.now, minutes: request.minutes, money: request.money };
        self.store.end_campaign(&id, &end)?;
        self.keep_origins(request.now)?;
        Ok(self.ended_view(&started.campaign, &end, request.lang))
    }

    /// Keeps the user's word on whom a campaign won.
    ///
    /// # Errors
    /// [`SessionError`] if it was not started, somebody is not to be found, or the store cannot be written; nothing is
    /// kept then.
    pub fn mark_campaign(
        &mut self,
        request: &MarkCampaignRequest,
    ) -> Result<CampaignDoneView, SessionError> {
        let id = self.started_named(&request.name)?.campaign.id;
        let people = People::read(&self.store.read()?)?;
        let parties: Result<Vec<PartyId>, _> =
            request.parties.iter().map(|query| party::find(&people, query)).collect();
        let parties = parties?;
        for party in &parties {
            let (campaign, won) = (id.clone(), request.won);
            self.store.mark_campaign(&CampaignMark {
                campaign,
                party: *party,
                won,
                at: request.now,
            })?;
        }
        let names: Vec<String> = parties.iter().map(|party| name(&people, *party)).collect();
        Ok(done::marked(id, &names.join(", "), request.won, request.lang))
    }

    /// Lists the campaigns: files that were not started, and those that were.
    ///
    /// # Errors
    /// [`SessionError`] if the folder or the store cannot be read.
    pub fn campaigns(&self, now: Moment) -> Result<CampaignListView, SessionError> {
        let started = self.started()?;
        let mut campaigns = Vec::new();
        for id in self.files()? {
            if started.iter().all(|one| one.campaign.id != id) {
                let read = self.planned(&id).map(|(_, campaign)| campaign);
                campaigns.push(self.planned_row(id, read));
            }
        }
        campaigns.extend(started.iter().map(|one| self.started_row(one, now)));
        Ok(CampaignListView { schema: "rin.campaigns/1", campaigns })
    }

    /// Reads every campaign that was started, the first first.
    pub(crate) fn started(&self) -> Result<Vec<Started>, SessionError> {
        self.started_in(&self.store.read()?)
    }

    /// The same out of a reader that is open already.
    pub(crate) fn started_in(&self, reader: &Reader<'_>) -> Result<Vec<Started>, SessionError> {
        let path = self.store.path();
        let stored = reader.campaigns()?.into_iter();
        stored
            .map(|stored| {
                let (body, id) = (&stored.started.body, &stored.started.id);
                let campaign = file::parse(body, id, path, &self.zone).map_err(|error| {
                    let what = format!("campaign {id}: {error}");
                    StoreError::Damaged { path: path.to_owned(), what }
                })?;
                Ok(Started { campaign, stored })
            })
            .collect()
    }

    /// Returns the campaign of that short name, which must have been started.
    pub(crate) fn started_named(&self, name: &str) -> Result<Started, SessionError> {
        let id = name::short(name).unwrap_or_else(|| name.to_owned());
        let found = self.started()?.into_iter().find(|one| one.campaign.id == id);
        match found {
            Some(started) => Ok(started),
            None if self.file_of(&id).exists() => Err(CampaignError::NotStarted { campaign: id })?,
            None => Err(self.unknown_campaign(name, &id))?,
        }
    }

    /// Reads a campaign's file; returns its text too.
    pub(crate) fn planned(&self, name: &str) -> Result<(String, Campaign), SessionError> {
        let id =
            name::short(name).ok_or_else(|| CampaignError::NoName { name: name.to_owned() })?;
        let path = self.file_of(&id);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(self.unknown_campaign(name, &id))?;
            }
            Err(source) => Err(CampaignError::File { what: "read", path: path.clone(), source })?,
        };
        let campaign = file::parse(&text, &id, &path, &self.zone)?;
        Ok((text, campaign))
    }

    fn unknown_campaign(&self, name: &str, id: &str) -> CampaignError {
        let mut known = self.files().unwrap_or_default();
        known.extend(self.started().unwrap_or_default().into_iter().map(|one| one.campaign.id));
        known.sort_unstable();
        known.dedup();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        CampaignError::Unknown { name: name.to_owned(), known, path: self.file_of(id) }
    }

    pub(crate) fn file_of(&self, id: &str) -> PathBuf {
        self.dir.join(FOLDER).join(format!("{id}.toml"))
    }

    /// Returns the short names of all files, by name.
    fn files(&self) -> Result<Vec<String>, SessionError> {
        let dir = self.dir.join(FOLDER);
        let fail = |source| CampaignError::File { what: "read", path: dir.clone(), source };
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => Err(fail(source))?,
        };
        let mut ids = Vec::new();
        for entry in entries {
            let path = entry.map_err(fail)?.path();
            let is_toml = path.extension().is_some_and(|end| end == "toml");
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            ids.extend(stem.filter(|_| is_toml).map(str::to_owned));
        }
        ids.sort_unstable();
        Ok(ids)
    }

    fn planned_row(&self, id: String, read: Result<Campaign, SessionError>) -> CampaignRow {
        let (state, problem) = match &read {
            Ok(_) => ("planned", None),
            Err(error) => ("unreadable", Some(error.to_string())),
        };
        let campaign = read.ok();
        let row = CampaignRow {
            name: campaign.as_ref().map_or_else(|| id.clone(), |one| one.name.clone()),
            id,
            state,
            from: None,
            until: None,
            aftercare_until: None,
            minutes: None,
            money: None,
            despite: None,
            problem,
        };
        match campaign {
            Some(campaign) => self.dated(row, &campaign),
            None => row,
        }
    }

    fn started_row(&self, started: &Started, now: Moment) -> CampaignRow {
        let (campaign, stored) = (&started.campaign, &started.stored);
        let state = match stored.end {
            Some(_) => "ended",
            None if campaign.window.end() <= now => "over",
            None => "running",
        };
        let row = CampaignRow {
            id: campaign.id.clone(),
            name: campaign.name.clone(),
            state,
            from: None,
            until: None,
            aftercare_until: None,
            minutes: stored.end.map(|end| end.minutes.get()),
            money: stored.end.and_then(|end| end.money),
            despite: stored.started.despite.clone(),
            problem: None,
        };
        self.dated(row, campaign)
    }

    fn dated(&self, row: CampaignRow, campaign: &Campaign) -> CampaignRow {
        let iso = |at| Some(iso_date(at, &self.zone));
        CampaignRow {
            from: iso(campaign.window.start()),
            until: iso(campaign.window.end()),
            aftercare_until: iso(campaign.aftercare_window().end()),
            ..row
        }
    }
}

#[cfg(test)]
mod tests;
