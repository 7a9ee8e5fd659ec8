//! Importing twice, in another order or in parts gives the same network, byte for byte.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    Home, data,
    exports::{self, pack},
};

#[test]
fn twice_in_another_order_and_in_halves_is_the_same() {
    let once = Home::demo();
    let expected = once.dump();
    assert!(10_000 < expected.len());

    once.ok(&["import", &data("mastodon")]);
    once.ok(&["import", &data("bluesky/pds")]);
    assert_eq!(once.dump(), expected, "twice");

    let other = Home::new();
    other.ok(&["import", &data("bluesky/pds"), "--own", "stadtbuecherei-dev.test"]);
    other.ok(&["import", &data("mastodon")]);
    assert_eq!(other.dump(), expected, "in another order");

    let halves = Home::new();
    let parts = halves.dir.path().join("parts");
    let names =
        ["stadtbuecherei", "anna", "bekir", "chiara", "dmitri", "elif", "fynn", "kulturverein"];
    for (half, names) in names.chunks(4).enumerate() {
        let dir = parts.join(half.to_string());
        fs::create_dir_all(&dir).unwrap();
        for name in names {
            for file in [format!("{name}.car"), format!("{name}.didDoc.json")] {
                fs::copy(data(&format!("bluesky/pds/{file}")), dir.join(&file)).unwrap();
            }
        }
    }
    for half in ["1", "0"] {
        let dir = parts.join(half);
        halves.ok(&["import", dir.to_str().unwrap()]);
    }
    halves.ok(&["own", "add", "stadtbuecherei-dev.test"]);
    halves.ok(&["import", &data("mastodon")]);
    assert_eq!(halves.dump(), expected, "in halves");
}

#[test]
fn a_mastodon_archive_in_two_halves_is_the_same() {
    let whole = Home::new();
    let folder = unpack(whole.dir.path(), "whole", |items| items);
    whole.ok(&["import", folder.to_str().unwrap()]);

    let halves = Home::new();
    let dir = halves.dir.path();
    let later = unpack(dir, "later", |items| items.into_iter().skip(700).collect());
    let earlier = unpack(dir, "earlier", |items| items.into_iter().take(700).collect());
    // The lists are those of the day of the export, which only the later half knows.
    for file in
        ["following_accounts.csv", "lists.csv", "muted_accounts.csv", "blocked_accounts.csv"]
    {
        fs::remove_file(earlier.join(file)).unwrap();
    }
    for half in [later, earlier] {
        halves.ok(&["import", half.to_str().unwrap()]);
    }
    assert_same(&halves, &whole);
}

/// Compares two networks and names the first line that differs.
fn assert_same(one: &Home, other: &Home) {
    let (one, other) = (one.dump(), other.dump());
    let mut pairs = one.lines().zip(other.lines());
    assert_eq!(pairs.find(|(a, b)| a != b), None);
    assert_eq!(one.lines().count(), other.lines().count());
}

/// Unpacks the shipped Mastodon archive into a folder, with some of its items.
fn unpack(dir: &Path, name: &str, keep: impl Fn(Vec<Value>) -> Vec<Value>) -> PathBuf {
    let folder = dir.join(name);
    fs::create_dir(&folder).unwrap();
    for entry in fs::read_dir(data("mastodon")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
            continue;
        }
        let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
        for file in ["actor.json", "outbox.json"] {
            let mut text = String::new();
            archive.by_name(file).unwrap().read_to_string(&mut text).unwrap();
            if file == "outbox.json" {
                let mut outbox: Value = serde_json::from_str(&text).unwrap();
                let items = outbox["orderedItems"].as_array().unwrap().clone();
                outbox["orderedItems"] = keep(items).into();
                text = outbox.to_string();
            }
            fs::write(folder.join(file), text).unwrap();
        }
    }
    folder
}

#[test]
fn every_platform_in_any_order_twice_and_packed_in_parts_is_the_same() {
    for pair in exports::all() {
        let (once, other) = (Home::new(), Home::new());
        let import = |home: &Home, year, name: &str, parts| {
            let files = if year == 2025 { &pair.later } else { &pair.earlier };
            let folder = pack(files, &home.dir.path().join(name), parts, year);
            let top = folder.ancestors().find(|dir| dir.parent() == Some(home.dir.path())).unwrap();
            home.ok(&["import", top.to_str().unwrap(), "--platform", pair.platform]);
        };
        import(&once, 2024, "earlier", 1);
        import(&once, 2025, "later", 1);
        import(&other, 2025, "in two parts", 2);
        import(&other, 2024, "wrapped/Downloads (2)", 2);
        import(&other, 2025, "later again", 1);
        assert_same(&other, &once);
    }
}

#[test]
fn a_folder_of_downloads_of_many_platforms_is_read_by_each_for_itself() {
    let (home, apart) = (Home::new(), Home::new());
    let folder = home.dir.path().join("Downloads");
    let mut expected = Vec::new();
    for pair in exports::all() {
        let download = pack(&pair.later, &folder.join(pair.platform), 1, 2025);
        // A table is nobody's until somebody says so, where a platform knows its own.
        if pair.platform != "table" {
            expected.push(pair.platform);
            apart.ok(&["import", download.to_str().unwrap(), "--platform", pair.platform]);
        }
    }
    let view = home.json(&["import", folder.to_str().unwrap()]);
    let sources = view["sources"].as_array().unwrap();
    let platforms: Vec<&str> =
        sources.iter().map(|one| one["platform"].as_str().unwrap()).collect();
    assert_eq!(platforms, expected);
    assert_same(&home, &apart);
}
