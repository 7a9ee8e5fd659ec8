//! What one forecast said, sorted once, so that it can be measured under many weightings in linear time each.
//!
//! A bootstrap only changes how often each tie counts; the order of the ranks stays. Weights are whole numbers and
//! sums of them are exact, so the order of the ties cannot show in an AUC.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    CLAMP, EGO_TIES, Metrics, RECENT_DAYS, Scored,
    reliability::{Bin, bins},
};
use crate::AccountId;

/// What one forecast said at one cut, laid out for measuring.
#[derive(Debug)]
pub(in crate::backtest) struct Sheet {
    /// Best rank first.
    by_rank: Vec<Entry>,
    /// The same for ties heard of lately.
    recent: Vec<Entry>,
    /// The same for each account with enough ties.
    egos: Vec<Vec<Entry>>,
    /// Lowest probability first.
    by_probability: Vec<Entry>,
    /// Brier and log loss of each tie.
    losses: Vec<(f64, f64)>,
}

/// One tie in an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its place among what was scored.
    pub(super) tie: u32,
    /// Equal for ties with equal value.
    pub(super) group: u32,
    pub(super) is_contact: bool,
    pub(super) probability: f64,
}

impl Sheet {
    /// Sorts what was said.
    pub(in crate::backtest) fn new(scored: &[Scored]) -> Self {
        let by_rank = sorted(scored, |one| -rank(one));
        let is_recent = |entry: &&Entry| {
            scored.get(entry.tie as usize).is_some_and(|one| one.silence_days <= RECENT_DAYS)
        };
        Self {
            recent: by_rank.iter().filter(is_recent).copied().collect(),
            egos: egos(scored, &by_rank),
            by_probability: sorted(scored, probability),
            losses: scored.iter().map(losses).collect(),
            by_rank,
        }
    }

    /// Measures with each tie counted so often; ties beyond the weights count zero times.
    ///
    /// # Complexity
    /// Linear in the ties.
    pub(in crate::backtest) fn metrics(&self, weights: &[u8]) -> Metrics {
        let all = Separation::of(&self.by_rank, weights);
        let (mut sum, mut brier, mut log) = (0.0, 0.0, 0.0);
        for (&(squared, surprise), &weight) in self.losses.iter().zip(weights) {
            let weight = f64::from(weight);
            sum += weight;
            brier += weight * squared;
            log += weight * surprise;
        }
        let mean = |total: f64| (0.0 < sum).then(|| total / sum);
        let distance = bins(&self.by_probability, weights).iter().map(Bin::distance).sum();
        Metrics {
            auc: all.auc(),
            auc_recent: Separation::of(&self.recent, weights).auc(),
            auc_per_ego: self.auc_per_ego(weights),
            average_precision: all.average_precision(),
            brier: mean(brier),
            log_loss: mean(log),
            calibration_error: mean(distance),
        }
    }

    fn auc_per_ego(&self, weights: &[u8]) -> Option<f64> {
        let each = self.egos.iter().filter_map(|ties| Separation::of(ties, weights).auc());
        let (sum, count) = each.fold((0.0, 0_u32), |(sum, count), auc| (sum + auc, count + 1));
        (0 < count).then(|| sum / f64::from(count))
    }
}

/// How well an order tells contact from none.
#[derive(Default)]
struct Separation {
    contacts: f64,
    others: f64,
    /// Pairs in the right order, equal ranks half.
    right: f64,
    precision: f64,
}

impl Separation {
    /// Goes through the ties, best rank first.
    fn of(entries: &[Entry], weights: &[u8]) -> Self {
        let mut all = Self::default();
        let (mut group, mut contacts, mut others) = (0, 0.0, 0.0);
        for entry in entries {
            if entry.group != group {
                all.close(contacts, others);
                (group, contacts, others) = (entry.group, 0.0, 0.0);
            }
            let weight = f64::from(weights.get(entry.tie as usize).copied().unwrap_or_default());
            if entry.is_contact {
                contacts += weight;
            } else {
                others += weight;
            }
        }
        all.close(contacts, others);
        all
    }

    /// Takes all ties of one rank.
    fn close(&mut self, contacts: f64, others: f64) {
        self.right += others * (self.contacts + contacts / 2.0);
        self.contacts += contacts;
        self.others += others;
        if 0.0 < contacts {
            self.precision += contacts * self.contacts / (self.contacts + self.others);
        }
    }

    fn has_both(&self) -> bool {
        0.0 < self.contacts && 0.0 < self.others
    }

    fn auc(&self) -> Option<f64> {
        self.has_both().then(|| self.right / (self.contacts * self.others))
    }

    fn average_precision(&self) -> Option<f64> {
        self.has_both().then(|| self.precision / self.contacts)
    }
}

/// Returns the AUC of (rank, contact) in any order, if there are both outcomes.
pub(in crate::backtest) fn auc(ranked: impl Iterator<Item = (f64, bool)>) -> Option<f64> {
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let mut all = Separation::default();
    for same in ranked.chunk_by(|a, b| a.0.total_cmp(&b.0) == Ordering::Equal) {
        let of = |wanted| same.iter().filter(|one| one.1 == wanted).map(|_| 1.0).sum();
        all.close(of(true), of(false));
    }
    all.auc()
}

/// Returns the rank without its holes: no number is the smallest, and −0 is 0.
pub(super) fn rank(one: &Scored) -> f64 {
    if one.rank.is_nan() { f64::NEG_INFINITY } else { one.rank + 0.0 }
}

/// Returns the probability within `0..=1`; no number is 0, and −0 is 0.
pub(super) fn probability(one: &Scored) -> f64 {
    if one.probability.is_nan() { 0.0 } else { one.probability.clamp(0.0, 1.0) + 0.0 }
}

/// Returns squared error and surprise.
fn losses(one: &Scored) -> (f64, f64) {
    let said = probability(one);
    let missed = if one.is_contact { 1.0 - said } else { said };
    (missed * missed, -(1.0 - missed.clamp(CLAMP, 1.0 - CLAMP)).ln())
}

/// Sorts by a key, equal keys in the order given.
pub(super) fn sorted(scored: &[Scored], key: impl Fn(&Scored) -> f64) -> Vec<Entry> {
    let entry = |(tie, one): (u32, &Scored)| {
        let is_contact = one.is_contact;
        (key(one) + 0.0, Entry { tie, group: 0, is_contact, probability: probability(one) })
    };
    let mut entries: Vec<_> = (0_u32..).zip(scored).map(entry).collect();
    entries.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.tie.cmp(&b.1.tie)));
    let groups = entries.chunk_by(|a, b| a.0.total_cmp(&b.0) == Ordering::Equal);
    let grouped = (0_u32..)
        .zip(groups)
        .flat_map(|(group, same)| same.iter().map(move |(_, entry)| Entry { group, ..*entry }));
    grouped.collect()
}

/// Returns the ties of every account with enough of them, in the order given.
fn egos(scored: &[Scored], order: &[Entry]) -> Vec<Vec<Entry>> {
    let mut counts: BTreeMap<AccountId, usize> = BTreeMap::new();
    for end in scored.iter().flat_map(|one| [one.pair.0, one.pair.1]) {
        *counts.entry(end).or_default() += 1;
    }
    counts.retain(|_, count| EGO_TIES <= *count);
    let mut egos: BTreeMap<AccountId, Vec<Entry>> =
        counts.into_iter().map(|(ego, count)| (ego, Vec::with_capacity(count))).collect();
    for entry in order {
        let Some(one) = scored.get(entry.tie as usize) else { continue };
        for end in [one.pair.0, one.pair.1] {
            if let Some(ties) = egos.get_mut(&end) {
                ties.push(*entry);
            }
        }
    }
    egos.into_values().collect()
}
