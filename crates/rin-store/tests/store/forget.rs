//! Is somebody gone for good: from every table and every byte, not to come back with an import, and shown in full before?

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
};

use rin_core::{
    AccountRecord, InteractionKind, InteractionRecord, PartyId, Record, RecordSink, Stop, TieEnd,
    TieKind, TieRecord, TieStart,
};
use rin_store::{Cell, Comeback, Note, SourceInfo, Store, Tag};

use crate::support::{Home, day};

const US: &str = "https://example/us";
const ADA: &str = "https://example/users/ada-lovelace-1815";
const BEN: &str = "https://example/users/ben";

fn info(fingerprint: &str) -> SourceInfo<'_> {
    SourceInfo {
        platform: "example",
        fingerprint,
        name: "Ada Lovelace and us.zip",
        now: day(20_000),
        ..SourceInfo::default()
    }
}

/// Ties and events come before the accounts, as in many exports.
fn export(sink: &mut dyn RecordSink) -> Result<(), Stop> {
    for (n, other) in [(1, ADA), (2, BEN), (3, ADA)] {
        sink.record(Record::Interaction(InteractionRecord {
            id: if n == 2 {
                "two"
            } else if n == 1 {
                "one"
            } else {
                "three"
            },
            at: day(19_000 + n),
            from: US,
            to: other,
            kind: InteractionKind::Reply,
            labels: if other == ADA { "#OnlyWithAda" } else { "#Both" },
        }))?;
        sink.record(Record::Tie(TieRecord {
            from: US,
            to: other,
            kind: TieKind::Follow,
            start: TieStart::Exact(day(18_000)),
            end: TieEnd::Open,
            label: "",
        }))?;
    }
    for (id, handle, name) in
        [(ADA, "@Ada.L@example.org", "Ada Lovelace"), (BEN, "ben@example.org", "Ben")]
    {
        let alias = if id == ADA { "acct:ada.l@example.org" } else { "" };
        sink.record(Record::Account(AccountRecord {
            id,
            alias,
            handle,
            name,
            ..AccountRecord::default()
        }))?;
    }
    sink.record(Record::Finding(rin_core::Finding {
        severity: rin_core::Severity::Note,
        code: "odd",
        file: "posts.json",
        place: 1,
        count: 1,
        en: "A post of @ada.l@example.org is odd.",
        de: "Ein Beitrag von @ada.l@example.org ist seltsam.",
    }))
}

fn party_of(store: &Store, id: &str) -> Option<PartyId> {
    let mut found = None;
    let visit = |known: rin_store::KnownAccount| {
        if known.account.key.id == id {
            found = Some(known.account.party);
        }
    };
    store.read().unwrap().each_account(visit).unwrap();
    found
}

fn home() -> (Home, PartyId) {
    let mut home = Home::new();
    home.store.import(&info("f1"), export).unwrap();
    let ada = party_of(&home.store, ADA).unwrap();
    let now = day(20_000);
    home.store.add_tag(&Tag { party: ada, tag: "press".into(), since: now }).unwrap();
    let note = Note { party: ada, at: now, written: now, text: "Ada Lovelace likes tea".into() };
    home.store.add_note(&note).unwrap();
    (home, ada)
}

/// Returns which of the texts stand anywhere in the folder, in UTF-8 or UTF-16 in either order.
fn found(home: &Home, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(home.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let there = texts.iter().filter(|text| holds(&bytes, text));
        found.extend(there.map(|text| format!("{text} in {}", path.display())));
    }
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let is_in = |needle: &[u8]| {
        bytes.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
    };
    [text.as_bytes(), &little, &big].into_iter().any(is_in)
}

const CALLED: [&str; 6] =
    ["ada-lovelace", "ada.l@", "Lovelace", "Ada.L", "OnlyWithAda", "likes tea"];

#[test]
fn every_byte_about_somebody_goes_and_the_rest_stays() {
    let (mut home, ada) = home();
    assert!(!found(&home, &CALLED).is_empty());
    let before = home.store.read().unwrap().called(ada).unwrap();
    assert!(
        before.all().contains(&"Ada Lovelace") && before.all().contains(&"acct:ada.l@example.org")
    );
    let erased = home.store.forget(&[ada], Comeback::Barred).unwrap();
    let rows = |table: &str| erased.rows.iter().find(|(name, _)| *name == table).map(|row| row.1);
    assert_eq!(
        (rows("interaction"), rows("tie_seen"), rows("account")),
        (Some(2), Some(1), Some(2))
    );
    assert_eq!(
        (rows("note"), rows("tag"), rows("label"), rows("party")),
        (Some(1), Some(1), Some(2), Some(1))
    );
    assert_eq!(erased.findings, 1);
    assert!(erased.is_rewritten);
    assert_eq!(found(&home, &CALLED), Vec::<String>::new());
    home.store.check().unwrap();
    assert_eq!(party_of(&home.store, ADA), None);
    assert!(party_of(&home.store, BEN).is_some());
    assert_eq!(home.store.read().unwrap().counts().unwrap().interactions, 1);
    assert!(home.store.forget(&[ada], Comeback::Barred).is_err());
}

#[test]
fn an_import_does_not_bring_somebody_back() {
    let (mut home, ada) = home();
    home.store.forget(&[ada], Comeback::Barred).unwrap();
    // The same again, and a later export that calls them by another id first and by the handle after.
    home.store.import(&info("f1"), export).unwrap();
    home.store
        .import(&SourceInfo { name: "later.zip", ..info("f2") }, |sink| {
            let other = "https://example/other-id-of-lovelace";
            sink.record(Record::Interaction(InteractionRecord {
                id: "four",
                at: day(19_500),
                from: other,
                to: US,
                kind: InteractionKind::Reply,
                labels: "",
            }))?;
            let (handle, name) = ("ada.l@EXAMPLE.org", "Ada Lovelace");
            sink.record(Record::Account(AccountRecord {
                id: other,
                handle,
                name,
                ..AccountRecord::default()
            }))
        })
        .unwrap();
    drop(Store::open(home.folder.path()).unwrap());
    assert_eq!(found(&home, &CALLED), Vec::<String>::new());
    home.store.check().unwrap();
    assert_eq!(home.store.read().unwrap().counts().unwrap().interactions, 1);
    let sources = home.store.read().unwrap().sources().unwrap();
    let findings = home.store.read().unwrap().findings(sources[0].id).unwrap();
    let left_out: Vec<_> = findings.iter().filter(|one| one.code == "forgotten").collect();
    assert_eq!(left_out.len(), 1);
    // Two events, three ties to the two of them, an account and a sentence: without a name.
    assert_eq!(left_out[0].count, 6);
}

#[test]
fn whoever_is_shown_in_full_is_shown_from_every_table() {
    let (home, ada) = home();
    let reader = home.store.read().unwrap();
    let about = reader.about(ada).unwrap();
    let tables: Vec<(&str, usize)> = about.iter().map(|one| (one.table, one.rows.len())).collect();
    assert_eq!(
        tables,
        [
            ("label", 2),
            ("interaction", 2),
            ("tie_seen", 1),
            ("tie_state", 1),
            ("note", 1),
            ("tag", 1),
            ("account", 2),
            ("party", 1),
        ]
    );
    let note = about.iter().find(|one| one.table == "note").unwrap();
    assert!(note.rows[0].contains(&Cell::Text("Ada Lovelace likes tea".into())));
    assert_eq!(note.columns, ["id", "account", "at", "written", "text"]);
}

#[test]
fn an_erasure_that_was_cut_off_is_finished_on_opening() {
    let (mut home, ada) = home();
    // A reader that keeps an older state holds the log: what a kill between the two steps leaves behind.
    let other = Store::open_read_only(home.folder.path()).unwrap();
    let held = other.read().unwrap();
    assert_eq!(held.tags().unwrap().len(), 1);
    let erased = home.store.forget(&[ada], Comeback::Barred).unwrap();
    assert!(!erased.is_rewritten);
    assert_eq!(party_of(&home.store, ADA), None);
    drop(held);
    drop(other);
    let reopened = Store::open(home.folder.path()).unwrap();
    assert_eq!(found(&home, &CALLED), Vec::<String>::new());
    reopened.check().unwrap();
}

#[test]
fn whoever_may_come_back_does() {
    let (mut home, ada) = home();
    let ben = party_of(&home.store, BEN).unwrap();
    home.store.forget(&[ada, ben], Comeback::Allowed).unwrap();
    assert_eq!(found(&home, &CALLED), Vec::<String>::new());
    home.store.import(&info("f1"), export).unwrap();
    assert!(party_of(&home.store, ADA).is_some() && party_of(&home.store, BEN).is_some());
    assert_eq!(home.store.read().unwrap().counts().unwrap().interactions, 3);
    home.store.check().unwrap();
}

/// Imports accounts of a platform, each as id, handle and facts, and returns how many records were left out.
fn import_people(home: &mut Home, platform: &str, people: &[(&str, &str, &str)]) -> u64 {
    // A number, as nothing of theirs may stand in the file.
    let mut hasher = DefaultHasher::new();
    people.hash(&mut hasher);
    let fingerprint = hasher.finish().to_string();
    let info = SourceInfo { platform, fingerprint: &fingerprint, now: day(20_000), ..info("") };
    let told = |sink: &mut dyn RecordSink| {
        people.iter().try_for_each(|&(id, handle, facts)| {
            let account = AccountRecord { id, handle, facts, ..AccountRecord::default() };
            sink.record(Record::Account(account))
        })
    };
    let source = home.store.import(&info, told).unwrap().source;
    let findings = home.store.read().unwrap().findings(source).unwrap();
    findings.iter().filter(|one| one.code == "forgotten").map(|one| one.count).sum()
}

const GRACE: (&str, &str, &str) = (
    "grace-1",
    "grace-1",
    "page net.example/in/grace-1\nmail grace@hopper.example\nmail info@navy.example\nlink navy.example",
);
const HOWARD: (&str, &str, &str) = ("howard-2", "howard-2", "mail info@navy.example");

#[test]
fn whoever_is_known_by_an_address_stays_away_on_every_platform() {
    let mut home = Home::new();
    assert_eq!(import_people(&mut home, "net", &[GRACE, HOWARD]), 0);
    let grace = party_of(&home.store, GRACE.0).unwrap();
    home.store.forget(&[grace], Comeback::Barred).unwrap();
    let letters = [
        ("grace@hopper.example", "grace@hopper.example", "mail grace@hopper.example"),
        ("card:1", "", "vouched https://www.net.example/in/Grace-1/"),
        ("info@navy.example", "info@navy.example", "mail info@navy.example"),
        ("page:navy", "", "page https://navy.example"),
    ];
    // What others have as well, or what she only linked to, is not hers alone.
    assert_eq!(import_people(&mut home, "mail", &letters), 2);
    assert_eq!(found(&home, &["grace"]), Vec::<String>::new());
    assert!(party_of(&home.store, "info@navy.example").is_some());
    assert!(party_of(&home.store, "page:navy").is_some());
    // Whoever was there before and has her address now stays, without it.
    let howard = (HOWARD.0, HOWARD.1, "mail grace@hopper.example\nplace Bonn");
    assert_eq!(import_people(&mut home, "net", &[howard]), 0);
    assert_eq!(found(&home, &["grace"]), Vec::<String>::new());
    let facts = home.store.read().unwrap().facts().unwrap();
    assert!(facts.iter().any(|fact| fact.text == "Bonn"));
}

#[test]
fn one_name_lifts_every_mark_of_that_party_and_of_nobody_else() {
    let mut home = Home::new();
    let jean = ("jean-3", "jean-3", "mail jean@bartik.example");
    import_people(&mut home, "net", &[GRACE, jean]);
    for (id, ..) in [GRACE, jean] {
        let party = party_of(&home.store, id).unwrap();
        home.store.forget(&[party], Comeback::Barred).unwrap();
    }
    assert_eq!(home.store.lift(&["nobody", ""]).unwrap(), rin_store::Lifted::default());
    assert_eq!(import_people(&mut home, "net", &[GRACE, jean]), 2);
    let lifted = home.store.lift(&["Grace@Hopper.example"]).unwrap();
    // Id, handle, two addresses and a page.
    assert_eq!((lifted.people, lifted.marks), (1, 5));
    assert_eq!(import_people(&mut home, "net", &[GRACE]), 0);
    assert_eq!(import_people(&mut home, "net", &[jean]), 1);
    assert!(party_of(&home.store, GRACE.0).is_some());
    assert_eq!(party_of(&home.store, jean.0), None);
    home.store.check().unwrap();
}

#[test]
fn what_is_thinned_is_gone_and_no_source_covers_it() {
    let (mut home, ada) = home();
    let covered = |home: &Home| home.store.read().unwrap().coverage().unwrap()[0].1;
    home.store
        .import(&SourceInfo { name: "cover", ..info("f2") }, |sink| {
            for (since, until) in [(18_000, 19_100), (18_100, 19_100), (17_000, 18_500)] {
                sink.record(Record::Coverage(rin_core::CoverageRecord {
                    account: US,
                    sent: rin_core::InteractionKinds::of(&[InteractionKind::Reply]),
                    since: Some(day(since)),
                    until: Some(day(until)),
                    ..rin_core::CoverageRecord::default()
                }))?;
            }
            Ok::<(), Stop>(())
        })
        .unwrap();
    assert_eq!(covered(&home).since, Some(day(17_000)));
    // Of the three events one is with Ada before that day, with both of its labels.
    assert_eq!(home.store.thin(day(19_002)).unwrap(), 1);
    assert_eq!(home.store.read().unwrap().labelled("#onlywithada").unwrap().len(), 1);
    assert_eq!(covered(&home).since, Some(day(19_002)));
    assert_eq!(covered(&home).until, Some(day(19_100)));
    // Another import of the same brings it back, until the next thinning.
    home.store.import(&info("f1"), export).unwrap();
    assert_eq!(home.store.thin(day(19_002)).unwrap(), 1);
    assert!(home.store.forget(&[ada], Comeback::Allowed).is_ok());
    home.store.check().unwrap();
}
