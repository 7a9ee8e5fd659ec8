//! The scores of other products, as far as a log of contacts carries them.
//!
//! Written from their published formulas (docs/METHODS.md). A log knows no kinds of activity here, so every interaction
//! weighs the same, and none knows who is whose customer: both directions count unless a formula tells them apart.

use super::rules::days_within;
pub(crate) use super::rules::own_gap;
use crate::{ContactDay, TieFacts};

/// A month in days, 365.25 / 12.
const MONTH: f64 = 30.437_5;
/// A year in days.
const YEAR: f64 = 365.25;

/// Orbit model of 2022 (MIT): direct contact is worth 10 and fades to nine tenths each month it lies idle (7 is 5.1
/// after three months).
pub(crate) fn orbit(tie: &TieFacts<'_>) -> f64 {
    aged(tie).map(|(age, _)| 10.0 * 0.9_f64.powf(age / MONTH)).sum()
}

/// crowd.dev's engagement (Apache-2.0): Σ over thirteen months of 0.9^(months ago) · *s* · 10/13, where *s* is the mean
/// daily score of a month over one plus its standard deviation, so that bursts count less than constancy.
///
/// Months of thirty days back from the moment; a day's score is its interactions, and days without any are zeros. The
/// product then makes ten clusters of all members, which keeps the order and loses detail.
pub(crate) fn crowd_dev(tie: &TieFacts<'_>) -> f64 {
    let mut months = [(0.0, 0.0); 13];
    let today = tie.as_of.day();
    for day in tie.days {
        let ago = (today.days_since(day.day) - 1).max(0) / 30;
        let month = usize::try_from(ago).ok().and_then(|ago| months.get_mut(ago));
        if let Some((sum, squares)) = month {
            let score = interactions(day);
            *sum += score;
            *squares += score * score;
        }
    }
    let mut weight = 10.0 / 13.0;
    let mut total = 0.0;
    for (sum, squares) in months {
        let mean = sum / 30.0;
        let deviation = (squares / 30.0 - mean * mean).max(0.0).sqrt();
        total += weight * mean / (1.0 + deviation);
        weight *= 0.9;
    }
    total
}

/// Savannah's connection (idea only; AGPL): distinct conversations within a year, nothing beyond.
///
/// A conversation is a day of contact.
pub(crate) fn savannah(tie: &TieFacts<'_>) -> f64 {
    days_within(tie, 365)
}

/// `PingCRM`'s score of 0 to 10 (idea only; AGPL): reciprocity up to 4, recency up to 3, frequency up to 2, tenure up
/// to 2. Breadth over platforms is left out: a tie is on one.
///
/// Recency is halved if one side never wrote; frequency weighs an interaction 1 within ninety days, .3 to half a year,
/// .1 to one year, .05 to two, .02 to five.
pub(crate) fn ping_crm(tie: &TieFacts<'_>) -> f64 {
    let (received, sent) = tie.days.iter().fold((0.0_f64, 0.0_f64), |(received, sent), day| {
        (received + f64::from(day.received), sent + f64::from(day.sent))
    });
    let (less, more) = (received.min(sent), received.max(sent));
    let reciprocity = if 0.0 < more { (4.0 * less / more).round() } else { 0.0 };
    let recency = step(-tie.silence_days(), &[(-7.0, 3.0), (-30.0, 2.0), (-90.0, 1.0)]);
    let one_way = if 0.0 < less { 1.0 } else { 0.5 };
    let weight = |age: f64| {
        let steps = [
            (-90.0, 1.0),
            (-YEAR / 2.0, 0.3),
            (-YEAR, 0.1),
            (-2.0 * YEAR, 0.05),
            (-5.0 * YEAR, 0.02),
        ];
        step(-age, &steps)
    };
    let count: f64 = aged(tie).map(|(age, day)| weight(age) * interactions(day)).sum();
    let frequency = step(count, &[(8.0, 2.0), (3.0, 1.0)]);
    let (all, years) = (received + sent, tie.as_of.days_since(tie.first) / YEAR);
    let tenure = match (50.0 <= all && 2.0 <= years, 20.0 <= all && 1.0 <= years) {
        (true, _) => 2.0,
        (false, true) => 1.0,
        (false, false) => 0.0,
    };
    (reciprocity + recency * one_way + frequency + tenure).min(10.0)
}

/// `LifeOS`'s relationship metric without diversity (idea only; GPL): .30 recency, falling straight to 0 at two hundred
/// days, and .60 frequency, .65 of the last year's and .35 of all interactions on a log scale that is full at 250 and
/// 1,250.
pub(crate) fn life_os(tie: &TieFacts<'_>) -> f64 {
    let recency = (1.0 - tie.silence_days() / 200.0).max(0.0);
    let year: f64 =
        aged(tie).filter(|(age, _)| *age <= 365.0).map(|(_, day)| interactions(day)).sum();
    let full = |count: f64, at: f64| (count.ln_1p() / at.ln_1p()).min(1.0);
    let frequency = 0.65 * full(year, 250.0) + 0.35 * full(tie.interactions(), 1_250.0);
    0.30 * recency + 0.60 * frequency
}

/// Returns every contact day with its age in days.
fn aged<'a>(tie: &TieFacts<'a>) -> impl Iterator<Item = (f64, &'a ContactDay)> {
    let as_of = tie.as_of.day().start();
    tie.days.iter().map(move |day| (as_of.days_since(day.day.start()).max(0.0), day))
}

fn interactions(day: &ContactDay) -> f64 {
    f64::from(day.received) + f64::from(day.sent)
}

/// Returns the value of the first step that `x` reaches, or 0.
fn step(x: f64, steps: &[(f64, f64)]) -> f64 {
    steps.iter().find(|(least, _)| *least <= x).map_or(0.0, |(_, value)| *value)
}
