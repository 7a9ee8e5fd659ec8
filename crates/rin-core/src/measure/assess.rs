//! Everything said of one relationship at one moment, each figure with the facts it rests on.

use super::{forecast::ForecastModel, state::TieState};
use crate::{Coverage, Moment};

/// Half-life in days of the strength that is shown.
const STRENGTH_HALF_LIFE: f64 = 90.0;
/// A relationship that lapses within this many days is fading: time enough for one unhurried contact.
const FADING_DAYS: f64 = 28.0;

/// What can be said of one relationship at one moment.
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
    /// Smaller over larger direction, `0..=1`; `None` if one direction is not covered.
    pub reciprocity: Option<f64>,
    /// Mean days between contact days; `None` with only one.
    pub rhythm_days: Option<f64>,
    /// Probability of another contact within the model's horizon.
    pub alive: f64,
    /// Interactions expected within the horizon.
    pub expected: f64,
    /// When it is expected to lapse if nobody acts.
    pub lapse: Moment,
    /// The same in a word.
    pub level: Level,
    /// When they addressed us and have had no answer since.
    pub open_since: Option<Moment>,
    /// Days on which we wrote since we last heard; `None` if what they write is not covered.
    pub unanswered: Option<u32>,
}

/// How a relationship stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Likely to go on by itself for a month and more.
    Alive,
    /// Still likely, but expected to lapse within four weeks.
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
/// are as of that end. Contacts after `now` (a wrong clock) count as today.
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
/// let seen = assess(&state, &Coverage::default(), now, &ForecastModel::default()).unwrap();
/// assert_eq!(seen.contact_days, 25);
/// assert_eq!(seen.level, Level::Fading);
/// assert_eq!(seen.reciprocity, None); // nothing says what they wrote
/// ```
pub fn assess(
    state: &TieState,
    coverage: &Coverage,
    now: Moment,
    model: &ForecastModel,
) -> Option<Assessment> {
    let (first, last) = (state.first()?, state.last()?);
    let as_of = coverage.until.map_or(now, |until| until.min(now)).max(last.min(now));
    let silence_days = as_of.days_since(last).max(0.0);
    let m = to_f64(state.contact_days());
    let (received, sent) = state.counts();
    let sees_received = coverage.sees_received();
    let strength =
        decayed_days(state, STRENGTH_HALF_LIFE) * (-silence_days / STRENGTH_HALF_LIFE).exp2();
    let alive = model.alive(silence_days, m);
    let lapse = model.lapse(last, m);
    let level = if alive < model.threshold {
        Level::Lapsed
    } else if lapse.days_since(as_of) < FADING_DAYS {
        Level::Fading
    } else {
        Level::Alive
    };
    let per_day = (to_f64_u64(received + sent) / m).min(5.0);
    Some(Assessment {
        as_of,
        first,
        last,
        silence_days,
        contact_days: saturate(state.contact_days() as u64),
        received: sees_received.then(|| saturate(received)),
        sent: saturate(sent),
        strength,
        reciprocity: sees_received.then(|| reciprocity(received, sent)),
        rhythm_days: rhythm_days(state),
        alive,
        expected: alive * per_day * (1.0 + strength * model.horizon_days / 260.0),
        lapse,
        level,
        open_since: state.open_since(),
        unanswered: sees_received.then(|| saturate(state.unanswered_days() as u64)),
    })
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

fn reciprocity(received: u64, sent: u64) -> f64 {
    to_f64_u64(received.min(sent)) / to_f64_u64(received.max(sent).max(1))
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
    fn a_contact_in_the_future_counts_as_today() {
        let state = state(&[(0.0, Direction::Sent), (9.0, Direction::Received)]);
        let seen =
            assess(&state, &Coverage::default(), day(5.0), &ForecastModel::default()).unwrap();
        assert!(seen.silence_days.abs() < 1e-12);
    }

    #[test]
    fn no_contact_no_assessment() {
        let model = ForecastModel::default();
        assert_eq!(assess(&TieState::default(), &Coverage::default(), day(0.0), &model), None);
    }
}
