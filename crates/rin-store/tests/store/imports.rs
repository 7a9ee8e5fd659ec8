//! One transaction per source, honest counts, findings instead of silence, and owners with care.

use rin_core::{AccountFlags, Finding, Record, Severity, Stop, TieStart};
use rin_store::{ImportError, SourceInfo, Store, StoreError};

use crate::support::{
    Home, PLATFORM, PRIVATE, account, day, event, follow, follows_complete, source,
};

#[test]
fn the_second_import_of_a_source_adds_nothing() {
    let records = [
        account("us", PRIVATE),
        event("1", 100, "us", "ann"),
        follow("us", "ann", TieStart::Unknown),
    ];
    let mut home = Home::new();
    let first = home.import("f", &records);
    assert!(!first.was_known);
    assert_eq!((first.accounts.new, first.interactions.new, first.ties.new), (2, 1, 1));
    assert_eq!((first.accounts.known, first.interactions.known, first.ties.known), (0, 0, 0));
    let before = home.dump();
    let second = home.import("f", &records);
    assert!(second.was_known);
    assert_eq!(second.source, first.source);
    assert_eq!((second.accounts.new, second.interactions.new, second.ties.new), (0, 0, 0));
    assert_eq!((second.accounts.known, second.interactions.known, second.ties.known), (1, 1, 1));
    assert_eq!(home.dump(), before);
    assert_eq!(home.store.read().unwrap().sources().unwrap().len(), 1);
}

#[test]
fn a_reader_that_fails_or_panics_leaves_the_state_before() {
    let mut home = Home::new();
    home.import("f", &[account("us", PRIVATE), event("1", 100, "us", "ann")]);
    let before = home.dump();
    let answer = home.store.import(&source("g"), |sink| {
        (0..200_000_i64).for_each(|n| {
            event(&n.to_string(), 100, "us", "ben").put(sink).unwrap();
        });
        Err(std::io::Error::other("cut off"))
    });
    assert!(matches!(answer, Err(ImportError::Read(error)) if error.to_string() == "cut off"));
    assert_eq!(home.dump(), before);

    let store = std::panic::AssertUnwindSafe(&mut home.store);
    let panicked = std::panic::catch_unwind(move || {
        let store = store;
        store.0.import(&source("h"), |sink| {
            event("2", 100, "us", "ben").put(sink)?;
            std::panic::resume_unwind(Box::new("a reader's bug"));
            #[expect(unreachable_code, reason = "gives the closure its type")]
            Ok::<(), Stop>(())
        })
    });
    assert!(panicked.is_err());
    assert_eq!(home.dump(), before);
    assert_eq!(home.store.read().unwrap().sources().unwrap().len(), 1);
}

#[test]
fn what_cannot_be_used_is_counted_with_its_place() {
    let long = "x".repeat(2049);
    let mut home = Home::new();
    let report = home.import(
        "f",
        &[
            account("us", PRIVATE),
            event("", 100, "us", "ann"),
            event("1", 100, "", "ann"),
            event("2", 100, "us", &long),
            event("3", -1, "us", "ann"),
            event("4", 84_371, "us", "ann"),
            event("5", 84_370, "us", "ann"),
            follow("us", "ann", TieStart::Exact(day(-5))),
        ],
    );
    assert_eq!((report.interactions.new, report.refused, report.ties.new), (1, 5, 1));
    let reader = home.store.read().unwrap();
    let found: Vec<_> = reader
        .findings(report.source)
        .unwrap()
        .into_iter()
        .map(|finding| (finding.code, finding.place, finding.count))
        .collect();
    let expected = [("no-id", 2, 2), ("long-id", 4, 1), ("bad-date", 5, 3)];
    assert_eq!(found, expected.map(|(code, place, count)| (code.to_owned(), place, count)));
    let mut starts = Vec::new();
    reader.each_own_tie(|tie| starts.push(tie.start)).unwrap();
    assert_eq!(starts, [TieStart::Unknown]);
}

#[test]
fn findings_of_the_reader_are_kept_up_to_a_limit_and_replaced_by_the_next_import() {
    let finding = Finding {
        severity: Severity::Note,
        code: "no-date",
        file: "likes.json",
        place: 3,
        count: 2,
        en: "Likes carry no date.",
        de: "Likes tragen kein Datum.",
    };
    let mut home = Home::new();
    let import = |home: &mut Home, n: usize| {
        home.store
            .import(&source("f"), |sink| {
                (0..n).try_for_each(|_| sink.record(Record::Finding(finding)))
            })
            .unwrap()
    };
    let report = import(&mut home, 10_005);
    assert_eq!(report.findings, 10_001);
    let found = home.store.read().unwrap().findings(report.source).unwrap();
    assert_eq!((found[0].code.as_str(), found[0].count), ("more-findings", 10));
    let report = import(&mut home, 1);
    let found = home.store.read().unwrap().findings(report.source).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].file.as_str(), found[0].de.as_str()), ("likes.json", finding.de));
}

#[test]
fn owners_become_ours_only_with_good_reason() {
    let public = AccountFlags::OWNER;
    let own = |home: &Home| -> Vec<String> {
        let own = home.store.read().unwrap().own();
        own.into_iter().map(|id| home.key(id)).collect()
    };
    let mut home = Home::new();
    let report = home.import("two", &[account("ann", public), account("ben", public)]);
    assert_eq!(report.owners.len(), 2);
    assert!(report.owners.iter().all(|owner| !owner.became_own && !owner.is_private));
    let report = home.import("one", &[account("ann", public)]);
    assert!(report.owners[0].became_own);
    let report = home.import("other", &[account("cem", public)]);
    assert!(!report.owners[0].became_own);
    let report = home.import("private", &[account("us", PRIVATE), account("we", PRIVATE)]);
    assert!(report.owners.iter().all(|owner| owner.became_own && owner.is_private));
    assert_eq!(own(&home), ["ann", "us", "we"]);

    // What the user says stands above what imports say.
    let we = home.id("we");
    home.store.set_own(we, false, day(1)).unwrap();
    let report = home.import("again", &[account("we", PRIVATE)]);
    assert!(!report.owners[0].became_own);
    assert_eq!(own(&home), ["ann", "us"]);
    let nobody = rin_core::AccountId::new(99);
    assert!(matches!(
        home.store.set_own(nobody, true, day(1)),
        Err(StoreError::Unknown { what: "account", id: 99, .. })
    ));
}

#[test]
fn progress_goes_through() {
    let mut home = Home::new();
    let mut heard = Vec::new();
    home.store
        .import_watched(&source("f"), &mut |progress| heard.push(progress), |sink| {
            event("1", 100, "us", "ann").put(sink)?;
            sink.progress(512, 1024);
            Ok::<(), Stop>(())
        })
        .unwrap();
    assert_eq!(heard.len(), 1);
    assert_eq!((heard[0].done, heard[0].total, heard[0].records), (512, 1024, 1));
}

#[test]
fn a_source_must_say_what_it_is() {
    let mut home = Home::new();
    for (platform, fingerprint, field) in
        [("", "f", "platform"), ("Example", "f", "platform"), (PLATFORM, "", "fingerprint")]
    {
        let info = SourceInfo { platform, fingerprint, ..source("") };
        let answer = home.store.import(&info, |_| Ok::<(), Stop>(()));
        assert!(matches!(answer, Err(ImportError::Info { field: f, .. }) if f == field));
    }
}

#[test]
fn platforms_do_not_share_accounts_and_a_257th_is_refused() {
    let mut home = Home::new();
    let mut import = |n: u32| {
        let platform = format!("p{n}");
        let info = SourceInfo { platform: &platform, ..source("f") };
        home.store.import(&info, |sink| event("1", 100, "us", "ann").put(sink))
    };
    for n in 0..256 {
        assert_eq!(import(n).unwrap().interactions.new, 1);
    }
    assert!(matches!(import(256), Err(ImportError::Info { field: "platform", .. })));
    assert_eq!(home.store.read().unwrap().counts().unwrap().accounts, 512);
}

#[test]
fn coverage_beyond_a_limit_is_refused_and_told() {
    let covers: Vec<_> = (0..20).map(|n| follows_complete("us", n)).collect();
    let mut home = Home::new();
    let report = home.import("f", &covers);
    assert_eq!((report.coverage.new, report.refused), (16, 4));
    let reader = home.store.read().unwrap();
    assert_eq!(reader.findings(report.source).unwrap()[0].code, "many-coverage");
    assert_eq!(reader.sources().unwrap()[0].until, Some(day(15)));
}

#[test]
fn a_second_writer_is_told_that_another_rin_works() {
    let mut home = Home::new();
    let mut other = Store::open(home.folder.path()).unwrap();
    let answer = home.store.import(&source("f"), |sink| {
        event("1", 100, "us", "ann").put(sink)?;
        let second = other.import(&source("g"), |_| Ok::<(), Stop>(()));
        assert!(matches!(second, Err(ImportError::Store(StoreError::Busy { .. }))));
        // Reading goes on, and sees the state before.
        assert_eq!(other.read().unwrap().counts().unwrap().interactions, 0);
        Ok::<(), Stop>(())
    });
    answer.unwrap();
    assert_eq!(other.read().unwrap().counts().unwrap().interactions, 1);
}
