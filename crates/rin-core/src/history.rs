//! A log laid out for looking back: what was known of every tie at an earlier moment, and what became of it.
//!
//! Nothing after the moment is ever visible in what was known at it; that is what makes a test on the past worth
//! anything. Cuts lie at the start of a UTC day, so that no contact day is half known.

mod past;
mod surroundings;

pub(crate) use self::past::LEARN_BEFORE;
pub use self::surroundings::{Pair, Surroundings};
use crate::{AccountId, ContactDay, Day, Example, Interaction, Moment, TieFacts, TieState, Window};

/// A log of interactions by pair, in the order of time.
///
/// # Example
/// ```
/// use rin_core::{AccountId, History, Interaction, InteractionKind, Moment};
/// let (a, b) = (AccountId::new(1), AccountId::new(2));
/// let start = Moment::from_unix_ms(1_700_006_400_000);
/// let contact = |day: f64, from, to| {
///     Interaction { at: start.plus_days(day), from, to, kind: InteractionKind::Reply }
/// };
/// let history = History::new(vec![contact(0.0, a, b), contact(4.0, b, a), contact(35.0, a, b)]);
/// let examples = history.examples(start.plus_days(10.0).day(), 30.0, 2);
/// assert_eq!(examples[0].tie.contact_days(), 2.0);
/// assert_eq!(examples[0].interactions, 1); // day 35 lies within thirty days of day 10
/// ```
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Unordered pairs, ascending.
    pairs: Vec<Span>,
    /// Everything between two different accounts, by pair, then time.
    log: Vec<Interaction>,
    /// Contact days by pair, ascending within each.
    days: Vec<ContactDay>,
    first: Option<Moment>,
    last: Option<Moment>,
}

/// Where the interactions and days of one pair stand.
#[derive(Clone, Copy, Debug)]
struct Span {
    ends: (AccountId, AccountId),
    log: (usize, usize),
    days: (usize, usize),
}

impl History {
    /// Lays out a log, given in any order; interactions of an account with itself are left out, exact doubles count once.
    ///
    /// # Complexity
    /// *n* log *n* in the interactions.
    pub fn new(mut log: Vec<Interaction>) -> Self {
        log.retain(|it| it.from != it.to);
        log.sort_unstable_by_key(|it| (ends_of(it), it.at, it.from, it.kind));
        log.dedup();
        let mut history = Self {
            first: log.iter().map(|it| it.at).min(),
            last: log.iter().map(|it| it.at).max(),
            ..Self::default()
        };
        let mut state = TieState::default();
        let mut at = 0;
        for run in log.chunk_by(|a, b| ends_of(a) == ends_of(b)) {
            let Some(first) = run.first() else { continue };
            state.clear();
            for it in run {
                state.add(it.at, it.direction_from_smaller(), it.kind);
            }
            let start = history.days.len();
            history.days.extend_from_slice(state.days());
            history.pairs.push(Span {
                ends: ends_of(first),
                log: (at, at + run.len()),
                days: (start, history.days.len()),
            });
            at += run.len();
        }
        history.log = log;
        history
    }

    /// Returns how many pairs ever had contact.
    pub const fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// Returns how many interactions there are.
    pub const fn len(&self) -> usize {
        self.log.len()
    }

    /// Whether nothing ever happened.
    pub const fn is_empty(&self) -> bool {
        self.log.is_empty()
    }

    /// Returns the first moment, if anything ever happened.
    pub const fn first(&self) -> Option<Moment> {
        self.first
    }

    /// Returns the last moment, if anything ever happened.
    pub const fn last(&self) -> Option<Moment> {
        self.last
    }

    /// Returns all interactions by pair and, within each, by time.
    pub fn log(&self) -> &[Interaction] {
        &self.log
    }

    /// Returns when each interaction was, by pair.
    pub(crate) fn moments(&self) -> impl Iterator<Item = Moment> {
        self.log.iter().map(|it| it.at)
    }

    /// Returns every pair that had contact before the start of day `cut`, as it stood then.
    pub fn at(&self, cut: Day) -> impl Iterator<Item = Pair<'_>> {
        self.pairs.iter().filter_map(move |pair| self.pair(pair, cut))
    }

    /// Returns every tie with at least `min_interactions` before the start of day `cut`, with what was known of it and
    /// how many interactions came within `horizon_days` after.
    ///
    /// # Complexity
    /// Linear in the interactions, and in the sum of both ends' degrees over the ties.
    pub fn examples(
        &self,
        cut: Day,
        horizon_days: f64,
        min_interactions: usize,
    ) -> Vec<Example<'_>> {
        let as_of = cut.start();
        let end = as_of.plus_days(horizon_days);
        let around = Surroundings::new(as_of, self.at(cut));
        let example = |pair: &Span| {
            let Pair { days, last, .. } = self.pair(pair, cut)?;
            let log = self.log.get(pair.log.0..pair.log.1)?;
            let known = log.partition_point(|it| it.at < as_of);
            let within = log.partition_point(|it| it.at < end);
            let ends = around.ends(pair.ends);
            let tie = TieFacts { days, first: log.first()?.at, last, as_of, ends };
            let interactions = u32::try_from(within - known).unwrap_or(u32::MAX);
            (min_interactions <= known).then_some(Example { tie, pair: pair.ends, interactions })
        };
        self.pairs.iter().filter_map(example).collect()
    }

    /// Whether two, the smaller id first, had contact within a window.
    pub fn had_contact(&self, ends: (AccountId, AccountId), window: Window) -> bool {
        let Ok(at) = self.pairs.binary_search_by_key(&ends, |pair| pair.ends) else { return false };
        let log = self.pairs.get(at).and_then(|pair| self.log.get(pair.log.0..pair.log.1));
        let log = log.unwrap_or_default();
        let next = log.get(log.partition_point(|it| it.at < window.start()));
        next.is_some_and(|it| it.at < window.end())
    }

    /// Returns a pair as it stood before a day; `None` if there was no contact yet.
    fn pair(&self, pair: &Span, cut: Day) -> Option<Pair<'_>> {
        let log = self.log.get(pair.log.0..pair.log.1)?;
        let known = log.partition_point(|it| it.at < cut.start());
        let last = log.get(..known)?.last()?.at;
        let days = self.days.get(pair.days.0..pair.days.1)?;
        let days = days.get(..days.partition_point(|day| day.day < cut))?;
        Some(Pair { ends: pair.ends, days, last })
    }
}

/// Returns the two ends, the smaller id first.
fn ends_of(it: &Interaction) -> (AccountId, AccountId) {
    (it.from.min(it.to), it.from.max(it.to))
}

#[cfg(test)]
mod tests;
