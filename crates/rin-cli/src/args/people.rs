//! The arguments of `rin people`.

use clap::{Args as ClapArgs, Subcommand};

/// One human on many platforms
#[derive(Subcommand, Debug)]
pub(crate) enum People {
    /// Who may be one human or body on several platforms, with what speaks for it
    Suggest(PeopleSuggest),
    /// Say that two are one; `split` takes it back exactly
    Merge(PeopleMerge),
    /// Take a party's accounts apart, or one account out of it; they are not proposed again
    Split(PeopleSplit),
    /// Who is one on several platforms, why, and what profiles and cards say of them
    Show {
        /// Number, handle, or a part of the name; everybody with several accounts if left out
        #[arg(value_name = "WHO")]
        who: Option<String>,
        /// Only whom this filter is about, e.g. "platform:linkedin"; docs/FILTER.md has the language
        #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
        filter: Option<String>,
    },
}

/// Who may be one
#[derive(ClapArgs, Debug)]
pub(crate) struct PeopleSuggest {
    /// Only proposals about this party: its number, handle, or a part of its name
    #[arg(value_name = "WHO")]
    pub(crate) who: Option<String>,
    /// Only about somebody whom this filter is about, e.g. "tag:press"; docs/FILTER.md has the language
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    pub(crate) filter: Option<String>,
    /// Only what is at least so likely, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) least: Option<u8>,
    /// At most so many
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
}

/// Say that two are one
#[derive(ClapArgs, Debug)]
pub(crate) struct PeopleMerge {
    /// One: number, handle, or a part of the name
    #[arg(value_name = "WHO")]
    pub(crate) one: String,
    /// The other
    #[arg(value_name = "WHO")]
    pub(crate) other: String,
    /// Why, for yourself
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) why: String,
}

/// Take accounts apart
#[derive(ClapArgs, Debug)]
pub(crate) struct PeopleSplit {
    /// A party's number, or one of its accounts: handle, or platform:handle
    #[arg(value_name = "WHO")]
    pub(crate) who: String,
    /// Why, for yourself
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) why: String,
}
