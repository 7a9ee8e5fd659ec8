//! A small world for plans, and what is owed, wished, done and limited, case by case.

mod ahead;
mod laws;
mod replan;

use super::*;
use crate::{
    ActionKind, Assessment, Coverage, Direction, ForecastModel, InteractionKind, InteractionKinds,
    Row, Rule, StrategyInfo, Table, Text, TieState, assess,
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
    let received = InteractionKinds::of(&[InteractionKind::Reply]);
    let coverage = Coverage { received, ..Coverage::default() };
    let seen = assess(&state, &coverage, NOW, &ForecastModel::default()).unwrap();
    // What was left unanswered is a test of its own.
    let seen = Assessment { unanswered: None, ..seen };
    (seen, state.sent().map(|span| span.last))
}

fn table(ties: &[Tie]) -> Table {
    table_of(ties.iter().enumerate().map(|(n, tie)| (u32::try_from(n).unwrap(), *tie)))
}

/// Two accounts belong to each party.
fn table_of(rows: impl IntoIterator<Item = (u32, Tie)>) -> Table {
    let mut table = Table::default();
    for (n, tie) in rows {
        let (overall, last_sent) = assessment(tie);
        table.push(&Row {
            account: AccountId::new(n),
            party: PartyId::new(n / 2),
            overall: &overall,
            here: Some(&overall),
            last_sent,
            importance: 1.0 + f32::from(u8::try_from(n % 3).unwrap()),
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

fn info(id: &str) -> StrategyInfo {
    let text = Text { en: "do it".into(), de: "tu es".into() };
    let kind = |id: &str| ActionKind { id: id.into(), text: text.clone() };
    StrategyInfo {
        id: format!("org.example.{id}"),
        platform: id.to_owned(),
        kinds: vec![kind("reply"), kind("message")],
        ..StrategyInfo::default()
    }
}

fn norm(id: &str, kinds: &[&str], rule: Rule) -> Norm {
    Norm {
        id: id.to_owned(),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        rule,
        source: "a test".to_owned(),
        text: Text { en: "limit".into(), de: "Grenze".into() },
    }
}

fn norms() -> Vec<Norm> {
    vec![
        norm("cooldown", &[], Rule::CooldownDays(14.0)),
        norm("few-messages", &["message"], Rule::PerWeek(2)),
        norm("few-a-day", &[], Rule::PerDay(2)),
        norm("no-pestering", &["message"], Rule::MaxUnanswered(3)),
    ]
}

fn request<'a>(minutes: f64, barred: &'a [PartyId], past: &'a [PastAction]) -> PlanRequest<'a> {
    PlanRequest { seed: 7, past, barred, ..PlanRequest::new(NOW, Minutes::new(minutes)) }
}

fn done(party: u32, days: f64, (strategy, kind): (&str, &str)) -> PastAction {
    PastAction {
        party: PartyId::new(party),
        at: NOW.plus_days(-days),
        strategy: strategy.to_owned(),
        kind: kind.to_owned(),
    }
}

#[test]
fn who_waits_comes_first_then_worth_per_minute() {
    let ties = [(200, 30, false), (3, 1, false), (40, 30, false), (40, 2, true)];
    let (info, table) = (info("mastodon"), table(&ties));
    let offered = [(0, 0, 10, 50, None), (2, 0, 10, 50, None), (3, 0, 10, 50, Some(3))];
    let proposals = proposals(&offered, ties.len());
    let offer = Offer { info: &info, table: &table, proposals: &proposals, norms: &[] };
    let made = plan(&request(1_000.0, &[], &[]), &[offer]);
    let order: Vec<_> = made.lines.iter().map(|line| line.account.get()).collect();
    // Rows 2 and 3 belong to one party, and the open question of row 3 wins.
    assert_eq!(order, [3, 0]);
    assert_eq!(made.left_out.same_party, 1);
    assert!(made.lines.iter().all(|line| line.facts.alive < line.facts.alive_after));
    assert_eq!(made.lines.iter().map(|line| line.is_owed).collect::<Vec<_>>(), [true, false]);
    // It is owed, so it is done today.
    assert_eq!(made.lines[0].day, NOW.day());
}

#[test]
fn one_party_on_two_platforms_is_contacted_as_one() {
    let tie = (200, 30, false);
    let planned = |other: u32, days: u32| {
        let (social, mail) = (info("mastodon"), info("mail"));
        // Accounts 0 and 1 are one party, 0 and 2 are two.
        let (one, two) = (table_of([(0, tie)]), table_of([(other, tie)]));
        let proposals = proposals(&[(0, 0, 10, 50, None)], 1);
        let offer = |info, table| Offer { info, table, proposals: &proposals, norms: &[] };
        let offers = [offer(&social, &one), offer(&mail, &two)];
        plan(&PlanRequest { days, ..request(1_000.0, &[], &[]) }, &offers)
    };
    let (merged, apart) = (planned(1, 7), planned(2, 7));
    assert_eq!((merged.lines.len(), merged.left_out.same_party), (1, 1));
    assert_eq!((apart.lines.len(), apart.left_out.same_party), (2, 0));
    let later: Vec<_> = planned(1, 42).lines.iter().map(|line| line.day).collect();
    assert!(later.windows(2).all(|pair| 14 <= pair[1].days_since(pair[0])), "{later:?}");
}

#[test]
fn what_we_did_ourselves_counts_before_any_export_shows_it() {
    let ties = [(200, 30, false)];
    let (info, norms, table) = (info("mastodon"), norms(), table(&ties));
    let proposals = proposals(&[(0, 0, 10, 50, None)], 1);
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
    assert_eq!(plan(&request(60.0, &[], &[]), &offers).lines.len(), 1);
    let past = [done(0, 2.0, ("", ""))];
    let made = plan(&request(60.0, &[], &past), &offers);
    assert_eq!((made.lines.len(), made.left_out.cooldown), (0, 1));
    // Once it is over, there is a line again, on the first day that begins after it.
    let past = [done(0, 11.5, ("", ""))];
    let line = plan(&request(60.0, &[], &past), &offers).lines[0];
    assert_eq!(line.day.days_since(NOW.day()), 4);
    assert!(14.0 <= line.earliest.days_since(past[0].at));
}

#[test]
fn a_message_that_we_say_we_answered_is_open_no_more() {
    let is_open = |past: &[PastAction]| {
        let mut table = table(&[(3, 30, true)]);
        table.settle("org.mail", past);
        table.open.get(0).is_some()
    };
    assert!(is_open(&[]));
    assert!(!is_open(&[done(0, 1.0, ("org.mail", "answer"))]));
    assert!(!is_open(&[done(0, 1.0, ("", ""))]), "by whatever plan");
    // Not what was done before they asked, for somebody else, or elsewhere.
    let others = [(0, 4.0, "org.mail"), (1, 1.0, "org.mail"), (0, 1.0, "org.mastodon")];
    let others = others.map(|(party, days, strategy)| done(party, days, (strategy, "answer")));
    assert!(is_open(&others));
}

#[test]
fn later_is_respected_until_its_day() {
    let ties = [(200, 30, false)];
    let (info, table) = (info("mastodon"), table(&ties));
    let proposals = proposals(&[(0, 0, 10, 50, None)], 1);
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
    let postponed = [(PartyId::new(0), NOW.plus_days(9.0))];
    let wait = PlanRequest { postponed: &postponed, ..request(60.0, &[], &[]) };
    assert_eq!(plan(&wait, &offers).left_out.postponed, 1);
    let over = PlanRequest { now: NOW.plus_days(9.0), ..wait.clone() };
    assert_eq!(plan(&over, &offers).lines.len(), 1);
    let soon = PlanRequest { now: NOW.plus_days(5.0), ..wait };
    let line = plan(&soon, &offers).lines[0];
    assert!(postponed[0].1 <= line.earliest && line.day.days_since(soon.now.day()) == 5);
}

#[test]
fn what_was_done_this_week_uses_up_the_quota_until_it_is_a_week_ago() {
    let ties =
        [(200, 30, false), (210, 30, false), (220, 30, false), (230, 30, false), (240, 30, false)];
    let (info, table) = (info("mastodon"), table(&ties));
    let norms = [norm("few-messages", &["message"], Rule::PerWeek(2))];
    let offered = [(0, 1, 10, 50, None), (2, 1, 10, 50, None), (4, 1, 10, 50, None)];
    let proposals = proposals(&offered, ties.len());
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &norms }];
    let done = |days: f64, kind| done(99, days, (info.id.as_str(), kind));
    let days = |past: &[PastAction]| {
        let made = plan(&request(600.0, &[], past), &offers);
        made.lines.iter().map(|line| line.day.days_since(NOW.day())).collect::<Vec<_>>()
    };
    assert_eq!(days(&[]), [0, 1]);
    assert_eq!(days(&[done(3.0, "message")]), [0, 4]);
    assert_eq!(days(&[done(3.0, "message"), done(5.0, "message")]), [2, 4]);
    assert_eq!(days(&[done(8.0, "message"), done(1.0, "reply")]), [0, 1]);
}

#[test]
fn wishes_hold_in_any_order() {
    let ties = [(200, 30, false); 12];
    let (info, table) = (info("mastodon"), table(&ties));
    let offered: Vec<Offered> = (0..12).map(|row| (row, 0, 4, 50, None)).collect();
    let proposals = proposals(&offered, ties.len());
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
    let barred = [5, 1, 3].map(PartyId::new);
    let made = plan(&request(600.0, &barred, &[]), &offers);
    assert_eq!(made.lines.len(), 3);
    assert!(made.lines.iter().all(|line| !barred.contains(&line.party)));
}

#[test]
fn each_member_does_what_only_they_can() {
    let ties = [(200, 30, false); 8];
    let table = table(&ties);
    let (mastodon, bluesky) = (info("mastodon"), info("bluesky"));
    let on = |rows: &[u8]| {
        proposals(&rows.iter().map(|row| (*row, 0, 9, 50, None)).collect::<Vec<_>>(), 8)
    };
    let (here, there) = (on(&[0, 2]), on(&[4, 6]));
    let offer = |info, proposals| Offer { info, table: &table, proposals, norms: &[] };
    let anna = Seat::new("anna", Minutes::new(20.0));
    let ben = Seat { platforms: vec!["bluesky".into()], ..Seat::new("ben", Minutes::new(20.0)) };
    let team = vec![anna, ben];
    let asked = PlanRequest { team, ..request(0.0, &[], &[]) };
    let made = plan(&asked, &[offer(&mastodon, &here), offer(&bluesky, &there)]);
    assert_eq!(made.lines.len(), 4, "{:?}", made.left_out);
    assert!(made.lines.iter().all(|line| line.seat == line.offer));
}

#[test]
fn a_quiet_week_plans_nothing_and_a_quiet_day_is_left_free() {
    let ties = [(200, 30, false); 12];
    let (info, table) = (info("mastodon"), table(&ties));
    let offered: Vec<Offered> = (0..12).map(|row| (row, 0, 4, 50, None)).collect();
    let proposals = proposals(&offered, ties.len());
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
    let day = |n: i32| Day::from_number(NOW.day().number() + n);
    let all: Vec<Day> = (0..7).map(day).collect();
    let made = plan(&PlanRequest { quiet: &all, ..request(600.0, &[], &[]) }, &offers);
    assert_eq!((made.lines.len(), made.left_out.postponed), (0, 12));
    let made = plan(&PlanRequest { quiet: &all[..5], ..request(600.0, &[], &[]) }, &offers);
    assert_eq!(made.lines.len(), 6);
    assert!(made.lines.iter().all(|line| day(5) <= line.day));
}

#[test]
fn silence_lowers_the_hope_before_a_norm_forbids_more() {
    let ties = [(200, 30, false), (200, 30, false), (200, 30, false), (200, 30, false)];
    let (info, mut table) = (info("mastodon"), table(&ties));
    table.importance.fill(1.0);
    let proposals = proposals(&[(0, 0, 10, 50, None), (2, 0, 10, 50, None)], 4);
    table.unanswered.set(0, Some(2));
    let offers = [Offer { info: &info, table: &table, proposals: &proposals, norms: &[] }];
    let made = plan(&request(1_000.0, &[], &[]), &offers);
    assert_eq!(made.lines.len(), 2, "{made:?}");
    let (first, second) = (&made.lines[0], &made.lines[1]);
    assert_eq!((first.account.get(), second.account.get()), (2, 0));
    assert!((first.gain - 2.0 * second.gain).abs() < 1e-12);
    assert!((second.facts.effect - 0.25).abs() < 1e-6);
}
