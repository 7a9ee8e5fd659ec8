//! Strangers' plugins through the whole program: not run until approved, byte for byte, and found nowhere but in the
//! search path.

use std::{fs, path::PathBuf, process::Output};

use serde_json::Value;

use crate::{Home, INSTALLED, lay, root, stderr};

const CLUB: &str = "org.example.club";

/// A network with a stranger's plugin in a folder named on the command line.
struct Guest {
    home: Home,
    plugins: PathBuf,
    visits: PathBuf,
}

impl Guest {
    fn new() -> Self {
        let home = Home::new();
        let plugins = home.dir.path().join("guests");
        // Whoever is first builds.
        assert!(INSTALLED.rin.exists());
        lay(&plugins.join("club"), &root().join("tests/plugins/club/plugin.toml"), "rin_club");
        let visits = home.dir.path().join("visits.csv");
        fs::write(&visits, "day,member\n1786000000000,ann\n1780000000000,ben\n").unwrap();
        Self { home, plugins, visits }
    }

    fn run(&self, words: &[&str]) -> Output {
        self.home.command(words).arg("--plugin-path").arg(&self.plugins).output().unwrap()
    }

    /// Runs and returns exit code and what was said on both ways.
    fn say(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
        (output.status.code().unwrap(), said)
    }

    fn json(&self, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let output = self.run(&words);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)))
    }

    fn import(&self) -> (i32, String) {
        self.say(&["import", self.visits.to_str().unwrap(), "--own", "club"])
    }

    fn standing(&self) -> String {
        let list = self.json(&["plugin", "list"]);
        let rows = list["plugins"].as_array().unwrap();
        let club = rows.iter().find(|row| row["id"] == CLUB).unwrap();
        club["standing"].as_str().unwrap().to_owned()
    }

    fn approve(&self, more: &[&str]) -> (i32, String) {
        self.say(&[&["plugin", "approve", CLUB, "--yes"], more].concat())
    }

    fn lock(&self) -> PathBuf {
        self.home.path().join("rin-plugins.lock")
    }

    fn change_manifest(&self, from: &str, to: &str) {
        let file = self.plugins.join("club/plugin.toml");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from));
        fs::write(file, text.replace(from, to)).unwrap();
    }

    /// Adds a byte behind everything a loader looks at.
    fn change_a_byte(&self) {
        for entry in fs::read_dir(self.plugins.join("club")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                let mut bytes = fs::read(&path).unwrap();
                bytes.push(0);
                fs::write(path, bytes).unwrap();
            }
        }
    }
}

#[test]
fn a_strangers_plugin_runs_once_it_is_approved_and_until_it_changes() {
    let guest = Guest::new();
    let (code, said) = guest.import();
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(&format!("rin plugin approve {CLUB}")), "{said}");
    assert_eq!(guest.standing(), "unknown");
    let (code, said) = guest.say(&["plugin", "approve", "club"]);
    assert_eq!(code, 1, "without a terminal nobody agrees: {said}");
    assert!(said.contains("SHA-256") && said.contains("--yes"), "{said}");
    assert!(!guest.lock().exists());

    assert_eq!(guest.approve(&[]).0, 0);
    assert_eq!(guest.standing(), "approved");
    let lock = fs::read_to_string(guest.lock()).unwrap();
    assert!(lock.contains("id = \"org.example.club\"") && lock.contains("date = 2026-08-17"));
    let (code, said) = guest.import();
    assert_eq!(code, 0, "{said}");
    let week = guest.json(&["week"]);
    assert_eq!(week["problems"].as_array().unwrap().len(), 0, "{week}");
    assert_eq!(week["lines"][0]["action"], "visit", "{week}");

    guest.change_a_byte();
    assert_eq!(guest.standing(), "changed");
    let (code, said) = guest.say(&["week"]);
    assert_eq!(code, 3, "{said}");
    let one_line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = "its bytes have changed since you approved version 0.1.0. If you know who changed it, approve it again: rin plugin approve org.example.club";
    assert!(one_line.contains(expected), "{said}");
    assert_eq!(guest.approve(&[]).0, 0);
    assert_eq!(guest.say(&["week"]).0, 0);

    assert_eq!(guest.say(&["plugin", "revoke", "club"]).0, 0);
    assert_eq!(guest.standing(), "revoked");
    let (code, said) = guest.say(&["week"]);
    assert!(code == 3 && said.contains("you have revoked it"), "{said}");
    assert_eq!(guest.say(&["doctor"]).0, 0, "whoever revoked it wants it so");
}

#[test]
fn others_are_read_without_a_plugin_that_may_not_run() {
    let guest = Guest::new();
    let output = guest.run(&["import", &crate::data("mastodon")]);
    let note = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "everything given was read: {note}");
    assert!(note.starts_with("note: ") && note.contains("you have not approved it"), "{note}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("mastodon") && !said.contains("approve"), "{said}");
    let import = guest.json(&["import", &crate::data("mastodon")]);
    assert_eq!(import["sources"][0]["plugin"], "org.rin.mastodon 0.1.0", "{import}");
    assert_eq!(import["notes"].as_array().unwrap().len(), 1, "{import}");
    assert_eq!(import["problems"].as_array().unwrap().len(), 0, "{import}");

    // Beside something that nobody has read it may be the one that was needed.
    let visits = guest.visits.to_str().unwrap();
    let (code, said) = guest.say(&["import", &crate::data("mastodon"), visits]);
    assert!(code == 3 && said.contains("! plugin org.example.club"), "{said}");
}

#[test]
fn personal_data_is_seen_only_by_permission() {
    let guest = Guest::new();
    guest.approve(&[]);
    guest.import();
    let (code, said) = guest.approve(&["--permit", "name"]);
    assert!(code == 2 && said.contains("does not ask for `name`"), "{said}");
    let columns = "columns = [\"silence-days\", \"contact-days\"";
    guest.change_manifest(
        &format!("{columns}]"),
        &format!("{columns}, \"name\"]\npermissions = [\"name\"]"),
    );
    let (code, said) = guest.say(&["week"]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("--permit name"), "{said}");
    let view = guest.json(&["plugin", "approve", CLUB]);
    assert_eq!((&view["asks"][0], &view["lacks"][0]), (&"name".into(), &"name".into()), "{view}");
    assert_eq!(view["is_approved"], false);
    assert_eq!(guest.approve(&["--permit", "name"]).0, 0);
    let lock = fs::read_to_string(guest.lock()).unwrap();
    assert!(lock.contains("permissions = [\"name\"]"), "{lock}");
    assert_eq!(guest.json(&["plugin", "info", CLUB])["permissions"][0], "name");
    let (_, said) = guest.say(&["plugin", "info", CLUB]);
    let example = "contact-days 4, silence-days 60 → visit, silent";
    assert!(said.contains(example), "the manifest's examples are help: {said}");
}

#[test]
fn what_came_with_the_program_runs_unasked_and_can_be_revoked() {
    let home = Home::demo();
    assert!(!home.path().join("rin-plugins.lock").exists(), "nothing had to be approved");
    let info = home.json(&["plugin", "info", "mastodon"]);
    assert_eq!((&info["standing"], &info["isolation"]), (&"shipped".into(), &"worker".into()));
    assert_eq!(info["sha256"].as_str().unwrap().len(), 64);
    if cfg!(target_os = "linux") {
        assert!(info["confinement"].as_str().unwrap().contains("confined"), "{info}");
    }
    home.ok(&["plugin", "revoke", "mastodon"]);
    let week = home.json(&["week"]);
    let problems = week["problems"].to_string();
    assert!(problems.contains("org.rin.mastodon") && problems.contains("revoked"), "{week}");
    assert!(week["lines"].as_array().unwrap().iter().all(|line| line["platform"] == "bluesky"));
    home.ok(&["plugin", "approve", "mastodon", "--yes"]);
    assert!(home.json(&["week"])["problems"].as_array().unwrap().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn crashes_are_remembered_and_the_third_is_the_last_until_approved() {
    let guest = Guest::new();
    let manifest = root().join("tests/plugins/probe/plugin.toml");
    lay(&guest.plugins.join("probe"), &manifest, "rin_probe");
    let settings = "[plugin.\"org.rin.probe\"]\nmode = \"abort\"\n";
    fs::write(guest.home.path().join("rin.toml"), settings).unwrap();
    let export = guest.home.dir.path().join("probe.txt");
    fs::write(&export, "an export").unwrap();
    let import = || guest.say(&["import", export.to_str().unwrap(), "--platform", "probe"]);
    let lock = || fs::read_to_string(guest.lock()).unwrap();
    assert_eq!(guest.say(&["plugin", "approve", "probe", "--yes"]).0, 0);
    let mut runs = 0;
    while !lock().contains("count = 3") {
        let (code, said) = import();
        assert!(code != 0 && said.contains("crashed"), "{said}");
        assert!(lock().contains("[[crashed]]") && lock().contains("plugin = \"org.rin.probe\""));
        runs += 1;
        assert!(runs <= 3, "{}", lock());
    }
    let (code, said) = import();
    assert_eq!(code, 2, "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("has crashed 3 times and is not run any more"), "{said}");
    assert!(said.contains("rin plugin approve org.rin.probe"), "{said}");
    let standing = |list: Value| {
        let rows = list["plugins"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["id"] == "org.rin.probe").unwrap()["standing"].clone()
    };
    assert_eq!(standing(guest.json(&["plugin", "list"])), "quarantined");
    assert_eq!(guest.say(&["plugin", "approve", "probe", "--yes"]).0, 0);
    assert!(!lock().contains("[[crashed]]"), "{}", lock());
    assert_eq!(standing(guest.json(&["plugin", "list"])), "approved");
}

#[test]
fn the_working_directory_is_never_looked_into() {
    let guest = Guest::new();
    let dir = guest.home.dir.path();
    for place in ["plugins", "lib/rin/plugins", "club"] {
        let manifest = root().join("tests/plugins/club/plugin.toml");
        lay(&dir.join(place).join("club"), &manifest, "rin_club");
    }
    for path in [".", "", "plugins:guests"] {
        let mut command = guest.home.command(&["plugin", "list", "--json"]);
        let output = command.env("RIN_PLUGIN_PATH", path).output().unwrap();
        let list: Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = list["plugins"].as_array().unwrap();
        let is_shipped_only = rows.len() == crate::SHIPPED.len();
        assert!(is_shipped_only && rows.iter().all(|row| row["id"] != CLUB), "{list}");
    }
}

#[test]
fn a_file_of_approvals_that_cannot_be_read_stops_every_plugin() {
    let home = Home::demo();
    fs::write(home.path().join("rin-plugins.lock"), "[[plugin]]\nidd = \"x\"\n").unwrap();
    let week = home.run(&["week", "--json"]);
    assert_eq!(week.status.code(), Some(3));
    let said = String::from_utf8_lossy(&week.stdout).into_owned();
    assert!(said.contains("rin-plugins.lock:2: unknown field `idd`"), "{said}");
    assert!(said.contains("did you mean `id`?") && said.contains("no plugin runs"), "{said}");
    assert_eq!(home.run(&["doctor"]).status.code(), Some(1));
}

#[test]
fn settings_can_require_confinement() {
    let home = Home::demo();
    fs::write(home.path().join("rin.toml"), "[plugins]\nisolation = \"require\"\n").unwrap();
    let info = home.json(&["plugin", "info", "bluesky"]);
    assert_eq!(info["isolation"], "required", "{info}");
    // Whether this system can confine it wholly or not, it never runs less confined.
    let reached = info["confinement"].as_str();
    assert!(reached.is_none_or(|reached| reached == "fully confined"), "{info}");
    assert_ne!(info["confinement"].is_null(), info["problem"].is_null(), "{info}");
}
