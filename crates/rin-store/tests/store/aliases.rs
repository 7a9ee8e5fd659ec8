//! An alias may come before, between or after the records it joins.

use rin_core::{AccountFlags, Direction};
use rin_store::{Decision, DecisionKind};

use crate::support::{Home, PRIVATE, Rec, account, alias, day, event};

const US: &str = "https://example/us";
const ANN: &str = "https://example/ann";
const ADDRESS: &str = "acct:ann@example";

fn records() -> Vec<Rec> {
    let name = |id: &str, name: &str, seen: i64| Rec::Account {
        id: id.into(),
        alias: String::new(),
        name: name.into(),
        flags: AccountFlags::PERSON,
        seen: Some(day(seen)),
        facts: String::new(),
    };
    vec![
        account(US, PRIVATE),
        event("1", 100, US, ADDRESS),
        event("2", 101, ANN, US),
        event("3", 101, US, ANN),
        name(ADDRESS, "Ann", 10),
        name(ANN, "Anna", 20),
    ]
}

#[test]
fn before_between_and_after_give_the_same_network() {
    let dump = |at: usize, split: bool| {
        let mut home = Home::new();
        let mut all = records();
        all.insert(at, alias(ANN, ADDRESS));
        if split {
            home.import("a", &all[..at]);
            home.import("b", &all[at..]);
        } else {
            home.import("a", &all);
        }
        home.dump()
    };
    let expected = dump(0, false);
    for at in 0..=records().len() {
        assert_eq!(dump(at, false), expected);
        assert_eq!(dump(at, true), expected);
    }
}

#[test]
fn readers_see_one_account_with_one_state() {
    let mut home = Home::new();
    home.import("a", &records());
    home.import("b", &[alias(ADDRESS, ANN)]);
    let reader = home.store.read().unwrap();
    let mut seen = Vec::new();
    reader
        .each_account(|known| {
            seen.push((known.account.key.id, known.account.name, known.aliases, known.last_active));
        })
        .unwrap();
    let ann = (ANN.into(), Some("Anna".to_owned()), vec![ADDRESS.to_owned()], Some(day(101)));
    assert_eq!(seen, [(US.into(), None, vec![], Some(day(101))), ann]);

    let mut states = Vec::new();
    reader.each_own_state(|state| states.push(state)).unwrap();
    assert_eq!(states.len(), 1);
    assert_eq!(states[0].state.counts(), (1, 2));
    let events = reader.events_between(home.id(US), home.id(ANN)).unwrap();
    assert_eq!(events.len(), 3);
    assert_eq!(
        reader.account_by_key(&rin_core::AccountKey::new("example", ADDRESS)).unwrap(),
        Some(home.id(ANN))
    );
}

#[test]
fn states_are_seen_from_us_whichever_row_came_first() {
    for us_first in [true, false] {
        let mut home = Home::new();
        let mut all = vec![account(ANN, AccountFlags::NONE), account(US, PRIVATE)];
        if us_first {
            all.reverse();
        }
        home.import("a", &all);
        home.import("b", &[event("1", 100, US, ANN)]);
        let mut expected = rin_core::TieState::default();
        expected.add(day(100), Direction::Sent, rin_core::InteractionKind::Reply);
        let mut states = Vec::new();
        home.store.read().unwrap().each_own_state(|state| states.push(state)).unwrap();
        assert_eq!(states.len(), 1);
        assert_eq!(states[0].state, expected);
        assert_eq!((states[0].own, states[0].other), (home.id(US), home.id(ANN)));
    }
}

#[test]
fn what_was_decided_about_a_party_stays_with_the_joined_one() {
    let mut home = Home::new();
    home.import("a", &records());
    let mut parties = Vec::new();
    home.store.read().unwrap().each_party(|party| parties.push(party)).unwrap();
    assert_eq!(parties.len(), 3);
    let address = home.id(ADDRESS);
    let party = parties.iter().find(|party| party.accounts == [address]).unwrap().id;
    let kind = DecisionKind::Never;
    home.store.decide(&Decision { party, kind, at: day(1), answers: None }).unwrap();

    home.import("b", &[alias(ANN, ADDRESS)]);
    let reader = home.store.read().unwrap();
    let mut parties = Vec::new();
    reader.each_party(|party| parties.push(party)).unwrap();
    assert_eq!(parties.len(), 2);
    let ann = parties.iter().find(|party| party.accounts == [home.id(ANN)]).unwrap();
    assert_eq!(ann.party.name.as_deref(), Some("Anna"));
    let standings = reader.standings().unwrap();
    assert_eq!(standings.len(), 1);
    assert!(standings[0].never);
    assert_eq!(standings[0].party, ann.id);
    home.store.check().unwrap();
}

#[test]
fn a_long_chain_told_backwards_ends_at_its_smallest_key() {
    const LENGTH: u32 = 3_000;
    let chain: Vec<Rec> =
        (1..LENGTH).rev().map(|n| alias(&format!("k{n:05}"), &format!("k{:05}", n - 1))).collect();
    let mut home = Home::new();
    home.import("a", &chain);
    let counts = home.store.read().unwrap().counts().unwrap();
    assert_eq!((counts.accounts, counts.parties), (1, 1));
    assert_eq!(home.key(home.id("k02999")), "k00000");
}
