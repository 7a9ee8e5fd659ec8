//! The page in a real browser, by `tests/browser/page.py`: every view in both languages looked at and asked about
//! accessibility, a week worked off, a network narrowed down, an export dropped, all of it by keyboard.
//!
//! Chromium is the system's own; Playwright and axe-core are looked for in `target/outside`, where `.ci/run` installs
//! them, and Playwright in the system's Python. Without a browser the test says that it is skipped.

use std::{path::PathBuf, process::Command};

use crate::{readme, root};

/// Returns a Python that can drive a browser; `None` if there is none.
fn python() -> Option<PathBuf> {
    let own = root().join("target/outside/bin/python");
    let mut both = [own, PathBuf::from("python3")].into_iter();
    both.find(|python| {
        let asked = Command::new(python).args(["-c", "import playwright"]).output();
        asked.is_ok_and(|output| output.status.success())
    })
}

#[test]
fn the_page_holds_in_a_browser() {
    let Some(python) = python() else {
        eprintln!("skipped: no Python with playwright (see .ci/run)");
        return;
    };
    let command = readme::opening();
    let at = command.iter().position(|word| word == "--data-dir").unwrap();
    let axe = root().join("target/outside/package/axe.min.js");
    let mut test = Command::new(python);
    test.arg(root().join("tests/browser/page.py"))
        .args([&command[0], &command[at + 1]])
        .arg(root().join("tests/data"))
        .arg("--few");
    if axe.exists() {
        test.arg("--axe").arg(axe);
    } else {
        eprintln!("no axe-core: accessibility is not asked about (see .ci/run)");
    }
    let output = test.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong: Vec<&str> = said.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert!(output.status.success(), "{wrong:#?}\n{}", String::from_utf8_lossy(&output.stderr));
    eprintln!("{}", wrong.join("\n"));
}
