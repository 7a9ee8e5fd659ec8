//! `rin note`: what one may say about a note.

use clap::{Args as ClapArgs, Subcommand};

#[derive(Subcommand, Debug)]
pub(crate) enum Note {
    /// Write a note about somebody
    Add(AddNote),
    /// List notes: of one party the latest first
    List(ListNotes),
    /// Write a note anew
    Edit(EditNote),
    /// Take a note away for good
    Remove {
        /// Its number: rin note list
        #[arg(value_name = "NOTE")]
        note: i64,
    },
}

/// Write a note about somebody
#[derive(ClapArgs, Debug)]
pub(crate) struct AddNote {
    /// Their number, handle, or a part of their name
    #[arg(value_name = "WHO")]
    pub(crate) who: String,
    /// What it says
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// The day it is about [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) day: Option<String>,
}

/// List notes
#[derive(ClapArgs, Debug)]
pub(crate) struct ListNotes {
    /// Only about this party: number, handle, or a part of the name
    #[arg(value_name = "WHO")]
    pub(crate) who: Option<String>,
    /// Only about whom this filter is about, e.g. "tag:press note:award"
    #[arg(
        long,
        value_name = "FILTER",
        allow_hyphen_values = true,
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) filter: String,
}

/// Write a note anew
#[derive(ClapArgs, Debug)]
pub(crate) struct EditNote {
    /// Its number: rin note list
    #[arg(value_name = "NOTE")]
    pub(crate) note: i64,
    /// What it says instead
    #[arg(value_name = "TEXT", required_unless_present = "day")]
    pub(crate) text: Option<String>,
    /// The day it is about instead
    #[arg(long, value_name = "DAY")]
    pub(crate) day: Option<String>,
}
