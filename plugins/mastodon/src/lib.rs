//! Rin on Mastodon: reads its exports and knows its engagement rules.
//!
//! The same knowledge feeds both sides: what an archive can show at all (one's own writing, never the answers) is
//! why the rules go by contact days and silence, and use answers only where another source covers them.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The Mastodon plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct Mastodon {
    rules: Rules,
}

impl Plugin for Mastodon {
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
        self.rules.review(brief)
    }

    fn probe(&mut self, source: &dyn Source) -> Probe {
        read::probe(source)
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        read::read(source, sink)
    }
}

rin_plugin::export!(Mastodon);
