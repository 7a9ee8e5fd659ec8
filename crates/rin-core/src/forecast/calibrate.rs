//! Which law holds for this network, learned from its own past and judged on a part of it that was not learned from.
//!
//! The law of staying is drawn towards what networks have in common the more the fewer ties there are, so it needs no
//! choice to be safe on little data. A choice is made all the same, as a guard: at an earlier moment the law and the
//! simpler √ rules learn from what lay before, are asked about the ties, and are compared by log loss on what came
//! after. The law is given up for a simpler rule only if that is better by more than twice the standard error of the
//! difference; what is nearer is noise, and choosing by noise makes forecasts worse (docs/METHODS.md). What was chosen
//! then learns from the whole past.

use std::collections::BTreeSet;

use super::{
    Forecast, ForecastModel, Law,
    facts::Example,
    law::LawPrior,
    models::{OwnK, OwnLaw, SqrtRule},
};
use crate::{AccountId, Day, History, history::LEARN_BEFORE};

/// Fewer ties than this judge nothing.
const LEAST_TIES: usize = 30;
/// Probabilities are kept so far from 0 and 1 in the log loss.
const CLAMP: f64 = 1e-6;

/// What is to be learned from.
#[derive(Clone, PartialEq, Debug)]
pub struct CalibrationRequest {
    /// *H* in days; what is no positive number counts as half a year.
    pub horizon_days: f64,
    /// The last day whose end is covered: what came after it is not known.
    pub until: Day,
    /// Only ties of one of these accounts; `None` is all ties.
    pub egos: Option<Vec<AccountId>>,
    /// Staying power of the platform, if all is of one: Q&A .3, code review .5, chat .6, wall and social 1, mail 1.5.
    pub platform_k: Option<f64>,
}

impl CalibrationRequest {
    /// Returns it with a horizon of a positive number of days and a *k* above zero, or none.
    fn mended(&self) -> Self {
        let is_sensible = |number: &f64| number.is_finite() && 0.0 < *number;
        Self {
            horizon_days: Some(self.horizon_days).filter(is_sensible).unwrap_or(180.0),
            platform_k: self.platform_k.filter(is_sensible),
            ..self.clone()
        }
    }
}

/// A law, and how it came to be chosen.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Calibration {
    /// The law.
    pub law: Law,
    /// Ties it was learned from at the latest moment; none if there was too little past.
    pub ties: usize,
    /// What the choice rests on; `None` if there was too little past to judge.
    pub validation: Option<Validation>,
}

/// How the candidates did on a part of the past that they had not learned from.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Validation {
    /// The day at whose start they were asked.
    pub cut: Day,
    /// Ties they were asked about.
    pub ties: usize,
    /// Name and mean log loss of each candidate, the law of staying first.
    pub log_loss: Vec<(&'static str, f64)>,
    /// Name of the one that was chosen.
    pub chosen: &'static str,
}

/// Learns the law of a network from its own past; the same history and request give the same law.
///
/// # Complexity
/// Lays out the ties of six moments and learns twice: some microseconds a tie and moment.
///
/// # Example
/// ```
/// use rin_core::{calibrate, AccountId, CalibrationRequest, ForecastModel, History, Interaction, InteractionKind, Moment};
/// let start = Moment::from_unix_ms(1_700_006_400_000);
/// let log = (0..400).map(|n| Interaction {
///     at: start.plus_days(f64::from(n)),
///     from: AccountId::new(0),
///     to: AccountId::new(1 + n * 7 % 40),
///     kind: InteractionKind::Message,
/// });
/// let history = History::new(log.collect());
/// let until = history.last().unwrap().day();
/// let request = CalibrationRequest { horizon_days: 90.0, until, egos: None, platform_k: Some(1.5) };
/// let calibration = calibrate(&history, &request);
/// assert_eq!(calibration.ties, 40);
/// let model = ForecastModel { law: calibration.law, ..ForecastModel::default() };
/// # assert_eq!(model.horizon_days, 180.0);
/// ```
pub fn calibrate(history: &History, request: &CalibrationRequest) -> Calibration {
    let request = &request.mended();
    let days = request.horizon_days;
    // The start of the day after the last covered one.
    let end = request.until.start().plus_days(1.0).day();
    let validation = validate(history, request, back(end, days));
    let past = past(history, request, end);
    let latest = past.iter().map(|example| example.tie.as_of).max();
    let ties = past.iter().filter(|example| Some(example.tie.as_of) == latest).count();
    let chosen = validation.as_ref().map_or(0, |(place, _)| *place);
    let mut candidates = candidates(request.platform_k);
    let law = candidates.swap_remove(chosen).learned(&past, days);
    Calibration { law, ties, validation: validation.map(|(_, validation)| validation) }
}

/// The laws to choose from, the law of staying first.
enum Candidate {
    Staying(Box<OwnLaw>),
    OwnK(OwnK),
    Platform(SqrtRule),
}

impl Candidate {
    fn forecast(&mut self) -> &mut dyn Forecast {
        match self {
            Self::Staying(law) => law.as_mut(),
            Self::OwnK(rule) => rule,
            Self::Platform(rule) => rule,
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Staying(_) => "law of staying",
            Self::OwnK(_) => "√ rule, own k",
            Self::Platform(_) => "√ rule",
        }
    }

    fn learned(mut self, past: &[Example<'_>], horizon_days: f64) -> Law {
        if !past.is_empty() {
            self.forecast().learn(past, horizon_days);
        }
        match self {
            Self::Staying(law) => ForecastModel::by(law.into_law()).law,
            Self::OwnK(rule) => Law::Sqrt(SqrtRule { k: rule.k() }),
            Self::Platform(rule) => Law::Sqrt(rule),
        }
    }
}

fn candidates(k: Option<f64>) -> Vec<Candidate> {
    let rule = SqrtRule { k: k.unwrap_or(1.0) };
    let prior = k.map_or_else(LawPrior::default, LawPrior::of_platform);
    vec![
        Candidate::Staying(Box::new(OwnLaw::new(prior))),
        Candidate::OwnK(OwnK::new(rule)),
        Candidate::Platform(rule),
    ]
}

/// Compares the candidates at a cut, and returns the place of the one to take.
fn validate(
    history: &History,
    request: &CalibrationRequest,
    cut: Day,
) -> Option<(usize, Validation)> {
    let days = request.horizon_days;
    let past = past(history, request, cut);
    let asked = stand(history, request, cut);
    if past.is_empty() || asked.len() < LEAST_TIES {
        return None;
    }
    let losses: Vec<(&'static str, Vec<f64>)> = candidates(request.platform_k)
        .into_iter()
        .map(|mut candidate| {
            let name = candidate.name();
            let forecast = candidate.forecast();
            forecast.learn(&past, days);
            (name, asked.iter().map(|example| loss(forecast, example, days)).collect())
        })
        .collect();
    let (_, first) = losses.first()?;
    let better = |(place, (_, other)): &(usize, &(&str, Vec<f64>))| {
        let (by, error) = difference(first, other);
        (2.0 * error < by).then_some((*place, by))
    };
    let chosen = losses.iter().enumerate().filter_map(|one| better(&one));
    let chosen = chosen.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(place, _)| place);
    let name = losses.get(chosen)?.0;
    let log_loss = losses.iter().map(|(name, losses)| (*name, mean(losses))).collect();
    Some((chosen, Validation { cut, ties: asked.len(), log_loss, chosen: name }))
}

fn loss(forecast: &dyn Forecast, example: &Example<'_>, days: f64) -> f64 {
    let p = forecast.contact_within(&example.tie, days).clamp(CLAMP, 1.0 - CLAMP);
    -(if example.is_contact() { p } else { 1.0 - p }).ln()
}

/// Returns the mean of the paired differences and its standard error.
fn difference(a: &[f64], b: &[f64]) -> (f64, f64) {
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let mean = mean(&differences);
    let n = to_f64(differences.len());
    let spread: f64 = differences.iter().map(|one| (one - mean).powi(2)).sum();
    (mean, (spread / (n - 1.0).max(1.0) / n).sqrt())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / to_f64(values.len().max(1))
}

/// Returns what can be learned from before a day: all of it over when the day begins.
fn past<'h>(history: &'h History, request: &CalibrationRequest, day: Day) -> Vec<Example<'h>> {
    let days = history.learning_days(day, request.horizon_days, &LEARN_BEFORE);
    days.iter().flat_map(|day| stand(history, request, *day)).collect()
}

fn stand<'h>(history: &'h History, request: &CalibrationRequest, day: Day) -> Vec<Example<'h>> {
    let egos = request.egos.as_ref().map(|egos| egos.iter().copied().collect::<BTreeSet<_>>());
    history.examples_of(egos.as_ref(), day, request.horizon_days, 2)
}

fn back(day: Day, days: f64) -> Day {
    day.start().plus_days(-days).day()
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Interaction, InteractionKind, Moment, Surroundings, testing::Random};

    /// Sixty people about one; each tie renews itself with the odds of its own clock, or by the √ rule.
    fn world(seed: u64, days: u32) -> History {
        let mut random = Random::new(seed);
        let mut log = Vec::new();
        for other in 1..90_u32 {
            let mut day = 20.0 * random.unit();
            let pace = 2.0 + 40.0 * random.unit() * random.unit();
            while day < f64::from(days) {
                log.push(Interaction {
                    at: Moment::from_unix_ms(1_600_000_000_000).plus_days(day),
                    from: AccountId::new(0),
                    to: AccountId::new(other),
                    kind: InteractionKind::Message,
                });
                day += -pace * random.unit().max(1e-9).ln() * 2.0_f64.powf(4.0 * random.unit());
            }
        }
        History::new(log)
    }

    fn request(history: &History) -> CalibrationRequest {
        let until = history.last().unwrap().day();
        CalibrationRequest { horizon_days: 60.0, until, egos: None, platform_k: None }
    }

    #[test]
    fn it_is_deterministic_and_judged_on_what_was_not_learned() {
        let history = world(1, 500);
        let calibration = calibrate(&history, &request(&history));
        assert_eq!(calibration, calibrate(&history, &request(&history)));
        let validation = calibration.validation.unwrap();
        assert!(LEAST_TIES <= validation.ties);
        assert_eq!(validation.log_loss.len(), 3);
        // The cut lies a horizon before the end, so what was learned was over sixty days earlier still.
        assert_eq!(request(&history).until.days_since(validation.cut), 59);
        assert!(matches!(calibration.law, Law::Staying(_)));
    }

    #[test]
    fn what_comes_after_the_end_of_coverage_changes_nothing() {
        let history = world(2, 500);
        let mut early = request(&history);
        early.until = early.until.start().plus_days(-100.0).day();
        let whole = calibrate(&history, &early);
        let log: Vec<Interaction> =
            history.log().iter().copied().filter(|it| it.at.day() <= early.until).collect();
        assert_eq!(calibrate(&History::new(log), &early), whole);
    }

    #[test]
    fn too_little_past_gives_the_common_law() {
        let history = world(3, 30);
        let calibration = calibrate(&history, &request(&history));
        assert_eq!((calibration.ties, calibration.validation), (0, None));
        assert_eq!(calibration.law, ForecastModel::default().law);
        assert_eq!(calibrate(&History::default(), &request(&history)).ties, 0);
    }

    #[test]
    fn what_was_learned_can_be_asked_with_todays_surroundings() {
        let history = world(4, 500);
        let day = history.last().unwrap().day();
        let pairs: Vec<_> = history.at(day).collect();
        let around = Surroundings::new(day.start(), pairs.iter().copied());
        let law = calibrate(&history, &request(&history)).law;
        let model = ForecastModel { law, ..ForecastModel::default() };
        for example in history.examples(day, 1.0, 2) {
            assert_eq!(example.tie.ends, around.ends(example.pair));
            assert!(model.outlook(&example.tie, true).staying.shape.is_finite());
        }
    }
}
