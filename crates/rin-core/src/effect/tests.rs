//! Worlds in which the truth is known, and the laws that hold for every one.
//!
//! `cargo xtask effect` measures how often what is said is true; here a few worlds of fixed seeds stand for it, with bounds
//! so wide that a method which holds cannot miss them, and one that does not hold does.

use proptest::prelude::*;

use super::*;
use crate::{
    Direction, InteractionKind, InteractionKinds,
    testing::{CampaignWorld, Random, Truth},
};

/// Asks about so many worlds of one truth.
fn found(truth: &Truth, worlds: u64) -> Vec<Effect> {
    let one = |seed| {
        let world = CampaignWorld::draw(truth, seed);
        effect(&world.request(&world.ties()))
    };
    (0..worlds).map(one).collect()
}

fn share(found: &[Effect], is: impl Fn(&Effect) -> bool) -> f64 {
    to_f64(found.iter().filter(|one| is(one)).count()) / to_f64(found.len())
}

fn holds(interval: Interval, truth: f64) -> bool {
    interval.low <= truth && truth <= interval.high
}

#[test]
fn a_campaign_whose_ties_end_twice_as_fast_is_found() {
    let truth = Truth::short_lived(150);
    let found = found(&truth, 24);
    assert!(0.9 <= share(&found, |one| one.lasting.outcome == Outcome::Worse));
    assert!(0.9 <= share(&found, |one| one.influx.outcome == Outcome::Better));
    // With 95 % intervals, fewer than 19 of 24 is a chance of one in ten thousand, and without the √ in any of them sure.
    let ratio = |one: &Effect| holds(one.hazard.unwrap().interval, truth.hazard_ratio);
    assert!(0.79 < share(&found, ratio));
    let lift = |one: &Effect| holds(one.new_ties.unwrap().during.interval, truth.lift());
    assert!(0.79 < share(&found, lift));
    let true_mean = truth.mean_within(365, true) - truth.mean_within(365, false);
    assert!(0.79 < share(&found, |one| holds(one.mean.unwrap().interval, true_mean)));
    // An interval that holds everything would hold the truth too.
    assert!(share(&found, |one| holds(one.hazard.unwrap().interval, 1.0)) < 0.1);
    assert!(share(&found, |one| holds(one.new_ties.unwrap().during.interval, 0.0)) < 0.1);
}

#[test]
fn a_campaign_without_effect_is_left_alone() {
    let false_alarm = |one: &Effect| {
        [one.lasting, one.influx]
            .iter()
            .any(|answer| matches!(answer.outcome, Outcome::Better | Outcome::Worse))
    };
    let found = found(&Truth::no_effect(), 24);
    // At one in twenty, more than five of 24 is a chance of one in a thousand.
    assert!(share(&found, false_alarm) < 0.22);
    assert!(found.iter().all(|one| one.lasting.p.is_some() && one.influx.p.is_some()));
}

#[test]
fn it_is_too_early_until_silence_can_tell_and_too_few_until_there_are_some() {
    let world = CampaignWorld::draw(&Truth::short_lived(150), 3);
    let ties = world.ties();
    let asked = world.request(&ties);
    let end = asked.window.end();
    let until = |days: f64| {
        let known = Window::new(asked.known.start(), end.plus_days(days));
        effect(&EffectRequest { known, ..asked })
    };
    let early = until(170.0);
    assert_eq!(early.lasting.outcome, Outcome::TooEarly);
    assert_eq!(early.lasting.not_before, end.plus_days(180.0));
    assert_eq!(early.influx.outcome, Outcome::Better);
    assert_eq!(until(180.0).lasting.outcome, Outcome::Worse);
    assert_eq!(until(-9.0).influx.outcome, Outcome::TooEarly);
    // What the forecast says of thirty days does not wait for the half-year, that of a year does.
    let forecast = |found: &Effect| -> Vec<usize> {
        found.won.alive.iter().map(|one| one.forecast_ties).collect()
    };
    let soon = until(31.0);
    assert_eq!(forecast(&soon), [soon.won.ties, forecast(&soon)[1], 0, 0]);
    assert_eq!(early.won.alive[3].share, None);
    let few: Vec<_> = ties.iter().filter(|tie| tie.origin.is_none()).copied().take(15).collect();
    let few = effect(&EffectRequest { ties: &few, ..asked });
    assert_eq!(few.lasting.outcome, Outcome::TooFew);
    assert_eq!((few.hazard, few.mean), (None, None));
    assert_eq!((few.won.ties, few.per_won), (0, PerTie::default()));
}

#[test]
fn the_basket_holds_whom_we_left_and_orders_them_by_what_a_contact_does() {
    let world = CampaignWorld::draw(&Truth::alike(60), 5);
    let ties = world.ties();
    let asked = world.request(&ties);
    let found = effect(&asked);
    let basket = found.basket.unwrap();
    let end = asked.window.end().day();
    for tie in ties.iter().filter(|tie| tie.origin.is_some()) {
        let is_left = !tie.state.days().iter().any(|day| end <= day.day && 0 < day.sent);
        assert_eq!(basket.iter().any(|left| left.party == tie.party), is_left);
    }
    assert!(basket.windows(2).all(|pair| pair[1].gain() <= pair[0].gain()));
    assert!(!basket.is_empty() && basket.len() < found.won.ties);
    let blind: Vec<_> = ties
        .iter()
        .map(|tie| WonTie {
            coverage: Coverage { sent: InteractionKinds::default(), ..tie.coverage },
            ..*tie
        })
        .collect();
    assert_eq!(effect(&EffectRequest { ties: &blind, ..asked }).basket, None);
}

#[test]
fn other_campaigns_are_no_comparison() {
    let world = CampaignWorld::draw(&Truth::alike(100), 8);
    let ties = world.ties();
    let asked = world.request(&ties);
    let other =
        Window::new(asked.window.end().plus_days(70.0), asked.window.end().plus_days(105.0));
    let without = effect(&EffectRequest { others: &[other], ..asked });
    let with = effect(&asked);
    assert_eq!(without.compared.len(), 3);
    assert!(without.otherwise.ties < with.otherwise.ties);
    let weeks = |found: &Effect| found.new_ties.unwrap().periods;
    assert_eq!(weeks(&with), [52, 6, 26]);
    assert_eq!(weeks(&without), [52, 6, 21]);
    assert!(
        without
            .compared
            .iter()
            .all(|one| one.intersection(other).start() == one.intersection(other).end())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_life_known_for_longer_is_never_shorter(seed: u64, until in 190..900_i32, more in 0..400_i32) {
        let mut random = Random::new(seed);
        let won = Day::from_number(1_000);
        let mut state = TieState::default();
        let mut at = 0.0;
        for _ in 0..random.below(12) {
            state.add(won.start().plus_days(at), Direction::Received, InteractionKind::Reply);
            at += 300.0 * random.unit();
        }
        let life = |until: i32| {
            let known = Window::new(Day::from_number(900).start(), Day::from_number(1_000 + until).start());
            first_life(won, &state, known, SILENCE_DAYS).unwrap()
        };
        let (now, later) = (life(until), life(until + more));
        prop_assert!(1.0 <= now.days && now.days <= later.days);
        // What was known to have ended stays so, on the same day.
        prop_assert!(!now.has_ended || now == later);
    }
}
