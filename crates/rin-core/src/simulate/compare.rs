//! What a policy brings, measured by two others of the same luck: doing nothing and knowing all.

use super::{Course, Estimate};

/// What one policy brought, over paired seeds.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct PolicyLift {
    /// Ties expected alive at the end, by importance where ties matter unequally.
    pub kept: Option<Estimate>,
    /// The same less what is alive if nobody acts.
    pub gained: Option<Estimate>,
    /// The gain as a share of that of the greedy planner who knows all, at the end; `None` if that one gains nothing.
    pub end_share: Option<Estimate>,
    /// The same of the mean over the days.
    pub mean_share: Option<Estimate>,
    /// Mean number of touches.
    pub touches: Option<Estimate>,
}

/// Compares courses of equal worlds and seeds: those of a policy, of doing nothing, and of knowing all.
///
/// # Example
/// ```
/// use rin_core::{Course, policy_lift};
/// let course = |end: f64| Course { expected: vec![end], alive: Vec::new(), touches: 0, answers: 0 };
/// let lift = policy_lift(&[course(14.0)], &[course(10.0)], &[course(15.0)]);
/// assert!((lift.end_share.unwrap().value - 0.8).abs() < 1e-12);
/// ```
pub fn policy_lift(policy: &[Course], nothing: &[Course], all_knowing: &[Course]) -> PolicyLift {
    let paired = |measure: fn(&Course) -> f64| -> (Vec<f64>, Vec<f64>) {
        let gain = |courses: &[Course]| -> Vec<f64> {
            courses.iter().zip(nothing).map(|(one, none)| measure(one) - measure(none)).collect()
        };
        (gain(policy), gain(all_knowing))
    };
    let share = |(ours, best): &(Vec<f64>, Vec<f64>)| {
        let shares: Vec<f64> = ours.iter().zip(best).map(|(ours, best)| ours / best).collect();
        Estimate::of(&shares).filter(|_| best.iter().all(|best| 0.0 < *best))
    };
    let (ends, means) = (paired(Course::end), paired(Course::mean));
    let each = |measure: fn(&Course) -> f64| -> Vec<f64> { policy.iter().map(measure).collect() };
    PolicyLift {
        kept: Estimate::of(&each(Course::end)),
        gained: Estimate::of(&ends.0),
        end_share: share(&ends),
        mean_share: share(&means),
        touches: Estimate::of(&each(|course| to_f64(course.touches))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(count: usize) -> f64 {
    count as f64
}
