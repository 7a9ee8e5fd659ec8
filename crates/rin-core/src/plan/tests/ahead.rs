//! In later weeks strategies see the network as it is likeliest to be.

use super::*;

/// Plans four weeks for a few ties and returns what the strategy was shown of row 0 each week, with the plan.
fn shown(ties: &[Tie], offered: &[Offered], minutes: f64) -> (Vec<(f32, f64, Option<u32>)>, Plan) {
    let (info, mut table) = (info("mastodon"), table(ties));
    table.unanswered.set(0, Some(0));
    let proposals = proposals(offered, ties.len());
    let norms = [norm("cooldown", &[], Rule::CooldownDays(14.0))];
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
    let asked = PlanRequest { days: 28, ..request(minutes, &[], &[]) };
    let mut shown = vec![(table.silence_days[0], table.outlook[0].0, table.unanswered.get(0))];
    let made = plan_ahead(&asked, &offers, |question| {
        let table = question.table;
        shown.push((table.silence_days[0], table.outlook[0].0, table.unanswered.get(0)));
        Some(proposals.clone())
    });
    (shown, made)
}

#[test]
fn silence_grows_and_with_it_the_doubt() {
    let (shown, made) = shown(&[(100, 10, false)], &[], 60.0);
    assert_eq!(made.weeks.len(), 4);
    // Weeks begin at midnight, so the first step is a little short of seven days.
    assert!((shown[3].0 - shown[2].0 - 7.0).abs() < 1e-3, "{shown:?}");
    assert!((shown[3].0 - 121.0).abs() < 1.0);
    assert!(shown.windows(2).all(|pair| pair[1].1 < pair[0].1), "{shown:?}");
    // By the law of staying, the same as an assessment made then.
    let later = assessment((121, 10, false)).0.staying;
    let now = assessment((100, 10, false)).0.staying;
    let then = now.contact_within(180.0, f64::from(shown[3].0));
    assert!((then - shown[3].1).abs() < 1e-6, "{then} {shown:?} {later:?}");
}

#[test]
fn who_is_in_touch_anyway_is_expected_to_stay_so() {
    let (shown, _) = shown(&[(1, 60, true)], &[], 60.0);
    assert!((shown[3].0 - shown[0].0).abs() < 1e-6, "{shown:?}");
}

#[test]
fn a_likely_answer_counts_as_contact_and_an_unlikely_one_as_unanswered() {
    let (certain, made) = shown(&[(100, 10, true)], &[(0, 0, 5, 100, Some(2))], 60.0);
    assert!(made.lines[0].is_owed);
    assert!(certain[1].0 <= 7.0 && certain[0].1 < certain[1].1, "{certain:?}");
    assert_eq!(certain[1].2, Some(0));
    let (unlikely, made) = shown(&[(100, 10, false)], &[(0, 0, 5, 20, None)], 60.0);
    assert!((unlikely[1].0 - 107.0).abs() < 1.0, "{unlikely:?}");
    assert_eq!((unlikely[1].2, unlikely[3].2), (Some(1), Some(2)));
    // Tried again after the cool-down, in case nothing came of it, and for that case only.
    assert_eq!(made.lines.len(), 2, "{made:?}");
    let (first, second) = (&made.lines[0], &made.lines[1]);
    assert!(14 <= second.day.days_since(first.day));
    assert!(second.likelihood < 0.8 && (first.likelihood - 1.0).abs() < 1e-12);
    assert!(second.facts.effect < first.facts.effect);
}
