//! What the forecast has learned from the user's own past: made after each import, kept in the store.
//!
//! Learned is from ties between us and others, as they stood at earlier moments within what the sources cover. The
//! horizon learned with is the one asked for, or a shorter one where the past is short: the law is the same for any.

use std::collections::BTreeMap;

use rin_core::{
    Calibration, CalibrationRequest, Day, ForecastModel, History, LAW_VERSION, Law, LawPrior,
    Moment, SqrtRule, StayingLaw, Validation, Window, calibrate,
};
use rin_store::{Reader, StoredCalibration};
use serde::{Deserialize, Serialize};

use crate::{
    Lang, Session, SessionError,
    people::{People, US},
    platform::common_staying_power,
    time::iso_date,
};

/// Horizons that are tried, in days, if the past is too short for the one asked for.
const HORIZONS: [f64; 3] = [90.0, 60.0, 30.0];
/// So many horizons of past are needed to learn and to judge what was learned.
const NEEDED: f64 = 3.0;

/// What the forecast learned, and how it was judged.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CalibrationView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Version of the method.
    pub method: u32,
    /// The law chosen.
    pub law: &'static str,
    /// Ties it was learned from.
    pub ties: usize,
    /// How much the own past counts against what networks have in common, `0..1`.
    pub own_share: f64,
    /// The horizon learned with, in days.
    pub horizon_days: f64,
    /// Until when the past was looked at, ISO 8601.
    pub until: String,
    /// How the candidates did on a part of the past they had not learned from.
    pub validation: Option<ValidationView>,
    /// The same in a sentence.
    pub told: String,
}

/// How the candidates did.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ValidationView {
    /// The day on which they were asked, ISO 8601.
    pub cut: String,
    /// Ties they were asked about.
    pub ties: usize,
    /// Mean log loss by candidate; less is better.
    pub log_loss: BTreeMap<&'static str, f64>,
}

impl ValidationView {
    /// Returns what a candidate is called.
    pub fn candidate(name: &str, lang: Lang) -> &str {
        let de = match name {
            "law of staying" => "Gesetz des Bleibens",
            "√ rule, own k" => "√-Regel mit eigenem k",
            "√ rule" => "√-Regel",
            other => other,
        };
        lang.pick(name, de)
    }
}

/// What stands in the store.
#[derive(Serialize, Deserialize)]
struct Body {
    /// The last covered day, days since 1970.
    until: i32,
    horizon_days: f64,
    ties: usize,
    /// *k* of the √ rule, if that was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    k: Option<f64>,
    /// The law of staying, if that was chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<f64>,
}

impl Session {
    /// Learns the forecast from the log and keeps it.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or written.
    pub fn calibrate(&mut self, now: Moment, lang: Lang) -> Result<CalibrationView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let history = history(&reader, &people)?;
        let until = people.covered_until(now).unwrap_or(now).day();
        let until = history.last().map_or(until, |last| until.min(last.day()));
        drop(reader);
        let request = CalibrationRequest {
            horizon_days: horizon(&history, until, self.config.forecast.horizon_days),
            until,
            egos: Some(vec![US]),
            platform_k: common_staying_power(people.platforms.values()),
        };
        let calibration = calibrate(&history, &request);
        self.store.save_calibration(&StoredCalibration {
            made_at: now,
            method: LAW_VERSION,
            body: body(&calibration.law, calibration.ties, &request),
        })?;
        Ok(view(&calibration, &request, lang))
    }

    /// Returns the forecast: by what was learned, else by what networks of these platforms have in common.
    pub(crate) fn model(
        &self,
        reader: &Reader<'_>,
        people: &People,
    ) -> Result<ForecastModel, SessionError> {
        let forecast = &self.config.forecast;
        let stored = reader.calibration()?.filter(|stored| stored.method == LAW_VERSION);
        let prior = || {
            common_staying_power(people.platforms.values())
                .map_or_else(LawPrior::default, LawPrior::of_platform)
        };
        let law = stored
            .and_then(|stored| law(&stored.body))
            .unwrap_or_else(|| ForecastModel::by(StayingLaw::before(&prior())).law);
        Ok(ForecastModel {
            horizon_days: forecast.horizon_days,
            threshold: forecast.threshold,
            law,
        })
    }
}

fn view(calibration: &Calibration, request: &CalibrationRequest, lang: Lang) -> CalibrationView {
    let date = |day: Day| iso_date(day.start(), &jiff::tz::TimeZone::UTC);
    CalibrationView {
        schema: "rin.calibration/1",
        method: LAW_VERSION,
        law: name(&calibration.law),
        ties: calibration.ties,
        own_share: own_share(&calibration.law, calibration.ties),
        horizon_days: request.horizon_days,
        until: date(request.until),
        validation: calibration.validation.as_ref().map(|validation| ValidationView {
            cut: date(validation.cut),
            ties: validation.ties,
            log_loss: validation.log_loss.iter().copied().collect(),
        }),
        told: sentence(calibration, request, lang),
    }
}

/// Returns everything that happened, people instead of accounts, ourselves as [`US`].
pub(crate) fn history(reader: &Reader<'_>, people: &People) -> Result<History, SessionError> {
    let mut log = Vec::new();
    reader.each_interaction(Window::ALWAYS, |mut interaction| {
        if let (Some(from), Some(to)) = (people.node(interaction.from), people.node(interaction.to))
        {
            (interaction.from, interaction.to) = (from, to);
            log.push(interaction);
        }
    })?;
    Ok(History::new(log))
}

/// Returns the longest horizon, up to the wanted one, for which there is enough past.
fn horizon(history: &History, until: Day, wanted: f64) -> f64 {
    let span = history.first().map_or(0.0, |first| until.start().days_since(first));
    let shorter = HORIZONS.into_iter().filter(|days| *days < wanted);
    let mut horizons = std::iter::once(wanted).chain(shorter);
    horizons.find(|days| NEEDED * days <= span).unwrap_or(wanted.min(30.0))
}

fn body(law: &Law, ties: usize, request: &CalibrationRequest) -> String {
    let mut body = Body {
        until: request.until.number(),
        horizon_days: request.horizon_days,
        ties,
        k: None,
        numbers: Vec::new(),
    };
    match law {
        Law::Staying(law) => body.numbers = law.numbers(),
        Law::Sqrt(rule) => body.k = Some(rule.k),
        _ => {}
    }
    // Plain numbers, all of them finite: there is nothing that JSON could not hold.
    serde_json::to_string(&body).unwrap_or_default()
}

/// Reads back what was learned; `None` if it is damaged: it can be learned again.
fn law(body: &str) -> Option<Law> {
    let body: Body = serde_json::from_str(body).ok()?;
    if let Some(k) = body.k {
        return (k.is_finite() && 0.0 < k).then_some(Law::Sqrt(SqrtRule { k }));
    }
    StayingLaw::from_numbers(&body.numbers, body.ties).map(|law| ForecastModel::by(law).law)
}

const fn name(law: &Law) -> &'static str {
    match law {
        Law::Staying(_) => "law of staying",
        Law::Sqrt(_) => "√ rule",
        _ => "another",
    }
}

fn own_share(law: &Law, ties: usize) -> f64 {
    match law {
        Law::Staying(law) => law.own_share(),
        _ if ties == 0 => 0.0,
        _ => 1.0,
    }
}

fn sentence(calibration: &Calibration, request: &CalibrationRequest, lang: Lang) -> String {
    let ties = lang.count(
        calibration.ties as u64,
        ("relationship", "Beziehung"),
        ("relationships", "Beziehungen"),
    );
    if calibration.ties == 0 {
        return lang.pick(
            "Too little past to learn from: the forecast goes by what networks have in common.",
            "Zu wenig Vergangenheit, um daraus zu lernen: Die Vorhersage geht nach dem, was Netzen gemeinsam ist.",
        ).to_owned();
    }
    let share = Lang::percent(own_share(&calibration.law, calibration.ties));
    let learned = lang.pick(
        format!("The forecast learned from {ties} of your own past; it counts {share} against what networks have in common."),
        format!("Die Vorhersage hat aus {ties} deiner eigenen Vergangenheit gelernt; sie zählt {share} gegen das, was Netzen gemeinsam ist."),
    );
    let judged =
        calibration.validation.as_ref().map(|validation| judged(validation, request, lang));
    [Some(learned), judged].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn judged(validation: &Validation, request: &CalibrationRequest, lang: Lang) -> String {
    let day = lang.day(validation.cut);
    let (n, days) = (validation.ties, request.horizon_days);
    let taken = lang.pick(
        format!("Asked about {n} relationships as of {day} and judged by the next {days:.0} days, the {} was taken.", validation.chosen),
        format!("Befragt zu {n} Beziehungen, wie sie am {day} standen, und gemessen an den {days:.0} Tagen danach, wurde {} genommen.", chosen_de(validation.chosen)),
    );
    let loss = |name: &str| {
        validation.log_loss.iter().find(|(one, _)| *one == name).map(|(_, loss)| *loss)
    };
    let best = validation.log_loss.iter().map(|(_, loss)| *loss).fold(f64::INFINITY, f64::min);
    if loss(validation.chosen).is_none_or(|chosen| chosen <= best) {
        return taken;
    }
    let doubt = lang.pick(
        "A simpler rule did better there, but not by more than chance explains.",
        "Eine einfachere Regel war dort besser, aber nicht um mehr, als Zufall erklärt.",
    );
    format!("{taken} {doubt}")
}

/// Returns a candidate with its article, in German.
fn chosen_de(name: &str) -> String {
    let article = if name == "law of staying" { "das" } else { "die" };
    format!("{article} {}", ValidationView::candidate(name, Lang::De))
}

#[cfg(test)]
mod tests {
    use rin_core::AccountId;

    use super::*;

    #[test]
    fn what_was_learned_comes_back_from_the_store_and_damage_is_noticed() {
        let law_of = |law: Law| body(&law, 0, &request());
        let staying = ForecastModel::default().law;
        assert_eq!(law(&law_of(staying.clone())), Some(staying));
        let rule = Law::Sqrt(SqrtRule { k: 0.7 });
        assert_eq!(law(&law_of(rule.clone())), Some(rule));
        for damaged in [
            "",
            "{}",
            "{\"until\":1,\"horizon_days\":1,\"ties\":1,\"numbers\":[1,2]}",
            "{\"until\":1,\"horizon_days\":1,\"ties\":1,\"k\":-1}",
        ] {
            assert_eq!(law(damaged), None, "{damaged}");
        }
    }

    fn request() -> CalibrationRequest {
        let until = Day::from_number(20_000);
        CalibrationRequest { horizon_days: 180.0, until, egos: None, platform_k: None }
    }

    #[test]
    fn a_short_past_is_learned_from_with_a_short_horizon() {
        let until = Day::from_number(20_000);
        let history = |days: i32| {
            let at = Day::from_number(20_000 - days).start();
            let (from, to) = (AccountId::new(1), US);
            let kind = rin_core::InteractionKind::Reply;
            History::new(vec![rin_core::Interaction { at, from, to, kind }])
        };
        for (past, expected) in [(600, 180.0), (500, 90.0), (200, 60.0), (100, 30.0), (20, 30.0)] {
            let found = horizon(&history(past), until, 180.0);
            assert!((found - expected).abs() < 1e-9, "{past} {found}");
        }
    }
}
