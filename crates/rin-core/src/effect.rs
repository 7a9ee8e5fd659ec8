//! What a campaign brought, told by what became of the ties it won.
//!
//! How many ties it won says little: what counts is whether they last as long as those won otherwise, and whether more were
//! won than would have come anyway. So its ties are compared with those won on the same platforms in comparable windows,
//! none of them another campaign's, and the weeks of the campaign with the trend before them. These are two
//! questions, each answered by one test at 2.5 % (Bonferroni), so that a campaign without any effect is called better or
//! worse in no more than one case in twenty; all other figures carry intervals and decide nothing.
//!
//! It takes time: a life ends with a silence of half a year ([`first_life`]), and only half a year later is that known.
//! Until then the forecast tells what it can.

mod answer;
mod life;
mod weeks;

pub use self::{
    answer::{Answer, Outcome},
    life::{SILENCE_DAYS, first_life},
    weeks::{COMPARED_DAYS, Counted, comparable_windows},
};
use crate::{
    Coverage, Day, ForecastModel, HazardRatio, Interrupted, InterruptedError, Interval, Lifetime,
    LogRank, MeanDifference, Minutes, PartyId, Survival, TieState, Window, assess, hazard_ratio,
    log_rank, mean_difference, survival,
};

/// Days after which it is told how many are still there.
const ALIVE_AFTER: [u32; 4] = [30, 90, 180, 365];
/// Mean lives are compared within a year.
const MEAN_WITHIN_DAYS: f64 = 365.0;

/// One relationship, and whose it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WonTie<'a> {
    /// With whom.
    pub party: PartyId,
    /// The day it began: the start of a tie or the first contact.
    pub won: Day,
    /// Campaign that won it, by its id; `None` if it came otherwise. It is kept for life.
    pub origin: Option<&'a str>,
    /// What happened in it.
    pub state: &'a TieState,
    /// What the sources see of it.
    pub coverage: Coverage,
}

/// What is asked about a campaign.
#[derive(Clone, Copy, Debug)]
pub struct EffectRequest<'a> {
    /// Its id, as in [`WonTie::origin`].
    pub campaign: &'a str,
    /// Its window; whole days.
    pub window: Window,
    /// Windows of other campaigns on its platforms: what began in them is no comparison.
    pub others: &'a [Window],
    /// All relationships on its platforms; in any order.
    pub ties: &'a [WonTie<'a>],
    /// From when until when the sources tell everything: from the second day on, silence would have been seen.
    pub known: Window,
    /// How long a silence ends a life, in days; [`SILENCE_DAYS`] by default.
    pub silence_days: u32,
    /// Interactions on its platforms, by day; in any order.
    pub interactions: &'a [Counted],
    /// New ties where it could not reach, by day; `None` if there is no such place.
    pub control_ties: Option<&'a [Counted]>,
    /// Interactions where it could not reach, by day; `None` if there is no such place.
    pub control_interactions: Option<&'a [Counted]>,
    /// What it cost.
    pub cost: Cost,
    /// By which ties are said to be alive.
    pub model: &'a ForecastModel,
}

/// What was spent.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Cost {
    /// Working time; `None` if it was not written down.
    pub minutes: Option<Minutes>,
    /// Money in the user's currency; `None` if it was not written down.
    pub money: Option<f64>,
}

/// What a campaign brought.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Effect {
    /// The ties it won.
    pub won: Group,
    /// Those won otherwise in comparable windows.
    pub otherwise: Group,
    /// Where these were looked for.
    pub compared: Vec<Window>,
    /// Whether both live equally long; `None` if nothing ended or one group is empty.
    pub log_rank: Option<LogRank>,
    /// How many times as fast those it won end; `None` below twenty ties in either group, whose interval would promise too
    /// much, or if no ratio fits.
    pub hazard: Option<HazardRatio>,
    /// How many days longer those it won live, within a year; `None` below twenty ties in either group.
    pub mean: Option<MeanDifference>,
    /// New ties a week, against the trend before and the control.
    pub new_ties: Result<Interrupted, InterruptedError>,
    /// Interactions a week, against the same.
    pub interactions: Result<Interrupted, InterruptedError>,
    /// Its ties that are alive by the forecast when what is known ends.
    pub alive: usize,
    /// What each of its ties cost.
    pub per_won: PerTie,
    /// What each of those still alive cost.
    pub per_alive: PerTie,
    /// Its ties with which we have done nothing since it ended, those that a contact would do most for first; `None` if the
    /// sources do not show what we do.
    pub basket: Option<Vec<LeftStanding>>,
    /// Whether the ties it won last.
    pub lasting: Answer,
    /// Whether it won more than would have come.
    pub influx: Answer,
    /// The last day on which it is known who was alive.
    pub lives_known_until: Day,
}

/// Ties of one origin.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Group {
    /// How many.
    pub ties: usize,
    /// Of these, so young that nothing is known of how long they live.
    pub too_young: usize,
    /// How they survive.
    pub curve: Survival,
    /// How many are there after 30, 90, 180 and 365 days.
    pub alive: Vec<AliveAfter>,
}

/// How many ties of a group are alive at an age.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct AliveAfter {
    /// The age in days.
    pub days: u32,
    /// The share that survives so long, by Kaplan and Meier; `None` if none was followed so long.
    pub share: Option<f64>,
    /// Its 95 % interval.
    pub share_interval: Option<Interval>,
    /// The mean probability, as forecast when they were that old, that contact goes on; `None` if none was so old.
    pub forecast: Option<f64>,
    /// Between what and what it lies with 90 %, should the forecast err in all of them alike.
    pub forecast_interval: Option<Interval>,
    /// On how many ties the forecast rests.
    pub forecast_ties: usize,
}

/// What a tie cost; `None` where nothing was written down or there is no tie.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct PerTie {
    /// Minutes.
    pub minutes: Option<f64>,
    /// Money.
    pub money: Option<f64>,
}

/// A tie that was won and left standing.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct LeftStanding {
    /// With whom.
    pub party: PartyId,
    /// Probability that contact goes on by itself; `None` if there was none yet.
    pub alive: Option<f64>,
    /// The same right after a contact.
    pub alive_after: Option<f64>,
}

/// Says what a campaign brought.
///
/// # Complexity
/// *n* log *n* in the ties, and linear in their contact days.
///
/// # Example
/// ```
/// use rin_core::{
///     Cost, Coverage, Day, Direction, EffectRequest, Outcome, ForecastModel, InteractionKind, PartyId, SILENCE_DAYS,
///     TieState, Window, WonTie, effect,
/// };
/// let day = |n| Day::from_number(n).start();
/// // Sixty ties, one every ten days; those that a campaign won are over on the day they begin, others last a hundred days.
/// let begun: Vec<i32> = (0..60).map(|n| 1_000 + 10 * n).collect();
/// let is_won = |at: i32| (1_300..1_500).contains(&at);
/// let state = |at: i32| {
///     let mut state = TieState::default();
///     for after in if is_won(at) { [0, 1] } else { [0, 100] } {
///         state.add(day(at + after), Direction::Received, InteractionKind::Reply);
///     }
///     state
/// };
/// let states: Vec<TieState> = begun.iter().map(|at| state(*at)).collect();
/// let tie = |(number, (at, state)): (u32, (&i32, _))| WonTie {
///     party: PartyId::new(number),
///     won: Day::from_number(*at),
///     origin: is_won(*at).then_some("summer"),
///     state,
///     coverage: Coverage::default(),
/// };
/// let ties: Vec<_> = (0..).zip(begun.iter().zip(&states)).map(tie).collect();
/// let found = effect(&EffectRequest {
///     campaign: "summer",
///     window: Window::new(day(1_300), day(1_500)),
///     others: &[],
///     ties: &ties,
///     known: Window::new(day(1_000), day(2_200)),
///     silence_days: SILENCE_DAYS,
///     interactions: &[],
///     control_ties: None,
///     control_interactions: None,
///     cost: Cost { minutes: None, money: Some(400.0) },
///     model: &ForecastModel::default(),
/// });
/// assert_eq!((found.won.ties, found.otherwise.ties), (20, 30));
/// assert_eq!(found.lasting.outcome, Outcome::Worse);
/// assert_eq!((found.won.curve.median(), found.otherwise.curve.median()), (Some(2.0), Some(101.0)));
/// assert_eq!((found.per_won.minutes, found.per_won.money), (None, Some(20.0)));
/// assert_eq!(found.basket, None); // nothing says what we did
/// ```
pub fn effect(request: &EffectRequest<'_>) -> Effect {
    let compared = comparable_windows(request.window, request.others, request.known, COMPARED_DAYS);
    let is_compared = |tie: &&WonTie<'_>| {
        tie.origin.is_none() && compared.iter().any(|window| window.contains(tie.won.start()))
    };
    let ours: Vec<_> =
        request.ties.iter().filter(|tie| tie.origin == Some(request.campaign)).collect();
    let theirs: Vec<_> = request.ties.iter().filter(is_compared).collect();
    let (lives, other_lives) = (lives(request, &ours), lives(request, &theirs));
    let (won, otherwise) = (group(request, &ours, &lives), group(request, &theirs, &other_lives));
    let log_rank = log_rank(&lives, &other_lives);
    let begun: Vec<_> = request.ties.iter().map(|tie| Counted { day: tie.won, count: 1 }).collect();
    let new_ties = weeks::weekly(request, &begun, request.control_ties);
    let lives_known_until = life::known_until(request.known, request.silence_days);
    let alive = ours.iter().filter(|tie| is_alive(request, tie)).count();
    let is_enough = answer::FEWEST_TIES <= lives.len().min(other_lives.len());
    Effect {
        log_rank,
        hazard: hazard_ratio(&lives, &other_lives).filter(|_| is_enough),
        mean: mean_difference(&won.curve, &otherwise.curve, MEAN_WITHIN_DAYS).filter(|_| is_enough),
        interactions: weeks::weekly(request, request.interactions, request.control_interactions),
        alive,
        per_won: per_tie(request.cost, ours.len()),
        per_alive: per_tie(request.cost, alive),
        basket: basket(request, &ours),
        lasting: answer::lasting(request, (&lives, &other_lives), log_rank),
        influx: answer::influx(request, &new_ties),
        won,
        otherwise,
        compared,
        new_ties,
        lives_known_until,
    }
}

fn lives(request: &EffectRequest<'_>, ties: &[&WonTie<'_>]) -> Vec<Lifetime> {
    let life = |tie: &&WonTie<'_>| {
        first_life(tie.won, tie.state, known_of(request, tie), request.silence_days)
    };
    ties.iter().filter_map(life).collect()
}

/// Returns from when until when a tie is known: less than the rest if its own sources end earlier.
fn known_of(request: &EffectRequest<'_>, tie: &WonTie<'_>) -> Window {
    let until =
        tie.coverage.until.map_or(request.known.end(), |until| until.min(request.known.end()));
    Window::new(request.known.start(), until)
}

fn group(request: &EffectRequest<'_>, ties: &[&WonTie<'_>], lives: &[Lifetime]) -> Group {
    let curve = survival(lives);
    let alive = ALIVE_AFTER.map(|days| {
        let at = f64::from(days);
        let is_followed = at <= curve.last_days();
        let forecasts: Vec<_> =
            ties.iter().filter_map(|tie| forecast_at(request, tie, days)).collect();
        let mean = |of: fn(&(f64, Interval)) -> f64| {
            (!forecasts.is_empty())
                .then(|| forecasts.iter().map(of).sum::<f64>() / to_f64(forecasts.len()))
        };
        let ends = mean(|one| one.1.low).zip(mean(|one| one.1.high));
        AliveAfter {
            days,
            share: is_followed.then(|| curve.at(at)),
            share_interval: is_followed.then(|| share_interval(&curve, lives, at)),
            forecast: mean(|one| one.0),
            forecast_interval: ends.map(|(low, high)| Interval { low, high }),
            forecast_ties: forecasts.len(),
        }
    });
    Group { ties: ties.len(), too_young: ties.len() - lives.len(), curve, alive: alive.to_vec() }
}

/// Returns the interval of the share that survives so many days.
///
/// As long as nothing has ended Greenwood's has no width; then it is what so many ties that all went on allow: the lower
/// end of Clopper and Pearson (1934), 0.025^(1/n).
fn share_interval(curve: &Survival, lives: &[Lifetime], days: f64) -> Interval {
    if curve.at(days) < 1.0 {
        return curve.interval_at(days);
    }
    let followed = lives.iter().filter(|life| days <= life.days).count();
    Interval { low: 0.025_f64.powf(1.0 / to_f64(followed.max(1))), high: 1.0 }
}

/// Returns the probability, as of the day it was so old, that contact goes on.
fn forecast_at(
    request: &EffectRequest<'_>,
    tie: &WonTie<'_>,
    days: u32,
) -> Option<(f64, Interval)> {
    let at = tie.won.start().plus_days(f64::from(days));
    if known_of(request, tie).end() < at {
        return None;
    }
    let seen = assess(tie.state, &tie.coverage, at, request.model)?;
    Some((seen.alive, seen.alive_range))
}

fn is_alive(request: &EffectRequest<'_>, tie: &WonTie<'_>) -> bool {
    let seen = assess(tie.state, &tie.coverage, request.known.end(), request.model);
    seen.is_some_and(|seen| request.model.threshold <= seen.alive)
}

fn per_tie(cost: Cost, ties: usize) -> PerTie {
    let share = |whole: Option<f64>| whole.filter(|_| 0 < ties).map(|whole| whole / to_f64(ties));
    PerTie { minutes: share(cost.minutes.map(Minutes::get)), money: share(cost.money) }
}

/// Returns whom we have done nothing with since the campaign ended.
fn basket(request: &EffectRequest<'_>, ties: &[&WonTie<'_>]) -> Option<Vec<LeftStanding>> {
    let end = request.window.end().day();
    let is_left =
        |tie: &&&WonTie<'_>| !tie.state.days().iter().any(|day| end <= day.day && 0 < day.sent);
    if ties.iter().any(|tie| tie.coverage.sent.is_empty()) {
        return None;
    }
    let left = |tie: &&WonTie<'_>| {
        let seen = assess(tie.state, &tie.coverage, request.known.end(), request.model);
        let (alive, alive_after) = (seen.map(|seen| seen.alive), seen.map(|seen| seen.alive_after));
        LeftStanding { party: tie.party, alive, alive_after }
    };
    let mut left: Vec<LeftStanding> = ties.iter().filter(is_left).map(left).collect();
    left.sort_by(|a, b| b.gain().total_cmp(&a.gain()).then(a.party.cmp(&b.party)));
    Some(left)
}

impl LeftStanding {
    /// Returns by how much a contact would raise the probability; 0 where nothing is known.
    fn gain(&self) -> f64 {
        self.alive_after.zip(self.alive).map_or(0.0, |(after, before)| after - before)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests;
