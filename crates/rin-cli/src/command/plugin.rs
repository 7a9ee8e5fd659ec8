//! `rin plugin`: what reads exports and knows the platforms' rules. One module a word.

mod approve;
mod check;
mod dev;
mod info;
mod list;
mod new;

use std::process::ExitCode;

use crate::{args::Plugin, environment::Context, error::Error};

/// Runs `rin plugin`.
pub(crate) fn run(args: &Plugin, context: &Context) -> Result<ExitCode, Error> {
    match args {
        Plugin::List => list::run(context),
        Plugin::Info { id } => info::run(id, context),
        Plugin::Approve(approve) => return approve::run(approve, context),
        Plugin::Check(check) => return check::run(check, context),
        Plugin::Revoke { id } => approve::revoke(id, context),
        Plugin::New(new) => new::run(new, context),
        Plugin::Dev(dev) => dev::run(dev, context),
    }?;
    Ok(ExitCode::SUCCESS)
}
