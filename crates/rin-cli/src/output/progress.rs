//! How far something is that takes a while, on stderr and on a terminal only.

use std::{fmt, time::Duration};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use rin_app::Watch;

use crate::environment::Context;

/// A bar for one command.
#[derive(Debug)]
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// Makes a bar; without a terminal it stays unseen.
    pub(crate) fn new(context: &Context) -> Self {
        if !context.progress {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        let lang = context.lang;
        let amount = move |state: &ProgressState, out: &mut dyn fmt::Write| {
            let (done, total) =
                (mebibytes(state.pos()), mebibytes(state.len().unwrap_or_default()));
            // Where nothing can be said there is nobody to be told so.
            write!(out, "{}/{} MiB", lang.number(done), lang.number(total)).unwrap_or_default();
        };
        let rate = move |state: &ProgressState, out: &mut dyn fmt::Write| {
            let rate = state.per_sec() / f64::from(1 << 20);
            write!(out, "{} MiB/s", lang.number(rate)).unwrap_or_default();
        };
        let template = lang.pick(
            "{msg} {bar:30} {amount}  {rate}  {eta} left",
            "{msg} {bar:30} {amount}  {rate}  noch {eta}",
        );
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("amount", amount).with_key("rate", rate));
        }
        Self(bar)
    }
}

impl Watch for Bar {
    fn source(&mut self, name: &str) {
        self.0.reset();
        self.0.set_message(name.to_owned());
    }

    fn progress(&mut self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }

    fn end(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Returns so many bytes in MiB.
fn mebibytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}

/// How far something is that has a known number of parts.
#[derive(Debug)]
pub(crate) struct Parts(ProgressBar);

impl Parts {
    /// Makes a bar; without a terminal it stays unseen.
    pub(crate) fn new(context: &Context) -> Self {
        if !context.progress {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        let lang = context.lang;
        let rate = move |state: &ProgressState, out: &mut dyn fmt::Write| {
            // Where nothing can be said there is nobody to be told so.
            write!(out, "{}/s", lang.number(state.per_sec())).unwrap_or_default();
        };
        let template = lang.pick(
            "{bar:30} {pos}/{len}  {rate}  {eta} left",
            "{bar:30} {pos}/{len}  {rate}  noch {eta}",
        );
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("rate", rate));
        }
        Self(bar)
    }

    /// Shows that so many of so many are done.
    pub(crate) fn done(&self, done: usize, total: usize) {
        self.0.set_length(total as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// How far something is that goes step by step and takes a while.
#[derive(Debug)]
pub(crate) struct Steps(ProgressBar);

impl Steps {
    /// Makes it; without a terminal it stays unseen.
    pub(crate) fn new(context: &Context) -> Self {
        if !context.progress {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Shows what has been done last.
    pub(crate) fn done(&self, what: String) {
        self.0.set_message(what);
        self.0.inc(1);
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Something that takes a while and does not say how far it is.
#[derive(Debug)]
pub(crate) struct Wait(ProgressBar);

impl Wait {
    /// Shows what is being done and for how long; without a terminal it stays unseen.
    pub(crate) fn new(context: &Context, what: &'static str) -> Self {
        if !context.progress {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner().with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
