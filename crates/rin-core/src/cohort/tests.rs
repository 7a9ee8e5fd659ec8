//! That balances add up, whatever happened, and say what did where it is plain.

use proptest::prelude::*;

use super::*;
use crate::{Day, Direction, InteractionKind, InteractionKinds, Tier};

fn day(n: i32) -> Moment {
    Day::from_number(n).start()
}

fn state(days: &[i32]) -> TieState {
    let mut state = TieState::default();
    for n in days {
        state.add(day(*n), Direction::Received, InteractionKind::Message);
    }
    state
}

fn months(from: i32, n: i32) -> Vec<Window> {
    (0..n).map(|k| Window::new(day(from + 30 * k), day(from + 30 * (k + 1)))).collect()
}

fn balances(ties: &[TieState], known: Window) -> Vec<CohortRow> {
    asked(ties, known, cohort)
}

fn asked<R>(ties: &[TieState], known: Window, ask: impl Fn(&CohortRequest<'_>) -> R) -> R {
    let received = InteractionKinds::ALL;
    let coverage = Coverage { received, sent: received, ..Coverage::default() };
    let ties: Vec<_> = ties.iter().map(|state| CohortTie { state, coverage }).collect();
    ask(&CohortRequest {
        ties: &ties,
        periods: &months(1_000, 24),
        known,
        settling_days: 180,
        model: &ForecastModel::by_sqrt_rule(1.0),
    })
}

#[test]
fn a_tie_is_won_lost_and_revived_once_each() {
    let weekly: Vec<i32> = (1_200..1_260).step_by(4).chain([1_600]).collect();
    let rows = balances(&[state(&weekly)], Window::new(day(1_000), day(1_720)));
    let sum = |of: fn(&Balance) -> usize| -> usize {
        rows.iter().filter_map(|row| Some(of(row.balance.as_ref()?))).sum()
    };
    assert_eq!((sum(|one| one.won), sum(|one| one.revived)), (1, 1));
    // Sixteen contact days and a long silence: lost before it was taken up again, and perhaps after.
    assert!((1..=2).contains(&sum(|one| one.lost)));
    let revived = rows.iter().position(|row| row.balance.unwrap().revived == 1);
    assert_eq!(revived, Some(20));
}

#[test]
fn who_was_there_when_the_sources_begin_was_not_won() {
    let rows =
        balances(&[state(&[1_050, 1_051]), state(&[1_181])], Window::new(day(1_000), day(1_720)));
    let month = |at: usize| rows[at].balance.unwrap();
    assert_eq!((month(1).into_sight, month(1).won), (1, 0));
    assert_eq!((month(6).into_sight, month(6).won), (0, 1));
}

#[test]
fn months_that_are_not_wholly_known_are_not_told() {
    let rows = balances(&[state(&[1_100])], Window::new(day(1_005), day(1_715)));
    assert_eq!((rows[0].balance, rows[23].balance), (None, None));
    assert!(rows[1..23].iter().all(|row| row.balance.is_some()));
}

#[test]
fn tiers_rise_at_once_and_fall_slowly() {
    // Every ten days for twenty months, in the end close to the inner tier, then silence.
    let often: Vec<i32> = (1_010..1_500).step_by(10).collect();
    let rows = asked(&[state(&often)], Window::new(day(1_000), day(1_720)), cohort_by_tier);
    let moved: Vec<(usize, usize)> = rows.iter().filter_map(TierRow::risen_and_fallen).collect();
    let (rises, falls): (Vec<usize>, Vec<usize>) = moved.iter().copied().unzip();
    assert_eq!(rises.iter().sum::<usize>(), 2, "{rises:?}");
    assert!(rises.iter().position(|n| *n == 1).unwrap() < 5, "{rises:?}");
    // It lapses before the year is over in which an inner tie keeps its name.
    assert_eq!(falls.iter().sum::<usize>(), 0, "{falls:?}");
    let alive = |at: usize, tier: Tier| {
        let tiers = rows[at].tiers.unwrap();
        tiers.iter().find(|one| one.tier == tier).unwrap().balance.alive
    };
    assert_eq!((alive(16, Tier::Inner), alive(16, Tier::Loose)), (1, 0));
}

#[test]
fn a_regular_tie_that_goes_quiet_falls_and_stays_alive() {
    // A hundred contact days in two years leave a staying power with which two quiet months are no lapse.
    let often: Vec<i32> = (800..1_000).step_by(4).chain((1_000..1_400).step_by(31)).collect();
    let rows = asked(&[state(&often)], Window::new(day(700), day(1_720)), cohort_by_tier);
    let fell: usize = rows.iter().filter_map(TierRow::risen_and_fallen).map(|(_, fell)| fell).sum();
    assert!(1 <= fell, "{rows:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn balances_add_up_from_month_to_month(
        ties in prop::collection::vec(prop::collection::btree_set(900_i32..1_800, 0..25), 0..12)
    ) {
        let ties: Vec<_> =
            ties.into_iter().map(|days| state(&days.into_iter().collect::<Vec<_>>())).collect();
        let rows = balances(&ties, Window::new(day(950), day(1_720)));
        let mut last = None;
        for balance in rows.iter().map(|row| row.balance.unwrap()) {
            let came = balance.before + balance.into_sight + balance.won + balance.revived;
            prop_assert_eq!(came - balance.lost, balance.alive);
            prop_assert!(balance.won_alive <= balance.won);
            prop_assert!(last.is_none_or(|alive| alive == balance.before));
            last = Some(balance.alive);
        }
    }

    #[test]
    fn tiers_add_up_each_and_together(
        ties in prop::collection::vec(prop::collection::btree_set(900_i32..1_800, 0..60), 0..8)
    ) {
        let ties: Vec<_> =
            ties.into_iter().map(|days| state(&days.into_iter().collect::<Vec<_>>())).collect();
        let known = Window::new(day(950), day(1_720));
        let wholes = balances(&ties, known);
        let mut last: Option<[TierBalance; 4]> = None;
        for (row, whole) in asked(&ties, known, cohort_by_tier).iter().zip(wholes) {
            let (tiers, whole) = (row.tiers.unwrap(), whole.balance.unwrap());
            for (at, TierBalance { balance, moves, .. }) in tiers.iter().enumerate() {
                let came = balance.before + balance.into_sight + balance.won + balance.revived;
                let moved_in = moves.risen_into + moves.fallen_into;
                let moved_out = moves.risen_out + moves.fallen_out;
                prop_assert_eq!(came + moved_in - moved_out - balance.lost, balance.alive);
                prop_assert!(last.is_none_or(|last| last[at].balance.alive == balance.before));
            }
            let sum = |of: fn(&TierBalance) -> usize| tiers.iter().map(of).sum::<usize>();
            prop_assert_eq!(sum(|one| one.balance.before), whole.before);
            prop_assert_eq!(sum(|one| one.balance.into_sight), whole.into_sight);
            prop_assert_eq!(sum(|one| one.balance.won), whole.won);
            prop_assert_eq!(sum(|one| one.balance.revived), whole.revived);
            prop_assert_eq!(sum(|one| one.balance.lost), whole.lost);
            prop_assert_eq!(sum(|one| one.balance.alive), whole.alive);
            prop_assert_eq!(sum(|one| one.balance.won_alive), whole.won_alive);
            prop_assert_eq!(sum(|one| one.moves.risen_into), sum(|one| one.moves.risen_out));
            prop_assert_eq!(sum(|one| one.moves.fallen_into), sum(|one| one.moves.fallen_out));
            last = Some(tiers);
        }
    }
}
