//! The command line: one struct a command, whose doc comment is its help.

mod campaign;
mod exit;
mod export;
mod manual;
mod note;
#[cfg(test)]
mod page;
mod people;
mod plan;
mod plugin;
mod privacy;
mod programme;
mod report;
mod schedule;
#[cfg(feature = "web")]
mod serve;
mod simulate;
#[cfg(feature = "tui")]
mod tui;

use std::path::PathBuf;

use clap::{
    ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

#[cfg(feature = "web")]
pub(crate) use self::serve::{Calendar, Serve};
#[cfg(feature = "tui")]
pub(crate) use self::tui::Tui;
pub(crate) use self::{
    campaign::{Campaign, EndCampaign, MarkCampaign, NewCampaign, ReportCampaign, StartCampaign},
    exit::{Exit, ExitHistory, ExitSimulate, Handover},
    export::{Export, ExportFormat, ExportWhat},
    manual::{Completions, Man},
    note::{AddNote, EditNote, ListNotes, Note},
    people::People,
    plan::{OneTag, Plan, PlanHow, Tag},
    plugin::{Approve, CheckPlugin, DevPlugin, NewPlugin, Plugin},
    privacy::{Forget, Person, Retention},
    programme::{
        AdjustProgramme, EndProgramme, NewProgramme, Programme, RenewProgramme, ShowProgramme,
    },
    report::Report,
    schedule::{DayArg, Schedule},
    simulate::{Simulate, SimulatePolicy},
};

/// Relationships that are meant to last: who is alive, who is about to lapse, and where your minutes do most good.
#[derive(Parser, Debug)]
#[command(
    name = "rin",
    version,
    max_term_width = 100,
    after_help = "Begin with: rin init, then rin import PATH, then rin week."
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command understands.
#[derive(ClapArgs, Debug)]
pub(crate) struct Global {
    /// Folder of your network [default: the user's data folder, e.g. ~/.local/share/rin]
    #[arg(long, global = true, value_name = "DIR", env = "RIN_DATA_DIR", hide_env_values = true)]
    pub(crate) data_dir: Option<PathBuf>,
    /// Folder with plugins, searched first; may be given several times
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) plugin_path: Vec<PathBuf>,
    /// Language of results
    #[arg(long, global = true, value_parser = PossibleValuesParser::new(["de", "en"]).map(LangArg::named))]
    pub(crate) lang: Option<LangArg>,
    /// Plan and judge as of this day or moment, e.g. 2026-08-17; contacts after it count as of that day
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) now: Option<String>,
    /// Show made-up names, handles and links in the place of the real ones: for screenshots and talks
    #[arg(long, global = true)]
    pub(crate) disguise: bool,
    /// Answer as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Answer as tab-separated lines: lists with a header and nothing cut, all else as a key and its value
    #[arg(long, global = true, conflicts_with = "json")]
    pub(crate) plain: bool,
    /// Say more about what is done; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// A language: of results, or of a plugin that is to be written. One type, because `--lang` is understood everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LangArg {
    De,
    En,
    Rust,
    C,
}

impl LangArg {
    #[expect(clippy::needless_pass_by_value, reason = "the parser hands its word over")]
    fn named(word: String) -> Self {
        match word.as_str() {
            "de" => Self::De,
            "rust" => Self::Rust,
            "c" => Self::C,
            _ => Self::En,
        }
    }
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Make the folder ready: an empty network and a rin.toml that shows every setting
    Init,
    /// Read exports: archives, folders of them, or folders of several downloads
    Import(Import),
    /// How the network stands, what the sources show and what they cannot
    Status,
    /// This week's plan in minutes, with reasons
    Week(Week),
    /// Look at the network and work the week off in this terminal
    #[cfg(feature = "tui")]
    Tui(Tui),
    /// Look at the network and work the week off in a browser
    #[cfg(feature = "web")]
    Serve(Serve),
    /// The address under which calendar programs read the plan from the page
    #[cfg(feature = "web")]
    Calendar(Calendar),
    /// A plan over weeks: whom, where, what, when, by whom and why
    Plan(Plan),
    /// Your own words for people, which rin.toml can weigh
    #[command(subcommand)]
    Tag(Tag),
    /// Your own notes about people
    #[command(subcommand)]
    Note(Note),
    /// Which forecast to believe: what each would have said earlier, beside what came of it
    Backtest(Backtest),
    /// What stopping costs, what a handover needs, what your own pauses did
    #[command(subcommand)]
    Exit(Exit),
    /// Live through a year of your network, or of another, before you spend it
    #[command(subcommand)]
    Simulate(Simulate),
    /// A line of the plan is done
    Done(Done),
    /// A line of the plan has to wait
    Later(Later),
    /// Never propose anything for this party again
    Never(Line),
    /// Take the last answer back
    Undo,
    /// What you commit to: goals, a team, and minutes that are renewed each year
    #[command(subcommand)]
    Programme(Programme),
    /// A finite overlay on it: planned, checked before it starts, ended
    #[command(subcommand)]
    Campaign(Campaign),
    /// A month, a quarter or a year on one page: alive, won, lost, revived, and the minutes it took
    #[command(subcommand)]
    Report(Report),
    /// How the network came and went, month by month: won, revived, lost, alive
    Cohort(Cohort),
    /// The network for other programs: tables, a graph, address cards
    Export(Export),
    /// Whom you know
    #[command(subcommand)]
    Party(Party),
    /// What is known of one party; with --all everything that is kept about them
    Person(Person),
    /// Erase somebody for good, and keep them from coming back with an import
    Forget(Forget),
    /// How long people are kept with whom there is no contact
    #[command(subcommand)]
    Retention(Retention),
    /// One human on many platforms: proposed, joined, taken apart
    #[command(subcommand)]
    People(People),
    /// Which accounts are yours: they are left out of every figure about others
    #[command(subcommand)]
    Own(Own),
    /// What reads exports and knows the platforms' rules
    #[command(subcommand)]
    Plugin(Plugin),
    /// Have the week's plan made by itself: prints a timer for systemd, a line for cron or a job for launchd
    #[command(subcommand)]
    Schedule(Schedule),
    /// Learn the forecast from your own past anew; an import does so by itself
    Calibrate,
    /// Check the store, the settings and the plugins
    Doctor,
    /// Print what has a shell complete commands and options of rin
    Completions(Completions),
    /// Print the manual page of rin or of a command, or write all of them into a folder
    Man(Man),
}

impl Command {
    /// Whether it takes the screen for itself.
    pub(crate) const fn takes_screen(&self) -> bool {
        match self {
            #[cfg(feature = "tui")]
            Self::Tui(_) => true,
            _ => false,
        }
    }
}

/// How the network came and went
#[derive(ClapArgs, Debug)]
pub(crate) struct Cohort {
    /// By what it is divided
    #[arg(long, value_enum, default_value = "month")]
    pub(crate) by: CohortKind,
    /// Only whom this filter is about, e.g. "tag:press or kind:organisation"; docs/FILTER.md has the language
    #[arg(
        long,
        value_name = "FILTER",
        allow_hyphen_values = true,
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) filter: String,
    /// How many months back
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub(crate) months: u32,
}

/// By what a network is divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum CohortKind {
    /// Not at all: its months one by one
    Month,
    /// By where there was contact
    Platform,
    /// By your tags
    Tag,
    /// By the campaign that won them
    Origin,
    /// By how close they were: up at once, down slowly
    Tier,
}

/// Read exports
#[derive(ClapArgs, Debug)]
pub(crate) struct Import {
    /// Archives or folders as they were downloaded
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read them as exports of this platform instead of asking every plugin
    #[arg(long)]
    pub(crate) platform: Option<String>,
    /// This account among the imported ones is yours; may be given several times
    #[arg(long, value_name = "HANDLE")]
    pub(crate) own: Vec<String>,
}

/// This week's plan
#[derive(ClapArgs, Debug)]
pub(crate) struct Week {
    /// How much time the week has [default: the running programme's, or minutes-per-week in rin.toml, or 60]
    #[arg(long, value_parser = minutes, allow_negative_numbers = true)]
    pub(crate) minutes: Option<f64>,
    #[command(flatten)]
    pub(crate) how: PlanHow,
}

/// Which forecast to believe
#[derive(ClapArgs, Debug)]
pub(crate) struct Backtest {
    /// Look back at a log in a file instead: .csv, .jsonl or .parquet (also .gz) with src, dst, t and perhaps kind
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// How many days ahead is forecast [default: horizon-days in rin.toml, or the longest the past is long enough for]
    #[arg(long, value_name = "DAYS", value_parser = horizon, allow_negative_numbers = true)]
    pub(crate) horizon: Option<f64>,
    /// Ask as of the start of this day, UTC; may be given several times [default: up to three, a horizon apart]
    #[arg(long, value_name = "DAY")]
    pub(crate) cut: Vec<String>,
    /// Only the ties of this person; may be given several times [default: yours, in a file everybody's]
    #[arg(long, value_name = "NAME")]
    pub(crate) ego: Vec<String>,
    /// Only this platform; with a file the kind of platform it comes from, e.g. chat or mail
    #[arg(long)]
    pub(crate) platform: Option<String>,
    /// How often is drawn for the intervals: 0 for none, else 50 or more
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = replicates)]
    pub(crate) replicates: usize,
    /// Where the drawing starts
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Draw a picture of it into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// A line of the last plan
#[derive(ClapArgs, Debug)]
pub(crate) struct Line {
    /// The line's number in the last plan
    pub(crate) line: u32,
}

/// A line of the plan is done
#[derive(ClapArgs, Debug)]
pub(crate) struct Done {
    /// The line's number in the last plan
    pub(crate) line: u32,
    /// How many minutes it took [default: as planned]
    #[arg(long, value_parser = minutes, allow_negative_numbers = true)]
    pub(crate) minutes: Option<f64>,
}

/// A line of the plan has to wait
#[derive(ClapArgs, Debug)]
pub(crate) struct Later {
    /// The line's number in the last plan
    pub(crate) line: u32,
    /// Until when [default: in four weeks]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Party {
    /// List relationships: fading ones first, then by lapse date
    List(PartyList),
    /// Show everything known of one party
    Show {
        /// Its number, handle, or a part of its name
        #[arg(value_name = "WHO")]
        query: String,
    },
}

/// List relationships
#[derive(ClapArgs, Debug)]
pub(crate) struct PartyList {
    /// Only these
    #[arg(long, value_enum)]
    pub(crate) level: Option<LevelArg>,
    /// Only whom this filter is about, e.g. "platform:linkedin alive<0.5 -tag:press"; docs/FILTER.md has the language
    #[arg(
        long,
        value_name = "FILTER",
        allow_hyphen_values = true,
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) filter: String,
    /// At most so many
    #[arg(long, default_value_t = 40)]
    pub(crate) limit: usize,
}

/// How a relationship stands.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum LevelArg {
    /// Likely to go on by themselves
    Alive,
    /// Expected to lapse within four weeks
    Fading,
    /// Unlikely to go on by themselves
    Lapsed,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Own {
    /// List your accounts, and what the sources show of each
    List,
    /// This account is yours, or a team member's
    Add {
        /// Its handle or native id
        #[arg(value_name = "HANDLE")]
        query: String,
    },
    /// This account is not yours
    Remove {
        /// Its handle or native id
        #[arg(value_name = "HANDLE")]
        query: String,
    },
}

/// Reads minutes: a number a week can hold.
fn minutes(text: &str) -> Result<f64, String> {
    let minutes = text.parse::<f64>().ok().filter(|minutes| (0.0..=10_080.0).contains(minutes));
    minutes.ok_or_else(|| "minutes are a number from 0 to 10080".to_owned())
}

/// Reads minutes that may be those of many weeks.
fn minutes_in_all(text: &str) -> Result<f64, String> {
    let minutes = text.parse::<f64>().ok().filter(|minutes| (0.0..=71e6).contains(minutes));
    minutes.ok_or_else(|| "minutes are a number from 0 to 71000000".to_owned())
}

/// Reads a horizon: what can be set in rin.toml.
fn horizon(text: &str) -> Result<f64, String> {
    let days = text.parse::<f64>().ok().filter(|days| (1.0..=3_650.0).contains(days));
    days.ok_or_else(|| "a horizon is a number of days from 1 to 3650".to_owned())
}

/// Reads a share in percent.
fn percent(text: &str) -> Result<f64, String> {
    let percent = text.parse::<f64>().ok().filter(|percent| (1.0..=100.0).contains(percent));
    percent.ok_or_else(|| "that is a number from 1 to 100".to_owned())
}

/// Reads how often to draw: fewer than fifty tell nothing, more than ten thousand no more.
fn replicates(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| *count == 0 || (50..=10_000).contains(count));
    count.ok_or_else(|| "that is 0, or a whole number from 50 to 10000".to_owned())
}
