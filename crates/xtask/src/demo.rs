//! `cargo demo`: the main job on real exports shipped with the project, from nothing to this week's plan.

use std::{fs, path::Path, process::Command};

use xtask::build::{self, Profile, at};

/// The Monday after the shipped exports were made.
pub(crate) const NOW: &str = "2026-08-17";

/// Builds, imports, and prints the network and the week. Further words go to every command, e.g. `--lang de`.
pub(crate) fn run(options: &[&str]) -> Result<(), String> {
    let rin = build::stage(Profile::Dev)?.program;
    let home = build::target().join("rin").join("demo");
    if home.exists() {
        fs::remove_dir_all(&home).map_err(|error| at(&home, &error))?;
    }
    let data = build::root().join("tests/data");
    let show = |words: &[&str]| {
        println!("\n$ rin {}", words.join(" "));
        let status = Command::new(&rin)
            .args(words)
            .args(options)
            .env("RIN_DATA_DIR", &home)
            .env_remove("RIN_PLUGIN_PATH")
            .current_dir(&data)
            .status();
        match status.map(|status| status.code()) {
            Ok(Some(0 | 3)) => Ok(()),
            Ok(code) => Err(format!("rin {} ended with {code:?}", words.join(" "))),
            Err(error) => Err(at(Path::new(&rin), &error)),
        }
    };
    show(&["init"])?;
    show(&["import", "mastodon", "--now", NOW])?;
    show(&["import", "bluesky/pds", "--own", "stadtbuecherei-dev.test", "--now", NOW])?;
    show(&["status", "--now", NOW])?;
    show(&["week", "--now", NOW])?;
    println!("\nThe demo's network stays in {}.", home.display());
    println!("Go on with it:");
    println!("  export RIN_DATA_DIR={}", home.display());
    println!("  {} party list", rin.display());
    println!("  {} done 1 --now {NOW}", rin.display());
    println!("Or look at it in a browser; this prints the page's address:");
    println!("  {} serve --open --now {NOW}", rin.display());
    Ok(())
}
