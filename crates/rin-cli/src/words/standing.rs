//! How a party stands and is expected to go on, in words: the same in the terminal and on the page.

use rin_app::{AssessmentView, Lang, PartyCourseView, PartyView};

/// Returns what the judgement rests on: a word and its figure each.
pub(crate) fn facts(seen: &AssessmentView, lang: Lang) -> [(&'static str, String); 7] {
    let unknown = || lang.pick("unknown", "unbekannt").to_owned();
    let rhythm = seen.rhythm_days.map(|days| {
        let days = lang.number(days);
        lang.pick(format!("every {days} days"), format!("alle {days} Tage"))
    });
    let received = seen.received.map(|n| n.to_string());
    [
        (lang.pick("Strength", "Stärke"), lang.number(seen.strength)),
        (lang.pick("Days of contact", "Kontakttage"), seen.contact_days.to_string()),
        (lang.pick("Rhythm", "Rhythmus"), rhythm.unwrap_or_else(unknown)),
        (lang.pick("Sent", "Gesendet"), seen.sent.to_string()),
        (lang.pick("Received", "Empfangen"), received.unwrap_or_else(unknown)),
        (lang.pick("First contact", "Erster Kontakt"), lang.shown(&seen.first)),
        (lang.pick("Last contact", "Letzter Kontakt"), lang.shown(&seen.last)),
    ]
}

/// Returns between which probabilities it is alive.
pub(crate) fn interval(seen: &AssessmentView, lang: Lang) -> String {
    let [low, high] = seen.alive_range.map(Lang::chance);
    lang.pick(format!("90 % interval: {low} – {high}"), format!("90-%-Intervall: {low} – {high}"))
}

/// Says what the curve of the forecast shows.
pub(crate) fn forecast(course: &PartyCourseView, lang: Lang) -> String {
    let days = lang.number(course.horizon_days);
    let threshold = Lang::percent(course.threshold).replace(' ', "\u{a0}");
    lang.pick(
        format!("How probable contact within {days} days is, with its 90 % interval; below {threshold} a relationship counts as lapsed."),
        format!("Wie wahrscheinlich Kontakt binnen {days} Tagen ist, mit 90-%-Intervall; unter {threshold} gilt eine Beziehung als verfallen."),
    )
}

/// Says how many contacts a list of the last ones shows.
pub(crate) fn contacts(view: &PartyView, lang: Lang) -> String {
    let (shown, all) = (view.events.len(), view.n_events);
    lang.pick(
        format!("The last {shown} of {all} contacts"),
        format!("Die letzten {shown} von {all} Kontakten"),
    )
}

/// Says that no tie is known.
pub(crate) const fn no_tie(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "Keine, die eine Quelle zeigt.",
        Lang::En => "None that a source shows.",
    }
}
