//! Which forecast to believe on one's own past: what was said at earlier moments beside what became of it.
//!
//! The question is asked of the user's own network, where a person is one node on however many platforms and so are we,
//! or of a file of anybody's. Both come down to a history and to whose ties are asked about; the rest is the same.

mod error;
mod horizon;
mod methods;
mod network;
mod verdict;
mod view;

use std::path::Path;

use rin_core::{
    AccountId, Backtest, BootstrapRequest, Day, ForecastModel, History, Moment, Resample, backtest,
};

pub use self::{
    error::BacktestError,
    view::{
        AtThresholdView, BacktestCutView, BacktestHorizonView, BacktestModelView, BacktestPartView,
        BacktestSourceView, BacktestView, ComparedView, CountCheckView, IntervalView, MetricView,
        ReliabilityView, WarningsView,
    },
};
use self::{
    horizon::Horizon,
    view::{models, result_cuts},
};
use crate::{Lang, Session, SessionError, log_file, platform::common_staying_power};

/// The forecast the others are compared with.
const REFERENCE: &str = "rin";

/// What to test and how.
#[derive(Clone, PartialEq, Debug)]
pub struct BacktestRequest {
    /// *H* in days; `None` is the forecast's, or the longest the past is long enough for.
    pub horizon_days: Option<f64>,
    /// Moments whose UTC days are the cuts; empty for up to three, the last one horizon before the end.
    pub cuts: Vec<Moment>,
    /// Only the ties of these: names as in the file, or whoever `rin party show` finds; empty is us, in a file everybody.
    pub egos: Vec<String>,
    /// In a network only this platform, in a file the kind of platform it comes from.
    pub platform: Option<String>,
    /// How often is drawn for the intervals.
    pub replicates: usize,
    /// Where the drawing starts.
    pub seed: u64,
    /// What happened later is left out.
    pub now: Moment,
    /// The language of the sentences.
    pub lang: Lang,
}

impl Session {
    /// Tests forecasts on the past of this network; `progress` hears how many steps of how many are done, anew for each
    /// platform.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read, or there is too little in it to test anything.
    pub fn backtest(
        &self,
        request: &BacktestRequest,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<BacktestView, SessionError> {
        let log = network::read(self, request)?;
        let forecast = &self.config.forecast;
        let model = ForecastModel {
            horizon_days: forecast.horizon_days,
            threshold: forecast.threshold,
            ..ForecastModel::default()
        };
        let mut view = test(&log.whole(), request, &model, progress)?;
        if let [_, _, ..] = log.platforms.as_slice() {
            let each = log.platforms.iter().map(|name| log.of_platform(name));
            let parts = each.map(|past| part(&past, request, &model, progress));
            view.platforms = parts.collect();
        }
        Ok(view)
    }
}

/// Tests forecasts on a log in a file: CSV, JSON Lines or Parquet with `src`, `dst`, `t` and perhaps `kind`.
///
/// # Errors
/// [`BacktestError`] if the file cannot be read or holds too little to test anything.
pub fn backtest_file(
    path: &Path,
    request: &BacktestRequest,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<BacktestView, BacktestError> {
    let file = log_file::read(path)?;
    let ego = |name: &String| {
        let found = file.names.iter().zip(0..).find(|(one, _)| *one == name);
        let id = found.map(|(_, id)| AccountId::new(id));
        id.ok_or_else(|| BacktestError::UnknownEgo { name: name.clone(), path: path.to_owned() })
    };
    let egos: Vec<_> = request.egos.iter().map(ego).collect::<Result<_, _>>()?;
    let mut interactions = file.interactions;
    let all = interactions.len();
    interactions.retain(|it| it.at <= request.now);
    let past = Past {
        later: all - interactions.len(),
        interactions: interactions.len(),
        history: History::new(interactions),
        egos: (!egos.is_empty()).then_some(egos),
        name: path.display().to_string(),
        is_own: false,
        platforms: request.platform.iter().cloned().collect(),
    };
    if past.history.is_empty() {
        return Err(BacktestError::EmptyFile { path: path.to_owned(), rows: all });
    }
    test(&past, request, &ForecastModel::default(), progress)
}

/// What is looked back at.
struct Past {
    history: History,
    /// Whose ties are asked about; `None` is everybody's.
    egos: Option<Vec<AccountId>>,
    /// The folder or file.
    name: String,
    /// Whether it is the user's own network.
    is_own: bool,
    /// Where it happened, as far as that is known.
    platforms: Vec<String>,
    /// Rows, those of an account with itself too.
    interactions: usize,
    /// Rows left out because they lie in the future.
    later: usize,
}

impl Past {
    /// Returns the platform's staying power, if it is one platform and known.
    fn k(&self) -> Option<f64> {
        common_staying_power(&self.platforms)
    }
}

/// Tests on the whole of a past and says what it means.
fn test(
    past: &Past,
    request: &BacktestRequest,
    model: &ForecastModel,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<BacktestView, BacktestError> {
    let (horizon, result) = measured(past, request, model, progress)?;
    let lang = request.lang;
    let mut notes = Vec::new();
    if 0 < past.later {
        let later = past.later;
        notes.push(lang.pick(
            format!("{later} interactions lie in the future and were left out."),
            format!("{later} Interaktionen liegen in der Zukunft und blieben außen vor."),
        ));
    }
    if result.replicates < request.replicates {
        let n = result.replicates;
        notes.push(lang.pick(
            format!("So many ties that {n} draws for the intervals had to do."),
            format!("So viele Beziehungen, dass {n} Ziehungen für die Bereiche reichen mussten."),
        ));
    }
    Ok(BacktestView {
        schema: "rin.backtest/1",
        source: BacktestSourceView::new(past, &request.egos),
        verdict: verdict::sentences(&result, past, lang),
        is_enough: verdict::is_enough(&result),
        horizon: horizon.view(lang),
        threshold: result.threshold,
        reference: REFERENCE,
        replicates: result.replicates,
        seed: request.seed,
        ties: result.ties,
        contacts: result.contacts,
        cuts: result_cuts(&result),
        models: models(&result, lang),
        platforms: Vec::new(),
        notes,
    })
}

/// Tests on one platform only; what cannot be tested is said in words.
fn part(
    past: &Past,
    request: &BacktestRequest,
    model: &ForecastModel,
    progress: &mut dyn FnMut(usize, usize),
) -> BacktestPartView {
    let platform = past.platforms.first().cloned().unwrap_or_default();
    match test(past, request, model, progress) {
        Ok(view) => BacktestPartView {
            platform,
            horizon: Some(view.horizon),
            ties: view.ties,
            contacts: view.contacts,
            verdict: view.verdict,
            models: view.models,
            problem: None,
        },
        Err(error) => BacktestPartView {
            platform,
            horizon: None,
            ties: 0,
            contacts: 0,
            verdict: Vec::new(),
            models: Vec::new(),
            problem: Some(error.message(request.lang)),
        },
    }
}

fn measured(
    past: &Past,
    request: &BacktestRequest,
    model: &ForecastModel,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(Horizon, Backtest), BacktestError> {
    let mut cuts: Vec<Day> = request.cuts.iter().map(|moment| moment.day()).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let horizon = Horizon::choose(&past.history, request.horizon_days, model.horizon_days, &cuts)?;
    // Everybody's ties share their ends, so drawing ties alone would make the intervals too narrow; our own ties all
    // share us.
    let resample = if past.egos.is_some() { Resample::Ties } else { Resample::Accounts };
    let bootstrap =
        BootstrapRequest { replicates: request.replicates, seed: request.seed, resample };
    let test = rin_core::BacktestRequest {
        threshold: model.threshold,
        bootstrap,
        egos: past.egos.clone(),
        reference: Some(REFERENCE.to_owned()),
        ..rin_core::BacktestRequest::new(horizon.days, horizon.cuts.clone())
    };
    let k = past.k();
    let result = backtest(&past.history, &test, &|| methods::all(k), progress);
    let result = result.map_err(|error| BacktestError::of(error, &past.history, horizon.days))?;
    Ok((horizon, result))
}

#[cfg(test)]
mod tests;
