//! Does what the user sets count: limits of their own, how long people are kept, and which accounts are theirs?

use std::fs;

use serde_json::Value;

use crate::{Home, stderr};

fn set(home: &Home, text: &str) {
    fs::write(home.path().join("rin.toml"), text).unwrap();
}

fn lines(view: &Value) -> usize {
    view["lines"].as_array().unwrap().len()
}

#[test]
fn a_limit_of_ones_own_holds_in_the_plan_and_is_shown_as_such() {
    let home = Home::demo();
    let free =
        home.json(&["week", "--minutes", "600", "--dry-run", "--filter", "platform:mastodon"]);
    set(&home, "[plugin.mastodon.norms]\nrequests = 1\n");
    let bound = home.json(&[
        "week",
        "--minutes",
        "600",
        "--dry-run",
        "--fresh",
        "--filter",
        "platform:mastodon",
    ]);
    let days: Vec<&str> = bound["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["day"].as_str().unwrap())
        .collect();
    let mut distinct = days.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert!(lines(&bound) < lines(&free), "{} {}", lines(&bound), lines(&free));
    assert_eq!(days.len(), distinct.len(), "one a day at most: {days:?}");
    let told = bound["own_norms"][0].as_str().unwrap();
    assert!(told.contains("mastodon's norm requests is 1; the plugin says 86400"), "{told}");
    let info = home.json(&["plugin", "info", "mastodon"]);
    let norms = info["norms"].as_array().unwrap();
    let own = norms.iter().find(|norm| norm["id"] == "requests").unwrap();
    assert_eq!(
        (&own["value"], &own["instead_of"], &own["source"]),
        (&1.0.into(), &86_400.0.into(), &"rin.toml".into())
    );
    assert!(
        home.ok(&["plugin", "info", "mastodon", "--lang", "de"]).contains("das Plugin sagt 86400")
    );

    set(&home, "[plugin.mastodon.norms]\nrequest = 1\n");
    let slip = home.json(&["week", "--dry-run"]);
    assert!(
        slip["problems"][0].as_str().unwrap().contains("perhaps `requests`"),
        "{}",
        slip["problems"]
    );
}

#[test]
fn people_are_kept_until_the_user_says_otherwise() {
    let home = Home::demo();
    assert!(home.ok(&["retention", "show"]).contains("Everybody is kept"));
    set(&home, "[retention]\nforget-after-years = 1\nexcept = \"tag:patron\"\n");
    let before = home.json(&["retention", "show"]);
    let parties = before["parties"].as_array().unwrap();
    assert!(2 < parties.len());
    let patron = parties[0]["party"].to_string();
    home.ok(&["tag", "add", &patron, "Patron"]);
    let all = home.json(&["party", "list", "--limit", "10000"]);
    let look = home.json(&["retention", "apply", "--dry-run"]);
    assert_eq!((&look["is_done"], &look["excepted"]), (&false.into(), &1.into()));
    let refused = home.run(&["retention", "apply"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    let done = home.json(&["retention", "apply", "--yes"]);
    let n_gone = done["parties"].as_array().unwrap().len();
    let total = |view: &Value| usize::try_from(view["total"].as_u64().unwrap()).unwrap();
    assert_eq!((&done["is_done"], n_gone), (&true.into(), parties.len() - 1));
    let left = home.json(&["party", "list", "--limit", "10000"]);
    assert_eq!(total(&left), total(&all) - n_gone);
    assert_eq!(home.json(&["retention", "show"])["parties"], Value::Array(Vec::new()));
    set(&home, "[retention]\nexcept = \"tga:patron\"\n");
    let wrong = home.run(&["retention", "show"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("perhaps `tag`"), "{}", stderr(&wrong));
}

#[test]
fn accounts_of_the_team_are_in_no_figure_about_others() {
    let home = Home::demo();
    let week = home.json(&["week", "--minutes", "600"]);
    let line = &week["lines"][0];
    let (who, handle) = (line["party"].clone(), line["account"].as_str().unwrap().to_owned());
    let total = home.json(&["party", "list"])["total"].as_u64().unwrap();
    home.ok(&["own", "add", &handle]);
    let own = home.json(&["own", "list"]);
    assert_eq!(own["own"].as_array().unwrap().len(), 3);
    let list = home.json(&["party", "list", "--limit", "10000"]);
    assert!(list["total"].as_u64().unwrap() < total);
    for view in [
        list,
        home.json(&["week", "--minutes", "600"]),
        home.json(&["party", "list", "--filter", &format!("party:{who}")]),
    ] {
        let rows = view["parties"].as_array().or(view["lines"].as_array()).unwrap();
        assert!(rows.iter().all(|row| row["party"] != who));
    }
    home.ok(&["own", "remove", &handle]);
    assert_eq!(home.json(&["party", "list"])["total"].as_u64().unwrap(), total);
    assert_eq!(home.json(&["own", "list"])["own"].as_array().unwrap().len(), 2);
}
