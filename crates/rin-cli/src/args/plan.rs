//! `rin plan`, `rin week` and `rin tag`: how far a plan reaches, how it is made and where it goes.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, builder::PossibleValuesParser};
use rin_app::PlanPolicy;

use super::minutes;

/// A plan over weeks
#[derive(ClapArgs, Debug)]
pub(crate) struct Plan {
    /// So many weeks, the running one the first, 1 to 52 [default: 6]
    #[arg(long, value_name = "N", conflicts_with = "days", value_parser = clap::value_parser!(u32).range(1..=52))]
    pub(crate) weeks: Option<u32>,
    /// So many days instead, today the first, 1 to 366
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=366))]
    pub(crate) days: Option<u32>,
    /// How much time a week has [default: the running programme's, or minutes-per-week in rin.toml, or 60]
    #[arg(long, value_parser = minutes, allow_negative_numbers = true)]
    pub(crate) minutes: Option<f64>,
    /// In whose order the minutes are spent: ours, or, to hold it against ours, as other products or rules of thumb would
    #[arg(long, value_name = "NAME", default_value = "worth", value_parser = PossibleValuesParser::new(PlanPolicy::ALL.map(PlanPolicy::name)))]
    pub(crate) policy: String,
    #[command(flatten)]
    pub(crate) how: PlanHow,
}

/// How a plan is made and where it goes.
#[derive(ClapArgs, Debug)]
pub(crate) struct PlanHow {
    /// Make it anew, rather than changing the last plan as little as needed
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Only look: answers go on meaning the last plan that was kept
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Show only lines about whom this filter is about, e.g. "platform:linkedin"; the plan is made for everybody
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    pub(crate) filter: Option<String>,
    /// Breaks ties between equal proposals
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Write it as a calendar into this file; a later one updates the entries of an earlier one
    #[arg(long, value_name = "FILE")]
    pub(crate) ics: Option<PathBuf>,
    /// Write it as a table into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// Write it as a list to tick off into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) markdown: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Tag {
    /// Tag somebody
    Add(OneTag),
    /// Take a tag away
    Remove(OneTag),
    /// List tags with whom they are for
    List {
        /// Only this one
        #[arg(value_name = "TAG")]
        tag: Option<String>,
    },
}

/// Somebody and a word for them.
#[derive(ClapArgs, Debug)]
pub(crate) struct OneTag {
    /// Their number, handle, or a part of their name; left out with --filter
    #[arg(value_name = "WHO")]
    pub(crate) who: String,
    /// The word, e.g. patron
    #[arg(value_name = "TAG", required_unless_present = "filter", conflicts_with = "filter")]
    pub(crate) tag: Option<String>,
    /// For everybody this filter is about, e.g. "platform:linkedin kind:organisation"
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    pub(crate) filter: Option<String>,
}
