//! What the application reads: people, states, timelines and the log.

use rin_core::{AccountFlags, InteractionKinds, PartyKind, Window};

use crate::support::{Home, PRIVATE, Rec, account, day, event, follows_complete};

fn home() -> Home {
    let mut home = Home::new();
    let ann = Rec::Account {
        id: "ann".into(),
        alias: String::new(),
        name: "Änn".into(),
        flags: AccountFlags::PERSON,
        seen: Some(day(90)),
        facts: String::new(),
    };
    home.import(
        "f",
        &[
            account("us", PRIVATE),
            ann,
            account("club", AccountFlags::ORGANISATION),
            follows_complete("us", 200),
            event("1", 100, "us", "ann"),
            event("2", 103, "ann", "us"),
            event("3", 103, "ann", "club"),
            event("4", 104, "us", "us"),
            event("5", 105, "us", "club"),
        ],
    );
    home
}

#[test]
fn people_have_kinds_names_and_owners() {
    let home = home();
    let mut parties = Vec::new();
    home.store.read().unwrap().each_party(|known| parties.push(known.party)).unwrap();
    let seen: Vec<_> =
        parties.iter().map(|party| (party.kind, party.name.as_deref(), party.is_own)).collect();
    assert_eq!(
        seen,
        [
            (PartyKind::Unknown, None, true),
            (PartyKind::Person, Some("Änn"), false),
            (PartyKind::Organisation, None, false),
        ]
    );
}

#[test]
fn only_pairs_with_one_of_us_have_a_state_for_us() {
    let home = home();
    let mut states = Vec::new();
    let reader = home.store.read().unwrap();
    reader
        .each_own_state(|state| states.push((home.key(state.other), state.state.counts())))
        .unwrap();
    assert_eq!(states, [("ann".to_owned(), (1, 1)), ("club".to_owned(), (0, 1))]);
    // Ann and the club have one too, and talking to oneself has none.
    assert_eq!(reader.counts().unwrap().states, 3);
}

#[test]
fn the_log_and_a_timeline_are_in_the_order_of_time() {
    let home = home();
    let reader = home.store.read().unwrap();
    let mut days = Vec::new();
    let window = Window::new(day(103), day(105));
    reader.each_interaction(window, |event| days.push(event.at.day().number())).unwrap();
    assert_eq!(days, [103, 103, 104]);
    let mut party = None;
    reader
        .each_account(|known| {
            if known.account.key.id == "ann" {
                party = Some(known.account.party);
            }
        })
        .unwrap();
    let events = reader.events_with(party.unwrap()).unwrap();
    let (us, ann) = (home.id("us"), home.id("ann"));
    let seen: Vec<_> = events.iter().map(|event| (event.at, event.from, event.to)).collect();
    assert_eq!(seen, [(day(100), us, ann), (day(103), ann, us)]);
}

#[test]
fn coverage_is_told_by_account() {
    let home = home();
    let coverage = home.store.read().unwrap().coverage().unwrap();
    assert_eq!(coverage.len(), 1);
    assert_eq!(coverage[0].0, home.id("us"));
    assert_eq!(coverage[0].1.sent, InteractionKinds::ALL);
    assert_eq!(coverage[0].1.until, Some(day(200)));
}

#[test]
fn counts_and_sources_tell_what_is_there() {
    let home = home();
    let reader = home.store.read().unwrap();
    let counts = reader.counts().unwrap();
    assert_eq!((counts.accounts, counts.own_accounts, counts.interactions), (3, 1, 5));
    assert_eq!((counts.first, counts.last), (Some(day(100)), Some(day(105))));
    let sources = reader.sources().unwrap();
    assert_eq!((sources[0].platform.as_str(), sources[0].until), ("example", Some(day(200))));
    assert_eq!(reader.platforms().unwrap().len(), 1);
}

#[test]
fn a_reader_keeps_its_state_while_another_store_imports() {
    let mut home = home();
    let other = rin_store::Store::open(home.folder.path()).unwrap();
    let reader = other.read().unwrap();
    assert_eq!(reader.counts().unwrap().interactions, 5);
    home.import("g", &[event("6", 106, "us", "ann")]);
    assert_eq!(reader.counts().unwrap().interactions, 5);
    drop(reader);
    assert_eq!(other.read().unwrap().counts().unwrap().interactions, 6);
}
