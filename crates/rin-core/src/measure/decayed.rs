//! Contact days that count less the longer ago they are: four sums that can be kept beside a state.
//!
//! *D*ₕ = Σ over contact days of 2^(−(last − day)/h) for half-lives of 7, 30, 90 and 365 days, as they stand on the last
//! contact day. Sums of *disjoint* sets of days merge by moving both to the later day and adding, which agrees with
//! summing anew to 1e-12 but not to the last bit; the state itself keeps the set of days, from which
//! [`Decayed::of`] makes the same sums bit for bit however it came about. Tie decay by events on an exponential
//! background: Ahmad, Porter and Beguerisse-Díaz (arXiv 1805.00193).

use super::TieState;
use crate::Day;

/// Decayed sums of contact days.
///
/// # Example
/// ```
/// use rin_core::{Day, Decayed};
/// let day = Day::from_number;
/// let mut sums = Decayed::on(day(100));
/// sums.add(day(130));
/// // The day a month before counts half where the half-life is a month.
/// assert_eq!(sums.at(day(130))[1], 1.5);
/// assert_eq!(sums.at(day(160))[1], 0.75);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Decayed {
    last: Day,
    sums: [f64; 4],
}

impl Decayed {
    /// The half-lives in days.
    pub const HALF_LIVES: [f64; 4] = [7.0, 30.0, 90.0, 365.0];

    /// Returns the sums of a single day.
    pub const fn on(day: Day) -> Self {
        Self { last: day, sums: [1.0; 4] }
    }

    /// Sums up a state's days anew; `None` if it has none.
    ///
    /// # Complexity
    /// Linear in the contact days.
    pub fn of(state: &TieState) -> Option<Self> {
        let (first, later) = state.days().split_first()?;
        let mut sums = Self::on(first.day);
        for day in later {
            sums.add(day.day);
        }
        Some(sums)
    }

    /// Takes a day that is not counted yet.
    pub fn add(&mut self, day: Day) {
        *self = self.merge(Self::on(day));
    }

    /// Joins the sums of two sets of days that have none in common.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let last = self.last.max(other.last);
        let mut sums = self.at(last);
        for (sum, more) in sums.iter_mut().zip(other.at(last)) {
            *sum += more;
        }
        Self { last, sums }
    }

    /// Returns the sums as they stand on a day; before the last contact day they are those of that day.
    pub fn at(&self, day: Day) -> [f64; 4] {
        let mut sums = self.sums;
        let days = to_f64(day.days_since(self.last).max(0));
        if 0.0 < days {
            for (sum, half_life) in sums.iter_mut().zip(Self::HALF_LIVES) {
                *sum *= (-days / half_life).exp2();
            }
        }
        sums
    }

    /// Returns the last contact day.
    pub const fn last(&self) -> Day {
        self.last
    }
}

#[expect(clippy::cast_precision_loss, reason = "days stay far below 2^53")]
const fn to_f64(days: i64) -> f64 {
    days as f64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::{Direction, InteractionKind};

    fn state(days: &BTreeSet<i32>) -> TieState {
        let mut state = TieState::default();
        for day in days {
            let at = Day::from_number(*day).start();
            state.add(at, Direction::Sent, InteractionKind::Reply);
        }
        state
    }

    proptest! {
        #[test]
        fn merged_sums_are_those_of_the_merged_days(days in prop::collection::btree_map(0_i32..3_000, 0_u8..2, 2..60)) {
            let part = |which: u8| -> BTreeSet<i32> {
                days.iter().filter(|(_, part)| **part == which).map(|(day, _)| *day).collect()
            };
            let whole = Decayed::of(&state(&days.keys().copied().collect())).unwrap();
            let parts = [Decayed::of(&state(&part(0))), Decayed::of(&state(&part(1)))];
            let merged = parts.into_iter().flatten().reduce(Decayed::merge).unwrap();
            prop_assert_eq!(whole.last(), merged.last());
            for (a, b) in whole.sums.iter().zip(merged.sums) {
                prop_assert!((a - b).abs() <= 1e-12 * a.abs());
            }
        }

        #[test]
        fn days_may_come_in_any_order(mut days in prop::collection::btree_set(0_i32..3_000, 1..40)) {
            let whole = Decayed::of(&state(&days)).unwrap();
            let last = days.pop_last().unwrap();
            let mut late = Decayed::on(Day::from_number(last));
            for day in days {
                late.add(Day::from_number(day));
            }
            for (a, b) in whole.sums.iter().zip(late.sums) {
                prop_assert!((a - b).abs() <= 1e-12 * a.abs());
            }
        }
    }
}
