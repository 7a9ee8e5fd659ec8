//! Where a plugin's log lines go: to the host, through the instance that is being called.
//!
//! A library has its own copy of `tracing` and of the panic hook, so without this the host would see nothing and a
//! panic would write to a terminal that belongs to somebody else. The text of a panic may quote what it stumbled
//! over, which may be private: the place goes out as an error, the text only to those who ask for debug lines.

use std::{
    cell::Cell,
    fmt::{self, Write as _},
    panic,
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
};

use rin_abi::{LogLevel, plugin::HostRef};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span,
    subscriber::Interest,
};

/// Longest line sent, in bytes.
const MAX_LINE: usize = 4096;

static FINEST: AtomicU32 = AtomicU32::new(0);
static INSTALLED: Once = Once::new();

thread_local! {
    static CURRENT: Cell<Option<HostRef>> = const { Cell::new(None) };
}

/// Runs `body` with its log lines going to `host`.
pub(crate) fn within<R>(host: HostRef, body: impl FnOnce() -> R) -> R {
    let _back = Back(CURRENT.replace(Some(host)));
    body()
}

/// Puts the host back that was there before, also when unwinding.
struct Back(Option<HostRef>);

impl Drop for Back {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

/// Sends log lines and panics to the host from now on, as fine as any instance's host has asked for.
pub(crate) fn install(host: &HostRef) {
    let level = host.max_level().map_or(0, LogLevel::number);
    let before = FINEST.fetch_max(level, Ordering::Relaxed);
    INSTALLED.call_once(|| {
        // It fails where the program that contains this plugin has a subscriber of its own, which then serves.
        let _ = tracing::subscriber::set_global_default(Forward);
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| match CURRENT.get() {
            Some(host) => report_panic(&host, info),
            None => others(info),
        }));
    });
    if before < level {
        tracing::callsite::rebuild_interest_cache();
    }
}

fn report_panic(host: &HostRef, info: &panic::PanicHookInfo<'_>) {
    let mut place = Line::default();
    let _ = match info.location() {
        Some(at) => write!(place, "panicked at {}:{}", at.file(), at.line()),
        None => write!(place, "panicked"),
    };
    host.log(LogLevel::Error, "panic", &place.text);
    let mut text = Line::default();
    let _ = write!(text, "{info}");
    host.log(LogLevel::Debug, "panic", &text.text);
}

/// A line that stops growing at its limit.
#[derive(Default)]
struct Line {
    text: String,
}

impl fmt::Write for Line {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let room = MAX_LINE - self.text.len();
        if more.len() <= room {
            self.text.push_str(more);
            return Ok(());
        }
        let end = more.floor_char_boundary(room);
        self.text.push_str(more.get(..end).unwrap_or_default());
        Err(fmt::Error)
    }
}

/// An event's message and, after it, its fields as `name=value`.
#[derive(Default)]
struct Fields {
    message: Line,
    rest: Line,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // What no longer fits is cut; a log line that long has said enough.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.rest, " {name}={value:?}"),
        };
    }
}

const fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        Level::DEBUG => LogLevel::Debug,
        Level::TRACE => LogLevel::Trace,
    }
}

/// Forwards events; spans are the host's business, since it knows the plugin and the call.
struct Forward;

impl Subscriber for Forward {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        let wanted = level(*metadata.level()).number() <= FINEST.load(Ordering::Relaxed);
        if wanted && metadata.is_event() { Interest::sometimes() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(match LogLevel::from_number(FINEST.load(Ordering::Relaxed)) {
            None => LevelFilter::OFF,
            Some(LogLevel::Error) => LevelFilter::ERROR,
            Some(LogLevel::Warn) => LevelFilter::WARN,
            Some(LogLevel::Info) => LevelFilter::INFO,
            Some(LogLevel::Debug) => LevelFilter::DEBUG,
            Some(LogLevel::Trace) => LevelFilter::TRACE,
        })
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let finest = CURRENT.get().and_then(|host| host.max_level());
        metadata.is_event() && finest.is_some_and(|finest| level(*metadata.level()) <= finest)
    }

    fn event(&self, event: &Event<'_>) {
        // Nobody is current while a line is under way, so that a host in the same program cannot send it in circles.
        let Some(host) = CURRENT.take() else { return };
        let _back = Back(Some(host));
        let mut fields = Fields::default();
        event.record(&mut fields);
        let mut line = fields.message;
        let _ = line.write_str(&fields.rest.text);
        host.log(level(*event.metadata().level()), event.metadata().target(), line.text.trim());
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_a_letter() {
        let mut line = Line::default();
        assert!(write!(line, "{}", "a".repeat(MAX_LINE - 1)).is_ok());
        assert!(write!(line, "ü").is_err());
        assert_eq!(line.text.len(), MAX_LINE - 1);
        assert!(write!(line, "b").is_ok());
        assert_eq!(line.text.len(), MAX_LINE);
    }
}
