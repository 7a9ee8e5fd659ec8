//! What Rin writes is read back by programs that know nothing of it: `networkx`, `vobject`, `icalendar`, Python's `csv`.
//!
//! They are looked for in `target/outside`, where `.ci/run` installs them, and in the system's Python; where there are
//! none, the test says that it is skipped. What they found is compared with what Rin says of the same network.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::{Home, data, page::Page, root, stderr};

/// Returns a Python with the readers; `None` if there is none.
fn python() -> Option<PathBuf> {
    let own = root().join("target/outside/bin/python");
    let found = [own, PathBuf::from("python3")].into_iter().find(|python| {
        let asked =
            Command::new(python).args(["-c", "import icalendar, networkx, vobject"]).output();
        asked.is_ok_and(|output| output.status.success())
    });
    if found.is_none() {
        eprintln!("skipped: no Python with icalendar, networkx and vobject (see .ci/run)");
    }
    found
}

fn read_back(python: &Path, folder: &Path) -> Value {
    let script = root().join("tests/it/outside.py");
    let output = Command::new(python).arg(script).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn home() -> Home {
    let home = Home::new();
    let paths = ["mastodon", "bluesky/pds", "linkedin/synth-2024", "mail"].map(data);
    let words = ["import", &paths[0], &paths[1], &paths[2], &paths[3]];
    home.ok(&[&words[..], &["--own", "stadtbuecherei-dev.test"]].concat());
    home.ok(&["tag", "add", "3", "=cmd|' /C calc'!A0"]);
    home.ok(&["tag", "add", "3", "front; row, left"]);
    home.ok(&["programme", "new", "=SUM(1)", "--member", "ann=60"]);
    home.ok(&["week", "--minutes", "120", "--ics", "week.ics"]);
    home.ok(&["done", "1"]);
    home.ok(&["later", "2", "--until", "2026-09-07"]);
    home.ok(&["export", "all", "csv"]);
    home.ok(&["export", "all", "jsonl", "--format", "jsonl"]);
    home
}

fn lines(home: &Home, table: &str) -> Vec<Value> {
    let text = home.ok(&["export", table, "--format", "jsonl"]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn everything_written_is_read_back_by_others() {
    let Some(python) = python() else { return };
    let home = home();
    let found = read_back(&python, home.dir.path());
    for (name, table) in found["tables"].as_object().unwrap() {
        assert_eq!(table["rows"], table["objects"], "{name}");
        assert_eq!(table["is_square"], true, "{name}");
        assert_eq!(table["columns_agree"], true, "{name}");
        assert_eq!(table["differ"], serde_json::json!([]), "{name}");
        assert_eq!(table["formulas"], serde_json::json!([]), "{name}");
    }
    for (name, least) in [("interactions", 3_000), ("ties", 100), ("plan", 5), ("decisions", 2)] {
        assert!(least <= found["tables"][name]["rows"].as_u64().unwrap(), "{name}");
    }
    graphs(&home, &found);
    cards(&home, &found["cards"]);
    calendar(&home, &found["calendar"]);
    feed(&python, &home);
}

/// What a calendar program fetches from the page is the plan of the next four weeks.
fn feed(python: &Path, home: &Home) {
    home.ok(&["plan", "--weeks", "4", "--ics", "plan.ics"]);
    let page = Page::of(home);
    let address = home.json(&["calendar"])["address"].as_str().unwrap().to_owned();
    let path = address.split(":7373").nth(1).unwrap();
    fs::write(home.dir.path().join("feed.ics"), page.bare(path).body).unwrap();
    let read = "import icalendar, json; print(json.dumps([[[str(one['UID']), str(one['SUMMARY']), \
        one.decoded('DTSTART').isoformat()] for one in icalendar.Calendar.from_ical(open(name, 'rb') \
        .read()).walk('VEVENT') if not one.errors] for name in ['feed.ics', 'plan.ics']]))";
    let output =
        Command::new(python).args(["-c", read]).current_dir(home.dir.path()).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found[0], found[1]);
    assert!(10 < found[0].as_array().unwrap().len(), "{found}");
}

/// Both forms of the graph hold the same: everybody, every interaction between two parties, and how alive each is.
fn graphs(home: &Home, found: &Value) {
    let parties = lines(home, "parties");
    let mut names: Vec<&str> = parties.iter().map(|one| one["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let between = lines(home, "interactions");
    let between = between.iter().filter(|one| one["from_party"] != one["to_party"]).count();
    let alive: f64 =
        lines(home, "relationships").iter().filter_map(|it| it["alive"].as_f64()).sum();
    let own = parties.iter().filter(|one| one["own"] == true).count();
    for form in ["gexf", "graphml"] {
        let graph = &found[form];
        let mut labels: Vec<&str> =
            graph["labels"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        labels.sort_unstable();
        assert_eq!(labels, names, "{form}");
        assert_eq!(graph["own"], own, "{form}");
        assert!((graph["alive"].as_f64().unwrap() - alive).abs() < 1e-9, "{form}");
        assert_eq!(graph["weight"].as_f64().unwrap().to_string(), between.to_string(), "{form}");
        assert_eq!(graph["dated"], graph["kinds"]["interaction"], "{form}");
        assert_eq!((&graph["directed"], &graph["in_order"]), (&true.into(), &true.into()));
        assert!(50 < graph["kinds"]["follow"].as_u64().unwrap(), "{form}");
        assert_eq!(graph["edges"], found["gexf"]["edges"]);
    }
}

/// Everybody but us has a card, and names and tags come back letter by letter.
fn cards(home: &Home, cards: &Value) {
    let parties = lines(home, "parties");
    let others = parties.iter().filter(|one| one["own"] == false);
    let mut names: Vec<&str> = others.map(|one| one["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let mut found: Vec<&str> =
        cards["names"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, names);
    assert_eq!(cards["versions"], serde_json::json!(["4.0"]));
    let mut tags = vec!["=cmd|' /c calc'!a0", "front; row, left"];
    tags.sort_unstable();
    assert_eq!(cards["categories"], serde_json::json!(tags));
    assert!(cards["longest"].as_u64().unwrap() <= 75 && cards["bare"] == 0, "{cards}");
    assert!(5 < cards["mail"].as_u64().unwrap(), "{cards}");
}

/// Each line of the week is an entry on its day.
fn calendar(home: &Home, calendar: &Value) {
    let plan = lines(home, "plan");
    let mut days: Vec<&str> = plan.iter().map(|one| one["day"].as_str().unwrap()).collect();
    days.sort_unstable();
    assert_eq!(calendar["days"], serde_json::json!(days));
    assert_eq!(calendar["uids"], plan.len());
    assert_eq!((&calendar["errors"], &calendar["whole"]), (&serde_json::json!([]), &true.into()));
    for line in &plan {
        let name = line["name"].as_str().unwrap();
        let summaries = calendar["summaries"].as_array().unwrap();
        assert!(summaries.iter().any(|one| one.as_str().unwrap().starts_with(name)), "{name}");
    }
    let answers: Vec<&Value> = plan.iter().map(|one| &one["answer"]).collect();
    assert_eq!((answers[0], answers[1]), (&"done".into(), &"later".into()));
    assert!(answers[2].is_null());
}

/// A timer is what systemd says it is; where there is no systemd, the test says that it is skipped.
#[test]
fn systemd_takes_the_timer() {
    let runtime = tempfile::tempdir().unwrap();
    let analyze = |words: &[&str]| {
        let mut command = Command::new("systemd-analyze");
        command.args(words).env("XDG_RUNTIME_DIR", runtime.path()).output()
    };
    if analyze(&["--version"]).is_err() {
        eprintln!("skipped: no systemd-analyze");
        return;
    }
    let home = Home::new();
    let folder = home.dir.path().join("units of 50% $HOME");
    fs::create_dir(&folder).unwrap();
    let ics = folder.join("week \"one\".ics");
    let words = ["schedule", "systemd", "--day", "sun", "--time", "18:05", "--import", "a b"];
    let view = home.json(&[&words[..], &["--ics", ics.to_str().unwrap()]].concat());
    for file in view["files"].as_array().unwrap() {
        let name = file["place"].as_str().unwrap().rsplit('/').next().unwrap();
        fs::write(folder.join(name), file["text"].as_str().unwrap()).unwrap();
    }
    for name in ["rin-week.service", "rin-week.timer"] {
        let path = folder.join(name);
        let output = analyze(&["--user", "verify", path.to_str().unwrap()]).unwrap();
        let said = stderr(&output);
        assert!(output.status.success() && !said.contains("rin-week"), "{said}");
    }
    let output = analyze(&["calendar", "Sun *-*-* 18:05:00"]).unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
}

/// What cron and launchd hand to `sh` writes the calendar, wherever it is to lie, though the import fails.
#[cfg(unix)]
#[test]
fn what_cron_and_launchd_run_writes_the_calendar() {
    let home = Home::demo();
    let ics = home.dir.path().join("it's 50% & \"one\" $HOME.ics");
    let words = |kind| {
        let more = ["--import", "nothing here", "--ics", ics.to_str().unwrap()];
        [&["schedule", kind][..], &more].concat()
    };
    let view = home.json(&words("cron"));
    let line = view["files"][0]["text"].as_str().unwrap().trim_end();
    let cron = line.strip_prefix("0 7 * * 1 ").unwrap().replace("\\%", "%");
    run_by_shell(&home, &cron);
    assert!(fs::read_to_string(&ics).unwrap().contains("BEGIN:VEVENT"));
    let Some(python) = python() else { return };
    let view = home.json(&words("launchd"));
    let plist = home.dir.path().join("job.plist");
    fs::write(&plist, view["files"][0]["text"].as_str().unwrap()).unwrap();
    let read =
        "import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], 'rb'))))";
    let output = Command::new(python).args(["-c", read]).arg(&plist).output().unwrap();
    let job: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        job["StartCalendarInterval"],
        serde_json::json!({"Weekday": 1, "Hour": 7, "Minute": 0})
    );
    assert_eq!(job["ProgramArguments"][0], "/bin/sh");
    assert_eq!(job["ProgramArguments"][2], cron.as_str());
}

#[cfg(unix)]
fn run_by_shell(home: &Home, line: &str) {
    let output = Command::new("sh")
        .args(["-c", line])
        .env_clear()
        .env("TZ", "UTC")
        .current_dir(home.dir.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{line}: {}", stderr(&output));
}
