//! Whether percentages can be taken at their word: of the ties given so many per cent, how many went on.
//!
//! Ten bins of equal mass rather than of equal width, because most ties are given low probabilities and wide bins
//! would be empty. Ties with equal probability stay in one bin, so that nothing depends on their order.

use super::{
    Scored,
    sheet::{Entry, probability, sorted},
};

const BINS: usize = 10;
/// Quantile of the normal distribution for a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// One row of a reliability diagram.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct ReliabilityRow {
    /// Mean probability said, `0..=1`.
    pub predicted: f64,
    /// Share with contact, `0..=1`.
    pub observed: f64,
    /// Wilson 95 % interval of that share, lower and upper end.
    pub interval: (f64, f64),
    /// Ties in the row.
    pub ties: usize,
}

/// Returns the rows of a reliability diagram, lowest probability first; at most ten.
pub fn reliability(scored: &[Scored]) -> Vec<ReliabilityRow> {
    let order = sorted(scored, probability);
    let bins = bins(&order, &vec![1; scored.len()]);
    let filled = bins.iter().filter(|bin| 0.0 < bin.ties);
    let row = |bin: &Bin| ReliabilityRow {
        predicted: bin.predicted / bin.ties,
        observed: bin.contacts / bin.ties,
        interval: wilson(bin.contacts, bin.ties),
        ties: count(bin.ties),
    };
    filled.map(row).collect()
}

/// Returns the Wilson 95 % interval for so many hits among so many (Wilson 1927); `0..=1` if there are none.
pub fn wilson(hits: f64, of: f64) -> (f64, f64) {
    if of <= 0.0 {
        return (0.0, 1.0);
    }
    let share = hits / of;
    let scale = 1.0 + Z * Z / of;
    let centre = share + Z * Z / (2.0 * of);
    let reach = Z * (share * (1.0 - share) / of + Z * Z / (4.0 * of * of)).sqrt();
    (((centre - reach) / scale).max(0.0), ((centre + reach) / scale).min(1.0))
}

/// Sums over the ties of one bin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bin {
    ties: f64,
    predicted: f64,
    contacts: f64,
}

impl Bin {
    /// Returns how far what was said is from what happened, times the ties.
    pub(super) fn distance(&self) -> f64 {
        (self.predicted - self.contacts).abs()
    }

    fn add(&mut self, other: Self) {
        self.ties += other.ties;
        self.predicted += other.predicted;
        self.contacts += other.contacts;
    }
}

/// Sums ties, lowest probability first, into bins; a group of equals goes where its middle lies.
pub(super) fn bins(order: &[Entry], weights: &[u8]) -> [Bin; BINS] {
    let weight =
        |entry: &Entry| f64::from(weights.get(entry.tie as usize).copied().unwrap_or_default());
    let total: f64 = order.iter().map(weight).sum();
    let mut bins = [Bin::default(); BINS];
    let mut below = 0.0;
    let mut group = 0;
    let mut same = Bin::default();
    for entry in order {
        if entry.group != group {
            put(&mut bins, &mut below, total, same);
            (group, same) = (entry.group, Bin::default());
        }
        let weight = weight(entry);
        same.add(Bin {
            ties: weight,
            predicted: weight * entry.probability,
            contacts: if entry.is_contact { weight } else { 0.0 },
        });
    }
    put(&mut bins, &mut below, total, same);
    bins
}

fn put(bins: &mut [Bin; BINS], below: &mut f64, total: f64, same: Bin) {
    let middle = 10.0 * (*below + same.ties / 2.0) / total;
    if let Some(bin) = bins.get_mut(count(middle).min(BINS - 1)) {
        bin.add(same);
    }
    *below += same.ties;
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float to int saturates and NaN becomes 0, which is meant"
)]
const fn count(x: f64) -> usize {
    x as usize
}
