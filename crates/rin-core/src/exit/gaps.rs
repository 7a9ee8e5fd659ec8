//! What our own pauses cost: ties alive before, ties alive after, and what going on would have kept.
//!
//! The pauses are those in the log: so many days on which we wrote to nobody. What going on would have kept is the forecast
//! made for the day the pause began, so its interval says how much of the difference may be chance. Nobody pauses at
//! random; what drove us to pause may have cost the ties as well.

use std::collections::BTreeSet;

use super::{
    law::{AtRisk, Conduct},
    tally::{Left, left},
};
use crate::{AccountId, Day, ForecastModel, History, Minutes, Moment, PartyId, Window};

/// Silent for longer, in days, a tie is not counted among those that could be lost.
const DORMANT_DAYS: f64 = 365.0;
/// Fewer interactions than this are no tie yet.
const LEAST_INTERACTIONS: usize = 2;
/// A pause that began with fewer ties than this says nothing.
const LEAST_TIES: u32 = 5;

/// Whose pauses are looked for, and up to when.
#[derive(Clone, Copy, Debug)]
pub struct StopStartRequest<'a> {
    /// Who.
    pub who: AccountId,
    /// Days without anything written that are a pause; above zero.
    pub least_days: f64,
    /// *H*: days before and after a pause in which contact counts.
    pub horizon_days: f64,
    /// Until when the log is covered.
    pub until: Moment,
    /// The forecast, and whether the sources show what others write to us.
    pub model: &'a ForecastModel,
    /// Whether the sources show what the other side does.
    pub sees_received: bool,
}

/// What one pause cost.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct GapCost {
    /// The first day without anything written.
    pub from: Day,
    /// The day on which we wrote again.
    pub to: Day,
    /// Ties that could be lost: two interactions or more, heard of within a year.
    pub ties: u32,
    /// Of these in contact within the horizon before the pause.
    pub before: u32,
    /// Of these in contact within the horizon after it.
    pub after: u32,
    /// Of these expected to be, had we gone on.
    pub expected: Left,
}

/// Pauses in a log.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct StopStart {
    /// What each cost, the earliest first.
    pub gaps: Vec<GapCost>,
    /// Pauses that began with fewer than five ties, of which nothing can be said.
    pub too_few_ties: usize,
    /// Pauses whose aftermath is not over yet.
    pub not_over: usize,
}

/// Finds somebody's pauses and says what each cost.
///
/// # Example
/// ```
/// use rin_core::{AccountId, ForecastModel, History, Interaction, InteractionKind, Moment, StopStartRequest, stop_start};
/// let start = Moment::from_unix_ms(1_600_041_600_000);
/// let us = AccountId::new(0);
/// // Weekly with six people, but for a hundred days after the thirtieth week; two of them are not heard of again.
/// let log = (0..120).filter(|week| !(30..44).contains(week)).flat_map(|week| {
///     (1..7).filter(move |who| week < 30 || 2 < *who).map(move |who| Interaction {
///         at: start.plus_days(7.0 * f64::from(week)),
///         from: us,
///         to: AccountId::new(who),
///         kind: InteractionKind::Reply,
///     })
/// });
/// let history = History::new(log.collect());
/// let model = ForecastModel::default();
/// let request = StopStartRequest {
///     who: us,
///     least_days: 30.0,
///     horizon_days: 180.0,
///     until: history.last().unwrap(),
///     model: &model,
///     sees_received: false,
/// };
/// let found = stop_start(&history, &request);
/// assert_eq!((found.gaps.len(), found.gaps[0].before, found.gaps[0].after), (1, 6, 4));
/// ```
pub fn stop_start(history: &History, request: &StopStartRequest<'_>) -> StopStart {
    let mut found = StopStart::default();
    for (from, to) in pauses(history, request) {
        if request.until < to.plus_days(request.horizon_days) {
            found.not_over += 1;
            continue;
        }
        let cost = cost(history, request, from, to);
        if cost.ties < LEAST_TIES { found.too_few_ties += 1 } else { found.gaps.push(cost) }
    }
    found
}

/// Returns from the day after we last wrote to the moment we wrote again.
fn pauses(history: &History, request: &StopStartRequest<'_>) -> Vec<(Day, Moment)> {
    let by_us = |it: &&crate::Interaction| it.from == request.who && it.at <= request.until;
    let mut written: Vec<Moment> = history.log().iter().filter(by_us).map(|it| it.at).collect();
    written.sort_unstable();
    let long = |pair: &[Moment]| match pair {
        [before, after] if request.least_days <= after.days_since(*before) => {
            Some((before.plus_days(1.0).day(), *after))
        }
        _ => None,
    };
    written.windows(2).filter_map(long).collect()
}

fn cost(history: &History, request: &StopStartRequest<'_>, from: Day, to: Moment) -> GapCost {
    let (start, horizon) = (from.start(), request.horizon_days);
    let who = BTreeSet::from([request.who]);
    let mut examples = history.examples_of(Some(&who), from, horizon, LEAST_INTERACTIONS);
    examples.retain(|one| one.tie.silence_days() <= DORMANT_DAYS);
    let ties: Vec<AtRisk> = examples
        .iter()
        .map(|one| AtRisk {
            party: PartyId::new(0),
            staying: request.model.outlook(&one.tie, request.sees_received).staying,
            silence_days: one.tie.silence_days(),
            contact_days: one.tie.contact_days(),
            importance: 1.0,
            minutes: Minutes::ZERO,
        })
        .collect();
    let count = |window: Window| {
        let in_touch = examples.iter().filter(|one| history.had_contact(one.pair, window)).count();
        u32::try_from(in_touch).unwrap_or(u32::MAX)
    };
    GapCost {
        from,
        to: to.day(),
        ties: u32::try_from(ties.len()).unwrap_or(u32::MAX),
        before: count(Window::new(start.plus_days(-horizon), start)),
        after: count(Window::new(to, to.plus_days(horizon))),
        expected: left(&ties, Conduct::Engaged, to.days_since(start), horizon),
    }
}
