//! One module a command: asks the session, prints the view.

mod answer;
mod backtest;
#[cfg(feature = "web")]
mod calendar;
mod calibrate;
mod campaign;
mod cohort;
mod doctor;
mod exit;
mod export;
mod forget;
mod import;
mod init;
mod manual;
mod note;
mod own;
pub(crate) mod party;
mod people;
mod period;
mod person;
mod picture_file;
pub(crate) mod plan;
mod plugin;
mod programme;
mod report;
mod retention;
mod schedule;
#[cfg(feature = "web")]
mod serve;
mod simulate;
mod status;
mod tag;
#[cfg(feature = "tui")]
mod tui;
pub(crate) mod week;

use std::{process::ExitCode, sync::Arc};

use crate::{
    args::{Args, Command, Simulate},
    environment::Context,
    error::Error,
};

/// Runs the command and returns the exit code.
pub(crate) fn run(args: &Args, context: &Arc<Context>) -> Result<ExitCode, Error> {
    // The parser sees only what stands on one side of the command's name.
    if context.json && context.plain {
        return Err(Error::Usage {
            en: "an answer is JSON or tab-separated lines, not both; leave out --json or --plain",
            de: "eine Antwort ist JSON oder Zeilen mit Tabulatoren, nicht beides; --json oder --plain weglassen",
        });
    }
    match &args.command {
        Command::Init => init::run(context),
        Command::Import(import) => return import::run(import, context),
        Command::Status => status::run(context),
        Command::Week(week) => return week::run(week, context),
        Command::Plan(plan) => return plan::run(plan, context),
        Command::Tag(tag) => tag::run(tag, context),
        Command::Note(args) => note::run(args, context),
        Command::Backtest(args) => backtest::run(args, context),
        Command::Exit(args) => exit::run(args, context),
        Command::Simulate(Simulate::Policy(args)) => simulate::run(args, context),
        Command::Done(done) => answer::done(done, context),
        Command::Later(later) => answer::later(later, context),
        Command::Never(line) => answer::never(line, context),
        Command::Undo => answer::undo(context),
        Command::Campaign(args) => return campaign::run(args, context),
        Command::Programme(args) => programme::run(args, context),
        Command::Report(args) => period::run(args, context),
        Command::Cohort(args) => cohort::run(args, context),
        Command::Export(args) => export::run(args, context),
        Command::Party(party) => party::run(party, context),
        Command::Person(args) => person::run(args, context),
        Command::Forget(args) => return forget::run(args, context),
        Command::Retention(args) => return retention::run(args, context),
        Command::People(args) => people::run(args, context),
        Command::Own(own) => own::run(own, context),
        Command::Plugin(plugin) => return plugin::run(plugin, context),
        Command::Schedule(args) => schedule::run(args, context),
        Command::Calibrate => calibrate::run(context),
        Command::Doctor => return doctor::run(context),
        Command::Completions(args) => manual::completions(args),
        Command::Man(args) => manual::man(args),
        #[cfg(feature = "tui")]
        Command::Tui(args) => tui::run(args, context),
        #[cfg(feature = "web")]
        Command::Serve(args) => serve::run(args, context),
        #[cfg(feature = "web")]
        Command::Calendar(args) => calendar::run(args, context),
    }?;
    Ok(ExitCode::SUCCESS)
}
