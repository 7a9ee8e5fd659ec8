//! A week worked off: done, later, never and undo shape the next plan, and the budget holds.

use std::fs;

use crate::{Home, data, stderr};

#[test]
fn the_week_is_planned_worked_off_and_planned_again() {
    let home = Home::demo();
    let week = home.json(&["week", "--minutes", "60"]);
    let lines = week["lines"].as_array().unwrap();
    assert!(3 < lines.len(), "{week}");
    let minutes: f64 = lines.iter().map(|line| line["minutes"].as_f64().unwrap()).sum();
    assert!(minutes <= 60.0);
    assert!((minutes - week["planned_minutes"].as_f64().unwrap()).abs() < 1e-6);
    let anew = home.json(&["week", "--minutes", "60", "--fresh"]);
    assert!(week == anew.tap_plan(&week), "deterministic");
    let who = |n: usize| lines[n]["party"].as_u64().unwrap();
    let (first, second, third) = (who(0), who(1), who(2));

    home.ok(&["done", "1", "--minutes", "7"]);
    home.ok(&["later", "2", "--until", "2026-10-01"]);
    home.ok(&["never", "3"]);
    let again = home.json(&["week", "--minutes", "60"]);
    let parties: Vec<u64> = again["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["party"].as_u64().unwrap())
        .collect();
    for party in [first, second, third] {
        assert!(!parties.contains(&party), "{party} is planned again");
    }
    assert_eq!(again["done_minutes"].as_f64(), Some(7.0));
    assert!(again["planned_minutes"].as_f64().unwrap() <= 53.0);

    home.ok(&["undo"]);
    let undone = home.json(&["week", "--minutes", "60"]);
    let is_back = undone["lines"]
        .as_array()
        .unwrap()
        .iter()
        .any(|line| line["party"].as_u64() == Some(third));
    assert!(is_back, "the party of the answer taken back is planned again");
}

#[test]
fn a_message_that_was_answered_is_not_asked_for_again() {
    let home = Home::new();
    home.ok(&["import", &data("town/instagram-stadtbuecherei-2026-08-15.zip")]);
    let first = |week: &serde_json::Value| week["lines"][0].clone();
    let line = first(&home.json(&["week"]));
    assert_eq!(line["owed"], true, "{line}");
    // Whatever happens on the way to the answer.
    home.ok(&["later", "1"]);
    assert_ne!(first(&home.json(&["week"]))["party"], line["party"]);
    home.ok(&["undo"]);
    assert_eq!(first(&home.json(&["week"]))["party"], line["party"]);
    let party = line["party"].as_u64().unwrap().to_string();
    let waits = || home.json(&["party", "show", &party])["assessment"]["open_since"].clone();
    assert!(waits().is_string(), "{}", waits());
    home.ok(&["done", "1"]);
    assert!(waits().is_null(), "{}", waits());
    let week = home.json(&["week"]);
    let others = week["lines"].as_array().unwrap();
    assert!(others.iter().all(|one| one["party"] != line["party"]), "{week}");
}

#[test]
fn an_answer_to_a_line_that_is_not_there_says_so() {
    let home = Home::new();
    let output = home.run(&["done", "1"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: there is no plan to answer\n  what to do: Make one with: rin week\n"
    );
}

#[test]
fn german_is_complete() {
    let home = Home::demo();
    let week = home.ok(&["week", "--lang", "de"]);
    for word in ["Woche 17.08.2026 bis 23.08.2026", "Minuten", "lebendig", "Weiter: rin done 1"] {
        assert!(week.contains(word), "`{word}` is missing in:\n{week}");
    }
    for word in ["Next", "alive", "minutes", " by 2026", "2026-0"] {
        assert!(!week.contains(word), "`{word}` stands in:\n{week}");
    }
}

#[test]
fn a_look_at_another_plan_does_not_change_what_the_answers_mean() {
    let home = Home::demo();
    let week = home.json(&["week"]);
    let first = week["lines"][0]["party"].clone();
    let tried = home.json(&["week", "--minutes", "2", "--dry-run"]);
    assert_eq!(tried["plan"], serde_json::Value::Null);
    assert_ne!(tried["lines"][0]["party"], first);
    assert_eq!(home.json(&["done", "1"])["party"], first);
}

#[test]
fn the_same_answer_twice_counts_once() {
    let home = Home::demo();
    home.ok(&["week"]);
    home.ok(&["done", "1"]);
    let output = home.run(&["done", "1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is answered already: done"), "{}", stderr(&output));
    home.ok(&["undo"]);
    home.ok(&["done", "1"]);
}

#[test]
fn minutes_that_cannot_be_are_refused() {
    let home = Home::new();
    for minutes in ["-5", "nan", "inf", "20000", "soon"] {
        let output = home.run(&["week", "--minutes", minutes]);
        assert_eq!(output.status.code(), Some(2), "{minutes}");
        assert!(stderr(&output).contains("from 0 to 10080"), "{minutes}: {}", stderr(&output));
    }
}

#[test]
fn a_plan_that_could_not_be_made_is_no_all_clear() {
    let home = Home::demo();
    home.ok(&["week"]);
    let broken = "[plugin.\"org.rin.mastodon\"]\nreply-minutes = 9999\n[plugin.\"org.rin.bluesky\"]\nreply-minutes = 9999\n";
    fs::write(home.path().join("rin.toml"), broken).unwrap();
    let output = home.run(&["week"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("reply-minutes") && said.contains("No plan could be made"), "{said}");
    assert!(!said.contains("Nothing to do"), "{said}");
    let output = home.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("reply-minutes"));
    // The plan made before still answers.
    fs::write(home.path().join("rin.toml"), "").unwrap();
    home.ok(&["done", "1"]);
}

#[test]
fn nobody_to_plan_for_leads_to_the_first_import() {
    let said = Home::new().ok(&["week"]);
    assert!(said.contains("Next: rin import PATH"), "{said}");
}

trait TapPlan {
    fn tap_plan(self, like: &serde_json::Value) -> Self;
}

impl TapPlan for serde_json::Value {
    /// Gives it the plan number of another: every plan made has its own.
    fn tap_plan(mut self, like: &serde_json::Value) -> Self {
        self["plan"] = like["plan"].clone();
        self
    }
}

#[test]
fn an_account_that_was_deleted_is_not_planned_for() {
    let home = Home::new();
    let dir = home.dir.path().join("export");
    let write = |name: &str, text: String| {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let profile = r#"{"profile_user":[{"title":"x","string_map_data":{"Username":{"href":"","value":"mara","timestamp":0},
        "Name":{"href":"","value":"Mara","timestamp":0}}}]}"#;
    write(
        "personal_information/personal_information/personal_information.json",
        profile.to_owned(),
    );
    // Both wrote last, three days before the plan, after an exchange each week.
    for (folder, name) in [("ann_11", "Ann"), ("instagramuser_12", "Instagram User")] {
        let messages: Vec<String> = (0..40_i64)
            .map(|week| {
                let from = if week % 2 == 0 { name } else { "Mara" };
                let ms = 1_786_708_800_000 - week * 604_800_000;
                format!(r#"{{"sender_name":"{from}","timestamp_ms":{ms},"content":"x"}}"#)
            })
            .collect();
        let talk = format!(
            r#"{{"participants":[{{"name":"{name}"}},{{"name":"Mara"}}],"title":"{name}","messages":[{}]}}"#,
            messages.join(",")
        );
        write(&format!("your_instagram_activity/messages/inbox/{folder}/message_1.json"), talk);
    }
    home.ok(&["import", dir.to_str().unwrap(), "--platform", "instagram"]);
    let view = home.json(&["week", "--minutes", "120"]);
    let lines = view["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "{view}");
    assert_eq!(lines[0]["name"], "Ann", "{view}");
    assert_eq!(home.dump().matches("interaction\t").count(), 80, "what was is kept");
}
