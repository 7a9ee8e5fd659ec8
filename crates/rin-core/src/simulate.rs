//! What becomes of a network within a year under a budget, by each way of spending it.
//!
//! A world has a truth: contact that comes by itself, and who answers. A policy sees only what a user's planner would
//! see: the days with contact up to today, how much a tie matters, and what became of its own touches. The protocol and
//! what came of it stand in docs/METHODS.md, "Where a minute does most good". It shows what a policy is good for in a
//! world as it was fitted; that the world is another is not in its intervals.

mod answers;
mod budget;
mod compare;
mod estimate;
mod index;
mod judge;
mod knowledge;
mod policy;
mod run;
mod seen;
mod timing;
mod world;

pub use self::{
    answers::AnswerLaw,
    budget::{BudgetPoint, BudgetRequest, LeastBudget, budget_curve, least_budget},
    compare::{PolicyLift, policy_lift},
    estimate::Estimate,
    knowledge::Knowledge,
    policy::Policy,
    run::simulate,
    timing::{Timing, TimingRequest, timing},
    world::{World, WorldDraw, WorldTie},
};

/// How a world is lived through.
///
/// # Example
/// ```
/// use rin_core::{Schedule, SimulationRequest};
/// let year = SimulationRequest { touches_a_day: 3.0, ..SimulationRequest::default() };
/// assert_eq!((year.days, year.schedule), (365, Schedule::Ongoing));
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SimulationRequest {
    /// How many days are lived through.
    pub days: u32,
    /// Touches a day on the mean of a year; the same tie at most every fortnight.
    pub touches_a_day: f64,
    /// *H* in days: a tie is worth its probability of contact by itself within it.
    pub horizon_days: f64,
    /// When the touches are made.
    pub schedule: Schedule,
}

impl Default for SimulationRequest {
    /// Asks for a year, half a year ahead, and no touch.
    fn default() -> Self {
        Self { days: 365, touches_a_day: 0.0, horizon_days: 180.0, schedule: Schedule::Ongoing }
    }
}

/// When the touches of a year are made; as many whatever it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Schedule {
    /// Every day.
    Ongoing,
    /// All of the first year within its first days, and none after.
    Once {
        /// How long it takes.
        days: u32,
    },
    /// All of each year within its first days.
    Yearly {
        /// How long it takes.
        days: u32,
    },
}

/// What became of a world.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Course {
    /// At the end of each day the importance-weighted sum over the ties of the probability of contact by itself within
    /// the horizon.
    pub expected: Vec<f64>,
    /// Of each tie that probability at the end.
    pub alive: Vec<f64>,
    /// Touches made.
    pub touches: usize,
    /// Touches answered.
    pub answers: usize,
}

impl Course {
    /// Returns the value at the end; none if no day was lived through.
    pub fn end(&self) -> f64 {
        self.expected.last().copied().unwrap_or_default()
    }

    /// Returns the mean value over the days.
    #[expect(clippy::cast_precision_loss, reason = "days stay far below 2^53")]
    pub fn mean(&self) -> f64 {
        self.expected.iter().sum::<f64>() / self.expected.len().max(1) as f64
    }

    /// Returns how many ties are expected to be alive at the end, each counting one.
    pub fn alive(&self) -> f64 {
        self.alive.iter().sum()
    }
}

#[cfg(test)]
mod tests;
