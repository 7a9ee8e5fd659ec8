//! Whom to meet elsewhere before leaving a platform, and in which order.

use super::law::{AtRisk, Conduct};
use crate::PartyId;

/// A tie worth moving to another platform.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Move {
    /// With whom.
    pub party: PartyId,
    /// Probability that it is alive if we stay.
    pub alive: f64,
    /// Probability that leaving ends it, given that it is alive.
    pub lost: f64,
    /// Importance × alive × lost, by which the order goes.
    pub worth: f64,
}

/// Returns the ties by what leaving would lose, most first; `days` is how long after leaving is asked about.
///
/// # Example
/// ```
/// use rin_core::{AtRisk, Minutes, PartyId, Staying, move_order};
/// let tie = |number, importance| AtRisk {
///     party: PartyId::new(number),
///     staying: Staying { shape: 0.6, alpha_days: 10.0, log_sd: 0.3 },
///     silence_days: 20.0,
///     contact_days: 9.0,
///     importance,
///     minutes: Minutes::new(4.0),
/// };
/// let order = move_order(&[tie(1, 1.0), tie(2, 3.0)], 180.0, 180.0);
/// assert_eq!(order[0].party, PartyId::new(2));
/// ```
pub fn move_order(ties: &[AtRisk], days: f64, horizon_days: f64) -> Vec<Move> {
    let one = |tie: &AtRisk| {
        let alive = tie.left(Conduct::Engaged, days, horizon_days);
        let silent = tie.left(Conduct::Silent, days, horizon_days);
        let lost = if 0.0 < alive { (1.0 - silent / alive).max(0.0) } else { 0.0 };
        Move { party: tie.party, alive, lost, worth: tie.importance * alive * lost }
    };
    let mut moves: Vec<Move> = ties.iter().map(one).collect();
    moves.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.party.cmp(&b.party)));
    moves
}
