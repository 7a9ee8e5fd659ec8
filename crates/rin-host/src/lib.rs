//! Finds, checks and runs plugins: strangers' code, on a lead.
//!
//! A plugin is found by its manifest alone ([`discover`]), loaded once the two tell the same story ([`load`]), and
//! used through a [`Connection`], behind which it runs in this process or elsewhere. Above that, a plugin's strategy
//! is a [`rin_core::Strategy`] like any other. Whatever a plugin says is checked before anybody hears of it: a plugin
//! that crashes, hangs, floods or lies costs its own answer and nothing else.

mod bytes;
mod call;
mod checks;
mod confinement;
mod conformance;
mod connection;
mod copy;
mod discover;
mod folder;
mod image;
mod in_process;
mod ledger;
mod library;
mod load;
mod loading;
#[cfg(target_os = "linux")]
mod memory;
mod params;
mod part;
mod reader;
mod search;
mod seat;
mod services;
mod strategy;
mod trust;
mod worker;

pub use rin_abi::{
    Example, ExampleValue, Expect, Manifest, ManifestError, Param, ParamKind, ParamValue, Provides,
    Source, SourceEntry,
};

pub use self::{
    call::{CallError, CallFault, UnreadableSource},
    confinement::Confinement,
    conformance::{
        CaseReport, CheckCase, CheckReport, CheckRequest, FuzzFailure, FuzzReport, FuzzRequest,
        Outcome, check_cases, check_plugin, fuzz_plugin,
    },
    connection::Connection,
    discover::{Discovery, Found, Problem, discover, discover_in, find_at},
    folder::{FolderError, FolderSource, Skipped},
    ledger::{Crashes, Ledger},
    load::{LoadError, LoadFault, Plugin, load},
    loading::{Isolation, Limits, Loading},
    params::{ParamError, Params},
    reader::PluginReader,
    search::{Origin, Places, PluginFolder, search_path},
    services::Canceller,
    strategy::PluginStrategy,
    trust::{Approval, NotTrusted, Revocation, Standing, Trust, TrustError},
    worker::serve,
};
