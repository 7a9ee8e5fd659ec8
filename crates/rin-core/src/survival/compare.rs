//! By how much two groups differ in how long they live: the ratio of their hazards, the difference of their means.
//!
//! A test says whether there is a difference; whoever decides about money and minutes needs to know how large it is. The
//! ratio supposes that the hazards stand in one proportion at every age; the difference of the means within a number of
//! days supposes nothing of the kind, so both are given.

use super::{Interval, Lifetime, NINETY_FIVE, Risks, Survival, normal_below, to_f64};

/// A logarithm of a ratio beyond this means that one group has no ends at all to speak of.
const FARTHEST: f64 = 12.0;
/// Most steps of Newton's method; five or six are taken.
const MOST_STEPS: u32 = 50;

/// How many times as many lives of one group end in a day as of another, of those then living.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct HazardRatio {
    /// The ratio; above 1 the first group lives shorter.
    pub ratio: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Standard deviation of its natural logarithm.
    pub log_sd: f64,
    /// Probability of a ratio so far from 1 if both are alike (Wald).
    pub p: f64,
}

/// Estimates how much faster the lives of one group end than those of another.
///
/// Cox's partial likelihood (1972) with Efron's way of counting ends on the same day (1977); the interval is that of the
/// logarithm. `None` if one group is empty, nothing ended, or one group has no ends where the other was in sight, so that
/// any ratio would do.
///
/// # Example
/// ```
/// use rin_core::{Lifetime, hazard_ratio};
/// let short: Vec<_> = (1..40).map(|n| Lifetime::ended(f64::from(n))).collect();
/// let long: Vec<_> = (1..40).map(|n| Lifetime::ended(2.0 * f64::from(n))).collect();
/// let found = hazard_ratio(&short, &long).unwrap();
/// assert!(found.interval.low < found.ratio && 1.5 < found.ratio);
/// ```
pub fn hazard_ratio(one: &[Lifetime], other: &[Lifetime]) -> Option<HazardRatio> {
    let days = ends(one, other);
    let mut log = 0.0;
    for _ in 0..MOST_STEPS {
        let (slope, curvature) = slope(&days, log);
        if curvature <= 0.0 {
            return None;
        }
        // The likelihood is concave, so a step that is kept short cannot lead astray.
        let step = (slope / curvature).clamp(-1.0, 1.0);
        log += step;
        if FARTHEST < log.abs() {
            return None;
        }
        if step.abs() <= 1e-13 {
            break;
        }
    }
    let (_, curvature) = slope(&days, log);
    let log_sd = curvature.sqrt().recip();
    let half = NINETY_FIVE * log_sd;
    let interval = Interval { low: (log - half).exp(), high: (log + half).exp() };
    let p = 2.0 * normal_below(-log.abs() / log_sd);
    log_sd.is_finite().then(|| HazardRatio { ratio: log.exp(), interval, log_sd, p })
}

/// A day with ends: how many ended and were in sight, in the first group and in both.
struct EndDay {
    ended_one: f64,
    ended: f64,
    risk_one: f64,
    risk: f64,
}

fn ends(one: &[Lifetime], other: &[Lifetime]) -> Vec<EndDay> {
    let (first, all) = (Risks::new(one), Risks::new(&[one, other].concat()));
    let day = |(days, ended, risk): (f64, usize, usize)| EndDay {
        ended_one: to_f64(first.ended(days)),
        ended: to_f64(ended),
        risk_one: to_f64(first.at_risk(days)),
        risk: to_f64(risk),
    };
    all.ends().map(day).collect()
}

/// Returns the slope of the logarithm of the partial likelihood at a logarithm of the ratio, and how much it is bent.
fn slope(days: &[EndDay], log: f64) -> (f64, f64) {
    let (mut slope, mut curvature) = (0.0, 0.0);
    let times = log.exp();
    for day in days {
        slope += day.ended_one;
        let mut nth = 0.0;
        // Efron: of those who end on one day, each on average has seen half of the others go.
        while nth < day.ended {
            let gone = nth / day.ended;
            let one = (day.risk_one - gone * day.ended_one) * times;
            let ended_other = day.ended - day.ended_one;
            let other = (day.risk - day.risk_one) - gone * ended_other;
            let share = one / (one + other);
            slope -= share;
            curvature += share * (1.0 - share);
            nth += 1.0;
        }
    }
    (slope, curvature)
}

/// How many days longer one group lives than another within so many days.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct MeanDifference {
    /// Within how many days.
    pub until_days: f64,
    /// Mean life of the first group, in days.
    pub one: f64,
    /// Mean life of the other group, in days.
    pub other: f64,
    /// The first less the other, in days.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

/// Compares the mean lives of two groups within `until_days`, or within what both were followed for if that is less.
///
/// The difference of the areas under the curves; its variance is the sum of theirs (Royston and Parmar, BMC Medical
/// Research Methodology 13:152, 2013). `None` if one of the groups is empty or was not followed at all.
///
/// # Example
/// ```
/// use rin_core::{Lifetime, mean_difference, survival};
/// let short: Vec<_> = (1..20).map(|n| Lifetime::ended(f64::from(n))).collect();
/// let long: Vec<_> = (1..20).map(|n| Lifetime::ended(3.0 * f64::from(n))).collect();
/// let found = mean_difference(&survival(&short), &survival(&long), 365.0).unwrap();
/// assert_eq!(found.until_days, 19.0); // nobody of the first group was followed for longer
/// assert!(found.interval.high < 0.0);
/// ```
pub fn mean_difference(
    one: &Survival,
    other: &Survival,
    until_days: f64,
) -> Option<MeanDifference> {
    let until_days = until_days.min(one.last_days()).min(other.last_days());
    if one.lives() == 0 || other.lives() == 0 || until_days <= 0.0 {
        return None;
    }
    let (mean_one, variance_one) = one.mean_and_variance(until_days);
    let (mean_other, variance_other) = other.mean_and_variance(until_days);
    let difference = mean_one - mean_other;
    let half = NINETY_FIVE * (variance_one + variance_other).sqrt();
    let interval = Interval { low: difference - half, high: difference + half };
    Some(MeanDifference { until_days, one: mean_one, other: mean_other, difference, interval })
}
