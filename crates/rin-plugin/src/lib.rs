//! The kit for plugin authors: one trait, one line of export, no unsafe.

pub mod archive;
#[doc(hidden)]
pub mod bridge;
mod compiled;
mod export;
mod log;
mod plugin;
pub mod testing;
pub mod text;

pub use rin_abi::{Manifest, ManifestError, ParamValue, Source, SourceEntry};
pub use tracing;

pub use self::{
    compiled::{Compiled, CompiledError},
    plugin::{Params, Plugin, PluginError, Probe, ReadError},
};

/// Everything a plugin needs, to import at once.
pub mod prelude {
    pub use rin_abi::{Source, SourceEntry};
    pub use rin_core::{
        AccountFlags, AccountRecord, Batch, Brief, Column, CoverageRecord, Finding,
        InteractionKind, InteractionKinds, InteractionRecord, Minutes, Moment, Proposal,
        ProposalSink, Record, RecordSink, Remark, Severity, Stop, StrategyError, Text, TieEnd,
        TieKind, TieKinds, TieRecord, TieStart, Verdict, Window, answer_probability,
    };

    pub use crate::{Params, Plugin, PluginError, Probe, ReadError};
}
