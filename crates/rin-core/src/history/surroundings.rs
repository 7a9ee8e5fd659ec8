//! What everybody was doing at a moment: how active, with whom, and whom two people have in common.
//!
//! The staying power of a tie depends on its ends as much as on itself: who is active nowhere will not write, and who
//! shares people keeps meeting. It is computed once for all ties of a moment.

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
    /// Ascending.
    people: Vec<Person>,
    /// Of each person in turn the partners, ascending.
    links: Vec<Link>,
    log_days: f64,
}

#[derive(Clone, Debug)]
struct Person {
    id: AccountId,
    end: End,
    /// Where its links stand.
    links: (usize, usize),
}

/// One pair seen from one of its ends.
#[derive(Clone, Copy, Debug)]
struct Link {
    person: AccountId,
    partner: AccountId,
    /// Position of the pair.
    pair: u32,
    /// √*D*₉₀.
    tie: f64,
}

impl Surroundings {
    /// Looks at all pairs with contact before `as_of`, in any order, each once.
    ///
    /// # Complexity
    /// *n* log *n* in the pairs, and for each person in its contact days.
    pub fn new<'a>(as_of: Moment, pairs: impl IntoIterator<Item = Pair<'a>>) -> Self {
        let pairs: Vec<Pair<'a>> = pairs.into_iter().filter(|pair| !pair.days.is_empty()).collect();
        let mut links = Vec::with_capacity(2 * pairs.len());
        for (number, pair) in (0..).zip(&pairs) {
            let tie = aged(as_of, pair.days.iter().map(|day| day.day), COMMON_HALF_LIFE).sqrt();
            for (person, partner) in [pair.ends, (pair.ends.1, pair.ends.0)] {
                links.push(Link { person, partner, pair: number, tie });
            }
        }
        links.sort_unstable_by_key(|link| (link.person, link.partner));
        let first = pairs.iter().filter_map(|pair| Some(pair.days.first()?.day)).min();
        let log_days = first.map_or(0.0, |first| as_of.days_since(first.start()).max(0.0));
        let mut people = Vec::new();
        let (mut start, mut days) = (0, Vec::new());
        for run in links.chunk_by(|a, b| a.person == b.person) {
            let Some(first) = run.first() else { continue };
            let theirs = || run.iter().filter_map(|link| pairs.get(link.pair as usize));
            let end = end(as_of, run.len(), theirs, &mut days);
            people.push(Person { id: first.person, end, links: (start, start + run.len()) });
            start += run.len();
        }
        Self { people, links, log_days }
    }

    /// Returns what was known of two people; `None` if one of them was never seen.
    ///
    /// # Complexity
    /// Linear in the partners of the one with fewer, logarithmic in those of the other.
    pub fn ends(&self, (one, other): (AccountId, AccountId)) -> Option<Ends> {
        let (one, other) = (self.person(one)?, self.person(other)?);
        Some(Ends {
            one: one.end,
            other: other.end,
            common: common(self.links(one), self.links(other)),
            log_days: self.log_days,
        })
    }

    fn person(&self, id: AccountId) -> Option<&Person> {
        let at = self.people.binary_search_by_key(&id, |person| person.id).ok()?;
        self.people.get(at)
    }

    fn links(&self, person: &Person) -> &[Link] {
        self.links.get(person.links.0..person.links.1).unwrap_or_default()
    }
}

/// Sums up what one person took part in; `days` is room to work in.
fn end<'a, P: Iterator<Item = &'a Pair<'a>>>(
    as_of: Moment,
    degree: usize,
    pairs: impl Fn() -> P,
    days: &mut Vec<Day>,
) -> End {
    days.clear();
    days.extend(pairs().flat_map(|pair| pair.days.iter().map(|day| day.day)));
    if 1 < degree {
        days.sort_unstable();
        days.dedup();
    }
    let days = || days.iter().copied();
    let silences = pairs().map(|pair| as_of.days_since(pair.last).max(0.0));
    End {
        silence_days: silences.fold(f64::INFINITY, f64::min),
        interactions: pairs().map(|pair| count(pair.days)).sum(),
        degree: to_f64(degree),
        active_30: aged(as_of, days(), 30.0),
        active_180: aged(as_of, days(), 180.0),
        active_days: to_f64(
            days().filter(|day| as_of.days_since(day.start()) < ACTIVE_DAYS).count(),
        ),
    }
}

/// Sums days that are halved every `half_life` days from their start on.
fn aged(as_of: Moment, days: impl Iterator<Item = Day>, half_life: f64) -> f64 {
    days.map(|day| (-as_of.days_since(day.start()).max(0.0) / half_life).exp2()).sum()
}

fn count(days: &[ContactDay]) -> f64 {
    days.iter().map(|day| f64::from(day.received) + f64::from(day.sent)).sum()
}

/// Sums the products over those whom both lists have; the longer one is searched, not walked.
fn common(a: &[Link], b: &[Link]) -> f64 {
    let (few, mut many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut sum = 0.0;
    for link in few {
        // Both ascend, so what was passed is never looked at again; near ones are found in a few steps.
        let mut reach = 1;
        while many.get(reach).is_some_and(|other| other.partner < link.partner) {
            reach *= 2;
        }
        let near = many.get(..=reach).unwrap_or(many);
        let at = near.partition_point(|other| other.partner < link.partner);
        many = many.get(at..).unwrap_or_default();
        if let Some(other) = many.first()
            && other.partner == link.partner
        {
            sum += link.tie * other.tie;
        }
    }
    sum
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links(partners: &[u32]) -> Vec<Link> {
        let id = AccountId::new;
        partners
            .iter()
            .map(|&partner| Link {
                person: id(0),
                partner: id(partner),
                pair: 0,
                tie: f64::from(partner),
            })
            .collect()
    }

    proptest! {
        #[test]
        fn what_two_have_in_common_is_found(
            a in prop::collection::btree_set(0_u32..90, 0..60), b in prop::collection::btree_set(0_u32..90, 0..9)
        ) {
            let expected: f64 = a.intersection(&b).map(|n| f64::from(*n * *n)).sum();
            let (a, b): (Vec<_>, Vec<_>) = (a.into_iter().collect(), b.into_iter().collect());
            prop_assert!((common(&links(&a), &links(&b)) - expected).abs() < 1e-9);
            prop_assert!((common(&links(&b), &links(&a)) - expected).abs() < 1e-9);
        }
    }
}
