//! Everything known of one party: how it stands, how it went, how it is expected to go on.

mod said;

use maud::{Markup, html};
use rin_app::{
    AssessmentView, EventView, Lang, PartyCourseView, PartyPortraitView, PartyView, TieView,
};

use super::{part, words};
use crate::{
    command::party::{event_word, tie_word},
    web::chart,
    words::standing,
};

/// What a party's page shows.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Party<'a> {
    /// Everything known of it.
    pub(in crate::web) known: &'a PartyPortraitView,
    /// Whom it was just taken apart into, by number and name; it is one of them.
    pub(in crate::web) apart: &'a [(u32, String)],
}

/// Shows a party.
pub(in crate::web) fn page(party: &Party<'_>, lang: Lang) -> Markup {
    let known = party.known;
    let (view, course) = (&known.party, &known.course);
    html! {
        div.head {
            div {
                h1 { (view.name) }
                p.where {
                    @for place in &known.places {
                        span.place {
                            (words::platform(&place.platform)) " "
                            @let handle = place.handle.as_deref().unwrap_or(&place.name);
                            @match &place.link {
                                Some(link) => a href=(link) target="_blank" rel="noopener noreferrer" { (handle) " ↗" },
                                None => span.faint { (handle) },
                            }
                        }
                    }
                }
            }
            @if view.is_own { p.notice { (lang.pick("This is you.", "Das bist du.")) } }
        }
        div.stack {
            (said::apart(view.party, party.apart, lang))
            @if let Some(seen) = &view.assessment { (stands(seen, lang)) }
            @if !view.unknown.is_empty() {
                div.faint { @for unknown in &view.unknown { p { (unknown) } } }
            }
            div.two.charts {
                (forecast(course, lang))
                (timeline(course, lang))
            }
            div.two {
                (said::notes(view.party, &known.notes, lang))
                (said::tags(view.party, &known.tags, lang))
            }
            div.two {
                (ties(&view.ties, lang))
                (said::accounts(known, lang))
            }
            (events(view, lang))
        }
    }
}

fn stands(seen: &AssessmentView, lang: Lang) -> Markup {
    let (first, rest) = seen.told.split_first().map_or(("", [].as_slice()), |(a, b)| (a, b));
    html! {
        section.sheet.stands {
            div {
                p.huge { (Lang::chance(seen.alive)) }
                p { span class={ "level " (seen.level) } { (words::level(seen.level, lang)) } }
                p.small.faint { (standing::interval(seen, lang)) }
            }
            div {
                h2.lead { (first) }
                @for sentence in rest { p { (sentence) } }
            }
            dl.facts {
                @for (word, value) in standing::facts(seen, lang) { div { dt { (word) } dd { (value) } } }
            }
        }
    }
}

fn forecast(course: &PartyCourseView, lang: Lang) -> Markup {
    let title = lang.pick("If nobody acts", "Wenn niemand etwas tut");
    html! {
        @if !course.points.is_empty() {
            section.sheet {
                h2 { (title) }
                p.small.faint { (standing::forecast(course, lang)) }
                div.wide tabindex="0" role="group" aria-label=(title) { (chart::forecast::draw(course, lang)) }
                details {
                    summary { (lang.pick("The same as a table", "Dasselbe als Tabelle")) }
                    div.wide tabindex="0" role="group" aria-label=(title) { table {
                        thead { tr {
                            th scope="col" { (lang.pick("Day", "Tag")) }
                            th.number scope="col" { (lang.pick("Alive", "Lebendig")) }
                            th.number scope="col" { (lang.pick("from", "von")) }
                            th.number scope="col" { (lang.pick("to", "bis")) }
                        } }
                        tbody {
                            @for point in course.points.iter().step_by(6) {
                                tr {
                                    th.day scope="row" { (lang.shown(&point.day)) }
                                    td.number { (Lang::chance(point.alive)) }
                                    td.number { (Lang::chance(point.alive_range[0])) }
                                    td.number { (Lang::chance(point.alive_range[1])) }
                                }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn timeline(course: &PartyCourseView, lang: Lang) -> Markup {
    let title = lang.pick("Month by month", "Monat für Monat");
    html! {
        @if !course.months.is_empty() {
            section.sheet {
                h2 { (title) }
                p.small.faint { (lang.pick(
                    "Interactions: above the line what they wrote, below what you wrote.",
                    "Interaktionen: über der Linie, was sie schrieben, darunter, was du schriebst.",
                )) }
                div.wide tabindex="0" role="group" aria-label=(title) { (chart::months::draw(course, lang)) }
                details {
                    summary { (lang.pick("The same as a table", "Dasselbe als Tabelle")) }
                    div.wide tabindex="0" role="group" aria-label=(title) { table {
                        thead { tr {
                            th scope="col" { (lang.pick("Month", "Monat")) }
                            th scope="col" { (lang.pick("Where", "Wo")) }
                            th.number scope="col" { (lang.pick("Received", "Empfangen")) }
                            th.number scope="col" { (lang.pick("Sent", "Gesendet")) }
                        } }
                        tbody {
                            @for month in course.months.iter().rev() {
                                tr {
                                    th scope="row" { (month.month) }
                                    td { (words::platform(&month.platform)) }
                                    td.number { (part::known(month.received, lang)) }
                                    td.number { (part::known(month.sent, lang)) }
                                }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn ties(ties: &[TieView], lang: Lang) -> Markup {
    html! {
        section.sheet {
            h2 { (lang.pick("Ties", "Verbindungen")) }
            @if ties.is_empty() { p.faint { (standing::no_tie(lang)) } }
            ul.plain {
                @for tie in ties {
                    li {
                        (words::platform(&tie.platform)) " "
                        (direction(tie.direction, lang)) " " (tie_word(tie.kind, lang))
                        @if let Some(since) = &tie.since {
                            " " span.faint {
                                (lang.pick("since ", "seit ")) (lang.shown(since))
                                @if tie.is_older { " " (lang.pick("or before", "oder früher")) }
                                @if let Some(until) = &tie.until { " – " (lang.shown(until)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn events(view: &PartyView, lang: Lang) -> Markup {
    html! {
        @if !view.events.is_empty() {
            section.sheet {
                h2 { (standing::contacts(view, lang)) }
                table {
                    thead { tr {
                        th scope="col" { (lang.pick("Day", "Tag")) }
                        th scope="col" { (lang.pick("What", "Was")) }
                        th scope="col" { (lang.pick("Where", "Wo")) }
                    } }
                    tbody { @for event in &view.events { (one(event, lang)) } }
                }
            }
        }
    }
}

fn one(event: &EventView, lang: Lang) -> Markup {
    html! {
        tr {
            th.day scope="row" { (lang.shown(&event.day)) }
            td { (direction(event.direction, lang)) " " (event_word(event.kind, lang)) }
            td { (words::platform(&event.platform)) }
        }
    }
}

fn direction(name: &str, lang: Lang) -> Markup {
    let (arrow, word) = if name == "sent" {
        ("→", lang.pick("you:", "du:"))
    } else {
        ("←", lang.pick("they:", "sie:"))
    };
    html! { span aria-hidden="true" { (arrow) } span.hidden { (word) } }
}
