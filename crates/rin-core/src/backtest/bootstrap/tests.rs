//! Intervals are as wide as theory says, and a difference is noise only where it is.

use super::{compare_forecasts as compare, *};
use crate::{AccountId, random::Random};

const REQUEST: BootstrapRequest =
    BootstrapRequest { replicates: 200, seed: 7, resample: Resample::Ties };

/// Ties that go on with the probability drawn for them; what is said of each is that, blurred.
fn sample(blur: f64, hub: bool) -> Vec<Scored> {
    let mut random = Random::new(42);
    let one = |n: u32| {
        let (truth, chance, noise) = (random.unit(), random.unit(), random.unit());
        let said = (1.0 - blur) * truth + blur * noise;
        let pair = if hub { (0, n + 1) } else { (n % 37, 37 + n % 41) };
        Scored {
            probability: said,
            rank: said,
            is_contact: chance < truth,
            silence_days: 3.0,
            pair: (AccountId::new(pair.0), AccountId::new(pair.1)),
        }
    };
    (0..1_500).map(one).collect()
}

fn auc(measured: &[Measured]) -> Measured {
    *measured.iter().find(|one| one.metric == Metric::Auc).unwrap()
}

#[test]
fn the_interval_is_as_wide_as_theory_says() {
    let good = sample(0.0, true);
    let one = auc(&compare(&[&good], None, &REQUEST)[0]);
    let (value, interval) = (one.value.unwrap(), one.interval.unwrap());
    assert!(interval.low < value && value < interval.high);
    // Hanley and McNeil 1982 for an AUC of .83 with 750 of each: standard error about .0105.
    let width = (interval.high - interval.low) / (2.0 * 1.96);
    assert!((0.0085..0.0125).contains(&width), "{width} {value}");
    assert_eq!(one.compared, None);
}

#[test]
fn a_blurred_forecast_is_worse_and_a_copy_is_noise() {
    let (good, bad) = (sample(0.0, false), sample(0.6, false));
    for resample in [Resample::Ties, Resample::Accounts] {
        let request = BootstrapRequest { resample, ..REQUEST };
        let all = compare(&[&good, &bad, &good], Some(0), &request);
        let compared = auc(&all[1]).compared.unwrap();
        assert_eq!(compared.is, Difference::Worse, "{resample:?} {compared:?}");
        assert!(compared.interval.high < 0.0);
        assert_eq!(
            all[1].iter().find(|one| one.metric == Metric::LogLoss).unwrap().compared.unwrap().is,
            Difference::Worse
        );
        assert_eq!(auc(&all[2]).compared.unwrap().is, Difference::Noise);
        assert_eq!(auc(&all[0]).compared, None);
        let back = compare(&[&good, &bad], Some(1), &request);
        assert_eq!(auc(&back[0]).compared.unwrap().is, Difference::Better);
    }
}

#[test]
fn drawing_accounts_keeps_us() {
    let request = BootstrapRequest { resample: Resample::Accounts, ..REQUEST };
    let ours = sample(0.0, true);
    // Everybody else has one tie, so drawing accounts is drawing ties.
    let one = auc(&compare(&[&ours], None, &request)[0]).interval.unwrap();
    assert!((0.03..0.05).contains(&(one.high - one.low)), "{one:?}");
}

#[test]
fn the_same_seed_draws_the_same() {
    let ours = sample(0.3, false);
    assert_eq!(compare(&[&ours], None, &REQUEST), compare(&[&ours], None, &REQUEST));
    let other = BootstrapRequest { seed: 8, ..REQUEST };
    assert_ne!(compare(&[&ours], None, &REQUEST), compare(&[&ours], None, &other));
    let none = BootstrapRequest { replicates: 0, ..REQUEST };
    assert_eq!(auc(&compare(&[&ours], None, &none)[0]).interval, None);
    assert!(compare(&[], None, &REQUEST).is_empty());
}

#[test]
fn a_tiny_difference_is_noise_however_certain() {
    let sure = Interval { low: 0.001, high: 0.006 };
    assert_eq!(Compared::new(Metric::Auc, 0.004, sure).is, Difference::Noise);
    assert_eq!(Compared::new(Metric::Brier, 0.004, sure).is, Difference::Worse);
    assert_eq!(Compared::new(Metric::Auc, 0.0055, sure).is, Difference::Better);
}

#[test]
fn quantiles_as_in_numpy() {
    // numpy.quantile([1, 2, 4, 8], [.025, .975])
    let values = [1.0, 2.0, 4.0, 8.0];
    assert!((quantile(&values, 0.025).unwrap() - 1.075).abs() < 1e-12);
    assert!((quantile(&values, 0.975).unwrap() - 7.7).abs() < 1e-12);
    assert_eq!(quantile(&[], 0.5), None);
}
