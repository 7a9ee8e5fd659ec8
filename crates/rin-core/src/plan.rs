//! Where the next minutes do most good: proposals in, a plan out, for a day, a week or a year.
//!
//! A proposal is worth the more, the more the relationship matters, the likelier the action leads to a contact and the
//! less would come by itself ([`Touch`]; docs/METHODS.md, "Where a minute does most good"). What a line gains is by how
//! much it raises the probability that the relationship is alive; what gains nothing is worth nothing. Week by week the
//! planner spends each member's minutes by worth per minute. What somebody waits for comes first. Norms in rolling
//! windows, cool-downs, postponements, quiet days and do-not-contact are held without exception. Strategies are asked
//! again for each later week, about the network as it is then likeliest to be. Who has
//! been silent for longer than the evidence reaches is left to the user, unless they have asked something.

mod ahead;
mod allocate;
mod book;
mod calendar;
mod candidate;
mod keep;
mod limits;
mod policy;
mod request;
mod worth;

pub use self::{
    ahead::PlanQuestion,
    allocate::{plan, plan_ahead},
    policy::PlanPolicy,
    request::{KeptLine, PastAction, PlanRequest, Seat},
    worth::Touch,
};
use crate::{AccountId, Day, Minutes, Moment, Norm, PartyId, Proposed, StrategyInfo, Table};

/// What one strategy offers: its table, its proposals and its norms.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// What the strategy is.
    pub info: &'a StrategyInfo,
    /// The relationships it was asked about.
    pub table: &'a Table,
    /// What it proposes.
    pub proposals: &'a [Proposed],
    /// What its platform allows.
    pub norms: &'a [Norm],
}

/// What to do, week by week.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// The actions: by week, in a week what is owed first, then by worth per minute.
    pub lines: Vec<PlanLine>,
    /// The weeks it covers, at least one if it covers any day.
    pub weeks: Vec<PlanWeek>,
    /// Time planned.
    pub spent: Minutes,
    /// Sum of the gains: how many more relationships are expected to be alive.
    pub gain: f64,
    /// What was proposed in the first week and is not in it, and why; of later weeks see [`PlanWeek::left_out`].
    pub left_out: LeftOut,
}

/// One week of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanWeek {
    /// Its first day.
    pub start: Day,
    /// How many days of it the plan covers, 1 to 7.
    pub days: u32,
    /// Time planned in it.
    pub spent: Minutes,
    /// What was proposed for it and is not in it, and why.
    pub left_out: LeftOut,
}

/// One concrete thing to do for one relationship.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlanLine {
    /// Position of the week in the plan.
    pub week: usize,
    /// The day it is planned for.
    pub day: Day,
    /// Position of the member of the team who does it.
    pub seat: usize,
    /// Whether it stood so in the last plan.
    pub is_kept: bool,
    /// Position of the strategy among the offers.
    pub offer: usize,
    /// For whom.
    pub party: PartyId,
    /// Their account on the strategy's platform.
    pub account: AccountId,
    /// Position in the strategy's kinds.
    pub kind: usize,
    /// Position in the strategy's reasons.
    pub reason: usize,
    /// What it costs.
    pub minutes: Minutes,
    /// Before when it makes no sense or is not allowed.
    pub earliest: Moment,
    /// By when it should be done, if there is a date.
    pub due: Option<Moment>,
    /// Whether that date lies within its week: it comes before what is only worth while.
    pub is_owed: bool,
    /// By how much it is expected to raise the probability of being alive: the likelihood times p·Δ.
    pub gain: f64,
    /// Worth per minute, the figure a week is sorted by: [`Touch::worth`] over minutes; by another policy, its rank.
    pub index: f64,
    /// Probability that things stand by then as the facts say; 1 in the first week.
    pub likelihood: f64,
    /// What it rests on.
    pub facts: Facts,
}

/// The figures behind a line, as of the first day of its week.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Facts {
    /// Days of silence.
    pub silence_days: f64,
    /// Days with contact, all platforms.
    pub contact_days: u32,
    /// Probability of being alive if nobody acts.
    pub alive: f64,
    /// Whether that is below the threshold already.
    pub has_lapsed: bool,
    /// The same after a contact.
    pub alive_after: f64,
    /// Probability that the action leads to a contact, what was left unanswered counted in.
    pub effect: f64,
    /// When it is expected to lapse if nobody acts.
    pub lapse: Moment,
    /// Last contact on this platform.
    pub last: Option<Moment>,
    /// Since when they wait for an answer.
    pub open_since: Option<Moment>,
}

/// How many proposals were left out, by reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeftOut {
    /// The party must not be contacted.
    pub barred: usize,
    /// The user said later, or the action's time has not come or is over.
    pub postponed: usize,
    /// Silent for too long.
    pub dormant: usize,
    /// Contacted too recently.
    pub cooldown: usize,
    /// Too many contacts without an answer.
    pub unanswered: usize,
    /// A limit of the platform is reached.
    pub norm: usize,
    /// The party has as many other actions in this plan as it may.
    pub same_party: usize,
    /// No time left, or nobody who tends the platform.
    pub budget: usize,
}

/// Returns the probability that a contact is answered, by silence in days and days with contact.
///
/// Logistic in both logarithms: logit *p* = −.359 − .134 ln *silence* + .25 ln *m*, fitted on public wall posts
/// (docs/METHODS.md, "Where a minute does most good"); a silence below a day counts as one. A default for strategies
/// whose platform has no figures of its own.
///
/// # Example
/// ```
/// use rin_core::answer_probability;
/// assert!((answer_probability(1.0, 1.0) - 0.4112).abs() < 1e-4);
/// assert!(answer_probability(300.0, 4.0) < answer_probability(30.0, 4.0));
/// ```
pub fn answer_probability(silence_days: f64, contact_days: f64) -> f64 {
    let logit = -0.359 - 0.134 * silence_days.max(1.0).ln() + 0.25 * contact_days.max(1.0).ln();
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests;
