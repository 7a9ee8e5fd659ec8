//! The staying power of every tie of a network, learned from its own past.
//!
//! ln *s* = *b*·*x* with the features of `features.rs`; *b* maximises the likelihood of what became of the ties at
//! earlier moments, drawn towards what public data sets have in common, the more the fewer ties there are to learn from:
//! *b* = *b*₀ + *n*/(*n*+100)·(*b*ᴹᴬᴾ − *b*₀). So a network of thirty ties keeps the common law with its own level, and one
//! of thousands speaks for itself.

use super::{
    counts::{self, CountRow, Counts, M},
    facts::{Example, TieFacts},
    features::{N, Stand},
    matrix::{Matrix, Vector, dot, quadratic},
    regression::{self, Prior, Row, covariance},
    revival::{self, K},
    staying::Staying,
};
use crate::{Interval, Moment};

/// Version of the method: stored with what was learned, which is not used by a program of another version.
pub const LAW_VERSION: u32 = 1;

/// *α* in days.
const ALPHA: f64 = 10.0;
/// How strongly what is common draws, as a share of one over its variance.
const PULL: f64 = 0.2;
/// So many ties weigh as much as what is common.
const HALF_WAY: f64 = 100.0;
/// By how much ln *s* of a whole network shifts from one horizon to the next.
const DRIFT: f64 = 0.25;

/// How far the levels of data sets lie apart, given all else: ln *s* of a platform of which nothing is known.
const UNKNOWN_SPREAD: f64 = 0.60;
/// The same where the platform's *k* is known.
const KNOWN_SPREAD: f64 = 0.50;
/// By how much the level of a platform of which nothing is known is higher than [`COMMON`] says.
const UNKNOWN_LEVEL: f64 = 0.33;

/// What public data sets have in common: mean and standard deviation of each coefficient over the sets.
const COMMON: [(f64, f64); N] = [
    (-1.741, UNKNOWN_SPREAD),
    (0.239, 0.181),
    (0.663, 0.235),
    (-0.329, 0.108),
    (-0.200, 0.160),
    (0.154, 0.095),
    (0.166, 0.246),
    (0.075, 0.200),
    (-0.293, 0.142),
    (0.160, 0.153),
    (0.100, 0.156),
    (-0.119, 0.113),
    (0.090, 0.156),
    (0.307, 0.475),
];
/// The same for the counts.
const COMMON_COUNTS: [(f64, f64); M] =
    [(0.22, 0.25), (0.14, 0.10), (0.43, 0.15), (0.62, 0.25), (0.0, 0.15)];

/// No coefficient or covariance of a fit comes near this.
const MOST_NUMBER: f64 = 1e6;
/// A log that reaches back less than this, in days, does not show a pace.
const LEAST_LOG: f64 = 30.0;

/// What a network is like before anything of it is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LawPrior {
    /// Mean and standard deviation of each coefficient.
    pub coefficients: [(f64, f64); N],
    /// Mean and standard deviation of each parameter of the counts.
    pub counts: [(f64, f64); M],
    /// Mean and standard deviation of each parameter of the law of revival.
    pub revival: [(f64, f64); K],
}

impl Default for LawPrior {
    /// Returns the prior of a platform that is not known.
    fn default() -> Self {
        Self::raised(UNKNOWN_LEVEL)
    }
}

impl LawPrior {
    /// Returns the prior of a platform with staying power *k*: Q&A .3, code review .5, chat .6, wall and social 1, mail
    /// and phone 1.5.
    ///
    /// How the level of a data set follows its *k*: ln *s* rises by 0.45 + 0.5 ln *k*.
    #[must_use]
    pub fn of_platform(k: f64) -> Self {
        let mut prior = Self::raised(0.45 + 0.5 * k.ln());
        prior.coefficients[0].1 = KNOWN_SPREAD;
        prior
    }

    fn raised(by: f64) -> Self {
        let mut coefficients = COMMON;
        coefficients[0].0 += by;
        Self { coefficients, counts: COMMON_COUNTS, revival: revival::COMMON }
    }
}

/// The law of staying of one network.
///
/// # Example
/// ```
/// use rin_core::{AccountId, History, Interaction, InteractionKind, Moment, StayingLaw};
/// let start = Moment::from_unix_ms(1_700_006_400_000);
/// let log = (0..40).map(|week| Interaction {
///     at: start.plus_days(7.0 * f64::from(week)),
///     from: AccountId::new(0),
///     to: AccountId::new(1 + week % 3),
///     kind: InteractionKind::Reply,
/// });
/// let history = History::new(log.collect());
/// let past = history.examples(start.plus_days(150.0).day(), 90.0, 2);
/// let law = StayingLaw::learn(&past, 90.0);
/// let now = history.examples(start.plus_days(280.0).day(), 90.0, 2);
/// assert!(law.staying(&now[0].tie).contact_within(90.0, 7.0) > 0.5);
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct StayingLaw {
    coefficients: Vector<N>,
    covariance: Matrix<N>,
    counts: Vector<M>,
    revival: Vector<K>,
    ties: usize,
}

impl Default for StayingLaw {
    /// Returns what public data sets have in common.
    fn default() -> Self {
        Self::before(&LawPrior::default())
    }
}

impl StayingLaw {
    /// Returns the law of a network of which nothing is known yet.
    pub fn before(prior: &LawPrior) -> Self {
        Self {
            coefficients: prior.coefficients.map(|(mean, _)| mean),
            covariance: covariance(
                &[[0.0; N]; N],
                &prior.coefficients.map(|(_, sd)| precision(sd)),
            ),
            counts: prior.counts.map(|(mean, _)| mean),
            revival: prior.revival.map(|(mean, _)| mean),
            ties: 0,
        }
    }

    /// Learns from ties of one network at one or several earlier moments and what became of them within the horizon.
    ///
    /// # Complexity
    /// Linear in the examples: about 3 µs each.
    pub fn learn(examples: &[Example<'_>], horizon_days: f64) -> Self {
        Self::learn_from(&LawPrior::default(), examples, horizon_days)
    }

    /// Learns with a prior of one's own.
    pub fn learn_from(prior: &LawPrior, examples: &[Example<'_>], horizon_days: f64) -> Self {
        let mut law = Self::before(prior);
        let Some(latest) = examples.iter().map(|example| example.tie.as_of).max() else {
            return law;
        };
        let newest: Vec<&Example<'_>> =
            examples.iter().filter(|example| example.tie.as_of == latest).collect();
        law.ties = newest.len();
        let seen: Vec<Seen> =
            examples.iter().map(|example| Seen::new(example, latest, horizon_days)).collect();
        let rows: Vec<Row<N>> = seen.iter().map(Seen::row).collect();
        law.learn_contact(prior, &rows);
        let rows: Vec<CountRow> =
            seen.iter().filter(|seen| 0.0 < seen.count).map(|seen| law.count_row(seen)).collect();
        law.learn_counts(prior, &rows);
        law.learn_revival(prior, &revival::rows(&newest, ALPHA, horizon_days));
        law
    }

    fn learn_contact(&mut self, prior: &LawPrior, rows: &[Row<N>]) {
        let mean = self.coefficients;
        let pull = prior.coefficients.map(|(_, sd)| PULL * precision(sd));
        let fit = regression::fit(rows, &Prior { mean, precision: pull });
        let share = self.own_share();
        for (own, found) in self.coefficients.iter_mut().zip(fit.coefficients) {
            *own += share * (found - *own);
        }
        // Examples of one tie at several moments tell hardly more than one: the weights of a tie count as one.
        let weight: f64 = rows.iter().map(|row| row.weight).sum();
        let once = to_f64(self.ties) / weight.max(1.0);
        let information = fit.information.map(|line| line.map(|cell| share * once * cell));
        let precisions = prior.coefficients.map(|(_, sd)| precision(sd));
        self.covariance = covariance(&information, &precisions);
    }

    fn learn_counts(&mut self, prior: &LawPrior, rows: &[CountRow]) {
        let mean = self.counts;
        let pull = prior.counts.map(|(_, sd)| PULL * precision(sd));
        let share = self.own_share();
        let found = counts::fit(rows, &mean, &pull);
        for (own, found) in self.counts.iter_mut().zip(found) {
            *own += share * (found - *own);
        }
    }

    fn learn_revival(&mut self, prior: &LawPrior, rows: &[Row<K>]) {
        let mean = self.revival;
        let pull = prior.revival.map(|(_, sd)| PULL * precision(sd));
        let fit = regression::fit(rows, &Prior { mean, precision: pull });
        let share = self.own_share();
        for (own, found) in self.revival.iter_mut().zip(fit.coefficients) {
            *own += share * (found - *own);
        }
    }

    /// Returns everything it holds as plain numbers, to be kept with [`LAW_VERSION`] and [`ties`](Self::ties).
    pub fn numbers(&self) -> Vec<f64> {
        let parts = self.coefficients.iter().chain(&self.counts).chain(&self.revival);
        parts.chain(self.covariance.iter().flatten()).copied().collect()
    }

    /// Makes it of what [`numbers`](Self::numbers) returned; `None` if they are too many, too few, or none that a fit could give.
    ///
    /// # Example
    /// ```
    /// use rin_core::StayingLaw;
    /// let law = StayingLaw::default();
    /// assert_eq!(StayingLaw::from_numbers(&law.numbers(), law.ties()), Some(law));
    /// ```
    pub fn from_numbers(numbers: &[f64], ties: usize) -> Option<Self> {
        if !numbers.iter().all(|number| number.abs() < MOST_NUMBER) {
            return None;
        }
        let (coefficients, rest) = numbers.split_first_chunk::<N>()?;
        let (counts, rest) = rest.split_first_chunk::<M>()?;
        let (revival, rest) = rest.split_first_chunk::<K>()?;
        let (lines, []) = rest.as_chunks::<N>() else { return None };
        let covariance = *<&Matrix<N>>::try_from(lines).ok()?;
        Some(Self {
            coefficients: *coefficients,
            covariance,
            counts: *counts,
            revival: *revival,
            ties,
        })
    }

    /// Returns how much the network's own past counts against what is common, `0..1`.
    pub fn own_share(&self) -> f64 {
        let ties = to_f64(self.ties);
        ties / (ties + HALF_WAY)
    }

    /// Returns how many ties it was learned from.
    pub const fn ties(&self) -> usize {
        self.ties
    }

    /// Returns the staying power of a tie.
    pub fn staying(&self, tie: &TieFacts<'_>) -> Staying {
        self.staying_of(&Stand::of(tie).features())
    }

    /// Returns everything that is asked of a tie at once.
    pub(super) fn look(&self, tie: &TieFacts<'_>, days: f64) -> Look {
        let stand = Stand::of(tie);
        let x = stand.features();
        Look {
            staying: self.staying_of(&x),
            after: self.revived(stand.contact_days + 1.0, stand.silence_days),
            counts: self.counts_of(&stand, &x, days),
        }
    }

    fn staying_of(&self, x: &Vector<N>) -> Staying {
        let variance = quadratic(&self.covariance, x).max(0.0) + DRIFT * DRIFT;
        let shape = dot(&self.coefficients, x).clamp(-30.0, 6.0).exp();
        Staying { shape, alpha_days: ALPHA, log_sd: variance.sqrt() }
    }

    /// Returns the staying power right after a contact, the *m*-th contact day, that ends a silence.
    pub fn revived(&self, contact_days: f64, silence_days: f64) -> Staying {
        let x = revival::features(contact_days, silence_days);
        Staying { shape: dot(&self.revival, &x).exp(), alpha_days: ALPHA, log_sd: DRIFT }
    }

    /// Returns how many interactions are expected within `days`, and the 90 % interval of their number.
    pub fn expected(&self, tie: &TieFacts<'_>, days: f64) -> (f64, Interval) {
        let counts = self.counts(tie, days);
        (counts.mean(), counts.range())
    }

    pub(super) fn counts(&self, tie: &TieFacts<'_>, days: f64) -> Counts {
        let stand = Stand::of(tie);
        self.counts_of(&stand, &stand.features(), days)
    }

    fn counts_of(&self, stand: &Stand, x: &Vector<N>, days: f64) -> Counts {
        let log_quiet = dot(&self.coefficients, x).clamp(-30.0, 6.0) + offset(stand, days);
        let features = count_features(stand, log_quiet, days);
        let mu = self.counts.iter().zip(features).map(|(value, x)| value * x).sum();
        let [.., log_sigma] = self.counts;
        Counts { contact: -(-log_quiet.exp()).exp_m1(), mu, sigma: log_sigma.exp() }
    }

    fn count_row(&self, seen: &Seen) -> CountRow {
        let log_quiet = dot(&self.coefficients, &seen.x).clamp(-30.0, 6.0) + seen.offset;
        let [one, _, rest @ ..] = seen.count_x;
        CountRow { x: [one, log_quiet, rest[0], rest[1]], count: seen.count, weight: seen.weight }
    }
}

/// Staying power now, right after a contact, and how many interactions there will be.
pub(super) struct Look {
    pub(super) staying: Staying,
    pub(super) after: Staying,
    pub(super) counts: Counts,
}

/// One example as the fits see it.
struct Seen {
    x: Vector<N>,
    offset: f64,
    count_x: [f64; M - 1],
    count: f64,
    weight: f64,
}

impl Seen {
    fn new(example: &Example<'_>, latest: Moment, horizon_days: f64) -> Self {
        let stand = Stand::of(&example.tie);
        let age = latest.days_since(example.tie.as_of);
        Self {
            x: stand.features(),
            offset: offset(&stand, horizon_days),
            count_x: count_features(&stand, 0.0, horizon_days),
            count: f64::from(example.interactions),
            // A quarter after one horizon: the older, the less it says of what comes next.
            weight: (-2.0 * age / horizon_days).exp2(),
        }
    }

    fn row(&self) -> Row<N> {
        Row { x: self.x, offset: self.offset, is_contact: 0.0 < self.count, weight: self.weight }
    }
}

/// Returns ln ln((α+u+H)/(α+u)).
fn offset(stand: &Stand, days: f64) -> f64 {
    let past = ALPHA + stand.silence_days;
    ((past + days) / past).ln().ln()
}

fn count_features(stand: &Stand, log_quiet: f64, days: f64) -> [f64; M - 1] {
    // A log that is shorter than the half-life has fewer days to sum than the pace would bring.
    let whole = 1.0 - (-stand.log_days().max(LEAST_LOG) / 90.0).exp2();
    let pace = stand.decayed_90() * days / 130.0 / whole;
    let a_day = stand.interactions / stand.contact_days;
    [1.0, log_quiet, a_day.max(1.0).ln(), pace.ln_1p()]
}

fn precision(sd: f64) -> f64 {
    1.0 / (sd * sd)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests;
