//! Rules about the source tree itself, so that they fail on a developer's machine and not in review.
//!
//! Each rule takes a folder and returns what breaks it; a planted violation proves that it can fail.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Longest source file in lines of code, tests not counted.
const MAX_LINES: usize = 500;

/// Every workspace arrow that is allowed. An arrow missing here is a design change: argue it in
/// `docs/ARCHITECTURE.md` first.
const ARROWS: &[(&str, &[&str])] = &[
    ("rin-core", &[]),
    ("rin-abi", &["rin-core"]),
    ("rin-plugin", &["rin-abi", "rin-core"]),
    ("rin-host", &["rin-abi", "rin-core"]),
    ("rin-store", &["rin-core"]),
    ("rin-app", &["rin-core", "rin-host", "rin-store"]),
    ("rin-cli", &["rin-app"]),
    ("rin-bluesky", &["rin-plugin"]),
    ("rin-facebook", &["rin-plugin"]),
    ("rin-instagram", &["rin-plugin"]),
    ("rin-github", &["rin-plugin"]),
    ("rin-linkedin", &["rin-plugin"]),
    ("rin-mail", &["rin-plugin"]),
    ("rin-mastodon", &["rin-plugin"]),
    ("rin-pinboard", &["rin-plugin"]),
    ("rin-tiktok", &["rin-plugin"]),
    ("rin-table", &["rin-plugin"]),
    ("rin-x", &["rin-plugin"]),
    ("rin-youtube", &["rin-plugin"]),
    ("example-embed", &["rin-core"]),
    ("example-host", &["rin-core", "rin-host"]),
    ("unify", &["rin-core"]),
    ("xtask", &["rin-core", "rin-host", "rin-plugin", "rin-mastodon", "rin-bluesky", "rin-store"]),
];

/// Crates that may contain `unsafe`; every other forbids it.
const UNSAFE: &[&str] = &["rin-abi", "rin-plugin", "rin-host"];

/// What may lie at the top of the project, dotfiles not counted: whatever else is kept there came by mistake.
const TOP: &[&str] = &[
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "clippy.toml",
    "crates",
    "docs",
    "examples",
    "plugins",
    "rustfmt.toml",
    "tests",
];

/// The only file that opens libraries.
const LOADER: &str = "crates/rin-host/src/library.rs";

#[test]
fn the_tree_is_tidy() {
    let root = root();
    let mut found = arrows(&root);
    found.extend(module_comments(&root));
    found.extend(lengths(&root));
    found.extend(forgotten_tests(&root));
    found.extend(absences(&root));
    found.extend(traps(&root));
    let kept = Command::new("git").arg("-C").arg(&root).arg("ls-files").output();
    if let Ok(kept) = kept {
        found.extend(strays(&String::from_utf8_lossy(&kept.stdout)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn each_rule_fails_on_a_planted_violation() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let manifest = "[package]\nname = \"rin-core\"\n[dependencies]\nrin-app = \"1\"\n";
    write("crates/rin-core/Cargo.toml", manifest);
    assert_eq!(arrows(root), ["rin-core must not depend on rin-app"]);
    write("crates/rin-core/Cargo.toml", "[package]\nname = \"rin-news\"\n");
    assert_eq!(arrows(root), ["rin-news has no row in ARROWS"]);

    write("crates/rin-core/src/silent.rs", "fn f() {}\n");
    assert_eq!(module_comments(root), ["crates/rin-core/src/silent.rs lacks a module comment"]);
    write("crates/rin-core/src/silent.rs", &format!("//! Long.\n{}", "// x\n".repeat(600)));
    assert_eq!(lengths(root), ["crates/rin-core/src/silent.rs has 601 lines of code"]);
    write("crates/rin-core/src/silent.rs", &format!("#[cfg(test)]\n{}", "// x\n".repeat(600)));
    assert_eq!(lengths(root), [""; 0]);

    write("tests/it/main.rs", "mod tidy;\n");
    write("tests/it/tidy.rs", "//! Rules.\n");
    write("tests/it/lost.rs", "//! Lost.\n");
    assert_eq!(forgotten_tests(root), ["tests/it/lost.rs is not a module of tests/it/main.rs"]);

    write("crates/rin-core/src/silent.rs", "//! Now.\nfn f() { libloading::Library::new(); }\n");
    assert_eq!(absences(root), ["crates/rin-core/src/silent.rs opens libraries"]);
    write("crates/rin-core/src/silent.rs", "//! Now.\nfn f() { unsafe { g() } }\n");
    assert_eq!(absences(root), ["crates/rin-core/src/silent.rs contains unsafe"]);

    let table = "## Traps\n\n| platform | trap | test |\n|---|---|---|\n| Club | dates | `a_day_is_a_day`, `lost` |\n## Limits\n";
    write("docs/FORMATS.md", table);
    write(
        "plugins/club/src/read.rs",
        "//! Reads.\n#[test]\nfn a_day_is_a_day() {}\nfn lost() {}\n",
    );
    write("plugins/other/src/lib.rs", "//! Other.\n");
    assert_eq!(
        traps(root),
        ["the test lost of club is not there", "docs/FORMATS.md names no trap of other"]
    );

    let kept = "Cargo.toml\ncrates/rin-core/src/lib.rs\nrin_core-1/lib.o\n.gitignore\n";
    assert_eq!(strays(kept), ["rin_core-1 does not belong at the top of the project"]);
}

/// Crates depend on each other only along [`ARROWS`].
fn arrows(root: &Path) -> Vec<String> {
    let manifests = ["crates", "plugins", "examples"]
        .into_iter()
        .flat_map(|dir| files(&root.join(dir), "Cargo.toml"));
    let mut found = Vec::new();
    for manifest in manifests {
        let table: toml::Table = fs::read_to_string(&manifest).unwrap().parse().unwrap();
        let name = table["package"]["name"].as_str().unwrap();
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
            found.push(format!("{name} has no row in ARROWS"));
            continue;
        };
        let dependencies = table.get("dependencies").and_then(toml::Value::as_table);
        for to in dependencies.into_iter().flat_map(toml::Table::keys) {
            if to.starts_with("rin-") && !allowed.contains(&to.as_str()) {
                found.push(format!("{name} must not depend on {to}"));
            }
        }
    }
    found
}

/// Every file begins by saying what it answers.
fn module_comments(root: &Path) -> Vec<String> {
    let lacks = |path: &PathBuf| !fs::read_to_string(path).unwrap().starts_with("//!");
    let sources = sources(root).into_iter().filter(lacks);
    sources.map(|path| format!("{} lacks a module comment", name(root, &path))).collect()
}

/// No file is longer than can be read in one go.
fn lengths(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in sources(root) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        if MAX_LINES < code {
            found.push(format!("{} has {code} lines of code", name(root, &path)));
        }
    }
    found
}

/// Every file beside `tests/it/main.rs` is one of its modules.
fn forgotten_tests(root: &Path) -> Vec<String> {
    let main = fs::read_to_string(root.join("tests/it/main.rs")).unwrap_or_default();
    let mut found = Vec::new();
    for path in files(&root.join("tests/it"), ".rs") {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let is_top = path.parent() == Some(&root.join("tests/it"));
        if is_top && stem != "main" && !main.contains(&format!("mod {stem};")) {
            let name = name(root, &path);
            found.push(format!("{name} is not a module of tests/it/main.rs"));
        }
    }
    found
}

/// Only one file opens libraries, and only the boundary's crates are unsafe.
fn absences(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in sources(root) {
        let name = name(root, &path);
        if name.starts_with("tests/") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        if code.contains("libloading::") && name != LOADER {
            found.push(format!("{name} opens libraries"));
        }
        let is_boundary = UNSAFE.iter().any(|one| name.starts_with(&format!("crates/{one}/")));
        if !is_boundary && (code.contains("unsafe {") || code.contains("unsafe fn")) {
            found.push(format!("{name} contains unsafe"));
        }
    }
    found
}

/// Every trap that `docs/FORMATS.md` names has a test of that name in its plugin, and every plugin has traps.
fn traps(root: &Path) -> Vec<String> {
    let text = fs::read_to_string(root.join("docs/FORMATS.md")).unwrap();
    let chapter = text.split("## Traps\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<Vec<&str>> = chapter
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| platform |"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let mut found = Vec::new();
    for row in &rows {
        let [platform, _, tests] = row.as_slice() else { panic!("{row:?}") };
        let platform = platform.to_lowercase();
        let folder = match platform.as_str() {
            "all" => root.join("crates/rin-plugin/src"),
            platform => root.join("plugins").join(platform).join("src"),
        };
        let sources: Vec<String> =
            files(&folder, ".rs").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let is_test = |name: &str| {
            let heads = ["\n", "\n    "].map(|gap| format!("#[test]{gap}fn {name}("));
            sources.iter().any(|text| heads.iter().any(|head| text.contains(head)))
        };
        let lost = tests.split(", ").map(|name| name.trim_matches('`')).filter(|it| !is_test(it));
        found.extend(lost.map(|it| format!("the test {it} of {platform} is not there")));
    }
    let plugins = fs::read_dir(root.join("plugins")).unwrap();
    let mut plugins: Vec<_> =
        plugins.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    plugins.sort();
    plugins.retain(|plugin| rows.iter().all(|row| row[0].to_lowercase() != *plugin));
    found.extend(plugins.iter().map(|it| format!("docs/FORMATS.md names no trap of {it}")));
    found
}

/// Nothing is kept at the top of the project but what belongs there, of the files listed one a line.
fn strays(kept: &str) -> Vec<String> {
    let tops: BTreeSet<&str> = kept.lines().filter_map(|path| path.split('/').next()).collect();
    let strays = tops.into_iter().filter(|top| !top.starts_with('.') && !TOP.contains(top));
    strays.map(|top| format!("{top} does not belong at the top of the project")).collect()
}

fn sources(root: &Path) -> Vec<PathBuf> {
    let dirs = ["crates", "plugins", "examples", "tests"];
    dirs.into_iter().flat_map(|dir| files(&root.join(dir), ".rs")).collect()
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn files(dir: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![dir.to_path_buf()];
    while let Some(dir) = todo.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                todo.push(path);
            } else if path.to_string_lossy().ends_with(suffix) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
