//! What a back-test found as plain data: `rin.backtest/1`.

use jiff::tz::TimeZone;
use rin_core::{
    Backtest, Compared, CountCheck, Day, Difference, ForecastResult, Interval, Measured, Metric,
    ReliabilityRow,
};
use serde::Serialize;

use super::{Past, methods};
use crate::{Lang, time::iso_date};

/// How forecasts did on a past.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BacktestView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// What was looked back at.
    pub source: BacktestSourceView,
    /// What it means, as sentences.
    pub verdict: Vec<String>,
    /// Whether there was enough to say which forecast is better.
    pub is_enough: bool,
    /// How far ahead was forecast.
    pub horizon: BacktestHorizonView,
    /// From this probability on a tie is called alive.
    pub threshold: f64,
    /// Name of the forecast the others are compared with.
    pub reference: &'static str,
    /// How often was drawn for the intervals.
    pub replicates: usize,
    /// Where the drawing started.
    pub seed: u64,
    /// Ties tested, over all cuts.
    pub ties: usize,
    /// Those of them with contact within the horizon.
    pub contacts: usize,
    /// The days looked back at, ascending.
    pub cuts: Vec<BacktestCutView>,
    /// Every forecast over all cuts, the highest AUC first.
    pub models: Vec<BacktestModelView>,
    /// The same on each platform, if there are several.
    pub platforms: Vec<BacktestPartView>,
    /// What else is to be known of the figures, as sentences.
    pub notes: Vec<String>,
}

/// What was looked back at.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BacktestSourceView {
    /// `network` or `file`.
    pub kind: &'static str,
    /// The folder or file.
    pub name: String,
    /// Where it happened, as far as that is known.
    pub platforms: Vec<String>,
    /// Whose ties were asked for; empty for ours, in a file for everybody's.
    pub egos: Vec<String>,
    /// Interactions.
    pub interactions: usize,
    /// Pairs that ever had contact.
    pub pairs: usize,
    /// First day with an interaction, ISO 8601, UTC.
    pub first: Option<String>,
    /// Last day with an interaction, ISO 8601, UTC.
    pub last: Option<String>,
    /// Days from the first to the last interaction.
    pub span_days: f64,
}

/// How far ahead was forecast.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BacktestHorizonView {
    /// *H*: contact within so many days.
    pub days: f64,
    /// Whether it was asked for.
    pub is_asked: bool,
    /// Why it is this one, as a sentence.
    pub why: String,
}

/// One day looked back at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BacktestCutView {
    /// The day at whose start forecasts were asked, ISO 8601, UTC.
    pub day: String,
    /// The days at whose start stood what they learned from.
    pub learned_from: Vec<String>,
    /// Ties learned from, over all those days.
    pub learning_ties: usize,
    /// Ties tested.
    pub ties: usize,
    /// Those of them with contact within the horizon.
    pub contacts: usize,
}

/// How one forecast did over all cuts.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BacktestModelView {
    /// Its name in the core.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Whether it is one of ours.
    pub is_ours: bool,
    /// Every metric.
    pub metrics: Vec<MetricView>,
    /// What was said beside what was observed, lowest probability first.
    pub reliability: Vec<ReliabilityView>,
    /// How many lapses it would have warned of.
    pub warnings: WarningsView,
    /// How often its plain *alive* or *lapsed* was right.
    pub at_threshold: AtThresholdView,
    /// What it expected of counts, if it says anything of them.
    pub counts: Option<CountCheckView>,
}

/// One metric of one forecast.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MetricView {
    /// `auc`, `auc recent`, `auc per ego`, `average precision`, `brier`, `log loss`, `calibration error`.
    pub name: &'static str,
    /// Whether a smaller value is the better one.
    pub is_loss: bool,
    /// Its value; `null` where it cannot be measured.
    pub value: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<IntervalView>,
    /// How it compares with the reference.
    pub compared: Option<ComparedView>,
}

/// A 95 % interval.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct IntervalView {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// A distance from the reference.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct ComparedView {
    /// The value less the reference's.
    pub by: f64,
    /// The interval of that.
    pub interval: IntervalView,
    /// `better`, `worse`, or `noise` if it is too small or too uncertain to say.
    pub is: &'static str,
}

/// One row of a reliability diagram.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct ReliabilityView {
    /// Mean probability said.
    pub predicted: f64,
    /// Share with contact.
    pub observed: f64,
    /// Its Wilson 95 % interval.
    pub interval: IntervalView,
    /// Ties in the row.
    pub ties: usize,
}

/// How many lapses a forecast would have warned of, with as many warnings as there were lapses.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct WarningsView {
    /// Ties heard of within the horizon before.
    pub alive: usize,
    /// Those of them that lapsed.
    pub lapses: usize,
    /// Lapses among the warnings.
    pub hits: f64,
    /// How many drawing lots would have found.
    pub hits_by_chance: f64,
}

/// How often a plain *alive* or *lapsed* was right.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct AtThresholdView {
    /// Ties called alive.
    pub called_alive: usize,
    /// Those of them with contact.
    pub alive_right: usize,
    /// Ties called lapsed.
    pub called_lapsed: usize,
    /// Those of them without contact.
    pub lapsed_right: usize,
}

/// Expected and actual numbers of interactions.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct CountCheckView {
    /// Mean number expected of a tie.
    pub expected: f64,
    /// Mean number that came.
    pub actual: f64,
    /// Share of ties whose number lay in the 90 % interval.
    pub covered: f64,
}

/// How forecasts did on one platform.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BacktestPartView {
    /// The platform.
    pub platform: String,
    /// How far ahead was forecast; `null` if nothing could be tested.
    pub horizon: Option<BacktestHorizonView>,
    /// Ties tested.
    pub ties: usize,
    /// Those of them with contact within the horizon.
    pub contacts: usize,
    /// What it means, as sentences.
    pub verdict: Vec<String>,
    /// Every forecast, the highest AUC first.
    pub models: Vec<BacktestModelView>,
    /// Why nothing could be tested.
    pub problem: Option<String>,
}

impl BacktestModelView {
    /// Returns a metric by its name.
    pub fn metric(&self, name: &str) -> Option<&MetricView> {
        self.metrics.iter().find(|one| one.name == name)
    }
}

impl BacktestSourceView {
    pub(super) fn new(past: &Past, egos: &[String]) -> Self {
        let (first, last) = (past.history.first(), past.history.last());
        Self {
            kind: if past.is_own { "network" } else { "file" },
            name: past.name.clone(),
            platforms: past.platforms.clone(),
            egos: egos.to_vec(),
            interactions: past.interactions,
            pairs: past.history.pairs(),
            first: first.map(|first| day(first.day())),
            last: last.map(|last| day(last.day())),
            span_days: first.zip(last).map_or(0.0, |(first, last)| last.days_since(first)),
        }
    }
}

/// Returns every day looked back at.
pub(super) fn result_cuts(result: &Backtest) -> Vec<BacktestCutView> {
    let view = |cut: &rin_core::CutResult| BacktestCutView {
        day: day(cut.cut),
        learned_from: cut.learned_from.iter().copied().map(day).collect(),
        learning_ties: cut.learning_ties,
        ties: cut.ties,
        contacts: cut.contacts,
    };
    result.cuts.iter().map(view).collect()
}

/// Returns every forecast over all cuts, the highest AUC first; equal ones stay as they came.
pub(super) fn models(result: &Backtest, lang: Lang) -> Vec<BacktestModelView> {
    let mut forecasts: Vec<_> = result.pooled.iter().collect();
    let auc = |one: &ForecastResult| one.get(Metric::Auc).and_then(|auc| auc.value).unwrap_or(-1.0);
    forecasts.sort_by(|a, b| auc(b).total_cmp(&auc(a)));
    forecasts.into_iter().map(|one| model(one, lang)).collect()
}

fn model(forecast: &ForecastResult, lang: Lang) -> BacktestModelView {
    let (warnings, at) = (forecast.warnings, forecast.at_threshold);
    BacktestModelView {
        name: forecast.name.clone(),
        label: methods::label(&forecast.name, lang).to_owned(),
        is_ours: methods::is_ours(&forecast.name),
        metrics: forecast.measured.iter().map(metric).collect(),
        reliability: forecast.reliability.iter().map(reliability).collect(),
        warnings: WarningsView {
            alive: warnings.alive,
            lapses: warnings.lapses,
            hits: warnings.hits,
            hits_by_chance: warnings.hits_by_chance(),
        },
        at_threshold: AtThresholdView {
            called_alive: at.called_alive,
            alive_right: at.alive_right,
            called_lapsed: at.called_lapsed,
            lapsed_right: at.lapsed_right,
        },
        counts: forecast.counts.as_ref().map(counts),
    }
}

fn metric(measured: &Measured) -> MetricView {
    MetricView {
        name: measured.metric.name(),
        is_loss: measured.metric.is_loss(),
        value: measured.value,
        interval: measured.interval.map(interval),
        compared: measured.compared.map(compared),
    }
}

fn compared(compared: Compared) -> ComparedView {
    let is = match compared.is {
        Difference::Better => "better",
        Difference::Worse => "worse",
        Difference::Noise => "noise",
    };
    ComparedView { by: compared.by, interval: interval(compared.interval), is }
}

const fn interval(interval: Interval) -> IntervalView {
    IntervalView { low: interval.low, high: interval.high }
}

const fn reliability(row: &ReliabilityRow) -> ReliabilityView {
    ReliabilityView {
        predicted: row.predicted,
        observed: row.observed,
        interval: IntervalView { low: row.interval.0, high: row.interval.1 },
        ties: row.ties,
    }
}

const fn counts(check: &CountCheck) -> CountCheckView {
    CountCheckView { expected: check.expected, actual: check.actual, covered: check.covered }
}

fn day(day: Day) -> String {
    iso_date(day.start(), &TimeZone::UTC)
}
