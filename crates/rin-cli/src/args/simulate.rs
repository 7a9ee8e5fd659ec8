//! What a simulated year is asked with.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::minutes;

#[derive(Subcommand, Debug)]
pub(crate) enum Simulate {
    /// Which way of spending your minutes keeps most ties alive
    Policy(SimulatePolicy),
}

/// Which way of spending your minutes keeps most ties alive
#[derive(ClapArgs, Debug)]
pub(crate) struct SimulatePolicy {
    /// Live through a log in a file instead: .csv, .jsonl or .parquet (also .gz) with src, dst, t and perhaps kind
    #[arg(long, value_name = "LOG", conflicts_with = "generated")]
    pub(crate) file: Option<PathBuf>,
    /// Live through a made-up network of so many ties instead, at most 5,000
    #[arg(long, value_name = "TIES", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) generated: Option<u32>,
    /// How much time a week has [default: for your own network minutes-per-week in rin.toml, else 60]
    #[arg(long, value_parser = minutes, allow_negative_numbers = true)]
    pub(crate) minutes: Option<f64>,
    /// How many minutes one contact takes
    #[arg(long, value_name = "MINUTES", default_value_t = 5.0, value_parser = touch, allow_negative_numbers = true)]
    pub(crate) touch: f64,
    /// How many days are lived through
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub(crate) days: u32,
    /// How often, each time with other luck; two or more show intervals
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) years: u32,
    /// Let ties matter unequally, by a lot
    #[arg(long)]
    pub(crate) unequal: bool,
    /// Where the drawing starts
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Draw a picture of it into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// Reads what a contact takes: a second at least.
fn touch(text: &str) -> Result<f64, String> {
    let minutes =
        text.parse::<f64>().ok().filter(|minutes| (1.0 / 60.0..=1_440.0).contains(minutes));
    minutes.ok_or_else(|| "a contact takes a number of minutes above 0 and up to 1440".to_owned())
}
