//! Rin on YouTube: reads Takeout exports in any language and knows its engagement rules.
//!
//! The same knowledge feeds both sides: an export shows subscriptions and the owner's comments and nothing that came
//! back, so the rules rest on comments and are less sure of silence.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The YouTube plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct YouTube {
    rules: Rules,
    /// Whose export it is, as the user says it; empty if it shall be worked out.
    channel: String,
}

impl Plugin for YouTube {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        let channel = params.text("channel").unwrap_or_default().trim().to_owned();
        Ok(Self { rules: Rules::new(params)?, channel })
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
        read::read(source, &self.channel, sink)
    }
}

rin_plugin::export!(YouTube);
