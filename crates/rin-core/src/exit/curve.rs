//! The network by date: going on, coming back then, or never again.

use super::{
    law::{AtRisk, Conduct},
    tally::{Left, left},
};
use crate::Interval;

/// The network at one date after the pause began.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct ExitPoint {
    /// Days since the pause began.
    pub days: f64,
    /// What is alive if we go on.
    pub engaged: Left,
    /// What is alive if we come back on that date.
    pub returned: Left,
    /// Who still writes to us if we do not come back.
    pub silent: Left,
}

/// By how much one future is worse than another.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct ExitCost {
    /// Relationships.
    pub ties: f64,
    /// 90 % interval; below zero is a gain.
    pub range: Interval,
}

impl ExitPoint {
    /// Returns how many relationships it costs to come back on that date instead of going on.
    pub fn cost_of_pause(&self) -> ExitCost {
        between(&self.engaged, &self.returned)
    }

    /// Returns how many it costs never to come back.
    pub fn cost_of_exit(&self) -> ExitCost {
        between(&self.engaged, &self.silent)
    }
}

/// Returns a difference with the interval that both have together, by Zou and Donner's method of recovered variances
/// (2008), which takes both as independent: what a person's ties share makes the true one narrower.
fn between(more: &Left, less: &Left) -> ExitCost {
    let ties = more.expected - less.expected;
    let low = (more.expected - more.range.low).hypot(less.range.high - less.expected);
    let high = (more.range.high - more.expected).hypot(less.expected - less.range.low);
    ExitCost { ties, range: Interval { low: ties - low, high: ties + high } }
}

/// Returns the network at each of so many days after a pause began.
///
/// # Example
/// ```
/// use rin_core::{AtRisk, Minutes, PartyId, Staying, exit_curve};
/// let tie = AtRisk {
///     party: PartyId::new(1),
///     staying: Staying { shape: 0.6, alpha_days: 10.0, log_sd: 0.3 },
///     silence_days: 20.0,
///     contact_days: 9.0,
///     importance: 1.0,
///     minutes: Minutes::new(4.0),
/// };
/// let curve = exit_curve(&[tie; 12], &[0.0, 91.0, 182.0], 180.0);
/// assert!(curve[0].cost_of_pause().ties.abs() < 1e-9); // whoever comes back at once has not been away
/// assert!(curve[2].returned.expected < curve[1].returned.expected);
/// assert!(0.0 < curve[2].cost_of_pause().ties);
/// assert!(curve[2].cost_of_pause().ties < curve[2].cost_of_exit().ties);
/// ```
pub fn exit_curve(ties: &[AtRisk], days: &[f64], horizon_days: f64) -> Vec<ExitPoint> {
    let point = |days: &f64| {
        let at = |conduct| left(ties, conduct, *days, horizon_days);
        ExitPoint {
            days: *days,
            engaged: at(Conduct::Engaged),
            returned: at(Conduct::Returned),
            silent: at(Conduct::Silent),
        }
    };
    days.iter().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Minutes, PartyId, Staying};

    #[test]
    fn a_pause_of_no_day_costs_nothing() {
        let tie = AtRisk {
            party: PartyId::new(1),
            staying: Staying { shape: 0.4, alpha_days: 10.0, log_sd: 0.3 },
            silence_days: 20.0,
            contact_days: 9.0,
            importance: 2.0,
            minutes: Minutes::new(4.0),
        };
        let curve = exit_curve(&[tie; 15], &[0.0, 120.0], 180.0);
        let (start, later) = (curve[0], curve[1]);
        assert_eq!(start.engaged, start.returned);
        assert!(start.cost_of_pause().ties.abs() < 1e-12);
        let cost = later.cost_of_pause();
        assert!(cost.range.low < cost.ties && cost.ties < cost.range.high);
        assert!((later.engaged.weighted - 2.0 * later.engaged.expected).abs() < 1e-9);
    }
}
