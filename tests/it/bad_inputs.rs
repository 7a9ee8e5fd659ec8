//! Hostile and damaged exports: a clear error or located findings, no panic, no hang, little memory.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Instant,
};

use serde_json::Value;

use crate::{Home, INSTALLED, data, foreign, stderr};

/// Address space a run may take, in KiB: code, stack and the database included.
const MEMORY_KIB: u32 = 256 * 1024;

/// Imports one file as an export of `platform` with little memory; returns the exit code and the view.
fn import(home: &Home, platform: &str, path: &Path) -> (i32, Value) {
    import_all(home, platform, &[path.to_owned()])
}

/// Imports files or folders, each as an export of its own.
fn import_all(home: &Home, platform: &str, paths: &[PathBuf]) -> (i32, Value) {
    let script = format!("ulimit -v {MEMORY_KIB}; exec \"$@\"");
    let start = Instant::now();
    let output = Command::new("sh")
        .args(["-c", &script, "sh"])
        .arg(&INSTALLED.rin)
        .arg("import")
        .args(paths)
        .args(["--platform", platform, "--json", "--now", crate::NOW])
        .env_clear()
        .env("RIN_DATA_DIR", home.path())
        .env("XDG_DATA_HOME", home.dir.path())
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let name = platform;
    let code =
        output.status.code().unwrap_or_else(|| panic!("{name}: killed: {}", stderr(&output)));
    assert!(!stderr(&output).contains("panicked"), "{name}: {}", stderr(&output));
    assert!(start.elapsed().as_secs() < 60, "{name} takes too long");
    let view = serde_json::from_slice(&output.stdout);
    (code, view.unwrap_or_else(|_| panic!("{name}: no view: {}", stderr(&output))))
}

/// Says in one line what an import answered.
fn verdict(code: i32, view: &Value) -> String {
    let source = &view["sources"][0];
    if let Some(error) = source["error"].as_str() {
        return format!("{code} error: {error}");
    }
    let findings = source["findings"].as_array().unwrap();
    let grave = findings.iter().filter(|finding| finding["severity"] != "note");
    let codes: Vec<&str> = grave.map(|finding| finding["code"].as_str().unwrap()).collect();
    format!("{code} {}", codes.join(" "))
}

#[test]
fn every_damaged_car_is_refused_or_read_with_findings() {
    let mut seen = 0;
    for entry in fs::read_dir(data("bluesky/damaged")).unwrap() {
        let path = entry.unwrap().path();
        let home = Home::new();
        let before = home.dump();
        let (code, view) = import(&home, "bluesky", &path);
        assert_ne!(code, 1, "{}: {}", path.display(), verdict(code, &view));
        if code == 2 {
            assert_eq!(home.dump(), before, "{} leaves the store as it was", path.display());
        }
        seen += 1;
    }
    assert_eq!(seen, 17);
}

/// The names under which a file on its own is taken for a part of an export, so that its reader looks into it.
const TELLING: [(&str, &[&str]); 11] = [
    ("bluesky", &["repo.car"]),
    ("facebook", &["your_friends.json", "messages/inbox/ann_1/message_1.json"]),
    ("github", &["issues_000001.json", "organizations_000001.json"]),
    ("instagram", &["followers_1.json", "personal_information.json"]),
    ("linkedin", &["Connections.csv", "messages.csv"]),
    ("mail", &["Sent.mbox", "contacts.vcf"]),
    ("mastodon", &["outbox.json", "following_accounts.csv"]),
    ("table", &["ties.csv", "ties.jsonl"]),
    ("tiktok", &["user_data.json", "Follower.txt"]),
    ("x", &["follower.js", "tweets.js"]),
    ("youtube", &["comments.csv", "watch-history.json"]),
];

/// Every plugin is given every file, under its own name and under those it looks for.
#[test]
fn every_bad_input_is_refused_or_read_with_findings_by_every_platform() {
    let Some(dir) = foreign("_bad_inputs") else { return };
    let mut files: Vec<PathBuf> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 44);
    let platforms: Vec<&str> = TELLING.iter().map(|(platform, _)| *platform).collect();
    assert_eq!(platforms, crate::PLATFORMS);
    let check = |half: &[(&str, &[&str])]| {
        for (platform, names) in half {
            check_all(platform, names, &files);
        }
    };
    let (one, other) = TELLING.split_at(TELLING.len() / 2);
    thread::scope(|scope| {
        scope.spawn(|| check(one));
        check(other);
    });
}

/// Gives every file to a platform's plugin, as it is called and under each of the names.
fn check_all(platform: &str, names: &[&str], files: &[PathBuf]) {
    let home = Home::new();
    let mut laid = files.to_vec();
    for (number, name) in names.iter().enumerate() {
        for file in files {
            let own = file.file_name().unwrap();
            let folder = home.dir.path().join("in").join(number.to_string()).join(own);
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::copy(file, &path).unwrap();
            laid.push(folder);
        }
    }
    check_bad(&home, platform, &laid);
}

/// Imports every path in one run; what is refused must leave nothing behind, and nothing is written beside the store.
fn check_bad(home: &Home, platform: &str, paths: &[PathBuf]) {
    let before = tree(home.dir.path());
    let (code, view) = import_all(home, platform, paths);
    assert!(matches!(code, 2 | 3), "{platform}: {code}");
    assert_eq!(tree(home.dir.path()), before, "{platform} writes into the store alone");
    let sources = view["sources"].as_array().unwrap();
    assert_eq!(sources.len(), paths.len(), "{platform}");
    let mut read = Vec::new();
    for (source, path) in sources.iter().zip(paths) {
        assert_eq!(source["is_plugin_fault"], false, "{platform}: {source}");
        match source["error"].as_str() {
            Some(error) => {
                assert!((20..700).contains(&error.len()), "{}: {error}", path.display());
                assert!(error.ends_with('.'), "{}: {error}", path.display());
            }
            None => read.push(path.clone()),
        }
    }
    let again = Home::new();
    if !read.is_empty() {
        let (code, _) = import_all(&again, platform, &read);
        assert!(matches!(code, 0 | 3), "{platform}: {code}");
    }
    assert_eq!(again.dump(), home.dump(), "{platform}: what is refused leaves nothing behind");
}

/// Returns every file below a folder, but for those of the store.
fn tree(dir: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut left = vec![dir.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path == dir.join("rin") {
                continue;
            }
            if path.is_dir() && !path.is_symlink() {
                left.push(path.clone());
            }
            found.insert(path);
        }
    }
    found
}

#[test]
fn what_is_no_export_is_named_with_a_remedy() {
    let home = Home::new();
    let file = home.dir.path().join("holiday.txt");
    fs::write(&file, "no export").unwrap();
    let output = home.run(&["import", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("holiday.txt") && said.contains("--platform"), "{said}");
    let output = home.run(&["import", "nowhere.zip"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stdout).unwrap().contains("nowhere.zip"));
}
