//! What a check is asked for and what it found, as plain data.

use std::{path::PathBuf, time::Duration};

use rin_core::Text;

use super::words::{self, joined, same};
use crate::{CallError, CallFault, LoadError, LoadFault, Loading};

/// What to check a plugin with.
#[derive(Clone, Debug, Default)]
pub struct CheckRequest {
    /// How it is run. Its ledger is not used: a check counts no crashes against anybody. Personal columns need no
    /// permission, because everything shown is made up.
    pub how: Loading,
    /// Parameters other than the defaults; these stay as they are when parameters are tried out.
    pub params: toml::Table,
    /// The seed of all chance.
    pub seed: u64,
    /// Exports of its platform for a reader, each a file or a folder; without any, everything in the folder `samples`
    /// beside the manifest.
    pub samples: Vec<PathBuf>,
    /// Cases to leave out, by name.
    pub skip: Vec<String>,
}

/// What a check found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckReport {
    /// The plugin's id.
    pub plugin: String,
    /// Its version.
    pub version: String,
    /// The seed of all chance, which repeats the check.
    pub seed: u64,
    /// Each case, in order.
    pub cases: Vec<CaseReport>,
}

/// How one case came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseReport {
    /// Its stable name.
    pub name: &'static str,
    /// What it tests and why.
    pub about: Text,
    /// How it came out.
    pub outcome: Outcome,
    /// What was found; empty if there is nothing to say.
    pub what: Text,
    /// How long it took.
    pub took: Duration,
}

/// How a case can come out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// As it should.
    Passed,
    /// Allowed, but unwise.
    Warned,
    /// Not tried, and why.
    Skipped,
    /// Not as it should.
    Failed,
    /// The plugin panicked, crashed or gave no answer in time.
    Crashed,
}

impl Outcome {
    /// Returns its name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Warned => "warned",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Crashed => "crashed",
        }
    }

    /// Whether the plugin must be mended.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Crashed)
    }
}

impl CheckReport {
    /// Whether nothing must be mended.
    pub fn is_fine(&self) -> bool {
        !self.cases.iter().any(|case| case.outcome.is_bad())
    }

    /// Returns how many cases came out so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.cases.iter().filter(|case| case.outcome == outcome).count()
    }
}

/// What a case found out, or why it could not go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    pub(super) what: Text,
}

/// The end of a case: what ends it early is a verdict too.
pub(super) type Tried = Result<Verdict, Verdict>;

impl Verdict {
    /// As it should be, and nothing to say about it.
    pub(super) fn fine() -> Self {
        Self::passed(Text::default())
    }

    pub(super) const fn passed(what: Text) -> Self {
        Self { outcome: Outcome::Passed, what }
    }

    pub(super) const fn warned(what: Text) -> Self {
        Self { outcome: Outcome::Warned, what }
    }

    pub(super) const fn failed(what: Text) -> Self {
        Self { outcome: Outcome::Failed, what }
    }

    pub(super) const fn skipped(what: Text) -> Self {
        Self { outcome: Outcome::Skipped, what }
    }

    /// Returns it with the circumstances in front.
    pub(super) fn when(self, circumstances: &Text) -> Self {
        Self { what: joined(circumstances, ": ", &self.what), ..self }
    }
}

impl From<CallError> for Verdict {
    fn from(error: CallError) -> Self {
        let outcome = match error.fault {
            CallFault::Crashed { .. }
            | CallFault::Late { .. }
            | CallFault::Quarantined { .. }
            | CallFault::Panicked { .. }
            | CallFault::Poisoned => Outcome::Crashed,
            _ => Outcome::Failed,
        };
        Self { outcome, what: words::fault(&error.fault) }
    }
}

impl From<LoadError> for Verdict {
    fn from(error: LoadError) -> Self {
        let outcome = match error.fault {
            LoadFault::Crashed { .. } | LoadFault::Late { .. } | LoadFault::Quarantined { .. } => {
                Outcome::Crashed
            }
            _ => Outcome::Failed,
        };
        Self { outcome, what: same(error.fault) }
    }
}
