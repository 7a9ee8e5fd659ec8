//! Rin on TikTok: reads its exports as JSON and as text and knows its engagement rules.
//!
//! The same knowledge feeds both sides: an export shows who follows whom and both sides of messages, but not whose
//! videos were liked, so the rules rest on messages and on who is a friend.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The TikTok plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct TikTok {
    rules: Rules,
    /// Whose export it is, as the user says it; empty if it shall be worked out.
    name: String,
}

impl Plugin for TikTok {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        let name = params.text("name").unwrap_or_default().trim().trim_start_matches('@');
        Ok(Self { rules: Rules::new(params)?, name: name.to_lowercase() })
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
        read::read(source, &self.name, sink)
    }
}

rin_plugin::export!(TikTok);
