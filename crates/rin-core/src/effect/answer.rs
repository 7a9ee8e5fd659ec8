//! The two questions and their answers: do the ties last, and were there more than would have come?
//!
//! An answer is one of five; "no difference shown" is not "no difference". Both questions are asked of one campaign, so each
//! is tested at half of five percent (Bonferroni 1936): whatever is asked besides, of a campaign without effect no more
//! than one in twenty is called better or worse.

use super::{EffectRequest, life};
use crate::{Interrupted, InterruptedError, Lifetime, LogRank, Moment};

/// Probability below which one of two questions is answered.
const SURE: f64 = 0.025;
/// Fewest ties of either kind, and fewest ends of both, for the log-rank test to be what it says.
pub(super) const FEWEST_TIES: usize = 20;
const FEWEST_ENDS: usize = 10;

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// More, or longer, than otherwise.
    Better,
    /// Fewer, or shorter, than otherwise.
    Worse,
    /// Nothing that chance would not bring.
    NoDifferenceShown,
    /// What is known does not reach far enough yet.
    TooEarly,
    /// There is too little to compare.
    TooFew,
}

/// The answer to one question.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// What was found.
    pub outcome: Outcome,
    /// Probability of such a difference if there is none; `None` if nothing was tested.
    pub p: Option<f64>,
    /// Below which probability it would have counted.
    pub sure: f64,
    /// Until when something has to be known for an answer.
    pub not_before: Moment,
}

/// Says whether the ties a campaign won last, by the log-rank test alone.
pub(super) fn lasting(
    request: &EffectRequest<'_>,
    (ours, theirs): (&[Lifetime], &[Lifetime]),
    test: Option<LogRank>,
) -> Answer {
    let not_before = request.window.end().plus_days(f64::from(request.silence_days));
    let answer = |outcome, p| Answer { outcome, p, sure: SURE, not_before };
    if life::known_until(request.known, request.silence_days) < request.window.end().day() {
        return answer(Outcome::TooEarly, None);
    }
    let ends = |lives: &[Lifetime]| lives.iter().filter(|life| life.has_ended).count();
    let is_enough =
        FEWEST_TIES <= ours.len().min(theirs.len()) && FEWEST_ENDS <= ends(ours) + ends(theirs);
    match test.filter(|_| is_enough) {
        None => answer(Outcome::TooFew, None),
        Some(test) => answer(found(test.p, test.ratio < 1.0), Some(test.p)),
    }
}

/// Says whether a campaign won more ties than would have come, by the mean of its weeks alone.
pub(super) fn influx(
    request: &EffectRequest<'_>,
    weeks: &Result<Interrupted, InterruptedError>,
) -> Answer {
    let not_before = request.window.end();
    let answer = |outcome, p| Answer { outcome, p, sure: SURE, not_before };
    if request.known.end() < not_before {
        return answer(Outcome::TooEarly, None);
    }
    match weeks {
        Err(_) => answer(Outcome::TooFew, None),
        Ok(weeks) => {
            let p = weeks.during.p;
            answer(found(p, 0.0 < weeks.during.value), Some(p))
        }
    }
}

const fn found(p: f64, is_better: bool) -> Outcome {
    match (p < SURE, is_better) {
        (true, true) => Outcome::Better,
        (true, false) => Outcome::Worse,
        (false, _) => Outcome::NoDifferenceShown,
    }
}
