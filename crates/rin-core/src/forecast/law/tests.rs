//! Against an independent implementation in Python (`NumPy`, `SciPy`), run once on the log of [`log`].

use proptest::prelude::*;

use super::{super::features, *};
use crate::{AccountId, Day, History, Interaction, InteractionKind};

const HORIZON: f64 = 30.0;

/// A dozen people over 250 days, by a linear congruential rule.
fn log() -> Vec<Interaction> {
    let (mut state, mut hours) = (12_345_u64, 0.0);
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    (0..900)
        .map(|_| {
            hours += f64::from(u32::try_from(1 + next() % 13).unwrap());
            let from = next() % 12;
            let to = (from + 1 + next() % (2 + from % 4)) % 12;
            let id = |n: u64| AccountId::new(u32::try_from(n).unwrap());
            let at = Day::from_number(18_000).start().plus_days((hours + 0.5) / 24.0);
            Interaction { at, from: id(from), to: id(to), kind: InteractionKind::Reply }
        })
        .collect()
}

fn close(found: &[f64], expected: &[f64], to: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= to * expected.abs().max(1.0), "{found} {expected}");
    }
}

/// Undoes the centring.
fn raw(x: &Vector<N>) -> Vec<f64> {
    let scaled = x.iter().zip(features::CENTRES).zip(features::SCALES);
    scaled.map(|((x, centre), scale)| x * scale + centre).collect()
}

fn learned(history: &History) -> StayingLaw {
    let cuts = [18_170, 18_155, 18_140].map(Day::from_number);
    let examples: Vec<_> = cuts.iter().flat_map(|cut| history.examples(*cut, HORIZON, 2)).collect();
    StayingLaw::learn(&examples, HORIZON)
}

/// Returns a row of the golden figures.
fn golden(name: &str) -> Vec<f64> {
    let row = include_str!("golden.tsv").lines().find_map(|line| line.strip_prefix(name));
    row.unwrap().split('\t').skip(1).map(|cell| cell.parse().unwrap()).collect()
}

#[test]
fn features_are_those_of_the_reference() {
    let history = History::new(log());
    let now = history.examples(Day::from_number(18_200), HORIZON, 2);
    assert_eq!(now.len(), 42);
    for (at, name) in [(0, "features 0"), (7, "features 7")] {
        let tie = &now[at].tie;
        close(&raw(&Stand::of(tie).features()), &golden(name), 1e-11);
    }
}

#[test]
fn what_is_learned_is_what_the_reference_learns() {
    let history = History::new(log());
    let law = learned(&history);
    assert_eq!(law.ties(), 42);
    close(&law.coefficients, &golden("coefficients"), 1e-6);
    close(&law.counts, &golden("counts"), 1e-5);
    close(&law.revival, &golden("revival"), 1e-6);
    let now = history.examples(Day::from_number(18_200), HORIZON, 2);
    for (at, name) in [(0, "forecast 0"), (7, "forecast 7"), (41, "forecast 41")] {
        let tie = &now[at].tie;
        let alive = law.staying(tie).contact_within(HORIZON, tie.silence_days());
        let (mean, range) = law.expected(tie, HORIZON);
        close(&[alive, mean, range.low, range.high], &golden(name), 1e-5);
    }
}

#[test]
fn learning_is_deterministic_and_falls_back_to_what_is_common() {
    let history = History::new(log());
    assert_eq!(learned(&history), learned(&history));
    assert_eq!(StayingLaw::learn(&[], HORIZON), StayingLaw::default());
    let few: Vec<_> = history.examples(Day::from_number(18_170), HORIZON, 2);
    let one = StayingLaw::learn(&few[..1], HORIZON);
    close(&one.coefficients, &StayingLaw::default().coefficients, 0.02);
}

#[test]
fn intervals_shrink_with_what_is_known() {
    let history = History::new(log());
    let now = history.examples(Day::from_number(18_200), HORIZON, 2);
    let (common, own) = (StayingLaw::default(), learned(&history));
    for example in &now {
        let (before, after) = (common.staying(&example.tie), own.staying(&example.tie));
        assert!(DRIFT <= after.log_sd && after.log_sd < before.log_sd);
    }
}

proptest! {
    #[test]
    fn longer_silence_never_makes_contact_much_likelier(gaps in prop::collection::vec(1_i32..200, 0..30), more in 0_i32..2_000) {
        let mut state = crate::TieState::default();
        let mut day = 10_000;
        for gap in gaps.iter().chain([&0]) {
            state.add(Day::from_number(day).start(), crate::Direction::Sent, InteractionKind::Reply);
            day += gap;
        }
        let tie = |silence: i32| TieFacts {
            days: state.days(),
            first: state.first().unwrap(),
            last: state.last().unwrap(),
            as_of: state.last().unwrap().plus_days(f64::from(silence)),
            ends: None,
        };
        let law = StayingLaw::default();
        let alive = |silence| law.staying(&tie(silence)).contact_within(180.0, f64::from(silence));
        let p = alive(more);
        prop_assert!((0.0..=1.0).contains(&p));
        prop_assert!(alive(more + 30) <= p + 0.005);
        let (expected, range) = law.expected(&tie(more), 180.0);
        prop_assert!(0.0 <= expected && range.low <= range.high);
    }
}
