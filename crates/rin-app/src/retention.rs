//! How long people are kept with whom there is no contact: off unless `rin.toml` says so, and never done by itself.
//!
//! Silence counts only as far as the sources see: where they end, nobody knows who has written since. Whoever goes is not barred, unlike
//! with [`Session::forget`]: a later contact brings them back, as it should, and so does an old export that is read again; then
//! the next time takes them once more.

use rin_core::{Filter, Moment, PartyId};
use rin_store::Comeback;
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
            is_done: false,
            said: Vec::new(),
        };
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
        if view.parties.is_empty() {
            return Ok(view);
        }
        let parties: Vec<PartyId> =
            view.parties.iter().map(|row| PartyId::new(row.party)).collect();
        self.store.forget(&parties, Comeback::Allowed)?;
        self.calibrate(now, lang)?;
        view.is_done = true;
        let n = parties.len();
        view.said = vec![lang.pick(
            format!("Erased for good: {n}. A later contact brings them back."),
            format!("Endgültig gelöscht: {n}. Ein späterer Kontakt bringt sie zurück."),
        )];
        Ok(view)
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
