//! Rin on GitHub: reads migration archives and knows its engagement rules.
//!
//! The same knowledge feeds both sides: an archive shows both directions of every conversation, but only in the
//! repositories it is of, so the rules rest on answers there and on what can be reviewed.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The GitHub plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct GitHub {
    rules: Rules,
    /// Whose archive it is, as the user says it; empty if it shall be worked out.
    login: String,
}

impl Plugin for GitHub {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        let login = params.text("login").unwrap_or_default().trim().trim_start_matches('@');
        Ok(Self { rules: Rules::new(params)?, login: login.to_lowercase() })
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        self.rules.propose(batch, sink)
    }

    fn review(&mut self, brief: &Brief) -> Vec<Remark> {
        self.rules.review(brief)
    }

    fn probe(&mut self, source: &dyn Source) -> Probe {
        read::probe(source)
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        read::read(source, &self.login, sink)
    }
}

rin_plugin::export!(GitHub);
