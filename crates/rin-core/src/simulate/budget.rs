//! What so many minutes a week keep alive after a year, and what it would take to keep everybody of a set.
//!
//! The interval holds the luck of a year, drawn several times; that the truth may be another than the one fitted is not
//! in it.

use super::{Course, Estimate, Knowledge, Policy, Schedule, SimulationRequest, World, simulate};
use crate::Minutes;

/// Halvings of the range in which the least budget is looked for: to a thousandth of it.
const HALVINGS: u32 = 10;
/// Days between two touches of one tie.
const COOLDOWN_DAYS: f64 = super::seen::COOLDOWN_DAYS as f64;

/// How budgets are lived through.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BudgetRequest<'a> {
    /// What one touch costs; above zero.
    pub minutes_a_touch: Minutes,
    /// How many days are lived through.
    pub days: u32,
    /// *H* in days.
    pub horizon_days: f64,
    /// The policy by which the minutes are spent.
    pub policy: Policy,
    /// One year of luck each; two or more show an interval.
    pub seeds: &'a [u64],
}

/// What a budget keeps.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct BudgetPoint {
    /// The budget of a week.
    pub minutes_a_week: Minutes,
    /// Ties expected alive at the end: the sum of their probabilities.
    pub alive: Estimate,
    /// How many of them would not be without it; paired, so that the luck of a year is not in it.
    pub gained: Estimate,
    /// Touches made in the time; fewer than paid for where nobody was left to write to.
    pub touches: Estimate,
}

/// The least budget that keeps a set, or how far the most that can be spent gets.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct LeastBudget {
    /// The budget of a week; `None` if even a touch of everybody each fortnight does not reach the share.
    pub minutes_a_week: Option<Minutes>,
    /// The share expected alive under it, or under the most that can be spent.
    pub share: Estimate,
    /// The share expected alive if nobody acts.
    pub without: Estimate,
}

/// Returns what each budget keeps alive, in the order asked for; nothing without a seed.
///
/// # Complexity
/// Budgets × seeds × ties × days.
///
/// # Example
/// ```
/// use rin_core::{budget_curve, AnswerLaw, BudgetRequest, Day, Hawkes, Knowledge, Minutes, Policy, World};
/// let world = World {
///     start: Day::from_number(20_000),
///     ties: Vec::new(),
///     organic: Hawkes::default(),
///     answers: AnswerLaw::default(),
/// };
/// let request = BudgetRequest {
///     minutes_a_touch: Minutes::new(5.0),
///     days: 365,
///     horizon_days: 180.0,
///     policy: Policy::Ours,
///     seeds: &[1, 2],
/// };
/// let budgets = [Minutes::new(30.0), Minutes::new(60.0)];
/// let curve = budget_curve(&world, &Knowledge::default(), &budgets, &request);
/// assert_eq!((curve.len(), curve[1].alive.value), (2, 0.0)); // nobody there, nobody kept
/// ```
pub fn budget_curve(
    world: &World,
    knowledge: &Knowledge,
    budgets: &[Minutes],
    request: &BudgetRequest<'_>,
) -> Vec<BudgetPoint> {
    let without = courses(world, knowledge, 0.0, request);
    let point = |minutes: &Minutes| {
        let with = courses(world, knowledge, touches_a_day(*minutes, request), request);
        let alive: Vec<f64> = with.iter().map(Course::alive).collect();
        let pairs = with.iter().zip(&without);
        let gained: Vec<f64> = pairs.map(|(one, none)| one.alive() - none.alive()).collect();
        let touches: Vec<f64> = with.iter().map(|one| to_f64(one.touches)).collect();
        Some(BudgetPoint {
            minutes_a_week: *minutes,
            alive: Estimate::of(&alive)?,
            gained: Estimate::of(&gained)?,
            touches: Estimate::of(&touches)?,
        })
    };
    budgets.iter().filter_map(point).collect()
}

/// Returns the least budget, spent on these ties alone, at which the expected share of them alive at the end is
/// `share` or more; `None` without ties or seeds.
///
/// Found by halving, as more budget keeps more alive up to the luck of the seeds.
///
/// # Complexity
/// Twelve times seeds × ties × days.
///
/// # Example
/// ```
/// use rin_core::{least_budget, AnswerLaw, BudgetRequest, Day, Hawkes, Knowledge, Minutes, Policy, World, WorldTie};
/// use rin_core::{AccountId, ContactDay};
/// let ends = (AccountId::new(0), AccountId::new(1));
/// let day = ContactDay { day: Day::from_number(19_900), received: 1, sent: 1 };
/// let world = World {
///     start: Day::from_number(20_000),
///     ties: vec![WorldTie { ends, days: vec![day], importance: 1.0 }; 40],
///     organic: Hawkes::default(),
///     answers: AnswerLaw::default(),
/// };
/// let request = BudgetRequest {
///     minutes_a_touch: Minutes::new(5.0),
///     days: 365,
///     horizon_days: 180.0,
///     policy: Policy::Ours,
///     seeds: &[1, 2],
/// };
/// let least = least_budget(&world, &Knowledge::default(), 0.6, &request).unwrap();
/// assert!(least.without.value < 0.6 && 0.6 <= least.share.value);
/// assert!(least.minutes_a_week.unwrap() < Minutes::new(100.0));
/// ```
pub fn least_budget(
    world: &World,
    knowledge: &Knowledge,
    share: f64,
    request: &BudgetRequest<'_>,
) -> Option<LeastBudget> {
    let n = to_f64(world.ties.len());
    if world.ties.is_empty() {
        return None;
    }
    let reached = |a_day: f64| {
        let courses = courses(world, knowledge, a_day, request);
        let shares: Vec<f64> = courses.iter().map(|one| one.alive() / n).collect();
        Estimate::of(&shares)
    };
    let without = reached(0.0)?;
    if share <= without.value {
        return Some(LeastBudget { minutes_a_week: Some(Minutes::ZERO), share: without, without });
    }
    let (mut low, mut high) = (0.0, n / COOLDOWN_DAYS);
    let mut found = reached(high)?;
    if found.value < share {
        return Some(LeastBudget { minutes_a_week: None, share: found, without });
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        let there = reached(middle)?;
        if share <= there.value {
            (high, found) = (middle, there);
        } else {
            low = middle;
        }
    }
    let minutes = Minutes::new(7.0 * high * request.minutes_a_touch.get());
    Some(LeastBudget { minutes_a_week: Some(minutes), share: found, without })
}

/// Returns how many touches a day so many minutes a week pay for.
fn touches_a_day(minutes: Minutes, request: &BudgetRequest<'_>) -> f64 {
    minutes.get() / request.minutes_a_touch.max(Minutes::from_seconds(1)).get() / 7.0
}

fn courses(
    world: &World,
    knowledge: &Knowledge,
    touches_a_day: f64,
    request: &BudgetRequest<'_>,
) -> Vec<Course> {
    let year = SimulationRequest {
        days: request.days,
        touches_a_day,
        horizon_days: request.horizon_days,
        schedule: Schedule::Ongoing,
    };
    let policy = if 0.0 < touches_a_day { request.policy } else { Policy::Nothing };
    request.seeds.iter().map(|seed| simulate(world, policy, knowledge, &year, *seed)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
