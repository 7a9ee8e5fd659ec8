//! What the simulated years mean, in sentences of both languages.

use super::view::{SimulatedPolicyView, SimulationView};
use crate::Lang;

/// That a network stands on the past of others, in English and German.
pub(crate) const TOO_SHORT: (&str, &str) = (
    "This past is too short to learn from how contact comes by itself: public networks stand in for it, so how many ties are kept is a rough guess.",
    "Diese Vergangenheit ist zu kurz, um daraus zu lernen, wie Kontakt von selbst kommt: Öffentliche Netze stehen dafür ein; wie viele Beziehungen bleiben, ist nur grob geschätzt.",
);
/// What the intervals hold and what they do not, in English and German.
pub(crate) const LUCK: (&str, &str) = (
    "The intervals hold the luck of a year, not that the world may be another than its past.",
    "Die Bereiche fassen das Glück eines Jahres, nicht, dass die Welt anders sein kann als ihre Vergangenheit.",
);

/// Returns what it means: what the minutes bring, and whether another way brings more.
pub(super) fn sentences(view: &SimulationView, lang: Lang) -> Vec<String> {
    let Some(ours) = view.policies.iter().find(|one| one.is == "ours") else { return Vec::new() };
    let mut sentences = vec![gain(view, ours, lang)];
    let other = view.policies.iter().find(|one| one.is != "ours");
    if let Some(other) = other.filter(|_| ours.gained_an_hour.is_some()) {
        sentences.push(against(other, lang));
    }
    sentences
}

fn gain(view: &SimulationView, ours: &SimulatedPolicyView, lang: Lang) -> String {
    let (ties, days) = (view.source.ties, view.days);
    let (without, gained) = (lang.number(view.without.value), lang.number(ours.gained.value));
    let counted = if view.is_unequal {
        lang.pick(", counted by what they matter", ", gezählt nach Gewicht")
    } else {
        ""
    };
    let minutes = lang.number(view.minutes_a_week);
    let range = ours.gained.interval.map_or_else(String::new, |range| {
        let (low, high) = (lang.number(range.low), lang.number(range.high));
        lang.pick(format!(" ({low} to {high})"), format!(" ({low} bis {high})"))
    });
    if ours.gained_an_hour.is_none() {
        return lang.pick(
            format!("Of {ties} ties {without} are expected to be alive after {days} days{counted}; with {minutes} minutes a week nothing is done."),
            format!("Von {ties} Beziehungen leben nach {days} Tagen voraussichtlich {without}{counted}; mit {minutes} Minuten je Woche geschieht nichts."),
        );
    }
    lang.pick(
        format!("Of {ties} ties {without} are expected to be alive after {days} days if nobody acts{counted}; {minutes} minutes a week, spent as Rin plans, keep {gained} more{range}."),
        format!("Von {ties} Beziehungen leben nach {days} Tagen voraussichtlich {without}, wenn niemand etwas tut{counted}; {minutes} Minuten je Woche, wie Rin sie plant, erhalten {gained} mehr{range}."),
    )
}

fn against(other: &SimulatedPolicyView, lang: Lang) -> String {
    let (label, gained) = (other.label, lang.number(other.gained.value));
    match other.is {
        "better" => lang.pick(
            format!("In this network another way keeps more, and that is more than chance: {label}, {gained}."),
            format!("In diesem Netz erhält ein anderer Weg mehr, und das ist kein Zufall: {label}, {gained}."),
        ),
        "worse" => lang.pick(
            format!("The best other way, {label}, keeps {gained} more: less than Rin, and that is more than chance."),
            format!("Der beste andere Weg, {label}, erhält {gained} mehr: weniger als Rin, und das ist kein Zufall."),
        ),
        _ => lang.pick(
            format!("The best other way, {label}, keeps {gained} more: the difference may be chance."),
            format!("Der beste andere Weg, {label}, erhält {gained} mehr: Der Unterschied kann Zufall sein."),
        ),
    }
}

/// Returns what else is to be known of the figures.
pub(super) fn notes(view: &SimulationView, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    if view.source.kind == "generated" {
        notes.push(
            lang.pick(
                "The network is made up: contact comes in it as in public networks on the mean.",
                "Das Netz ist erfunden: Kontakt kommt darin wie im Mittel öffentlicher Netze.",
            )
            .to_owned(),
        );
    } else if !view.source.is_learned {
        notes.push(lang.pick(TOO_SHORT.0, TOO_SHORT.1).to_owned());
    }
    if 0 < view.source.dormant {
        let n = view.source.dormant;
        notes.push(lang.pick(
            format!("{n} ties have been silent for too long to be planned for and are left out."),
            format!(
                "{n} Beziehungen schweigen schon zu lange, um für sie zu planen, und fehlen hier."
            ),
        ));
    }
    if 0 < view.source.left_out {
        let (n, all) = (view.source.ties, view.source.ties + view.source.left_out);
        notes.push(lang.pick(
            format!("So many ties that a sample is lived through: {n} of {all}. The minutes are all spent on the sample."),
            format!("So viele Beziehungen, dass eine Stichprobe reichen muss: {n} von {all}. Alle Minuten gelten der Stichprobe."),
        ));
    }
    notes.push(lang.pick(LUCK.0, LUCK.1).to_owned());
    notes
}
