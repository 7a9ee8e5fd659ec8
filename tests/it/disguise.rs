//! `rin --disguise`: no command prints a real name, handle or id, in words or as JSON, nor writes one into a file.
//!
//! What is real is read from the store itself, so the test knows whatever the exports hold.

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::{Home, data};

/// Commands that show people, with what fills them.
const COMMANDS: &[&str] = &[
    "status",
    "week --minutes 300",
    "plan --weeks 3 --minutes 120",
    "party list --limit 1000",
    "party show 3",
    "party show 20",
    "tag list",
    "note list",
    "backtest --replicates 0",
    "cohort --by month",
    "cohort --by platform",
    "cohort --by tag",
    "cohort --by tier",
    "exit simulate --all --from 2026-09-01 --until 2027-03-01",
    "exit simulate --platform mastodon --from 2026-09-01",
    "exit history",
    "report month",
    "report quarter 2025-Q1",
    "report year 2025",
    "export interactions",
    "export relationships",
    "programme show --budget",
    "campaign list",
    "simulate policy --days 60 --years 1",
    "own add 5",
    "done 1",
    "undo",
    "doctor",
];

/// Commands that are tried in one form only.
const SLOW: &[&str] = &["backtest", "simulate", "doctor", "own"];

fn home() -> Home {
    Home::made("disguise", make)
}

fn make() -> Home {
    let home = Home::new();
    let exports = ["mastodon", "bluesky/pds", "linkedin/synth-2024", "mail"].map(data);
    let words: Vec<&str> = exports.iter().map(String::as_str).collect();
    let own = ["--own", "stadtbuecherei-dev.test"];
    home.ok(&[&["import"][..], &words, &own].concat());
    home.ok(&["programme", "new", "The network", "--member", "Roswitha=60", "--member", "ben=30"]);
    home.ok(&["tag", "add", "3", "patron"]);
    home.ok(&["note", "add", "3", "knows Roswitha"]);
    home
}

/// Returns every name, handle and id that the store holds, in lower case.
fn real(home: &Home) -> BTreeSet<String> {
    let mut real = BTreeSet::from(["roswitha".to_owned()]);
    for line in home.dump().lines().filter(|line| line.starts_with("account\t")) {
        let fields: Vec<&str> = line.split('\t').collect();
        let said =
            [fields[2], fields[3], fields[5]].into_iter().chain(fields[10..].iter().copied());
        // A short word may stand in a sentence without meaning anybody.
        real.extend(said.filter(|text| 6 <= text.chars().count()).map(str::to_lowercase));
    }
    real
}

fn assert_disguised(said: &str, real: &BTreeSet<String>, what: &str) {
    let said = said.to_lowercase();
    let shown: Vec<&String> = real.iter().filter(|name| said.contains(name.as_str())).collect();
    assert!(shown.is_empty(), "{what} shows {shown:?}:\n{said}");
}

#[test]
fn no_command_shows_a_real_name() {
    let home = home();
    let real = real(&home);
    assert!(150 < real.len(), "{}", real.len());
    for line in COMMANDS {
        let words: Vec<&str> = line.split(' ').collect();
        for more in [&["--disguise"][..], &["--disguise", "--json", "--lang", "de"]] {
            // What takes long says the same in both forms.
            if more.len() != 1 && SLOW.contains(&words[0]) {
                continue;
            }
            let output = home.run(&[&words[..], more].concat());
            let said = [&output.stdout[..], &output.stderr].concat();
            assert!(20 < said.len(), "{line} says nothing");
            assert_disguised(&String::from_utf8_lossy(&said), &real, line);
        }
    }
    let files = ["--ics", "a.ics", "--csv", "a.csv", "--markdown", "a.md"];
    home.ok(&[&["week", "--minutes", "300", "--disguise"][..], &files].concat());
    home.ok(&["report", "year", "2025", "--html", "a.html", "--md", "b.md", "--disguise"]);
    home.ok(&["export", "all", "out", "--disguise"]);
    let mut names: Vec<PathBuf> =
        ["a.ics", "a.csv", "a.md", "a.html", "b.md"].map(|name| home.dir.path().join(name)).into();
    let folder = fs::read_dir(home.dir.path().join("out")).unwrap();
    names.extend(folder.map(|entry| entry.unwrap().path()));
    assert_eq!(names.len(), 5 + 14);
    for name in names {
        let text = fs::read_to_string(&name).unwrap();
        assert!(20 < text.len(), "{}", name.display());
        // Calendars and cards break long lines anywhere.
        assert_disguised(&text.replace("\r\n ", ""), &real, &name.display().to_string());
    }
    for more in [&["--disguise"][..], &["--disguise", "--json"]] {
        let said = home.ok(&[&["import", &data("linkedin/synth-2024")][..], more].concat());
        assert_disguised(&said, &real, "import");
    }
}

#[test]
fn the_disguise_is_the_same_on_every_run_and_changes_nothing() {
    let home = home();
    let dump = home.dump();
    let list = || home.json(&["party", "list", "--limit", "1000", "--disguise"]);
    let disguised = list();
    assert_eq!(disguised, list());
    assert_eq!(home.dump(), dump);
    let plain = home.json(&["party", "list", "--limit", "1000"]);
    let (rows, plain) = (&disguised["parties"], &plain["parties"]);
    for (row, plain) in rows.as_array().unwrap().iter().zip(plain.as_array().unwrap()) {
        for figure in ["party", "alive", "lapse", "last", "level"] {
            assert_eq!(row[figure], plain[figure]);
        }
        assert_ne!(row["name"], plain["name"]);
        assert_eq!(row["handle"].is_null(), plain["handle"].is_null());
    }
    // Who is meant is asked for by what is shown.
    let first = &rows[0];
    let handle = first["handle"].as_str().unwrap();
    let shown = home.json(&["party", "show", handle, "--disguise"]);
    assert_eq!(shown["party"], first["party"]);
    // The plan that is kept names the team as it is.
    home.ok(&["week", "--disguise"]);
    let lines = home.json(&["week"]);
    let kept = lines["lines"].as_array().unwrap().iter().filter(|line| line["kept"] == true);
    assert!(0 < kept.count(), "{lines}");
}

#[test]
fn what_is_about_who_somebody_is_is_refused() {
    let home = home();
    for line in ["person 3 --all", "people suggest", "people show", "forget 3 --yes"] {
        let words: Vec<&str> = line.split(' ').chain(["--disguise"]).collect();
        let output = home.run(&words);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(crate::stderr(&output).contains("in disguise"), "{line}");
    }
}
