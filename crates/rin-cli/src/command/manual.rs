//! `rin completions` and `rin man`: made of the command line itself, so that they cannot be behind it.

use std::{fs, io};

use clap::CommandFactory as _;
use clap_mangen::Man as Page;

use crate::{
    args::{Args, Completions, Man},
    error::Error,
    output::show_text,
};

/// Prints what has a shell complete.
pub(crate) fn completions(args: &Completions) -> Result<(), Error> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "rin", &mut out);
    Ok(show_text(&String::from_utf8_lossy(&out))?)
}

/// Prints the page of a command, or writes all pages.
pub(crate) fn man(args: &Man) -> Result<(), Error> {
    if let Some(dir) = &args.dir {
        let at = |error: io::Error| {
            Error::Output(io::Error::new(error.kind(), format!("{}: {error}", dir.display())))
        };
        fs::create_dir_all(dir).map_err(at)?;
        return clap_mangen::generate_to(Args::command(), dir).map_err(at);
    }
    let mut whole = Args::command().disable_help_subcommand(true);
    whole.build();
    let mut command = &whole;
    for word in &args.command {
        command = command.find_subcommand(word).ok_or(Error::Usage {
            en: "there is no such command: rin --help lists them",
            de: "diesen Befehl gibt es nicht: rin --help zählt sie auf",
        })?;
    }
    let mut out = Vec::new();
    Page::new(command.clone()).render(&mut out)?;
    Ok(show_text(&String::from_utf8_lossy(&out))?)
}
