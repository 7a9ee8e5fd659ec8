//! How long ties live: the share that survives so many days, with its interval, and whether two groups differ.
//!
//! A tie's life is known only as far as the sources reach: what has not ended by then is *censored*, it lived at least so
//! long; what was seen only from an import on entered late and says nothing of the days before. Kaplan and Meier (1958)
//! use both: at each end the survivors are multiplied by the share of those then at risk that went on. The variance is
//! Greenwood's, the interval by the logarithm of the logarithm so that it stays within 0 and 1 (Kalbfleisch and Prentice
//! 1980). Assumed is that what is censored would have gone on like the rest.

mod compare;

pub use self::compare::{HazardRatio, MeanDifference, hazard_ratio, mean_difference};
use crate::{Interval, forecast::normal_below};

/// Half-width of a 95 % interval in standard deviations.
const NINETY_FIVE: f64 = 1.959_963_984_540_054;

/// One life, as far as it is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lifetime {
    /// Days from its beginning to when it was first seen; 0 if seen from the beginning.
    pub entry_days: f64,
    /// Days from its beginning to its end, or to the end of what is known.
    pub days: f64,
    /// Whether it ended; otherwise it lived at least so long.
    pub has_ended: bool,
}

impl Lifetime {
    /// Returns a life seen from its beginning that ended after so many days.
    pub const fn ended(days: f64) -> Self {
        Self { entry_days: 0.0, days, has_ended: true }
    }

    /// Returns a life seen from its beginning that went on when what is known ended.
    pub const fn going_on(days: f64) -> Self {
        Self { entry_days: 0.0, days, has_ended: false }
    }

    /// Whether it says anything: it was seen for a while, and all of it is numbers.
    fn is_usable(&self) -> bool {
        self.entry_days.is_finite() && self.days.is_finite() && self.entry_days < self.days
    }
}

/// The share of lives that survive, as it falls from end to end.
///
/// # Example
/// ```
/// use rin_core::{Lifetime, survival};
/// let lives = [Lifetime::ended(10.0), Lifetime::going_on(20.0), Lifetime::ended(30.0), Lifetime::going_on(40.0)];
/// let curve = survival(&lives);
/// assert_eq!(curve.at(9.0), 1.0);
/// assert_eq!(curve.at(10.0), 0.75); // one of four ended
/// assert_eq!(curve.at(30.0), 0.375); // one of the two still seen ended
/// assert_eq!(curve.median(), Some(30.0));
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Survival {
    steps: Vec<SurvivalStep>,
    lives: usize,
    last_days: f64,
}

/// One fall of the curve.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct SurvivalStep {
    /// Days at which lives ended.
    pub days: f64,
    /// Lives seen just before.
    pub at_risk: usize,
    /// Lives that ended.
    pub ended: usize,
    /// Share that survives beyond.
    pub share: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

/// Estimates the share of lives that survive; lives of no length or no number are left out.
///
/// # Complexity
/// *n* log *n* in the lives.
pub fn survival(lives: &[Lifetime]) -> Survival {
    let risks = Risks::new(lives);
    let (mut share, mut variance) = (1.0, 0.0);
    let mut steps = Vec::new();
    for (days, ended, at_risk) in risks.ends() {
        let (d, n) = (to_f64(ended), to_f64(at_risk));
        share *= 1.0 - d / n;
        variance += d / (n * (n - d));
        steps.push(SurvivalStep { days, at_risk, ended, share, interval: band(share, variance) });
    }
    let last_days = risks.exits.last().copied().unwrap_or_default();
    Survival { steps, lives: risks.exits.len(), last_days }
}

impl Survival {
    /// Returns the falls of the curve, in the order of days.
    pub fn steps(&self) -> &[SurvivalStep] {
        &self.steps
    }

    /// Returns how many lives it rests on.
    pub const fn lives(&self) -> usize {
        self.lives
    }

    /// Returns how many days the longest life was followed; beyond that nothing is known.
    pub const fn last_days(&self) -> f64 {
        self.last_days
    }

    /// Returns the share that survives so many days.
    pub fn at(&self, days: f64) -> f64 {
        self.step_at(days).map_or(1.0, |step| step.share)
    }

    /// Returns its 95 % interval; all of 0 to 1 beyond what was followed.
    pub fn interval_at(&self, days: f64) -> Interval {
        if self.last_days < days {
            return Interval { low: 0.0, high: self.at(days) };
        }
        self.step_at(days).map_or(Interval { low: 1.0, high: 1.0 }, |step| step.interval)
    }

    /// Returns after how many days half have ended; `None` if more than half were still going on.
    pub fn median(&self) -> Option<f64> {
        self.steps.iter().find(|step| step.share <= 0.5).map(|step| step.days)
    }

    /// Returns the mean life within the first `until_days`, in days, and its 95 % interval.
    ///
    /// The area under the curve; its variance is Σ (area beyond tᵢ)²·dᵢ/(nᵢ(nᵢ−dᵢ)) (Klein and Moeschberger, Survival
    /// Analysis, 2003, section 4.5).
    pub fn restricted_mean(&self, until_days: f64) -> (f64, Interval) {
        let (mean, variance) = self.mean_and_variance(until_days);
        let half = NINETY_FIVE * variance.sqrt();
        (mean, Interval { low: (mean - half).max(0.0), high: (mean + half).min(until_days) })
    }

    fn mean_and_variance(&self, until_days: f64) -> (f64, f64) {
        let within: Vec<&SurvivalStep> =
            self.steps.iter().take_while(|step| step.days < until_days).collect();
        let (mut area, mut variance, mut to) = (0.0, 0.0, until_days);
        for step in within.iter().rev() {
            area += step.share * (to - step.days);
            to = step.days;
            let (d, n) = (to_f64(step.ended), to_f64(step.at_risk));
            if d < n {
                variance += area * area * d / (n * (n - d));
            }
        }
        (area + to, variance)
    }

    fn step_at(&self, days: f64) -> Option<&SurvivalStep> {
        let passed = self.steps.partition_point(|step| step.days <= days);
        self.steps.get(passed.checked_sub(1)?)
    }
}

/// Whether two groups live equally long.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct LogRank {
    /// χ² with one degree of freedom.
    pub chi_square: f64,
    /// Probability of so large a difference if there is none.
    pub p: f64,
    /// Ends in the first group over those expected if both were alike; above 1 it lives shorter.
    pub ratio: f64,
}

/// Compares the lives of two groups (Mantel 1966); `None` if nothing ended or one of them is empty.
///
/// # Example
/// ```
/// use rin_core::{Lifetime, log_rank};
/// let short: Vec<_> = (1..20).map(|n| Lifetime::ended(f64::from(n))).collect();
/// let long: Vec<_> = (1..20).map(|n| Lifetime::ended(5.0 * f64::from(n))).collect();
/// let test = log_rank(&short, &long).unwrap();
/// assert!(test.p < 0.001 && 1.0 < test.ratio);
/// ```
pub fn log_rank(one: &[Lifetime], other: &[Lifetime]) -> Option<LogRank> {
    let all = Risks::new(&[one, other].concat());
    let first = Risks::new(one);
    let (mut seen, mut expected, mut variance) = (0.0, 0.0, 0.0);
    for (days, ended, at_risk) in all.ends() {
        let (d, n, n1) = (to_f64(ended), to_f64(at_risk), to_f64(first.at_risk(days)));
        seen += to_f64(first.ended(days));
        expected += d * n1 / n;
        if 1.0 < n {
            variance += d * (n1 / n) * (1.0 - n1 / n) * (n - d) / (n - 1.0);
        }
    }
    if variance <= 0.0 || expected <= 0.0 {
        return None;
    }
    let chi_square = (seen - expected).powi(2) / variance;
    let p = 2.0 * normal_below(-chi_square.sqrt());
    Some(LogRank { chi_square, p, ratio: seen / expected })
}

/// When lives came into sight, went out of it, and ended; each ascending.
struct Risks {
    entries: Vec<f64>,
    exits: Vec<f64>,
    ends: Vec<f64>,
}

impl Risks {
    fn new(lives: &[Lifetime]) -> Self {
        let usable = || lives.iter().filter(|life| life.is_usable());
        let sorted = |mut days: Vec<f64>| {
            days.sort_unstable_by(f64::total_cmp);
            days
        };
        Self {
            entries: sorted(usable().map(|life| life.entry_days).collect()),
            exits: sorted(usable().map(|life| life.days).collect()),
            ends: sorted(usable().filter(|life| life.has_ended).map(|life| life.days).collect()),
        }
    }

    /// Returns the days on which lives ended, with how many did and how many were seen just before.
    fn ends(&self) -> impl Iterator<Item = (f64, usize, usize)> + '_ {
        self.ends.chunk_by(|a, b| a.total_cmp(b).is_eq()).filter_map(|run| {
            let days = *run.first()?;
            Some((days, run.len(), self.at_risk(days)))
        })
    }

    /// Returns how many were seen just before: whoever came before and had not gone.
    fn at_risk(&self, days: f64) -> usize {
        let came = self.entries.partition_point(|entry| *entry < days);
        came - self.exits.partition_point(|exit| *exit < days)
    }

    fn ended(&self, days: f64) -> usize {
        let before = self.ends.partition_point(|end| *end < days);
        self.ends.partition_point(|end| *end <= days) - before
    }
}

/// Returns the 95 % interval of a share from Greenwood's sum, through ln(−ln share).
fn band(share: f64, greenwood: f64) -> Interval {
    if share <= 0.0 {
        return Interval { low: 0.0, high: 0.0 };
    }
    let log = share.ln();
    let half = NINETY_FIVE * greenwood.sqrt() / log.abs();
    Interval { low: (log * half.exp()).exp(), high: (log * (-half).exp()).exp() }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod golden;
#[cfg(test)]
mod tests;
