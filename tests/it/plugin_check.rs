//! `rin plugin check`, as the author of a plugin runs it.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    fs,
    path::Path,
};

use tempfile::TempDir;

use crate::{Home, data, root, stderr};

/// Lays the Mastodon plugin out with a sample, as its author has it.
fn lay(home: &Home) -> TempDir {
    // Whatever has been run once has built the plugins and the worker.
    home.ok(&["plugin", "list"]);
    let dir = TempDir::new().unwrap();
    let library = format!("{DLL_PREFIX}rin_mastodon{DLL_SUFFIX}");
    let built = Path::new(env!("CARGO_BIN_EXE_rin")).with_file_name(&library);
    fs::copy(built, dir.path().join(&library)).unwrap();
    let manifest = root().join("plugins/mastodon/plugin.toml");
    fs::copy(manifest, dir.path().join("plugin.toml")).unwrap();
    let samples = dir.path().join("samples/whole");
    fs::create_dir_all(&samples).unwrap();
    for file in fs::read_dir(data("mastodon")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), samples.join(file.file_name())).unwrap();
    }
    dir
}

#[test]
fn an_author_is_told_what_to_mend_and_how_to_see_it_again() {
    let home = Home::new();
    let dir = lay(&home);
    let path = dir.path().to_str().unwrap();

    let view = home.json(&["plugin", "check", path, "--skip", "growth"]);
    assert_eq!(view["schema"], "rin.plugin-check/1");
    assert_eq!((&view["is_fine"], &view["seed"]), (&true.into(), &1.into()), "{view:#}");
    let cases = view["cases"].as_array().unwrap();
    let counts = ["passed", "warned", "skipped", "failed", "crashed"];
    let counted: u64 = counts.iter().map(|outcome| view[outcome].as_u64().unwrap()).sum();
    assert_eq!(counted, cases.len() as u64);
    let outcome = |name: &str| &cases.iter().find(|case| case["name"] == name).unwrap()["outcome"];
    assert_eq!((outcome("growth"), outcome("truncation")), (&"skipped".into(), &"passed".into()));

    let file = dir.path().join("plugin.toml");
    let manifest = fs::read_to_string(&file).unwrap();
    let first = "row = { silence-days = 40.0, contact-days = 10, alive = 0.5 }\nexpect = { kind = \"reply\"";
    assert!(manifest.contains(first));
    fs::write(&file, manifest.replace(first, &first.replace("\"reply\"", "\"boost\""))).unwrap();
    let output = home.run(&["plugin", "check", path, "--lang", "de", "--skip", "growth"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("✗ examples") && said.contains("1 nicht bestanden"), "{said}");
    assert!(said.contains("es schlägt vor: ") && said.contains("mit dem Grund fading"), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "what was tried on purpose is no news");
}

#[test]
fn rounds_of_chance_are_counted_and_repeat() {
    let home = Home::new();
    let dir = lay(&home);
    let path = dir.path().to_str().unwrap();
    let view = home.json(&["plugin", "check", path, "--rounds", "5", "--seed", "3"]);
    assert_eq!(view["schema"], "rin.plugin-fuzz/1");
    assert_eq!((&view["rounds"], &view["seed"]), (&5.into(), &3.into()));
    assert_eq!(view["failure"], serde_json::Value::Null);
}

#[test]
fn what_cannot_be_checked_is_said() {
    let home = Home::new();
    let dir = lay(&home);
    let path = dir.path().to_str().unwrap();
    let check = |words: &[&str], expected: &str| {
        let output = home.run(&[&["plugin", "check"], words].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    };
    check(&["nowhere"], "there is no plugin at nowhere");
    check(&[path, "--skip", "grwth"], "no case is called `grwth`");
    check(&[path, "--set", "reply-minuts=3"], "did you mean reply-minutes?");
    check(&[path, "--set", "reply-minutes"], "is not of the form KEY=VALUE");
}
