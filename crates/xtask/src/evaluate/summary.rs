//! Means over a set's cases, and over sets.
//!
//! A case is one cut-off at one horizon; each counts the same. Within a horizon the interval is that of the mean over
//! its cut-offs, as the back-test draws it. Over horizons the ends of the intervals are averaged, as if all horizons
//! erred together: they ask about the same ties.

use rin_core::{Backtest, Difference, ForecastResult, Interval, Metric};

use super::sets::Case;

/// A difference in order below this is noise even where chance would not explain it, as in the back-test.
const NOISE: f64 = 0.005;

/// One horizon of a set, tested.
#[derive(Debug)]
pub(super) struct Tested {
    pub(super) case: Case,
    pub(super) result: Backtest,
}

/// One forecast's means.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) name: String,
    /// In the order of [`Metric::ALL`].
    pub(super) figures: Vec<Option<Figure>>,
    pub(super) counts: Option<Counts>,
}

/// A mean with its interval and what its difference from ours amounts to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Figure {
    pub(super) value: f64,
    pub(super) interval: Option<Interval>,
    pub(super) is: Option<Difference>,
}

/// Means of the checks of counts.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Counts {
    pub(super) expected: f64,
    pub(super) actual: f64,
    pub(super) covered: f64,
    pub(super) covered_contacts: f64,
}

impl Line {
    pub(super) fn get(&self, metric: Metric) -> Option<Figure> {
        let place = Metric::ALL.iter().position(|one| *one == metric)?;
        self.figures.get(place).copied().flatten()
    }
}

/// Returns the means over all cases of a set.
pub(super) fn over_all(tests: &[Tested]) -> Vec<Line> {
    let each = |test: &Tested| (count(test.case.cuts.len()), test.result.pooled.clone());
    lines(&tests.iter().map(each).collect::<Vec<_>>())
}

/// Returns the means over the horizons of one cut-off.
pub(super) fn at_cut(tests: &[Tested], cut: rin_core::Day) -> Vec<Line> {
    let at = |test: &Tested| {
        let found = test.result.cuts.iter().find(|one| one.cut == cut)?;
        Some((1.0, found.forecasts.clone()))
    };
    lines(&tests.iter().filter_map(at).collect::<Vec<_>>())
}

fn lines(parts: &[(f64, Vec<ForecastResult>)]) -> Vec<Line> {
    let Some((_, first)) = parts.first() else { return Vec::new() };
    let line = |place: usize, name: &str| {
        let one: Vec<_> =
            parts.iter().filter_map(|(weight, all)| Some((*weight, all.get(place)?))).collect();
        Line {
            name: name.to_owned(),
            figures: Metric::ALL.iter().map(|metric| figure(&one, *metric)).collect(),
            counts: counts(&one),
        }
    };
    first.iter().enumerate().map(|(place, one)| line(place, &one.name)).collect()
}

fn figure(parts: &[(f64, &ForecastResult)], metric: Metric) -> Option<Figure> {
    let measured = parts.iter().filter_map(|(weight, one)| Some((*weight, one.get(metric)?)));
    let measured: Vec<_> = measured.filter(|(_, one)| one.value.is_some()).collect();
    let over = |of: &dyn Fn(&rin_core::Measured) -> Option<f64>| {
        mean(measured.iter().map(|(weight, one)| Some((*weight, of(one)?))))
    };
    let low = over(&|one| Some(one.interval?.low));
    let high = over(&|one| Some(one.interval?.high));
    let by = over(&|one| Some(one.compared?.by));
    let by_low = over(&|one| Some(one.compared?.interval.low));
    let by_high = over(&|one| Some(one.compared?.interval.high));
    Some(Figure {
        value: over(&|one| one.value)?,
        interval: low.zip(high).map(|(low, high)| Interval { low, high }),
        is: by
            .zip(by_low.zip(by_high))
            .map(|(by, (low, high))| amounts_to(metric, by, &Interval { low, high })),
    })
}

fn amounts_to(metric: Metric, by: f64, interval: &Interval) -> Difference {
    let is_small = !metric.is_loss() && by.abs() < NOISE;
    if is_small || (interval.low <= 0.0 && 0.0 <= interval.high) {
        Difference::Noise
    } else if (0.0 < by) == metric.is_loss() {
        Difference::Worse
    } else {
        Difference::Better
    }
}

fn counts(parts: &[(f64, &ForecastResult)]) -> Option<Counts> {
    let over = |of: &dyn Fn(&rin_core::CountCheck) -> Option<f64>| {
        mean(parts.iter().map(|(weight, one)| Some((*weight, of(one.counts.as_ref()?)?))))
    };
    Some(Counts {
        expected: over(&|one| Some(one.expected))?,
        actual: over(&|one| Some(one.actual))?,
        covered: over(&|one| Some(one.covered))?,
        covered_contacts: over(&|one| one.covered_contacts)?,
    })
}

/// Returns the means over sets of the forecasts that all of them have; without intervals, sets are no sample.
pub(super) fn over_sets(sets: &[&[Line]]) -> Vec<Line> {
    let Some((first, rest)) = sets.split_first() else { return Vec::new() };
    let mut all = Vec::new();
    for line in *first {
        let others = rest.iter().map(|set| set.iter().find(|one| one.name == line.name));
        let Some(others) = others.collect::<Option<Vec<_>>>() else { continue };
        let each: Vec<&Line> = std::iter::once(line).chain(others).collect();
        let figure = |metric: Metric| {
            // A set without accounts of forty ties has nothing to say of them.
            let values = each.iter().filter_map(|line| Some(Some((1.0, line.get(metric)?.value))));
            Some(Figure { value: mean(values)?, interval: None, is: None })
        };
        let over = |of: &dyn Fn(&Counts) -> f64| {
            mean(each.iter().map(|line| Some((1.0, of(line.counts.as_ref()?)))))
        };
        let counts = over(&|one| one.covered).map(|covered| Counts {
            covered,
            expected: over(&|one| one.expected).unwrap_or_default(),
            actual: over(&|one| one.actual).unwrap_or_default(),
            covered_contacts: over(&|one| one.covered_contacts).unwrap_or_default(),
        });
        let figures = Metric::ALL.into_iter().map(figure).collect();
        all.push(Line { name: line.name.clone(), figures, counts });
    }
    all
}

/// Returns the weighted mean; none if any part is missing or there is none.
fn mean(parts: impl Iterator<Item = Option<(f64, f64)>>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for part in parts {
        let (weight, value) = part?;
        sum += weight * value;
        weights += weight;
    }
    (0.0 < weights).then(|| sum / weights)
}

#[expect(clippy::cast_precision_loss, reason = "a handful of cuts")]
const fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_noise_if_it_is_small_or_uncertain() {
        let far = Interval { low: 0.001, high: 0.01 };
        let near = Interval { low: -0.001, high: 0.03 };
        assert_eq!(amounts_to(Metric::Auc, 0.004, &far), Difference::Noise);
        assert_eq!(amounts_to(Metric::Auc, 0.006, &far), Difference::Better);
        assert_eq!(amounts_to(Metric::Brier, 0.004, &far), Difference::Worse);
        assert_eq!(amounts_to(Metric::Auc, 0.02, &near), Difference::Noise);
    }

    #[test]
    fn a_mean_needs_all_its_parts() {
        assert_eq!(mean([Some((1.0, 2.0)), Some((3.0, 6.0))].into_iter()), Some(5.0));
        assert_eq!(mean([Some((1.0, 2.0)), None].into_iter()), None);
        assert_eq!(mean(std::iter::empty()), None);
    }
}
