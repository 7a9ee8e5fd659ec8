//! What an interruption changed: a series before, during and after a campaign, against what would have come anyway.
//!
//! A campaign that ends with more than it began with has changed something only if it ends with more than the trend before
//! it, or a part of the network that it did not touch, would have brought. That is segmented regression of an interrupted
//! time series (Wagner, Soumerai, Zhang and Ross-Degnan, Journal of Clinical Pharmacy and Therapeutics 27, 2002): a line
//! before, and by how much the periods during and after it lie off that line. Neighbouring periods are alike, and a campaign
//! is short: see [`least_squares`] for what is done so that an interval does not promise more than the periods hold.
//!
//! Assumed is that the trend before would have gone on. Seasons are not taken out: a control that has the same ones does it.

mod least_squares;

use self::least_squares::{COLUMNS, Fit, Row, fit, to_f64};
use crate::{Interval, student};

/// Fewest periods before, so that there is a trend to go on.
const LEAST_BEFORE: usize = 10;
/// Fewest periods during, and after for anything to be said of it.
const LEAST_WITHIN: usize = 3;
/// From so many periods on a part has a trend of its own.
const LEAST_TREND: usize = 4;

/// Columns of the regression; the first is the level before.
const TREND_BEFORE: usize = 1;
const DURING: usize = 2;
const TREND_DURING: usize = 3;
const AFTER: usize = 4;
const TREND_AFTER: usize = 5;
const CONTROL: usize = 6;

/// What was counted in one period.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SeriesPoint {
    /// Its number: periods are of one length and numbered in order.
    pub period: i32,
    /// What was counted.
    pub value: f64,
    /// What was counted in it where the campaign could not reach; `None` in any of them leaves the control out.
    pub control: Option<f64>,
}

/// A series and where it was interrupted.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct InterruptedRequest<'a> {
    /// Ascending; a period that is not known, or that belongs to something else, is left out.
    pub points: &'a [SeriesPoint],
    /// First period of the interruption.
    pub start: i32,
    /// First period after it.
    pub end: i32,
}

/// Why nothing can be said of an interruption.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InterruptedError {
    /// Too few periods before it for a trend.
    #[error("{periods} periods before it are too few for a trend, {needed} are needed")]
    Before {
        /// There are so many.
        periods: usize,
        /// So many are needed.
        needed: usize,
    },
    /// It is too short.
    #[error("{periods} whole periods during it are too few to compare, {needed} are needed")]
    During {
        /// There are so many.
        periods: usize,
        /// So many are needed.
        needed: usize,
    },
    /// Nothing varies, so that how far from the trend is far cannot be told.
    #[error("nothing varies about the trend, so how sure it is cannot be told")]
    NoVariation,
}

/// By how much a part of the series lies off the trend before, in what was counted a period.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Change {
    /// By how much.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Probability of so large a change if there is none.
    pub p: f64,
    /// Standard deviation of the value.
    pub sd: f64,
    /// On how many independent values that standard deviation rests, as it were.
    pub degrees: f64,
}

/// What an interruption changed.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Interrupted {
    /// Mean of a period during it, as counted.
    pub seen: f64,
    /// Mean of a period during it if the trend before had gone on, the control taken into account.
    pub expected: f64,
    /// Trend before it: change from period to period.
    pub trend_before: Change,
    /// Mean of a period during it, less what was expected.
    pub during: Change,
    /// Change of the trend during it; `None` with fewer than four periods.
    pub trend_during: Option<Change>,
    /// Mean of a period after it, less what was expected then; `None` with fewer than three.
    pub after: Option<Change>,
    /// Change of the trend after it, against that before; `None` with fewer than four periods.
    pub trend_after: Option<Change>,
    /// Change with each one counted in the control; `None` without a control that varies.
    pub control: Option<Change>,
    /// Periods before, during and after it.
    pub periods: [usize; 3],
}

/// Says what an interruption changed.
///
/// # Errors
/// If there are too few periods before or during it, or nothing varies.
///
/// # Complexity
/// Quadratic in the periods.
///
/// # Example
/// ```
/// use rin_core::{InterruptedRequest, SeriesPoint, interrupted};
/// // Thirty weeks of five and three by turns, and six weeks with nine more.
/// let count = |week: i32| f64::from(3 + 2 * (week % 2) + if 30 <= week { 9 } else { 0 });
/// let points: Vec<_> =
///     (0..36).map(|week| SeriesPoint { period: week, value: count(week), control: None }).collect();
/// let found = interrupted(&InterruptedRequest { points: &points, start: 30, end: 36 })?;
/// assert!((found.during.value - 9.0).abs() < 0.5 && found.during.p < 0.05);
/// assert_eq!(found.after, None);
/// # Ok::<(), rin_core::InterruptedError>(())
/// ```
pub fn interrupted(request: &InterruptedRequest<'_>) -> Result<Interrupted, InterruptedError> {
    let parts = Parts::new(request);
    let periods = parts.counts;
    let [before, during, after] = periods;
    if before < LEAST_BEFORE {
        return Err(InterruptedError::Before { periods: before, needed: LEAST_BEFORE });
    }
    if during < LEAST_WITHIN {
        return Err(InterruptedError::During { periods: during, needed: LEAST_WITHIN });
    }
    let rows = parts.rows();
    let line = fit(&rows).ok_or(InterruptedError::NoVariation)?;
    let changes = Changes { line: &line, scales: parts.scales(), smallest: smallest(request) };
    let of = |column| changes.of(column);
    let some = |column, is_asked: bool| if is_asked { of(column).map(Some) } else { Ok(None) };
    let seen = parts.mean(1, |point| point.value);
    let lift = of(DURING)?;
    Ok(Interrupted {
        seen,
        expected: seen - lift.value,
        trend_before: of(TREND_BEFORE)?,
        during: lift,
        trend_during: some(TREND_DURING, LEAST_TREND <= during)?,
        after: some(AFTER, LEAST_WITHIN <= after)?,
        trend_after: some(TREND_AFTER, LEAST_TREND <= after)?,
        control: some(CONTROL, parts.control.is_some())?,
        periods,
    })
}

/// The periods by whether they lie before, during or after.
struct Parts<'a> {
    request: &'a InterruptedRequest<'a>,
    counts: [usize; 3],
    /// Mean of the control before, and the farthest from it anywhere.
    control: Option<(f64, f64)>,
    /// What trends are counted in, so that columns are of one size.
    scale: f64,
}

impl<'a> Parts<'a> {
    fn new(request: &'a InterruptedRequest<'a>) -> Self {
        let mut counts = [0; 3];
        for point in request.points {
            if let Some(count) = counts.get_mut(part(request, point)) {
                *count += 1;
            }
        }
        let scale = to_f64(request.points.len().max(1));
        let mut parts = Self { request, counts, control: None, scale };
        let values: Option<Vec<f64>> = request.points.iter().map(|point| point.control).collect();
        parts.control = values.and_then(|values| {
            let centre = parts.mean(0, |point| point.control.unwrap_or_default());
            let farthest = values.iter().map(|value| (value - centre).abs()).fold(0.0, f64::max);
            (0.0 < farthest && farthest.is_finite()).then_some((centre, farthest))
        });
        parts
    }

    fn mean(&self, of: usize, value: impl Fn(&SeriesPoint) -> f64) -> f64 {
        let points = self.request.points.iter().filter(|point| part(self.request, point) == of);
        let count = self.counts.get(of).copied().unwrap_or_default();
        points.map(value).sum::<f64>() / to_f64(count.max(1))
    }

    /// Returns the periods with what explains them; those after are left out where they are too few to say anything.
    fn rows(&self) -> Vec<Row> {
        let period = |point: &SeriesPoint| f64::from(point.period);
        let (start, during, after) =
            (f64::from(self.request.start), self.mean(1, period), self.mean(2, period));
        let [_, n_during, n_after] = self.counts;
        let is_said =
            |point: &&SeriesPoint| part(self.request, point) < 2 || LEAST_WITHIN <= n_after;
        let row = |point: &SeriesPoint| {
            let part = part(self.request, point);
            let only = |is_so: bool, value: f64| if is_so { value } else { 0.0 };
            let since = |moment: f64| (period(point) - moment) / self.scale;
            let x = [
                1.0,
                since(start),
                only(part == 1, 1.0),
                only(part == 1 && LEAST_TREND <= n_during, since(during)),
                only(part == 2, 1.0),
                only(part == 2 && LEAST_TREND <= n_after, since(after)),
                self.control.map_or(0.0, |(centre, farthest)| {
                    (point.control.unwrap_or(centre) - centre) / farthest
                }),
            ];
            Row { period: point.period, x, y: point.value }
        };
        self.request.points.iter().filter(is_said).map(row).collect()
    }

    /// Returns what each coefficient is counted in.
    fn scales(&self) -> [f64; COLUMNS] {
        let control = self.control.map_or(1.0, |(_, farthest)| farthest);
        [1.0, self.scale, 1.0, self.scale, 1.0, self.scale, control]
    }
}

/// Returns 0, 1 or 2: before, during, after.
fn part(request: &InterruptedRequest<'_>, point: &SeriesPoint) -> usize {
    usize::from(request.start <= point.period)
        + usize::from(request.end.max(request.start) <= point.period)
}

/// Returns the variance that is only rounding.
fn smallest(request: &InterruptedRequest<'_>) -> f64 {
    let most = request.points.iter().map(|point| point.value.abs()).fold(0.0, f64::max);
    1e-20 * most * most
}

struct Changes<'a> {
    line: &'a Fit<'a>,
    scales: [f64; COLUMNS],
    smallest: f64,
}

impl Changes<'_> {
    fn of(&self, column: usize) -> Result<Change, InterruptedError> {
        let sure = self.line.sureness(column).filter(|sure| self.smallest < sure.variance);
        let sure = sure.ok_or(InterruptedError::NoVariation)?;
        let scale = self.scales.get(column).copied().unwrap_or(1.0);
        let value = self.line.coefficients.get(column).copied().unwrap_or_default() / scale;
        let sd = sure.variance.sqrt() / scale;
        let half = student::value_beyond(0.05, sure.degrees) * sd;
        let interval = Interval { low: value - half, high: value + half };
        let p = student::beyond(value / sd, sure.degrees);
        Ok(Change { value, interval, p, sd, degrees: sure.degrees })
    }
}

#[cfg(test)]
mod tests;
