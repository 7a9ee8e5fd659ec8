//! `rin campaign`: the words and flags of a finite overlay on a programme.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::minutes_in_all;

#[derive(Subcommand, Debug)]
pub(crate) enum Campaign {
    /// Write the file of a campaign, with a comment to every key
    New(NewCampaign),
    /// Whether it may start: each question with the figure behind it, its limit and what to do; exit code 3 for stop
    Check {
        /// Its short name
        #[arg(value_name = "CAMPAIGN")]
        name: String,
    },
    /// Check it and start it; its file is kept as it is
    Start(StartCampaign),
    /// It is over: keep what it took
    End(EndCampaign),
    /// What it brought: whether the ties it won last, whether they would have come anyway, what they cost
    Report(ReportCampaign),
    /// Whom it won, or did not, by your word
    Mark(MarkCampaign),
    /// List the campaigns: planned, running, over and ended
    List,
    /// Print the JSON Schema of a campaign's file, for editors
    Schema,
}

/// Write the file of a campaign
#[derive(ClapArgs, Debug)]
pub(crate) struct NewCampaign {
    /// What it is called
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The programme it supports [default: the only one that runs]
    #[arg(long, value_name = "NAME")]
    pub(crate) programme: Option<String>,
    /// First day [default: a Monday in four weeks]
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// The day after the last [default: six weeks later]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
}

/// Check it and start it
#[derive(ClapArgs, Debug)]
pub(crate) struct StartCampaign {
    /// Its short name
    #[arg(value_name = "CAMPAIGN")]
    pub(crate) name: String,
    /// Why it starts although the check says stop; kept with it
    #[arg(long, value_name = "REASON")]
    pub(crate) despite: Option<String>,
}

/// It is over
#[derive(ClapArgs, Debug)]
pub(crate) struct EndCampaign {
    /// Its short name
    #[arg(value_name = "CAMPAIGN")]
    pub(crate) name: String,
    /// How many minutes it took in all
    #[arg(long, value_parser = minutes_in_all, allow_negative_numbers = true)]
    pub(crate) minutes: f64,
    /// How much money it cost [default: not known]
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub(crate) money: Option<f64>,
}

/// Whom it won, or did not
#[derive(ClapArgs, Debug)]
pub(crate) struct MarkCampaign {
    /// Its short name
    #[arg(value_name = "CAMPAIGN")]
    pub(crate) name: String,
    /// Their numbers, handles, or parts of their names
    #[arg(required = true, value_name = "WHO")]
    pub(crate) parties: Vec<String>,
    /// It did not win them
    #[arg(long)]
    pub(crate) not: bool,
}

/// What it brought
#[derive(ClapArgs, Debug)]
pub(crate) struct ReportCampaign {
    /// Its short name
    #[arg(value_name = "CAMPAIGN")]
    pub(crate) name: String,
    /// Draw the two curves into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}
