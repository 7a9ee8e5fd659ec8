//! The demo archive is what it claims to be, and the shipped files are what the generator writes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::*;

#[test]
fn the_outbox_is_valid_and_about_as_large_as_planned() {
    let items = items();
    let outbox: Value = serde_json::from_slice(&outbox(&items).unwrap()).unwrap();
    let list = outbox["orderedItems"].as_array().unwrap();
    assert_eq!(outbox["totalItems"], list.len());
    assert!((1400..1700).contains(&list.len()), "{}", list.len());
    let times: Vec<&str> = list.iter().map(|item| item["published"].as_str().unwrap()).collect();
    assert!(times.is_sorted());
    assert!("2022-11-06" <= times[0] && *times.last().unwrap() < "2026-08-15T18");
    let ids: BTreeSet<&str> = list.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), list.len(), "ids are unique");
    serde_json::from_str::<Value>(item::ACTOR).unwrap();
    serde_json::from_str::<Value>(&collection("likes.json", &liked(&items))).unwrap();
}

#[test]
fn the_story_is_told() {
    let mut last: BTreeMap<usize, u64> = BTreeMap::new();
    let mut count: BTreeMap<usize, u32> = BTreeMap::new();
    for item in items() {
        if let Some(to) = item.to {
            last.insert(to, item.minute / 1440 - u64::from(FIRST_DAY));
            *count.entry(to).or_default() += 1;
        }
    }
    assert_eq!(last.len(), PEOPLE.len(), "everybody was in contact");
    for (number, (user, _, rhythm)) in PEOPLE.iter().enumerate() {
        let silence = u64::from(LAST_DAY) - last[&number];
        match rhythm {
            Rhythm::Steady(_, every) => {
                assert!(silence <= 1 + u64::from(3 * every), "{user} {silence}");
            }
            Rhythm::Lapsed(_, to, _) => {
                assert!(u64::from(LAST_DAY - to) <= silence, "{user} {silence}");
            }
            Rhythm::Campaign(_, 0) => assert!(399 <= silence, "{user} {silence}"),
            Rhythm::Campaign(..) | Rhythm::Fading(..) => assert!(4 < count[&number], "{user}"),
        }
    }
}

#[test]
fn the_shipped_files_are_those_the_generator_writes() {
    let folder = build::root().join("tests/data/mastodon");
    for (name, bytes) in files().unwrap() {
        let shipped = fs::read(folder.join(name)).unwrap();
        assert!(bytes.len() < 300_000, "{name}: {}", bytes.len());
        if name.starts_with("archive-") {
            // Another version of the packer may pack otherwise; what is inside is the same.
            assert_eq!(unpacked(&shipped), unpacked(&bytes));
        } else {
            assert_eq!(shipped, bytes, "{name}");
        }
    }
}

fn unpacked(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..archive.len())
        .map(|number| {
            let mut file = archive.by_index(number).unwrap();
            let mut bytes = Vec::new();
            io::copy(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn an_outbox_of_a_size_has_it_and_distinct_items() {
    let mut out = Vec::new();
    let count = outbox_of_size(5_000_000, &mut out).unwrap();
    assert!((5_000_000..5_010_000).contains(&out.len()), "{}", out.len());
    let outbox: Value = serde_json::from_slice(&out).unwrap();
    let list = outbox["orderedItems"].as_array().unwrap();
    assert_eq!((outbox["totalItems"].as_u64(), list.len() as u64), (Some(count), count));
    let ids: BTreeSet<&str> = list.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), list.len());
}
