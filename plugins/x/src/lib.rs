//! Rin on X (Twitter): reads its archives of all eras and knows its engagement rules.
//!
//! The same knowledge feeds both sides: an archive shows what its owner wrote and both sides of private messages, but
//! no public answer of anybody, so the rules go by contact days and silence.

#![forbid(unsafe_code)]

mod read;
mod rules;

use rin_plugin::prelude::{
    Batch, Brief, Params, Plugin, PluginError, Probe, ProposalSink, ReadError, RecordSink, Remark,
    Source, StrategyError,
};

use self::rules::Rules;

/// The X plugin.
#[derive(Clone, PartialEq, Debug)]
pub struct X {
    rules: Rules,
    /// Whose files they are where they do not say; empty if the user did not say either.
    account_id: String,
}

impl Plugin for X {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        let account_id = params.text("account-id").unwrap_or_default().trim().to_owned();
        if !account_id.bytes().all(|byte| byte.is_ascii_digit()) {
            let what = "must be the number of an account, or nothing".to_owned();
            return Err(PluginError { key: "account-id".to_owned(), what });
        }
        Ok(Self { rules: Rules::new(params)?, account_id })
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
        read::read(source, &self.account_id, sink)
    }
}

rin_plugin::export!(X);
