//! Follow lists of different dates become ties with a beginning and an end.

use rin_core::{AccountFlags, TieEnd, TieStart};

use crate::support::{Home, PRIVATE, Rec, account, day, follow, follows_complete};

/// The owner's ties as text: other end, start, end.
fn ties(home: &Home) -> Vec<(String, TieStart, TieEnd)> {
    let mut ties = Vec::new();
    home.store.read().unwrap().each_own_tie(|tie| ties.push(tie)).unwrap();
    let mut named: Vec<_> =
        ties.into_iter().map(|tie| (home.key(tie.to), tie.start, tie.end)).collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named
}

#[test]
fn who_is_missing_from_a_later_list_was_unfollowed_in_between() {
    let early = [
        account("us", PRIVATE),
        follows_complete("us", 100),
        follow("us", "ann", TieStart::Unknown),
        follow("us", "ben", TieStart::Exact(day(50))),
    ];
    let late = [
        follows_complete("us", 200),
        follow("us", "ann", TieStart::Unknown),
        follow("us", "cem", TieStart::Unknown),
    ];
    let expected = [
        ("ann".to_owned(), TieStart::AtOrBefore(day(100)), TieEnd::Open),
        (
            "ben".to_owned(),
            TieStart::Exact(day(50)),
            TieEnd::Between { after: day(100), by: day(200) },
        ),
        ("cem".to_owned(), TieStart::AtOrBefore(day(200)), TieEnd::Open),
    ];
    let mut home = Home::new();
    home.import("early", &early);
    home.import("late", &late);
    assert_eq!(ties(&home), expected);
    let mut home = Home::new();
    home.import("late", &late);
    home.import("early", &early);
    assert_eq!(ties(&home), expected);
}

#[test]
fn an_incomplete_list_ends_nothing() {
    let mut home = Home::new();
    home.import(
        "early",
        &[
            account("us", PRIVATE),
            follows_complete("us", 100),
            follow("us", "ann", TieStart::Unknown),
        ],
    );
    home.import(
        "late",
        &[Rec::Cover {
            account: "us".into(),
            held: rin_core::TieKinds::NONE,
            to: rin_core::TieKinds::ALL,
            until: Some(day(200)),
        }],
    );
    assert_eq!(ties(&home), [("ann".to_owned(), TieStart::AtOrBefore(day(100)), TieEnd::Open)]);
}

#[test]
fn ties_of_others_and_of_accounts_that_are_not_ours_stay_out() {
    let mut home = Home::new();
    home.import(
        "a",
        &[
            account("us", AccountFlags::NONE),
            follow("ann", "ben", TieStart::Unknown),
            follow("ann", "us", TieStart::Unknown),
        ],
    );
    assert_eq!(ties(&home), []);
    let us = home.id("us");
    home.store.set_own(us, true, day(1)).unwrap();
    assert_eq!(ties(&home), [("us".to_owned(), TieStart::Unknown, TieEnd::Open)]);
    home.store.set_own(us, false, day(2)).unwrap();
    assert_eq!(ties(&home), []);
}

#[test]
fn who_stands_in_a_list_does_so_since_it_was_first_seen_there() {
    let listed = |to: &str, list: &str, start| Rec::Listed {
        from: "us".into(),
        to: to.into(),
        list: list.into(),
        start,
    };
    let early = [
        account("us", PRIVATE),
        follows_complete("us", 100),
        listed("ann", "Summer", TieStart::Unknown),
        listed("ben", "Town", TieStart::Unknown),
    ];
    let late = [
        follows_complete("us", 200),
        listed("ann", " summer ", TieStart::Unknown),
        listed("ben", "Summer", TieStart::Unknown),
        listed("cem", "SUMMER", TieStart::Exact(day(150))),
        listed("dia", "Summer 2", TieStart::Exact(day(150))),
    ];
    for order in
        [[("early", &early[..]), ("late", &late[..])], [("late", &late), ("early", &early)]]
    {
        let mut home = Home::new();
        for (name, records) in order {
            home.import(name, records);
        }
        let found = home.store.read().unwrap().listed("Summer").unwrap();
        let mut found: Vec<_> =
            found.iter().map(|one| (home.key(one.from), home.key(one.to), one.since)).collect();
        found.sort();
        let expected = [("ann", 100), ("ben", 200), ("cem", 150)]
            .map(|(to, at)| ("us".to_owned(), to.to_owned(), Some(day(at))));
        assert_eq!(found, expected);
    }
}
