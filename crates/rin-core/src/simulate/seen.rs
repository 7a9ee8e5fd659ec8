//! What a planner sees of a tie: its past up to today, how much it matters, and what became of its own touches.

use super::World;
use crate::{ContactDay, TieFacts, backtest::HALF_LIVES};

/// Days between two touches of one tie.
pub(super) const COOLDOWN_DAYS: u32 = 14;

/// Returns what is left of each decayed sum after a day.
pub(super) fn fades() -> [f64; 4] {
    HALF_LIVES.map(|half_life| (-1.0 / half_life).exp2())
}

/// One tie as it is lived through.
#[derive(Clone, Debug, Default)]
pub(super) struct Living {
    /// Days with contact so far, ascending.
    pub(super) days: Vec<ContactDay>,
    pub(super) importance: f64,
    /// *D* at the start of today for each half-life of the Hawkes process: what the days amount to, known to everybody.
    pub(super) decayed: [f64; 4],
    /// Day of the simulation of the last touches, the latest first.
    pub(super) touches: [Option<u32>; 3],
    /// Touches in a row that were not answered.
    pub(super) unanswered: u32,
    /// Rank by strength at the start.
    pub(super) rank: usize,
    /// Probability of being alive as the forecast had it when it was last asked, for the policies that ask it.
    pub(super) alive: f64,
}

impl Living {
    /// Returns the ties of a world as they stand at its start.
    pub(super) fn all(world: &World) -> Vec<Self> {
        let as_of = world.start.start();
        let mut ties: Vec<Self> = world
            .ties
            .iter()
            .map(|tie| {
                let ages = || tie.days.iter().map(|day| as_of.days_since(day.day.start()));
                let decayed =
                    HALF_LIVES.map(|half_life| ages().map(|age| (-age / half_life).exp2()).sum());
                Self {
                    days: tie.days.clone(),
                    importance: tie.importance,
                    decayed,
                    ..Self::default()
                }
            })
            .collect();
        let mut order: Vec<(f64, usize)> =
            ties.iter().enumerate().map(|(at, tie)| (tie.strength(), at)).collect();
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (rank, (_, at)) in order.into_iter().enumerate() {
            if let Some(tie) = ties.get_mut(at) {
                tie.rank = rank;
            }
        }
        ties
    }

    /// Returns *D*₉₀.
    pub(super) const fn strength(&self) -> f64 {
        let [_, _, d90, _] = self.decayed;
        d90
    }

    /// Returns *D*₃₀.
    pub(super) const fn recent(&self) -> f64 {
        let [_, d30, ..] = self.decayed;
        d30
    }

    /// Whether it may be written to.
    pub(super) fn is_open(&self, today: u32) -> bool {
        let [last, ..] = self.touches;
        !self.days.is_empty() && last.is_none_or(|last| COOLDOWN_DAYS <= today - last)
    }

    /// Lets a day pass, with or without contact on it.
    pub(super) fn age(&mut self, is_contact: bool, fades: &[f64; 4]) {
        let added = if is_contact { 1.0 } else { 0.0 };
        for (sum, fade) in self.decayed.iter_mut().zip(fades) {
            *sum = (*sum + added) * fade;
        }
    }

    /// Notes a touch.
    pub(super) const fn touch(&mut self, today: u32, is_answered: bool) {
        let [one, two, _] = self.touches;
        self.touches = [Some(today), one, two];
        self.unanswered = if is_answered { 0 } else { self.unanswered + 1 };
    }
}

/// A tie on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub(super) tie: &'a Living,
    /// Days since the start.
    pub(super) today: u32,
    pub(super) facts: TieFacts<'a>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(tie: &'a Living, today: u32, world: &World) -> Self {
        let as_of = world.start.start().plus_days(f64::from(today));
        let first = tie.days.first().map_or(as_of, |day| day.day.start());
        let last = tie.days.last().map_or(as_of, |day| day.day.start());
        Self { tie, today, facts: TieFacts { days: &tie.days, first, last, as_of, ends: None } }
    }

    pub(super) fn silence(&self) -> f64 {
        self.facts.silence_days()
    }

    pub(super) const fn contact_days(&self) -> f64 {
        self.facts.contact_days()
    }

    /// Returns the days since the last touch, if there was one.
    pub(super) fn since_touch(&self) -> Option<f64> {
        let [last, ..] = self.tie.touches;
        last.map(|last| f64::from(self.today - last))
    }
}
