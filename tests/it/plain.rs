//! Does `--plain` print every list as `--json` has it, a row a line and a cell a column?

use crate::{Home, stderr};

/// What prints a list, and where the list stands in its view.
const LISTS: &[(&[&str], &str)] = &[
    (&["week"], "/lines"),
    (&["plan", "--days", "7"], "/weeks/0/lines"),
    (&["party", "list"], "/parties"),
    (&["tag", "list"], "/tags"),
    (&["note", "list"], "/notes"),
    (&["own", "list"], "/own"),
    (&["people", "suggest"], "/proposals"),
    (&["people", "show"], "/parties"),
    (&["cohort"], "/groups/0/months"),
    (&["campaign", "list"], "/campaigns"),
    (&["plugin", "list"], "/plugins"),
    (&["doctor"], "/checks"),
    (&["exit", "history"], "/gaps"),
];

/// Returns the header and the rows of an answer.
fn rows(home: &Home, words: &[&str]) -> (String, Vec<String>) {
    let words: Vec<&str> = words.iter().copied().chain(["--plain"]).collect();
    let text = home.ok(&words);
    assert!(!text.contains('\u{1b}'), "{words:?}: {text}");
    let mut lines = text.lines().map(ToOwned::to_owned);
    let header = lines.next().unwrap();
    (header, lines.collect())
}

#[test]
fn every_list_is_told_in_lines_and_columns() {
    let home = Home::demo();
    let who = home.json(&["party", "list"])["parties"][0]["party"].to_string();
    home.ok(&["tag", "add", &who, "press"]);
    home.ok(&["note", "add", &who, "Likes tea"]);
    for (words, place) in LISTS {
        let (header, rows) = rows(&home, words);
        let view = home.json(words);
        let list = view.pointer(place).and_then(|list| list.as_array()).unwrap();
        assert_eq!(rows.len(), list.len(), "{words:?}: {rows:?}");
        let tabs = header.matches('\t').count();
        assert!(rows.iter().all(|row| row.matches('\t').count() == tabs), "{words:?}: {rows:?}");
        let heads: Vec<&str> = header.split(['\t', '.']).collect();
        let keys = list.iter().filter_map(|row| row.as_object()).flatten();
        assert!(keys.clone().all(|(key, _)| heads.contains(&key.as_str())), "{words:?}: {header}");
    }
    for (words, expected) in [
        (["tag", "list"], "tag\tparty\tname\tsince\tweight"),
        (["note", "list"], "note\tparty\tname\tday\ttext"),
        (["own", "list"], "platform\tname\thandle\tcovered\tmissing"),
    ] {
        let (header, rows) = rows(&home, &words);
        assert_eq!(header, expected);
        assert!(!rows.is_empty(), "{words:?}");
    }
    let (first, _) = rows(&home, &["status"]);
    assert_eq!(first, "schema\trin.status/1");
    for both in [["week", "--json", "--plain"], ["--json", "week", "--plain"]] {
        let output = home.run(&both);
        assert_eq!(output.status.code(), Some(2), "{both:?}: {}", stderr(&output));
    }
}
