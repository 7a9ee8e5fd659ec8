//! Rin on Instagram and Threads: reads their export and knows their engagement rules.
//!
//! The same knowledge feeds both sides: an export shows messages in both directions but neither comments nor likes that
//! came in, so the rules take answers from messages and otherwise go by contact days and silence.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The Instagram plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct Instagram {
    rules: Rules,
    /// The user name of the owner, for exports that do not say it; empty if not set.
    me: String,
}

impl Plugin for Instagram {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        Ok(Self { rules: Rules::new(params)?, me: read::own_name(params.text("me"))? })
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
        read::read(source, &self.me, sink)
    }
}

rin_plugin::export!(Instagram);
