//! Holds the greedy choice against every choice there is, and coming back against what it has to make up for.

use proptest::prelude::*;

use super::*;
use crate::Staying;

fn tie(number: u32, (shape, importance, minutes): (f64, f64, f64)) -> AtRisk {
    AtRisk {
        party: PartyId::new(number),
        staying: Staying { shape, alpha_days: 10.0, log_sd: 0.3 },
        silence_days: 25.0,
        contact_days: 6.0,
        importance,
        minutes: Minutes::new(minutes),
    }
}

fn ties(some: &[(f64, f64, f64)]) -> Vec<AtRisk> {
    (0..).zip(some).map(|(number, one)| tie(number, *one)).collect()
}

/// Returns the least minutes of any set of contacts that gains as much; none if all together do not.
fn least_of_all(offers: &[UpkeepStep], wanted: f64) -> Option<f64> {
    let sets = 0..1_u32 << offers.len();
    let minutes = sets.filter_map(|set| {
        let taken = offers.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
        let (gain, minutes) =
            taken.fold((0.0, 0.0), |sum, (_, one)| (sum.0 + one.gain, sum.1 + one.minutes.get()));
        (wanted <= gain).then_some(minutes)
    });
    minutes.reduce(f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_choice_is_cheaper_than_the_bound_and_equal_costs_are_chosen_best(
        some in prop::collection::vec((0.05..2.0_f64, 0.2..4.0_f64, 1.0..12.0_f64), 1..10),
        share in 0.3..1.0_f64, is_equal in any::<bool>()
    ) {
        let mut ties = ties(&some);
        if is_equal {
            for tie in &mut ties {
                tie.minutes = Minutes::new(5.0);
            }
        }
        let model = ForecastModel::default();
        let request = UpkeepRequest { ties: &ties, days: 120.0, horizon_days: 180.0, share, model: &model };
        let found = upkeep(&request);
        let offers = by_worth(ties.iter().filter_map(|tie| best_touch(&request, tie)));
        let sum = |conduct| ties.iter().map(|tie| tie.importance * tie.left(conduct, 120.0, 180.0)).sum::<f64>();
        let wanted = share * sum(Conduct::Engaged) - sum(Conduct::Returned);
        let best = least_of_all(&offers, wanted);
        prop_assert_eq!(best.is_some(), found.least_minutes.is_some());
        if let (Some(best), Some(bound)) = (best, found.least_minutes) {
            prop_assert!(bound <= best + 1e-6, "{bound} {best}");
            prop_assert!(best <= found.minutes.get() + 1e-6);
            let last = found.touches.last().map_or(0.0, |touch| touch.minutes.get());
            prop_assert!(found.minutes.get() <= bound.max(0.0) + last + 0.02);
            if is_equal {
                prop_assert!((found.minutes.get() - best).abs() < 1e-6);
            }
            prop_assert!(share - 1e-9 <= found.share_with);
        }
    }
}

#[test]
fn coming_back_costs_more_the_longer_one_was_away() {
    let ties = ties(&[(0.6, 1.0, 4.0); 20]);
    let model = ForecastModel::default();
    let at = |days| {
        re_entry(&UpkeepRequest {
            ties: &ties,
            days,
            horizon_days: 180.0,
            share: 0.7,
            model: &model,
        })
    };
    let (short, long) = (at(60.0), at(240.0));
    assert!(short.missing < long.missing && short.contacts < long.contacts, "{short:?} {long:?}");
    assert!(
        (short.minutes.unwrap().get() - 4.0 * f64::from(u8::try_from(short.contacts).unwrap()))
            .abs()
            < 1e-9
    );
    let strong = (0..20).map(|number| tie(number, (1.0, 1.0, 4.0))).collect::<Vec<_>>();
    let all = re_entry(&UpkeepRequest {
        ties: &strong,
        days: 400.0,
        horizon_days: 180.0,
        share: 1.0,
        model: &model,
    });
    assert_eq!((all.minutes, all.contacts), (None, 20));
    assert!(all.gained < all.missing);
}
