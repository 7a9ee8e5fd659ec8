//! `docs/cli.md`, written from the command line itself. With `RIN_BLESS` set the page is brought up to date.

use std::{env, fmt::Write as _, fs, path::Path};

use clap::{Arg, Command, CommandFactory as _};

use super::Args;

const HEAD: &str = "\
# Commands

Written from the program's own help; `rin COMMAND --help` says the same, `rin man COMMAND` prints a manual page of it.

Exit codes of every command: 0 done, 1 failed, 2 asked for something that cannot be, 3 done in part.
";

/// Adds what one argument is.
fn tell(text: &mut String, arg: &Arg) {
    let mut name = match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
        (None, Some(long)) => format!("--{long}"),
        _ => String::new(),
    };
    if arg.get_action().takes_values() {
        let id = arg.get_id().as_str();
        let values = arg.get_value_names().map_or_else(
            || id.to_uppercase(),
            |names| names.iter().map(clap::builder::Str::as_str).collect::<Vec<_>>().join(" "),
        );
        name = format!("{name} {values}");
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    write!(text, "* `{}`: {help}", name.trim()).unwrap();
    let values = arg.get_possible_values();
    if arg.get_action().takes_values() && !values.is_empty() {
        let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        write!(text, " ({})", names.join(", ")).unwrap();
    }
    let defaults: Vec<_> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if arg.get_action().takes_values() && !arg.is_hide_default_value_set() && !defaults.is_empty() {
        write!(text, " [default: {}]", defaults.join(", ")).unwrap();
    }
    text.push('\n');
}

/// Adds a command and those under it.
fn add(text: &mut String, path: &str, command: &Command) {
    let mut usage = command.clone();
    let usage = usage.render_usage().to_string();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    writeln!(text, "\n## {path}\n\n{about}\n\n```text\n{}\n```", usage.trim()).unwrap();
    let shown = |arg: &&Arg| !arg.is_hide_set() && !arg.is_global_set();
    let own: Vec<&Arg> = command.get_arguments().filter(shown).collect();
    let own: Vec<&Arg> = own.into_iter().filter(|arg| arg.get_id() != "help").collect();
    if !own.is_empty() {
        text.push('\n');
    }
    for arg in own {
        tell(text, arg);
    }
    if let Some(after) = command.get_after_help() {
        writeln!(text, "\n{after}").unwrap();
    }
    for under in command.get_subcommands() {
        add(text, &format!("{path} {}", under.get_name()), under);
    }
}

#[test]
fn the_page_of_commands_is_what_the_program_understands() {
    let mut whole = Args::command().disable_help_subcommand(true).term_width(0);
    whole.build();
    let mut text = HEAD.to_owned();
    text.push_str("\n## Options of every command\n\n");
    whole.get_arguments().filter(|arg| arg.is_global_set()).for_each(|arg| tell(&mut text, arg));
    for command in whole.get_subcommands() {
        add(&mut text, &format!("rin {}", command.get_name()), command);
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cli.md");
    if env::var_os("RIN_BLESS").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap();
    let differs = text.lines().zip(kept.lines()).find(|(said, kept)| said != kept);
    assert!(differs.is_none() && text == kept, "{differs:?}; bring it up to date with RIN_BLESS=1");
}
