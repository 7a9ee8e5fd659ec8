//! How far a measured figure, and the difference of two, may be chance: a paired bootstrap.
//!
//! Ties are drawn with replacement again and again (Efron 1979) and everything is measured anew. All forecasts are
//! measured on the same draw, so that what they share cancels out of the difference; a tie that stands at several cuts
//! is drawn equally often for all of them, because its cuts are no independent witnesses. Drawing ties takes them as
//! independent; drawing accounts keeps everything of an account together and gives wider, more honest intervals where
//! few accounts make up most of the network.

mod draw;

pub(super) use self::draw::{Draws, Sample};
use super::score::{Metric, Scored};
use crate::Interval;

/// A difference in AUC or average precision below this is called noise even where chance would not explain it: no two
/// data sets agree that closely on which forecast is better (docs/METHODS.md).
pub(super) const NOISE: f64 = 0.005;

/// What is drawn with replacement.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Resample {
    /// Ties.
    #[default]
    Ties,
    /// Accounts: a tie counts as often as one end was drawn times the other (Snijders and Borgatti 1999).
    ///
    /// An account with more than half of all ties, as we are in our own log, is kept as it is: without it there is
    /// nothing to measure.
    Accounts,
}

/// How to draw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BootstrapRequest {
    /// How often to draw; fewer, but at least fifty, are drawn where the sample is so large that it would take minutes.
    /// None gives no intervals.
    pub replicates: usize,
    /// Where the drawing starts; the same seed gives the same intervals.
    pub seed: u64,
    /// What is drawn.
    pub resample: Resample,
}

/// What a difference amounts to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Difference {
    /// Better than the reference.
    Better,
    /// Worse than the reference.
    Worse,
    /// Too small or too uncertain to say.
    Noise,
}

/// A forecast's distance from the reference in one metric.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Compared {
    /// Its value less the reference's.
    pub by: f64,
    /// The interval of that.
    pub interval: Interval,
    /// What it amounts to: noise if the interval contains 0, or if it is less than .005 where order is measured.
    pub is: Difference,
}

/// One metric of one forecast.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Measured {
    /// What is measured.
    pub metric: Metric,
    /// Its value on what was observed, if it can be measured.
    pub value: Option<f64>,
    /// Its interval. That of the calibration error lies too high: drawing adds error of its own.
    pub interval: Option<Interval>,
    /// How it compares with the reference, if there is one and it is another forecast.
    pub compared: Option<Compared>,
}

/// Measures forecasts of the same ties, in the same order for each, and compares each with the `reference`-th.
///
/// Returns for each forecast every metric in the order of [`Metric::ALL`].
///
/// # Complexity
/// Linear in ties times forecasts times replicates, after sorting each forecast once.
pub fn compare_forecasts(
    forecasts: &[&[Scored]],
    reference: Option<usize>,
    request: &BootstrapRequest,
) -> Vec<Vec<Measured>> {
    let ties = forecasts.first().copied().unwrap_or_default();
    let draws = Draws::new(ties, request, forecasts.len());
    let samples = forecasts.iter().map(|scored| draws.measure(scored)).collect();
    measured(&[samples], reference)
}

/// Returns every forecast's metrics, each as the mean over the cuts where it can be measured.
///
/// `cuts` holds for each cut what was measured of every forecast.
pub(super) fn measured(cuts: &[Vec<Sample>], reference: Option<usize>) -> Vec<Vec<Measured>> {
    let forecasts = cuts.iter().map(Vec::len).max().unwrap_or_default();
    let one = |forecast: usize, metric| {
        let value = |replicate| mean(cuts, forecast, metric, replicate);
        let other = reference.filter(|reference| *reference != forecast);
        Measured {
            metric,
            value: value(None),
            interval: interval(cuts, &value),
            compared: other.and_then(|other| {
                let by =
                    |replicate| Some(value(replicate)? - mean(cuts, other, metric, replicate)?);
                Some(Compared::new(metric, by(None)?, interval(cuts, &by)?))
            }),
        }
    };
    let all = |forecast| Metric::ALL.into_iter().map(|metric| one(forecast, metric)).collect();
    (0..forecasts).map(all).collect()
}

/// Returns the mean over the cuts, of a replicate or as observed.
fn mean(
    cuts: &[Vec<Sample>],
    forecast: usize,
    metric: Metric,
    replicate: Option<usize>,
) -> Option<f64> {
    let each = cuts.iter().filter_map(|cut| cut.get(forecast)?.at(replicate)?.get(metric));
    let (sum, count) = each.fold((0.0, 0_u32), |(sum, count), x| (sum + x, count + 1));
    (0 < count).then(|| sum / f64::from(count))
}

/// Returns the interval of a figure, if most replicates have it.
fn interval(
    cuts: &[Vec<Sample>],
    figure: &dyn Fn(Option<usize>) -> Option<f64>,
) -> Option<Interval> {
    let replicates = cuts.iter().flatten().map(|sample| sample.replicates.len()).min()?;
    let mut values: Vec<f64> = (0..replicates).filter_map(|at| figure(Some(at))).collect();
    values.sort_unstable_by(f64::total_cmp);
    if values.len() * 2 <= replicates {
        return None;
    }
    Some(Interval { low: quantile(&values, 0.025)?, high: quantile(&values, 0.975)? })
}

impl Compared {
    fn new(metric: Metric, by: f64, interval: Interval) -> Self {
        let is_small = !metric.is_loss() && by.abs() < NOISE;
        let is_uncertain = interval.low <= 0.0 && 0.0 <= interval.high;
        let is = match (is_small || is_uncertain, (0.0 < by) == metric.is_loss()) {
            (true, _) => Difference::Noise,
            (false, true) => Difference::Worse,
            (false, false) => Difference::Better,
        };
        Self { by, interval, is }
    }
}

/// Returns a quantile of ascending values, straight between two of them.
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    #[expect(clippy::cast_precision_loss, reason = "far fewer replicates than 2^53")]
    let at = share * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place within the values"
    )]
    let below = at as usize;
    let low = values.get(below)?;
    let high = values.get(below + 1).unwrap_or(low);
    Some(low + (high - low) * at.fract())
}

#[cfg(test)]
mod tests;
