//! Where to cut a history: as late as the outcome is known, and with enough of it before to learn from.
//!
//! A log often ends in a trickle: an export that was topped up by hand, a platform that was left. What falls into it
//! looks like everybody's silence and tests nothing, so the last cuts keep out of it.

use super::BacktestError;
use crate::{Day, History, Moment};

/// Horizons of past that the earliest examples to learn from need.
const PAST: f64 = 2.0;
/// Horizons before a cut that are looked at: those learned from, and their past.
const REACH: f64 = 2.0 + PAST;
/// Cuts at most.
const CUTS: usize = 3;

/// Returns up to three cuts, ascending: the last one horizon before the end, the others one horizon apart.
///
/// The end is the last interaction, or where the last hundredth of all interactions begins if that hundredth takes
/// longer than a horizon.
/// Each has four horizons of history before it: two to learn from, and two more that make the ties learned from.
///
/// # Errors
/// [`BacktestError::TooShort`] if the history is shorter than five horizons, [`BacktestError::Horizon`] if the horizon
/// is no positive number.
///
/// # Example
/// ```
/// use rin_core::{AccountId, History, Interaction, InteractionKind, Moment, default_cuts};
/// let start = Moment::from_unix_ms(1_700_006_400_000);
/// let (from, to) = (AccountId::new(1), AccountId::new(2));
/// let contact = |day| Interaction { at: start.plus_days(day), from, to, kind: InteractionKind::Reply };
/// let history = History::new(vec![contact(0.0), contact(365.0)]);
/// let cuts = default_cuts(&history, 60.0)?;
/// let days: Vec<_> = cuts.iter().map(|cut| cut.days_since(start.day())).collect();
/// assert_eq!(days, [245, 305]);
/// # Ok::<(), rin_core::BacktestError>(())
/// ```
pub fn default_cuts(history: &History, horizon_days: f64) -> Result<Vec<Day>, BacktestError> {
    if !horizon_days.is_finite() || horizon_days <= 0.0 {
        return Err(BacktestError::Horizon { days: horizon_days });
    }
    let needed = horizon_days * (REACH + 1.0);
    let (Some(first), Some(last)) = (history.first(), end(history, horizon_days)) else {
        return Err(BacktestError::TooShort { days: 0.0, needed });
    };
    let earliest = first.plus_days(horizon_days * REACH);
    let before = |day: &Day| Some(day.start().plus_days(-horizon_days).day());
    let cuts = std::iter::successors(Some(last.plus_days(-horizon_days).day()), before);
    // A cut at the start of the day on which the past is long enough misses less than a day of it.
    let mut cuts: Vec<_> = cuts.take(CUTS).take_while(|cut| earliest.day() <= *cut).collect();
    if cuts.is_empty() {
        return Err(BacktestError::TooShort { days: last.days_since(first), needed });
    }
    // A horizon of less than a day could fall on the same day twice.
    cuts.dedup();
    cuts.reverse();
    Ok(cuts)
}

/// Returns the end without a trickle.
fn end(history: &History, horizon_days: f64) -> Option<Moment> {
    let mut moments: Vec<_> = history.moments().collect();
    let place = moments.len() - moments.len() / 100;
    let last = history.last()?;
    if place < moments.len() {
        let (_, late, _) = moments.select_nth_unstable(place);
        return Some(if horizon_days < last.days_since(*late) { *late } else { last });
    }
    Some(last)
}
