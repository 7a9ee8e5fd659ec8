//! How likely one who is written to answers: logistic in the logarithms of the silence and of the days with contact.
//!
//! What a log tells of it is an observation, not an experiment: who is written to was chosen by somebody, and those who
//! were chosen answer more. The default is that of public wall posts (docs/METHODS.md, "Where a minute does most good").

use crate::{Day, History};

/// Days within which an answer counts as one.
const WAIT_DAYS: i64 = 7;
/// Fewer openings than this fit nothing.
const LEAST_OPENINGS: usize = 50;
/// Most Newton steps; five are usual.
const MOST_STEPS: u32 = 50;

/// The probability of an answer by silence and contact days.
///
/// # Example
/// ```
/// use rin_core::AnswerLaw;
/// let law = AnswerLaw::default();
/// assert!((law.probability(1.0, 1.0) - 0.4112).abs() < 1e-4);
/// assert!(law.probability(300.0, 4.0) < law.probability(30.0, 4.0));
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AnswerLaw {
    /// The logit at a day of silence after one day with contact.
    pub level: f64,
    /// By how much the logit rises with the logarithm of the days of silence.
    pub by_silence: f64,
    /// By how much it rises with the logarithm of the days with contact.
    pub by_contact_days: f64,
}

impl Default for AnswerLaw {
    fn default() -> Self {
        Self { level: -0.359, by_silence: -0.134, by_contact_days: 0.25 }
    }
}

impl AnswerLaw {
    /// Returns the probability that a touch is answered, `0..=1`; a silence below a day counts as one.
    pub fn probability(&self, silence_days: f64, contact_days: f64) -> f64 {
        let logit = self.level
            + self.by_silence * silence_days.max(1.0).ln()
            + self.by_contact_days * contact_days.max(1.0).ln();
        1.0 / (1.0 + (-logit).exp())
    }

    /// Learns from the openings before a day: days after a silence of a day or more on which only one side wrote.
    /// Answered is what the other side followed up within a week.
    ///
    /// `None` if there are fewer than fifty openings, if all of them were answered, or less than a tenth: such a log records no
    /// answers.
    pub fn fit(history: &History, until: Day) -> Option<Self> {
        let openings: Vec<Opening> =
            history.at(until).flat_map(|pair| openings(pair.days, until)).collect();
        let answered = openings.iter().filter(|one| one.is_answered).count();
        if openings.len() < LEAST_OPENINGS
            || 10 * answered < openings.len()
            || answered == openings.len()
        {
            return None;
        }
        likeliest(&openings)
    }
}

/// A day on which one side wrote after a silence.
#[derive(Clone, Copy, Debug)]
struct Opening {
    x: [f64; 3],
    is_answered: bool,
}

impl Opening {
    /// Adds what it says at coefficients `b` to the slope of the log-likelihood and to minus its curvature.
    fn add(&self, b: &[f64; 3], slope: &mut [f64; 3], curve: &mut [[f64; 3]; 3]) {
        let logit: f64 = b.iter().zip(&self.x).map(|(b, x)| b * x).sum();
        let p = 1.0 / (1.0 + (-logit).exp());
        let off = if self.is_answered { 1.0 - p } else { -p };
        for ((sum, row), x) in slope.iter_mut().zip(curve).zip(&self.x) {
            *sum += off * x;
            for (cell, other) in row.iter_mut().zip(&self.x) {
                *cell += p * (1.0 - p) * x * other;
            }
        }
    }
}

/// Returns a tie's openings whose week is over.
fn openings(days: &[crate::ContactDay], until: Day) -> impl Iterator<Item = Opening> {
    (1..days.len()).filter_map(move |at| {
        let (before, here) = (days.get(at - 1)?, days.get(at)?);
        let is_over = WAIT_DAYS < until.days_since(here.day);
        let by_us = 0 < here.sent;
        let both = by_us && 0 < here.received;
        let later = days.get(at + 1..)?.iter();
        let mut soon = later.take_while(|day| day.day.days_since(here.day) <= WAIT_DAYS);
        let is_answered =
            both || soon.any(|day| if by_us { 0 < day.received } else { 0 < day.sent });
        let silence = to_f64(here.day.days_since(before.day));
        let x = [1.0, silence.max(1.0).ln(), to_f64_usize(at).ln()];
        is_over.then_some(Opening { x, is_answered })
    })
}

/// Returns the likeliest coefficients by Newton's method.
fn likeliest(openings: &[Opening]) -> Option<AnswerLaw> {
    let mut b = [0.0; 3];
    for _ in 0..MOST_STEPS {
        let (mut slope, mut curve) = ([0.0; 3], [[0.0; 3]; 3]);
        for one in openings {
            one.add(&b, &mut slope, &mut curve);
        }
        let step = solved(&curve, &slope)?;
        for (b, step) in b.iter_mut().zip(&step) {
            *b += step;
        }
        if step.iter().all(|step| step.abs() < 1e-10) {
            let [level, by_silence, by_contact_days] = b;
            return Some(AnswerLaw { level, by_silence, by_contact_days });
        }
    }
    None
}

/// Returns the solution of three equations by Cramer's rule; `None` if there is not one.
fn solved(rows: &[[f64; 3]; 3], right: &[f64; 3]) -> Option<[f64; 3]> {
    let [a, b, c] = [0, 1, 2].map(|at| rows.map(|row| row.get(at).copied().unwrap_or_default()));
    let det = |x: &[f64; 3], y: &[f64; 3], z: &[f64; 3]| {
        let [[x0, x1, x2], [y0, y1, y2], [z0, z1, z2]] = [*x, *y, *z];
        x0 * (y1 * z2 - y2 * z1) - y0 * (x1 * z2 - x2 * z1) + z0 * (x1 * y2 - x2 * y1)
    };
    let whole = det(&a, &b, &c);
    let found = [det(right, &b, &c), det(&a, right, &c), det(&a, &b, right)].map(|d| d / whole);
    found.iter().all(|x| x.is_finite()).then_some(found)
}

#[expect(clippy::cast_precision_loss, reason = "days stay far below 2^53")]
const fn to_f64(days: i64) -> f64 {
    days as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64_usize(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccountId, Interaction, InteractionKind, Moment, random::share};

    fn asks(answered: impl Fn(u32, u32) -> bool) -> History {
        let start = Moment::from_unix_ms(1_600_000_000_000);
        let mut log = Vec::new();
        for (other, turn) in (1..200_u32).flat_map(|other| (0..5).map(move |turn| (other, turn))) {
            let us = Interaction {
                at: start.plus_days(f64::from(turn * (5 + other % 60))),
                from: AccountId::new(0),
                to: AccountId::new(other),
                kind: InteractionKind::Message,
            };
            log.push(us);
            if answered(other, turn) {
                let at = us.at.plus_days(0.1);
                log.push(Interaction { at, from: us.to, to: us.from, ..us });
            }
        }
        History::new(log)
    }

    #[test]
    fn it_finds_that_long_silence_is_answered_less() {
        // Whoever is asked every few weeks answers less, and everybody the more the longer it has gone on.
        let history = asks(|other, turn| {
            let law = AnswerLaw { level: 1.5, by_silence: -0.6, by_contact_days: 0.3 };
            let silence = f64::from(5 + other % 60);
            share(9, u64::from(other * 8 + turn)) < law.probability(silence, f64::from(turn + 1))
        });
        let law = AnswerLaw::fit(&history, history.last().unwrap().day()).unwrap();
        assert!(law.by_silence < -0.2, "{law:?}");
        let often = law.probability(5.0, 4.0);
        assert!(law.probability(60.0, 4.0) < often - 0.1, "{law:?}");
    }

    #[test]
    fn a_log_that_records_no_answers_teaches_nothing() {
        let until = |history: &History| history.last().unwrap().plus_days(30.0).day();
        let never = asks(|_, _| false);
        assert_eq!(AnswerLaw::fit(&never, until(&never)), None);
        assert_eq!(AnswerLaw::fit(&History::default(), Day::from_number(0)), None);
    }

    #[test]
    fn three_equations_are_solved() {
        // x + y + z = 6, 2y + 5z = -4, 2x + 5y - z = 27 has x = 5, y = 3, z = -2.
        let rows = [[1.0, 1.0, 1.0], [0.0, 2.0, 5.0], [2.0, 5.0, -1.0]];
        let found = solved(&rows, &[6.0, -4.0, 27.0]).unwrap();
        for (found, expected) in found.iter().zip([5.0, 3.0, -2.0]) {
            assert!((found - expected).abs() < 1e-12);
        }
        assert_eq!(solved(&[[1.0, 1.0, 1.0]; 3], &[1.0, 2.0, 3.0]), None);
    }
}
