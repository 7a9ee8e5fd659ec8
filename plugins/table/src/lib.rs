//! Rin on tables: reads CSV and JSON Lines of anything that names who, whom and when.
//!
//! For every platform without a plugin of its own, and for notes of one's own: visits, calls, letters on paper. What the
//! columns are called is known in English and German and can be said in the settings.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::{read::Settings, rules::Rules};

/// The table plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    rules: Rules,
    settings: Settings,
}

impl Plugin for Table {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        Ok(Self { rules: Rules::new(params)?, settings: Settings::new(params)? })
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
        read::probe(source, &self.settings)
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        read::read(source, &self.settings, sink)
    }
}

rin_plugin::export!(Table);
