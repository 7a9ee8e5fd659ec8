//! `cargo demo`, `cargo test` and the plugins they build share every crate: each package together with `unify` asks the
//! crates of others for the same features as all of them together do.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use crate::{PLATFORMS, root};

/// What cargo says that these words build: crate and version, and the features it is built with, one set for programs and
/// perhaps another one for what builds are made with.
fn built(words: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--offline", "--quiet", "--prefix", "none", "--format", "{p}|{f}"]);
    let output = cargo.args(words).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found = BTreeMap::<_, BTreeSet<_>>::new();
    let said = String::from_utf8(output.stdout).unwrap();
    // Between two packages is an empty line.
    let lines = said.lines().map(|line| line.trim_end_matches(" (*)"));
    for (name, features) in lines.filter_map(|line| line.split_once('|')) {
        found.entry(name.to_owned()).or_default().insert(features.to_owned());
    }
    found
}

/// The crates that the packages have built otherwise than `all`.
fn odd(all: &BTreeMap<String, BTreeSet<String>>, packages: &[&str]) -> Vec<String> {
    let words: Vec<&str> = packages.iter().flat_map(|name| ["--package", name]).collect();
    let some = built(&[&["--edges", "normal,build"], &*words].concat());
    assert!(3 < some.len(), "{some:?}");
    let is_known = |name: &str, set: &str| all.get(name).is_some_and(|sets| sets.contains(set));
    some.iter()
        .flat_map(|(name, sets)| sets.iter().map(move |set| (name, set)))
        .filter(|(name, set)| !is_known(name, set))
        .map(|(name, set)| format!("{}: {name} with {set}", packages.join(" ")))
        .collect()
}

#[test]
fn no_crate_is_built_twice_for_its_features() {
    let all = built(&["--workspace", "--edges", "normal,build,dev"]);
    let plugins = PLATFORMS.iter().map(|name| format!("rin-{name}"));
    let packages: Vec<String> = plugins
        .chain(["rin-cli", "rin-host", "probe-plugin", "example-embed"].map(str::to_owned))
        .collect();
    let mut found = odd(&all, &["xtask"]);
    found.extend(packages.iter().flat_map(|name| odd(&all, &[name, "unify"])));
    // What only other systems build is not looked at.
    if cfg!(target_os = "linux") {
        assert!(found.is_empty(), "ask for it in crates/unify/Cargo.toml:\n{}", found.join("\n"));
    }
    let alone = odd(&all, &["rin-mastodon"]);
    assert!(alone.iter().any(|one| one.contains("rin-core")), "{alone:?}");
}
