//! How far an import is: a bar with rate and remaining time, on stderr and on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};
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
        let style = "{msg} {bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
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
