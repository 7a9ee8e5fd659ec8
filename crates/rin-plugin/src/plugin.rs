//! The one trait a plugin author writes.

use rin_abi::Source;
use rin_core::{
    Batch, Brief, Finding, ProposalSink, RecordSink, Remark, Severity, Stop, StrategyError,
};

/// One platform: its archive reader and its engagement rules.
///
/// What the plugin *is* (id, version, platform, columns, kinds of action, reasons, norms, parameters) stands in its
/// `plugin.toml`; what it *does* stands here. Every method has a default, so that a reader alone or a strategy
/// alone is a plugin too; `provides` in the manifest says which it is.
pub trait Plugin: Sized + Send + 'static {
    /// The text of `plugin.toml`: `include_str!("../plugin.toml")`.
    const MANIFEST: &'static str;

    /// Makes an instance from the parameters the host has checked against the manifest.
    ///
    /// # Errors
    /// [`PluginError`] naming the parameter that does not fit with another.
    fn new(params: &Params) -> Result<Self, PluginError>;

    /// Proposes actions; see [`rin_core::Strategy::propose`].
    ///
    /// # Errors
    /// [`StrategyError`] if a column is missing or the host wants no more.
    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let _ = (batch, sink);
        Ok(())
    }

    /// Reviews a campaign; see [`rin_core::Strategy::review`].
    fn review(&mut self, brief: &Brief) -> Vec<Remark> {
        let _ = brief;
        Vec::new()
    }

    /// Says how sure it is that `source` is an export of its platform. Looks at names and first bytes only.
    fn probe(&mut self, source: &dyn Source) -> Probe {
        let _ = source;
        Probe::NO
    }

    /// Reads the export.
    ///
    /// A bad row is a [`Finding`] with its place and the reading goes on.
    ///
    /// # Errors
    /// [`ReadError`] if the source as a whole cannot be read, or the host wants no more.
    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        let _ = (source, sink);
        Ok(())
    }
}

/// How sure a reader is that a source is its own, in percent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Probe(u8);

impl Probe {
    /// Not its own.
    pub const NO: Self = Self(0);
    /// It may be: the kind of file fits.
    pub const MAYBE: Self = Self(30);
    /// It looks like it: the names fit.
    pub const LIKELY: Self = Self(70);
    /// It is: the content says so.
    pub const CERTAIN: Self = Self(100);

    /// Makes it of a percentage; more than 100 is 100.
    pub fn new(percent: u8) -> Self {
        Self(percent.min(100))
    }

    /// Returns the percentage.
    pub const fn percent(self) -> u8 {
        self.0
    }
}

/// Why a source could not be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The source as a whole is unreadable.
    #[error("{file}: {en}")]
    Unreadable {
        /// A short stable name, e.g. `truncated`.
        code: &'static str,
        /// The file inside the source.
        file: String,
        /// Byte, line or item, counted from 1; 0 if it has none.
        place: u64,
        /// What is wrong and what to do, in English.
        en: String,
        /// The same in German.
        de: String,
    },
    /// The host wants no more.
    #[error("the host asked the reader to stop")]
    Stopped,
}

impl From<Stop> for ReadError {
    fn from(_: Stop) -> Self {
        Self::Stopped
    }
}

impl ReadError {
    /// Returns it as a finding, for a source whose other parts can still be read; `None` if the host said stop.
    pub fn as_finding(&self) -> Option<Finding<'_>> {
        match self {
            Self::Unreadable { code, file, place, en, de } => Some(Finding {
                severity: Severity::Error,
                code,
                file,
                place: *place,
                count: 1,
                en,
                de,
            }),
            Self::Stopped => None,
        }
    }
}

/// Why an instance could not be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("parameter {key}: {what}")]
pub struct PluginError {
    /// The parameter.
    pub key: String,
    /// What does not fit.
    pub what: String,
}

/// The parameters of an instance: every one the manifest declares, with the user's value or its default.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Params {
    values: Vec<(String, Param)>,
}

#[derive(Clone, PartialEq, Debug)]
enum Param {
    Number(f64),
    Text(String),
}

impl Params {
    /// Returns the number (or 0 / 1 for a switch) called `key`; `None` if the manifest declares none.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.values.iter().find_map(|(k, value)| match value {
            Param::Number(number) if k == key => Some(*number),
            _ => None,
        })
    }

    /// Returns the text called `key`; `None` if the manifest declares none.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.iter().find_map(|(k, value)| match value {
            Param::Text(text) if k == key => Some(text.as_str()),
            _ => None,
        })
    }

    /// Adds a number.
    #[must_use]
    pub fn with_number(mut self, key: &str, value: f64) -> Self {
        self.values.push((key.to_owned(), Param::Number(value)));
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn with_text(mut self, key: &str, value: &str) -> Self {
        self.values.push((key.to_owned(), Param::Text(value.to_owned())));
        self
    }
}
