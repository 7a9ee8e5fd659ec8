//! What a back-test found, cut by cut and over all.

use std::slice;

use super::{BacktestRequest, Trial};
use crate::{
    Day,
    backtest::{
        bootstrap::{Measured, measured},
        count::CountCheck,
        score::{AtThreshold, Metric, ReliabilityRow, Scored, Warnings, reliability},
    },
};

/// How forecasts did on a history.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Backtest {
    /// *H* in days.
    pub horizon_days: f64,
    /// *θ*, from which a tie is called alive.
    pub threshold: f64,
    /// The forecast the others are compared with, if any.
    pub reference: Option<String>,
    /// How often was drawn for the intervals over all; less than asked for where the history is large.
    pub replicates: usize,
    /// Ties tested, over all cuts.
    pub ties: usize,
    /// Those of them with contact within the horizon.
    pub contacts: usize,
    /// Each forecast over all cuts, in the order given: metrics are means over the cuts, counts are sums.
    pub pooled: Vec<ForecastResult>,
    /// Each cut, in the order given.
    pub cuts: Vec<CutResult>,
}

/// How forecasts did at one cut.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct CutResult {
    /// The day at whose start they were asked.
    pub cut: Day,
    /// The days at whose start stood what they learned from, ascending.
    pub learned_from: Vec<Day>,
    /// Ties learned from, over all those days; with none, forecasts are as they come.
    pub learning_ties: usize,
    /// Ties tested.
    pub ties: usize,
    /// Those of them with contact within the horizon.
    pub contacts: usize,
    /// Each forecast, in the order given.
    pub forecasts: Vec<ForecastResult>,
}

/// How one forecast did.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct ForecastResult {
    /// Its name.
    pub name: String,
    /// Every metric in the order of [`Metric::ALL`].
    pub measured: Vec<Measured>,
    /// What was said beside what was observed.
    pub reliability: Vec<ReliabilityRow>,
    /// How many lapses it would have warned of.
    pub warnings: Warnings,
    /// How often its plain *alive* or *lapsed* was right.
    pub at_threshold: AtThreshold,
    /// What it expected of counts, if it says anything of them.
    pub counts: Option<CountCheck>,
}

impl Backtest {
    pub(super) fn new(
        request: &BacktestRequest,
        names: &[String],
        trials: Vec<Trial>,
        reference: Option<usize>,
    ) -> Self {
        let (mut cuts, mut samples, mut scored) = (Vec::new(), Vec::new(), Vec::new());
        let mut counts = Vec::new();
        let replicates = trials.iter().map(|trial| trial.replicates).min().unwrap_or_default();
        for trial in trials {
            let measured = measured(slice::from_ref(&trial.samples), reference);
            let each = names.iter().zip(measured).zip(&trial.scored).zip(&trial.counts);
            let forecasts = each
                .map(|(((name, measured), scored), counts)| {
                    let (scored, counts) = (slice::from_ref(scored), slice::from_ref(counts));
                    ForecastResult::new(name, measured, (scored, counts), request)
                })
                .collect();
            counts.push(trial.counts);
            cuts.push(CutResult { forecasts, ..trial.result });
            samples.push(trial.samples);
            scored.push(trial.scored);
        }
        let by_forecast = transposed(scored, names.len());
        let counts = transposed(counts, names.len());
        let each = names.iter().zip(measured(&samples, reference)).zip(&by_forecast).zip(&counts);
        let pooled = each
            .map(|(((name, measured), scored), counts)| {
                ForecastResult::new(name, measured, (scored, counts), request)
            })
            .collect();
        Self {
            horizon_days: request.horizon_days,
            threshold: request.threshold,
            reference: reference.and_then(|at| names.get(at)).cloned(),
            replicates,
            ties: cuts.iter().map(|cut| cut.ties).sum(),
            contacts: cuts.iter().map(|cut| cut.contacts).sum(),
            pooled,
            cuts,
        }
    }

    /// Returns the share of ties with contact within the horizon, `0..=1`.
    pub fn contact_share(&self) -> f64 {
        share(self.contacts, self.ties)
    }
}

impl CutResult {
    /// Returns the share of ties with contact within the horizon, `0..=1`.
    pub fn contact_share(&self) -> f64 {
        share(self.contacts, self.ties)
    }
}

impl ForecastResult {
    fn new(
        name: &str,
        measured: Vec<Measured>,
        (cuts, counts): (&[Vec<Scored>], &[Option<CountCheck>]),
        request: &BacktestRequest,
    ) -> Self {
        let mut warnings = Warnings::default();
        let mut at_threshold = AtThreshold::default();
        for scored in cuts {
            warnings.add(Warnings::of(scored, request.horizon_days));
            at_threshold.add(AtThreshold::of(scored, request.threshold));
        }
        let reliability = match cuts {
            [only] => reliability(only),
            all => reliability(&all.concat()),
        };
        let counts = CountCheck::join(counts);
        Self { name: name.to_owned(), measured, reliability, warnings, at_threshold, counts }
    }

    /// Returns one metric.
    pub fn get(&self, metric: Metric) -> Option<&Measured> {
        self.measured.iter().find(|one| one.metric == metric)
    }
}

/// Turns what is by cut and forecast into what is by forecast and cut.
fn transposed<T>(by_cut: Vec<Vec<T>>, forecasts: usize) -> Vec<Vec<T>> {
    let mut by_forecast: Vec<Vec<_>> = Vec::new();
    by_forecast.resize_with(forecasts, Vec::new);
    for cut in by_cut {
        for (all, scored) in by_forecast.iter_mut().zip(cut) {
            all.push(scored);
        }
    }
    by_forecast
}

#[expect(clippy::cast_precision_loss, reason = "far fewer ties than 2^53")]
fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}
