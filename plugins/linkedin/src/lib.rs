//! Rin on LinkedIn: reads its exports of all eras and knows its engagement rules.
//!
//! The same knowledge feeds both sides: an export shows contacts and both sides of messages, but not whom a comment or
//! a reaction was for, so the rules rest on messages and on who is a contact.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The LinkedIn plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkedIn {
    rules: Rules,
    /// Whose export it is, as the user says it; empty if it shall be worked out.
    profile: String,
}

impl Plugin for LinkedIn {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        let profile = params.text("profile").unwrap_or_default().trim().to_owned();
        Ok(Self { rules: Rules::new(params)?, profile })
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
        read::read(source, &self.profile, sink)
    }
}

rin_plugin::export!(LinkedIn);
