//! What README.md claims: its commands exist, its figures and outputs are what the program says.

use std::{env::consts::EXE_SUFFIX, fs, path::Path, process::Command, sync::LazyLock};

use tempfile::TempDir;

use crate::{Home, INSTALLED, NOW, built, data, page::Page, root, stderr};

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

/// Returns the commands of a block, without what they are said to do.
fn commands(block: &str) -> Vec<String> {
    block.lines().map(|line| line.split("  #").next().unwrap().trim().to_owned()).collect()
}

/// Splits a command as a shell does with quotes.
fn words(line: &str) -> Vec<String> {
    let pieces = line.split(['"', '\'']).enumerate();
    let words = pieces.flat_map(|(number, piece)| match number % 2 {
        0 => piece.split_whitespace().map(str::to_owned).collect(),
        _ => vec![piece.to_owned()],
    });
    words.collect()
}

/// Runs a command of `rin`, with what only its reader has in the place of the words that stand for it.
fn run(home: &Home, line: &str, stand_ins: &[(&str, &str)]) -> String {
    let line = stand_ins.iter().fold(line.to_owned(), |line, (word, by)| line.replace(word, by));
    let words = words(line.strip_prefix("rin ").unwrap());
    home.ok(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Returns the commands of the `sh` blocks, each of which must be about one of these headings.
fn chapters(text: &str) -> Vec<(String, Vec<String>)> {
    let mut heading = "";
    let (mut chapters, mut lines) = (Vec::new(), text.lines());
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            heading = line.trim_start_matches(['#', ' ']);
        } else if line == "```sh" {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            chapters.push((heading.to_owned(), commands(&block.join("\n"))));
        } else if let Some(language) = line.strip_prefix("```").filter(|word| !word.is_empty()) {
            assert!(["console", "rust"].contains(&language), "nobody tries a block of {language}");
            assert!(lines.by_ref().any(|line| line == "```"), "a block does not end");
        }
    }
    chapters
}

#[test]
fn every_command_shown_can_be_given() {
    let (home, fresh) = (Home::demo(), Home { dir: TempDir::new().unwrap() });
    let archive = data("mastodon");
    for (heading, commands) in chapters(&readme()) {
        let stand_ins: &[(&str, &str)] = match heading.as_str() {
            "Rin" => {
                assert_eq!(commands, ["cargo demo", "cargo test"], "one is tried, one tries");
                continue;
            }
            "Run it" => &[("~/Downloads/archive-20260815.zip", &archive)],
            "The long breath" => &[(" NAME", " reading")],
            // Nobody is there to be asked whether it is meant.
            "Whom it is about" => &[("~/", "./"), ("rin forget 12", "rin forget 12 --yes")],
            other => panic!("nobody tries the commands under {other}"),
        };
        for line in commands {
            if line.starts_with("cargo xtask install") {
                let said = Command::new(built(&format!("xtask{EXE_SUFFIX}"))).output().unwrap();
                assert!(stderr(&said).contains("cargo xtask install [PREFIX]"), "{said:?}");
                continue;
            }
            run(if heading == "Run it" { &fresh } else { &home }, &line, stand_ins);
            if line.starts_with("rin programme new") {
                home.ok(&["campaign", "new", "reading", "--from", NOW, "--until", "2026-09-07"]);
                home.ok(&["campaign", "start", "reading", "--despite", "it is a test"]);
            }
        }
    }
    for file in ["plan.ics", "curves.svg", "year.svg", "report.html", "FOLDER/parties.csv"] {
        assert!(home.dir.path().join(file).exists(), "{file} was to be written");
    }
}

#[test]
fn every_command_in_a_sentence_is_one() {
    let home = Home::new();
    let text = readme();
    // What stands between two single ticks, outside the blocks.
    let prose: String = text.split("```").step_by(2).collect();
    let ticked = prose.split('`').skip(1).step_by(2);
    let commands: Vec<&str> = ticked.filter(|text| text.starts_with("rin ")).collect();
    assert!(15 < commands.len(), "{commands:?}");
    for line in commands {
        // Asked for help, a command does nothing, but whatever stands before it must be right.
        let said = run(&home, &format!("{line} --help"), &[]);
        assert!(said.contains("Usage: rin "), "{line}: {said}");
    }
}

/// What `cargo demo` says, which is run once.
static DEMO: LazyLock<String> = LazyLock::new(|| {
    assert!(INSTALLED.rin.exists());
    let demo = Command::new(built(&format!("xtask{EXE_SUFFIX}"))).arg("demo").output().unwrap();
    let said = String::from_utf8(demo.stdout.clone()).unwrap();
    assert!(demo.status.success(), "{said}{}", stderr(&demo));
    said
});

/// Returns the words of the command with which the demo ends.
pub(crate) fn opening() -> Vec<String> {
    let (_, end) = DEMO.rsplit_once("in a browser takes one command").unwrap();
    words(end.lines().nth(1).unwrap())
}

#[test]
fn the_demo_ends_with_a_plan_and_a_command_that_opens_its_page() {
    let (said, command) = (&*DEMO, opening());
    let week = said.rfind("\n$ rin week\n").unwrap();
    assert!(said[week..].contains("Carried out, this is expected to keep"), "{said}");
    let address = said.split("It serves ").nth(1).unwrap().split(' ').next().unwrap();
    let help = Home::new().ok(&["serve", "--help"]);
    let port = help.split("--port <PORT>").nth(1).unwrap();
    let port = port.split("[default: ").nth(1).unwrap().split(']').next().unwrap();
    assert_eq!(address, format!("http://127.0.0.1:{port}/"));
    // It is laid out as an installation is, with what shells and `man` look for.
    let prefix = Path::new(&command[0]).ancestors().nth(2).unwrap();
    for file in [
        "bash-completion/completions/rin",
        "zsh/site-functions/_rin",
        "fish/vendor_completions.d/rin.fish",
        "man/man1/rin-week.1",
    ] {
        let text = fs::read_to_string(prefix.join("share").join(file)).unwrap();
        assert!(text.contains("rin"), "{file}");
    }
    // The same without a browser, where the port is somebody else's perhaps.
    let (program, rest) = command.split_first().unwrap();
    let mut serve = Command::new(program);
    serve.args(rest.iter().filter(|word| *word != "--open")).args(["--port", "0"]).env_clear();
    let page = Page::from(serve);
    let answer = page.get("/week");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(page.bare("/").status, 401, "without its key nobody is let in");
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
