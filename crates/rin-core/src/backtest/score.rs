//! How good a forecast was: what it said of each tie beside what came of it.
//!
//! Two questions are kept apart: does it tell the ties that go on from those that do not (AUC, average precision:
//! only the order counts), and can its probabilities be taken at their word (Brier, log loss, calibration). The first
//! is what a list of names needs, the second what a percentage on a screen needs. Values agree with scikit-learn; a
//! sample with one outcome only has no order to judge and gives `None`.

mod reliability;
mod sheet;
mod warnings;

pub(super) use self::sheet::{Sheet, auc};
pub use self::{
    reliability::{ReliabilityRow, reliability, wilson},
    warnings::{AtThreshold, Warnings},
};
use crate::AccountId;

/// Ties heard of within so many days count in [`Metric::AucRecent`].
pub(super) const RECENT_DAYS: f64 = 180.0;
/// An account needs so many ties to count in [`Metric::AucPerEgo`].
pub(super) const EGO_TIES: usize = 40;
/// Probabilities are kept so far from 0 and 1 in the log loss.
pub(super) const CLAMP: f64 = 1e-6;

/// What a forecast said of one tie, and what came of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scored {
    /// The probability of contact within the horizon, `0..=1`; beyond that it is clamped, no number counts as 0.
    pub probability: f64,
    /// Larger for ties likelier to go on; no number counts as the smallest.
    pub rank: f64,
    /// Whether there was contact within the horizon.
    pub is_contact: bool,
    /// Days since the last contact when it was said.
    pub silence_days: f64,
    /// The two ends of the tie.
    pub pair: (AccountId, AccountId),
}

/// One way to measure a forecast.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Metric {
    /// Area under the ROC curve: how often a tie with contact ranks before one without; equal ranks count half.
    Auc,
    /// The same among ties heard of within 180 days, the ones people argue about.
    AucRecent,
    /// The same within the ties of one account, averaged over all accounts with at least forty of them.
    AucPerEgo,
    /// Average precision as scikit-learn has it: no interpolation, equal ranks are one threshold.
    AveragePrecision,
    /// Mean squared error of the probability (Brier 1950).
    Brier,
    /// Mean negative log of the probability given to what happened, clamped at 10⁻⁶.
    LogLoss,
    /// Expected calibration error: ten bins of equal mass, mean distance between said and observed.
    CalibrationError,
}

impl Metric {
    /// All of them in the order of tables.
    pub const ALL: [Self; 7] = [
        Self::Auc,
        Self::AucRecent,
        Self::AucPerEgo,
        Self::AveragePrecision,
        Self::Brier,
        Self::LogLoss,
        Self::CalibrationError,
    ];

    /// Returns its name in lower case, as tables show it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auc => "auc",
            Self::AucRecent => "auc recent",
            Self::AucPerEgo => "auc per ego",
            Self::AveragePrecision => "average precision",
            Self::Brier => "brier",
            Self::LogLoss => "log loss",
            Self::CalibrationError => "calibration error",
        }
    }

    /// Whether a smaller value is the better one.
    pub const fn is_loss(self) -> bool {
        matches!(self, Self::Brier | Self::LogLoss | Self::CalibrationError)
    }
}

/// A forecast measured in every way.
///
/// # Example
/// ```
/// use rin_core::{AccountId, Metrics, Scored};
/// let said = |probability: f64, is_contact| {
///     let pair = (AccountId::new(1), AccountId::new(2));
///     Scored { probability, rank: probability, is_contact, silence_days: 9.0, pair }
/// };
/// let metrics = Metrics::of(&[said(0.1, false), said(0.4, false), said(0.35, true), said(0.8, true)]);
/// assert_eq!(metrics.auc, Some(0.75));
/// assert_eq!(Metrics::of(&[said(0.9, true)]).auc, None); // nothing to compare it with
/// ```
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Metrics {
    /// See [`Metric::Auc`].
    pub auc: Option<f64>,
    /// See [`Metric::AucRecent`].
    pub auc_recent: Option<f64>,
    /// See [`Metric::AucPerEgo`].
    pub auc_per_ego: Option<f64>,
    /// See [`Metric::AveragePrecision`].
    pub average_precision: Option<f64>,
    /// See [`Metric::Brier`].
    pub brier: Option<f64>,
    /// See [`Metric::LogLoss`].
    pub log_loss: Option<f64>,
    /// See [`Metric::CalibrationError`].
    pub calibration_error: Option<f64>,
}

impl Metrics {
    /// Measures what was said, in any order.
    ///
    /// # Complexity
    /// *n* log *n* in the ties.
    pub fn of(scored: &[Scored]) -> Self {
        Sheet::new(scored).metrics(&vec![1; scored.len()])
    }

    /// Returns one of the values.
    pub const fn get(&self, metric: Metric) -> Option<f64> {
        match metric {
            Metric::Auc => self.auc,
            Metric::AucRecent => self.auc_recent,
            Metric::AucPerEgo => self.auc_per_ego,
            Metric::AveragePrecision => self.average_precision,
            Metric::Brier => self.brier,
            Metric::LogLoss => self.log_loss,
            Metric::CalibrationError => self.calibration_error,
        }
    }
}

#[cfg(test)]
mod tests;
