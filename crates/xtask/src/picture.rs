//! `cargo xtask picture`: draws what `rin week` says on the first two exports as an SVG for the README.
//!
//! Text as text, so that it can be searched, read aloud and compared; colours follow the reader's light or dark.

use std::{fs, process::Command};

use xtask::build::{self, at};

use crate::demo;

/// Lines of the plan shown.
const SHOWN: usize = 19;
const WIDTH: usize = 100;
const LINE: usize = 20;

/// Draws `docs/week.svg` from a fresh network.
pub(crate) fn run() -> Result<(), String> {
    let (rin, home) = demo::small()?;
    let output = Command::new(rin)
        .args(["week", "--lang", "en", "--now", demo::NOW])
        .env("RIN_DATA_DIR", home)
        .env_remove("RIN_PLUGIN_PATH")
        .output()
        .map_err(|error| error.to_string())?;
    let path = build::root().join("docs/week.svg");
    fs::write(&path, draw(&String::from_utf8_lossy(&output.stdout)))
        .map_err(|error| at(&path, &error))
}

/// Draws the first and the last lines.
fn draw(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let (head, rest) = lines.split_at(SHOWN.min(lines.len()));
    let tail = rest.len().saturating_sub(3);
    let mut shown = vec!["$ rin week"];
    shown.extend(head);
    shown.push("    ...");
    shown.extend(rest.iter().skip(tail));
    let (width, height) = (WIDTH * 8 + 40, shown.len() * LINE + 40);
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"This week's plan in a terminal\">\n<style>\n\
         rect {{ fill: #fbfaf7; stroke: #d8d4ca; }} text {{ font: 13px ui-monospace, Menlo, Consolas, monospace; \
         fill: #2b2a27; white-space: pre; }} .strong {{ font-weight: 700; }} .faint {{ fill: #7a766c; }} \
         .command {{ fill: #2f6f4f; font-weight: 700; }}\n\
         @media (prefers-color-scheme: dark) {{ rect {{ fill: #1f1f1d; stroke: #3a3935; }} text {{ fill: #e8e5dd; }} \
         .faint {{ fill: #9a968c; }} .command {{ fill: #7fc8a0; }} }}\n</style>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"10\"/>\n",
        width - 1,
        height - 1
    );
    let lines = shown.iter().enumerate().map(|(number, line)| {
        let (class, y) = (class(number, line), 20 + LINE * number + 14);
        format!("<text class=\"{class}\" x=\"20\" y=\"{y}\">{}</text>\n", escape(line))
    });
    let lines: Vec<String> = lines.collect();
    format!("{head}{}</svg>\n", lines.concat())
}

/// Tells how a line looks: commands, titles and names strong, figures faint.
fn class(number: usize, line: &str) -> &'static str {
    let is_entry =
        line.trim_start().split(' ').next().is_some_and(|word| word.parse::<u32>().is_ok());
    if number == 0 {
        "command"
    } else if number == 1 || (is_entry && !line.starts_with("   ")) {
        "strong"
    } else if line.contains(" → ") || line.starts_with("Figures") || line.starts_with("Left out")
    {
        "faint"
    } else {
        "plain"
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
