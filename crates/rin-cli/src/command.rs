//! One module a command: asks the session, prints the view.

mod answer;
mod backtest;
mod calibrate;
mod campaign;
mod cohort;
mod doctor;
mod exit;
mod import;
mod init;
mod own;
mod party;
mod people;
mod picture_file;
mod plan;
mod plugin;
mod programme;
mod report;
mod simulate;
mod status;
mod tag;
mod week;

use std::process::ExitCode;

use crate::{
    args::{Args, Command, Simulate},
    environment::Context,
    error::Error,
};

/// Runs the command and returns the exit code.
pub(crate) fn run(args: &Args, context: &Context) -> Result<ExitCode, Error> {
    match &args.command {
        Command::Init => init::run(context),
        Command::Import(import) => return import::run(import, context),
        Command::Status => status::run(context),
        Command::Week(week) => return week::run(week, context),
        Command::Plan(plan) => return plan::run(plan, context),
        Command::Tag(tag) => tag::run(tag, context),
        Command::Backtest(args) => backtest::run(args, context),
        Command::Exit(args) => exit::run(args, context),
        Command::Simulate(Simulate::Policy(args)) => simulate::run(args, context),
        Command::Done(done) => answer::done(done, context),
        Command::Later(later) => answer::later(later, context),
        Command::Never(line) => answer::never(line, context),
        Command::Undo => answer::undo(context),
        Command::Campaign(args) => return campaign::run(args, context),
        Command::Programme(args) => programme::run(args, context),
        Command::Cohort(args) => cohort::run(args, context),
        Command::Party(party) => party::run(party, context),
        Command::People(args) => people::run(args, context),
        Command::Own(own) => own::run(own, context),
        Command::Plugin(plugin) => return plugin::run(plugin, context),
        Command::Calibrate => calibrate::run(context),
        Command::Doctor => return doctor::run(context),
    }?;
    Ok(ExitCode::SUCCESS)
}
