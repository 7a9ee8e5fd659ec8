//! What the models of buyers have in common: the golden rows, drawn customers, ties of every sort.

use proptest::prelude::*;

use super::*;
use crate::{ContactDay, Day, Forecast, testing::Random};

/// One row of a golden file: four parameters, a history, a time, and what is said of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Golden {
    pub(super) parameters: [f64; 4],
    pub(super) history: Purchases,
    pub(super) time: f64,
    pub(super) log_likelihood: f64,
    pub(super) alive: f64,
    pub(super) expected: f64,
    pub(super) within: f64,
}

pub(super) fn golden(text: &str) -> Vec<Golden> {
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let row = |line: &str| {
        let mut cells = line.split('\t').map(|cell| cell.parse::<f64>().unwrap());
        let mut next = || cells.next().unwrap();
        Golden {
            parameters: [next(), next(), next(), next()],
            history: Purchases { repeats: next(), recency_days: next(), age_days: next() },
            time: next(),
            log_likelihood: next(),
            alive: next(),
            expected: next(),
            within: next(),
        }
    };
    rows.map(row).collect()
}

/// The four customers of whom docs/METHODS.md tells, after 38.86 weeks.
pub(super) const PUBLISHED: [Purchases; 4] = [
    Purchases { repeats: 2.0, recency_days: 30.43, age_days: 38.86 },
    Purchases { repeats: 1.0, recency_days: 1.71, age_days: 38.86 },
    Purchases { repeats: 7.0, recency_days: 30.0, age_days: 38.86 },
    Purchases { repeats: 0.0, recency_days: 0.0, age_days: 38.86 },
];

/// Draws 400 customers who buy .05 times a day on average; `lasts` draws how long and how many purchases each stays.
///
/// Times are in hundredths, so that they can be written down exactly.
pub(super) fn drawn(seed: u64, mut lasts: impl FnMut(&mut Random) -> (f64, f64)) -> Vec<Purchases> {
    let mut random = Random::new(seed);
    let mut customer = || {
        let age_days = (100.0 + 200.0 * random.unit()).round();
        let rate = -0.05 * (1.0 - random.unit()).ln();
        let (life, most) = lasts(&mut random);
        let mut history = Purchases { repeats: 0.0, recency_days: 0.0, age_days };
        let mut at = 0.0;
        loop {
            at -= (1.0 - random.unit()).ln() / rate;
            if age_days.min(life) <= at || most <= history.repeats {
                return history;
            }
            history.repeats += 1.0;
            history.recency_days = (100.0 * at).round() / 100.0;
        }
    };
    (0..400).map(|_| customer()).collect()
}

fn models() -> [Box<dyn Forecast>; 3] {
    [Box::new(BgNbd::default()), Box::new(ParetoNbd::default()), Box::new(Hawkes::default())]
}

/// Days with contact from gaps, and where the present stands after them.
fn days(gaps: &[u16]) -> Vec<ContactDay> {
    let mut number = 0;
    let day = |gap: &u16| {
        number += 1 + i32::from(*gap);
        ContactDay { day: Day::from_number(number), received: u32::from(*gap % 3), sent: 1 }
    };
    gaps.iter().map(day).collect()
}

fn tie(days: &[ContactDay], silence: i32) -> TieFacts<'_> {
    let day = |one: Option<&ContactDay>| one.map_or(Day::from_number(0), |one| one.day);
    let (first, last) = (day(days.first()), day(days.last()));
    let as_of = Day::from_number(last.number() + silence).start();
    TieFacts { days, first: first.start(), last: last.start(), as_of, ends: None }
}

fn example(tie: TieFacts<'_>) -> Example<'_> {
    let pair = (crate::AccountId::new(0), crate::AccountId::new(1));
    Example { tie, pair, interactions: 0 }
}

proptest! {
    #[test]
    fn answers_are_probabilities_and_counts(
        histories in prop::collection::vec((prop::collection::vec(0_u16..900, 0..40), -5_i32..4_000), 0..12),
        horizon in prop_oneof![
            0.0..4_000.0_f64, Just(f64::NAN), Just(f64::INFINITY), Just(-1.0), Just(1e300), Just(1e-300)
        ],
    ) {
        let laid: Vec<_> = histories.iter().map(|(gaps, silence)| (days(gaps), *silence)).collect();
        let examples: Vec<_> = laid.iter().map(|(days, silence)| example(tie(days, *silence))).collect();
        for mut model in models() {
            model.learn(&examples, horizon);
            for one in &examples {
                let within = model.contact_within(&one.tie, horizon);
                prop_assert!((0.0..=1.0).contains(&within), "{} {within}", model.name());
                let expected = model.expected(&one.tie, horizon).unwrap();
                prop_assert!(expected.is_finite() && 0.0 <= expected, "{} {expected}", model.name());
                let longer = model.contact_within(&one.tie, horizon + 10.0);
                prop_assert!(horizon.is_nan() || within <= longer + 1e-12, "{} {within} {longer}", model.name());
            }
        }
    }

    #[test]
    fn parameters_of_any_sort_give_numbers(
        p in prop::array::uniform4(prop_oneof![
            1e-6..1e6_f64, 0.0..3.0_f64, Just(1.0), Just(0.0), Just(-1.0), Just(f64::NAN), Just(f64::INFINITY)
        ]),
        repeats in -1.0..3_000.0_f64, recency_days in -1.0..3_000.0_f64, age_days in -1.0..3_000.0_f64,
        time in 0.0..1_000.0_f64,
    ) {
        let history = Purchases { repeats, recency_days, age_days };
        let [r, alpha, s, beta] = p;
        let (one, other) = (BgNbd { r, alpha, a: s, b: beta }, ParetoNbd { r, alpha, s, beta });
        let third = Hawkes { base: r, weights: p };
        let gone = days(&[3, 10, 40]);
        let gone = tie(&gone, 20);
        for chance in [
            one.alive(&history), one.purchase_within(&history, time),
            other.alive(&history), other.purchase_within(&history, time),
            third.contact_within(&gone, time),
        ] {
            prop_assert!((0.0..=1.0).contains(&chance), "{chance}");
        }
        for count in [
            one.expected_purchases(&history, time), other.expected_purchases(&history, time),
            third.expected(&gone, time).unwrap(),
        ] {
            prop_assert!(count.is_finite() && 0.0 <= count, "{count}");
        }
    }
}

#[test]
fn ties_that_tell_nothing_leave_a_model_as_it_was() {
    let once = days(&[3]);
    let examples = [example(tie(&once, 0)), example(tie(&once, 50))];
    let probe = days(&[3, 10, 40]);
    for (mut taught, plain) in models().into_iter().zip(models()) {
        taught.learn(&examples, 90.0);
        let (found, kept) = (
            taught.contact_within(&tie(&probe, 20), 90.0),
            plain.contact_within(&tie(&probe, 20), 90.0),
        );
        assert!((found - kept).abs() < 1e-15, "{}", plain.name());
    }
}

#[test]
fn a_tie_is_a_customer_who_came_again_on_every_further_day() {
    let days = days(&[9, 4, 6]);
    let history = Purchases::of(&tie(&days, 20));
    assert_eq!(history, Purchases { repeats: 2.0, recency_days: 12.0, age_days: 32.0 });
}

#[test]
fn of_very_many_ties_some_are_taken() {
    let one = days(&[3, 10]);
    let examples = vec![example(tie(&one, 5)); 2 * MOST_TIES + 1];
    assert_eq!(sample(&examples).count(), examples.len().div_ceil(3));
    assert_eq!(sample(&examples[..MOST_TIES]).count(), MOST_TIES);
    assert_eq!(alike(&purchases(&examples), 1.0).len(), 1);
}
