//! What a report of a period is asked with.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

#[derive(Subcommand, Debug)]
pub(crate) enum Report {
    /// A month
    Month(ReportPeriod),
    /// Three months
    Quarter(ReportPeriod),
    /// A year
    Year(ReportPeriod),
}

/// Which period, and where the report goes.
#[derive(ClapArgs, Debug)]
pub(crate) struct ReportPeriod {
    /// Which, e.g. 2026-03, 2026-Q1, 2026, or a day in it [default: the last one your exports reach over]
    #[arg(value_name = "WHEN")]
    pub(crate) when: Option<String>,
    /// Write it as Markdown into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) md: Option<PathBuf>,
    /// Write it as a page to print into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}
