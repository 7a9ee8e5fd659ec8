//! Whether to act all the time or in a burst: ties gained over doing nothing, day by day, for the same yearly budget.
//!
//! A burst leads for months, then lasting work wins; a campaign without what follows is lost again. What comes out is
//! shown as it is.

use super::{Knowledge, Policy, Schedule, SimulationRequest, World, simulate};

/// How three schedules are compared.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TimingRequest<'a> {
    /// Touches a day on the mean of a year.
    pub touches_a_day: f64,
    /// How long a campaign lasts, in days.
    pub campaign_days: u32,
    /// After how many days it is looked at, ascending.
    pub days: &'a [u32],
    /// *H* in days.
    pub horizon_days: f64,
    /// The policy by which is spent.
    pub policy: Policy,
    /// The year's luck.
    pub seed: u64,
}

/// Ties gained over doing nothing by the days asked for.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Timing {
    /// Every day a little.
    pub ongoing: Vec<f64>,
    /// All of the first year in one campaign, then nothing.
    pub once: Vec<f64>,
    /// All of each year in one campaign.
    pub yearly: Vec<f64>,
}

/// Compares ongoing work, one campaign and a campaign every year, of equal cost a year and with the same luck.
///
/// # Example
/// ```
/// use rin_core::{timing, AnswerLaw, Day, Hawkes, Knowledge, Policy, TimingRequest, World};
/// let world = World {
///     start: Day::from_number(20_000),
///     ties: Vec::new(),
///     organic: Hawkes::default(),
///     answers: AnswerLaw::default(),
/// };
/// let request = TimingRequest {
///     touches_a_day: 3.0,
///     campaign_days: 42,
///     days: &[42, 365],
///     horizon_days: 180.0,
///     policy: Policy::Ours,
///     seed: 1,
/// };
/// assert_eq!(timing(&world, &Knowledge::default(), &request).ongoing, [0.0, 0.0]);
/// ```
pub fn timing(world: &World, knowledge: &Knowledge, request: &TimingRequest<'_>) -> Timing {
    let days = request.days.iter().copied().max().unwrap_or_default();
    let lived = |policy, schedule| {
        let asked = SimulationRequest {
            days,
            touches_a_day: request.touches_a_day,
            horizon_days: request.horizon_days,
            schedule,
        };
        simulate(world, policy, knowledge, &asked, request.seed).expected
    };
    let without = lived(Policy::Nothing, Schedule::Ongoing);
    let gained = |schedule| {
        let with = lived(request.policy, schedule);
        let gain = |day: &u32| {
            let at = usize::try_from(day.saturating_sub(1)).unwrap_or(usize::MAX);
            with.get(at).zip(without.get(at)).map_or(0.0, |(with, without)| with - without)
        };
        request.days.iter().map(gain).collect()
    };
    let length = request.campaign_days;
    Timing {
        ongoing: gained(Schedule::Ongoing),
        once: gained(Schedule::Once { days: length }),
        yearly: gained(Schedule::Yearly { days: length }),
    }
}
