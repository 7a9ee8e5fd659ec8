//! Does a filter pick the same people in every list, and does it say what it cannot know?

use serde_json::Value;

use crate::{Home, stderr};

fn parties(home: &Home, filter: &str) -> Vec<u64> {
    let view = home.json(&["party", "list", "--limit", "1000", "--filter", filter]);
    let parties = view["parties"].as_array().unwrap();
    parties.iter().map(|party| party["party"].as_u64().unwrap()).collect()
}

#[test]
fn every_list_takes_the_same_filter() {
    let home = Home::demo();
    let all = parties(&home, "");
    let here = parties(&home, "platform:mastodon");
    let there = parties(&home, "-platform:mastodon");
    assert!(!here.is_empty() && !there.is_empty());
    assert_eq!(here.len() + there.len(), all.len());
    let alive = parties(&home, "alive>=0.5");
    let not = parties(&home, "alive<50%");
    assert!(!alive.is_empty() && !not.is_empty());
    assert_eq!(alive.len() + not.len(), all.len());

    let tagged = home.json(&["tag", "add", "--filter", "platform:mastodon alive>=0.5", "Kept"]);
    assert_eq!(tagged["matching"], tagged["changed"]);
    let both: Vec<u64> = here.iter().copied().filter(|one| alive.contains(one)).collect();
    let mut by_tag = parties(&home, "tag:kept");
    by_tag.sort_unstable();
    let mut sorted = both.clone();
    sorted.sort_unstable();
    assert_eq!(by_tag, sorted);
    assert_eq!(parties(&home, "-tag:*").len(), all.len() - both.len());
    // Whoever matches and was never in contact is tagged too, and only counted in the list.
    let followed = home.json(&["party", "list", "--filter", "tie:following"]);
    assert!(0 < followed["without_contact"].as_u64().unwrap());
    home.ok(&["tag", "remove", "--filter", "tag:kept", "kept"]);
    assert_eq!(parties(&home, "tag:kept"), Vec::<u64>::new());
}

#[test]
fn a_plan_is_made_for_everybody_and_shown_in_part() {
    let home = Home::demo();
    let whole = home.json(&["week", "--minutes", "120"]);
    let part = home.json(&["week", "--minutes", "120", "--filter", "platform:bluesky"]);
    let lines = |view: &Value| view["lines"].as_array().unwrap().clone();
    let there = parties(&home, "platform:bluesky");
    let is_there = |line: &Value| there.contains(&line["party"].as_u64().unwrap());
    let expected: Vec<Value> =
        lines(&whole).into_iter().filter(is_there).map(|line| line["line"].clone()).collect();
    let shown: Vec<Value> = lines(&part).into_iter().map(|line| line["line"].clone()).collect();
    assert_eq!(shown, expected);
    assert!(shown.len() < lines(&whole).len());
    assert_eq!(part["planned_minutes"], whole["planned_minutes"]);
    assert_eq!(part["only"]["hidden"], lines(&whole).len() - shown.len());
    assert!(home.ok(&["plan", "--weeks", "2", "--filter", "tag:nobody"]).contains("not shown"));
    let cohort = home.json(&["cohort", "--by", "platform", "--filter", "platform:bluesky"]);
    let names: Vec<&str> = cohort["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["bluesky"]);
}

#[test]
fn a_mistake_is_told_in_both_languages_with_its_place() {
    let home = Home::demo();
    let wrong = home.run(&["party", "list", "--filter", "alvie<0.5"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("`alvie` at character 1"), "{}", stderr(&wrong));
    assert!(stderr(&wrong).contains("perhaps `alive`"), "{}", stderr(&wrong));
    let wrong = home.run(&["week", "--lang", "de", "--filter", "tag:a (waiting"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("die Klammer an Zeichen 7"), "{}", stderr(&wrong));
    home.ok(&["tag", "add", "--filter", "platform:bluesky", "press"]);
    let slip = home.ok(&["party", "list", "--filter", "tag:pres"]);
    assert!(slip.contains("Perhaps tag:press?"), "{slip}");
}
