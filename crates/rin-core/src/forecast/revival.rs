//! How long a tie stays that is taken up again after a silence.
//!
//! Being in touch again is not what it was before: of ties taken up after two weeks to a month of silence four in five are
//! active in the next half-year, after a year of silence half. With *m* contact days, the new one counted, after a gap
//! of *g* days, ln *s* = r₀ + r₁ ln *m* + r₂ (ln(1+*g*) − 4). Fitted to the contacts after gaps of a week and more in seven
//! public data sets, three numbers come within .02 of what was observed from a week to a year of silence in each of them
//! (docs/METHODS.md). Observed are contacts that came about by themselves; that one brought about by us holds as long is
//! an assumption.

use super::{
    facts::{Example, TieFacts},
    matrix::Vector,
    regression::Row,
};

/// How many numbers it takes.
pub(super) const K: usize = 3;
/// Shorter gaps are pauses in a conversation.
const LEAST_GAP: f64 = 7.0;
/// Logarithm of fifty-four days, about which gaps are counted.
const MIDDLE: f64 = 4.0;
/// A fit looks at no more contacts than this; every so many ties are taken if there are more.
const MAX_TIES: usize = 50_000;

/// What public data sets have in common: mean and standard deviation over the sets.
pub(super) const COMMON: [(f64, f64); K] = [(-1.45, 0.40), (0.37, 0.08), (BY_SILENCE, 0.05)];
/// By which power of the silence that it ended a contact holds less long.
pub(crate) const BY_SILENCE: f64 = -0.25;

/// Returns the features of a contact after a gap.
pub(super) fn features(contact_days: f64, gap_days: f64) -> Vector<K> {
    [1.0, contact_days.max(1.0).ln(), gap_days.max(LEAST_GAP).ln_1p() - MIDDLE]
}

/// Returns every contact after a gap whose next `horizon_days` are over, from ties as they stood at one moment.
pub(super) fn rows(examples: &[&Example<'_>], alpha: f64, horizon_days: f64) -> Vec<Row<K>> {
    let offset = ((alpha + horizon_days) / alpha).ln().ln();
    let step = examples.len().div_ceil(MAX_TIES).max(1);
    let ties = examples.iter().step_by(step);
    ties.flat_map(|example| contacts(&example.tie, horizon_days))
        .map(|(x, is_contact)| Row { x, offset, is_contact, weight: 1.0 })
        .collect()
}

fn contacts<'a>(
    tie: &'a TieFacts<'_>,
    horizon_days: f64,
) -> impl Iterator<Item = (Vector<K>, bool)> + 'a {
    let day = |at: usize| tie.days.get(at).map(|day| day.day.start());
    (1..tie.days.len()).filter_map(move |at| {
        let (before, here) = (day(at - 1)?, day(at)?);
        let gap = here.days_since(before);
        let is_over = here.plus_days(horizon_days) <= tie.as_of;
        let next = day(at + 1).map(|next| next.days_since(here));
        let is_contact = next.is_some_and(|days| days <= horizon_days);
        let m = at + 1;
        (is_over && LEAST_GAP <= gap).then(|| (features(to_f64(m), gap), is_contact))
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}
