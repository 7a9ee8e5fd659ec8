//! Are notes kept through a second import, found again, changed and taken away?

use crate::{Home, data, stderr};

#[test]
fn notes_are_dated_found_changed_and_survive_an_import() {
    let home = Home::demo();
    let list = home.json(&["party", "list", "--limit", "2"]);
    let who = |at: usize| list["parties"][at]["party"].to_string();
    let (ann, ben) = (who(0), who(1));
    let first = home.json(&["note", "add", &ann, "Met at the book\nfair", "--day", "2026-03-05"]);
    assert_eq!(first["note"]["text"], "Met at the book fair");
    home.ok(&["note", "add", &ann, "Likes tea"]);
    home.ok(&["note", "add", &ben, "Award in 2025"]);
    home.ok(&["import", &data("mastodon")]);
    let notes = home.json(&["note", "list", &ann]);
    let told: Vec<(&str, &str)> = notes["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| (note["day"].as_str().unwrap(), note["text"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("2026-08-17", "Likes tea"), ("2026-03-05", "Met at the book fair")]);
    let found = home.json(&["party", "list", "--filter", "note:FAIR"]);
    assert_eq!(found["parties"][0]["party"].to_string(), ann);
    assert_eq!(found["total"], 1);
    let by_filter = home.json(&["note", "list", "--filter", "note:award"]);
    assert_eq!(by_filter["notes"].as_array().unwrap().len(), 1);

    let number = first["note"]["note"].to_string();
    home.ok(&["note", "edit", &number, "Met at the harbour", "--day", "2026-03-06"]);
    let shown = home.ok(&["note", "list", &ann, "--lang", "de"]);
    assert!(shown.contains("06.03.2026 · Met at the harbour"), "{shown}");
    home.ok(&["note", "remove", &number]);
    assert_eq!(home.json(&["note", "list", &ann])["notes"].as_array().unwrap().len(), 1);
    for wrong in [
        vec!["note", "remove", &number],
        vec!["note", "add", &ann, " \n "],
        vec!["note", "edit", "1"],
    ] {
        let output = home.run(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", stderr(&output));
    }
}
