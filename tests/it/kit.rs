//! The kit for authors from end to end: what `rin plugin new` writes builds, holds its own tests and passes the checks.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::{Home, root, stderr};

/// What cargo and make need to know of the machine; everything else is left out.
const KEPT: [&str; 8] = [
    "PATH",
    "HOME",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "CC",
    "TMPDIR",
    "LD_LIBRARY_PATH",
];

/// Gives a program what it needs to build, with the workspace's own builds at hand and no network.
fn building(command: &mut Command) -> &mut Command {
    for name in KEPT {
        if let Some(value) = env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env("CARGO", env!("CARGO"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("kit"))
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
}

fn rin(home: &Home, words: &[&str]) -> Output {
    building(&mut home.command(words)).output().unwrap()
}

fn done(output: &Output) -> String {
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{said}{}", stderr(output));
    said
}

fn json(home: &Home, words: &[&str]) -> Value {
    let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
    serde_json::from_str(&done(&rin(home, &words))).unwrap()
}

/// Writes a plugin; one in Rust takes the versions that the workspace has, so that none is looked for elsewhere.
fn write(home: &Home, name: &str, lang: &str) -> PathBuf {
    let view = json(home, &["plugin", "new", name, "--lang", lang]);
    assert_eq!((&view["id"], &view["lang"]), (&format!("org.example.{name}").into(), &lang.into()));
    assert_eq!(view["next"].as_array().unwrap().len(), 3);
    let dir = home.dir.path().join(name);
    if lang == "rust" {
        fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).unwrap();
    }
    dir
}

/// Has the checker try a plugin that `dev` has laid out; everything must hold at once.
fn assert_checked(home: &Home, name: &str) {
    let stage = format!("{name}/target/rin/{name}");
    let view = json(home, &["plugin", "check", &stage]);
    let cases = view["cases"].as_array().unwrap();
    assert!(20 < cases.len(), "{view}");
    let is_fine = |case: &&Value| ["passed", "skipped"].iter().any(|one| case["outcome"] == *one);
    let odd: Vec<_> = cases.iter().filter(|case| !is_fine(case)).collect();
    assert!(odd.is_empty(), "{odd:?}");
}

/// Whether `tried` lists what was tried and all of it went well.
fn assert_tried(view: &Value, count: usize) {
    let tried = view["tried"].as_array().unwrap();
    assert_eq!(tried.len(), count, "{view}");
    assert!(tried.iter().all(|one| one["is_fine"] == true), "{view}");
}

fn has_compiler() -> bool {
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let is_there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    let can_build = is_there(&compiler) && is_there("make");
    if !can_build {
        eprintln!("skipped: there is no {compiler} or no make");
    }
    can_build
}

#[test]
fn a_new_plugin_in_rust_builds_holds_its_tests_and_reads_and_plans() {
    let home = Home::new();
    let dir = write(&home, "chess-club", "rust");
    let mut cargo = Command::new(env!("CARGO"));
    let said = done(&building(cargo.args(["test", "--quiet"]).current_dir(&dir)).output().unwrap());
    assert!(said.contains("7 passed; 0 failed"), "{said}");

    let view = json(&home, &["plugin", "dev", "chess-club", "--once"]);
    assert_eq!(view["id"], "org.example.chess-club");
    assert_tried(&view, 4);
    let told = "bad-row: notes.csv:5: A row without an id, a moment or a member is left out.";
    assert_eq!(view["tried"][3]["findings"], serde_json::json!([told]), "{view}");
    assert_checked(&home, "chess-club");
    assert_eq!(view["plan"]["lines_after"], 0);

    // With people to plan for, a change of the rules is a change of the plan.
    let stage = home.dir.path().join("chess-club/target/rin");
    let path = ["--plugin-path", stage.to_str().unwrap()];
    home.ok(&["plugin", "approve", "chess-club", "--yes", path[0], path[1]]);
    home.ok(&["import", "chess-club/samples/export", path[0], path[1]]);
    let view = json(&home, &["plugin", "dev", "chess-club", "--once"]);
    let changes = view["plan"]["changes"].as_array().unwrap();
    assert_eq!(view["plan"]["lines_before"], 0, "{view}");
    assert!(changes.iter().all(|change| change["before"].is_null()), "{view}");
    assert_eq!(changes[0]["after"]["action"], "answer", "{view}");

    let code = dir.join("src/lib.rs");
    let broken = fs::read_to_string(&code).unwrap().replacen("fn propose(", "fn propose(;", 1);
    fs::write(&code, broken).unwrap();
    let output = rin(&home, &["plugin", "dev", "chess-club", "--once"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("--> src/lib.rs") && said.contains("the build failed"), "{said}");
}

#[test]
fn a_new_plugin_in_c_builds_and_answers() {
    if !has_compiler() {
        return;
    }
    let home = Home::new();
    write(&home, "night-train", "c");
    let view = json(&home, &["plugin", "dev", "night-train", "--once"]);
    assert_eq!(
        (&view["id"], &view["version"]),
        (&"org.example.night-train".into(), &"0.1.0".into())
    );
    assert_tried(&view, 2);
    assert_checked(&home, "night-train");

    // Without a network the examples alone are shown, and an example that does not hold is.
    fs::remove_dir_all(home.path()).unwrap();
    let manifest = home.dir.path().join("night-train/plugin.toml");
    let text =
        fs::read_to_string(&manifest).unwrap().replace("silence-days = 7.0", "silence-days = 70.0");
    fs::write(&manifest, text).unwrap();
    let view = json(&home, &["plugin", "dev", "night-train", "--once"]);
    assert_eq!(view["plan"], Value::Null);
    assert_eq!(view["tried"][1]["is_fine"], false);
    assert_eq!(view["tried"][1]["found"], "write, silent");
}

#[test]
fn what_cannot_be_made_is_said_and_nothing_is_overwritten() {
    let home = Home::new();
    let says = |words: &[&str]| {
        let output = home.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        stderr(&output)
    };
    let said = says(&["plugin", "new", "Chess"]);
    assert!(said.contains("`Chess` cannot be the name of a plugin"), "{said}");
    fs::create_dir(home.dir.path().join("taken")).unwrap();
    fs::write(home.dir.path().join("taken/mine.txt"), "mine").unwrap();
    let said = says(&["plugin", "new", "taken", "--lang", "c"]);
    assert!(said.contains("taken is there already and not empty"), "{said}");
    assert_eq!(fs::read_dir(home.dir.path().join("taken")).unwrap().count(), 1);
    let said = says(&["plugin", "new", "chess", "--rin", "taken"]);
    assert!(
        said.contains("taken holds no crates/rin-plugin") && said.contains("--rin PATH"),
        "{said}"
    );
    let said = says(&["week", "--lang", "rust"]);
    assert!(said.contains("possible values: de, en"), "{said}");
    let output = home.run(&["plugin", "dev", "taken", "--once", "--lang", "de"]);
    assert!(stderr(&output).contains("Den Ordner eines Plugins nennen"), "{}", stderr(&output));
}

#[test]
fn the_example_in_c_leaks_and_oversteps_nothing() {
    if !has_compiler() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let program = dir.path().join("driver");
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let mut command = Command::new(compiler);
    command.args(["-std=c11", "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-I"]);
    command.arg(root().join("crates/rin-abi/include"));
    command.arg(root().join("tests/plugins/c_driver.c"));
    command.arg(root().join("examples/plugin-c/strategy.c")).arg("-o").arg(&program);
    done(&command.output().unwrap());
    let said = done(&Command::new(&program).output().unwrap());
    assert_eq!(said, "10000 rows, 7700 actions, refused when full, cancelled when asked\n");
    let valgrind = Command::new("valgrind")
        .args(["--quiet", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=all"])
        .arg(&program)
        .output();
    match valgrind {
        Ok(output) => assert_eq!(done(&output), said),
        Err(_) => eprintln!("skipped: there is no valgrind"),
    }
}
