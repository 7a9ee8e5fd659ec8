//! Plans are found again by number, and decisions hold until they are taken back.

use rin_core::{Minutes, PartyId};
use rin_store::{Decision, DecisionId, DecisionKind, PlanHeader, PlanLine, StoreError};

use crate::support::{Home, day, event};

fn header(made_at: i64) -> PlanHeader {
    PlanHeader {
        made_at: day(made_at),
        start: day(made_at),
        end: day(made_at + 7),
        budget: Minutes::new(90.0),
        seed: u64::MAX,
    }
}

fn line(party: PartyId) -> PlanLine {
    PlanLine {
        party,
        platform: "example".into(),
        strategy: "org.example.hello".into(),
        action: "reply".into(),
        reason: "silent".into(),
        minutes: Minutes::new(2.5),
        earliest: None,
        due: Some(day(300)),
        day: Some(day(300).day()),
        member: "anna".into(),
    }
}

/// A store with us and Ann, and Ann's party.
fn home() -> (Home, PartyId) {
    let mut home = Home::new();
    home.import("f", &[event("1", 100, "us", "ann")]);
    let ann = home.id("ann");
    let mut party = None;
    home.store
        .read()
        .unwrap()
        .each_party(|known| {
            if known.accounts == [ann] {
                party = Some(known.id);
            }
        })
        .unwrap();
    (home, party.unwrap())
}

#[test]
fn a_plan_is_read_back_as_saved_and_old_ones_go() {
    let (mut home, party) = home();
    assert_eq!(home.store.read().unwrap().last_plan().unwrap(), None);
    let first = home.store.save_plan(&header(1), &[line(party)]).unwrap();
    let other = PlanLine { action: "react".into(), ..line(party) };
    for n in 2..=101 {
        home.store.save_plan(&header(n), &[line(party), other.clone()]).unwrap();
    }
    let reader = home.store.read().unwrap();
    let plan = reader.last_plan().unwrap().unwrap();
    assert_eq!((plan.header, plan.lines), (header(101), vec![line(party), other]));
    assert_eq!(reader.plan(first).unwrap(), None);
}

#[test]
fn a_plan_about_nobody_is_not_saved() {
    let (mut home, _) = home();
    home.store.save_plan(&header(1), &[line(PartyId::new(99))]).unwrap_err();
    assert_eq!(home.store.read().unwrap().last_plan().unwrap(), None);
}

#[test]
fn decisions_hold_until_taken_back() {
    let (mut home, party) = home();
    let plan = home.store.save_plan(&header(1), &[line(party)]).unwrap();
    let mut decide = |kind, at| {
        let decision = Decision { party, kind, at: day(at), answers: Some((plan, 1)) };
        home.store.decide(&decision).unwrap()
    };
    let minutes = Minutes::new(3.0);
    decide(DecisionKind::Done { minutes }, 10);
    decide(DecisionKind::Later { until: day(30) }, 11);
    let never = decide(DecisionKind::Never, 12);
    let standing = home.store.read().unwrap().standings().unwrap()[0];
    assert_eq!(standing.party, party);
    assert_eq!(standing.last_done, Some(day(10)));
    assert_eq!((standing.postponed_until, standing.never), (Some(day(30)), true));

    home.store.undo(never, day(13)).unwrap();
    let decision =
        Decision { party, kind: DecisionKind::Done { minutes }, at: day(14), answers: None };
    let done = home.store.decide(&decision).unwrap();
    let reader = home.store.read().unwrap();
    let standing = reader.standings().unwrap()[0];
    assert_eq!(standing.last_done, Some(day(14)));
    assert_eq!((standing.postponed_until, standing.never), (None, false));
    let decisions = reader.decisions().unwrap();
    assert_eq!(decisions.len(), 3);
    assert_eq!(decisions[0], (done, decision));
    assert_eq!(decisions[1].1.answers, Some((plan, 1)));
    // What was done is no event: the next export brings that.
    assert_eq!(reader.counts().unwrap().interactions, 1);
}

#[test]
fn nobody_and_nothing_cannot_be_decided_about() {
    let (mut home, _) = home();
    let party = PartyId::new(99);
    let decision = Decision { party, kind: DecisionKind::Never, at: day(1), answers: None };
    assert!(matches!(
        home.store.decide(&decision),
        Err(StoreError::Unknown { what: "party", id: 99, .. })
    ));
    assert!(matches!(
        home.store.undo(DecisionId::new(5), day(1)),
        Err(StoreError::Unknown { what: "decision", id: 5, .. })
    ));
}
