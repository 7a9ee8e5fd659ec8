//! What README.md claims: its commands exist, its figures and outputs are what the program says.

use std::{env::consts::EXE_SUFFIX, fs, process::Command};

use crate::{Home, INSTALLED, built, data, root};

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Returns the fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_outputs_shown_are_what_the_program_says() {
    let home = Home::demo();
    for block in blocks(&readme(), "console") {
        for part in block.split("$ rin ").skip(1) {
            let (command, output) = part.split_once('\n').unwrap();
            if output.trim().is_empty() {
                continue;
            }
            let words: Vec<&str> = command.split_whitespace().collect();
            let said = home.ok(&words);
            // A line of dots stands for lines left out.
            let mut rest = said.as_str();
            for piece in output.trim_end().split("\n...\n") {
                let at = rest.find(piece.trim_matches('\n'));
                assert!(at.is_some(), "README shows for `rin {command}`:\n{piece}\nnot:\n{said}");
                rest = &rest[at.unwrap()..];
            }
        }
    }
}

#[test]
fn the_snippets_are_the_examples() {
    let text = readme();
    let snippets = blocks(&text, "rust");
    assert!(2 <= snippets.len());
    let sources: String = [
        "examples/embed/src/main.rs",
        "plugins/bluesky/src/lib.rs",
        "plugins/mastodon/src/lib.rs",
        "tests/plugins/club/src/lib.rs",
    ]
    .iter()
    .map(|file| fs::read_to_string(root().join(file)).unwrap())
    .collect();
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sources = squeeze(&sources);
    for snippet in snippets {
        for part in snippet.split("// ...\n") {
            assert!(sources.contains(&squeeze(part)), "not in an example:\n{part}");
        }
    }
}

#[test]
fn the_embedding_example_prints_a_plan() {
    let output = example("example-embed", &[]);
    assert!(output.contains("30 of 30 minutes spent"), "{output}");
    assert!(output.contains("Elif"), "{output}");
}

#[test]
fn the_host_example_plans_from_an_export() {
    let plugins = INSTALLED.plugins.to_str().unwrap();
    let output = example("example-host", &[plugins, &data("mastodon")]);
    assert!(output.contains("Mastodon is"), "{output}");
    assert!(output.contains("minutes spent"), "{output}");
    assert!(4 < output.lines().filter(|line| line.contains(" % -> ")).count(), "{output}");
}

#[test]
fn every_file_the_readme_links_to_is_there() {
    let text = readme();
    let links = text.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap());
    for link in links.filter(|link| !link.starts_with("http") && !link.is_empty()) {
        assert!(root().join(link).exists(), "{link} is missing");
    }
}

/// Runs an example, which is built together with the plugins.
fn example(name: &str, words: &[&str]) -> String {
    assert!(INSTALLED.rin.exists());
    let program = built(&format!("{name}{EXE_SUFFIX}"));
    let output = Command::new(program).args(words).current_dir(root()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn the_first_plugin_of_the_chapter_is_the_one_that_is_tested() {
    let chapter = fs::read_to_string(root().join("docs/PLUGINS.md")).unwrap();
    let club = root().join("tests/plugins/club");
    let manifest = fs::read_to_string(club.join("plugin.toml")).unwrap();
    assert_eq!(blocks(&chapter, "toml")[0], manifest);
    let code = fs::read_to_string(club.join("src/lib.rs")).unwrap();
    let code = code.split("\n#[cfg(test)]").next().unwrap();
    assert_eq!(blocks(&chapter, "rust")[0].trim_end(), code.trim_end());
}

#[test]
fn the_picture_shows_what_the_program_says() {
    let picture = fs::read_to_string(root().join("docs/week.svg")).unwrap();
    let said = Home::demo().ok(&["week"]);
    let texts = picture.split("<text ").skip(1).map(|rest| rest.split(['>', '<']).nth(1).unwrap());
    let shown: Vec<&str> =
        texts.filter(|text| !text.is_empty() && !text.contains("...")).skip(1).collect();
    assert!(15 < shown.len());
    for line in shown {
        assert!(
            said.lines().any(|one| one.trim_end() == line),
            "not said: {line}\nrun: cargo xtask picture"
        );
    }
}
