//! Which days of the past are learned from, and whose ties: the same for a back-test and for a calibration.

use std::collections::BTreeSet;

use super::History;
use crate::{AccountId, Day, Example};

/// How many horizons before a moment the examples to learn from stand.
pub(crate) const LEARN_BEFORE: [f64; 3] = [1.0, 1.5, 2.0];
/// Days of history that examples to learn from need before them: of fewer, ties cannot be told apart.
const LEAST_PAST: f64 = 10.0;

impl History {
    /// Returns where the examples to learn from stand, ascending; what became of each is over when the cut comes.
    ///
    /// Less than one horizon before it is left out, it would leak.
    pub(crate) fn learning_days(&self, cut: Day, horizon_days: f64, factors: &[f64]) -> Vec<Day> {
        let Some(first) = self.first() else { return Vec::new() };
        let day = |factor: &f64| cut.start().plus_days(-factor * horizon_days).day();
        let mut days: Vec<_> = factors.iter().filter(|factor| 1.0 <= **factor).map(day).collect();
        days.retain(|day| LEAST_PAST <= day.start().days_since(first));
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Returns the examples of a day of which one end is among `egos`; `None` is everybody.
    pub(crate) fn examples_of(
        &self,
        egos: Option<&BTreeSet<AccountId>>,
        day: Day,
        horizon_days: f64,
        min_interactions: usize,
    ) -> Vec<Example<'_>> {
        let mut examples = self.examples(day, horizon_days, min_interactions);
        if let Some(egos) = egos {
            examples.retain(|one| egos.contains(&one.pair.0) || egos.contains(&one.pair.1));
        }
        examples
    }
}
