//! What everybody was doing at a moment: how active, with whom, and whom two people have in common.
//!
//! The staying power of a tie depends on its ends as much as on itself: who is active nowhere will not write, and who
//! shares people keeps meeting. It is computed once for all ties of a moment.

use std::{cmp::Ordering, collections::HashMap};

use crate::{AccountId, ContactDay, Day, End, Ends, Moment};

/// Half-life in days of what two people have in common.
const COMMON_HALF_LIFE: f64 = 90.0;
/// Days in which activity is counted.
const ACTIVE_DAYS: f64 = 181.0;

/// One pair that had contact before a moment.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The two, in any order.
    pub ends: (AccountId, AccountId),
    /// Their contact days, ascending.
    pub days: &'a [ContactDay],
    /// Their last contact.
    pub last: Moment,
}

/// Everybody's activity and partners at a moment.
///
/// # Example
/// ```
/// use rin_core::{AccountId, Direction, InteractionKind, Moment, Pair, Surroundings, TieState};
/// let at = Moment::from_unix_ms(1_700_000_000_000);
/// let mut state = TieState::default();
/// state.add(at, Direction::Sent, InteractionKind::Reply);
/// let (ann, ben) = (AccountId::new(1), AccountId::new(2));
/// let pair = Pair { ends: (ann, ben), days: state.days(), last: at };
/// let around = Surroundings::new(at.plus_days(9.0), [pair]);
/// assert_eq!(around.ends((ann, ben)).unwrap().other.silence_days, 9.0);
/// ```
#[derive(Clone, Debug)]
pub struct Surroundings {
    people: HashMap<AccountId, Person>,
    log_days: f64,
}

#[derive(Clone, Debug)]
struct Person {
    end: End,
    /// Ascending, with √*D*₉₀.
    partners: Vec<(AccountId, f64)>,
}

impl Surroundings {
    /// Looks at all pairs with contact before `as_of`, in any order, each once.
    ///
    /// # Complexity
    /// *n* log *n* in the contact days.
    pub fn new<'a>(as_of: Moment, pairs: impl IntoIterator<Item = Pair<'a>>) -> Self {
        let mut links = Vec::new();
        let mut active = Vec::new();
        for pair in pairs {
            let (Some(first), count) = (pair.days.first(), count(pair.days)) else { continue };
            let tie = aged(as_of, pair.days.iter().map(|day| day.day), COMMON_HALF_LIFE).sqrt();
            let silence = as_of.days_since(pair.last).max(0.0);
            for (person, partner) in [pair.ends, (pair.ends.1, pair.ends.0)] {
                links.push(Link { person, partner, tie, silence, count, first: first.day });
                active.extend(pair.days.iter().map(|day| (person, day.day)));
            }
        }
        links.sort_unstable_by_key(|link| (link.person, link.partner));
        active.sort_unstable();
        active.dedup();
        let first = links.iter().map(|link| link.first).min();
        let log_days = first.map_or(0.0, |first| as_of.days_since(first.start()).max(0.0));
        let runs = links.chunk_by(|a, b| a.person == b.person);
        let days = active.chunk_by(|a, b| a.0 == b.0);
        // Both are sorted by person, and whoever has a link was active on some day.
        let people = runs.zip(days).filter_map(|(links, days)| {
            Some((links.first()?.person, Person::new(as_of, links, days)))
        });
        Self { people: people.collect(), log_days }
    }

    /// Returns what was known of two people; `None` if one of them was never seen.
    ///
    /// # Complexity
    /// Linear in the partners of both.
    pub fn ends(&self, (one, other): (AccountId, AccountId)) -> Option<Ends> {
        let (one, other) = (self.people.get(&one)?, self.people.get(&other)?);
        Some(Ends {
            one: one.end,
            other: other.end,
            common: common(&one.partners, &other.partners),
            log_days: self.log_days,
        })
    }
}

/// One pair seen from one of its ends.
struct Link {
    person: AccountId,
    partner: AccountId,
    /// √*D*₉₀.
    tie: f64,
    silence: f64,
    count: f64,
    first: Day,
}

impl Person {
    fn new(as_of: Moment, links: &[Link], days: &[(AccountId, Day)]) -> Self {
        let days = || days.iter().map(|(_, day)| *day);
        let age = |day: Day| as_of.days_since(day.start());
        let end = End {
            silence_days: links.iter().map(|link| link.silence).fold(f64::INFINITY, f64::min),
            interactions: links.iter().map(|link| link.count).sum(),
            degree: to_f64(links.len()),
            active_30: aged(as_of, days(), 30.0),
            active_180: aged(as_of, days(), 180.0),
            active_days: to_f64(days().filter(|day| age(*day) < ACTIVE_DAYS).count()),
        };
        let partners = links.iter().map(|link| (link.partner, link.tie)).collect();
        Self { end, partners }
    }
}

/// Sums days that are halved every `half_life` days from their start on.
fn aged(as_of: Moment, days: impl Iterator<Item = Day>, half_life: f64) -> f64 {
    days.map(|day| (-as_of.days_since(day.start()).max(0.0) / half_life).exp2()).sum()
}

fn count(days: &[ContactDay]) -> f64 {
    days.iter().map(|day| f64::from(day.received) + f64::from(day.sent)).sum()
}

/// Sums the products over those who stand in both ascending lists.
fn common(mut a: &[(AccountId, f64)], mut b: &[(AccountId, f64)]) -> f64 {
    let mut sum = 0.0;
    while let (Some((x, after_x)), Some((y, after_y))) = (a.split_first(), b.split_first()) {
        match x.0.cmp(&y.0) {
            Ordering::Less => a = after_x,
            Ordering::Greater => b = after_y,
            Ordering::Equal => {
                sum += x.1 * y.1;
                (a, b) = (after_x, after_y);
            }
        }
    }
    sum
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}
