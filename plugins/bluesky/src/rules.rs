//! Says what may be done on Bluesky for a relationship, at what cost and with what prospect.
//!
//! Two situations call for something: they addressed us and wait, or the forecast fades. Everything here depends
//! on one row, the moment and the parameters only; spending the minutes is the planner's part.

mod review;

use rin_plugin::prelude::{
    Batch, Column, Params, PluginError, Proposal, ProposalSink, StrategyError, answer_probability,
};

pub(crate) use self::review::review;

/// Positions in the manifest's list of kinds.
mod kind {
    pub(super) const ANSWER: u32 = 0;
    pub(super) const REPLY: u32 = 1;
    pub(super) const LIKE: u32 = 2;
    pub(super) const REPOST: u32 = 3;
}

/// Positions in the manifest's list of reasons.
mod reason {
    pub(super) const OPEN: u32 = 0;
    pub(super) const FADING: u32 = 1;
}

/// The bit of [`Column::Flags`] that says organisation.
const ORGANISATION: u32 = 8;

const MS_PER_DAY: f32 = 86_400_000.0;

/// The rules with the user's figures.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Rules {
    answer_minutes: f32,
    reply_minutes: f32,
    like_minutes: f32,
    repost_minutes: f32,
    light_share: f32,
    fading_below: f32,
}

/// What the rules look at in one row.
struct Row {
    silence_days: f32,
    contact_days: u32,
    alive: f32,
    is_open: bool,
    is_organisation: bool,
    due_days: f32,
}

impl Rules {
    /// Takes the figures from the parameters.
    ///
    /// # Errors
    /// [`PluginError`] naming a parameter that is missing.
    pub(crate) fn new(params: &Params) -> Result<Self, PluginError> {
        let number = |key: &str| {
            #[expect(clippy::cast_possible_truncation, reason = "minutes and shares need no more")]
            let figure = params.number(key).map(|number| number as f32);
            figure.ok_or_else(|| PluginError {
                key: key.to_owned(),
                what: "the manifest declares it, but it has no value".to_owned(),
            })
        };
        Ok(Self {
            answer_minutes: number("answer-minutes")?,
            reply_minutes: number("reply-minutes")?,
            like_minutes: number("like-minutes")?,
            repost_minutes: number("repost-minutes")?,
            light_share: number("light-share")?,
            fading_below: number("fading-below")?,
        })
    }

    /// Proposes for every row what its situation calls for, the best first.
    ///
    /// # Errors
    /// [`StrategyError`] if a column is missing or the taker wants no more.
    pub(crate) fn propose(
        &self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let silence = batch.f32(Column::SilenceDays)?;
        let contacts = batch.u32(Column::ContactDays)?;
        let alive = batch.f32(Column::Alive)?;
        let open = batch.i64(Column::OpenMs).ok();
        let lapse = batch.i64(Column::LapseMs).ok();
        let flags = batch.u32(Column::Flags).ok();
        for row in 0..batch.rows() {
            // Who was never in contact has no silence that could end.
            let (Some(silence_days), Some(alive)) = (silence.get(row), alive.get(row)) else {
                continue;
            };
            let facts = Row {
                silence_days,
                contact_days: contacts.get(row).unwrap_or(0),
                alive,
                is_open: open.and_then(|column| column.get(row)).is_some(),
                is_organisation: flags
                    .and_then(|column| column.get(row))
                    .is_some_and(|bits| bits & ORGANISATION != 0),
                due_days: lapse
                    .and_then(|column| column.get(row))
                    .map_or(f32::INFINITY, |ms| days_until(ms, batch.now().unix_ms())),
            };
            self.propose_row(row, &facts, sink)?;
        }
        Ok(())
    }

    fn propose_row(
        &self,
        row: usize,
        facts: &Row,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let effect = effect(facts.silence_days, facts.contact_days);
        let base = Proposal { row, effect, due_days: facts.due_days, ..Proposal::default() };
        if facts.is_open {
            let (kind, reason) = (kind::ANSWER, reason::OPEN);
            sink.push(&Proposal { kind, reason, minutes: self.answer_minutes, ..base })?;
            return Ok(());
        }
        if self.fading_below <= facts.alive {
            return Ok(());
        }
        let fading = Proposal { reason: reason::FADING, ..base };
        sink.push(&Proposal { kind: kind::REPLY, minutes: self.reply_minutes, ..fading })?;
        let light = Proposal { effect: effect * self.light_share, ..fading };
        if facts.is_organisation {
            sink.push(&Proposal { kind: kind::REPOST, minutes: self.repost_minutes, ..light })?;
        }
        sink.push(&Proposal { kind: kind::LIKE, minutes: self.like_minutes, ..light })?;
        Ok(())
    }
}

/// Returns the probability that reaching out leads to a contact, in `0..=1`.
///
/// The default of [`answer_probability`] for a platform without figures of its own: it is observed, not tried, and comes
/// from another platform.
#[expect(clippy::cast_possible_truncation, reason = "a share needs no more")]
fn effect(silence_days: f32, contact_days: u32) -> f32 {
    answer_probability(f64::from(silence_days), f64::from(contact_days)) as f32
}

/// Returns the days from `now_ms` to `ms`; none if that has passed, since then it is late but not too late.
fn days_until(ms: i64, now_ms: i64) -> f32 {
    let left = ms.saturating_sub(now_ms);
    #[expect(clippy::cast_precision_loss, reason = "a day in 16 million is not missed")]
    let days = left as f32 / MS_PER_DAY;
    if 0 < left { days } else { f32::INFINITY }
}

#[cfg(test)]
mod tests;
