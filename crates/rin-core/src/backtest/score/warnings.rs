//! What a forecast would have been worth to somebody: how many lapses it would have warned of.
//!
//! Every forecast may warn of as many ties as did lapse, so that none looks good by warning of everybody. Who was
//! alive is said without a model: whoever was heard of within the horizon before.

use std::cmp::Ordering;

use super::{
    Scored,
    sheet::{probability, rank},
};

/// Of the ties that were alive and then fell silent, how many a forecast would have warned of.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Warnings {
    /// Ties heard of within the horizon before.
    pub alive: usize,
    /// Those of them without contact within the horizon after: also the number of warnings each forecast may give.
    pub lapses: usize,
    /// Lapses among the warnings; where equal ranks straddle the last warning, the share expected of a blind choice.
    pub hits: f64,
}

impl Warnings {
    /// Warns of the alive ties with the lowest ranks.
    pub fn of(scored: &[Scored], horizon_days: f64) -> Self {
        let mut alive: Vec<_> = scored
            .iter()
            .filter(|one| one.silence_days <= horizon_days)
            .map(|one| (rank(one), one.is_contact))
            .collect();
        alive.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let lapses = alive.iter().filter(|(_, is_contact)| !is_contact).count();
        let (mut left, mut hits) = (lapses, 0.0);
        for same in alive.chunk_by(|a, b| a.0.total_cmp(&b.0) == Ordering::Equal) {
            let silent = same.iter().filter(|(_, is_contact)| !is_contact).count();
            let taken = left.min(same.len());
            hits += to_f64(silent) * to_f64(taken) / to_f64(same.len());
            left -= taken;
        }
        Self { alive: alive.len(), lapses, hits }
    }

    /// Returns how many hits drawing lots among the alive would have had.
    pub fn hits_by_chance(&self) -> f64 {
        if self.alive == 0 { 0.0 } else { to_f64(self.lapses).powi(2) / to_f64(self.alive) }
    }

    /// Adds those of another cut.
    pub(in crate::backtest) fn add(&mut self, other: Self) {
        self.alive += other.alive;
        self.lapses += other.lapses;
        self.hits += other.hits;
    }
}

/// How often a plain *alive* or *lapsed* was right, where *alive* means at least the threshold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct AtThreshold {
    /// Ties called alive.
    pub called_alive: usize,
    /// Those of them with contact.
    pub alive_right: usize,
    /// Ties called lapsed.
    pub called_lapsed: usize,
    /// Those of them without contact.
    pub lapsed_right: usize,
}

impl AtThreshold {
    /// Counts at a threshold, `0..=1`.
    pub fn of(scored: &[Scored], threshold: f64) -> Self {
        let mut counts = Self::default();
        for one in scored {
            if threshold <= probability(one) {
                counts.called_alive += 1;
                counts.alive_right += usize::from(one.is_contact);
            } else {
                counts.called_lapsed += 1;
                counts.lapsed_right += usize::from(!one.is_contact);
            }
        }
        counts
    }

    /// Adds those of another cut.
    pub(in crate::backtest) const fn add(&mut self, other: Self) {
        self.called_alive += other.called_alive;
        self.alive_right += other.alive_right;
        self.called_lapsed += other.called_lapsed;
        self.lapsed_right += other.lapsed_right;
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer ties than 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}
