//! Rin on mail: reads mailboxes and address books, and knows the customs of writing letters.
//!
//! Both live in one plugin because both name people by the same thing, an address: a card says whose it is, a letter
//! that it is used.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The mail plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct Mail {
    rules: Rules,
    /// The owner's addresses, as the user says them; empty if they shall be worked out.
    said: Vec<String>,
}

impl Plugin for Mail {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        let said = params.text("address").unwrap_or_default();
        let said = said.split([',', ';', ' ']).filter_map(read::address).collect();
        Ok(Self { rules: Rules::new(params)?, said })
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
        read::read(source, &self.said, sink)
    }
}

rin_plugin::export!(Mail);
