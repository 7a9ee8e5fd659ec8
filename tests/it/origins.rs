//! Whose doing a relationship was: two campaigns at work at a time, lists, hashtags, dates and the user's word.
//!
//! Each kind of person comes in a number of its own, so that a count tells who was credited to whom.

use std::{collections::BTreeMap, fs};

use serde_json::{Value, json};

use crate::{
    Home,
    report::{US, date, reply, write},
    stderr,
};

/// Days from 1 January 2022: by dates alone, from 3 June to 15 July 2024.
const FLYERS: (i64, i64) = (884, 926);
/// By hashtag and list, two weeks later.
const SUMMER: (i64, i64) = (898, 940);
/// By the same hashtag, later still.
const ECHO: (i64, i64) = (899, 945);

/// How many came, on which day, with the hashtag or without; and how they are called.
const CAME: [(&str, usize, i64, bool); 10] = [
    ("early", 1, 886, false),
    ("between", 2, 900, false),
    ("tagged", 4, 901, true),
    ("listed", 8, 905, false),
    ("marked", 3, 902, true),
    ("denied", 5, 903, false),
    ("late", 6, 930, false),
    ("latetagged", 7, 931, true),
    ("old", 9, 100, false),
    ("quiet", 11, 700, false),
];

fn home() -> Home {
    Home::made("origins", make)
}

/// Makes a network of an export in which they come, and a programme; `old` and `listed` stand in a list, and somebody who
/// never wrote.
fn make() -> Home {
    let home = Home::new();
    let dir = home.dir.path().join("export");
    let mut items = Vec::new();
    let mut list = vec!["Summer group,silent@social.example".to_owned()];
    list.push("Town,early0@social.example".to_owned());
    for (kind, count, first, is_tagged) in CAME {
        for n in 0..count {
            let who = format!("{kind}{n}");
            items.push((first, post(first, &who, items.len(), is_tagged)));
            // Those of old use the hashtag in the summer, too: that makes them no newer.
            let again = if first < FLYERS.0 { 905 } else { first + 10 };
            items.push((again, post(again, &who, items.len(), first < FLYERS.0)));
            if matches!(kind, "listed" | "old") {
                list.push(format!("summer Group,{who}@social.example"));
            }
        }
    }
    items.push((1_430, post(1_430, "quiet0", items.len(), false)));
    items.sort_by_key(|(day, _)| *day);
    let items: Vec<Value> = items.into_iter().map(|(_, item)| item).collect();
    write(&dir, &items);
    fs::write(dir.join("lists.csv"), list.join("\n")).unwrap();
    home.ok(&["import", dir.to_str().unwrap()]);
    past(
        &home,
        &["programme", "new", "Library", "--member", "anna=60", "--until", "2027-01-01"],
        "2024-01-01",
    );
    home
}

fn post(day: i64, who: &str, number: usize, is_tagged: bool) -> Value {
    let at = format!("{}T{:02}:{:02}:00Z", date(day), 8 + number % 10, number % 60);
    let mut item = reply(&at, who, number);
    if is_tagged {
        let tag =
            json!({ "type": "Hashtag", "name": "#SummerOfBooks", "href": format!("{US}/tags") });
        item["object"]["tag"].as_array_mut().unwrap().push(tag);
    }
    item
}

fn past(home: &Home, words: &[&str], now: &str) {
    let output = home.at(words, now).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 3)), "{words:?}: {}", stderr(&output));
}

/// Plans, changes and starts a campaign.
fn start(home: &Home, name: &str, (from, until): (i64, i64), marks: &[(&str, &str)]) {
    past(
        home,
        &["campaign", "new", name, "--from", &date(from), "--until", &date(until)],
        "2024-05-01",
    );
    let file = home.path().join(format!("campaigns/{name}.toml"));
    let mut text = fs::read_to_string(&file).unwrap();
    for (key, value) in marks {
        let empty = format!("{key} = []");
        assert!(text.contains(&empty), "{text}");
        text = text.replace(&empty, &format!("{key} = [\"{value}\"]"));
    }
    fs::write(file, text).unwrap();
    past(home, &["campaign", "start", name, "--despite", "it is a test"], "2024-06-01");
}

/// Starts the two that overlap, and marks by hand whom the user knows better about.
fn two_campaigns(home: &Home) {
    start(home, "flyers", FLYERS, &[]);
    start(home, "summer", SUMMER, &[("hashtags", "#summerofbooks"), ("lists", "Summer Group")]);
    for n in 0..3 {
        let who = format!("marked{n}@social.example");
        past(home, &["campaign", "mark", "flyers", &who], "2024-07-01");
    }
    for n in 0..5 {
        let who = format!("denied{n}@social.example");
        past(home, &["campaign", "mark", "flyers", &who, "--not"], "2024-07-01");
    }
}

/// Returns how many a campaign won, by what they were recognised.
fn won(home: &Home, campaign: &str) -> BTreeMap<String, u64> {
    let view = home.json(&["campaign", "report", campaign]);
    let by = view["won_by"].as_object().unwrap().iter();
    let by: BTreeMap<String, u64> =
        by.map(|(how, count)| (how.clone(), count.as_u64().unwrap())).collect();
    assert_eq!(view["won"]["ties"], by.values().sum::<u64>(), "{campaign}");
    by
}

fn counts<const N: usize>(counts: [(&str, u64); N]) -> BTreeMap<String, u64> {
    counts.into_iter().map(|(how, count)| (how.to_owned(), count)).collect()
}

/// Returns how many relationships with contact have which origin.
fn origins(home: &Home) -> BTreeMap<String, u64> {
    let view = home.json(&["cohort", "--by", "origin", "--months", "24"]);
    let groups = view["groups"].as_array().unwrap().iter();
    groups
        .map(|one| (one["name"].as_str().unwrap().to_owned(), one["ties"].as_u64().unwrap()))
        .collect()
}

#[test]
fn each_tie_has_one_origin_and_keeps_it() {
    let home = home();
    two_campaigns(&home);
    // By its dates the first has whom no mark of the second claims and the user has not denied it.
    let flyers = counts([("dates", 1 + 2), ("hand", 3)]);
    let summer = counts([("hashtag", 4 + 7), ("list", 8)]);
    let expected = counts([
        ("flyers", 1 + 2 + 3),
        ("summer", 4 + 7 + 8),
        ("without a campaign", 5 + 6 + 9 + 11),
    ]);
    let is_as_it_was = || {
        assert_eq!(won(&home, "flyers"), flyers);
        assert_eq!(won(&home, "summer"), summer);
        assert_eq!(origins(&home), expected);
    };
    is_as_it_was();

    start(&home, "echo", ECHO, &[("hashtags", "summerofbooks")]);
    home.ok(&["campaign", "mark", "echo", "listed0@social.example"]);
    home.ok(&["campaign", "mark", "summer", "early0@social.example"]);
    home.ok(&["campaign", "mark", "summer", "tagged0@social.example", "--not"]);
    is_as_it_was();
    assert_eq!(won(&home, "echo"), counts([]));
}

#[test]
fn of_two_alike_the_one_that_began_last_is_credited() {
    let home = home();
    two_campaigns(&home);
    start(&home, "echo", ECHO, &[("hashtags", "summerofbooks")]);
    assert_eq!(won(&home, "echo"), counts([("hashtag", 4 + 7)]));
    assert_eq!(won(&home, "summer"), counts([("list", 8)]));
    assert_eq!(won(&home, "flyers"), counts([("dates", 1 + 2), ("hand", 3)]));
}

#[test]
fn who_never_wrote_counts_since_they_were_first_seen_in_the_list() {
    let home = home();
    // The list is as old as the export, which ends on 1 December 2025.
    let around = (1_420, 1_450);
    start(&home, "winter", around, &[("lists", "summer group")]);
    assert_eq!(won(&home, "winter"), counts([("list", 1)]));
    start(&home, "before", (1_300, 1_420), &[("lists", "summer group")]);
    assert_eq!(won(&home, "before"), counts([]));
}

#[test]
fn tiers_add_up_and_say_who_rose_and_fell() {
    let home = Home::demo();
    let view = home.json(&["cohort", "--by", "tier", "--months", "6"]);
    let groups = view["groups"].as_array().unwrap();
    let names: Vec<&str> = groups.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["inner", "close", "regular", "loose"]);
    let all = home.json(&["cohort", "--months", "6"]);
    let all = &all["groups"][0];
    let moved = view["moved"].as_array().unwrap();
    assert_eq!(moved.len(), 6);
    let mut total = 0;
    for (at, month) in moved.iter().enumerate() {
        let sum = |part: &str, name: &str| -> i64 {
            let balances = groups.iter().map(|group| &group["months"][at]["balance"]);
            balances
                .map(|one| if part.is_empty() { &one[name] } else { &one[part][name] })
                .map(|count| count.as_i64().unwrap())
                .sum()
        };
        for name in ["before", "into_sight", "won", "revived", "lost", "alive"] {
            assert_eq!(all["months"][at]["balance"][name], sum("", name), "{name} {month}");
        }
        for (into, out, count) in
            [("risen_into", "risen_out", "rose"), ("fallen_into", "fallen_out", "fell")]
        {
            assert_eq!(month[count], sum("moves", into));
            assert_eq!(month[count], sum("moves", out));
            total += sum("moves", into);
        }
    }
    assert!(0 < total, "somebody draws closer in half a year");
    let german = home.ok(&["cohort", "--by", "tier", "--lang", "de"]);
    assert!(german.contains("engster Kreis") && german.contains("aufgestiegen"), "{german}");
    let english = home.ok(&["cohort", "--by", "tier"]);
    assert!(english.contains("inner") && english.contains("rose"), "{english}");
    assert!(home.json(&["cohort", "--by", "tag"]).get("moved").is_none());
}
