//! What one contact takes of one's time: as long as was said of those done, or a usual time until enough was said.

use rin_core::{Minutes, Moment};
use rin_store::Decision;

use crate::{Lang, campaign::done_minutes};

/// How long a contact takes until the user's own say enough: a choice, not a measurement.
const USUAL_MINUTES: f64 = 5.0;

/// What one contact takes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Touch {
    pub(crate) minutes: Minutes,
    /// Whether the user's own contacts say so.
    pub(crate) is_known: bool,
}

impl Touch {
    /// Returns what a contact takes by what was decided in the year before.
    ///
    /// What is done in no time at all could be done without end, so a second is the least that counts as known.
    pub(crate) fn of(decisions: &[Decision], now: Moment) -> Self {
        let known = done_minutes(decisions, now).filter(|it| Minutes::from_seconds(1) <= *it);
        Self {
            minutes: known.unwrap_or_else(|| Minutes::new(USUAL_MINUTES)),
            is_known: known.is_some(),
        }
    }
}

/// Says what a contact takes, without a stop at the end.
pub(crate) fn said(minutes: f64, is_known: bool, lang: Lang) -> String {
    let minutes = lang.number(minutes);
    if is_known {
        return lang.pick(
            format!("A contact takes {minutes} minutes, as you said with rin done"),
            format!("Ein Kontakt braucht {minutes} Minuten, wie mit rin done gesagt"),
        );
    }
    lang.pick(
        format!("A contact is taken to need {minutes} minutes until rin done tells enough of it"),
        format!("Ein Kontakt wird mit {minutes} Minuten angesetzt, bis rin done genug davon sagt"),
    )
}
