//! A plan made again changes as little as needed.

use proptest::prelude::*;

use super::*;

fn kept(plan: &Plan, asked: &PlanRequest<'_>, info: &StrategyInfo) -> Vec<KeptLine> {
    let kept = |line: &PlanLine| KeptLine {
        party: line.party,
        strategy: info.id.clone(),
        kind: info.kinds[line.kind].id.clone(),
        day: line.day,
        seat: asked.team[line.seat].name.clone(),
    };
    plan.lines.iter().map(kept).collect()
}

fn places(plan: &Plan) -> Vec<(PartyId, Day, usize, usize)> {
    let mut places: Vec<_> =
        plan.lines.iter().map(|line| (line.party, line.day, line.seat, line.kind)).collect();
    places.sort_unstable();
    places
}

fn team(minutes: f64) -> Vec<Seat> {
    vec![
        Seat::new("anna", Minutes::new(minutes)),
        Seat { minutes_per_day: Some(Minutes::new(12.0)), ..Seat::new("ben", Minutes::new(30.0)) },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn made_again_without_a_change_it_is_the_same(
        ties in prop::collection::vec((0_u16..500, 1_u8..40, any::<bool>()), 1..40),
        offered in prop::collection::vec(any::<Offered>(), 0..120),
        minutes in 0.0..100.0_f64,
        days in 1_u32..60,
    ) {
        let (info, norms, table) = (info("mastodon"), norms(), table(&ties));
        let proposals = proposals(&offered, ties.len());
        let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
        let asked = PlanRequest { days, team: team(minutes), ..request(0.0, &[], &[]) };
        let first = plan_ahead(&asked, &offers, |_| Some(proposals.clone()));
        let keep = kept(&first, &asked, &info);
        let again = plan_ahead(
            &PlanRequest { keep: &keep, ..asked.clone() }, &offers, |_| Some(proposals.clone()),
        );
        prop_assert_eq!(places(&first), places(&again));
        prop_assert!(again.lines.iter().all(|line| line.is_kept));
    }

    #[test]
    fn an_answer_to_one_line_leaves_the_others_as_they_are(
        silences in prop::collection::vec(20_u16..340, 6..30),
        which in any::<prop::sample::Index>(),
        // Later, whoever was contacted may be tried again, and room that became free be better used.
        days in 1_u32..15,
        answer in 0_u8..3,
    ) {
        let ties: Vec<Tie> = silences.iter().flat_map(|days| [(*days, 20, false); 2]).collect();
        let (info, norms, table) = (info("mastodon"), norms(), table(&ties));
        let offered: Vec<Offered> = (0_u8..).zip(&silences).map(|(n, _)| (2 * n, 0, 7, 50, None)).collect();
        let proposals = proposals(&offered, ties.len());
        let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
        let asked = PlanRequest { days, team: team(25.0), ..request(0.0, &[], &[]) };
        let first = plan_ahead(&asked, &offers, |_| Some(proposals.clone()));
        prop_assume!(!first.lines.is_empty());
        let answered = first.lines[which.index(first.lines.len())];
        let mut keep = kept(&first, &asked, &info);
        keep.retain(|line| line.party != answered.party);
        let (past, barred) = ([done(answered.party.get(), 0.0, (info.id.as_str(), "reply"))], [answered.party]);
        let postponed = [(answered.party, NOW.plus_days(400.0))];
        let mut then = PlanRequest { keep: &keep, ..asked.clone() };
        match answer {
            0 => {
                then.past = &past;
                then.team[answered.seat].spent = answered.minutes;
                then.team[answered.seat].spent_today = answered.minutes;
            }
            1 => then.barred = &barred,
            _ => then.postponed = &postponed,
        }
        let again = plan_ahead(&then, &offers, |_| Some(proposals.clone()));
        let (before, after) = (places(&first), places(&again));
        // Done today, it takes room that day; who was planned for that very day may have to make way.
        let is_today = |party| before.iter().any(|one| one.0 == party && one.1 == NOW.day());
        let is_free = |party| answer != 0 || !is_today(party);
        let others = before.iter().filter(|one| one.0 != answered.party && is_free(one.0));
        for one in others {
            prop_assert!(after.contains(one), "{one:?} is gone: {after:?}");
        }
    }
}

#[test]
fn what_has_become_clearly_worse_makes_way() {
    // Two are planned of three; then the third asks for more than either is worth.
    let ties = [(200, 30, false), (0, 1, false), (210, 30, false), (0, 1, false), (90, 2, false)];
    let (info, mut table) = (info("mastodon"), table(&ties));
    table.importance.fill(1.0);
    let proposals = proposals(&[(0, 0, 9, 50, None), (2, 0, 9, 50, None), (4, 0, 9, 50, None)], 5);
    let made = |table: &Table, keep: &[KeptLine]| {
        let offers = [Offer { info: &info, table, proposals: &proposals, norms: &[] }];
        let made = plan(&PlanRequest { keep, ..request(20.0, &[], &[]) }, &offers);
        let mut rows: Vec<_> = made.lines.iter().map(|line| line.account.get()).collect();
        rows.sort_unstable();
        rows
    };
    let keep: Vec<KeptLine> = [0, 1]
        .map(|party| KeptLine {
            party: PartyId::new(party),
            strategy: info.id.clone(),
            kind: "reply".into(),
            day: Day::from_number(NOW.day().number() + 2),
            seat: String::new(),
        })
        .to_vec();
    let index = |row: usize| {
        let (alive, recent) = (table.outlook[row].0, f64::from(table.recent[row]));
        Touch { importance: 1.0, effect: 1.0, alive, recent }.worth()
    };
    let by = |factor: f64| {
        let mut other = table.clone();
        #[expect(clippy::cast_possible_truncation, reason = "an importance is in single precision")]
        let importance = (factor * index(2).min(index(0)) / index(4)) as f32;
        other.importance[4] = importance;
        other
    };
    assert_eq!(made(&by(0.9), &keep), [0, 2]);
    // A little better does not turn the plan over, much better does.
    assert_eq!(made(&by(1.1), &[]), [2, 4]);
    assert_eq!(made(&by(1.1), &keep), [0, 2]);
    assert_eq!(made(&by(1.6), &keep), [2, 4]);
}

#[test]
fn what_was_not_done_on_its_day_gets_another() {
    let ties = [(200, 30, false)];
    let (info, table) = (info("mastodon"), table(&ties));
    let proposals = proposals(&[(0, 0, 9, 50, None)], 1);
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
    let keep = [KeptLine {
        party: PartyId::new(0),
        strategy: info.id.clone(),
        kind: "reply".into(),
        day: Day::from_number(NOW.day().number() - 2),
        seat: "ben".into(),
    }];
    let asked = PlanRequest { keep: &keep, team: team(60.0), ..request(0.0, &[], &[]) };
    let line = plan(&asked, &offers).lines[0];
    assert_eq!((line.day, line.seat, line.is_kept), (NOW.day(), 1, true));
}
