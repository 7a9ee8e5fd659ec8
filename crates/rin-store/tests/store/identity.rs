//! Who is one party: words are kept by accounts, taken back exactly, and outlive every import.

use rin_core::{
    AccountFlags, AccountId, AccountRecord, FactKind, Moment, PartyId, Record, RecordSink, Stop,
};
use rin_store::{Decision, DecisionKind, SaidBy, Tag};

use crate::support::{Home, account, alias, day, event, source};

/// A store with us and four others, each with contact.
fn home() -> Home {
    let mut home = Home::new();
    let owner = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
    let mut records = vec![account("us", owner)];
    records.extend(["ann", "ben", "cem", "dan"].map(|who| event(who, 100, "us", who)));
    home.import("f", &records);
    home
}

/// Returns the parties as lists of accounts, as everybody sees them.
fn parties(home: &Home) -> Vec<Vec<AccountId>> {
    let reader = home.store.read().unwrap();
    let mut parties = Vec::new();
    reader.each_party(|party| parties.push(party.accounts)).unwrap();
    parties.sort();
    parties
}

fn party(home: &Home, who: &str) -> PartyId {
    let (id, mut found) = (home.id(who), None);
    let reader = home.store.read().unwrap();
    reader
        .each_account(|known| found = found.or((known.id == id).then_some(known.account.party)))
        .unwrap();
    found.unwrap()
}

fn tags(home: &Home) -> Vec<(PartyId, String)> {
    home.store.read().unwrap().tags().unwrap().into_iter().map(|it| (it.party, it.tag)).collect()
}

#[test]
fn what_was_joined_comes_apart_exactly() {
    let mut home = home();
    let (ann, ben) = (home.id("ann"), home.id("ben"));
    let (of_ann, of_ben) = (party(&home, "ann"), party(&home, "ben"));
    for (party, tag) in [(of_ann, "press"), (of_ben, "choir"), (of_ben, "press")] {
        home.store.add_tag(&Tag { party, tag: tag.into(), since: day(1) }).unwrap();
    }
    let never = Decision { party: of_ben, kind: DecisionKind::Never, at: day(2), answers: None };
    home.store.decide(&never).unwrap();
    let (before, tags_before) = (parties(&home), tags(&home));
    let standings_before = home.store.read().unwrap().standings().unwrap();
    home.store.join(ann, ben, "told me", day(3)).unwrap();

    let one = of_ann.min(of_ben);
    assert_eq!((party(&home, "ann"), party(&home, "ben")), (one, one));
    assert!(parties(&home).contains(&vec![ann.min(ben), ann.max(ben)]));
    assert_eq!(tags(&home), [(one, "choir".to_owned()), (one, "press".to_owned())]);
    let reader = home.store.read().unwrap();
    assert_eq!(reader.standings().unwrap()[0].party, one);
    assert_eq!(reader.events_with(one).unwrap().len(), 2);
    assert_eq!(reader.counts().unwrap().parties, 4);
    drop(reader);

    home.store.part(&[ann], &[ben], "two sisters", day(4)).unwrap();
    assert_eq!(parties(&home), before);
    assert_eq!(tags(&home), tags_before);
    assert_eq!(home.store.read().unwrap().standings().unwrap(), standings_before);
    let words = home.store.read().unwrap().identity_words().unwrap();
    assert_eq!(words.len(), 1);
    assert!(!words[0].is_same);
    assert_eq!((words[0].by, words[0].why.as_str()), (SaidBy::User, "two sisters"));

    home.store.join(ann, ben, "one after all", day(5)).unwrap();
    assert!(home.store.read().unwrap().identity_words().unwrap().iter().all(|word| word.is_same));
}

#[test]
fn a_tag_of_either_is_taken_from_both() {
    let mut home = home();
    let (of_ann, of_ben) = (party(&home, "ann"), party(&home, "ben"));
    for party in [of_ann, of_ben] {
        home.store.add_tag(&Tag { party, tag: "press".into(), since: day(1) }).unwrap();
    }
    home.store.join(home.id("ann"), home.id("ben"), "", day(2)).unwrap();
    assert!(home.store.remove_tag(of_ben, "press").unwrap());
    assert_eq!(tags(&home), []);
}

#[test]
fn who_was_one_only_through_a_third_stays_one() {
    let mut home = home();
    let [ann, ben, cem] = ["ann", "ben", "cem"].map(|who| home.id(who));
    home.store.join(ann, ben, "", day(1)).unwrap();
    home.store.join(ann, cem, "", day(1)).unwrap();
    home.store.part(&[ann], &[ben, cem], "", day(2)).unwrap();
    assert_eq!(party(&home, "ben"), party(&home, "cem"));
    assert_ne!(party(&home, "ann"), party(&home, "ben"));
}

#[test]
fn words_outlive_imports_and_aliases() {
    let mut home = home();
    let [ann, ben] = ["ann", "ben"].map(|who| home.id(who));
    home.store.join(ann, ben, "", day(1)).unwrap();
    home.import("g", &[event("9", 120, "us", "ann"), event("8", 90, "eve", "us")]);
    assert_eq!(party(&home, "ann"), party(&home, "ben"));
    // A later export tells that "ann" and "eve" are one account: eve now belongs to the same party.
    home.import("h", &[alias("eve", "ann")]);
    assert_eq!(party(&home, "eve"), party(&home, "ben"));
    assert!(home.store.read().unwrap().identity_words().unwrap()[0].is_same);
}

#[test]
fn rules_are_written_anew_and_never_against_the_user() {
    let mut home = home();
    let [ann, ben, cem] = ["ann", "ben", "cem"].map(|who| home.id(who));
    let pair = |a: AccountId, b: AccountId| (a, b, "one card".to_owned());
    assert_eq!(home.store.keep_certain(&[pair(ann, ben), pair(ben, cem)], day(1)).unwrap(), 2);
    assert_eq!(home.store.keep_certain(&[pair(ann, ben)], day(2)).unwrap(), 0);
    assert_eq!(party(&home, "ann"), party(&home, "ben"));
    assert_ne!(party(&home, "ben"), party(&home, "cem"));
    let words = home.store.read().unwrap().identity_words().unwrap();
    assert_eq!((words.len(), words[0].by, words[0].at), (1, SaidBy::Rule, day(1)));
    home.store.part(&[ann], &[ben], "", day(3)).unwrap();
    assert_ne!(party(&home, "ann"), party(&home, "ben"));
    assert!(home.store.read().unwrap().groups_of_user().unwrap().n_joined() == 0);
}

#[test]
fn facts_are_the_same_in_any_order_of_imports() {
    let say = |seen: Option<Moment>| {
        move |sink: &mut dyn RecordSink| -> Result<(), Stop> {
            let (flags, facts) =
                (AccountFlags::NONE, "mail Ann@Example.org\nshoe 42\norganisation Lichtwerk");
            sink.record(Record::Account(AccountRecord {
                id: "ann",
                flags,
                seen,
                facts,
                ..AccountRecord::default()
            }))
        }
    };
    let reports = [Some(day(7)), None, Some(day(3))];
    let stored = |order: [usize; 3]| {
        let mut home = Home::new();
        for (n, report) in order.into_iter().enumerate() {
            home.store.import(&source(&format!("{n}")), say(reports[report])).unwrap();
        }
        home.store.read().unwrap().facts().unwrap()
    };
    let facts = stored([0, 1, 2]);
    assert_eq!(facts.len(), 2);
    assert_eq!((facts[0].kind, facts[0].text.as_str()), (FactKind::Mail, "ann@example.org"));
    assert_eq!((facts[0].first_seen, facts[0].last_seen), (Some(day(3)), Some(day(7))));
    assert_eq!(stored([2, 1, 0]), facts);
    assert_eq!(stored([1, 2, 0]), facts);
}
