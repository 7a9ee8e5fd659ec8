//! Rin on Bluesky: reads repository exports and knows what may be done there for a relationship.
//!
//! The file format, the tree and the lexicons stand here and nowhere else, beside the rules that use them.

#![forbid(unsafe_code)]

mod car;
mod mst;
mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// Bluesky's reader and strategy.
#[derive(Debug)]
pub struct Bluesky {
    rules: Rules,
}

impl Plugin for Bluesky {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        Ok(Self { rules: Rules::new(params)? })
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        self.rules.propose(batch, sink)
    }

    fn review(&mut self, brief: &Brief) -> Vec<Remark> {
        rules::review(brief)
    }

    fn probe(&mut self, source: &dyn Source) -> Probe {
        read::probe(source)
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        read::read(source, sink)
    }
}

rin_plugin::export!(Bluesky);
