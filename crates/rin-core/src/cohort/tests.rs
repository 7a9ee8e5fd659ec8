//! That balances add up, whatever happened, and say what did where it is plain.

use proptest::prelude::*;

use super::*;
use crate::{Day, Direction, InteractionKind, InteractionKinds};

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
    let received = InteractionKinds::ALL;
    let coverage = Coverage { received, sent: received, ..Coverage::default() };
    let ties: Vec<_> = ties.iter().map(|state| CohortTie { state, coverage }).collect();
    cohort(&CohortRequest {
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
}
