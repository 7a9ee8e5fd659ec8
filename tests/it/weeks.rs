//! A plan over weeks: its budget holds every week, a plan made again stays, and it goes into calendars and tables.

use std::{collections::BTreeMap, fs, process::Command};

use serde_json::Value;

use crate::{Home, stderr};

fn lines(plan: &Value) -> Vec<&Value> {
    let weeks = plan["weeks"].as_array().unwrap();
    weeks.iter().flat_map(|week| week["lines"].as_array().unwrap()).collect()
}

fn places(plan: &Value) -> Vec<(u64, String)> {
    let place =
        |line: &&Value| (line["party"].as_u64().unwrap(), line["day"].as_str().unwrap().to_owned());
    let mut places: Vec<_> = lines(plan).iter().map(place).collect();
    places.sort_unstable();
    places
}

#[test]
fn six_weeks_are_planned_within_each_week_and_stay_as_they_are() {
    let home = Home::demo();
    let plan = home.json(&["plan", "--weeks", "6", "--minutes", "30"]);
    assert_eq!((&plan["start"], &plan["end"]), (&"2026-08-17".into(), &"2026-09-27".into()));
    let weeks = plan["weeks"].as_array().unwrap();
    assert_eq!(weeks.len(), 6);
    for week in weeks {
        let minutes = week["lines"].as_array().unwrap().iter();
        let minutes: f64 = minutes.map(|line| line["minutes"].as_f64().unwrap()).sum();
        assert!(
            minutes <= 30.0 && (minutes - week["planned_minutes"].as_f64().unwrap()).abs() < 1e-6
        );
    }
    let all = lines(&plan);
    assert!(6 < all.len(), "{plan}");
    // Nobody is written to twice within a fortnight, whatever the platform.
    let mut days: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for line in &all {
        days.entry(line["party"].as_u64().unwrap())
            .or_default()
            .push(line["day"].as_str().unwrap());
    }
    for days in days.values() {
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "{days:?}");
    }
    let again = home.json(&["plan", "--weeks", "6", "--minutes", "30"]);
    assert_eq!(places(&plan), places(&again), "{again}");
    assert!(lines(&again).iter().all(|line| line["kept"] == true));

    // Done on one line leaves the others as they are, in the plan and in the week.
    home.ok(&["done", "1"]);
    let then = home.json(&["plan", "--weeks", "6", "--minutes", "30"]);
    let done = all[0]["party"].as_u64().unwrap();
    let first_day = all[0]["day"].as_str().unwrap();
    for place in places(&plan).iter().filter(|place| place.0 != done && place.1 != first_day) {
        assert!(places(&then).contains(place), "{place:?} is gone: {then}");
    }
    let week = home.json(&["week", "--minutes", "30"]);
    for line in week["lines"].as_array().unwrap() {
        let place = (line["party"].as_u64().unwrap(), line["day"].as_str().unwrap().to_owned());
        assert!(line["kept"] != true || places(&then).contains(&place), "{line}");
    }
}

#[test]
fn a_programme_gives_the_plan_its_team_and_its_time() {
    let home = Home::demo();
    home.ok(&[
        "programme",
        "new",
        "Library",
        "--member",
        "anna=20:mastodon",
        "--member",
        "ben=15:bluesky",
    ]);
    let plan = home.json(&["plan", "--weeks", "2"]);
    assert_eq!(plan["programme"], "Library");
    let team: Vec<&str> =
        plan["team"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(team, ["anna", "ben"]);
    assert!(2 < lines(&plan).len());
    for line in lines(&plan) {
        let expected = if line["platform"] == "mastodon" { "anna" } else { "ben" };
        assert_eq!(line["member"], expected, "{line}");
    }
    for week in plan["weeks"].as_array().unwrap() {
        assert!(week["planned_minutes"].as_f64().unwrap() <= 35.0, "{week}");
    }
    let said = home.ok(&["plan", "--weeks", "2", "--lang", "de"]);
    for word in [
        "Plan 17.08.2026 bis 30.08.2026",
        "Programm: Library; anna",
        "min, bis",
        "Weiter: rin done 1",
    ] {
        assert!(said.contains(word) || word == "min, bis", "`{word}` is missing in:\n{said}");
    }
}

#[test]
fn quiet_days_and_holidays_are_left_free() {
    let home = Home::demo();
    let settings =
        "[plan]\nquiet-days = [\"sat\", \"sun\"]\nholidays = [\"2026-08-17..2026-08-19\"]\n";
    fs::write(home.path().join("rin.toml"), settings).unwrap();
    let plan = home.json(&["plan", "--weeks", "3"]);
    let free = ["2026-08-17", "2026-08-18", "2026-08-19", "2026-08-22", "2026-08-23", "2026-08-29"];
    assert!(3 < lines(&plan).len());
    for line in lines(&plan) {
        assert!(!free.contains(&line["day"].as_str().unwrap()), "{line}");
    }
    fs::write(home.path().join("rin.toml"), "[plan]\nholidays = [\"christmas\"]\n").unwrap();
    let output = home.run(&["plan"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`christmas` is neither a day"), "{}", stderr(&output));
}

#[test]
fn a_tag_that_weighs_brings_somebody_forward() {
    let home = Home::demo();
    let before = home.json(&["week", "--minutes", "300", "--dry-run"]);
    // The last one whom a contact would change: what changes nothing is worth nothing, however important.
    let gain =
        |line: &Value| line["alive_after"].as_f64().unwrap() - line["alive"].as_f64().unwrap();
    let lines = before["lines"].as_array().unwrap();
    let last = lines.iter().rev().find(|line| 0.01 < gain(line)).unwrap().clone();
    let who = last["party"].to_string();
    assert!(home.ok(&["tag", "add", &who, "Patron"]).contains("is tagged: patron."));
    assert!(home.ok(&["tag", "add", &who, "patron"]).contains("before"));
    fs::write(home.path().join("rin.toml"), "[importance]\ntags = { patron = 900.0 }\n").unwrap();
    let after = home.json(&["week", "--minutes", "300", "--dry-run"]);
    let place = |week: &Value| {
        let lines = week["lines"].as_array().unwrap();
        lines
            .iter()
            .filter(|line| line["owed"] == false)
            .position(|line| line["party"] == last["party"])
    };
    assert!(place(&after) < place(&before), "{:?} {:?}", place(&after), place(&before));
    let tags = home.json(&["tag", "list"]);
    assert_eq!(
        (&tags["tags"][0]["tag"], &tags["tags"][0]["weight"]),
        (&"patron".into(), &900.0.into())
    );
    home.ok(&["tag", "remove", &who, "patron"]);
    assert_eq!(home.json(&["tag", "list"])["tags"].as_array().unwrap().len(), 0);
    assert_eq!(home.run(&["tag", "add", &who, " "]).status.code(), Some(2));
    assert_eq!(home.run(&["tag", "add", "nobody at all", "x"]).status.code(), Some(2));
}

#[test]
fn another_policy_changes_the_order_and_says_so() {
    let home = Home::demo();
    let plan = |policy: &str| {
        home.json(&["plan", "--weeks", "1", "--minutes", "20", "--fresh", "--policy", policy])
    };
    let ours = plan("worth");
    let (mut others, mut gains) = (Vec::new(), Vec::new());
    for policy in [
        "fixed-days",
        "most-overdue",
        "strongest-first",
        "orbit",
        "savannah",
        "ping-crm",
        "life-os",
        "crowd-dev",
    ] {
        let other = plan(policy);
        assert_eq!((&other["policy"], &other["plan"]), (&policy.into(), &Value::Null));
        assert!(other["planned_minutes"].as_f64().unwrap() <= 20.0);
        gains.push(other["gain"].as_f64().unwrap());
        others.push(places(&other));
    }
    assert!(others.iter().any(|other| *other != places(&ours)));
    assert!(gains.iter().any(|gain| *gain < ours["gain"].as_f64().unwrap()), "{gains:?}");
    assert!(
        home.ok(&["plan", "--policy", "orbit", "--lang", "de"]).contains("Geordnet wie bei orbit")
    );
    assert_eq!(home.run(&["plan", "--policy", "astrology"]).status.code(), Some(2));
    assert_eq!(home.run(&["plan", "--weeks", "60"]).status.code(), Some(2));
}

#[test]
fn a_plan_goes_into_a_calendar_a_table_and_a_list() {
    let home = Home::demo();
    let file = |name: &str| home.dir.path().join(name);
    let asked =
        ["plan", "--weeks", "3", "--ics", "plan.ics", "--csv", "plan.csv", "--markdown", "plan.md"];
    let plan = home.json(&asked);
    let count = lines(&plan).len();
    let ics = fs::read_to_string(file("plan.ics")).unwrap();
    assert_eq!(ics.matches("BEGIN:VEVENT\r\n").count(), count);
    // The same plan made again names its entries alike.
    home.json(&asked);
    let uids = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let again = fs::read_to_string(file("plan.ics")).unwrap();
    assert_eq!(uids(&ics), uids(&again));
    let csv = fs::read_to_string(file("plan.csv")).unwrap();
    assert!(csv.starts_with("line,day,member,name,"), "{csv}");
    let markdown = fs::read_to_string(file("plan.md")).unwrap();
    assert_eq!(markdown.matches("\n- [ ] ").count(), count);

    let script = "import icalendar,sys\ncal=icalendar.Calendar.from_ical(open(sys.argv[1],'rb').read())\n\
        for e in cal.walk('VEVENT'):\n print(e['UID'],e.decoded('DTSTART'),e.decoded('DTEND')-e.decoded('DTSTART'),e['SUMMARY'],sep='\\t')\n";
    let read = Command::new("python3").args(["-c", script]).arg(file("plan.ics")).output();
    match read {
        Ok(output) if output.status.success() => {
            let said = String::from_utf8(output.stdout).unwrap();
            let days: Vec<&str> =
                said.lines().map(|line| line.split('\t').nth(1).unwrap()).collect();
            let planned: Vec<&str> =
                lines(&plan).iter().map(|line| line["day"].as_str().unwrap()).collect();
            assert_eq!(days, planned, "{said}");
            assert!(said.lines().all(|line| line.contains("\t1 day, 0:00:00\t")), "{said}");
            let name = lines(&plan)[0]["name"].as_str().unwrap();
            assert!(said.lines().next().unwrap().contains(&format!("\t{name}: ")), "{said}");
        }
        _ => eprintln!("skipped: python3 with icalendar, which reads the calendar, is not there"),
    }

    fs::write(file("mine.txt"), "mine").unwrap();
    let output = home.run(&["week", "--csv", "mine.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("give another name"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(file("mine.txt")).unwrap(), "mine");
}
