//! What share of ties with such a score went on: a rising step curve from any score to a probability.
//!
//! A rule of thumb says who is likelier and not how likely. Pool-adjacent-violators regression (Ayer et al. 1955;
//! Barlow et al. 1972) finds the rising curve nearest to the outcomes and assumes nothing else, so that a rule is
//! judged by its order and not by a scale somebody happened to give it.

use std::cmp::Ordering;

/// A curve that never falls, from a score to a probability strictly between 0 and 1.
///
/// Flat within a block of pooled scores, straight between two blocks, as in scikit-learn; flat beyond the ends.
///
/// # Example
/// ```
/// use rin_core::Isotonic;
/// let curve = Isotonic::fit([(1.0, 0.0, 1.0), (2.0, 1.0, 1.0), (3.0, 0.0, 1.0), (4.0, 1.0, 1.0)]);
/// assert_eq!(curve.at(2.5), 0.5); // 2 and 3 are out of order and are pooled
/// assert_eq!(curve.at(0.0), 1.0 / 3.0); // never 0: Laplace's rule of succession on the lowest block
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Isotonic {
    /// Ascending in score and value.
    blocks: Vec<Block>,
    /// Lowest and highest probability it says.
    bounds: (f64, f64),
}

/// Scores whose outcomes are pooled.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Block {
    low: f64,
    high: f64,
    weight: f64,
    /// Weighted mean outcome.
    mean: f64,
}

impl Isotonic {
    /// Fits the curve to (score, outcome `0..=1`, weight) in any order; what has no weight or no number is left out.
    ///
    /// No value goes beyond Laplace's rule of succession for the lowest and the highest block, 1/(*w*+2) and
    /// 1 − 1/(*w*+2) with *w* the weight of the block, so that nothing is ever called impossible or certain.
    ///
    /// # Complexity
    /// *n* log *n*.
    pub fn fit(points: impl IntoIterator<Item = (f64, f64, f64)>) -> Self {
        let known = |&(x, y, w): &(f64, f64, f64)| 0.0 < w && !x.is_nan() && !y.is_nan();
        // Adding zero makes −0 and 0 one score.
        let mut points: Vec<_> =
            points.into_iter().filter(known).map(|(x, y, w)| (x + 0.0, y, w)).collect();
        points.sort_unstable_by(|a, b| {
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
        });
        let blocks = pool(&points);
        let step = |block: Option<&Block>| block.map_or(0.5, |block| 1.0 / (block.weight + 2.0));
        let bounds = (step(blocks.first()), 1.0 - step(blocks.last()));
        Self { blocks, bounds }
    }

    /// Whether it was fitted to nothing.
    pub const fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Returns the probability for a score; one half if it was fitted to nothing or the score is no number.
    pub fn at(&self, score: f64) -> f64 {
        self.raw(score).map_or(0.5, |value| value.clamp(self.bounds.0, self.bounds.1))
    }

    /// Returns the pooled share for a score without the bounds.
    fn raw(&self, score: f64) -> Option<f64> {
        let at = self.blocks.partition_point(|block| block.low <= score);
        let below = at.checked_sub(1).and_then(|at| self.blocks.get(at));
        match (below, self.blocks.get(at)) {
            _ if score.is_nan() => None,
            (Some(below), _) if score <= below.high => Some(below.mean),
            (Some(below), Some(above)) => {
                let gap = above.low - below.high;
                let share = if gap.is_finite() { (score - below.high) / gap } else { 0.5 };
                Some(below.mean + share * (above.mean - below.mean))
            }
            (Some(only), None) | (None, Some(only)) => Some(only.mean),
            (None, None) => None,
        }
    }
}

/// Pools neighbours until the means rise.
fn pool(points: &[(f64, f64, f64)]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for run in points.chunk_by(|a, b| a.0.total_cmp(&b.0) == Ordering::Equal) {
        let Some(&(low, ..)) = run.first() else { continue };
        let weight: f64 = run.iter().map(|point| point.2).sum();
        let mean = run.iter().map(|point| point.1 * point.2).sum::<f64>() / weight;
        let mut block = Block { low, high: low, weight, mean };
        while let Some(below) = blocks.pop_if(|below| block.mean <= below.mean) {
            let weight = below.weight + block.weight;
            let mean = (below.mean * below.weight + block.mean * block.weight) / weight;
            block = Block { low: below.low, high: block.high, weight, mean };
        }
        blocks.push(block);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Golden values: scikit-learn 1.9.1, `IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=w)`.
    fn check(x: &[f64], y: &[f64], w: &[f64], expected: &[(f64, f64)]) {
        let points = x.iter().zip(y).zip(w).map(|((x, y), w)| (*x, *y, *w));
        let curve = Isotonic::fit(points);
        for (score, value) in expected {
            assert!((curve.raw(*score).unwrap() - value).abs() < 1e-12, "{score} {curve:?}");
            assert!(0.0 < curve.at(*score) && curve.at(*score) < 1.0);
        }
    }

    #[test]
    fn weights_as_in_scikit_learn() {
        check(
            &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
            &[0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0],
            &[1.0, 1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0],
            &[
                (0.0, 0.0),
                (1.0, 0.0),
                (1.5, 0.125),
                (2.0, 0.25),
                (4.0, 0.25),
                (4.5, 0.525),
                (5.0, 0.8),
                (7.0, 0.8),
                (7.25, 0.85),
                (8.0, 1.0),
                (10.0, 1.0),
            ],
        );
    }

    #[test]
    fn equal_scores_as_in_scikit_learn() {
        let two_thirds = 0.666_666_666_666_666_6;
        check(
            &[3.0, 1.0, 1.0, 2.0, 2.0, 2.0, 5.0, 4.0, 3.0],
            &[1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0],
            &[1.0; 9],
            &[
                (0.0, 0.4),
                (2.0, 0.4),
                (2.5, 0.533_333_333_333_333_3),
                (3.0, two_thirds),
                (4.0, two_thirds),
                (4.5, 0.833_333_333_333_333_3),
                (5.0, 1.0),
                (9.0, 1.0),
            ],
        );
    }

    #[test]
    fn nothing_is_known_of_nothing() {
        assert!(Isotonic::fit([]).is_empty());
        assert!((Isotonic::default().at(3.0) - 0.5).abs() < f64::EPSILON);
        let one = Isotonic::fit([(f64::NAN, 1.0, 1.0), (1.0, 1.0, 0.0), (2.0, 1.0, 8.0)]);
        assert!((one.at(-5.0) - 0.9).abs() < f64::EPSILON); // eight of eight: 9/10
        assert!((one.at(f64::NAN) - 0.5).abs() < f64::EPSILON);
        let ends = [(f64::NEG_INFINITY, 0.0, 1.0), (f64::INFINITY, 1.0, 1.0)];
        assert!((Isotonic::fit(ends).at(0.0) - 0.5).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn it_never_falls_and_is_never_sure(
            points in prop::collection::vec((-9_i8..9, any::<bool>()), 1..60), a in -9.0..9.0_f64, b in -9.0..9.0_f64
        ) {
            let curve =
                Isotonic::fit(points.iter().map(|(x, y)| (f64::from(*x), f64::from(u8::from(*y)), 1.0)));
            let (low, high) = (curve.at(a.min(b)), curve.at(a.max(b)));
            prop_assert!(low <= high + 1e-12);
            prop_assert!(0.0 < low && high < 1.0);
        }
    }
}
