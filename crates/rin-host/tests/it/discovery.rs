//! Plugins are found by their manifests, and what is wrong is told without running anything.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use rin_core::Strategy;
use rin_host::{Params, Problem, discover};

use crate::{
    build::{Build, here, lay_probe, library_name, mode, probe_manifest},
    world::World,
};

fn lay(folder: &Path, manifest_name: &str, manifest: &str, library: &str) {
    let manifest_file = folder.join(manifest_name);
    fs::create_dir_all(manifest_file.parent().unwrap()).unwrap();
    fs::write(&manifest_file, manifest).unwrap();
    fs::write(manifest_file.with_file_name(library_name(library)), "never opened here").unwrap();
}

#[test]
fn the_first_of_two_wins_and_the_order_is_always_the_same() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let named = |id: &str| {
        let platform = format!("platform = \"{}\"", id.replace('.', "-"));
        probe_manifest().replace("org.rin.probe", id).replace("platform = \"probe\"", &platform)
    };
    lay(first.path(), "b/plugin.toml", &named("org.rin.b-two"), "rin_b_two");
    lay(first.path(), "a.rin.toml", &named("org.rin.a"), "rin_a");
    lay(second.path(), "a/plugin.toml", &named("org.rin.a"), "rin_a");
    lay(second.path(), "c/plugin.toml", &named("org.rin.c"), "rin_c");
    fs::write(second.path().join("notes.txt"), "not a manifest").unwrap();
    let missing = first.path().join("missing");
    let folders = [first.path().to_owned(), missing, second.path().to_owned()];
    let discovery = discover(&folders);
    let ids: Vec<_> = discovery.found.iter().map(|f| f.manifest.info.id.as_str()).collect();
    assert_eq!(ids, ["org.rin.a", "org.rin.b-two", "org.rin.c"]);
    assert_eq!(discovery.get("org.rin.a").unwrap().manifest_file, first.path().join("a.rin.toml"));
    let [Problem::Hidden { id, manifest, by }] = &discovery.problems[..] else {
        unreachable!("{:?}", discovery.problems)
    };
    assert_eq!(id, "org.rin.a");
    assert_eq!(*manifest, second.path().join("a/plugin.toml"));
    assert_eq!(*by, first.path().join("a.rin.toml"));
}

#[test]
fn a_platform_has_one_plugin_and_the_other_is_named() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let named = |id: &str| probe_manifest().replace("org.rin.probe", id);
    lay(first.path(), "broken.rin.toml", &named("org.rin.gone"), "rin_of_another_name");
    lay(first.path(), "mine/plugin.toml", &named("net.mine.probe"), "rin_probe");
    lay(second.path(), "probe/plugin.toml", &named("org.rin.probe"), "rin_probe");
    let used = |folders: &[&Path]| {
        let folders: Vec<_> = folders.iter().map(|folder| folder.to_path_buf()).collect();
        let discovery = discover(&folders);
        let found = discovery.for_platform("probe").unwrap().manifest.info.id.clone();
        assert_eq!(discovery.found.len(), 1);
        assert!(discovery.for_platform("another").is_none());
        (found, discovery.problems.last().unwrap().to_string())
    };
    let (id, problem) = used(&[first.path(), second.path()]);
    assert_eq!(id, "net.mine.probe", "a plugin without a library serves no platform");
    let (mine, theirs) =
        (first.path().join("mine/plugin.toml"), second.path().join("probe/plugin.toml"));
    let expected = format!(
        "org.rin.probe in {} is not used: net.mine.probe in {} serves the platform probe already; \
         remove one of them, or name the folder of the one you want first in the search path",
        theirs.display(),
        mine.display()
    );
    assert_eq!(problem, expected);
    assert_eq!(used(&[second.path(), first.path()]).0, "org.rin.probe");
}

#[test]
fn what_cannot_be_used_is_a_problem_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = probe_manifest();
    lay(dir.path(), "a/plugin.toml", &manifest.replace("license", "licence"), "rin_probe");
    lay(dir.path(), "b/plugin.toml", &"#".repeat(300_000), "rin_probe");
    lay(dir.path(), "c/plugin.toml", &manifest, "rin_other");
    let discovery = discover(&[dir.path().to_owned()]);
    assert!(discovery.found.is_empty());
    let problems: Vec<_> = discovery.problems.iter().map(ToString::to_string).collect();
    assert!(problems[0].contains("a/plugin.toml:4: unknown field `licence`"), "{}", problems[0]);
    assert!(problems[0].ends_with("did you mean `license`?"), "{}", problems[0]);
    assert!(problems[1].contains("b/plugin.toml") && problems[1].contains("longer than 262144"));
    assert!(problems[2].contains("has no library for"), "{}", problems[2]);
}

#[test]
fn settings_reach_the_plugin() {
    let plugin = lay_probe(Build::Usual).load(&here());
    let ask = |settings: &str| {
        let params = Params::check(plugin.manifest(), &settings.parse().unwrap()).unwrap();
        World::new(1_000, 1).ask(&mut plugin.strategy(&params).unwrap(), 1_000).len()
    };
    let (all, some) = (ask("threshold = 0"), ask(""));
    assert!(some < all, "{some} of {all}");
    assert_eq!(ask("threshold = 10000.0"), 0);
}

/// Keeps what a subscriber writes.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn log_lines_reach_the_host_with_level_target_and_fields_and_end_somewhere() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    let plugin = lay_probe(Build::Usual).load(&here());
    tracing::subscriber::with_default(subscriber, || {
        let mut calm = plugin.strategy(&mode(&plugin, "calm")).unwrap();
        World::new(8, 1).ask_once(&mut calm).unwrap();
        let mut chatter = plugin.strategy(&mode(&plugin, "chatter")).unwrap();
        World::new(8, 1).ask_once(&mut chatter).unwrap();
        assert_eq!(chatter.info().id, "org.rin.probe");
    });
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let asked = text.lines().find(|line| line.contains("asked")).unwrap();
    for part in ["INFO", "rin_host::plugin", "asked rows=8 batches=1", "org.rin.probe", "rin_probe"]
    {
        assert!(asked.contains(part), "{part} in {asked}");
    }
    assert_eq!(text.matches("WARN rin_host::plugin: chatter").count(), 999, "and one line before");
    assert!(text.contains("logged too many lines") && text.contains("dropped=4001"));
}
