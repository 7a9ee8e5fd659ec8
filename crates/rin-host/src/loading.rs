//! How a plugin is loaded and run: where, with whose permission, and what a call may cost.

use std::{path::PathBuf, time::Duration};

use rin_core::Column;

use crate::Ledger;

/// How a plugin is loaded and run.
///
/// # Example
/// ```
/// use rin_host::{Isolation, Loading};
///
/// let how = Loading { isolation: Isolation::Required, ..Loading::default() };
/// assert_eq!(how.sha256, None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Loading {
    /// Where it runs.
    pub isolation: Isolation,
    /// The personal columns the user has permitted.
    pub permitted: Vec<Column>,
    /// The SHA-256 its bytes must have, in lower-case hexadecimal; `None` for any.
    pub sha256: Option<String>,
    /// What it may use.
    pub limits: Limits,
    /// The program plugins run in; `None` for `rin-worker` beside this program or in its `libexec/rin`.
    pub worker: Option<PathBuf>,
    /// Whether its first forbidden system call ends a worker, instead of being refused. For checking, not for use.
    pub strict: bool,
    /// Whether a worker is fed and limited as on every other system where more can be had, for testing that.
    #[doc(hidden)]
    pub portable: bool,
    /// Who has crashed how often. Clones share it, so hand the same one to everything a host loads.
    pub ledger: Ledger,
}

/// Where a plugin runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Isolation {
    /// In a process of its own, confined as far as the system can, which is by limits alone everywhere but on Linux;
    /// [`Connection::confinement`](crate::Connection::confinement) tells.
    #[default]
    Worker,
    /// The same, and not at all where the system cannot confine it wholly.
    Required,
    /// In this very process, with all its rights: a crash or an endless loop is this program's.
    InProcess,
}

impl Isolation {
    /// All there are.
    const ALL: [Self; 3] = [Self::Worker, Self::Required, Self::InProcess];

    /// Returns its name as it is written down: `worker`, `required`, `in-process`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Required => "required",
            Self::InProcess => "in-process",
        }
    }

    /// Returns the one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|isolation| isolation.name() == name)
    }
}

/// What a plugin in a worker may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Time for one answer: a batch, a probe, a review, the start.
    pub answer: Duration,
    /// Time for one source without a sign of life: a record, a byte read, a progress.
    pub silence: Duration,
    /// Time for one source as a whole, beside a second for each megabyte.
    pub read: Duration,
    /// Time between a wish to stop and the end of patience.
    pub grace: Duration,
    /// Address space in bytes.
    pub memory: u64,
    /// Processor time of a worker's whole life.
    pub processor: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            read: Duration::from_mins(10),
            grace: Duration::from_millis(500),
            memory: 512 << 20,
            processor: Duration::from_hours(1),
        }
    }
}
