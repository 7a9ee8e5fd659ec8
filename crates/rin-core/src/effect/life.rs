//! How long a tie lived the first time: until a silence so long that it means an end.
//!
//! Nobody says that a relationship has ended; it falls silent. A life ends with its last contact before a silence of half a
//! year, by default, which is the horizon within which the forecast expects contact of whom it calls alive. So on the last
//! days that are known nobody can be said to have ended, and who ended within the half-year before them looks
//! like one who goes on. Taking the last contact of whoever is silent for the time being as when they were last seen would
//! call just those unknown who are most likely gone, and make lives too long. So lives are known until half a year before
//! what is known ends, each of them as fully as any other.

use crate::{Day, Lifetime, TieState, Window};

/// Silence that ends a life, in days.
pub const SILENCE_DAYS: u32 = 180;

/// Returns the first life of a tie, as far as it is known; `None` if it began before what is known or too late to tell.
///
/// It is counted in days, the day it began included: who never came back lived for one day. A later contact after the
/// silence is a second life.
///
/// # Example
/// ```
/// use rin_core::{Direction, InteractionKind, Lifetime, Moment, SILENCE_DAYS, TieState, Window, first_life};
/// let day = |n: f64| Moment::from_unix_ms(0).plus_days(n);
/// let mut state = TieState::default();
/// for at in [10.0, 40.0, 400.0] {
///     state.add(day(at), Direction::Received, InteractionKind::Reply);
/// }
/// let life = |until: f64| {
///     first_life(day(10.0).day(), &state, Window::new(day(0.0), day(until)), SILENCE_DAYS)
/// };
/// assert_eq!(life(500.0), Some(Lifetime::ended(31.0)));
/// assert_eq!(life(200.0), Some(Lifetime::going_on(11.0))); // known until day 20, when it was alive
/// assert_eq!(life(180.0), None);
/// ```
pub fn first_life(
    won: Day,
    state: &TieState,
    known: Window,
    silence_days: u32,
) -> Option<Lifetime> {
    let until = known_until(known, silence_days);
    if won < known.start().day() || until < won {
        return None;
    }
    let mut last = won;
    let is_known = |day: &Day| won <= *day && known.contains(day.start());
    for contact in state.days().iter().map(|day| day.day).filter(is_known) {
        if i64::from(silence_days) <= contact.days_since(last) {
            break;
        }
        last = contact;
    }
    let days = |to: Day| f64::from(to.number() - won.number() + 1);
    let is_over = last <= until;
    Some(if is_over { Lifetime::ended(days(last)) } else { Lifetime::going_on(days(until)) })
}

/// Returns the last day on which it is known who was alive.
pub(super) fn known_until(known: Window, silence_days: u32) -> Day {
    known.end().plus_days(-f64::from(silence_days)).day()
}
