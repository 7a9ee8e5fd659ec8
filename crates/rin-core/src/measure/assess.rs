//! Everything said of one relationship at one moment, each figure with the facts it rests on.

use super::state::TieState;
use crate::{Coverage, Ends, ForecastModel, Interval, Moment, Staying, TieFacts};

/// Half-life in days of the strength that is shown.
pub(crate) const STRENGTH_HALF_LIFE: f64 = 90.0;
/// Half-life in days of what happened lately.
pub(crate) const RECENT_HALF_LIFE: f64 = 30.0;
/// A relationship that lapses within this many days is fading: time enough for one unhurried contact.
const FADING_DAYS: f64 = 28.0;
/// A level falls only after it has been due for this many days: one contact that comes a little late changes nothing.
const GRACE_DAYS: f64 = 14.0;
/// Momentum compares the last this many days with all before.
const RECENT_DAYS: f64 = 90.0;
/// Half-width of a 90 % interval in standard deviations.
const NINETY: f64 = 1.644_853_626_951_472_2;

/// What can be said of one relationship at one moment. Intervals are of 90 %.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Assessment {
    /// The moment it is true for: now, or the end of what the sources cover if that is earlier.
    pub as_of: Moment,
    /// First contact.
    pub first: Moment,
    /// Last contact.
    pub last: Moment,
    /// Days from the last contact to `as_of`.
    pub silence_days: f64,
    /// Distinct days with contact.
    pub contact_days: u32,
    /// Interactions received; `None` if no source covers that direction.
    pub received: Option<u32>,
    /// Interactions sent.
    pub sent: u32,
    /// Contact days, each halved every ninety days.
    pub strength: f64,
    /// Contact days, each halved every thirty days: how much happened lately.
    pub recent: f64,
    /// Smaller over larger direction, `0..=1`; `None` if one direction is not covered.
    pub reciprocity: Option<f64>,
    /// Interval of what the two would balance out to in the long run.
    pub reciprocity_range: Option<Interval>,
    /// Mean days between contact days; `None` with only one.
    pub rhythm_days: Option<f64>,
    /// Interval of the mean; `None` with fewer than three contact days.
    pub rhythm_range: Option<Interval>,
    /// Contact days a day in the last ninety days over those before; `None` for what is younger than half a year.
    pub momentum: Option<Momentum>,
    /// Probability of another contact within the model's horizon.
    pub alive: f64,
    /// Its interval: what the data leave open, and what the sources do not cover, both widen it.
    pub alive_range: Interval,
    /// The same probability right after a contact today.
    pub alive_after: f64,
    /// How far ahead that looks, in days.
    pub horizon_days: f64,
    /// Its staying power, of which the probabilities are made.
    pub staying: Staying,
    /// Its staying power right after a contact today.
    pub staying_after: Staying,
    /// Contacts a day to be expected now.
    pub hazard: f64,
    /// Their interval.
    pub hazard_range: Interval,
    /// Interactions expected within the horizon.
    pub expected: f64,
    /// Interval of how many there will be.
    pub expected_range: Interval,
    /// When it is expected to lapse if nobody acts.
    pub lapse: Moment,
    /// Interval of that moment.
    pub lapse_range: (Moment, Moment),
    /// The same in a word.
    pub level: Level,
    /// When they addressed us and have had no answer since: we owe them one.
    pub open_since: Option<Moment>,
    /// When we addressed them and have had no answer since: they owe us one; `None` also if what they write is not covered.
    pub awaited_since: Option<Moment>,
    /// Days on which we wrote since we last heard; `None` if what they write is not covered.
    pub unanswered: Option<u32>,
}

/// How the pace of contact has changed lately.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Momentum {
    /// Pace of the last ninety days over the pace before: above 1 it rises.
    pub ratio: f64,
    /// Its interval; if 1 lies inside, nothing can be said.
    pub range: Interval,
}

/// How a relationship stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Likely to go on by itself for a month and more.
    Alive,
    /// Expected to lapse within four weeks, or just lapsed.
    Fading,
    /// Unlikely to go on by itself.
    Lapsed,
}

impl Level {
    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Fading => "fading",
            Self::Lapsed => "lapsed",
        }
    }
}

/// Assesses a relationship at `now`; `None` if it has had no contact by then.
///
/// `coverage` is what the sources of all our accounts in the relationship see in common ([`Coverage::common`]).
/// Silence counts only as far as `coverage` reaches: after the end of the export nothing is known, so the figures
/// are as of that end. What came more than a day after `now` is left out ([`TieState::known_at`]), what came within that
/// day (a wrong clock) counts as today. A contact raises the level at once; it falls
/// only two weeks after it was due, and nobody is called lapsed whose side is not covered while the interval still
/// reaches the threshold.
///
/// # Complexity
/// Linear in the contact days.
///
/// # Example
/// ```
/// use rin_core::{assess, Coverage, Direction, ForecastModel, InteractionKind, Level, Moment, TieState};
/// let start = Moment::from_unix_ms(1_700_000_000_000);
/// let mut state = TieState::default();
/// for day in 0..25 {
///     state.add(start.plus_days(f64::from(day)), Direction::Sent, InteractionKind::Reply);
/// }
/// let now = start.plus_days(24.0 + 160.0);
/// // By the √ rule, twenty-five days of contact last half a year.
/// let seen = assess(&state, &Coverage::default(), now, &ForecastModel::by_sqrt_rule(1.0)).unwrap();
/// assert_eq!(seen.contact_days, 25);
/// assert_eq!(seen.reciprocity, None); // nothing says what they wrote
/// assert!(seen.alive_range.low < seen.alive && seen.alive < seen.alive_range.high);
/// ```
pub fn assess(
    state: &TieState,
    coverage: &Coverage,
    now: Moment,
    model: &ForecastModel,
) -> Option<Assessment> {
    assess_among(state, coverage, None, now, model)
}

/// Assesses a relationship with what is known of its two ends besides ([`Surroundings`](crate::Surroundings)).
pub fn assess_among(
    state: &TieState,
    coverage: &Coverage,
    ends: Option<Ends>,
    now: Moment,
    model: &ForecastModel,
) -> Option<Assessment> {
    let known = state.known_at(now);
    let state = known.as_ref();
    let (first, last) = (state.first()?.min(now), state.last()?.min(now));
    let as_of = coverage.until.map_or(now, |until| until.min(now)).max(last.min(now));
    let sees_received = coverage.sees_received();
    let tie = TieFacts { days: state.days(), first, last, as_of, ends };
    let outlook = model.outlook(&tie, sees_received);
    let silence_days = tie.silence_days();
    let (received, sent) = state.counts();
    let after_last = |days: f64| last.plus_days(days.min(MAX_LAPSE));
    let range = outlook.days_to_lapse_range;
    let decayed = |half_life| decayed_days(state, half_life) * (-silence_days / half_life).exp2();
    Some(Assessment {
        as_of,
        first,
        last,
        silence_days,
        contact_days: saturate(state.contact_days() as u64),
        received: sees_received.then(|| saturate(received)),
        sent: saturate(sent),
        strength: decayed(STRENGTH_HALF_LIFE),
        recent: decayed(RECENT_HALF_LIFE),
        reciprocity: sees_received.then(|| reciprocity(received, sent)),
        reciprocity_range: sees_received.then(|| reciprocity_range(received, sent)),
        rhythm_days: rhythm_days(state),
        rhythm_range: rhythm_range(state),
        momentum: momentum(state, as_of),
        alive: outlook.alive,
        alive_range: outlook.alive_range,
        alive_after: outlook.alive_after,
        horizon_days: model.horizon_days.max(0.0),
        staying: outlook.staying,
        staying_after: outlook.after,
        hazard: outlook.staying.hazard(silence_days),
        hazard_range: outlook.staying.hazard_range(silence_days),
        expected: outlook.expected,
        expected_range: outlook.expected_range,
        lapse: after_last(outlook.days_to_lapse),
        lapse_range: (after_last(range.low), after_last(range.high)),
        level: level(
            silence_days,
            if sees_received { outlook.days_to_lapse } else { range.high },
            outlook.days_to_lapse,
        ),
        open_since: state.open_since(),
        awaited_since: if sees_received { state.awaited_since() } else { None },
        unanswered: sees_received.then(|| saturate(state.unanswered_days() as u64)),
    })
}

/// A lapse further away than this is as good as never: a hundred years.
const MAX_LAPSE: f64 = 36_525.0;

/// Returns the level after a silence, by the days to the lapse: the ones that are sure enough, and the likeliest.
fn level(silence_days: f64, sure: f64, likely: f64) -> Level {
    if sure + GRACE_DAYS <= silence_days {
        Level::Lapsed
    } else if likely - FADING_DAYS < silence_days {
        Level::Fading
    } else {
        Level::Alive
    }
}

/// Returns *D*ₕ at the last contact day: Σ over contact days of 2^(−(last − day)/h), h the half-life in days.
///
/// Computed from the sorted days, so it is the same bit for bit however the state came about.
///
/// # Example
/// ```
/// use rin_core::{decayed_days, Direction, InteractionKind, Moment, TieState};
/// let mut state = TieState::default();
/// for day in [0.0, 30.0] {
///     state.add(Moment::from_unix_ms(0).plus_days(day), Direction::Sent, InteractionKind::Reply);
/// }
/// // The day a month before counts half where the half-life is a month.
/// assert_eq!(decayed_days(&state, 30.0), 1.5);
/// ```
pub fn decayed_days(state: &TieState, half_life_days: f64) -> f64 {
    let mut sum = 0.0;
    let mut previous = None;
    for day in state.days() {
        if let Some(before) = previous {
            sum *= (-to_f64_i64(day.day.days_since(before)) / half_life_days).exp2();
        }
        sum += 1.0;
        previous = Some(day.day);
    }
    sum
}

fn rhythm_days(state: &TieState) -> Option<f64> {
    let (first, last) = (state.days().first()?, state.days().last()?);
    let gaps = state.contact_days() - 1;
    (0 < gaps).then(|| to_f64_i64(last.day.days_since(first.day)) / to_f64(gaps))
}

/// Returns the interval of the mean gap: the mean plus and minus its standard error, never below a day.
fn rhythm_range(state: &TieState) -> Option<Interval> {
    let mean = rhythm_days(state)?;
    let gaps = to_f64(state.contact_days() - 1);
    if gaps < 2.0 {
        return None;
    }
    let gap = |pair: &[super::ContactDay]| match pair {
        [before, after] => to_f64_i64(after.day.days_since(before.day)),
        _ => mean,
    };
    let spread: f64 = state.days().windows(2).map(|pair| (gap(pair) - mean).powi(2)).sum();
    let error = NINETY * (spread / (gaps - 1.0) / gaps).sqrt();
    Some(Interval { low: (mean - error).max(1.0).min(mean), high: mean + error })
}

/// Compares two Poisson rates by their logarithms, half a count added to each (Agresti, Categorical Data Analysis).
fn momentum(state: &TieState, as_of: Moment) -> Option<Momentum> {
    let age = as_of.days_since(state.days().first()?.day.start());
    if age < 2.0 * RECENT_DAYS {
        return None;
    }
    let since = as_of.plus_days(-RECENT_DAYS);
    let before = state.days().partition_point(|day| day.day.start() < since);
    let recent = to_f64(state.contact_days() - before) + 0.5;
    let before = to_f64(before) + 0.5;
    let ratio = recent / RECENT_DAYS / (before / (age - RECENT_DAYS));
    let wide = (NINETY * (1.0 / recent + 1.0 / before).sqrt()).exp();
    Some(Momentum { ratio, range: Interval { low: ratio / wide, high: ratio * wide } })
}

fn reciprocity(received: u64, sent: u64) -> f64 {
    to_f64_u64(received.min(sent)) / to_f64_u64(received.max(sent).max(1))
}

/// Returns the interval of the same, by that of Wilson (1927) for the share received.
fn reciprocity_range(received: u64, sent: u64) -> Interval {
    let n = to_f64_u64(received + sent).max(1.0);
    let (share, z2) = (to_f64_u64(received) / n, NINETY * NINETY);
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = NINETY * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    let balance = |share: f64| share.min(1.0 - share) / share.max(1.0 - share);
    let (low, high) = ((middle - half).max(0.0), (middle + half).min(1.0));
    let ends = [balance(low), balance(high)];
    let is_even = low <= 0.5 && 0.5 <= high;
    let high = if is_even { 1.0 } else { ends[0].max(ends[1]) };
    Interval { low: ends[0].min(ends[1]), high }
}

fn saturate(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "counts and days stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts and days stay far below 2^53")]
const fn to_f64_u64(n: u64) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts and days stay far below 2^53")]
const fn to_f64_i64(n: i64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Direction, InteractionKind, InteractionKinds};

    fn day(n: f64) -> Moment {
        Moment::from_unix_ms(1_600_000_000_000).plus_days(n)
    }

    fn state(days: &[(f64, Direction)]) -> TieState {
        let mut state = TieState::default();
        for &(n, direction) in days {
            state.add(day(n), direction, InteractionKind::Reply);
        }
        state
    }

    #[test]
    fn strength_halves_in_ninety_days() {
        let state = state(&[(0.0, Direction::Sent), (90.0, Direction::Sent)]);
        let model = ForecastModel::default();
        let at_once = assess(&state, &Coverage::default(), day(90.0), &model).unwrap();
        let later = assess(&state, &Coverage::default(), day(180.0), &model).unwrap();
        assert!((at_once.strength - 1.5).abs() < 1e-12);
        assert!((later.strength - 0.75).abs() < 1e-12);
        // Three half-lives of thirty days lie between the two.
        assert!((at_once.recent - 1.125).abs() < 1e-12);
        assert_eq!(at_once.rhythm_days, Some(90.0));
    }

    #[test]
    fn silence_after_the_end_of_the_export_is_not_counted() {
        let state = state(&[(0.0, Direction::Sent)]);
        let coverage = Coverage { until: Some(day(2.0)), ..Coverage::default() };
        let seen = assess(&state, &coverage, day(400.0), &ForecastModel::default()).unwrap();
        assert!((seen.silence_days - 2.0).abs() < 1e-9);
        assert_eq!(seen.as_of, day(2.0));
    }

    #[test]
    fn what_is_not_covered_is_unknown_and_what_is_covered_is_zero() {
        let state = state(&[(0.0, Direction::Sent)]);
        let model = ForecastModel::default();
        let blind = assess(&state, &Coverage::default(), day(1.0), &model).unwrap();
        assert_eq!((blind.received, blind.reciprocity, blind.unanswered), (None, None, None));
        let received = InteractionKinds::of(&[InteractionKind::Message]);
        let seeing = Coverage { received, ..Coverage::default() };
        let seen = assess(&state, &seeing, day(1.0), &model).unwrap();
        assert_eq!(
            (seen.received, seen.reciprocity, seen.unanswered),
            (Some(0), Some(0.0), Some(1))
        );
    }

    #[test]
    fn a_clock_a_little_ahead_counts_as_today_and_what_came_later_is_left_out() {
        let state =
            state(&[(0.0, Direction::Sent), (5.5, Direction::Received), (9.0, Direction::Sent)]);
        let model = ForecastModel::default();
        let seen = assess(&state, &Coverage::default(), day(5.0), &model).unwrap();
        assert!(seen.silence_days.abs() < 1e-12);
        assert_eq!((seen.contact_days, seen.last, seen.sent), (2, day(5.0), 1));
        let early = assess(&state, &Coverage::default(), day(3.0), &model).unwrap();
        assert_eq!((early.contact_days, early.sent), (1, 1));
        assert!(2.0 < early.silence_days && early.lapse < seen.lapse);
        assert_eq!(assess(&state, &Coverage::default(), day(-30.0), &model), None);
    }

    #[test]
    fn a_level_falls_slowly_and_rises_at_once() {
        // Twenty-five days of contact last 179 days by the √ rule.
        let days: Vec<_> = (0..25).map(|n| (f64::from(n), Direction::Received)).collect();
        let mut state = state(&days);
        let model = ForecastModel::by_sqrt_rule(1.0);
        let received = InteractionKinds::of(&[InteractionKind::Reply]);
        let coverage = Coverage { received, ..Coverage::default() };
        let level = |state: &TieState, silence| {
            assess(state, &coverage, day(24.0 + silence), &model).unwrap().level
        };
        let levels = [150.0, 152.0, 179.0, 192.0, 194.0].map(|silence| level(&state, silence));
        let (alive, fading, lapsed) = (Level::Alive, Level::Fading, Level::Lapsed);
        assert_eq!(levels, [alive, fading, fading, fading, lapsed]);
        state.add(day(24.0 + 300.0), Direction::Received, InteractionKind::Reply);
        assert_eq!(level(&state, 300.0), Level::Alive);
    }

    #[test]
    fn whoever_is_not_covered_is_not_called_lapsed_too_soon() {
        let state =
            state(&[(0.0, Direction::Sent), (9.0, Direction::Sent), (20.0, Direction::Sent)]);
        let model = ForecastModel::default();
        let received = InteractionKinds::of(&[InteractionKind::Reply]);
        let seeing = Coverage { received, ..Coverage::default() };
        let seen = assess(&state, &seeing, day(120.0), &model).unwrap();
        let blind = assess(&state, &Coverage::default(), day(120.0), &model).unwrap();
        assert_eq!((seen.level, blind.level), (Level::Lapsed, Level::Fading));
        assert!(
            blind.alive_range.high - blind.alive_range.low
                > seen.alive_range.high - seen.alive_range.low
        );
    }

    #[test]
    fn who_owes_whom_an_answer() {
        let state = state(&[(0.0, Direction::Received), (1.0, Direction::Sent)]);
        let received = InteractionKinds::of(&[InteractionKind::Reply]);
        let seeing = Coverage { received, ..Coverage::default() };
        let model = ForecastModel::default();
        let seen = assess(&state, &seeing, day(3.0), &model).unwrap();
        assert_eq!((seen.open_since, seen.awaited_since), (None, Some(day(1.0))));
        let blind = assess(&state, &Coverage::default(), day(3.0), &model).unwrap();
        assert_eq!(blind.awaited_since, None);
    }

    #[test]
    fn pace_and_rhythm_have_intervals() {
        // Every tenth day for four hundred days, then every other day for ninety.
        let early = (0..40).map(|n| (10.0 * f64::from(n), Direction::Sent));
        let late = (0..45).map(|n| (400.0 + 2.0 * f64::from(n), Direction::Sent));
        let state = state(&early.chain(late).collect::<Vec<_>>());
        let seen =
            assess(&state, &Coverage::default(), day(490.0), &ForecastModel::default()).unwrap();
        let momentum = seen.momentum.unwrap();
        assert!(1.0 < momentum.range.low && momentum.ratio < 6.0, "{momentum:?}");
        let (rhythm, range) = (seen.rhythm_days.unwrap(), seen.rhythm_range.unwrap());
        assert!(range.low < rhythm && rhythm < range.high);
        assert!((rhythm - 488.0 / 84.0).abs() < 1e-9);
        assert!(seen.hazard_range.low < seen.hazard && seen.hazard < seen.hazard_range.high);
    }

    #[test]
    fn balance_is_less_sure_the_less_there_was() {
        // Wilson's 90 % interval of 3 in 12 is .1047 to .4873: from a ninth of the other's part to nearly as much.
        let range = reciprocity_range(3, 9);
        assert!(
            (range.low - 0.116_885).abs() < 1e-6 && (range.high - 0.950_603).abs() < 1e-6,
            "{range:?}"
        );
        let more = reciprocity_range(300, 900);
        assert!(range.low < more.low && more.high < range.high);
        assert!((reciprocity_range(5, 5).high - 1.0).abs() < 1e-12);
        assert!(reciprocity_range(0, 40).low.abs() < 1e-12);
    }

    #[test]
    fn no_contact_no_assessment() {
        let model = ForecastModel::default();
        assert_eq!(assess(&TieState::default(), &Coverage::default(), day(0.0), &model), None);
    }
}
