//! What our own pauses cost, from our own log.

use rin_core::{
    AccountId, GapCost, History, Moment, StopStart, StopStartRequest, Window, stop_start,
};
use serde::Serialize;

use super::{
    simulate::{LeftView, left_view},
    standing,
};
use crate::{
    Lang, Session, SessionError,
    people::{People, US},
    time::iso_date,
};

/// Whose pauses are looked back at.
#[derive(Clone, PartialEq, Debug)]
pub struct ExitHistoryRequest {
    /// On which platform; `None` is all together.
    pub platform: Option<String>,
    /// Days without anything written that are a pause.
    pub least_days: f64,
    /// The moment it is asked.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// What our own pauses cost.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ExitHistoryView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The platform; `null` is all together.
    pub platform: Option<String>,
    /// Days without anything written that are a pause.
    pub least_days: f64,
    /// Days before and after in which contact counts.
    pub horizon_days: f64,
    /// The pauses, the earliest first.
    pub gaps: Vec<GapView>,
    /// Pauses that began with too few ties to say anything.
    pub too_few_ties: usize,
    /// Pauses whose aftermath is not over.
    pub not_over: usize,
    /// Whether there are so few that nothing follows from them.
    pub is_few: bool,
    /// What it comes to, in sentences.
    pub told: Vec<String>,
}

/// One pause.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct GapView {
    /// First day without anything written, ISO 8601.
    pub from: String,
    /// The day we wrote again, ISO 8601.
    pub to: String,
    /// Ties that could be lost.
    pub ties: u32,
    /// Of these alive before.
    pub before: u32,
    /// Of these alive after.
    pub after: u32,
    /// Of these expected, had we gone on.
    pub expected: LeftView,
    /// Whether fewer are alive than the interval of going on holds.
    pub is_below: bool,
}

/// Fewer pauses than this are too few to say what pauses cost.
const FEW: usize = 3;

impl Session {
    /// Looks back at our own pauses.
    ///
    /// # Errors
    /// [`SessionError`] if there is no such platform or the store cannot be read.
    pub fn exit_history(
        &self,
        request: &ExitHistoryRequest,
    ) -> Result<ExitHistoryView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let platform = request.platform.as_deref();
        standing::check_platform(&people, platform)?;
        let model = self.model(&reader, &people)?;
        let mut log = Vec::new();
        let is_there = |account: AccountId| {
            let known = people.accounts.get(&account);
            platform
                .is_none_or(|name| known.is_some_and(|known| known.account.key.platform == name))
        };
        let known = Window::new(Window::ALWAYS.start(), request.now);
        reader.each_interaction(known, |mut it| {
            if let (true, Some(from), Some(to)) =
                (is_there(it.from), people.node(it.from), people.node(it.to))
            {
                (it.from, it.to) = (from, to);
                log.push(it);
            }
        })?;
        let history = History::new(log);
        let sees = |own: &AccountId| people.coverage_of(*own).sees_received();
        let found = stop_start(
            &history,
            &StopStartRequest {
                who: US,
                least_days: request.least_days,
                horizon_days: model.horizon_days,
                until: people.covered_until(request.now).unwrap_or(request.now),
                model: &model,
                sees_received: people.own.iter().filter(|own| is_there(**own)).all(sees),
            },
        );
        Ok(history_view(request, &found, model.horizon_days))
    }
}

fn history_view(
    request: &ExitHistoryRequest,
    found: &StopStart,
    horizon_days: f64,
) -> ExitHistoryView {
    let gap = |gap: &GapCost| GapView {
        from: iso_date(gap.from.start(), &jiff::tz::TimeZone::UTC),
        to: iso_date(gap.to.start(), &jiff::tz::TimeZone::UTC),
        ties: gap.ties,
        before: gap.before,
        after: gap.after,
        expected: left_view(&gap.expected),
        is_below: f64::from(gap.after) < gap.expected.range.low,
    };
    ExitHistoryView {
        schema: "rin.exit-history/1",
        platform: request.platform.clone(),
        least_days: request.least_days,
        horizon_days,
        gaps: found.gaps.iter().map(gap).collect(),
        too_few_ties: found.too_few_ties,
        not_over: found.not_over,
        is_few: found.gaps.len() < FEW,
        told: told(found, request),
    }
}

fn told(found: &StopStart, request: &ExitHistoryRequest) -> Vec<String> {
    let lang = request.lang;
    let days = lang.number(request.least_days);
    let mut told = Vec::new();
    let n = found.gaps.len();
    if n == 0 {
        told.push(lang.pick(
            format!("No pause of {days} days or more of which something could be said."),
            format!("Keine Pause von {days} Tagen oder mehr, von der sich etwas sagen ließe."),
        ));
    } else {
        let after: f64 = found.gaps.iter().map(|gap| f64::from(gap.after)).sum();
        let expected: f64 = found.gaps.iter().map(|gap| gap.expected.expected).sum();
        let below =
            found.gaps.iter().filter(|gap| f64::from(gap.after) < gap.expected.range.low).count();
        told.push(lang.pick(
            format!("{n} pauses: {after:.0} ties were alive after them where {expected:.0} would have been expected had you gone on; after {below} of them fewer than chance explains."),
            format!("{n} Pausen: danach lebten {after:.0} Beziehungen, wo beim Weitermachen {expected:.0} zu erwarten waren; nach {below} davon weniger, als Zufall erklärt."),
        ));
        if n < FEW {
            told.push(
                lang.pick(
                    "These are too few to say what stopping costs you.",
                    "Das sind zu wenige, um zu sagen, was dich Aufhören kostet.",
                )
                .to_owned(),
            );
        }
        told.push(lang.pick(
            "What made you pause may have cost ties as well: this is no experiment.",
            "Was dich pausieren ließ, mag selbst Beziehungen gekostet haben: ein Experiment ist das nicht.",
        ).to_owned());
    }
    if 0 < found.too_few_ties + found.not_over {
        told.push(lang.pick(
            format!("Left out: {} that began with fewer than five ties, {} whose aftermath is not over.", found.too_few_ties, found.not_over),
            format!("Weggelassen: {}, die mit weniger als fünf Beziehungen begannen, {}, deren Nachspiel noch läuft.", found.too_few_ties, found.not_over),
        ));
    }
    told
}
