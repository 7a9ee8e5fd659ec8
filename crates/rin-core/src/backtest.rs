//! Which forecast can be believed on this history: each learns from the past and is measured on what came after.
//!
//! A forecast is whatever implements [`Forecast`](crate::Forecast). Ours, rules of thumb ([`baselines`]) and the models
//! of the literature are put on the same scales: the same ties, the same cuts, the same draws for the intervals.

mod baseline;
mod bootstrap;
mod count;
mod isotonic;
mod reference;
mod run;
mod score;

pub(crate) use self::{
    baseline::peers,
    reference::{HALF_LIVES, hypergeometric_of_one, ln_beta},
};
pub use self::{
    baseline::{RuleOfThumb, TunedHalfLife, baselines},
    bootstrap::{BootstrapRequest, Compared, Difference, Measured, Resample, compare_forecasts},
    count::CountCheck,
    isotonic::Isotonic,
    reference::{BgNbd, Hawkes, ParetoNbd, Purchases},
    run::{
        Backtest, BacktestError, BacktestRequest, CutResult, ForecastResult, backtest, default_cuts,
    },
    score::{AtThreshold, Metric, Metrics, ReliabilityRow, Scored, Warnings, reliability, wilson},
};
