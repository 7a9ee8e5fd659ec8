//! Every way in which a strategy can misbehave.

use rin_plugin::{
    prelude::{Batch, Column, Proposal, ProposalSink, StrategyError},
    tracing,
};

/// Panics in that mode.
pub(crate) fn panic_if(mode: &str, in_mode: &str) {
    assert!(mode != in_mode, "a secret of Ann's");
}

/// Proposes what must not be proposed.
pub(crate) fn propose(
    mode: &str,
    batch: &Batch<'_>,
    sink: &mut dyn ProposalSink,
) -> Result<(), StrategyError> {
    panic_if(mode, "panic-propose");
    let fine = Proposal::default();
    let note = "x".repeat(5000);
    let lie = match mode {
        "row" => Proposal { row: batch.rows(), ..fine },
        "kind" => Proposal { kind: 2, ..fine },
        "reason" => Proposal { reason: 1, ..fine },
        "minutes" => Proposal { minutes: 0.0, ..fine },
        "minutes-infinite" => Proposal { minutes: f32::INFINITY, ..fine },
        "effect" => Proposal { effect: 1.5, ..fine },
        "nan" => Proposal { effect: f32::NAN, ..fine },
        "confidence" => Proposal { confidence: -0.1, ..fine },
        "due" => Proposal { due_days: f32::NAN, ..fine },
        "earliest" => Proposal { earliest_days: f32::NAN, ..fine },
        "note" => Proposal { note: &note, ..fine },
        "failed" => {
            return Err(StrategyError::Failed { id: "probe".into(), what: "no idea".into() });
        }
        "column" => return batch.f32(Column::Strength).map(|_| ()),
        "flood" => return flood(sink),
        "chatter" => {
            (0..5000).for_each(|line| tracing::warn!(line, "chatter"));
            return Ok(());
        }
        _ => return Ok(()),
    };
    sink.push(&lie)?;
    Ok(())
}

fn flood(sink: &mut dyn ProposalSink) -> Result<(), StrategyError> {
    loop {
        sink.push(&Proposal::default())?;
    }
}
