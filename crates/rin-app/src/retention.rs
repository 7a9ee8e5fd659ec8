//! How long people and interactions are kept: for ever unless `rin.toml` says otherwise. No person is erased by itself.
//!
//! Silence counts only as far as the sources see: where they end, nobody knows who has written since. Whoever goes is not barred, unlike
//! with [`Session::forget`]: a later contact brings them back, as it should, and so does an old export that is read again; then
//! the next time takes them once more. Interactions that are older than the user keeps any go with each import, because
//! an old export would bring them back.

use rin_core::{Filter, Moment, PartyId};
use rin_store::{Comeback, StoreError};
use serde::Serialize;

use crate::{
    Lang, MatchRequest, Session, SessionError, decide::name, people::People, time::iso_date,
};

/// Days of a mean year of the Gregorian calendar.
const YEAR: f64 = 365.242_5;

/// What the setting means today, or what it took.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RetentionView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Years of silence after which somebody goes; `None` if nobody does.
    pub forget_after_years: Option<f64>,
    /// Who stays nevertheless: a filter; empty for nobody.
    pub except: String,
    /// Whoever has been silent since before this day goes, ISO 8601; `None` if nobody does.
    pub silent_since: Option<String>,
    /// Those who go or went, by last contact, the longest ago first.
    pub parties: Vec<RetiredRow>,
    /// How many stay only because of the exception.
    pub excepted: usize,
    /// Years after which an interaction is erased; `None` if none is.
    pub keep_interactions_years: Option<f64>,
    /// How many interactions are older, and go or went.
    pub interactions: u64,
    /// Whether it is done, rather than only looked at.
    pub is_done: bool,
    /// The same in sentences.
    pub said: Vec<String>,
}

/// Somebody whose time has passed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RetiredRow {
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// Last contact, ISO 8601.
    pub last: String,
}

impl Session {
    /// Says what the setting is and who would go today; changes nothing.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn retention(&self, now: Moment, lang: Lang) -> Result<RetentionView, SessionError> {
        let setting = &self.config.retention;
        let mut view = RetentionView {
            schema: "rin.retention/1",
            forget_after_years: setting.forget_after_years,
            except: setting.except().to_string(),
            silent_since: None,
            parties: Vec::new(),
            excepted: 0,
            keep_interactions_years: setting.keep_interactions_years,
            interactions: self.old_interactions(now)?,
            is_done: false,
            said: Vec::new(),
        };
        view.said.extend(to_thin(view.interactions, lang));
        let Some(years) = setting.forget_after_years else {
            view.said.push(lang.pick(
                "Everybody is kept. To change that, set in rin.toml: [retention] forget-after-years = 5".to_owned(),
                "Alle bleiben. Ändern lässt sich das in rin.toml: [retention] forget-after-years = 5".to_owned(),
            ));
            return Ok(view);
        };
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let since = people.covered_until(now).unwrap_or(now).plus_days(-years * YEAR);
        view.silent_since = Some(iso_date(since, &self.zone));
        let kept = self.excepted(setting.except(), now, lang)?;
        let mut silent: Vec<(Moment, PartyId)> = people
            .relationships
            .iter()
            .filter_map(|(party, one)| Some((one.state().last()?, *party)))
            .filter(|(last, _)| *last < since)
            .collect();
        silent.sort_unstable();
        let n_silent = silent.len();
        silent.retain(|(_, party)| !kept(*party));
        view.excepted = n_silent - silent.len();
        view.parties = silent
            .into_iter()
            .map(|(last, party)| RetiredRow {
                party: party.get(),
                name: name(&people, party),
                last: iso_date(last, &self.zone),
            })
            .collect();
        let (n, day) = (view.parties.len(), lang.date(since, &self.zone));
        view.said.push(lang.pick(
            format!("Silent since before {day}, as far as the sources see, and to be erased: {n}."),
            format!("Still seit vor dem {day}, soweit die Quellen reichen, und zu löschen: {n}."),
        ));
        if 0 < view.excepted {
            let (n, except) = (view.excepted, &view.except);
            view.said.push(lang.pick(
                format!("{n} more stay by the exception {except}."),
                format!("{n} weitere bleiben durch die Ausnahme {except}."),
            ));
        }
        Ok(view)
    }

    /// Erases whom the setting says, all or none, and learns the forecast anew.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or written.
    pub fn apply_retention(
        &mut self,
        now: Moment,
        lang: Lang,
    ) -> Result<RetentionView, SessionError> {
        let mut view = self.retention(now, lang)?;
        if view.parties.is_empty() && view.interactions == 0 {
            return Ok(view);
        }
        let parties: Vec<PartyId> =
            view.parties.iter().map(|row| PartyId::new(row.party)).collect();
        view.said.clear();
        if !parties.is_empty() {
            self.store.forget(&parties, Comeback::Allowed)?;
            let n = parties.len();
            view.said.push(lang.pick(
                format!("Erased for good: {n}. A later contact brings them back."),
                format!("Endgültig gelöscht: {n}. Ein späterer Kontakt bringt sie zurück."),
            ));
        }
        // Theirs are gone already.
        view.interactions = self.thin_log(now)?;
        view.said.extend(thinned(view.interactions, lang));
        self.calibrate(now, lang)?;
        view.is_done = true;
        Ok(view)
    }

    /// Erases interactions older than they are kept, and returns how many there were.
    pub(crate) fn thin_log(&mut self, now: Moment) -> Result<u64, StoreError> {
        match self.log_from(now) {
            Some(from) => self.store.thin(from),
            None => Ok(0),
        }
    }

    fn old_interactions(&self, now: Moment) -> Result<u64, StoreError> {
        match self.log_from(now) {
            Some(from) => self.store.read()?.interactions_before(from),
            None => Ok(0),
        }
    }

    /// Returns the moment from which on interactions are kept, if not all are.
    fn log_from(&self, now: Moment) -> Option<Moment> {
        let years = self.config.retention.keep_interactions_years?;
        Some(now.plus_days(-years * YEAR))
    }

    /// Returns who stays in any case.
    fn excepted(
        &self,
        except: Filter,
        now: Moment,
        lang: Lang,
    ) -> Result<impl Fn(PartyId) -> bool + use<>, SessionError> {
        let is_nobody = except.is_everybody();
        let matching = if is_nobody {
            None
        } else {
            Some(self.matching(&MatchRequest { filter: except, now, lang })?)
        };
        Ok(move |party: PartyId| {
            matching.as_ref().is_some_and(|matching| matching.contains(party.get()))
        })
    }
}

/// Says how many interactions would go; nothing if none would.
fn to_thin(n: u64, lang: Lang) -> Option<String> {
    (0 < n).then(|| {
        lang.pick(
            format!("Interactions older than they are kept, and to be erased: {n}."),
            format!("Interaktionen, älter als sie bleiben, und zu löschen: {n}."),
        )
    })
}

/// Says how many interactions went; nothing if none did.
pub(crate) fn thinned(n: u64, lang: Lang) -> Option<String> {
    (0 < n).then(|| {
        lang.pick(
            format!("Interactions older than they are kept, and erased: {n}. What was before is unknown now."),
            format!("Interaktionen, älter als sie bleiben, und gelöscht: {n}. Was davor war, ist jetzt unbekannt."),
        )
    })
}
