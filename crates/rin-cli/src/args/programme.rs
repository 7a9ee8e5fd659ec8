//! `rin programme`: the words and flags of the lasting commitment.

use clap::{Args as ClapArgs, Subcommand};

use super::{minutes, percent};

#[derive(Subcommand, Debug)]
pub(crate) enum Programme {
    /// Begin a programme; it runs for a year and wants to be renewed then
    New(NewProgramme),
    /// How it stands: budget and what was spent, team, what needs renewal, history, and what the budget keeps alive
    Show(ShowProgramme),
    /// Give it a further period, by default a year with as much as before
    Renew(RenewProgramme),
    /// Change its team, goals, platforms or running budget
    Adjust(AdjustProgramme),
    /// End it on purpose
    End(EndProgramme),
}

/// How it stands, and what the budget keeps alive
#[derive(ClapArgs, Debug)]
pub(crate) struct ShowProgramme {
    /// Which [default: the only one that runs]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Ask also what it takes to keep everybody with a tag or of a platform, e.g. tag:press or platform:mastodon
    #[arg(long, value_name = "SEGMENT", conflicts_with = "brief")]
    pub(crate) keep: Option<String>,
    /// Which share of them to keep, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 90.0, value_parser = percent, requires = "keep", allow_negative_numbers = true)]
    pub(crate) share: f64,
    /// Leave out what the budget keeps alive, which takes a while in a large network
    #[arg(long)]
    pub(crate) brief: bool,
}

/// Begin a programme
#[derive(ClapArgs, Debug)]
pub(crate) struct NewProgramme {
    /// What it is called
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) budget: Budget,
    /// First day [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// Last day, not included [default: a year later]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// Give it a further period
#[derive(ClapArgs, Debug)]
pub(crate) struct RenewProgramme {
    /// Which [default: the only one that runs]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) budget: Budget,
    /// First day [default: the day the last period ends]
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// Last day, not included [default: a year later]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// A time without a budget is meant
    #[arg(long)]
    pub(crate) gap: bool,
    /// What you say to it; kept in the history
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

/// Change it
#[derive(ClapArgs, Debug)]
pub(crate) struct AdjustProgramme {
    /// Which [default: the only one that runs]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) budget: Budget,
    /// Who leaves today; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) leaves: Vec<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// End it on purpose
#[derive(ClapArgs, Debug)]
pub(crate) struct EndProgramme {
    /// Which [default: the only one that runs]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// When [default: this moment]
    #[arg(long, value_name = "DAY")]
    pub(crate) at: Option<String>,
    /// What you say to it; kept in the history
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

/// What a period may cost.
#[derive(ClapArgs, Debug)]
pub(crate) struct Budget {
    /// How much time a week has [default: what the team has together, or as before]
    #[arg(long, value_parser = minutes, allow_negative_numbers = true)]
    pub(crate) minutes_per_week: Option<f64>,
    /// Money for the whole period
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub(crate) money: Option<f64>,
}

/// Who does what, and what for.
#[derive(ClapArgs, Debug)]
pub(crate) struct Who {
    /// A member with minutes a week, e.g. anna=60 or ben=30:mastodon,github@2027-03-01; may be given several times
    #[arg(long, value_name = "NAME=MINUTES")]
    pub(crate) member: Vec<String>,
    /// What it is for; may be given several times
    #[arg(long, value_name = "TEXT")]
    pub(crate) goal: Vec<String>,
    /// A platform it is about; may be given several times [default: all]
    #[arg(long, value_name = "PLATFORM")]
    pub(crate) platform: Vec<String>,
    /// What you say to it; kept in the history
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}
