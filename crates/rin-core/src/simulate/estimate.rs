//! What several seeds say together: their mean and between what and what it lies.

use crate::Interval;

/// Quantile .975 of Student's distribution by degrees of freedom from 1 on; beyond, the normal one is near enough.
const STUDENT: [f64; 30] = [
    12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004,
    2.262_157, 2.228_139, 2.200_985, 2.178_813, 2.160_369, 2.144_787, 2.131_450, 2.119_905,
    2.109_816, 2.100_922, 2.093_024, 2.085_963, 2.079_614, 2.073_873, 2.068_658, 2.063_899,
    2.059_539, 2.055_529, 2.051_831, 2.048_407, 2.045_230, 2.042_272,
];
const NORMAL: f64 = 1.959_964;

/// A mean over seeds with its 95 % interval.
///
/// # Example
/// ```
/// use rin_core::Estimate;
/// let two = Estimate::of(&[1.0, 3.0]).unwrap();
/// assert_eq!(two.value, 2.0);
/// assert!((two.interval.unwrap().high - 14.706_205).abs() < 1e-9);
/// assert_eq!(Estimate::of(&[1.0]).unwrap().interval, None);
/// assert_eq!(Estimate::of(&[]), None);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Estimate {
    /// The mean.
    pub value: f64,
    /// Where the mean of very many seeds lies, 95 % by Student's distribution; `None` for one seed, which shows no spread.
    pub interval: Option<Interval>,
}

impl Estimate {
    /// Returns the mean of what each seed gave; `None` without any, or with one that is not finite.
    pub fn of(seeds: &[f64]) -> Option<Self> {
        if seeds.is_empty() || !seeds.iter().all(|one| one.is_finite()) {
            return None;
        }
        let n = to_f64(seeds.len());
        let value = seeds.iter().sum::<f64>() / n;
        let spread: f64 = seeds.iter().map(|one| (one - value).powi(2)).sum();
        let interval = (1 < seeds.len()).then(|| {
            let student = STUDENT.get(seeds.len() - 2).copied().unwrap_or(NORMAL);
            let half = student * (spread / (n - 1.0) / n).sqrt();
            Interval { low: value - half, high: value + half }
        });
        Some(Self { value, interval })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(count: usize) -> f64 {
    count as f64
}
