//! Is somebody gone from every byte of the folder, and do they stay away when the same exports are read again?

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{Home, data, stderr};

/// Returns all files under a folder with their bytes.
fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            // Nothing is kept packed, where a search would not see it.
            assert!(
                !bytes.starts_with(b"PK") && !bytes.starts_with(&[0x1f, 0x8b]),
                "{}",
                path.display()
            );
            all.push((path, bytes));
        }
    }
    all
}

/// Returns which of the texts stand in the folder, in UTF-8 or UTF-16.
pub(crate) fn found(home: &Home, texts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in files(&home.path()) {
        let there = texts.iter().filter(|text| holds(&bytes, text));
        found.extend(there.map(|text| format!("{text} in {}", path.display())));
    }
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let needles = [text.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
    needles.iter().any(|needle| {
        let first = needle[0].to_ascii_lowercase();
        let mut starts =
            bytes.windows(needle.len()).filter(|here| here[0].to_ascii_lowercase() == first);
        starts.any(|here| here.eq_ignore_ascii_case(needle))
    })
}

/// Returns names, handles and ids of a party out of all that is kept about it.
fn called(home: &Home, who: &str) -> Vec<String> {
    let about = home.json(&["person", who, "--all"]);
    let tables = about["tables"].as_array().unwrap();
    let accounts = tables.iter().find(|table| table["table"] == "account").unwrap();
    let texts = accounts["rows"].as_array().unwrap().iter().flat_map(|row| {
        ["key", "handle", "name"].into_iter().filter_map(|column| row[column].as_str())
    });
    texts
        .map(|text| text.trim_start_matches('@').to_owned())
        .filter(|text| 3 < text.len())
        .collect()
}

fn demo() -> Home {
    let home = Home::demo();
    home.ok(&["import", &data("linkedin/synth-2024")]);
    home
}

/// Returns the numbers of whom the week's plan is about, one for each platform.
fn victims(home: &Home) -> Vec<String> {
    let week = home.json(&["week", "--minutes", "300"]);
    let mut by_platform: BTreeMap<String, String> = BTreeMap::new();
    for line in week["lines"].as_array().unwrap() {
        let platform = line["platform"].to_string();
        // Of two who are called the same, the other one keeps the name.
        let name = line["name"].as_str().unwrap();
        if !by_platform.contains_key(&platform)
            && home.run(&["party", "show", name]).status.success()
        {
            by_platform.insert(platform, line["party"].to_string());
        }
    }
    assert!(1 < by_platform.len(), "{by_platform:?}");
    by_platform.into_values().collect()
}

#[test]
fn no_byte_of_them_is_left_and_no_import_brings_them_back() {
    let home = demo();
    let mut gone = Vec::new();
    for who in victims(&home) {
        home.ok(&["tag", "add", &who, "press"]);
        home.ok(&["note", "add", &who, "zebra-finch talk"]);
        let mut texts = called(&home, &who);
        assert!(!found(&home, &texts).is_empty());
        texts.push("zebra-finch".to_owned());
        let view = home.json(&["forget", &who, "--yes"]);
        assert_eq!(view["is_done"], true);
        assert_eq!(view["remains"], Value::Array(Vec::new()), "{texts:?}");
        gone.extend(texts);
    }
    assert_eq!(found(&home, &gone), Vec::<String>::new());
    home.ok(&["doctor"]);
    let n_before = home.json(&["status"])["parties"].as_u64().unwrap();
    let mut left_out = 0;
    for export in ["mastodon", "bluesky/pds", "linkedin/synth-2024"] {
        let view = home.json(&["import", &data(export)]);
        let findings = view["sources"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|one| one["findings"].as_array().unwrap());
        left_out += findings.filter(|one| one["code"] == "forgotten").count();
    }
    assert!(1 < left_out, "{left_out}");
    assert_eq!(found(&home, &gone), Vec::<String>::new());
    assert_eq!(home.json(&["status"])["parties"].as_u64().unwrap(), n_before);
    home.ok(&["week"]);
    assert_eq!(found(&home, &gone), Vec::<String>::new());
}

#[test]
fn nothing_is_erased_without_a_yes() {
    let home = Home::demo();
    let list = home.json(&["party", "list", "--limit", "1"]);
    let who = list["parties"][0]["party"].to_string();
    let before = home.dump();
    let asked = home.run(&["forget", &who, "--lang", "de"]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(stderr(&asked).contains("--yes"), "{}", stderr(&asked));
    assert!(String::from_utf8_lossy(&asked.stdout).contains("endgültig"));
    assert_eq!(home.dump(), before);
    let us = home.run(&["forget", "stadtbuecherei-dev.test", "--yes"]);
    assert_eq!(us.status.code(), Some(2));
    assert!(stderr(&us).contains("is you"), "{}", stderr(&us));
    assert!(home.ok(&["person", &who, "--all"]).contains("rin forget"));
}

/// Kills the program ever later into an erasure: the person is there as before, or gone to the last byte once Rin is opened.
#[test]
fn a_kill_leaves_before_or_after() {
    let home = Home::demo();
    let list = home.json(&["party", "list", "--limit", "1"]);
    let who = list["parties"][0]["party"].to_string();
    let texts = called(&home, &who);
    let (before, saved) = (home.dump(), home.dir.path().join("saved.db"));
    fs::copy(home.path().join("rin.db"), &saved).unwrap();
    let (mut n_before, mut n_after) = (0, 0);
    for step in 0..8_u64 {
        for file in ["rin.db", "rin.db-wal", "rin.db-shm"] {
            drop(fs::remove_file(home.path().join(file)));
        }
        fs::copy(&saved, home.path().join("rin.db")).unwrap();
        let mut child = home
            .command(&["forget", &who, "--yes"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(12 * step));
        child.kill().unwrap();
        child.wait().unwrap();
        home.ok(&["status"]);
        if home.dump() == before {
            n_before += 1;
        } else {
            n_after += 1;
            assert_eq!(found(&home, &texts), Vec::<String>::new(), "{step}");
        }
    }
    assert!(0 < n_before, "{n_before} before, {n_after} after");
}

#[test]
fn interactions_older_than_they_are_kept_go_with_each_import() {
    let home = Home::new();
    let table = home.dir.path().join("visits.csv");
    let rows = "from,to,kind,at\nme,ann,visit,2020-01-02\nme,ann,visit,2026-01-02\nme,ben,visit,2019-01-02\n";
    fs::write(&table, rows).unwrap();
    let settings = home.path().join("rin.toml");
    let keep = |years: &str| {
        fs::write(&settings, format!("[retention]\n{years}\n")).unwrap();
    };
    let words = ["import", table.to_str().unwrap(), "--platform", "table"];
    let n_interactions = || home.json(&["status"])["interactions"].clone();
    keep("keep-interactions-years = 2");
    for _ in 0..2 {
        let said = home.json(&words)["erased"].as_str().unwrap().to_owned();
        assert!(said.contains("erased: 2."), "{said}");
        assert_eq!(n_interactions(), 1);
    }
    assert!(home.run(&["party", "show", "ben"]).status.success(), "who it was stays");
    keep("");
    assert_eq!(home.json(&words)["erased"], Value::Null);
    assert_eq!(n_interactions(), 3);
    keep("keep-interactions-years = 7");
    let seen = home.json(&["retention", "show"]);
    assert_eq!((&seen["interactions"], &seen["is_done"]), (&1.into(), &false.into()));
    let asked = home.run(&["retention", "apply", "--lang", "de"]);
    assert_eq!(asked.status.code(), Some(2), "{}", stderr(&asked));
    assert_eq!(n_interactions(), 3);
    let done = home.ok(&["retention", "apply", "--yes", "--lang", "de"]);
    assert!(done.contains("gelöscht: 1."), "{done}");
    assert_eq!(n_interactions(), 2);
}
