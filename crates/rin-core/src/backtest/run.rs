//! Puts forecasts on the scales: at each cut they learn from what lay before and are measured on what came after.
//!
//! What a forecast learns from was over at the cut: it sees ties as they stood at least one horizon earlier and what
//! became of them by the cut, so nothing it is asked about can have leaked into it. A fresh set of forecasts is made
//! for every cut, because a forecast that has learned at one would know too much at an earlier one.

mod cuts;
mod outcome;

use std::collections::BTreeSet;

pub use self::{
    cuts::default_cuts,
    outcome::{Backtest, CutResult, ForecastResult},
};
use super::{
    bootstrap::{BootstrapRequest, Draws, Resample, Sample},
    count::CountCheck,
    score::Scored,
};
use crate::{AccountId, Day, Example, Forecast, History, history::LEARN_BEFORE};

/// What to test and how.
#[derive(Clone, PartialEq, Debug)]
pub struct BacktestRequest {
    /// *H*: what is forecast is another contact within this many days.
    pub horizon_days: f64,
    /// Days at whose start the forecasts are asked; at least one horizon before the end of the history.
    pub cuts: Vec<Day>,
    /// How many horizons before a cut the examples to learn from stand; less than one is left out, it would leak.
    pub learn_before: Vec<f64>,
    /// Ties with fewer interactions before a cut are left out of it.
    pub min_interactions: usize,
    /// *θ*: from this probability on a tie is called alive.
    pub threshold: f64,
    /// How the intervals are drawn.
    pub bootstrap: BootstrapRequest,
    /// Only ties of one of these accounts, learned from and tested on; `None` is all ties.
    pub egos: Option<Vec<AccountId>>,
    /// Name of the forecast the others are compared with, if any.
    pub reference: Option<String>,
}

impl BacktestRequest {
    /// Asks for all ties with two interactions, without a reference.
    ///
    /// Learns 1, 1.5 and 2 horizons before each cut, calls a tie alive from one half on, and draws ties two hundred times
    /// from seed 0.
    pub fn new(horizon_days: f64, cuts: Vec<Day>) -> Self {
        let bootstrap =
            BootstrapRequest { replicates: 200, seed: 0, resample: Resample::default() };
        Self {
            horizon_days,
            cuts,
            learn_before: LEARN_BEFORE.to_vec(),
            min_interactions: 2,
            threshold: 0.5,
            bootstrap,
            egos: None,
            reference: None,
        }
    }
}

/// Why nothing could be tested.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BacktestError {
    /// The horizon is no positive number of days.
    #[error("a horizon of {days} days cannot be tested, it has to be a positive number")]
    Horizon {
        /// As asked.
        days: f64,
    },
    /// The history is too short for a single cut.
    #[error("the history spans {days:.0} days, and a test of this horizon needs {needed:.0}")]
    TooShort {
        /// From the first to the last interaction.
        days: f64,
        /// What one cut needs.
        needed: f64,
    },
    /// No cut was given.
    #[error("no cut was given")]
    NoCut,
    /// What came after a cut is not known yet.
    #[error("what came after the cut at day {} since 1970-01-01 is not known yet", cut.number())]
    NotOver {
        /// The cut.
        cut: Day,
    },
    /// There is nothing to test.
    #[error("no forecast was given")]
    NoForecast,
    /// No tie stood at any cut.
    #[error("no tie had enough interactions before any cut")]
    NoTie,
    /// The reference is not among the forecasts.
    #[error("no forecast is called '{name}'")]
    UnknownReference {
        /// As asked.
        name: String,
    },
}

/// Tests forecasts on a history; the same arguments give the same result, in whatever order the log came.
///
/// `forecasts` makes a fresh set, the same each time; `progress` is told how many steps of how many are done.
///
/// # Errors
/// If the request cannot be met; see [`BacktestError`].
///
/// # Example
/// ```
/// use rin_core::{
///     AccountId, BacktestRequest, History, Interaction, InteractionKind, Metric, Moment, backtest, baselines,
///     default_cuts,
/// };
/// // Account 0 meets the even ones weekly for three hundred days and gives up the odd ones half-way.
/// let start = Moment::from_unix_ms(1_700_006_400_000);
/// let meeting = |n: u32, week: u32| Interaction {
///     at: start.plus_days(f64::from(7 * week + n % 7)),
///     from: AccountId::new(0),
///     to: AccountId::new(n),
///     kind: InteractionKind::Message,
/// };
/// let weeks = |n: u32| 0..(if n % 2 == 0 { 43 } else { 10 + n % 20 });
/// let log = (1..60).flat_map(|n| weeks(n).map(move |week| meeting(n, week))).collect();
/// let history = History::new(log);
///
/// let request = BacktestRequest::new(30.0, default_cuts(&history, 30.0)?);
/// let result = backtest(&history, &request, &baselines, &mut |_, _| ())?;
/// let days_since = result.pooled.iter().find(|one| one.name == "days since").unwrap();
/// assert_eq!(days_since.get(Metric::Auc).unwrap().value, Some(1.0)); // who was silent at the cut stayed so
/// # Ok::<(), rin_core::BacktestError>(())
/// ```
///
/// # Complexity
/// For each cut, laying out the ties four times, what the forecasts take, and ties times forecasts times replicates.
pub fn backtest(
    history: &History,
    request: &BacktestRequest,
    forecasts: &dyn Fn() -> Vec<Box<dyn Forecast>>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Backtest, BacktestError> {
    let names: Vec<_> = forecasts().iter().map(|one| one.name().to_owned()).collect();
    let reference = check(history, request, &names)?;
    let total = request.cuts.len() * names.len();
    let mut done = 0;
    let mut trials = Vec::with_capacity(request.cuts.len());
    for &cut in &request.cuts {
        trials.push(trial(history, request, cut, forecasts(), &mut || {
            done += 1;
            progress(done, total);
        }));
    }
    if trials.iter().all(|trial| trial.result.ties == 0) {
        return Err(BacktestError::NoTie);
    }
    Ok(Backtest::new(request, &names, trials, reference))
}

/// Returns the place of the reference, if all is as it has to be.
fn check(
    history: &History,
    request: &BacktestRequest,
    names: &[String],
) -> Result<Option<usize>, BacktestError> {
    let days = request.horizon_days;
    if !days.is_finite() || days <= 0.0 {
        return Err(BacktestError::Horizon { days });
    }
    if names.is_empty() {
        return Err(BacktestError::NoForecast);
    }
    if request.cuts.is_empty() {
        return Err(BacktestError::NoCut);
    }
    // The day of the last interaction counts as seen to its end.
    let end = history.last().map(|last| last.plus_days(1.0).day().start());
    if let Some(&cut) =
        request.cuts.iter().find(|cut| end.is_none_or(|end| end < cut.start().plus_days(days)))
    {
        return Err(BacktestError::NotOver { cut });
    }
    let Some(name) = &request.reference else { return Ok(None) };
    let place = names.iter().position(|one| one == name);
    place.map(Some).ok_or_else(|| BacktestError::UnknownReference { name: name.clone() })
}

/// One cut, measured.
#[derive(Debug)]
struct Trial {
    result: CutResult,
    /// By forecast.
    samples: Vec<Sample>,
    /// What was said, by forecast: figures over all cuts are made of it.
    scored: Vec<Vec<Scored>>,
    /// What was expected of counts, by forecast.
    counts: Vec<Option<CountCheck>>,
    replicates: usize,
}

/// Lets fresh forecasts learn before a cut and measures them on what came after.
fn trial(
    history: &History,
    request: &BacktestRequest,
    cut: Day,
    forecasts: Vec<Box<dyn Forecast>>,
    done: &mut dyn FnMut(),
) -> Trial {
    let egos = request.egos.as_ref().map(|egos| egos.iter().copied().collect::<BTreeSet<_>>());
    let stand = |day: Day| {
        let (days, least) = (request.horizon_days, request.min_interactions);
        history.examples_of(egos.as_ref(), day, days, least)
    };
    let learned_from = history.learning_days(cut, request.horizon_days, &request.learn_before);
    let past: Vec<_> = learned_from.iter().flat_map(|day| stand(*day)).collect();
    let asked = stand(cut);
    let (mut samples, mut scored, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let mut draws = None;
    let n_forecasts = forecasts.len();
    for mut forecast in forecasts {
        if !past.is_empty() {
            forecast.learn(&past, request.horizon_days);
        }
        let said = ask(forecast.as_ref(), &asked, request.horizon_days);
        let draws = draws.get_or_insert_with(|| Draws::new(&said, &request.bootstrap, n_forecasts));
        samples.push(draws.measure(&said));
        scored.push(said);
        counts.push(CountCheck::of(forecast.as_ref(), &asked, request.horizon_days));
        done();
    }
    let contacts = asked.iter().filter(|one| one.is_contact()).count();
    let result = CutResult {
        cut,
        learned_from,
        learning_ties: past.len(),
        ties: asked.len(),
        contacts,
        forecasts: Vec::new(),
    };
    Trial {
        result,
        samples,
        scored,
        counts,
        replicates: draws.map_or(0, |draws| draws.replicates()),
    }
}

/// Asks a forecast about every tie.
fn ask(forecast: &dyn Forecast, ties: &[Example<'_>], horizon_days: f64) -> Vec<Scored> {
    let one = |example: &Example<'_>| Scored {
        probability: forecast.contact_within(&example.tie, horizon_days),
        rank: forecast.rank(&example.tie, horizon_days),
        is_contact: example.is_contact(),
        silence_days: example.tie.silence_days(),
        pair: example.pair,
    };
    ties.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
