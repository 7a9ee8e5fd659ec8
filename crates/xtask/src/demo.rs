//! `cargo demo`: a network of a few years on exports shipped with the project, from nothing to this week's plan.
//!
//! Five platforms, a programme that lasts, a campaign that is over and one that runs. Whatever a library would have said in
//! the course of these years is said here too, each command at its own day, so that reports have something to tell. All
//! figures are as of one fixed day and the same on every run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use xtask::build::{self, Profile, at};

/// The Monday after the shipped exports were made.
pub(crate) const NOW: &str = "2026-08-17";

/// Where `rin serve` is found, if nothing else is said.
const PAGE: &str = "http://127.0.0.1:7373/";

/// What is imported.
const EXPORTS: [&str; 5] = [
    "mastodon",
    "bluesky/pds",
    "town/instagram-stadtbuecherei-2026-08-15.zip",
    "town/mail",
    "town/besuche.csv",
];

/// What was said in the course of the years: the day, and the command.
const PAST: [(&str, &str); 19] = [
    (
        "2024-01-02",
        "programme new Stadtbücherei --from 2024-01-02 --until 2025-01-02 --member anna=60 --member ben=45",
    ),
    ("2024-12-16", "programme renew"),
    ("2025-05-26", "campaign start lesesommer"),
    ("2025-07-14", "campaign end lesesommer --minutes 1130 --money 385"),
    ("2025-12-15", "programme renew"),
    ("2026-07-06", "tag add kulturamt@stadt.example partner"),
    ("2026-07-06", "tag add marta.nowak press"),
    ("2026-07-06", "tag add nadia.haddad@viele.example partner"),
    ("2026-07-06", "week"),
    ("2026-07-07", "done 1"),
    ("2026-07-07", "done 2"),
    ("2026-07-09", "done 3 --minutes 12"),
    ("2026-07-13", "week"),
    ("2026-07-14", "done 1"),
    ("2026-07-15", "done 2"),
    ("2026-08-01", "campaign start buchherbst"),
    ("2026-08-10", "week"),
    ("2026-08-11", "done 1"),
    ("2026-08-12", "done 2"),
];

/// What is shown at the end.
const SHOWN: [&str; 6] = [
    "status",
    "report quarter 2026-Q3",
    "campaign report lesesommer",
    "campaign list",
    "exit simulate --all --from 2026-09-01 --until 2027-03-01",
    "week",
];

/// A folder with a network, and what works on it.
struct Stage {
    rin: PathBuf,
    home: PathBuf,
}

/// Builds, imports, and prints the network and the week. Further words go to every command, e.g. `--lang de`.
pub(crate) fn run(options: &[&str]) -> Result<(), String> {
    let stage = Stage::new("demo")?;
    stage.show("init", options)?;
    let import = format!("import {} --own stadtbuecherei-dev.test", EXPORTS.join(" "));
    stage.show(&import, options)?;
    let campaigns = stage.home.join("campaigns");
    fs::create_dir_all(&campaigns).map_err(|error| at(&campaigns, &error))?;
    for name in ["lesesommer.toml", "buchherbst.toml"] {
        let from = build::root().join("tests/data/town/campaigns").join(name);
        fs::copy(&from, campaigns.join(name)).map_err(|error| at(&from, &error))?;
    }
    println!("\nWhat was said meanwhile:");
    for (day, words) in PAST {
        println!("$ rin {words} --now {day}");
        stage.ask(words, &["--now", day], Stdio::null())?;
    }
    SHOWN.iter().try_for_each(|words| stage.show(words, options))?;
    let (rin, home) = (stage.rin.display(), stage.home.display());
    println!("\nThe demo's network stays in {home}.");
    println!("Go on with it:");
    println!("  export RIN_DATA_DIR={home}");
    println!("  {rin} party list --now {NOW}");
    println!("  {rin} report year 2025 --html report.html --now {NOW}");
    println!("  {rin} done 1 --now {NOW}");
    println!("\nThis week's plan in a browser takes one command, which needs nothing set before:");
    println!("  {rin} serve --open --now {NOW} --data-dir {home}");
    println!("It serves {PAGE} until Ctrl-C ends it. That address alone lets nobody in: the key");
    println!(
        "is drawn anew each time and stands in the address that the command prints and opens."
    );
    Ok(())
}

/// Makes the small network that README's picture shows, and returns its program and its folder.
pub(crate) fn small() -> Result<(PathBuf, PathBuf), String> {
    let stage = Stage::new("picture")?;
    for words in ["init", "import mastodon", "import bluesky/pds --own stadtbuecherei-dev.test"] {
        stage.ask(words, &["--now", NOW], Stdio::null())?;
    }
    Ok((stage.rin, stage.home))
}

impl Stage {
    /// Builds everything and makes the folder empty.
    fn new(name: &str) -> Result<Self, String> {
        let rin = build::stage(Profile::Dev)?.program;
        let home = build::target().join("rin").join(name);
        if home.exists() {
            fs::remove_dir_all(&home).map_err(|error| at(&home, &error))?;
        }
        Ok(Self { rin, home })
    }

    /// Prints a command and what it says.
    fn show(&self, words: &str, options: &[&str]) -> Result<(), String> {
        println!("\n$ rin {words}");
        let options: Vec<&str> = options.iter().copied().chain(["--now", NOW]).collect();
        self.ask(words, &options, Stdio::inherit())
    }

    fn ask(&self, words: &str, options: &[&str], out: Stdio) -> Result<(), String> {
        let status = Command::new(&self.rin)
            .args(words.split(' '))
            .args(options)
            .env("RIN_DATA_DIR", &self.home)
            .env_remove("RIN_PLUGIN_PATH")
            .current_dir(build::root().join("tests/data"))
            .stdout(out)
            .status();
        match status.map(|status| status.code()) {
            Ok(Some(0 | 3)) => Ok(()),
            Ok(code) => Err(format!("rin {words} ended with {code:?}")),
            Err(error) => Err(at(Path::new(&self.rin), &error)),
        }
    }
}
