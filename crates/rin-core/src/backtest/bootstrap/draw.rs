//! How often each tie counts in each replicate.
//!
//! A tie's count is a Poisson number of mean one drawn from the seed, the replicate and the ids of its ends: the
//! Poisson bootstrap (Hanley and `MacGibbon` 2006). It is the multinomial one but for the size of the sample, and it
//! lets a tie count equally often at every cut and for every forecast without anybody keeping a list.

use super::{BootstrapRequest, Resample};
use crate::{
    AccountId,
    backtest::score::{Metrics, Scored, Sheet},
    random::lot,
};

/// Ties times forecasts times replicates that one cut may take, about two seconds.
const WORK: usize = 150_000_000;
/// Replicates never fall below this for the sake of time.
const FEWEST: usize = 50;
/// *P*(*N* ≤ *n*) for *N* of a Poisson law of mean one, times 2⁶⁴.
const POISSON: [u64; 10] = [
    6_786_177_901_268_885_274,
    13_572_355_802_537_770_549,
    16_965_444_753_172_213_186,
    18_096_474_403_383_694_065,
    18_379_231_815_936_564_285,
    18_435_783_298_447_138_329,
    18_445_208_545_532_234_003,
    18_446_555_009_401_533_385,
    18_446_723_317_385_195_808,
    18_446_742_018_272_269_410,
];

/// What one forecast measures as observed and in every replicate.
#[derive(Debug)]
pub(in crate::backtest) struct Sample {
    observed: Metrics,
    pub(super) replicates: Vec<Metrics>,
}

impl Sample {
    /// Returns what was measured in a replicate, or as observed.
    pub(super) fn at(&self, replicate: Option<usize>) -> Option<&Metrics> {
        match replicate {
            Some(at) => self.replicates.get(at),
            None => Some(&self.observed),
        }
    }
}

/// How often each tie of one cut counts.
#[derive(Debug)]
pub(in crate::backtest) struct Draws {
    /// By replicate, then tie.
    weights: Vec<Vec<u8>>,
}

impl Draws {
    /// Draws for the ties of one cut, to be measured by so many forecasts.
    pub(in crate::backtest) fn new(
        ties: &[Scored],
        request: &BootstrapRequest,
        forecasts: usize,
    ) -> Self {
        let work = ties.len().saturating_mul(forecasts).max(1);
        let replicates = request.replicates.min((WORK / work).max(FEWEST));
        let hubs = match request.resample {
            Resample::Ties => Vec::new(),
            Resample::Accounts => hubs(ties),
        };
        let draw = |seed: u64| {
            let account = |id: AccountId| match hubs.binary_search(&id) {
                Ok(_) => 1,
                Err(_) => poisson(lot(seed, u64::from(id.get()))),
            };
            let weight = |one: &Scored| match request.resample {
                Resample::Ties => poisson(lot(seed, number(one.pair))),
                Resample::Accounts => account(one.pair.0).saturating_mul(account(one.pair.1)),
            };
            ties.iter().map(weight).collect()
        };
        let seeds = (0_u64..).map(|replicate| lot(request.seed, replicate));
        Self { weights: seeds.take(replicates).map(draw).collect() }
    }

    /// Returns how many replicates were drawn.
    pub(in crate::backtest) const fn replicates(&self) -> usize {
        self.weights.len()
    }

    /// Measures a forecast of the same ties in the same order.
    pub(in crate::backtest) fn measure(&self, scored: &[Scored]) -> Sample {
        let sheet = Sheet::new(scored);
        Sample {
            observed: sheet.metrics(&vec![1; scored.len()]),
            replicates: self.weights.iter().map(|weights| sheet.metrics(weights)).collect(),
        }
    }
}

/// Returns a number of its own for every pair.
fn number(pair: (AccountId, AccountId)) -> u64 {
    u64::from(pair.0.get()) << 32 | u64::from(pair.1.get())
}

/// Turns 64 even bits into a Poisson number of mean one.
fn poisson(bits: u64) -> u8 {
    POISSON.iter().map(|below| u8::from(*below <= bits)).sum()
}

/// Returns the accounts that are an end of more than half of all ties, ascending.
fn hubs(ties: &[Scored]) -> Vec<AccountId> {
    let mut ends: Vec<_> = ties.iter().flat_map(|one| [one.pair.0, one.pair.1]).collect();
    ends.sort_unstable();
    let runs = ends.chunk_by(|a, b| a == b);
    let large = runs.filter(|run| ties.len() < 2 * run.len());
    large.filter_map(|run| run.first().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn counts_follow_poisson() {
        let mut random = Random::new(1);
        let drawn: Vec<_> = (0..100_000).map(|_| f64::from(poisson(random.bits()))).collect();
        let mean = drawn.iter().sum::<f64>() / 100_000.0;
        let spread = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 100_000.0;
        assert!((mean - 1.0).abs() < 0.015 && (spread - 1.0).abs() < 0.03, "{mean} {spread}");
        assert_eq!((poisson(0), poisson(u64::MAX)), (0, 10));
    }

    #[test]
    fn a_tie_counts_equally_often_in_every_company() {
        let one = |n: u32| Scored {
            probability: 0.5,
            rank: 0.5,
            is_contact: true,
            silence_days: 1.0,
            pair: (AccountId::new(n), AccountId::new(n + 1)),
        };
        let ties: Vec<_> = (0..100).map(one).collect();
        for resample in [Resample::Ties, Resample::Accounts] {
            let request = BootstrapRequest { replicates: 5, seed: 3, resample };
            let all = Draws::new(&ties, &request, 1);
            let some = Draws::new(&ties[50..], &request, 1);
            for (all, some) in all.weights.iter().zip(&some.weights) {
                assert_eq!(&all[50..], some.as_slice());
            }
        }
    }
}
