//! Genuine exports of eight accounts on one server, against the server's own listing of their records.
//!
//! What is expected is worked out here from that listing, apart from the reader: the rule for moments is that
//! `createdAt` stands from 2022-11 until a minute after the record key's time, and else the key's time is used.

use std::collections::BTreeSet;

use proptest::prelude::{
    Just, ProptestConfig, Strategy as _, prop_assert, prop_assert_eq, proptest,
};
use rin_plugin::testing::{Recorder, unordered};
use serde_json::Value;

use super::*;
use crate::{
    car::{self, Bytes},
    mst::Walk,
    read::lexicon::Commit,
};

const NAMES: [&str; 8] =
    ["anna", "bekir", "chiara", "dmitri", "elif", "fynn", "kulturverein", "stadtbuecherei"];

fn json(name: &str) -> Value {
    serde_json::from_slice(&sample(name)).unwrap()
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// Works out the milliseconds in a TID.
fn tid_ms(tid: &str) -> i64 {
    let digits = "234567abcdefghijklmnopqrstuvwxyz";
    let number = tid.chars().fold(0_u64, |sum, c| sum * 32 + digits.find(c).unwrap() as u64);
    i64::try_from(number >> 10).unwrap() / 1000
}

/// Applies the rule for moments.
fn expected_moment(record: &Value) -> Moment {
    let claimed: jiff::Timestamp = text(record, "/value/createdAt").parse().unwrap();
    let first: jiff::Timestamp = "2022-11-01T00:00:00Z".parse().unwrap();
    let rkey = text(record, "/uri").rsplit('/').next().unwrap();
    let ms = claimed.as_millisecond();
    let is_possible = first.as_millisecond() <= ms && ms <= tid_ms(rkey) + 60_000;
    Moment::from_unix_ms(if is_possible { ms } else { tid_ms(rkey) })
}

fn author_of_post(uri: &str) -> Option<String> {
    let parts: Vec<&str> = uri.split('/').collect();
    (parts[3] == "app.bsky.feed.post").then(|| parts[2].to_owned())
}

/// Works out whom a record addresses and how.
fn addressed(collection: &str, value: &Value) -> Vec<(InteractionKind, String)> {
    let of = |kind, uri: &str| author_of_post(uri).map(|did| (kind, did));
    if collection != "app.bsky.feed.post" {
        let kind = match collection {
            "app.bsky.feed.like" => InteractionKind::Reaction,
            "app.bsky.feed.repost" => InteractionKind::Share,
            _ => return Vec::new(),
        };
        return of(kind, text(value, "/subject/uri")).into_iter().collect();
    }
    let mut found = Vec::new();
    if value.get("reply").is_some() {
        found.extend(of(InteractionKind::Reply, text(value, "/reply/parent/uri")));
    }
    if text(value, "/embed/$type") == "app.bsky.embed.record" {
        found.extend(of(InteractionKind::Quote, text(value, "/embed/record/uri")));
    }
    let facets = value.get("facets").and_then(Value::as_array).into_iter().flatten();
    let features = facets.flat_map(|facet| facet["features"].as_array().unwrap());
    let mentioned: BTreeSet<&str> =
        features.map(|feature| text(feature, "/did")).filter(|did| !did.is_empty()).collect();
    for did in mentioned {
        let is_parent = found.contains(&(InteractionKind::Reply, did.to_owned()));
        if !is_parent {
            found.push((InteractionKind::Mention, did.to_owned()));
        }
    }
    found
}

/// Works out everything one account's listing must yield.
fn expected(name: &str, did: &str) -> Taken {
    let listing = json(&format!("pds/{name}.records.json"));
    let mut taken = Taken::default();
    let mut held: BTreeMap<(String, TieKind), Moment> = BTreeMap::new();
    for (collection, records) in listing.as_object().unwrap() {
        for record in records.as_array().unwrap() {
            let value = &record["value"];
            for (kind, to) in addressed(collection, value) {
                let (id, at) = (text(record, "/uri").to_owned(), expected_moment(record));
                taken.interactions.push((id, at, kind, did.to_owned(), to));
            }
            let kind = match collection.as_str() {
                "app.bsky.graph.follow" => TieKind::Follow,
                "app.bsky.graph.block" => TieKind::Block,
                "app.bsky.graph.listitem" => TieKind::Contact,
                _ => continue,
            };
            let at = expected_moment(record);
            let known = held.entry((text(value, "/subject").to_owned(), kind)).or_insert(at);
            *known = at.min(*known);
        }
    }
    for ((to, kind), at) in held {
        let label = if kind == TieKind::Contact { "Vereine vor Ort" } else { "" };
        taken.ties.push((did.to_owned(), to, kind, TieStart::Exact(at), label.to_owned()));
    }
    taken.interactions.retain(|interaction| interaction.4 != did);
    taken.interactions.sort();
    taken.ties.sort();
    taken
}

#[test]
fn every_account_yields_exactly_what_its_server_lists() {
    let truth = json("pds/truth.json");
    let mut n_interactions = 0;
    for name in NAMES {
        let account = &truth["accounts"][name];
        let (did, rev) = (text(account, "/did"), text(account, "/rev"));
        let wanted = [format!("{name}.car"), format!("{name}.didDoc.json")];
        let mut taken = read_all(&folder("pds", |file| wanted.iter().any(|w| w == file))).unwrap();
        taken.interactions.sort();
        taken.ties.sort();
        let expected = expected(name, did);
        assert_eq!(taken.interactions, expected.interactions, "{name}");
        assert_eq!(taken.ties, expected.ties, "{name}");
        n_interactions += taken.interactions.len();
        let until = Moment::from_unix_ms(tid_ms(rev));
        let profile = json(&format!("pds/{name}.records.json"));
        let shown = text(&profile, "/app.bsky.actor.profile/0/value/displayName").to_owned();
        let handle = text(account, "/handle").to_owned();
        let flags = AccountFlags::OWNER;
        assert_eq!(taken.accounts, [(did.to_owned(), handle, shown, flags, Some(until))]);
        let sent = InteractionKinds::of(&[
            InteractionKind::Reply,
            InteractionKind::Mention,
            InteractionKind::Reaction,
            InteractionKind::Share,
            InteractionKind::Quote,
        ]);
        let ties = TieKinds::of(&[TieKind::Follow, TieKind::Block]);
        assert_eq!(taken.coverage, [(did.to_owned(), sent, ties, Some(until))]);
        assert_eq!(taken.troubles(&format!("{name}.car")), BTreeMap::new(), "{name}");
    }
    assert_eq!(n_interactions, 1_948, "the listings themselves must not have changed");
}

#[test]
fn root_revision_and_counts_are_those_the_server_told() {
    let truth = json("pds/truth.json");
    for name in NAMES {
        let account = &truth["accounts"][name];
        let source = MemorySource::new().with_file("a.car", &sample(&format!("pds/{name}.car")));
        let mut scan = car::scan(Bytes::open(&source, 0).unwrap(), &mut |_| ()).unwrap();
        let root: ipld_core::cid::Cid = text(account, "/root").parse().unwrap();
        assert_eq!(car::Key::of_link(&root), Some(scan.root), "{name}");
        let position = scan.blocks.position(scan.root).unwrap();
        let commit: Commit<'_> =
            serde_ipld_dagcbor::from_slice(scan.blocks.get(position).unwrap()).unwrap();
        assert_eq!(commit.did, text(account, "/did"));
        assert_eq!(commit.rev, Some(text(account, "/rev")));
        let data = car::Key::of_link(&commit.data).unwrap();
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut walk = Walk::new(&mut scan.blocks);
        walk.below::<()>(data, &mut |found| {
            assert!(found.block.is_some() && 0 < found.place);
            *counts.entry(found.collection.to_owned()).or_insert(0) += 1;
            Ok(())
        })
        .unwrap();
        assert!(walk.losses().is_none());
        let told: BTreeMap<String, u64> =
            serde_json::from_value(account["counts"].clone()).unwrap();
        assert_eq!(counts, told, "{name}");
    }
}

#[test]
fn notes_say_what_was_left_out_and_why() {
    let taken =
        read_all(&folder("pds", |file| NAMES.iter().any(|n| file == format!("{n}.car")))).unwrap();
    let per_file = |code: &str| -> BTreeMap<&str, u64> {
        let of_code = taken.findings.iter().filter(|finding| finding.0 == code);
        of_code.map(|finding| (finding.2.as_str(), finding.3)).collect()
    };
    // Elif's posts of 1985 and 2031 address nobody, so no moment is asked of them.
    assert_eq!(per_file("odd-date"), BTreeMap::from([("anna.car", 1)]));
    assert_eq!(per_file("other-records"), BTreeMap::from([("kulturverein.car", 2)]));
    assert_eq!(taken.count("not-a-post"), 1);
    assert_eq!(taken.count("no-handle"), 8);
    assert_eq!(taken.count("to-self"), 256 + 2 + 12, "likes, reposts and replies in the listings");
}

#[test]
fn a_folder_of_all_exports_shows_both_directions_and_counts_nothing_twice() {
    let mut files = folder("pds", |_| true);
    for name in NAMES {
        let file = format!("{name}.since.car");
        files = files.with_file(&file, &sample(&format!("since/{file}")));
    }
    let taken = read_all(&files).unwrap();
    let mut single = BTreeSet::new();
    for name in NAMES {
        let alone = read_one("a.car", &sample(&format!("pds/{name}.car"))).unwrap();
        single.extend(alone.interactions);
    }
    let together: BTreeSet<_> = taken.interactions.iter().cloned().collect();
    assert_eq!(together, single);
    assert_eq!(taken.interactions.len(), together.len());
    let pair = |from: &str, to: &str| {
        together.iter().any(|i| i.3 == from && i.4 == to && i.2 == InteractionKind::Reply)
    };
    let truth = json("pds/truth.json");
    let dids: Vec<&str> = NAMES.iter().map(|name| text(&truth["accounts"][name], "/did")).collect();
    let both_ways = dids.iter().flat_map(|a| dids.iter().map(move |b| (a, b)));
    assert!(0 < both_ways.filter(|(a, b)| a < b && pair(a, b) && pair(b, a)).count());
    // The differences lie beside the whole exports: three hold nothing, five hold branches without records.
    assert_eq!(taken.count("empty-difference"), 3);
    assert_eq!(taken.coverage.iter().filter(|coverage| coverage.2 == TieKinds::NONE).count(), 5);
    assert_eq!(taken.ties.len(), single_ties());
}

fn single_ties() -> usize {
    NAMES
        .iter()
        .map(|name| read_one("a.car", &sample(&format!("pds/{name}.car"))).unwrap().ties.len())
        .sum()
}

#[test]
fn a_difference_is_called_a_part_and_never_an_empty_account() {
    for (name, n_records, n_branches) in [
        ("anna", 14, 4),
        ("bekir", 11, 6),
        ("chiara", 19, 9),
        ("dmitri", 7, 2),
        ("stadtbuecherei", 6, 7),
    ] {
        let taken = read_one("a.car", &sample(&format!("since/{name}.since.car"))).unwrap();
        let troubles = BTreeMap::from([("missing-records", n_records), ("partial", n_branches)]);
        assert_eq!(taken.troubles("a.car"), troubles, "{name}");
        let [(_, sent, ties, until)] = taken.coverage.as_slice() else { panic!("{name}") };
        assert_eq!(
            (*sent, *ties, *until),
            (InteractionKinds::NONE, TieKinds::NONE, None),
            "{name}"
        );
    }
    for name in ["elif", "fynn", "kulturverein"] {
        let error = read_one("a.car", &sample(&format!("since/{name}.since.car"))).unwrap_err();
        assert_eq!(code_of(&error), "empty-difference", "{name}");
    }
}

/// Returns what all exports say together if they stand in this order, which their names decide.
fn in_order(names: &[&str]) -> Vec<String> {
    let mut source = MemorySource::new().at(NOW);
    for (at, name) in names.iter().enumerate() {
        for ending in ["car", "didDoc.json"] {
            let bytes = sample(&format!("pds/{name}.{ending}"));
            source = source.with_file(&format!("{at}-{name}.{ending}"), &bytes);
        }
    }
    let mut recorder = Recorder::default();
    crate::read::read(&source, &mut recorder).unwrap();
    let mut said = unordered(recorder);
    for (at, name) in names.iter().enumerate() {
        let (drawn, own) = (format!(" {at}-{name}."), format!(" {name}."));
        for line in &mut said {
            *line = line.replace(&drawn, &own);
        }
    }
    said.sort_unstable();
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_order_of_files_does_not_matter(drawn in Just(NAMES.to_vec()).prop_shuffle()) {
        let said = in_order(&NAMES);
        prop_assert!(1_948 < said.len());
        prop_assert_eq!(in_order(&drawn), said);
    }
}
