//! The frozen C boundary between host and plugin, and its conversions to core types.
//!
//! `include/rin_plugin.h` is the contract; the structs here are its mirror, and a test compares both byte by byte.
//! Every subject is one file with the two halves of its contract side by side: [`host`] lends, calls and checks
//! what comes back, [`plugin`] borrows and answers. Neither half holds a rule of the network model.

mod action;
mod columns;
mod describe;
mod entry;
mod fault;
mod guard;
mod manifest;
mod near;
mod norms;
mod pack;
mod raw;
mod reader;
mod record;
mod review;
mod services;
mod source;
mod status;
mod version;

pub use self::{
    action::{RawAction, RawSink},
    columns::{COLUMN_OPTIONAL, RawBatch, RawColumn},
    describe::{PROVIDES_READER, PROVIDES_STRATEGY, RawDescriptor, RawKind, RawParam},
    entry::{ENTRY_SYMBOL, RawEntry, RawInstance, RawValue},
    fault::Fault,
    manifest::{
        Example, ExampleValue, Expect, Manifest, ManifestError, Param, ParamKind, ParamValue,
        ProfileLink, Provides, Target,
    },
    near::nearest,
    norms::{EXT_NORMS, RawNorm, RawNorms},
    raw::{MAX_NOTE, MAX_PUSH, MAX_TEXT, RawStr, RawText},
    reader::{EXT_READER, RawEntryInfo, RawReader, RawRecordSink, RawSource},
    record::{RawAccount, RawCoverage, RawFinding, RawInteraction, RawTie},
    review::{EXT_REVIEW, RawBrief, RawRemark, RawRemarkSink, RawReview},
    services::{LogLevel, RawHost},
    source::{Source, SourceEntry},
    status::Status,
    version::{ABI_MAJOR, ABI_MINOR, FLAG_UNWINDS_CAUGHT, LAYOUT, MAGIC, NO_MOMENT},
};

/// The half of the contract that loads plugins and calls them.
pub mod host {
    pub use crate::{
        action::host::TakeProposals,
        columns::host::fits,
        describe::host::Description,
        entry::host::{Entry, EntryError, Instance},
        reader::host::{Odd, TakeRecords},
        review::host::TakeRemark,
        services::host::Services,
    };
}

/// The half of the contract that is loaded and called; `rin-plugin` builds on it.
pub mod plugin {
    pub use crate::{
        action::plugin::{ActionBuffer, ActionSink},
        columns::plugin::with_batch,
        describe::plugin::Constants,
        entry::plugin::{
            EntryCalls, InstanceCalls, ProbeCall, ReadCall, ReviewCall, entry, extension_id, fill,
            read_values, reader, review,
        },
        reader::plugin::{HostRecords, HostSource},
        review::plugin::{push_remarks, read_brief},
        services::plugin::HostRef,
    };
}

#[cfg(test)]
mod tests;
