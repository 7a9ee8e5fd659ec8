//! How many relationships a time of some length brings, judged by the past.
//!
//! Past windows of the campaign's own length are counted, and what comes is one more of them: the mean, and the
//! interval of a single further value of a normal sample, mean ± t·s·√(1 + 1/n) with n − 1 degrees of freedom (Hahn and
//! Meeker, Statistical Intervals, 1991, section 4.7). Newcomers come by chance at least, so the variance is never taken
//! to be less than that of a Poisson count, its mean; and that mean is taken with half a newcomer more (the prior of
//! Jeffreys), because windows in which nobody came do not prove that nobody can. Assumed is that the windows are alike: a year with one great event
//! says little about the next six weeks, and its interval is wide.

use crate::Interval;

/// How many relationships were won in the past.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Influx {
    /// Days of one past window; all are of this length.
    pub days: f64,
    /// Relationships won in each past window without a campaign.
    pub ordinary: Vec<u32>,
    /// Relationships won in past campaigns, each with its length in days.
    pub campaigns: Vec<(u32, f64)>,
}

impl Influx {
    /// Returns how many relationships a campaign of so many days is expected to win, and the interval that holds it in
    /// nine cases of ten; `None` without a past.
    ///
    /// Past campaigns tell more about a campaign than ordinary times do: if there are any, they alone are used.
    ///
    /// # Example
    /// ```
    /// use rin_core::Influx;
    /// let influx = Influx { days: 42.0, ordinary: vec![10, 14, 12], campaigns: vec![] };
    /// let (mean, interval) = influx.expected(42.0).unwrap();
    /// assert_eq!(mean, 12.0);
    /// // s² is 4, less than 12 + 1/6; t of two degrees of freedom is 2.92: 12 ± 2.92·√(12.17·4/3).
    /// assert!((interval.low - 0.24).abs() < 0.01 && (interval.high - 23.76).abs() < 0.01);
    /// assert_eq!(Influx::default().expected(42.0), None);
    /// ```
    pub fn expected(&self, days: f64) -> Option<(f64, Interval)> {
        let scaled = |(won, lasted): &(u32, f64)| f64::from(*won) * days / lasted;
        let counts: Vec<f64> = if self.campaigns.is_empty() {
            self.ordinary.iter().map(|won| scaled(&(*won, self.days))).collect()
        } else {
            self.campaigns.iter().map(scaled).collect()
        };
        let usable: Vec<f64> = counts.into_iter().filter(|count| count.is_finite()).collect();
        if usable.is_empty() {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of windows")]
        let n = usable.len() as f64;
        let mean = usable.iter().sum::<f64>() / n;
        let squares: f64 = usable.iter().map(|count| (count - mean).powi(2)).sum();
        let sample = if 1.0 < n { squares / (n - 1.0) } else { 0.0 };
        let half =
            t_quantile(usable.len() - 1) * (sample.max(mean + 0.5 / n) * (1.0 + 1.0 / n)).sqrt();
        Some((mean, Interval { low: (mean - half).max(0.0), high: mean + half }))
    }
}

/// The 95 % quantiles of Student's t for 1 to 12 degrees of freedom (Student 1908; any table).
const T_95: [f64; 12] = [
    6.313_752, 2.919_986, 2.353_363, 2.131_847, 2.015_048, 1.943_180, 1.894_579, 1.859_548,
    1.833_113, 1.812_461, 1.795_885, 1.782_288,
];

/// Returns the 95 % quantile of t; that of the normal for a single value, whose variance is taken from its mean alone.
fn t_quantile(degrees: usize) -> f64 {
    const NORMAL_95: f64 = 1.644_854;
    match degrees.checked_sub(1) {
        None => NORMAL_95,
        Some(at) => {
            let last = T_95.last().copied().unwrap_or(NORMAL_95);
            T_95.get(at).copied().unwrap_or(last)
        }
    }
}
