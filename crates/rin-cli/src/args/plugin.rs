//! Words of `rin plugin`.

use std::path::PathBuf;

use clap::{
    Args as ClapArgs, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

use super::LangArg;

#[derive(Subcommand, Debug)]
pub(crate) enum Plugin {
    /// List the plugins that were found, and how each stands
    List,
    /// Show what a plugin is and asks for, how far it is confined, its norms with their sources, and its parameters
    Info {
        /// Its id or platform
        #[arg(value_name = "PLUGIN")]
        id: String,
    },
    /// Let a plugin run: shows what it is and asks for, and asks you
    Approve(Approve),
    /// Do not let a plugin run any more
    Revoke {
        /// Its id or platform
        #[arg(value_name = "PLUGIN")]
        id: String,
    },
    /// Check whether a plugin keeps its promises: for authors, confined, on made-up people and its own samples
    Check(CheckPlugin),
    /// Write a small plugin to begin with
    New(NewPlugin),
    /// Build your plugin whenever its files change, try it and show what it does to this week's plan
    Dev(DevPlugin),
}

/// Let a plugin run
#[derive(ClapArgs, Debug)]
pub(crate) struct Approve {
    /// Its id or platform
    #[arg(value_name = "PLUGIN")]
    pub(crate) id: String,
    /// Approve without being asked
    #[arg(long)]
    pub(crate) yes: bool,
    /// Personal data it may see, e.g. name,handle; without this it sees none
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub(crate) permit: Vec<String>,
    /// Run it only where this system can confine it wholly
    #[arg(long, conflicts_with = "in_process")]
    pub(crate) require: bool,
    /// Run it unconfined inside this program, with all your rights: only for what you have built yourself
    #[arg(long)]
    pub(crate) in_process: bool,
}

/// Check whether a plugin keeps its promises
#[derive(ClapArgs, Debug)]
pub(crate) struct CheckPlugin {
    /// Folder with plugin.toml and the library, or a manifest NAME.rin.toml
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Repeat a check or a round with this seed [default: 1; with --fuzz the clock]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// An export its reader is tried with, a file or a folder; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) sample: Vec<PathBuf>,
    /// Set a parameter; it stays so in the whole check
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Leave a case out; may be given several times
    #[arg(long, value_name = "CASE")]
    pub(crate) skip: Vec<String>,
    /// Instead of the cases, try rounds of chance for so many seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) fuzz: Option<u64>,
    /// Instead of the cases, try so many rounds of chance
    #[arg(long, value_name = "N")]
    pub(crate) rounds: Option<u64>,
}

/// Write a small plugin to begin with
#[derive(ClapArgs, Debug)]
pub(crate) struct NewPlugin {
    /// What it is called, e.g. chess-club
    pub(crate) name: String,
    /// Language of the code; elsewhere --lang is that of results [default: rust]
    #[arg(long, value_parser = PossibleValuesParser::new(["rust", "c"]).map(LangArg::named))]
    pub(crate) lang: Option<LangArg>,
    /// The folder to write [default: one called like the plugin]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// A copy of Rin's source, which holds the kit [default: the one this program was built from]
    #[arg(long, value_name = "PATH", conflicts_with = "rin_git")]
    pub(crate) rin: Option<PathBuf>,
    /// Take the kit from this repository instead
    #[arg(long, value_name = "URL")]
    pub(crate) rin_git: Option<String>,
}

/// Build your plugin whenever its files change
#[derive(ClapArgs, Debug)]
pub(crate) struct DevPlugin {
    /// The folder of the plugin: with plugin.toml, and Cargo.toml or Makefile
    #[arg(value_name = "PATH")]
    pub(crate) dir: PathBuf,
    /// Build and try it once
    #[arg(long)]
    pub(crate) once: bool,
    /// Build it optimised, as it is handed out
    #[arg(long)]
    pub(crate) release: bool,
}
