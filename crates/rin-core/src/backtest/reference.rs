//! The models of others that a forecast is measured against: two of buyers who drop out, one of contact breeding contact.
//!
//! They are written out here, and not taken from a library, so that a back-test needs nothing but this crate and equal
//! input gives equal answers. Each of them is fitted to the histories up to the cut only: none looks at what came after,
//! although [`crate::Forecast::learn`] is handed it.

mod bg_nbd;
mod hawkes;
mod optimise;
mod pareto_nbd;
mod special;

pub use self::{bg_nbd::BgNbd, hawkes::Hawkes, pareto_nbd::ParetoNbd};
pub(crate) use self::{
    hawkes::HALF_LIVES,
    special::{hypergeometric_of_one, ln_beta},
};
use crate::{Example, TieFacts};

/// Most ties that a model is fitted to; of more, every *n*-th is taken, so that fitting takes seconds at any size.
const MOST_TIES: usize = 20_000;

/// Most interactions that a contact day is taken to stand for.
const MOST_PER_DAY: f64 = 5.0;

/// What the models of buyers know of a customer; here a purchase is a day with contact.
///
/// The unit of time is the day for ties; any unit will do as long as it is one throughout.
///
/// # Example
/// ```
/// use rin_core::{BgNbd, Purchases};
/// // Two repeat purchases within 30.43 of the first 38.86 weeks, and the parameters published for that shop.
/// let model = BgNbd { r: 0.242_593, alpha: 4.413_532, a: 0.792_886, b: 2.425_752 };
/// let customer = Purchases { repeats: 2.0, recency_days: 30.43, age_days: 38.86 };
/// assert!((model.expected_purchases(&customer, 39.0) - 1.22591).abs() < 1e-5);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Purchases {
    /// *x*: purchases after the first.
    pub repeats: f64,
    /// *t*ₓ: from the first purchase to the last; none without a repeat.
    pub recency_days: f64,
    /// *T*: from the first purchase to now.
    pub age_days: f64,
}

impl Purchases {
    /// Returns what a tie's contact days amount to: every one after the first is a repeat.
    pub fn of(tie: &TieFacts<'_>) -> Self {
        let age_days = tie.as_of.days_since(tie.first);
        Self { repeats: tie.contact_days() - 1.0, recency_days: tie.span_days(), age_days }.sound()
    }

    /// Returns the nearest thing that can be: nothing below zero, nothing after now, no recency without a repeat.
    fn sound(self) -> Self {
        let repeats = bounded(self.repeats);
        let age_days = bounded(self.age_days);
        let recency_days =
            if 0.0 < repeats { bounded(self.recency_days).min(age_days) } else { 0.0 };
        Self { repeats, recency_days, age_days }
    }

    /// Returns the same in whole days, so that many ties are alike and need to be looked at once only.
    fn rounded(self) -> Self {
        let (recency_days, age_days) = (self.recency_days.round(), self.age_days.round());
        Self { recency_days, age_days, ..self }
    }
}

/// Customers with equal histories and how many they are.
#[derive(Clone, Copy, Debug)]
struct Alike {
    each: Purchases,
    count: f64,
}

/// Returns customers by history in ascending order, equal ones as one, with time in units of `unit_days`.
fn alike(customers: &[Purchases], unit_days: f64) -> Vec<Alike> {
    let key = |one: &Purchases| [one.repeats, one.recency_days, one.age_days].map(f64::to_bits);
    let mut sorted: Vec<_> = customers.iter().map(|one| one.sound()).collect();
    // Bits of numbers that are not negative sort as the numbers do.
    sorted.sort_unstable_by_key(key);
    let mut groups = Vec::new();
    for run in sorted.chunk_by(|one, other| key(one) == key(other)) {
        let Some(&each) = run.first() else { continue };
        let (recency_days, age_days) = (each.recency_days / unit_days, each.age_days / unit_days);
        groups.push(Alike {
            each: Purchases { recency_days, age_days, ..each },
            count: to_f64(run.len()),
        });
    }
    groups
}

/// Returns the age of the oldest customer, or nothing if that tells nothing: no age at all, or nobody who came again.
fn longest_age(customers: &[Purchases]) -> Option<f64> {
    let sound = customers.iter().map(|one| one.sound());
    let (mut age, mut repeats) = (0.0_f64, 0.0);
    for one in sound {
        age = age.max(one.age_days);
        repeats += one.repeats;
    }
    (0.0 < age && 0.0 < repeats).then_some(age)
}

/// Returns the mean over the customers of what `of_repeats` and `of_times` add up to, and minus infinity if that is no
/// number for one of them.
///
/// The groups are in the order of repeats, so that what depends on these only is worked out once for each.
fn mean(
    groups: &[Alike],
    of_repeats: impl Fn(f64) -> f64,
    of_times: impl Fn(&Purchases) -> f64,
) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for run in groups.chunk_by(|one, other| one.each.repeats.total_cmp(&other.each.repeats).is_eq())
    {
        let Some(first) = run.first() else { continue };
        let shared = of_repeats(first.each.repeats);
        for group in run {
            sum += group.count * (shared + of_times(&group.each));
            count += group.count;
        }
    }
    let mean = sum / count;
    if mean.is_nan() { f64::NEG_INFINITY } else { mean }
}

/// Returns what the examples' ties bought up to the cut, in whole days; see [`MOST_TIES`].
fn purchases(examples: &[Example<'_>]) -> Vec<Purchases> {
    sample(examples).map(|one| Purchases::of(&one.tie).rounded()).collect()
}

/// Returns every *n*-th example, *n* as small as [`MOST_TIES`] allows.
fn sample<'a, 'b>(examples: &'a [Example<'b>]) -> impl Iterator<Item = &'a Example<'b>> {
    examples.iter().step_by(examples.len().div_ceil(MOST_TIES).max(1))
}

/// Returns how many interactions a contact day of this tie stands for, `1..=5`.
fn per_contact_day(tie: &TieFacts<'_>) -> f64 {
    (tie.interactions() / tie.contact_days().max(1.0)).clamp(1.0, MOST_PER_DAY)
}

/// Returns a probability, whatever came out: nothing below 0 or above 1, and 0 for what is not a number.
const fn probability(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

/// Returns a count or a number of days that can be calculated with: `0..=1e6`, and 0 for what is not a number.
const fn bounded(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1e6) }
}

#[expect(clippy::cast_precision_loss, reason = "a count of ties stays far below 2^53")]
const fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
