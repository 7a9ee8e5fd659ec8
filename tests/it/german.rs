//! What most often goes wrong, told in German: what happened and what to do about it, with the same exit code.

use std::{fs, process::Output};

use tempfile::TempDir;

use crate::{Home, stderr};

/// A command, its exit code, and what is said of it.
const REFUSED: &[(&str, i32, &str)] = &[
    ("party show niemand-heisst-so", 2, "niemand heißt `niemand-heisst-so`"),
    ("party show a", 2, "`a` passt auf "),
    ("own add niemand-heisst-so", 2, "niemand heißt `niemand-heisst-so`"),
    ("done 1", 2, "es gibt keinen Plan, auf den zu antworten wäre"),
    ("undo", 2, "es gibt keine Antwort zurückzunehmen"),
    ("note edit 99 Text", 2, "es gibt keine Notiz 99"),
    ("forget --lift wer@fehlt.example", 2, "niemand, der gelöscht wurde, ist unter"),
    ("programme show", 2, "es gibt kein Programm"),
    ("campaign check lesung", 2, "es gibt keine Kampagne lesung; es gibt "),
    ("plugin info fehlt", 2, "kein Plugin heißt `fehlt`; es gibt "),
    ("party list --filter alive<", 2, "Filter: "),
    ("init", 1, "rin.db ist schon da"),
    ("week --filter tag:", 2, "Filter: "),
];

/// Runs a command in German, which must be refused so.
fn check(home: &Home, line: &str, code: i32, told: &str) {
    let words: Vec<&str> = line.split(' ').chain(["--lang", "de"]).collect();
    refused(&home.run(&words), line, code, told);
}

fn refused(output: &Output, line: &str, code: i32, told: &str) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{line}: {said}");
    let first = said.lines().next().unwrap_or_default();
    assert!(first.starts_with("Fehler: ") && first.contains(told), "{line}: {said}");
    for english in ["what to do", "there is", "nobody", "cannot"] {
        assert!(!said.contains(english), "{line}: {said}");
    }
}

#[test]
fn what_goes_wrong_is_told_in_german() {
    let home = Home::demo();
    for (line, code, told) in REFUSED {
        check(&home, line, *code, told);
    }
    let never = home.at(&["week", "--lang", "de"], "gestern").output().unwrap();
    refused(&never, "week", 2, "`gestern` ist weder ein Tag");
    fs::write(home.path().join("rin.toml"), "[plan]\nminutes-per-week = 99999\n").unwrap();
    check(&home, "week", 2, "minutes-per-week muss 0 bis 10.080 sein, ist aber 99999");
    let nothing = Home { dir: TempDir::new().unwrap() };
    check(&nothing, "status", 1, "es gibt keinen Speicher unter ");
}
