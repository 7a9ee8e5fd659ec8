//! Strategies that nearly keep their promises: each breaks exactly one, as real ones do.

use std::{
    fs,
    hint::black_box,
    ptr,
    sync::atomic::{AtomicU32, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use rin_plugin::prelude::{Batch, Column, Proposal, ProposalSink, Stop, StrategyError};

use super::{ProbePlugin, plain, rule};

/// How often something was done in this process.
static TIMES: AtomicUsize = AtomicUsize::new(0);
/// A setting in the wrong place.
static SHARED: AtomicU32 = AtomicU32::new(0);

/// Which promise is broken.
#[derive(Clone, Copy)]
pub(crate) enum Oddity {
    /// Effects are this share of what they should be.
    Share(f32),
    /// Effects depend on where a row lies in its batch.
    Position,
    /// Effects are no numbers where the silence is none.
    Endless,
    /// It fails without a column that it said it can do without.
    Clinging,
    /// It takes a setting from where another instance may have put its own.
    Shared,
    /// It goes on for a while when it is told to stop.
    Deaf,
}

/// What happens at the start.
pub(crate) fn start(mode: &str, threshold: f32) {
    SHARED.store(threshold.to_bits(), Ordering::Relaxed);
    // Whoever allows a value must be able to start with it.
    assert!(mode != "narrow" || threshold < 9_999.0);
    if mode == "leak" {
        Box::leak(vec![1_u8; 1 << 16].into_boxed_slice());
    }
}

/// Says how a mode answers a batch; `None` if it is another kind of mode.
pub(crate) fn oddity(plugin: &ProbePlugin, batch: &Batch<'_>) -> Option<Oddity> {
    let half = |is_odd: bool| Some(Oddity::Share(if is_odd { 0.5 } else { 1.0 }));
    match plugin.mode.as_str() {
        "memory" => half(1 < plugin.batches),
        "size" => half(batch.rows() == 1),
        "address" => Some(Oddity::Share(share_of(ptr::from_ref(plugin).addr()))),
        "clinging" => {
            let sees_names = batch.columns().iter().any(|data| data.column == Column::Name);
            if sees_names { half(false) } else { Some(Oddity::Clinging) }
        }
        "shared" => Some(Oddity::Shared),
        "position" => Some(Oddity::Position),
        "endless" => Some(Oddity::Endless),
        "deaf" => Some(Oddity::Deaf),
        "hang" => loop {
            black_box(batch.rows());
        },
        "empty" => {
            assert!(0 < batch.rows());
            half(false)
        }
        "alone" => {
            assert!(1 != batch.rows());
            half(false)
        }
        "leak" | "greedy" | "fickle" | "narrow" => half(false),
        "file" => {
            // Whether it can be read is the host's affair; that it is tried is the fault.
            drop(fs::read("/etc/hostname"));
            half(false)
        }
        "busy" => {
            if 8_192 <= batch.rows() {
                busy();
            }
            half(false)
        }
        _ => None,
    }
}

/// Proposes as the calm one does, but for one thing.
pub(crate) fn propose(
    plugin: &ProbePlugin,
    batch: &Batch<'_>,
    sink: &mut dyn ProposalSink,
    oddity: Oddity,
) -> Result<(), StrategyError> {
    let threshold = plugin.threshold;
    match oddity {
        Oddity::Share(share) => rule(batch, threshold, sink, |a, b| share * plain(a, b)),
        Oddity::Position => rule(batch, threshold, &mut Crooked(sink), plain),
        Oddity::Endless => rule(batch, threshold, sink, |silent, days| {
            if silent.is_finite() { plain(silent, days) } else { f32::NAN }
        }),
        Oddity::Clinging => Err(StrategyError::MissingColumn { name: "name" }),
        Oddity::Shared => rule(batch, f32::from_bits(SHARED.load(Ordering::Relaxed)), sink, plain),
        Oddity::Deaf => {
            let answer = rule(batch, threshold, sink, plain);
            if answer.is_err() {
                busy();
            }
            answer
        }
    }
}

/// Returns 1 at first and one more each time.
pub(crate) fn once_more() -> usize {
    1 + TIMES.fetch_add(1, Ordering::Relaxed)
}

/// Makes a number of an address, another for each place.
#[expect(clippy::cast_precision_loss, reason = "any number will do")]
fn share_of(address: usize) -> f32 {
    0.5 + (address >> 4 & 0xFFFF) as f32 / 131_072.0
}

/// Is busy for longer than anybody waits.
pub(crate) fn busy() {
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(400) {
        black_box(start);
    }
}

/// Thinks less of the rows with odd numbers.
struct Crooked<'a>(&'a mut dyn ProposalSink);

impl ProposalSink for Crooked<'_> {
    fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop> {
        let share = if proposal.row.is_multiple_of(2) { 1.0 } else { 0.5 };
        self.0.push(&Proposal { effect: share * proposal.effect, ..*proposal })
    }
}
