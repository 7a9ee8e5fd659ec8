//! What leaves Rin: tables, the web of ties, address cards.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

/// The network for other programs
#[derive(ClapArgs, Debug)]
pub(crate) struct Export {
    /// What is written
    #[arg(value_enum, value_name = "WHAT")]
    pub(crate) what: ExportWhat,
    /// The file; with `all` the folder [default: the terminal]
    #[arg(value_name = "FILE", required_if_eq("what", "all"))]
    pub(crate) file: Option<PathBuf>,
    /// How it is written [default: by the file's ending, else csv, gexf or vcf]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExportFormat>,
    /// Write over a file that is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum ExportWhat {
    /// Everything below, a file each, into a folder
    All,
    /// People and organisations
    Parties,
    /// Their accounts and yours
    Accounts,
    /// Follows, contacts, memberships, with their periods
    Ties,
    /// What is between you and each party, with all figures
    Relationships,
    /// Who did what to whom, and when
    Interactions,
    /// Your own words for parties
    Tags,
    /// The last plan, with your answers
    Plan,
    /// All your answers
    Decisions,
    /// Programmes by period
    Programmes,
    /// Campaigns, planned and started
    Campaigns,
    /// How the network came and went, by month
    Cohorts,
    /// The web of ties as a graph
    Network,
    /// Address cards of everybody but you
    Cards,
}

/// How it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A table with a head
    Csv,
    /// A JSON object a line
    Jsonl,
    /// A graph in time, for Gephi
    Gexf,
    /// A graph for everything else
    Graphml,
    /// Address cards (vCard 4.0)
    Vcf,
}
