//! What the week's plan is made by itself with.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

#[derive(Subcommand, Debug)]
pub(crate) enum Schedule {
    /// A service and a timer for your own systemd
    Systemd(ScheduleWhen),
    /// A line for your crontab
    Cron(ScheduleWhen),
    /// A job for launchd on macOS
    Launchd(ScheduleWhen),
}

/// What is run, and when.
#[derive(ClapArgs, Debug)]
pub(crate) struct ScheduleWhen {
    /// Write the week into this calendar
    #[arg(long, value_name = "FILE")]
    pub(crate) ics: Option<PathBuf>,
    /// Read these exports first; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) import: Vec<PathBuf>,
    /// On which day
    #[arg(long, value_enum, default_value = "mon")]
    pub(crate) day: DayArg,
    /// At which time, in your machine's zone
    #[arg(long, value_name = "HH:MM", default_value = "07:00", value_parser = time)]
    pub(crate) time: (u8, u8),
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum DayArg {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// Reads a time of the day.
fn time(text: &str) -> Result<(u8, u8), String> {
    let parts = text.split_once(':').and_then(|(hour, minute)| {
        let hour: u8 = hour.parse().ok().filter(|hour| *hour < 24)?;
        let minute: u8 = minute.parse().ok().filter(|minute| *minute < 60)?;
        Some((hour, minute))
    });
    parts.ok_or_else(|| "a time is HH:MM, from 00:00 to 23:59".to_owned())
}
