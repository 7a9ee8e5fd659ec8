//! A plugin for tests: its parameter `mode` says how it behaves, so that one library shows every way to fail.
//!
//! In the mode `calm` it computes the same rule as `tests/plugins/c/strategy.c`, in the same order of operations.

#![forbid(unsafe_code)]

mod bad;
mod export;
mod odd;

use rin_plugin::{
    prelude::{
        Batch, Brief, Column, Params, Plugin, PluginError, Probe, Proposal, ProposalSink,
        ReadError, RecordSink, Remark, Source, StrategyError, Text, Verdict,
    },
    tracing,
};

/// The test plugin.
#[derive(Debug)]
pub struct ProbePlugin {
    mode: String,
    threshold: f32,
    batches: u32,
}

impl Plugin for ProbePlugin {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(params: &Params) -> Result<Self, PluginError> {
        let mode = params.text("mode").unwrap_or_default().to_owned();
        bad::panic_if(&mode, "panic-new");
        if mode == "refuse" {
            return Err(PluginError { key: "mode".into(), what: "must not be refuse".into() });
        }
        #[expect(clippy::cast_possible_truncation, reason = "a measure has seven digits")]
        let threshold = params.number("threshold").unwrap_or_default() as f32;
        odd::start(&mode, threshold);
        Ok(Self { mode, threshold, batches: 0 })
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        self.batches += 1;
        tracing::info!(rows = batch.rows(), batches = self.batches, "asked");
        match self.mode.as_str() {
            "calm" | "panic-drop" => rule(batch, self.threshold, sink, plain),
            "logistic" => rule(batch, self.threshold, sink, logistic),
            "count" => count(self.batches, sink),
            "name" => names(batch, sink),
            mode => match odd::oddity(self, batch) {
                Some(oddity) => odd::propose(self, batch, sink, oddity),
                None => bad::propose(mode, batch, sink),
            },
        }
    }

    fn review(&mut self, brief: &Brief) -> Vec<Remark> {
        bad::panic_if(&self.mode, "panic-review");
        let text = Text { en: "Too many.".into(), de: "Zu viele.".into() };
        let found = brief.posts_per_week;
        let verdict = if brief.automated { Verdict::Stop } else { Verdict::Warn };
        let remark = Remark { verdict, norm: "cooldown".into(), found, limit: 3.0, text };
        let n = match self.mode.as_str() {
            "flood" => 10_000,
            "fickle" => odd::once_more(),
            _ => 1,
        };
        vec![remark; n]
    }

    fn probe(&mut self, source: &dyn Source) -> Probe {
        bad::panic_if(&self.mode, "panic-probe");
        if self.mode == "greedy" || source.entries().iter().any(|entry| entry.name == "probe.txt") {
            Probe::CERTAIN
        } else {
            Probe::NO
        }
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        export::read(&self.mode, source, sink)
    }
}

impl Drop for ProbePlugin {
    fn drop(&mut self) {
        bad::panic_if(&self.mode, "panic-drop");
    }
}

/// The effect by four operations, which a C compiler does alike.
fn plain(silent: f32, days: f32) -> f32 {
    (days + 1.0) / (days + 1.0 + silent * 0.25)
}

/// The effect as the platforms' plugins compute it: the logistic fit on public wall-post data (docs/METHODS.md).
fn logistic(silent: f32, days: f32) -> f32 {
    let logit = -0.359 - 0.134 * silent.max(1.0).ln() + 0.25 * days.max(1.0).ln();
    1.0 / (1.0 + (-logit).exp())
}

/// The rule: whoever was silent for longer than the threshold, the likelier the more contact days there were.
///
/// The effect is computed for everybody, because a real rule knows only then whether a proposal is worth it.
fn rule(
    batch: &Batch<'_>,
    threshold: f32,
    sink: &mut dyn ProposalSink,
    effect: impl Fn(f32, f32) -> f32,
) -> Result<(), StrategyError> {
    let silence = batch.f32(Column::SilenceDays)?;
    let days = batch.u32(Column::ContactDays)?;
    for row in 0..batch.rows() {
        let (Some(silent), Some(days)) = (silence.get(row), days.get(row)) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a contact day more or less in 16 million")]
        let days = days as f32;
        let effect = effect(silent, days);
        if silent.is_nan() || silent <= threshold || effect <= 0.0 {
            continue;
        }
        let proposal = Proposal {
            row,
            kind: u32::from(effect < 0.5),
            minutes: 5.0,
            effect,
            due_days: silent * 0.5,
            confidence: 0.75,
            ..Proposal::default()
        };
        sink.push(&proposal)?;
    }
    Ok(())
}

/// Tells how many batches there were, which a reset must undo.
fn count(batches: u32, sink: &mut dyn ProposalSink) -> Result<(), StrategyError> {
    let note = batches.to_string();
    sink.push(&Proposal { note: &note, ..Proposal::default() })?;
    Ok(())
}

/// Shows the names it can see.
fn names(batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), StrategyError> {
    for row in 0..batch.rows() {
        let note = batch.text(Column::Name, row).unwrap_or("?");
        sink.push(&Proposal { row, note, ..Proposal::default() })?;
    }
    Ok(())
}

rin_plugin::export!(ProbePlugin);
