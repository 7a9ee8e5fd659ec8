//! Metrics agree with scikit-learn.

use proptest::prelude::*;

use super::*;

/// Ranked by what was said; the pairs are all of account 0.
fn scored(said: &[f64], came: &[u8]) -> Vec<Scored> {
    let one = |(index, (&probability, &came)): (u32, (&f64, &u8))| Scored {
        probability,
        rank: probability,
        is_contact: came == 1,
        silence_days: 10.0,
        pair: (AccountId::new(0), AccountId::new(index + 1)),
    };
    (0..).zip(said.iter().zip(came)).map(one).collect()
}

const SPREAD: [f64; 20] = [
    0.02, 0.03, 0.07, 0.11, 0.13, 0.17, 0.23, 0.29, 0.31, 0.37, 0.41, 0.43, 0.47, 0.53, 0.59, 0.61,
    0.67, 0.71, 0.83, 0.97,
];
const CAME: [u8; 20] = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1];
const TIED: [f64; 8] = [0.2, 0.2, 0.5, 0.5, 0.5, 0.9, 0.9, 0.1];
const TIED_CAME: [u8; 8] = [0, 1, 0, 1, 1, 1, 0, 0];

/// Golden values: scikit-learn 1.9.1, `roc_auc_score(y, p, sample_weight=w)`, `average_precision_score`,
/// `brier_score_loss` and `log_loss` of the same arguments.
fn check(metrics: Metrics, [auc, precision, brier, log]: [f64; 4]) {
    for (got, expected) in [
        (metrics.auc, auc),
        (metrics.auc_recent, auc),
        (metrics.average_precision, precision),
        (metrics.brier, brier),
        (metrics.log_loss, log),
    ] {
        assert!((got.unwrap() - expected).abs() < 1e-12, "{got:?} {expected} of {metrics:?}");
    }
}

#[test]
fn as_in_scikit_learn() {
    check(
        Metrics::of(&scored(&[0.1, 0.4, 0.35, 0.8], &[0, 0, 1, 1])),
        [0.75, 0.833_333_333_333_333_3, 0.158_125, 0.472_287_953_809_176_15],
    );
    let ranked = TIED.iter().zip(&TIED_CAME).map(|(said, came)| (*said, *came == 1));
    assert_eq!(auc(ranked), Some(0.625));
    check(
        Metrics::of(&scored(&TIED, &TIED_CAME)),
        [0.625, 0.567_857_142_857_142_8, 0.2825, 0.803_166_141_217_230_6],
    );
    check(
        Metrics::of(&scored(&SPREAD, &CAME)),
        [0.787_878_787_878_787_8, 0.789_898_010_486_245_9, 0.186_595, 0.544_294_574_093_484_1],
    );
}

#[test]
fn weighted_as_in_scikit_learn() {
    check(
        Sheet::new(&scored(&TIED, &TIED_CAME)).metrics(&[2, 0, 1, 3, 1, 1, 0, 2]),
        [0.92, 0.866_666_666_666_666_7, 0.136, 0.422_810_455_240_162_5],
    );
}

#[test]
fn calibration_as_in_scikit_learn() {
    // t, q = calibration_curve(y, p, n_bins=10, strategy="quantile"); mean(abs(t - q))
    let sample = scored(&SPREAD, &CAME);
    assert!((Metrics::of(&sample).calibration_error.unwrap() - 0.2135).abs() < 1e-12);
    let rows = reliability(&sample);
    assert_eq!(rows.iter().map(|row| row.ties).collect::<Vec<_>>(), [2; 10]);
    assert!((rows[1].predicted - 0.09).abs() < 1e-12);
    assert!((rows[1].observed - 0.5).abs() < 1e-12);
    // Equal probabilities stay together.
    assert_eq!(reliability(&scored(&[0.3; 7], &[0, 1, 0, 0, 1, 1, 0])).len(), 1);
}

#[test]
fn wilson_by_hand() {
    // 3 of 10 with z = 1.959964; of 0 in 5 the upper end is z²/(5+z²).
    let (low, high) = wilson(3.0, 10.0);
    assert!(
        (low - 0.107_791_267_406_301).abs() < 1e-9 && (high - 0.603_221_852_538_854_6).abs() < 1e-9
    );
    let (low, high) = wilson(0.0, 5.0);
    assert!(low.abs() < 1e-12 && (high - 0.434_482_464_783_174_76).abs() < 1e-9);
}

#[test]
fn one_outcome_has_no_order() {
    let metrics = Metrics::of(&scored(&[0.2, 0.9], &[1, 1]));
    assert_eq!((metrics.auc, metrics.average_precision, metrics.auc_per_ego), (None, None, None));
    assert!((metrics.brier.unwrap() - 0.325).abs() < 1e-12);
    for metric in Metric::ALL {
        assert_eq!(Metrics::of(&[]).get(metric), None);
    }
    assert_eq!(reliability(&[]), []);
}

#[test]
fn what_is_no_number_counts_as_the_worst() {
    let mut sample = scored(&[f64::NAN, 0.5], &[1, 0]);
    let metrics = Metrics::of(&sample);
    assert_eq!(metrics.auc, Some(0.0));
    assert!((metrics.brier.unwrap() - 0.625).abs() < 1e-12);
    sample[0].rank = -0.0;
    sample[1].rank = 0.0;
    assert_eq!(Metrics::of(&sample).auc, Some(0.5));
}

#[test]
fn only_recent_ties_count_as_recent() {
    let mut sample = scored(&[0.9, 0.8, 0.2, 0.1], &[1, 0, 1, 0]);
    sample[0].silence_days = 181.0;
    let metrics = Metrics::of(&sample);
    assert_eq!((metrics.auc, metrics.auc_recent), (Some(0.75), Some(0.5)));
}

#[test]
fn an_ego_has_forty_ties() {
    // Account 0 has forty ties, the upper half of its list with contact; a pair of others is out of order.
    let said: Vec<f64> = (0..40).map(|n| f64::from(n) / 40.0).collect();
    let came: Vec<u8> = (0..40).map(|n| u8::from(20 <= n)).collect();
    let mut sample = scored(&said, &came);
    let stranger = (AccountId::new(50), AccountId::new(51));
    sample.push(Scored {
        probability: 0.0,
        rank: 0.0,
        is_contact: true,
        pair: stranger,
        ..sample[0]
    });
    assert_eq!(Metrics::of(&sample).auc_per_ego, Some(1.0));
    assert!(Metrics::of(&sample).auc.unwrap() < 1.0);
    sample.remove(0);
    assert_eq!(Metrics::of(&sample).auc_per_ego, None);
}

#[test]
fn warnings_are_as_many_as_lapses() {
    // Five alive (silence 10), one long gone; three lapses, so three warnings: .1 is right, two of the three at .3 are
    // taken blindly, two of those lapsed: 1 + 2·2/3.
    let mut sample = scored(&[0.1, 0.3, 0.3, 0.3, 0.9, 0.0], &[0, 0, 1, 0, 1, 0]);
    sample[5].silence_days = 91.0;
    let warnings = Warnings::of(&sample, 90.0);
    assert_eq!((warnings.alive, warnings.lapses), (5, 3));
    assert!((warnings.hits - 7.0 / 3.0).abs() < 1e-12);
    assert!((warnings.hits_by_chance() - 1.8).abs() < 1e-12);
    let plain = AtThreshold::of(&sample, 0.3);
    assert_eq!((plain.called_alive, plain.alive_right), (4, 2));
    assert_eq!((plain.called_lapsed, plain.lapsed_right), (2, 2));
}

proptest! {
    #[test]
    fn weighting_is_repeating(ties in prop::collection::vec((0_u8..6, 0_u8..2, 0_u8..4), 1..40)) {
        let said: Vec<f64> = ties.iter().map(|tie| f64::from(tie.0) / 5.0).collect();
        let came: Vec<u8> = ties.iter().map(|tie| tie.1).collect();
        let weights: Vec<u8> = ties.iter().map(|tie| tie.2).collect();
        let sample = scored(&said, &came);
        let repeated: Vec<_> = sample
            .iter()
            .zip(&weights)
            .flat_map(|(one, &weight)| vec![*one; usize::from(weight)])
            .collect();
        let (one, two) = (Sheet::new(&sample).metrics(&weights), Metrics::of(&repeated));
        for metric in Metric::ALL.into_iter().filter(|metric| *metric != Metric::AucPerEgo) {
            match (one.get(metric), two.get(metric)) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9, "{metric:?} {a} {b}"),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
