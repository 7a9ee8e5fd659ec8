//! `rin report`: a period on one page adds up, agrees with `rin status` of its last day, and says what it does not know.

use std::fs;

use serde_json::Value;

use crate::{Home, root};

fn home() -> Home {
    Home::made("period", make)
}

fn make() -> Home {
    let home = Home::demo();
    home.ok(&["programme", "new", "The library", "--member", "ann=60"]);
    home.ok(&["tag", "add", "3", "patron"]);
    home.ok(&["week", "--minutes", "60"]);
    home.ok(&["done", "1", "--minutes", "7"]);
    home.ok(&["done", "2", "--minutes", "5.5"]);
    home
}

fn assert_sum(balance: &Value) {
    let of = |name: &str| balance[name].as_u64().unwrap();
    let came = of("before") + of("into_sight") + of("won") + of("revived");
    assert_eq!(came, of("alive") + of("lost"), "{balance}");
}

#[test]
fn a_period_adds_up_and_agrees_with_the_status_of_its_last_day() {
    let home = home();
    for (words, from, until, last) in [
        (["month", "2026-03"], "2026-03-01", "2026-04-01", "2026-03-30T23:59:59.999Z"),
        (["quarter", "2025-Q2"], "2025-04-01", "2025-07-01", "2025-06-29T23:59:59.999Z"),
        (["year", "2025"], "2025-01-01", "2026-01-01", "2025-12-30T23:59:59.999Z"),
    ] {
        let view = home.json(&[&["report"][..], &words].concat());
        assert_eq!((&view["from"], &view["until"]), (&from.into(), &until.into()), "{words:?}");
        let whole = &view["whole"];
        assert_sum(whole);
        // Whom the status of that day calls alive or fading is alive at its end.
        let status = home.at(&["status", "--json"], last).output().unwrap();
        let status: Value = serde_json::from_slice(&status.stdout).unwrap();
        let level = |name: &str| status["levels"][name].as_u64().unwrap();
        assert_eq!(whole["alive"], level("alive") + level("fading"), "{words:?}");
        for list in ["won", "revived", "lost"] {
            let names = view[list].as_array().unwrap().len();
            assert_eq!(whole[list], names, "{words:?} {list}");
        }
        let platforms = view["by_platform"].as_array().unwrap();
        assert_eq!(platforms.len(), 2);
        for group in platforms {
            assert_sum(&group["balance"]);
        }
        assert_eq!(view["months"].as_array().unwrap().len(), 12, "{words:?}");
        assert_eq!(view["months"][11]["until"], until, "{words:?}");
        assert_eq!(view["is_partial"], false);
    }
    let year = home.json(&["report", "year", "2025"]);
    // Each month begins as the one before it ended.
    let months = year["months"].as_array().unwrap();
    for pair in months.windows(2) {
        assert_eq!(pair[0]["balance"]["alive"], pair[1]["balance"]["before"]);
    }
    assert_eq!(year["whole"]["before"], months[0]["balance"]["before"]);
    assert!(8 < year["won"].as_array().unwrap().len(), "the summer of 2025 won many: {year}");
}

#[test]
fn minutes_are_what_was_said_and_the_unknown_is_told() {
    let home = home();
    let august = home.json(&["report", "month", "2026-08"]);
    assert_eq!(august["effort"]["minutes"], 12.5, "{august}");
    assert_eq!(august["effort"]["lines"], 2);
    assert!(20.0 < august["effort"]["budget_minutes"].as_f64().unwrap(), "{august}");
    assert_eq!(august["is_partial"], true);
    let spent = august["by_platform"].as_array().unwrap().iter();
    let spent: f64 = spent.map(|group| group["minutes"].as_f64().unwrap()).sum();
    assert!((spent - 12.5).abs() < 1e-9);
    let said = home.ok(&["report", "month", "2026-08", "--lang", "de"]);
    assert!(said.contains("12,5 Minuten") && said.contains("14.08.2026"), "{said}");
    let before = home.json(&["report", "year", "2019"]);
    assert!(before["whole"].is_null() && before["by_platform"][0]["balance"].is_null());
    assert!(before["unknown"][0].as_str().unwrap().contains("nothing is known of 2019"));
    // Without a period it is the last one known whole.
    assert_eq!(home.json(&["report", "month"])["title"], "July 2026");
    assert_eq!(home.run(&["report", "month", "2026-13"]).status.code(), Some(2));
}

#[test]
fn the_page_prints_without_fetching_anything() {
    let home = home();
    let files = ["--html", "report.html", "--md", "report.md"];
    home.ok(&[&["report", "year", "2025", "--lang", "de"][..], &files].concat());
    let read = |name: &str| fs::read_to_string(home.dir.path().join(name)).unwrap();
    let html = read("report.html");
    for word in ["<!doctype html>", "lang=\"de\"", "default-src 'none'", "@page", "Das Netz, 2025"]
    {
        assert!(html.contains(word), "{word} is missing");
    }
    for word in ["<script", "src=", "href=", "url(", "http://", "https://"] {
        assert!(!html.contains(word), "{word} stands in it");
    }
    for tag in ["section", "table", "ul", "li", "tr", "svg"] {
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        let opened =
            html.matches(&format!("{open}>")).count() + html.matches(&format!("{open} ")).count();
        assert_eq!(opened, html.matches(&close).count(), "{tag}");
    }
    let markdown = read("report.md");
    assert!(markdown.starts_with("# ") && markdown.contains("| 2025-12 |"), "{markdown}");
    // What is no report is not written over.
    let manifest = root().join("Cargo.toml");
    let output = home.run(&["report", "year", "--md", manifest.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
}
