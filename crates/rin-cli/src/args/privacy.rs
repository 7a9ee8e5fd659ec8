//! What is kept about people, how long, and how it is erased.

use clap::{Args as ClapArgs, Subcommand};

/// What is known of one party
#[derive(ClapArgs, Debug)]
pub(crate) struct Person {
    /// Its number, handle, or a part of its name
    #[arg(value_name = "WHO")]
    pub(crate) query: String,
    /// Every row of every table that mentions them; with --json the rows themselves
    #[arg(long)]
    pub(crate) all: bool,
}

/// Erase somebody for good
#[derive(ClapArgs, Debug)]
pub(crate) struct Forget {
    /// Their number, handle, or a part of their name
    #[arg(value_name = "WHO")]
    pub(crate) query: String,
    /// Erase without being asked
    #[arg(long)]
    pub(crate) yes: bool,
    /// Erase nobody: let somebody erased come back with a later import; WHO is a handle, id, mail address or page they had
    #[arg(long, conflicts_with = "yes")]
    pub(crate) lift: bool,
}

/// How long people are kept with whom there is no contact
#[derive(Subcommand, Debug)]
pub(crate) enum Retention {
    /// Show what is set and who would go today
    Show,
    /// Erase whoever has been silent for longer: shows them, and asks you
    Apply {
        /// Only look
        #[arg(long)]
        dry_run: bool,
        /// Erase without being asked
        #[arg(long)]
        yes: bool,
    },
}
