//! Against lifelines 0.30.3 (`KaplanMeierFitter`, with and without `entry`, `restricted_mean_survival_time`,
//! `logrank_test`), run once on the lives of [`lives`].

use proptest::prelude::*;

use super::*;

/// Eighty lives in two groups, by a linear congruential rule.
fn lives(group: u64, is_late: bool) -> Vec<Lifetime> {
    let mut state = 987_654_321_u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap()
    };
    let mut lives = Vec::new();
    for number in 0..80_u64 {
        let of = number % 2;
        let days = 1 + next() % if of == 0 { 60 } else { 110 };
        let has_ended = next() % 4 != 0;
        let entry = if next() % 3 == 0 { next() % days } else { 0 };
        let entry_days = if is_late { f64::from(entry) } else { 0.0 };
        if of == group {
            lives.push(Lifetime { entry_days, days: f64::from(days), has_ended });
        }
    }
    lives
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} {expected}");
}

#[test]
fn curves_and_bands_are_those_of_lifelines() {
    let expected = [
        (0, 10.0, 0.821_621_621_621_621_7, 0.661_797_877_213_366_6, 0.910_724_329_477_619_8),
        (0, 30.0, 0.535_840_188_014_101, 0.368_161_692_655_626_5, 0.677_345_295_408_148_6),
        (0, 50.0, 0.282_021_151_586_369_1, 0.148_701_973_449_750_53, 0.431_416_044_588_030_4),
        (1, 10.0, 0.896_011_396_011_396_2, 0.746_144_151_287_675_9, 0.959_664_549_647_106_3),
        (1, 30.0, 0.680_084_551_052_292_9, 0.505_515_431_243_819, 0.804_213_688_281_611_9),
        (1, 50.0, 0.489_660_876_757_650_9, 0.322_466_891_672_328_4, 0.637_308_998_183_819_1),
    ];
    for (group, days, share, low, high) in expected {
        let curve = survival(&lives(group, false));
        close(curve.at(days), share);
        let band = curve.interval_at(days);
        assert!((band.low - low).abs() < 1e-9 && (band.high - high).abs() < 1e-9, "{band:?}");
    }
}

#[test]
fn late_entries_medians_and_restricted_means_are_those_of_lifelines() {
    let late = [
        (0, [0.749_411_618_976_836_5, 0.423_546_254_331_309_3, 0.200_125_605_171_543_65]),
        (1, [0.833_333_333_333_333_1, 0.559_492_315_444_696_2, 0.359_967_482_363_315_55]),
    ];
    for (group, shares) in late {
        let curve = survival(&lives(group, true));
        for (days, share) in [10.0, 30.0, 50.0].into_iter().zip(shares) {
            close(curve.at(days), share);
        }
    }
    for (group, median, mean) in
        [(0, 32.0, 30.399_001_175_088_13), (1, 46.0, 37.026_031_614_741_29)]
    {
        let curve = survival(&lives(group, false));
        assert_eq!(curve.median(), Some(median));
        let (found, interval) = curve.restricted_mean(50.0);
        close(found, mean);
        assert!(interval.low < found && found < interval.high && interval.high <= 50.0);
    }
}

#[test]
fn the_log_rank_test_is_that_of_lifelines() {
    let test = log_rank(&lives(0, false), &lives(1, false)).unwrap();
    assert!((test.chi_square - 11.131_306_330_790_407).abs() < 1e-9, "{test:?}");
    assert!((test.p - 0.000_848_827_898_635_525_6).abs() < 1e-12, "{test:?}");
    assert!(1.0 < test.ratio);
}

#[test]
fn without_ends_nothing_falls_and_nothing_can_be_compared() {
    let going_on = vec![Lifetime::going_on(9.0); 5];
    let curve = survival(&going_on);
    assert_eq!((curve.steps().len(), curve.lives(), curve.median()), (0, 5, None));
    close(curve.at(5.0), 1.0);
    close(curve.interval_at(10.0).low, 0.0);
    assert_eq!(log_rank(&going_on, &going_on), None);
    assert_eq!(log_rank(&[], &[Lifetime::ended(2.0)]), None);
    assert_eq!(survival(&[]).lives(), 0);
    let odd = [Lifetime::ended(f64::NAN), Lifetime::ended(-1.0), Lifetime::ended(0.0)];
    assert_eq!(survival(&odd).lives(), 0);
}

proptest! {
    #[test]
    fn a_curve_falls_within_its_band(
        lives in prop::collection::vec((0.0..50.0_f64, 0.1..300.0_f64, any::<bool>()), 0..60), at in 0.0..400.0_f64
    ) {
        let lives: Vec<_> = lives
            .iter()
            .map(|&(entry_days, more, has_ended)| Lifetime { entry_days, days: entry_days + more, has_ended })
            .collect();
        let curve = survival(&lives);
        let mut before = 1.0;
        for step in curve.steps() {
            prop_assert!(step.share <= before && 0.0 <= step.share);
            prop_assert!(step.interval.low <= step.share && step.share <= step.interval.high);
            prop_assert!(step.ended <= step.at_risk);
            before = step.share;
        }
        let band = curve.interval_at(at);
        prop_assert!(band.low <= curve.at(at) && curve.at(at) <= band.high);
        let (mean, _) = curve.restricted_mean(100.0);
        prop_assert!((0.0..=100.0).contains(&mean));
    }

    #[test]
    fn order_changes_nothing_and_groups_change_places(
        lives in prop::collection::vec((0.1..300.0_f64, any::<bool>()), 2..60), cut in 1_usize..40
    ) {
        let lives: Vec<_> =
            lives.iter().map(|&(days, has_ended)| Lifetime { entry_days: 0.0, days, has_ended }).collect();
        let mut turned = lives.clone();
        turned.reverse();
        prop_assert_eq!(survival(&lives), survival(&turned));
        let (one, other) = lives.split_at(cut.min(lives.len() - 1));
        let (a, b) = (log_rank(one, other), log_rank(other, one));
        prop_assert_eq!(a.is_some(), b.is_some());
        if let (Some(a), Some(b)) = (a, b) {
            prop_assert!((a.chi_square - b.chi_square).abs() < 1e-6 * a.chi_square.max(1.0));
        }
    }
}
