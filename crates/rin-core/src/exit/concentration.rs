//! On how few accounts or people of ours the living network hangs.

use std::collections::BTreeMap;

/// Holders whose leaving is tried out, the largest: four thousand ways.
const TRIED: usize = 12;

/// One living relationship and who of us holds it.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldTie<H> {
    /// How much it counts: the probability that it is alive, times importance where that is meant.
    pub weight: f64,
    /// Who of us had contact, and on how many days; an account or a member of the team, each once.
    pub holders: Vec<(H, f64)>,
}

/// How the living network is spread over those who hold it.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Concentration<H> {
    /// Share of each holder, the largest first; a relationship is divided by days with contact.
    pub shares: Vec<(H, f64)>,
    /// Sum of the squared shares: 1 if one holds everything, 1/*n* if *n* hold the same (Herfindahl 1950, Hirschman 1945).
    pub herfindahl: f64,
    /// One over it: as many equal holders would be as concentrated.
    pub effective_holders: f64,
    /// The fewest who have to leave until half of the network has nobody left.
    pub bus_factor: usize,
}

/// Returns how the living network is spread; `None` if nobody holds anything.
///
/// The bus factor is exact among the twelve largest holders; where these are not enough it is the number of all.
///
/// # Example
/// ```
/// use rin_core::{HeldTie, concentration};
/// let tie = |holder| HeldTie { weight: 1.0, holders: vec![(holder, 5.0)] };
/// let seen = concentration(&[tie("ann"), tie("ann"), tie("ann"), tie("ben")]).unwrap();
/// assert_eq!(seen.shares[0], ("ann", 0.75));
/// assert_eq!((seen.herfindahl, seen.bus_factor), (0.625, 1));
/// ```
pub fn concentration<H: Ord + Clone>(ties: &[HeldTie<H>]) -> Option<Concentration<H>> {
    let held =
        |tie: &&HeldTie<H>| 0.0 < tie.weight && tie.holders.iter().any(|(_, days)| 0.0 < *days);
    let ties: Vec<&HeldTie<H>> = ties.iter().filter(held).collect();
    let total: f64 = ties.iter().map(|tie| tie.weight).sum();
    let mut by_holder: BTreeMap<&H, f64> = BTreeMap::new();
    for tie in &ties {
        let days: f64 = tie.holders.iter().map(|(_, days)| days).sum();
        for (holder, part) in &tie.holders {
            *by_holder.entry(holder).or_default() += tie.weight * part / days / total;
        }
    }
    let mut shares: Vec<(H, f64)> =
        by_holder.into_iter().map(|(holder, share)| (holder.clone(), share)).collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let herfindahl: f64 = shares.iter().map(|(_, share)| share * share).sum();
    (0.0 < herfindahl).then(|| Concentration {
        bus_factor: bus_factor(&ties, &shares),
        effective_holders: 1.0 / herfindahl,
        herfindahl,
        shares,
    })
}

/// Returns the fewest of the largest holders whose leaving orphans half of the network.
fn bus_factor<H: Ord>(ties: &[&HeldTie<H>], shares: &[(H, f64)]) -> usize {
    let n_tried = shares.len().min(TRIED);
    // Who holds a tie, as bits; whoever is not tried never leaves.
    let mut by_holders: BTreeMap<u32, f64> = BTreeMap::new();
    for tie in ties {
        let bit = |holder: &H| {
            shares
                .iter()
                .position(|(one, _)| one == holder)
                .map_or(1 << TRIED, |at| 1_u32 << at.min(TRIED))
        };
        let holders = tie.holders.iter().fold(0, |bits, (holder, _)| bits | bit(holder));
        *by_holders.entry(holders).or_default() += tie.weight;
    }
    let total: f64 = by_holders.values().sum();
    let orphans = |gone: u32| {
        let orphaned: f64 = by_holders
            .iter()
            .filter(|(holders, _)| **holders & !gone == 0)
            .map(|(_, weight)| weight)
            .sum();
        0.5 * total <= orphaned
    };
    let enough = (0..1_u32 << n_tried).filter(|gone| orphans(*gone)).map(u32::count_ones).min();
    enough.map_or(shares.len(), |count| count as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tie(weight: f64, holders: &[u8]) -> HeldTie<u8> {
        HeldTie { weight, holders: holders.iter().map(|holder| (*holder, 2.0)).collect() }
    }

    #[test]
    fn who_is_held_by_two_is_orphaned_by_both() {
        let seen = concentration(&[tie(1.0, &[1, 2]), tie(1.0, &[1, 2]), tie(0.9, &[3])]).unwrap();
        assert_eq!(seen.bus_factor, 2);
        assert!((seen.shares.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn an_empty_network_hangs_on_nobody() {
        assert_eq!(concentration::<u8>(&[]), None);
        assert_eq!(concentration(&[tie(0.0, &[1]), tie(1.0, &[])]), None);
    }

    proptest! {
        #[test]
        fn it_lies_between_equal_and_one(weights in prop::collection::vec((0.1..9.0_f64, 0_u8..5), 1..40)) {
            let ties: Vec<_> = weights.iter().map(|(weight, holder)| tie(*weight, &[*holder])).collect();
            let seen = concentration(&ties).unwrap();
            let n = f64::from(u8::try_from(seen.shares.len()).unwrap());
            prop_assert!(1.0 / n - 1e-12 <= seen.herfindahl && seen.herfindahl <= 1.0 + 1e-12);
            // Where everybody holds alone, the fewest that hold half are the largest ones.
            let mut sum = 0.0;
            let fewest = seen.shares.iter().take_while(|(_, share)| { let more = sum < 0.5 - 1e-12; sum += share; more }).count();
            prop_assert_eq!(seen.bus_factor, fewest);
        }
    }
}
