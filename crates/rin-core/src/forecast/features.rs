//! The thirteen things of a tie and its ends that its staying power is read from.
//!
//! Chosen by forward selection on public data sets, each judged on a set it was not fitted on; what was tried and
//! brought less than chance is told in docs/METHODS.md. Each is a logarithm, so that coefficients are powers, and is
//! centred and scaled by fixed constants, so that a prior means the same everywhere.

use super::{
    facts::{End, Ends, TieFacts},
    matrix::Vector,
};

/// How many coefficients there are: a constant and thirteen features.
pub(super) const N: usize = 14;

pub(super) const CENTRES: Vector<N> =
    [0.0, 1.0, 3.0, 3.7, 1.8, 0.45, 0.95, 2.9, 2.4, 1.2, -2.3, 2.5, 1.9, -1.1];
pub(super) const SCALES: Vector<N> =
    [1.0, 0.9, 1.0, 1.4, 1.4, 0.40, 0.60, 2.1, 1.5, 0.95, 1.25, 0.9, 0.85, 0.45];
/// Stands for the gap after the last contact day in the mean of logarithms of gaps, in days.
const OPEN_GAP: f64 = 10.0;

/// How a tie stands: everything the features are made of.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Stand {
    pub(super) contact_days: f64,
    pub(super) interactions: f64,
    pub(super) silence_days: f64,
    span_days: f64,
    /// *D*₃₀, *D*₉₀ and *D*₃₆₅ now.
    decayed: [f64; 3],
    /// Sum of the logarithms of the gaps between contact days.
    log_gaps: f64,
    ends: Ends,
}

impl Stand {
    pub(super) fn of(tie: &TieFacts<'_>) -> Self {
        let mut stand = Self {
            contact_days: tie.contact_days().max(1.0),
            interactions: 0.0,
            silence_days: tie.silence_days(),
            span_days: tie.span_days(),
            decayed: [0.0; 3],
            log_gaps: 0.0,
            ends: Ends::default(),
        };
        let mut previous: Option<f64> = None;
        for day in tie.days {
            let age = tie.as_of.days_since(day.day.start()).max(0.0);
            // Halved every thirty days is the cube of halved every ninety; 365 is no multiple of either.
            let quarter = (-age / 90.0).exp2();
            let parts = [quarter * quarter * quarter, quarter, (-age / 365.0).exp2()];
            for (sum, part) in stand.decayed.iter_mut().zip(parts) {
                *sum += part;
            }
            stand.interactions += f64::from(day.received) + f64::from(day.sent);
            stand.log_gaps += previous.map_or(0.0, |before| (before - age).max(1.0).ln());
            previous = Some(age);
        }
        stand.ends = tie.ends.unwrap_or_else(|| stand.alone(tie));
        stand
    }

    /// Returns what one may take for the ends of a tie of which nothing else is seen: we are here, and the other has no
    /// contact but this.
    fn alone(&self, tie: &TieFacts<'_>) -> Ends {
        let ages = || tie.days.iter().map(|day| tie.as_of.days_since(day.day.start()).max(0.0));
        let end = End {
            silence_days: self.silence_days,
            interactions: self.interactions,
            degree: 1.0,
            active_30: self.decayed[0],
            active_180: ages().map(|age| (-age / 180.0).exp2()).sum(),
            active_days: ages().filter(|age| *age < 181.0).map(|_| 1.0).sum(),
        };
        // How far back the log reaches is not seen: a year, after which it makes no difference.
        let log_days = tie.as_of.days_since(tie.first).max(365.0);
        Ends { one: End { silence_days: 0.0, ..end }, other: end, common: 0.0, log_days }
    }

    /// Returns *D*₉₀ now.
    pub(super) const fn decayed_90(&self) -> f64 {
        let [_, d90, _] = self.decayed;
        d90
    }

    /// Returns how many days the log reaches back.
    pub(super) const fn log_days(&self) -> f64 {
        self.ends.log_days
    }

    /// Returns the features, centred and scaled; the first is 1.
    pub(super) fn features(&self) -> Vector<N> {
        let (one, other) = (self.ends.one, self.ends.other);
        let [d30, _, d365] = self.decayed;
        let log_gap = (self.log_gaps + OPEN_GAP.ln()) / self.contact_days;
        let share = self.interactions / one.interactions.min(other.interactions).max(1.0);
        let trend = (one.active_30.max(other.active_30) + 1.0)
            / (one.active_180.max(other.active_180) + 1.0);
        let mut x = [
            1.0,
            self.contact_days.ln(),
            (self.silence_days / 7.0).ln_1p(),
            one.silence_days.max(other.silence_days).ln_1p(),
            one.silence_days.min(other.silence_days).ln_1p(),
            d30.ln_1p(),
            d365.ln_1p(),
            self.span_days.ln_1p(),
            self.silence_days.ln_1p() - log_gap,
            self.ends.common.ln_1p(),
            share.min(1.0).ln(),
            one.degree.min(other.degree).ln_1p(),
            one.active_days.min(other.active_days).ln_1p(),
            trend.ln(),
        ];
        for ((x, centre), scale) in x.iter_mut().zip(CENTRES).zip(SCALES) {
            *x = (*x - centre) / scale;
        }
        x
    }
}
