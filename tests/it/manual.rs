//! What shells complete and what `man` shows, read by the shells and by `man`.

use std::{fs, process::Command};

use crate::{Home, stderr};

#[test]
fn shells_can_complete_every_command() {
    let home = Home { dir: tempfile::TempDir::new().unwrap() };
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = home.ok(&["completions", shell]);
        for word in ["backtest", "completions", "data-dir", "handover"] {
            assert!(text.contains(word), "{shell} does not complete {word}");
        }
        fs::write(home.dir.path().join(shell), text).unwrap();
    }
    let asked = "source ./bash && complete -p rin && COMP_WORDS=(rin part) COMP_CWORD=1 && \
                 _rin rin part rin && echo \"${COMPREPLY[*]}\"";
    let Ok(said) = Command::new("bash").args(["-c", asked]).current_dir(home.dir.path()).output()
    else {
        eprintln!("skipped: bash is not installed");
        return;
    };
    let text = String::from_utf8_lossy(&said.stdout);
    assert!(text.contains("-F _rin") && text.ends_with("rin\nparty\n"), "{text}{}", stderr(&said));
}

#[test]
fn every_command_has_a_page_that_man_shows_without_a_complaint() {
    let home = Home { dir: tempfile::TempDir::new().unwrap() };
    home.ok(&["man", "--dir", "pages"]);
    let pages: Vec<_> = fs::read_dir(home.dir.path().join("pages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(60 < pages.len(), "{pages:?}");
    let one = home.ok(&["man", "party", "list"]);
    assert!(one.contains(".TH rin-party-list 1") && one.contains("docs/FILTER.md"), "{one}");
    let refused = home.run(&["man", "nothing", "--lang", "de"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("diesen Befehl gibt es nicht"), "{}", stderr(&refused));
    let shown = Command::new("groff").args(["-man", "-ww", "-Tutf8", "-z"]).args(&pages).output();
    let Ok(shown) = shown else {
        eprintln!("skipped: groff is not installed");
        return;
    };
    assert_eq!(stderr(&shown), "");
}
