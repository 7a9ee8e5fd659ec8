//! Holds the count of what is left against an independent implementation, and its laws.

use proptest::prelude::*;

use super::*;
use crate::{Minutes, PartyId, Staying};

fn tie(shape: f64, silence_days: f64) -> AtRisk {
    AtRisk {
        party: PartyId::new(1),
        staying: Staying { shape, alpha_days: 10.0, log_sd: 0.3 },
        silence_days,
        contact_days: 5.0,
        importance: 1.0,
        minutes: Minutes::new(4.0),
    }
}

#[test]
fn a_poisson_binomial_count_is_exact() {
    // numpy: the distribution of three trials of .1, .5 and .8, by multiplying polynomials.
    let mut counts = vec![0.0; 4];
    for _ in 0..NODES {
        add_counts(&mut counts, &[0.1, 0.5, 0.8]);
    }
    for (found, expected) in counts.iter().zip([0.09, 0.46, 0.41, 0.04]) {
        assert!((found - expected).abs() < 1e-12, "{counts:?}");
    }
}

#[test]
fn many_ties_are_counted_as_few_are() {
    let ties: Vec<AtRisk> = (0..EXACT + 44).map(|_| tie(0.5, 40.0)).collect();
    let few = left(&ties[..EXACT], Conduct::Returned, 90.0, 180.0);
    let many = left(&ties, Conduct::Returned, 90.0, 180.0);
    let share = |one: f64, n: usize| one / to_f64(n);
    for (a, b) in [(few.range.low, many.range.low), (few.range.high, many.range.high)] {
        assert!((share(a, EXACT) - share(b, EXACT + 44)).abs() < 0.02, "{few:?} {many:?}");
    }
    assert!((few.weighted - few.expected).abs() < 1e-9);
}

#[test]
fn the_likelihood_is_that_of_the_mixture() {
    // One tie of z = ln 2 and no spread is left as often as not, two of them in a quarter of all cases.
    let law = PauseLaw { level: 0.0, lasting: 0.0, spread: 0.0 };
    let z = 2.0_f64.ln();
    let found = law.log_likelihood(&[(z, true), (z, false)], 60.0);
    assert!((found - 0.25_f64.ln()).abs() < 1e-12);
    // What is shared makes the same fate of both likelier.
    let shared = PauseLaw { spread: 1.0, ..law };
    let both = |law: &PauseLaw| law.log_likelihood(&[(z, true), (z, true)], 60.0);
    assert!(both(&law) < both(&shared));
}

#[test]
fn nobody_is_left_of_nobody() {
    let none = left(&[], Conduct::Silent, 30.0, 180.0);
    assert!(none.expected.abs() < 1e-12 && none.range.high.abs() < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn longer_pauses_leave_fewer_and_ends_hold_the_mean(
        shapes in prop::collection::vec((0.02..3.0_f64, 0.0..360.0_f64), 1..40), days in 60.0..600.0_f64
    ) {
        let ties: Vec<AtRisk> = shapes.iter().map(|(shape, silence)| tie(*shape, *silence)).collect();
        let now = left(&ties, Conduct::Returned, days, 180.0);
        let later = left(&ties, Conduct::Returned, days + 60.0, 180.0);
        prop_assert!(later.expected <= now.expected + 1e-9);
        let on = left(&ties, Conduct::Engaged, days, 180.0);
        let gone = left(&ties, Conduct::Silent, days, 180.0);
        prop_assert!(gone.expected <= now.expected && now.expected <= on.expected);
        for one in [now, on, gone] {
            prop_assert!(one.range.low <= one.range.high && one.range.high <= to_f64(ties.len()));
            prop_assert!(one.weighted_range.low <= one.weighted && one.weighted <= one.weighted_range.high + 1e-9);
        }
    }
}
