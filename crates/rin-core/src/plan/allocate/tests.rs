//! The budget is never overspent, norms and wishes are never broken, and the same request gives the same plan.

use proptest::prelude::*;

use super::*;
use crate::{
    ActionKind, Assessment, Coverage, Direction, ForecastModel, InteractionKind, Row, StrategyInfo,
    Table, Text, TieState, assess,
};

const NOW: Moment = Moment::from_unix_ms(1_700_000_000_000);

/// A relationship: silence in days, contact days, whether they asked last.
type Tie = (u16, u8, bool);
/// A proposal: row, kind, minutes, effect in percent, due in days.
type Offered = (u8, u8, u8, u8, Option<u8>);

fn assessment((silence, contacts, asked): Tie) -> (Assessment, Option<Moment>) {
    let mut state = TieState::default();
    for n in 0..contacts.max(1) {
        let at = NOW.plus_days(-f64::from(silence) - f64::from(n) * 3.0);
        let direction = if asked && n == 0 { Direction::Received } else { Direction::Sent };
        state.add(at, direction, InteractionKind::Reply);
    }
    let model = ForecastModel::default();
    let seen = assess(&state, &Coverage::default(), NOW, &model).unwrap();
    (seen, state.sent().map(|span| span.last))
}

fn table(ties: &[Tie]) -> Table {
    let mut table = Table::default();
    for (n, tie) in (0_u32..).zip(ties) {
        let (overall, last_sent) = assessment(*tie);
        table.push(&Row {
            account: AccountId::new(n),
            // Two accounts belong to each party.
            party: PartyId::new(n / 2),
            overall: &overall,
            here: Some(&overall),
            last_sent,
            importance: 1.0,
            flags: 0,
            name: "",
            handle: "",
        });
    }
    table
}

fn proposals(offered: &[Offered], rows: usize) -> Vec<Proposed> {
    let one = |&(row, kind, minutes, effect, due): &Offered| Proposed {
        row: u32::try_from(usize::from(row) % rows).unwrap(),
        kind: u16::from(kind % 2),
        reason: 0,
        minutes: f32::from(minutes % 30) + 0.5,
        effect: f32::from(effect % 101) / 100.0,
        earliest_days: 0.0,
        due_days: due.map_or(f32::INFINITY, f32::from),
    };
    offered.iter().map(one).collect()
}

fn norm(id: &str, kinds: &[&str], rule: Rule) -> Norm {
    let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    Norm { id: id.into(), kinds, rule, source: "test".into(), text: Text::default() }
}

fn info() -> StrategyInfo {
    let kind = |id: &str| ActionKind { id: id.into(), text: Text::default() };
    StrategyInfo { kinds: vec![kind("reply"), kind("message")], ..StrategyInfo::default() }
}

fn norms() -> Vec<Norm> {
    vec![
        norm("cooldown", &[], Rule::CooldownDays(14.0)),
        norm("few-messages", &["message"], Rule::PerWeek(2)),
        norm("no-pestering", &["message"], Rule::MaxUnanswered(3)),
    ]
}

fn request<'a>(minutes: f64, barred: &'a [PartyId], past: &'a [PastAction]) -> PlanRequest<'a> {
    PlanRequest { seed: 7, past, barred, ..PlanRequest::new(NOW, Minutes::new(minutes)) }
}

proptest! {
    #[test]
    fn limits_hold_whatever_is_proposed(
        ties in prop::collection::vec((0_u16..900, 1_u8..40, any::<bool>()), 1..40),
        offered in prop::collection::vec(any::<Offered>(), 0..120),
        minutes in 0.0..200.0_f64,
        barred in 0_u32..20,
    ) {
        let (info, norms, table) = (info(), norms(), table(&ties));
        let proposals = proposals(&offered, ties.len());
        let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
        let barred = [PartyId::new(barred)];
        let request = request(minutes, &barred, &[]);
        let made = plan(&request, &offers);

        prop_assert_eq!(&made, &plan(&request, &offers));
        let spent = made.lines.iter().fold(Minutes::ZERO, |sum, line| sum + line.minutes);
        prop_assert_eq!(spent, made.spent);
        prop_assert!(made.spent <= request.minutes);
        let mut parties: Vec<_> = made.lines.iter().map(|line| line.party).collect();
        parties.sort_unstable();
        parties.dedup();
        prop_assert_eq!(parties.len(), made.lines.len());
        prop_assert!(!parties.contains(&barred[0]));
        prop_assert!(made.lines.iter().filter(|line| line.kind == 1).count() <= 2);
        for line in &made.lines {
            prop_assert!(line.facts.silence_days <= 365.0 || line.facts.open_since.is_some());
            let written = assessment(ties[line.account.index()]).1;
            let is_owed = line.facts.open_since > written;
            prop_assert!(is_owed || written.is_none_or(|at| 14.0 <= NOW.days_since(at)));
        }
        let left = made.left_out;
        let counted = left.barred + left.postponed + left.dormant + left.cooldown + left.unanswered
            + left.norm + left.same_party + left.budget + made.lines.len();
        prop_assert_eq!(counted, proposals.len());
    }

    #[test]
    fn more_time_never_gains_less(
        ties in prop::collection::vec((20_u16..900, 1_u8..40, Just(false)), 2..40),
        less in 1.0..60.0_f64,
        more in 0.0..60.0_f64,
    ) {
        // All actions cost the same, so that greedy spending is optimal.
        let (info, table) = (info(), table(&ties));
        let offered: Vec<Offered> = (0_u8..).zip(&ties).map(|(n, _)| (n, 0, 4, 50, None)).collect();
        let proposals = proposals(&offered, ties.len());
        let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
        let small = plan(&request(less, &[], &[]), &offers);
        let large = plan(&request(less + more, &[], &[]), &offers);
        prop_assert!(small.gain <= large.gain + 1e-12);
    }
}

#[test]
fn who_waits_comes_first_then_worth_per_minute() {
    let ties = [(200, 30, false), (3, 1, false), (40, 30, false), (40, 2, true)];
    let (info, table) = (info(), table(&ties));
    let offered = [(0, 0, 10, 50, None), (2, 0, 10, 50, None), (3, 0, 10, 50, Some(3))];
    let proposals: Vec<_> = proposals(&offered, ties.len());
    let table_of_four = Offer { info: &info, table: &table, proposals: &proposals, norms: &[] };
    let made = plan(&request(1_000.0, &[], &[]), &[table_of_four]);
    let order: Vec<_> = made.lines.iter().map(|line| line.account.get()).collect();
    // Rows 2 and 3 belong to one party, and the open question of row 3 wins.
    assert_eq!(order, [3, 0]);
    assert_eq!(made.left_out.same_party, 1);
    assert!(made.lines.iter().all(|line| line.facts.alive < line.facts.alive_after));
}

#[test]
fn what_we_did_ourselves_counts_before_any_export_shows_it() {
    let ties = [(200, 30, false)];
    let (info, norms, table) = (info(), norms(), table(&ties));
    let proposals = proposals(&[(0, 0, 10, 50, None)], 1);
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
    assert_eq!(plan(&request(60.0, &[], &[]), &offers).lines.len(), 1);
    let past = [PastAction {
        party: PartyId::new(0),
        at: NOW.plus_days(-2.0),
        strategy: String::new(),
        kind: String::new(),
    }];
    let made = plan(&request(60.0, &[], &past), &offers);
    assert_eq!((made.lines.len(), made.left_out.cooldown), (0, 1));
}

#[test]
fn later_is_respected_until_its_day() {
    let ties = [(200, 30, false)];
    let (info, table) = (info(), table(&ties));
    let proposals = proposals(&[(0, 0, 10, 50, None)], 1);
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
    let postponed = [(PartyId::new(0), NOW.plus_days(1.0))];
    let wait = PlanRequest { postponed: &postponed, ..request(60.0, &[], &[]) };
    assert_eq!(plan(&wait, &offers).left_out.postponed, 1);
    let over = PlanRequest { now: NOW.plus_days(1.0), ..wait };
    assert_eq!(plan(&over, &offers).lines.len(), 1);
}

#[test]
fn what_was_done_this_week_uses_up_the_quota() {
    let ties =
        [(200, 30, false), (210, 30, false), (220, 30, false), (230, 30, false), (240, 30, false)];
    let (info, table) = (info(), table(&ties));
    let norms = [norm("few-messages", &["message"], Rule::PerWeek(2))];
    let offered = [(0, 1, 10, 50, None), (2, 1, 10, 50, None), (4, 1, 10, 50, None)];
    let proposals = proposals(&offered, ties.len());
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
    let done = |days: f64, kind: &str| PastAction {
        party: PartyId::new(99),
        at: NOW.plus_days(-days),
        strategy: info.id.clone(),
        kind: kind.to_owned(),
    };
    let lines = |past: &[PastAction]| plan(&request(600.0, &[], past), &offers).lines.len();
    assert_eq!(lines(&[]), 2);
    assert_eq!(lines(&[done(3.0, "message")]), 1);
    assert_eq!(lines(&[done(3.0, "message"), done(6.9, "message")]), 0);
    assert_eq!(lines(&[done(8.0, "message"), done(1.0, "reply")]), 2);
}

#[test]
fn wishes_hold_in_any_order() {
    let ties = [(200, 30, false); 12];
    let (info, table) = (info(), table(&ties));
    let offered: Vec<Offered> = (0..12).map(|row| (row, 0, 4, 50, None)).collect();
    let proposals = proposals(&offered, ties.len());
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
    let barred = [5, 1, 3].map(PartyId::new);
    let made = plan(&request(600.0, &barred, &[]), &offers);
    assert_eq!(made.lines.len(), 3);
    assert!(made.lines.iter().all(|line| !barred.contains(&line.party)));
}
