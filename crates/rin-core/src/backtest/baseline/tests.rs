//! Scores worked out by hand, and what makes probabilities of them.

use super::*;
use crate::{AccountId, ContactDay, Day, Moment};

const TODAY: i32 = 1_000;

/// Contact days of so many days ago with (received, sent), latest last.
fn days(ago: &[(i32, u32, u32)]) -> Vec<ContactDay> {
    let day = |&(ago, received, sent): &(i32, u32, u32)| ContactDay {
        day: Day::from_number(TODAY - ago),
        received,
        sent,
    };
    ago.iter().map(day).collect()
}

/// The tie as it stood today; contacts are at midnight.
fn tie(days: &[ContactDay]) -> TieFacts<'_> {
    let at = |day: Option<&ContactDay>| day.unwrap().day.start();
    let (first, last) = (at(days.first()), at(days.last()));
    TieFacts { days, first, last, as_of: Day::from_number(TODAY).start(), ends: None }
}

fn check(score: fn(&TieFacts<'_>) -> f64, ago: &[(i32, u32, u32)], expected: f64) {
    let days = days(ago);
    let got = score(&tie(&days));
    assert!((got - expected).abs() < 1e-9, "{got} is not {expected}");
}

#[test]
fn rules_by_hand() {
    let ago = [(180, 1, 0), (90, 0, 1), (40, 1, 1)];
    check(rules::days_since, &ago, -40.0);
    check(rules::reminder, &ago, 0.0);
    check(rules::reminder, &[(30, 1, 0)], 1.0);
    // The days 90 and 40 ago.
    check(rules::recent_days, &ago, 2.0);
    // Two gaps in 140 days, 70 each: 40/70.
    check(rules::own_gap, &ago, -40.0 / 70.0);
    check(rules::own_gap, &[(40, 1, 0)], -40.0);
    // 1/4 + 1/2 + 2^(−4/9) = .25 + .5 + .734867…
    check(rules::half_life, &[(180, 1, 0), (90, 0, 1), (40, 1, 1)], 0.75 + 0.734_867_246_213_725_6);
}

#[test]
fn orbit_by_hand() {
    // Three months ago and today: 10·.9³ + 10 = 7.29 + 10; three months are 91.3125 days, so 91 days are a bit more.
    let days = days(&[(91, 5, 0), (0, 1, 0)]);
    let got = peers::orbit(&tie(&days));
    assert!((got - 17.29).abs() < 0.02, "{got}");
}

#[test]
fn crowd_dev_by_hand() {
    // This month: 3 on one of 30 days: mean .1, deviation √(9/30 − .01) = √.29. Last month: 30 on one day: mean 1,
    // deviation √29. Fourteen months ago: nothing.
    let this = 0.1 / (1.0 + 0.29_f64.sqrt());
    let last = 1.0 / (1.0 + 29.0_f64.sqrt());
    let expected = 10.0 / 13.0 * (this + 0.9 * last);
    check(peers::crowd_dev, &[(420, 9, 9), (31, 15, 15), (30, 2, 1)], expected);
}

#[test]
fn savannah_by_hand() {
    check(peers::savannah, &[(366, 9, 9), (365, 1, 0), (3, 2, 2)], 2.0);
    check(peers::savannah, &[(400, 9, 9)], 0.0);
}

#[test]
fn ping_crm_by_hand() {
    // 12 received and 8 sent: reciprocity round(4·8/12) = 3. Ten days ago: 2. Weighted count: 5 within ninety days,
    // 10·.1 at 300 days, 5·.05 at 500 days: 6.25, so 1. Twenty in 500 days: tenure 1. Together 7.
    check(peers::ping_crm, &[(500, 3, 2), (300, 6, 4), (10, 3, 2)], 7.0);
    // One way, two days ago: 3·½; a count of 3 is 1: 2.5.
    check(peers::ping_crm, &[(2, 3, 0)], 2.5);
}

#[test]
fn life_os_by_hand() {
    // Recency 1 − 50/200 = .75. Five interactions within the year, eleven in all.
    let frequency = 0.65 * 6.0_f64.ln() / 251.0_f64.ln() + 0.35 * 12.0_f64.ln() / 1_251.0_f64.ln();
    check(peers::life_os, &[(400, 6, 0), (50, 2, 3)], 0.30 * 0.75 + 0.60 * frequency);
}

#[test]
fn a_rule_learns_what_its_score_is_worth() {
    let (fresh, stale) = (days(&[(1, 1, 0)]), days(&[(200, 1, 0)]));
    let pair = (AccountId::new(1), AccountId::new(2));
    let example = |days, interactions| Example { tie: tie(days), pair, interactions };
    // Fresh ones go on nine times in ten, stale ones once.
    let examples: Vec<_> = (0..10)
        .flat_map(|n| [example(&fresh, u32::from(n != 0)), example(&stale, u32::from(n == 0))])
        .collect();
    let all = baselines();
    let names: Vec<_> = all.iter().map(|one| one.name().to_owned()).collect();
    assert_eq!(
        names.join(", "),
        "reminder 30 d, days since, count 90 d, own gap, half-life 90 d, half-life tuned, orbit-like, \
         crowd.dev-like, savannah-like, pingcrm-like, lifeos-like"
    );
    for mut rule in all {
        assert!((rule.contact_within(&tie(&fresh), 30.0) - 0.5).abs() < 1e-12, "{}", rule.name());
        rule.learn(&examples, 30.0);
        if rule.name() == "savannah-like" {
            continue; // Both are within the year: it cannot tell them apart.
        }
        let said = |days, horizon| rule.contact_within(&tie(days), horizon);
        assert!((said(&fresh, 30.0) - 0.9).abs() < 1e-12, "{}", rule.name());
        assert!((said(&stale, 30.0) - 0.1).abs() < 1e-12, "{}", rule.name());
        assert!(
            (said(&fresh, 60.0) - 0.99).abs() < 1e-12,
            "twice the time, a tenth of a tenth stays silent"
        );
        assert!(rule.rank(&tie(&stale), 30.0) < rule.rank(&tie(&fresh), 30.0));
    }
}

#[test]
fn the_half_life_fits_the_world() {
    // In this world only the last week counts, however much there was before.
    let (new, old) = (days(&[(2, 1, 0)]), days(&[(90, 1, 0), (60, 1, 0), (30, 1, 0), (20, 1, 0)]));
    let pair = (AccountId::new(1), AccountId::new(2));
    let examples = [
        Example { tie: tie(&new), pair, interactions: 1 },
        Example { tie: tie(&old), pair, interactions: 0 },
    ];
    let mut tuned = TunedHalfLife::default();
    tuned.learn(&examples, 30.0);
    assert!(tuned.half_life_days() < 30.0, "{tuned:?}");
    assert!(Moment::from_unix_ms(0) < tie(&new).as_of);
}
