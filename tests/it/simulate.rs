//! `rin simulate policy`: on the shipped exports, on a log, on a made-up network, and on what cannot be lived through.

use std::fs;

use serde_json::Value;

use crate::{Home, stderr};

fn policy<'a>(view: &'a Value, name: &str) -> &'a Value {
    view["policies"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()
}

/// Returns the verdict as it stands at the head of the text, lines joined.
fn verdict(said: &str) -> String {
    said.split("\n\n").next().unwrap().replace('\n', " ")
}

#[test]
fn the_shipped_exports_are_lived_through() {
    let home = Home::demo();
    let words = ["simulate", "policy", "--minutes", "20", "--years", "3"];
    let view = home.json(&words);
    assert_eq!(view["schema"], "rin.simulate/1");
    assert_eq!(view["source"]["kind"], "network");
    assert_eq!(view["policies"].as_array().unwrap().len(), 16);
    assert_eq!(view, home.json(&words), "deterministic");
    let ours = policy(&view, "ours");
    assert_eq!(ours["is"], "ours");
    let gained = |name: &str| policy(&view, name)["gained"]["value"].as_f64().unwrap();
    assert!(gained("strongest first") < gained("ours"), "{view:#}");
    // Twenty minutes a week are four contacts: 208 or 209 in a year.
    let minutes = ours["minutes"].as_f64().unwrap();
    assert!((1_000.0..=1_045.0).contains(&minutes), "{minutes}");
    let said = home.ok(&words);
    let head = verdict(&said);
    assert!(head.contains("20 minutes a week, spent as Rin plans, keep"), "{head}");
    assert!(said.contains("▸ Rin") && said.contains("fixed reminders"), "{said}");
    let german = home.ok(&[words.as_slice(), &["--lang", "de", "--svg", "year.svg"]].concat());
    assert!(verdict(&german).contains("20 Minuten je Woche, wie Rin sie plant"), "{german}");
    assert!(german.ends_with("Bild: year.svg\n"), "{german}");
    let picture = fs::read_to_string(home.dir.path().join("year.svg")).unwrap();
    assert!(picture.contains("Wo Minuten am meisten erhalten"));
    assert!(picture.contains("prefers-color-scheme: dark") && picture.ends_with("</svg>\n"));
}

#[test]
fn a_log_and_a_made_up_network_need_no_network_of_ones_own() {
    let home = Home::new();
    fs::remove_dir_all(home.path()).unwrap();
    let made = home.json(&["simulate", "policy", "--generated", "60", "--days", "90", "--unequal"]);
    assert_eq!((&made["source"]["ties"], &made["is_unequal"]), (&60.into(), &true.into()));
    let rows = "ann,ben,2026-07-01\nben,ann,2026-07-09\nann,cem,2026-06-01\ncem,ann,2026-06-02\n";
    fs::write(home.dir.path().join("log.csv"), format!("src,dst,t\n{rows}")).unwrap();
    let words = ["simulate", "policy", "--file", "log.csv", "--days", "60"];
    let view = home.json(&words);
    assert_eq!(view["source"]["is_learned"], false);
    let said = home.ok(&words).replace('\n', " ");
    assert!(said.contains("too short to learn from"), "{said}");
    let german = home.ok(&[words.as_slice(), &["--lang", "de"]].concat()).replace('\n', " ");
    assert!(german.contains("zu kurz, um daraus zu lernen"), "{german}");
}

#[test]
fn what_cannot_be_lived_through_is_named_with_a_remedy() {
    let home = Home::new();
    let check = |words: &[&str], said: &[&str]| {
        let words: Vec<&str> =
            ["simulate", "policy"].into_iter().chain(words.iter().copied()).collect();
        let output = home.run(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
        for part in said {
            let all = stderr(&output);
            assert!(all.contains(part), "{words:?}: `{part}` is missing in:\n{all}");
        }
    };
    check(&[], &["error: it is not known which accounts are yours", "rin own add HANDLE"]);
    check(&["--lang", "de"], &["Fehler: es ist nicht bekannt, welche Konten deine sind"]);
    check(&["--file", "nowhere.csv"], &["error: cannot read nowhere.csv", "what to do: Check"]);
    fs::write(
        home.dir.path().join("old.csv"),
        "src,dst,t\na,b,2001-01-01\nb,a,2001-01-05\nc,d,2026-08-01\n",
    )
    .unwrap();
    check(&["--file", "old.csv"], &["heard of", "look back with --now"]);
    check(&["--generated", "0"], &["0 is not in 1..=5000"]);
    check(&["--touch", "0"], &["a contact takes a number of minutes above 0"]);
    check(&["--generated", "9", "--file", "old.csv"], &["cannot be used with"]);
}
