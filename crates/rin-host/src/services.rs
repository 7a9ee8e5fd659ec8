//! What this host does when a plugin calls it: passes on its log lines, and says whether to stop.
//!
//! A plugin's lines go to people's terminals and files, so control characters are taken out, and there is an end to
//! them: so many a call, and the rest is counted.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use rin_abi::{LogLevel, host::Services};
use tracing::level_filters::LevelFilter;

/// Lines passed on in one call.
const MAX_LINES: u32 = 1000;
/// Longest line passed on, in bytes.
const MAX_LINE: usize = 4096;

/// Asks a plugin to stop, from any thread. The call under way ends as cancelled, and so does every later one.
#[derive(Clone, Debug, Default)]
pub struct Canceller(Arc<AtomicBool>);

impl Canceller {
    /// Asks to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody has asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The host as one instance of a plugin knows it.
#[derive(Debug)]
pub(crate) struct Office {
    plugin: String,
    canceller: Canceller,
    lines: AtomicU32,
    last_error: Mutex<String>,
}

impl Office {
    pub(crate) fn new(plugin: &str) -> Self {
        Self {
            plugin: plugin.to_owned(),
            canceller: Canceller::default(),
            lines: AtomicU32::new(0),
            last_error: Mutex::default(),
        }
    }

    pub(crate) fn canceller(&self) -> &Canceller {
        &self.canceller
    }

    /// Begins a call: what was said in an earlier one is forgotten.
    pub(crate) fn begin(&self) {
        self.lines.store(0, Ordering::Relaxed);
        self.last_error.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Counts lines that a worker has kept back because they were too many.
    pub(crate) fn add_dropped(&self, lines: u32) {
        self.lines.fetch_add(lines, Ordering::Relaxed);
    }

    /// Ends a call: says how many lines were too many, and returns the last error in the plugin's words.
    pub(crate) fn end(&self) -> String {
        let dropped = self.lines.load(Ordering::Relaxed).saturating_sub(MAX_LINES);
        if dropped != 0 {
            tracing::warn!(plugin = self.plugin, dropped, "the plugin logged too many lines");
        }
        std::mem::take(&mut *self.last_error.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Services for Office {
    fn log(&self, level: LogLevel, target: &str, message: &str) {
        let message = clean(message);
        if level == LogLevel::Error {
            let mut last = self.last_error.lock().unwrap_or_else(PoisonError::into_inner);
            last.clone_from(&message);
        }
        if MAX_LINES <= self.lines.fetch_add(1, Ordering::Relaxed) {
            return;
        }
        let (plugin, from) = (&self.plugin, clean(target));
        match level {
            LogLevel::Error => {
                tracing::error!(target: "rin_host::plugin", plugin, from, "{message}");
            }
            LogLevel::Warn => {
                tracing::warn!(target: "rin_host::plugin", plugin, from, "{message}");
            }
            LogLevel::Info => {
                tracing::info!(target: "rin_host::plugin", plugin, from, "{message}");
            }
            LogLevel::Debug => {
                tracing::debug!(target: "rin_host::plugin", plugin, from, "{message}");
            }
            LogLevel::Trace => {
                tracing::trace!(target: "rin_host::plugin", plugin, from, "{message}");
            }
        }
    }

    fn is_cancelled(&self) -> bool {
        self.canceller.is_cancelled()
    }

    /// Errors always come through, because a call that fails is explained by the last of them.
    fn max_level(&self) -> Option<LogLevel> {
        Some(match LevelFilter::current() {
            LevelFilter::TRACE => LogLevel::Trace,
            LevelFilter::DEBUG => LogLevel::Debug,
            LevelFilter::INFO => LogLevel::Info,
            LevelFilter::WARN => LogLevel::Warn,
            _ => LogLevel::Error,
        })
    }
}

/// Returns a line without control characters and of bounded length.
pub(crate) fn clean(line: &str) -> String {
    let end = line.floor_char_boundary(MAX_LINE);
    let kept = line.get(..end).unwrap_or_default();
    kept.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cannot_paint_the_terminal_or_fill_the_disk() {
        assert_eq!(clean("a\u{1b}[31mred\nb"), "a [31mred b");
        assert_eq!(clean(&"ü".repeat(MAX_LINE)).len(), MAX_LINE);
    }

    #[test]
    fn the_last_error_of_a_call_explains_it() {
        let office = Office::new("org.example.x");
        office.log(LogLevel::Error, "t", "first");
        office.log(LogLevel::Error, "t", "second");
        office.log(LogLevel::Warn, "t", "a warning");
        assert_eq!(office.end(), "second");
        office.log(LogLevel::Error, "t", "of another call");
        office.begin();
        assert_eq!(office.end(), "");
    }
}
