//! Where the next minutes do most good: proposals in, a plan out.
//!
//! A proposal is worth the more, the more the relationship matters, the likelier the action leads to a contact and the
//! less would come by itself ([`Touch`]; docs/METHODS.md, "Where a minute does most good"). The planner spends the budget
//! by worth per minute; what a line gains is by how much it raises the probability that the relationship is alive. What
//! somebody waits for (a proposal due within the plan's days) comes first. Norms, cool-downs, postponements and
//! do-not-contact are held without exception; a party gets one action a plan, however many platforms it is on. Who has
//! been silent for longer than the evidence reaches is left to the user, unless they have asked something.

mod allocate;
mod worth;

pub use self::{allocate::plan, worth::Touch};
use crate::{AccountId, Minutes, Moment, Norm, PartyId, Proposed, StrategyInfo, Table};

/// What is asked of the planner.
#[derive(Clone, Debug)]
pub struct PlanRequest<'a> {
    /// The moment from which is planned.
    pub now: Moment,
    /// How many days the plan covers.
    pub days: u32,
    /// How much time there is.
    pub minutes: Minutes,
    /// *θ*: whoever is alive with less than this probability has lapsed.
    pub threshold: f64,
    /// Who has been silent longer is dormant and not planned for; 365 is how far the evidence for the index reaches.
    pub dormant_days: f64,
    /// Breaks ties between equal proposals, so that nobody is always last.
    pub seed: u64,
    /// What we did lately, also what no export shows yet.
    pub past: &'a [PastAction],
    /// Whom never to contact.
    pub barred: &'a [PartyId],
    /// Whom to leave alone until when.
    pub postponed: &'a [(PartyId, Moment)],
}

impl PlanRequest<'_> {
    /// Asks for seven days of so many minutes, half as the threshold and nothing to heed.
    pub fn new(now: Moment, minutes: Minutes) -> Self {
        Self {
            now,
            days: 7,
            minutes,
            threshold: 0.5,
            dormant_days: 365.0,
            seed: 1,
            past: &[],
            barred: &[],
            postponed: &[],
        }
    }
}

/// Something we did for a party. It counts against the cool-down of every strategy, and against the quotas of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastAction {
    /// For whom.
    pub party: PartyId,
    /// When.
    pub at: Moment,
    /// Id of the strategy that had proposed it; empty if none had.
    pub strategy: String,
    /// Id of the kind of action; empty if it was of none.
    pub kind: String,
}

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

/// What to do, in the order of worth.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// The actions, what is owed first, then by worth per minute.
    pub lines: Vec<PlanLine>,
    /// Time planned.
    pub spent: Minutes,
    /// Sum of the gains: how many more relationships are expected to be alive.
    pub gain: f64,
    /// What was proposed and is not in the plan, and why.
    pub left_out: LeftOut,
}

/// One concrete thing to do for one relationship.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlanLine {
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
    /// Before when it makes no sense.
    pub earliest: Moment,
    /// By when it should be done, if there is a date.
    pub due: Option<Moment>,
    /// By how much it is expected to raise the probability of being alive: p·Δ.
    pub gain: f64,
    /// Worth per minute, the figure the plan is sorted by: [`Touch::worth`] over minutes.
    pub index: f64,
    /// What it rests on.
    pub facts: Facts,
}

/// The figures behind a line.
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
    /// The same after a contact today.
    pub alive_after: f64,
    /// Probability that the action leads to a contact.
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
    /// The party has another action in this plan.
    pub same_party: usize,
    /// No time left.
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
