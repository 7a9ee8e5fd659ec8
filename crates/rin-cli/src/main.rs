//! The program `rin`: words, colours and exit codes around what `rin-app` answers.
//!
//! stdout is the answer, stderr is everything else. A face computes nothing: every figure shown comes out of a view.
#![forbid(unsafe_code)]

mod args;
mod command;
mod environment;
mod error;
mod output;
mod picture;
#[cfg(feature = "tui")]
mod tui;
#[cfg(feature = "web")]
mod web;
mod words;

use std::{process::ExitCode, sync::Arc};

use clap::Parser as _;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let context = Arc::new(environment::Context::new(&args.global));
    environment::log(args.global.verbose, args.command.takes_screen());
    let ended = command::run(&args, &context);
    environment::tell_held();
    match ended {
        Ok(code) => code,
        Err(error) => error.report(context.lang),
    }
}
