//! What may be done on GitHub for whom, at what cost and with what hope of an answer.
//!
//! One proposal a relationship, and only where it changes something: whoever wrote is answered, whoever fades is
//! approached once, whoever is steady or silent on us is not pressed. The planner decides which of them get minutes.

mod review;

use rin_plugin::{
    prelude::{
        Batch, Brief, Params, PluginError, Proposal, ProposalSink, Remark, StrategyError,
        answer_probability,
    },
    rules::{Relationship, propose_each},
};

/// Kinds of action, by their position in `plugin.toml`.
pub(crate) const ANSWER: u32 = 0;
pub(crate) const REVIEW: u32 = 1;
pub(crate) const MENTION: u32 = 2;
pub(crate) const REACT: u32 = 3;

/// Reasons, by their position in `plugin.toml`.
pub(crate) const OPEN: u32 = 0;
pub(crate) const FADING: u32 = 1;
pub(crate) const LAPSED: u32 = 2;
pub(crate) const STEADY: u32 = 3;
pub(crate) const UNANSWERED: u32 = 4;

/// Bits of the column of flags.
const ORGANISATION: u32 = 8;
const BOT: u32 = 16;

/// How sure a proposal is where the other side's answers are not covered: whether silence is theirs is a coin toss.
const HALF_BLIND: f32 = 0.5;

/// The rules with their parameters, in minutes, days and probabilities.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Rules {
    answer_minutes: f64,
    mention_minutes: f64,
    review_minutes: f64,
    react_minutes: f64,
    light_share: f64,
    answer_within_days: f64,
    answer_until_days: f64,
    quiet_days: f64,
    steady_above: f64,
    lapsed_below: f64,
    unanswered_limit: f64,
}

impl Rules {
    pub(crate) fn new(params: &Params) -> Result<Self, PluginError> {
        let number = |key: &str, default: f64| params.number(key).unwrap_or(default);
        let rules = Self {
            answer_minutes: number("answer-minutes", 10.0),
            mention_minutes: number("mention-minutes", 5.0),
            review_minutes: number("review-minutes", 15.0),
            react_minutes: number("react-minutes", 1.0),
            light_share: number("light-share", 0.25),
            answer_within_days: number("answer-within-days", 3.0),
            answer_until_days: number("answer-until-days", 90.0),
            quiet_days: number("quiet-days", 30.0),
            steady_above: number("steady-above", 0.8),
            lapsed_below: number("lapsed-below", 0.2),
            unanswered_limit: number("unanswered-limit", 2.0),
        };
        if rules.steady_above < rules.lapsed_below {
            let what = "must not be above steady-above".to_owned();
            return Err(PluginError { key: "lapsed-below".to_owned(), what });
        }
        Ok(rules)
    }

    pub(crate) fn propose(
        &self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        propose_each(batch, sink, |row| self.decide(row))
    }

    pub(crate) fn review(&self, brief: &Brief) -> Vec<Remark> {
        review::review(self, brief)
    }

    /// Returns what one relationship calls for, if anything.
    fn decide(&self, row: &Relationship) -> Option<Proposal<'static>> {
        if row.flags & BOT != 0 {
            return None;
        }
        if let Some(age) = row.open.filter(|age| *age <= self.answer_until_days) {
            return Some(self.answer(age));
        }
        if row.silence < self.quiet_days {
            return None;
        }
        let unanswered = row.unanswered.unwrap_or(0.0);
        if self.unanswered_limit <= unanswered {
            let is_enough = 2.0 * self.unanswered_limit <= unanswered;
            return (!is_enough).then(|| self.propose_one(row, REACT, UNANSWERED));
        }
        if self.steady_above <= row.alive {
            let is_quiet = row.rhythm.is_some_and(|rhythm| rhythm < row.silence);
            return is_quiet.then(|| self.propose_one(row, REACT, STEADY));
        }
        let is_lapsed = row.alive < self.lapsed_below;
        // An organisation cannot be named to any use; what happens in its repositories can be reviewed.
        let is_named = is_lapsed && row.flags & ORGANISATION == 0;
        let reason = if is_lapsed { LAPSED } else { FADING };
        Some(self.propose_one(row, if is_named { MENTION } else { REVIEW }, reason))
    }

    /// They have written: their half of the contact has happened and our answer is the other, so it leads to a
    /// contact for certain. It is due soon, and today if it is late already.
    fn answer(&self, age: f64) -> Proposal<'static> {
        Proposal {
            kind: ANSWER,
            reason: OPEN,
            minutes: to_f32(self.answer_minutes),
            effect: 1.0,
            due_days: to_f32((self.answer_within_days - age).max(1.0)),
            ..Proposal::default()
        }
    }

    fn propose_one(&self, row: &Relationship, kind: u32, reason: u32) -> Proposal<'static> {
        let (minutes, share) = match kind {
            REVIEW => (self.review_minutes, 1.0),
            MENTION => (self.mention_minutes, 1.0),
            _ => (self.react_minutes, self.light_share),
        };
        let until_lapse = row.lapse.filter(|days| 1.0 <= *days).map_or(f32::INFINITY, to_f32);
        Proposal {
            kind,
            reason,
            minutes: to_f32(minutes),
            // It takes an answer on a wall for one on GitHub.
            effect: to_f32(answer_probability(row.silence, row.contact_days) * share),
            due_days: if reason == FADING { until_lapse } else { f32::INFINITY },
            confidence: if row.is_covered { 1.0 } else { HALF_BLIND },
            ..Proposal::default()
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "proposals carry seven digits")]
const fn to_f32(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests;
