//! More minutes keep more, and the least budget is the least.

use super::*;
use crate::{AnswerLaw, Day, WorldDraw};

fn world() -> World {
    let draw = WorldDraw {
        egos: None,
        start: Day::from_number(20_000),
        ties: 120,
        dormant_days: 365.0,
        is_unequal: false,
        seed: 4,
    };
    World::generated(&draw, AnswerLaw::default())
}

const REQUEST: BudgetRequest<'static> = BudgetRequest {
    minutes_a_touch: Minutes::from_seconds(300),
    days: 365,
    horizon_days: 180.0,
    policy: Policy::Ours,
    seeds: &[1, 2, 3],
};

#[test]
fn more_minutes_keep_more() {
    let budgets = [0.0, 10.0, 30.0, 90.0].map(Minutes::new);
    let curve = budget_curve(&world(), &Knowledge::default(), &budgets, &REQUEST);
    assert!(curve[0].gained.value.abs() < 1e-12 && curve[0].touches.value.abs() < 1e-12);
    for (less, more) in curve.iter().zip(&curve[1..]) {
        assert!(less.alive.value < more.alive.value, "{less:?} {more:?}");
    }
    // Ten minutes a week are two touches of five minutes: 104 in a year.
    assert!((curve[1].touches.value - 104.0).abs() < 1.0, "{:?}", curve[1].touches);
    assert!(curve[1].gained.interval.is_some());
    let nobody = BudgetRequest { seeds: &[], ..REQUEST };
    assert!(budget_curve(&world(), &Knowledge::default(), &budgets, &nobody).is_empty());
}

#[test]
fn the_least_budget_is_enough_and_less_is_not() {
    let (world, knowledge) = (world(), Knowledge::default());
    let nothing = least_budget(&world, &knowledge, 0.0, &REQUEST).unwrap();
    assert_eq!(nothing.minutes_a_week, Some(Minutes::ZERO));
    let wanted = nothing.without.value + 0.15;
    let least = least_budget(&world, &knowledge, wanted, &REQUEST).unwrap();
    let minutes = least.minutes_a_week.unwrap();
    assert!(wanted <= least.share.value);
    let half = [Minutes::new(minutes.get() / 2.0)];
    let less = budget_curve(&world, &knowledge, &half, &REQUEST);
    assert!(less[0].alive.value / 120.0 < wanted);
    let unreachable = least_budget(&world, &knowledge, 1.0, &REQUEST).unwrap();
    assert_eq!(unreachable.minutes_a_week, None);
    assert!(least.share.value < unreachable.share.value);
}
