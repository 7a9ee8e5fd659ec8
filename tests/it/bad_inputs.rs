//! Hostile and damaged exports: a clear error or located findings, no panic, no hang, little memory.

use std::{fs, path::Path, process::Command, time::Instant};

use serde_json::Value;

use crate::{Home, INSTALLED, data, foreign, stderr};

/// Address space a run may take, in KiB: code, stack and the database included.
const MEMORY_KIB: u32 = 256 * 1024;

/// Imports one file as an export of `platform` with little memory; returns the exit code and the view.
fn import(home: &Home, platform: &str, path: &Path) -> (i32, Value) {
    let script = format!("ulimit -v {MEMORY_KIB}; exec \"$@\"");
    let start = Instant::now();
    let output = Command::new("sh")
        .args(["-c", &script, "sh"])
        .arg(&INSTALLED.rin)
        .arg("import")
        .arg(path)
        .args(["--platform", platform, "--json", "--now", crate::NOW])
        .env_clear()
        .env("RIN_DATA_DIR", home.path())
        .env("XDG_DATA_HOME", home.dir.path())
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let name = path.display();
    let code =
        output.status.code().unwrap_or_else(|| panic!("{name}: killed: {}", stderr(&output)));
    assert!(!stderr(&output).contains("panicked"), "{name}: {}", stderr(&output));
    assert!(start.elapsed().as_secs() < 30, "{name} takes too long");
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

#[test]
fn every_bad_input_is_refused_or_read_with_findings() {
    let Some(dir) = foreign("_bad_inputs") else { return };
    let mut seen = 0;
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let home = Home::new();
        let before = home.dump();
        let (code, view) = import(&home, "mastodon", &path);
        let verdict = verdict(code, &view);
        assert_ne!(code, 1, "{}: {verdict}", path.display());
        if code == 2 {
            assert!(verdict.len() < 600 && 20 < verdict.len(), "{}: {verdict}", path.display());
            assert_eq!(home.dump(), before, "{} leaves the store as it was", path.display());
        }
        seen += 1;
    }
    assert_eq!(seen, 44);
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
