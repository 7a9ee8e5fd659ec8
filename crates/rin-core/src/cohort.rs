//! How a part of the network came and went, period by period: won, taken up again, lost, alive.
//!
//! A count of contacts grows as long as anything is imported; a network may shrink all the while. So the periods are told as
//! a balance that adds up: alive before, what came, what went, alive after. Alive is what the forecast calls so
//! ([`Level`](crate::Level)): a contact counts at once, a lapse only two weeks after it was due, and who has lapsed stays
//! so until there is contact, whatever the forecast makes of others' activity meanwhile.

mod tiers;

pub use self::tiers::{TierBalance, TierMoves, TierRow, cohort_by_tier};
use crate::{Coverage, ForecastModel, Level, Moment, TieState, Window, assess};

/// One relationship of the part that is looked at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CohortTie<'a> {
    /// What happened in it.
    pub state: &'a TieState,
    /// What the sources see of it.
    pub coverage: Coverage,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct CohortRequest<'a> {
    /// The relationships, in any order.
    pub ties: &'a [CohortTie<'a>],
    /// Months, or whatever periods: one after the other, without a gap.
    pub periods: &'a [Window],
    /// From when until when the sources tell everything.
    pub known: Window,
    /// How long after the start of what is known a first contact may still be an old acquaintance's, in days.
    pub settling_days: u32,
    /// By which a tie is said to be alive.
    pub model: &'a ForecastModel,
}

/// One period of a part of the network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct CohortRow {
    /// The period.
    pub period: Window,
    /// What happened in it; `None` if the sources do not reach over all of it.
    pub balance: Option<Balance>,
}

/// What came and went: `before + into_sight + won + revived − lost = alive`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Balance {
    /// Alive when it began.
    pub before: usize,
    /// Met for the first time so soon after the sources begin that they may have been there before.
    pub into_sight: usize,
    /// In contact for the first time.
    pub won: usize,
    /// Lapsed before, and in contact again.
    pub revived: usize,
    /// Alive before, or come within it, and lapsed when it ended.
    pub lost: usize,
    /// Alive when it ended.
    pub alive: usize,
    /// Of those won, alive when what is known ends.
    pub won_alive: usize,
}

/// Says how a part of the network came and went.
///
/// # Complexity
/// For each tie linear in the periods times its contact days.
///
/// # Example
/// ```
/// use rin_core::{
///     Balance, CohortRequest, CohortTie, Coverage, Day, Direction, ForecastModel, InteractionKind, InteractionKinds,
///     TieState, Window, cohort,
/// };
/// let day = |n: i32| Day::from_number(n).start();
/// let mut state = TieState::default();
/// // Weekly contact from day 420 to day 480, then silence for years.
/// for n in (420..480).step_by(7) {
///     state.add(day(n), Direction::Sent, InteractionKind::Message);
/// }
/// let periods: Vec<_> = (4..9).map(|n| Window::new(day(100 * n), day(100 * n + 100))).collect();
/// let rows = cohort(&CohortRequest {
///     ties: &[CohortTie { state: &state, coverage: Coverage { received: InteractionKinds::ALL, ..Coverage::default() } }],
///     periods: &periods,
///     known: Window::new(day(0), day(850)),
///     settling_days: 180,
///     model: &ForecastModel::by_sqrt_rule(1.0),
/// });
/// let balance = |at: usize| rows[at].balance.unwrap();
/// assert_eq!((balance(0).won, balance(0).alive), (1, 1));
/// assert_eq!(rows[1..4].iter().map(|row| row.balance.unwrap().lost).sum::<usize>(), 1);
/// assert_eq!(rows[4].balance, None); // the sources end in the middle of it
/// ```
pub fn cohort(request: &CohortRequest<'_>) -> Vec<CohortRow> {
    let row = |period: &Window| {
        let balance = is_known(request, period).then(Balance::default);
        CohortRow { period: *period, balance }
    };
    let mut rows: Vec<CohortRow> = request.periods.iter().map(row).collect();
    for tie in request.ties {
        follow(request, tie, &mut rows);
    }
    rows
}

/// Adds one tie to the balances.
fn follow(request: &CohortRequest<'_>, tie: &CohortTie<'_>, rows: &mut [CohortRow]) {
    let steps = steps(request, tie);
    for (row, step) in rows.iter_mut().zip(steps) {
        if let (Some(balance), Some(step)) = (&mut row.balance, step) {
            balance.count(step);
        }
    }
}

impl Balance {
    /// Counts what happened in one tie.
    fn count(&mut self, step: Step) {
        self.before += usize::from(step.before);
        match step.came {
            Some(Came::IntoSight) => self.into_sight += 1,
            Some(Came::Won { is_kept }) => {
                self.won += 1;
                self.won_alive += usize::from(is_kept);
            }
            Some(Came::Revived) => self.revived += 1,
            None => {}
        }
        self.lost += usize::from((step.before || step.came.is_some()) && !step.alive);
        self.alive += usize::from(step.alive);
    }
}

/// What happened in one tie in one period.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: bool,
    came: Option<Came>,
    alive: bool,
}

/// How a tie that was not alive came to be.
#[derive(Clone, Copy, Debug)]
enum Came {
    IntoSight,
    Won { is_kept: bool },
    Revived,
}

/// Follows one tie through the periods; `None` for one that is not wholly known or ends before the first contact.
fn steps(request: &CohortRequest<'_>, tie: &CohortTie<'_>) -> Vec<Option<Step>> {
    let Some(first) = tie.state.first() else { return Vec::new() };
    let settled = request.known.start().plus_days(f64::from(request.settling_days));
    let is_kept = is_alive(request, tie, request.known.end());
    let mut was_alive = None;
    let mut step = |period: &Window| {
        if !is_known(request, period) || period.end() <= first {
            return None;
        }
        let before = first < period.start()
            && was_alive.unwrap_or_else(|| is_alive(request, tie, period.start()));
        let came = if period.contains(first) {
            Some(if first < settled { Came::IntoSight } else { Came::Won { is_kept } })
        } else {
            (!before && has_contact(tie.state, *period)).then_some(Came::Revived)
        };
        // Who is neither alive nor in contact stays lapsed.
        let alive = (before || came.is_some()) && is_alive(request, tie, period.end());
        was_alive = Some(alive);
        Some(Step { before, came, alive })
    };
    request.periods.iter().map(&mut step).collect()
}

fn is_known(request: &CohortRequest<'_>, period: &Window) -> bool {
    request.known.start() <= period.start() && period.end() <= request.known.end()
}

fn has_contact(state: &TieState, period: Window) -> bool {
    let days = state.days();
    let from = days.partition_point(|day| day.day.start() < period.start());
    days.get(from).is_some_and(|day| day.day.start() < period.end())
}

fn is_alive(request: &CohortRequest<'_>, tie: &CohortTie<'_>, at: Moment) -> bool {
    // A contact of the day after counts for an assessment, and one of the next period must not.
    let at = Moment::from_unix_ms(at.plus_days(-1.0).unix_ms().saturating_sub(1));
    assess(tie.state, &tie.coverage, at, request.model)
        .is_some_and(|seen| seen.level != Level::Lapsed)
}

#[cfg(test)]
mod tests;
