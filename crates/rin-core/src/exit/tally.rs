//! How many ties are left after a pause, and between which numbers that lies.
//!
//! Given what all ties of one person share, each is left or lost by itself: the number has a Poisson binomial
//! distribution (Hong 2013), computed exactly tie by tie up to 256 ties and by its normal approximation beyond.
//! Averaged over forty equally probable values of what is shared, it gives the mean and the interval: from the first
//! number whose mid-probability below reaches a twentieth to the last with a twentieth above. Counting half of a
//! number's own probability (Lancaster 1961) keeps an interval of whole numbers near the nine in ten it is meant to hold.

use super::law::{AtRisk, Conduct, PauseLaw};
use crate::{
    Interval,
    forecast::{normal_below, normal_quantile},
};

/// Values of what is shared.
const NODES: usize = 40;
/// More ties than this are counted by the normal approximation.
const EXACT: usize = 256;
/// Probability left out at either end.
const TAIL: f64 = 0.05;

/// How many ties are left.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Left {
    /// Expected number of ties with contact.
    pub expected: f64,
    /// 90 % interval of their number, whole numbers.
    pub range: Interval,
    /// Expected sum of their importance.
    pub weighted: f64,
    /// 90 % interval of that sum.
    pub weighted_range: Interval,
}

/// Returns how many ties have contact within `horizon_days` after `days` of a conduct.
///
/// # Complexity
/// Quadratic up to 256 ties, linear beyond; forty times each.
///
/// # Example
/// ```
/// use rin_core::{AtRisk, Conduct, Minutes, PartyId, Staying, left};
/// let tie = |number| AtRisk {
///     party: PartyId::new(number),
///     staying: Staying { shape: 0.6, alpha_days: 10.0, log_sd: 0.3 },
///     silence_days: 20.0,
///     contact_days: 9.0,
///     importance: 1.0,
///     minutes: Minutes::new(4.0),
/// };
/// let ties: Vec<AtRisk> = (0..20).map(tie).collect();
/// let [on, back, gone] =
///     [Conduct::Engaged, Conduct::Returned, Conduct::Silent].map(|conduct| left(&ties, conduct, 120.0, 180.0));
/// assert!(gone.expected < back.expected && back.expected < on.expected);
/// assert!(back.range.low < back.expected && back.expected < back.range.high);
/// ```
pub fn left(ties: &[AtRisk], conduct: Conduct, days: f64, horizon_days: f64) -> Left {
    let forced: Vec<_> =
        ties.iter().map(|tie| (tie.forced(conduct, days, horizon_days), tie.importance)).collect();
    tally(&forced, conduct.at(days).1)
}

/// Does the same by a law of one's own, for any number of days.
///
/// # Example
/// ```
/// use rin_core::{AtRisk, Minutes, PartyId, PauseLaw, Staying, left_by};
/// let tie = AtRisk {
///     party: PartyId::new(1),
///     staying: Staying { shape: 0.6, alpha_days: 10.0, log_sd: 0.3 },
///     silence_days: 20.0,
///     contact_days: 9.0,
///     importance: 1.0,
///     minutes: Minutes::new(4.0),
/// };
/// // A law that changes nothing leaves what the law of staying says.
/// let law = PauseLaw { level: 0.0, lasting: 0.0, spread: 0.0 };
/// let by_staying = tie.staying.contact_within(180.0, 20.0 + 90.0);
/// assert!((left_by(&law, &[tie; 10], 90.0, 180.0).expected - 10.0 * by_staying).abs() < 1e-9);
/// ```
pub fn left_by(law: &PauseLaw, ties: &[AtRisk], days: f64, horizon_days: f64) -> Left {
    let factor = law.shift(days).exp();
    let forced: Vec<_> = ties
        .iter()
        .map(|tie| (factor * tie.unforced(days, horizon_days), tie.importance))
        .collect();
    tally(&forced, law.spread)
}

impl PauseLaw {
    /// Returns the logarithm of the probability of what became of one person's ties after `days`: for each its *z* by
    /// the law of staying ([`AtRisk::unforced`]), and whether it had contact.
    ///
    /// It is what a law of one's own maximises.
    pub fn log_likelihood(&self, ties: &[(f64, bool)], days: f64) -> f64 {
        let shift = self.shift(days);
        let given = |node: f64| {
            let factor = (shift + self.spread * node).exp();
            ties.iter().map(|(z, is_left)| log_fate(z * factor, *is_left)).sum()
        };
        let parts: Vec<f64> = nodes().map(given).collect();
        let most = parts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        most + (parts.iter().map(|part| (part - most).exp()).sum::<f64>() / to_f64(NODES)).ln()
    }
}

/// Returns the logarithm of the probability that a tie with such a *z* was left, or was not.
fn log_fate(z: f64, is_left: bool) -> f64 {
    if is_left { (-(-z).exp_m1()).max(f64::MIN_POSITIVE).ln() } else { -z }
}

/// Counts ties, each with its *z* and importance, by the spread of what they share.
fn tally(ties: &[(f64, f64)], spread: f64) -> Left {
    let mut counts = vec![0.0; if ties.len() <= EXACT { ties.len() + 1 } else { 0 }];
    let (mut plain, mut weighted) = (Vec::with_capacity(NODES), Vec::with_capacity(NODES));
    for node in nodes() {
        let factor = (spread * node).exp();
        let alive: Vec<f64> = ties.iter().map(|(z, _)| -(-z * factor).exp_m1()).collect();
        plain.push(Normal::of(alive.iter().map(|p| (1.0, *p))));
        weighted
            .push(Normal::of(ties.iter().map(|(_, weight)| *weight).zip(alive.iter().copied())));
        if !counts.is_empty() {
            add_counts(&mut counts, &alive);
        }
    }
    let expected = mean(&plain);
    let range = if counts.is_empty() { whole(ends(&plain)) } else { mid_interval(&counts) };
    Left { expected, range, weighted: mean(&weighted), weighted_range: ends(&weighted) }
}

/// Returns values of a standard normal, each as probable as the others.
fn nodes() -> impl Iterator<Item = f64> {
    (0..NODES).map(|n| normal_quantile((to_f64(n) + 0.5) / to_f64(NODES)))
}

/// Adds the distribution of the number of successes among independent trials to `sum`.
fn add_counts(sum: &mut [f64], probabilities: &[f64]) {
    let mut counts = vec![1.0];
    for p in probabilities {
        counts.push(0.0);
        let mut below = 0.0;
        for here in &mut counts {
            let kept = *here;
            *here = kept * (1.0 - p) + below * p;
            below = kept;
        }
    }
    for (sum, count) in sum.iter_mut().zip(counts) {
        *sum += count / to_f64(NODES);
    }
}

/// Returns from where to where a number lies, half of each number's own probability counted.
fn mid_interval(counts: &[f64]) -> Interval {
    let mut below = 0.0;
    let mid = counts.iter().map(|p| {
        below += p;
        below - p / 2.0
    });
    let mid: Vec<f64> = mid.collect();
    let low = mid.partition_point(|mid| *mid < TAIL);
    let high = mid.partition_point(|mid| *mid <= 1.0 - TAIL).saturating_sub(1).max(low);
    let last = counts.len().saturating_sub(1);
    Interval { low: to_f64(low.min(last)), high: to_f64(high.min(last)) }
}

/// Mean and spread of a sum, given what is shared.
#[derive(Clone, Copy, Debug)]
struct Normal {
    mean: f64,
    sd: f64,
    most: f64,
}

impl Normal {
    fn of(terms: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut mean, mut variance, mut most) = (0.0, 0.0, 0.0);
        for (weight, p) in terms {
            mean += weight * p;
            variance += weight * weight * p * (1.0 - p);
            most += weight;
        }
        Self { mean, sd: variance.sqrt(), most }
    }

    fn below(&self, value: f64) -> f64 {
        if 0.0 < self.sd {
            normal_below((value - self.mean) / self.sd)
        } else {
            f64::from(u8::from(self.mean <= value))
        }
    }
}

fn mean(parts: &[Normal]) -> f64 {
    parts.iter().map(|part| part.mean).sum::<f64>() / to_f64(parts.len().max(1))
}

/// Returns the interval of a mixture of normal distributions, within what is possible.
fn ends(parts: &[Normal]) -> Interval {
    let most = parts.first().map_or(0.0, |part| part.most);
    let at = |share: f64| {
        let (mut low, mut high) = (0.0, most);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            let below: f64 = parts.iter().map(|part| part.below(middle)).sum();
            if below < share * to_f64(parts.len()) { low = middle } else { high = middle }
        }
        f64::midpoint(low, high)
    };
    Interval { low: at(TAIL), high: at(1.0 - TAIL) }
}

/// Returns the interval in whole numbers.
fn whole(range: Interval) -> Interval {
    Interval { low: range.low.round(), high: range.high.round() }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests;
