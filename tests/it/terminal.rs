//! `rin tui` as somebody at a terminal meets it, in tmux: every screen, the week worked off, and the terminal given
//! back on every way out.

use std::{
    fs,
    process::{Command, Output},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{Home, INSTALLED, NOW, stderr};

/// Within this time a screen must be as expected; a slow machine needs some of it.
const PATIENCE: Duration = Duration::from_mins(1);

/// A terminal of its own with the program in it.
struct Terminal {
    /// Holds the socket and the program's number.
    folder: TempDir,
}

impl Terminal {
    /// Starts the program in a terminal of 80 columns and 24 lines; `None` if there is no tmux.
    fn of(home: &Home, words: &str) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            eprintln!("skipped: tmux is not installed");
            return None;
        }
        let terminal = Self { folder: TempDir::new().unwrap() };
        let folder = terminal.folder.path().display();
        let (rin, data) = (INSTALLED.rin.display(), home.path());
        let program = format!(
            "cd {folder}; env -i RIN_DATA_DIR={} XDG_DATA_HOME={folder} TZ=UTC TERM=screen \
             sh -c 'echo $$ > pid; exec {rin} tui --now {NOW} {words}'; echo left $?; exec cat",
            data.display(),
        );
        let made = terminal.tmux(&["new-session", "-d", "-x", "80", "-y", "24", &program]);
        assert!(made.status.success(), "{}", stderr(&made));
        Some(terminal)
    }

    fn tmux(&self, words: &[&str]) -> Output {
        let socket = self.folder.path().join("tmux");
        let mut tmux = Command::new("tmux");
        tmux.env_remove("TMUX").args(["-u", "-f", "/dev/null", "-S"]).arg(socket).args(words);
        tmux.output().unwrap()
    }

    fn say(&self, words: &[&str]) -> String {
        String::from_utf8_lossy(&self.tmux(words).stdout).trim_end().to_owned()
    }

    /// Waits until the screen holds all of that, and returns it.
    fn shows(&self, parts: &[&str]) -> String {
        let begun = Instant::now();
        loop {
            let seen = self.say(&["capture-pane", "-p"]);
            if parts.iter().all(|part| seen.contains(part)) {
                return seen;
            }
            assert!(begun.elapsed() < PATIENCE, "{parts:?} are not on the screen:\n{seen}");
        }
    }

    fn key(&self, key: &str) -> &Self {
        self.tmux(&["send-keys", key]);
        self
    }

    fn types(&self, text: &str) -> &Self {
        self.tmux(&["send-keys", "-l", text]);
        self
    }

    fn resize(&self, width: &str, height: &str) -> &Self {
        self.tmux(&["resize-window", "-x", width, "-y", height]);
        self
    }

    /// The program has ended so, and the terminal is as before.
    fn is_left_with(&self, code: i32) {
        self.shows(&[&format!("left {code}")]);
        let flags = "#{alternate_on} #{mouse_any_flag} #{cursor_flag}";
        assert_eq!(self.say(&["display-message", "-p", flags]), "0 0 1");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

#[test]
fn a_week_is_worked_off_in_a_terminal_and_the_terminal_given_back() {
    let home = Home::new();
    home.ok(&["import", &crate::data("mastodon")]);
    the_week_is_worked_off(&home);
    whoever_is_asked_to_go_gives_the_terminal_back(&home);
    without_a_terminal_it_is_refused(&home);
}

fn the_week_is_worked_off(home: &Home) {
    let Some(terminal) = Terminal::of(home, "--lang en") else { return };
    let week = terminal.shows(&["60 of 60 minutes left", "▸", "d done"]);
    let first = week.lines().find(|line| line.contains('▸')).unwrap();
    let name: String = first.split_whitespace().nth(2).unwrap().chars().take(12).collect();
    terminal.key("d").shows(&[&format!("Done: {name}"), "55 of 60 minutes left"]);
    assert!(0.0 < home.json(&["week", "--dry-run"])["done_minutes"].as_f64().unwrap());
    terminal.key("u").shows(&["Taken back", "60 of 60 minutes left"]);
    terminal.key("l").shows(&["Until when?"]);
    terminal.types("soon").key("Enter").shows(&["`soon` is neither a day"]);
    terminal.key("C-u").types("2026-09-01").key("Enter").shows(&["not be proposed before 1 Sep"]);
    terminal.key("/").types("alvie").key("Enter").shows(&["`alvie`", "What to do"]);
    terminal.key("C-u").types("fading").key("Enter").shows(&["Only level:fading"]);
    terminal.key("2").shows(&["Only fading: ", "who", "lapses"]);
    terminal.key("Enter").shows(&["If nobody acts", "90 % interval"]);
    terminal.key("Escape").shows(&["Only fading: "]);
    terminal.key("Tab").shows(&["If nobody acts"]);
    terminal.key("4").shows(&["rin programme new NAME"]);
    terminal.key("5").shows(&["rin campaign new NAME"]);
    terminal.key("6").shows(&["By date of coming back"]);
    terminal.key("?").shows(&["Everywhere", "any key goes back"]);
    terminal.resize("30", "8").shows(&["Too small: Rin needs 40"]);
    terminal.resize("120", "40").shows(&["Everywhere", "any key goes back"]);
    terminal.key("x").key("1").shows(&["Only level:fading", "d done"]);
    terminal.key("Escape").shows(&["Carried out, this is expected"]);
    terminal.key("q").is_left_with(0);
}

fn whoever_is_asked_to_go_gives_the_terminal_back(home: &Home) {
    let Some(terminal) = Terminal::of(home, "--lang de --disguise --filter fading") else { return };
    let seen = terminal.shows(&["Minuten übrig", "Nur level:fading"]);
    assert!(!seen.contains("feuerwehr"), "names are made up:\n{seen}");
    terminal.key("C-c").is_left_with(0);
    let Some(terminal) = Terminal::of(home, "--lang de") else { return };
    terminal.shows(&["Minuten übrig"]);
    let pid = fs::read_to_string(terminal.folder.path().join("pid")).unwrap();
    assert!(Command::new("kill").args(["-TERM", pid.trim()]).status().unwrap().success());
    terminal.is_left_with(0);
    let Some(terminal) = Terminal::of(home, "--lang de --filter alvie") else { return };
    terminal.is_left_with(2);
}

fn without_a_terminal_it_is_refused(home: &Home) {
    for (words, told) in [
        (&["tui"][..], "use: rin week"),
        (&["tui", "--lang", "de"], "in Skripten und Pipes: rin week"),
        (&["tui", "--json"], "rin week --json"),
    ] {
        let output = home.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}
