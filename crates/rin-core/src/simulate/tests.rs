//! A simulated year is deterministic, fair to its policies and keeps its budget.

use proptest::prelude::*;

use super::*;
use crate::{AccountId, ContactDay, Day, Hawkes};

fn world(ties: usize, is_unequal: bool, seed: u64) -> World {
    let draw = WorldDraw {
        egos: None,
        start: Day::from_number(20_000),
        ties,
        dormant_days: 365.0,
        is_unequal,
        seed,
    };
    World::generated(&draw, AnswerLaw::default())
}

fn year(touches_a_day: f64, days: u32) -> SimulationRequest {
    SimulationRequest { days, touches_a_day, ..SimulationRequest::default() }
}

#[test]
fn every_policy_repeats_itself_and_keeps_the_budget() {
    let (world, knowledge) = (world(60, true, 1), Knowledge::default());
    for policy in Policy::ALL {
        let run = || simulate(&world, policy, &knowledge, &year(0.7, 120), 3);
        let course = run();
        assert_eq!(course, run(), "{}", policy.name());
        assert!(course.touches <= 84, "{} {}", policy.name(), course.touches);
        assert!(course.answers <= course.touches);
        assert_eq!((course.expected.len(), course.alive.len()), (120, 60));
        assert_eq!(Policy::named(policy.name()), Some(policy));
    }
}

#[test]
fn who_is_not_answered_changes_nothing_and_who_knows_all_gains_most() {
    let (mut world, knowledge) = (world(150, true, 2), Knowledge::default());
    let end = |world: &World, policy, a_day| {
        simulate(world, policy, &knowledge, &year(a_day, 200), 1).end()
    };
    let nothing = end(&world, Policy::Nothing, 1.0);
    let all = end(&world, Policy::AllKnowing, 1.0);
    for policy in [Policy::Strongest, Policy::Cadence, Policy::RoundRobin, Policy::Ours] {
        let one = end(&world, policy, 1.0);
        assert!(nothing < one && one < all, "{}", policy.name());
    }
    let strongest = end(&world, Policy::Strongest, 1.0);
    assert!(nothing + 2.0 * (strongest - nothing) < end(&world, Policy::Ours, 1.0));
    world.answers.level = -50.0;
    let silent = simulate(&world, Policy::Ours, &knowledge, &year(1.0, 200), 1);
    let none = simulate(&world, Policy::Nothing, &knowledge, &year(1.0, 200), 1);
    assert_eq!((silent.expected, silent.answers, silent.touches), (none.expected, 0, 200));
}

#[test]
fn contact_by_itself_comes_as_often_as_the_process_says() {
    // One contact day excites one half in the end; the base brings .002 a day: .73 in a year, each with its offspring.
    let organic = Hawkes { base: 0.002, weights: [0.5, 0.0, 0.0, 0.0] };
    let ends = (AccountId::new(0), AccountId::new(1));
    let day = ContactDay { day: Day::from_number(16_000), received: 1, sent: 0 };
    let ties = vec![WorldTie { ends, days: vec![day], importance: 1.0 }; 3_000];
    let start = Day::from_number(20_000);
    let world = World { start, ties, organic, answers: AnswerLaw::default() };
    let course = simulate(&world, Policy::Nothing, &Knowledge::default(), &year(0.0, 365), 1);
    // At the end a tie is worth 1 - exp(-(.36 + .5 * (1 - 2^(-180/7)) * D7)); D7 has mean rate * 7/ln 2 = .0404.
    let mean = course.alive() / 3_000.0;
    let least = 1.0 - (-0.36_f64).exp();
    let most = 1.0 - (-(0.36_f64 + 0.5 * 0.0404)).exp();
    assert!(least < mean && mean < most + 0.004, "{least} {mean} {most}");
    assert!((most - mean).abs() < 0.006, "{mean} {most}");
}

#[test]
fn a_campaign_is_paid_for_with_the_same_minutes() {
    let (world, knowledge) = (world(400, false, 5), Knowledge::default());
    let touches = |schedule, days| {
        let asked = SimulationRequest { schedule, ..year(2.0, days) };
        simulate(&world, Policy::Ours, &knowledge, &asked, 1).touches
    };
    assert_eq!(touches(Schedule::Ongoing, 365), 730);
    let once = touches(Schedule::Once { days: 42 }, 730);
    assert!((725..=730).contains(&once), "{once}");
    let yearly = touches(Schedule::Yearly { days: 42 }, 730);
    assert!((1_450..=1_460).contains(&yearly), "{yearly}");
    let request = TimingRequest {
        touches_a_day: 2.0,
        campaign_days: 42,
        days: &[42, 365],
        horizon_days: 180.0,
        policy: Policy::Ours,
        seed: 1,
    };
    let timing = timing(&world, &knowledge, &request);
    assert!(timing.ongoing[0] < timing.once[0]);
    assert!((timing.once[1] - timing.yearly[1]).abs() < 1e-9);
    assert!(timing.once[1] < timing.once[0]);
}

#[test]
fn shares_are_of_the_lift_and_none_where_there_is_none() {
    let course = |end: f64| Course { expected: vec![end - 2.0, end], ..Course::default() };
    let lift = policy_lift(
        &[course(14.0), course(13.0)],
        &[course(10.0), course(10.0)],
        &[course(15.0), course(16.0)],
    );
    let share = lift.end_share.unwrap();
    assert!((share.value - 0.65).abs() < 1e-12);
    // .8 and .5: the standard error is .15, times 12.706 for one degree of freedom.
    assert!((share.interval.unwrap().high - (0.65 + 0.15 * 12.706_205)).abs() < 1e-9);
    assert_eq!(policy_lift(&[course(9.0)], &[course(9.0)], &[course(9.0)]).end_share, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn nobody_is_written_to_twice_in_a_fortnight(seed: u64, a_day in 0.1..9.0_f64) {
        let world = world(12, true, seed);
        let course = simulate(&world, Policy::Random, &Knowledge::default(), &year(a_day, 60), seed);
        // Twelve ties, each at most on days 0, 14, 28, 42 and 56.
        prop_assert!(course.touches <= 60);
        prop_assert!(course.expected.iter().all(|value| value.is_finite() && 0.0 <= *value));
    }
}
