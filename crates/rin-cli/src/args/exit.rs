//! What leaving is asked with: a pause or an exit, a handover, one's own pauses.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::{horizon, percent};

#[derive(Subcommand, Debug)]
pub(crate) enum Exit {
    /// What a pause or an exit costs by month, the least upkeep through it, and whom to meet elsewhere
    Simulate(ExitSimulate),
    /// Whom one of your accounts hands over to another, what has to happen first, and an encrypted list
    Handover(Handover),
    /// What your own pauses cost, from your own log
    History(ExitHistory),
}

/// What a pause or an exit costs
#[derive(ClapArgs, Debug)]
pub(crate) struct ExitSimulate {
    /// Leave this platform
    #[arg(long, required_unless_present = "all", conflicts_with = "all")]
    pub(crate) platform: Option<String>,
    /// Leave all of them
    #[arg(long)]
    pub(crate) all: bool,
    /// The first day on which you write to nobody
    #[arg(long, value_name = "DAY")]
    pub(crate) from: String,
    /// The day you come back [default: never]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// How much of what going on would keep the upkeep and the coming back aim at, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 90.0, value_parser = percent, allow_negative_numbers = true)]
    pub(crate) keep: f64,
    /// Draw a picture of it into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// Whom one of your accounts hands over to another
#[derive(ClapArgs, Debug)]
pub(crate) struct Handover {
    /// The account of yours that leaves
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) from: String,
    /// The account of yours or your team's that takes over
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) to: String,
    /// Show only relationships with whom this filter is about, e.g. "tag:press"; the judgement and the list are of all
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    pub(crate) filter: Option<String>,
    /// Write the list into this file, encrypted in the age format; it must not be there yet
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(crate) bundle: Option<PathBuf>,
    /// Whoever holds the identity of this age recipient can read it
    #[arg(long, value_name = "AGE1...", group = "key", requires = "bundle")]
    pub(crate) recipient: Option<String>,
    /// Whoever knows the first line of this file can read it
    #[arg(long, value_name = "FILE", group = "key", requires = "bundle")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// What your own pauses cost
#[derive(ClapArgs, Debug)]
pub(crate) struct ExitHistory {
    /// Only this platform
    #[arg(long)]
    pub(crate) platform: Option<String>,
    /// So many days without anything written are a pause
    #[arg(long, value_name = "DAYS", default_value_t = 30.0, value_parser = horizon, allow_negative_numbers = true)]
    pub(crate) days: f64,
}
