//! Rules of thumb: one number that anybody could work out by hand.

use crate::TieFacts;

/// Whether the last contact is at most thirty days ago: the reminder of address books, and Mastodon's *dormant* filter
/// of one month (PEERS.md, section 1).
pub(super) fn reminder(tie: &TieFacts<'_>) -> f64 {
    if tie.silence_days() <= 30.0 { 1.0 } else { 0.0 }
}

/// The shorter the silence, the likelier.
pub(super) fn days_since(tie: &TieFacts<'_>) -> f64 {
    -tie.silence_days()
}

/// Contact days within the last ninety.
pub(super) fn recent_days(tie: &TieFacts<'_>) -> f64 {
    days_within(tie, 90)
}

/// Silence as a multiple of the tie's own mean gap, the rhythm rule (Navarro et al., arXiv 1706.06188, find decay
/// likely beyond eight times the rhythm).
///
/// A gap is at least a day, and a tie with one contact day has no gap and is given that least one.
pub(crate) fn own_gap(tie: &TieFacts<'_>) -> f64 {
    let gaps = tie.contact_days() - 1.0;
    let gap = if 0.0 < gaps { tie.span_days() / gaps } else { 0.0 };
    -tie.silence_days() / gap.max(1.0)
}

/// Contact days, each halved every ninety days.
pub(super) fn half_life(tie: &TieFacts<'_>) -> f64 {
    tie.decayed_days(90.0)
}

/// Returns the contact days among the last so many days before the moment.
pub(super) fn days_within(tie: &TieFacts<'_>, days: i64) -> f64 {
    let today = tie.as_of.day();
    let within = tie.days.iter().filter(|day| today.days_since(day.day) <= days);
    within.map(|_| 1.0).sum()
}
