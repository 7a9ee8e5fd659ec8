//! Words of `rin completions` and `rin man`: the command line told to shells and to `man`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap_complete::Shell;

/// Print what has a shell complete commands and options of rin
#[derive(ClapArgs, Debug)]
#[command(
    after_help = "Example: rin completions bash > ~/.local/share/bash-completion/completions/rin"
)]
pub(crate) struct Completions {
    /// For this shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// Print the manual page of rin or of a command, or write all of them into a folder
#[derive(ClapArgs, Debug)]
#[command(after_help = "Example: rin man party list | man -l -")]
pub(crate) struct Man {
    /// The command, e.g. party list [default: rin as a whole]
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub(crate) command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}
