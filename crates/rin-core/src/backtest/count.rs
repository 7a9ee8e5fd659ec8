//! Whether the number of interactions that was expected came, and whether it lay where it was said to lie.

use crate::{Example, Forecast};

/// Ends of the 90 % interval.
const INTERVAL: (f64, f64) = (0.05, 0.95);

/// Expected and actual numbers of interactions.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct CountCheck {
    /// Ties asked about.
    pub ties: usize,
    /// Mean number expected.
    pub expected: f64,
    /// Mean number that came.
    pub actual: f64,
    /// Share that lay in the 90 % interval.
    ///
    /// Counts are whole numbers, so an interval's end falls within one: of a number at an end only the part of its
    /// probability inside counts (the probability integral transform of Czado, Gneiting and Held 2009).
    pub covered: f64,
    /// The same among ties with any interaction.
    pub covered_contacts: Option<f64>,
}

impl CountCheck {
    /// Asks a forecast about every tie; `None` if it says nothing of counts or there is no tie.
    pub(super) fn of(
        forecast: &dyn Forecast,
        ties: &[Example<'_>],
        horizon_days: f64,
    ) -> Option<Self> {
        let mut sum = Sum::default();
        for example in ties {
            let expected = forecast.expected(&example.tie, horizon_days)?;
            let covered = covered(forecast, example, horizon_days)?;
            sum.add(expected, covered, example.interactions);
        }
        sum.mean()
    }

    /// Joins the checks of several cuts.
    pub(super) fn join(cuts: &[Option<Self>]) -> Option<Self> {
        let cuts: Option<Vec<Self>> = cuts.iter().copied().collect();
        let cuts = cuts.filter(|cuts| !cuts.is_empty())?;
        let share = 1.0 / to_f64(cuts.len());
        let mean = |of: fn(&Self) -> f64| share * cuts.iter().map(of).sum::<f64>();
        let contacts: Vec<f64> = cuts.iter().filter_map(|cut| cut.covered_contacts).collect();
        Some(Self {
            ties: cuts.iter().map(|cut| cut.ties).sum(),
            expected: mean(|cut| cut.expected),
            actual: mean(|cut| cut.actual),
            covered: mean(|cut| cut.covered),
            covered_contacts: (!contacts.is_empty())
                .then(|| contacts.iter().sum::<f64>() / to_f64(contacts.len())),
        })
    }
}

#[derive(Default)]
struct Sum {
    ties: usize,
    contacts: usize,
    expected: f64,
    actual: f64,
    covered: f64,
    covered_contacts: f64,
}

impl Sum {
    fn add(&mut self, expected: f64, (covered, covered_contact): (f64, f64), actual: u32) {
        self.ties += 1;
        self.expected += expected;
        self.actual += f64::from(actual);
        self.covered += covered;
        if 0 < actual {
            self.contacts += 1;
            self.covered_contacts += covered_contact;
        }
    }

    fn mean(&self) -> Option<CountCheck> {
        let ties = to_f64(self.ties);
        let contacts = to_f64(self.contacts);
        (0 < self.ties).then(|| CountCheck {
            ties: self.ties,
            expected: self.expected / ties,
            actual: self.actual / ties,
            covered: self.covered / ties,
            covered_contacts: (0 < self.contacts).then(|| self.covered_contacts / contacts),
        })
    }
}

/// Returns how much of the probability of what came lies in the interval, and the same given that anything came.
fn covered(
    forecast: &dyn Forecast,
    example: &Example<'_>,
    horizon_days: f64,
) -> Option<(f64, f64)> {
    let at_most = |count| forecast.at_most(&example.tie, horizon_days, count);
    let high = at_most(example.interactions)?;
    let low = example.interactions.checked_sub(1).map_or(Some(0.0), at_most)?;
    let none = at_most(0)?;
    let given = |share: f64| (share - none) / (1.0 - none).max(1e-12);
    Some((inside(low, high), inside(given(low), given(high))))
}

/// Returns the part of `low..high` inside the interval.
fn inside(low: f64, high: f64) -> f64 {
    let (from, to) = (low.max(INTERVAL.0), high.min(INTERVAL.1));
    ((to - from) / (high - low).max(1e-12)).clamp(0.0, 1.0)
}

#[expect(clippy::cast_precision_loss, reason = "far fewer ties than 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_count_at_an_end_only_a_part_counts() {
        assert!((inside(0.0, 0.1) - 0.5).abs() < 1e-12);
        assert!((inside(0.3, 0.4) - 1.0).abs() < 1e-12);
        assert!((inside(0.9, 1.0) - 0.5).abs() < 1e-12);
        assert!(inside(0.97, 0.99).abs() < 1e-12);
        // Nothing but zeros: nine tenths of them are inside.
        assert!((inside(0.0, 1.0) - 0.9).abs() < 1e-12);
    }
}
