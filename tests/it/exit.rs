//! `rin exit`: what stopping costs on the shipped exports, handing over, looking back, and what cannot be asked.

use std::fs;

use serde_json::Value;

use crate::{Home, stderr};

/// Returns what a refused command says; it must end with code 2.
fn refused(home: &Home, words: &[&str]) -> String {
    let output = home.run(words);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", stderr(&output));
    stderr(&output)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn the_longer_a_pause_the_fewer_are_left() {
    let home = Home::demo();
    let words = ["exit", "simulate", "--all", "--from", "2026-09-01", "--until", "2027-03-01"];
    let view = home.json(&words);
    assert_eq!(view["schema"], "rin.exit/1");
    assert_eq!(view, home.json(&words), "deterministic");
    let points = view["points"].as_array().unwrap();
    let dates: Vec<&str> = points.iter().map(|point| point["date"].as_str().unwrap()).collect();
    assert_eq!(
        dates,
        [
            "2026-09-01",
            "2026-10-01",
            "2026-11-01",
            "2026-12-01",
            "2027-01-01",
            "2027-02-01",
            "2027-03-01"
        ]
    );
    for point in points {
        let at = |name: &str| number(&point[name]["expected"]);
        assert!(at("silent") < at("returned") && at("returned") <= at("engaged"), "{point}");
        for name in ["engaged", "returned", "silent"] {
            let range = &point[name]["range"];
            assert!(number(&range[0]) <= number(&range[1]), "{point}");
        }
    }
    let cost = |at: usize| number(&points[at]["cost_of_pause"]["ties"]);
    assert!(cost(0).abs() < 1e-9 && 0.0 < cost(1) && 0.0 < cost(6));
    let back = |at: usize| number(&points[at]["returned"]["expected"]);
    assert!((1..7).all(|at| back(at) < back(at - 1)));
    let upkeep = &view["upkeep"];
    assert!(number(&upkeep["share_without"]) < number(&upkeep["share_with"]));
    if let Some(least) = upkeep["least_minutes"].as_f64() {
        assert!(least <= number(&upkeep["minutes"]));
        assert!(0.9 <= number(&upkeep["share_with"]) + 1e-9);
    }
    let shares = view["concentration"]["shares"].as_array().unwrap();
    let sum: f64 = shares.iter().map(|share| number(&share[1])).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    assert_eq!(view["reachable"], Value::Null, "nothing is elsewhere of everything");
}

#[test]
fn an_exit_from_one_platform_is_told_in_both_languages_and_drawn() {
    let home = Home::demo();
    let words = ["exit", "simulate", "--platform", "mastodon", "--from", "2026-09-01"];
    let view = home.json(&words);
    assert_eq!(view["until"], Value::Null);
    assert_eq!(view["upkeep"], Value::Null);
    assert_eq!(view["points"].as_array().unwrap().len(), 13);
    assert!(view["reachable"].is_u64());
    let english = home.ok(&[&words[..], &["--svg", "exit.svg"]].concat());
    assert!(english.contains("still write to you on their own"), "{english}");
    let german = home.ok(&[&words[..], &["--lang", "de"]].concat());
    assert!(german.contains("schreiben noch") && german.contains("Ohne Engagement"), "{german}");
    let picture = fs::read_to_string(home.dir.path().join("exit.svg")).unwrap();
    assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"));
    assert_eq!(picture.matches("<path class=\"band").count(), 3);
    for view in [english, german, picture] {
        assert!(!view.contains("NaN") && !view.contains("inf"), "{view}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_remedy() {
    let home = Home::demo();
    let simulate = |rest: &[&str]| refused(&home, &[&["exit", "simulate"], rest].concat());
    let said = simulate(&["--platform", "orkut", "--from", "2026-09-01"]);
    assert!(said.contains("nothing from `orkut`") && said.contains("bluesky, mastodon"), "{said}");
    let said =
        simulate(&["--all", "--from", "2026-09-01", "--until", "2026-08-01", "--lang", "de"]);
    assert!(said.contains("endete am 01.08.2026 und beginnt am 01.09.2026"), "{said}");
    assert!(said.contains("--until einen späteren Tag"), "{said}");
    assert!(simulate(&["--all", "--from", "2026-09-01", "--until", "2036-09-01"]).contains("1096"));
    assert!(simulate(&["--all", "--from", "soon"]).contains("`soon` is neither"));
    assert!(simulate(&["--from", "2026-09-01"]).contains("--platform"));
    let said = refused(&home, &["exit", "handover", "--from", "nobody", "--to", "nobody"]);
    assert!(
        said.contains("`nobody` is none of your accounts") && said.contains("rin own add"),
        "{said}"
    );
    let said = refused(&Home::new(), &["exit", "history"]);
    assert!(said.contains("not known which accounts are yours"), "{said}");
}

/// Returns the two accounts that are ours.
fn own(home: &Home) -> Vec<String> {
    let view = home.json(&["status"]);
    let own = view["own"].as_array().unwrap().iter();
    own.map(|one| one["handle"].as_str().or(one["name"].as_str()).unwrap().to_owned()).collect()
}

#[test]
fn a_handover_says_what_comes_first_and_travels_encrypted() {
    let home = Home::demo();
    let own = own(&home);
    let [one, other] = own.as_slice() else { panic!("{own:?}") };
    let words = ["exit", "handover", "--from", one, "--to", other];
    let view = home.json(&words);
    assert_eq!(view["schema"], "rin.handover/1");
    let ties = view["ties"].as_array().unwrap();
    assert!(!ties.is_empty());
    let names = ["answer-first", "ready", "introduce", "held", "lapsed"];
    for tie in ties {
        let readiness = tie["readiness"].as_str().unwrap();
        assert!(names.contains(&readiness), "{tie}");
        assert_eq!(readiness == "introduce", tie["introduction"].is_string(), "{tie}");
        assert_eq!(readiness == "answer-first", tie["open_since"].is_string(), "{tie}");
    }
    let nobody = home.json(&[&words[..], &["--filter", "name:nobody-at-all"]].concat());
    assert_eq!(nobody["ties"], Value::Array(Vec::new()));
    assert_eq!(nobody["only"]["hidden"], ties.len());
    assert_eq!(nobody["told"], view["told"]);
    // An age recipient made for this test; nobody holds its identity.
    let key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    home.ok(&[&words[..], &["--bundle", "h.tar.age", "--recipient", key]].concat());
    let sealed = fs::read(home.dir.path().join("h.tar.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n-> X25519 "));
    let again = home.run(&[&words[..], &["--bundle", "h.tar.age", "--recipient", key]].concat());
    assert_eq!(again.status.code(), Some(1), "nothing is written over");
    let said =
        refused(&home, &[&words[..], &["--bundle", "i.age", "--recipient", "age1x"]].concat());
    assert!(said.contains("`age1x` is no age recipient"), "{said}");
    let said = refused(&home, &[&words[..], &["--bundle", "i.age"]].concat());
    assert!(said.contains("--recipient"), "{said}");
    let said = refused(&home, &["exit", "handover", "--from", one, "--to", one]);
    assert!(said.contains("cannot hand over to itself"), "{said}");
}

#[test]
fn own_pauses_are_looked_back_at() {
    let home = Home::demo();
    let view = home.json(&["exit", "history"]);
    assert_eq!(view["schema"], "rin.exit-history/1");
    let gaps = view["gaps"].as_array().unwrap();
    for gap in gaps {
        assert!(gap["from"].as_str() < gap["to"].as_str(), "{gap}");
        assert!(gap["after"].as_u64() <= gap["ties"].as_u64(), "{gap}");
        assert!(5 <= gap["ties"].as_u64().unwrap(), "{gap}");
    }
    assert_eq!(view["is_few"], gaps.len() < 3);
    // Half a year of writing to nobody never happened there.
    let none = home.ok(&["exit", "history", "--days", "300"]);
    assert!(none.starts_with("No pause of 300 days or more"), "{none}");
}
