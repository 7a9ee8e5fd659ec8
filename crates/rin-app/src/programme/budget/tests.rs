//! Budgets as they are tried, what can be spent, and figures that stand for more than were lived through.

use rin_core::{AnswerLaw, Commitment, Day, Member, Period, Window, WorldDraw};

use super::*;

fn day(number: i32) -> Moment {
    Day::from_number(number).start()
}

#[test]
fn budgets_are_never_below_nothing() {
    let minutes = |now| budgets(now).into_iter().map(|(minutes, _)| minutes).collect::<Vec<f64>>();
    assert_eq!(minutes(80.0), [0.0, 50.0, 80.0, 110.0, 140.0]);
    assert_eq!(minutes(30.0), [0.0, 30.0, 60.0, 90.0]);
    assert_eq!(minutes(0.0), [0.0, 30.0, 60.0]);
    assert_eq!(budgets(80.0).iter().filter(|(_, is_budget)| *is_budget).count(), 1);
}

#[test]
fn what_can_be_spent_is_the_budget_or_what_the_team_has() {
    let leaving = Member { until: Some(day(20_050)), ..Member::new("ben", Minutes::new(30.0)) };
    let commitment = Commitment {
        name: "Library".into(),
        team: vec![Member::new("anna", Minutes::new(40.0)), leaving],
        ..Commitment::default()
    };
    let window = Window::new(day(20_000), day(20_070));
    let period = Period { window, minutes: Minutes::new(600.0), money: None };
    let mut programme = Programme::begin(commitment, period).unwrap();
    let at = |programme: &Programme, number| spendable(programme, day(number));
    assert_eq!(at(&programme, 20_001), Some(60.0));
    assert_eq!(at(&programme, 20_051), Some(40.0));
    assert_eq!(at(&programme, 19_990), Some(60.0), "the next period counts");
    assert_eq!(at(&programme, 20_071), None);
    programme.ended = Some(day(20_010));
    assert_eq!(at(&programme, 20_011), None);
}

#[test]
fn an_interval_ends_at_nothing_and_all() {
    let wide = EstimateView { value: 0.7, interval: Some(IntervalView { low: -0.1, high: 1.2 }) };
    let range = between(wide, 1.0).interval.unwrap();
    assert_eq!([range.low, range.high].map(f64::to_bits), [0.0, 1.0].map(f64::to_bits));
    assert!(between(EstimateView { interval: None, ..wide }, 1.0).interval.is_none());
}

fn asked() -> Asked<'static> {
    let touch = Touch { minutes: Minutes::new(5.0), is_known: false };
    Asked { parties: BTreeSet::new(), kept: None, share: 0.9, touch, horizon_days: 180.0 }
}

#[test]
fn a_sample_stands_for_all_with_its_share_of_the_minutes() {
    let draw = WorldDraw {
        egos: None,
        start: Day::from_number(20_000),
        ties: 80,
        dormant_days: 365.0,
        is_unequal: false,
        seed: 3,
    };
    let world = World::generated(&draw, AnswerLaw::default());
    let (knowledge, budgets) = (Knowledge::default(), budgets(60.0));
    let curve = |ties: usize| {
        let part = World { ties: world.ties[..ties].to_vec(), ..world.clone() };
        asked().curve(&Sample { world: part, all: 80 }, &knowledge, &budgets, &|_, _| {})
    };
    let (whole, half) = (curve(80), curve(40));
    assert_eq!(whole, curve(80), "deterministic");
    let alive: Vec<f64> = whole.iter().map(|point| point.alive.value).collect();
    assert!(alive[0] + 5.0 < alive[2] && alive[1] < alive[2] && alive[2] <= alive[4], "{alive:?}");
    assert!(whole[0].changed.interval.unwrap().high < 0.0);
    assert!((whole[0].changed.value + whole[2].gained.value).abs() < 1e-9, "paired");
    for (one, other) in whole.iter().zip(&half) {
        assert!((one.alive.value - other.alive.value).abs() < 0.15 * 80.0, "{one:?} {other:?}");
        assert!((one.touches - other.touches).abs() < 15.0, "{one:?} {other:?}");
    }
}
