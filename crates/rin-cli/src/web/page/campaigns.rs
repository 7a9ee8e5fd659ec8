//! Campaigns: which there are, whether one may start, and what one brought.

mod report;

use maud::{Markup, html};
use rin_app::{CampaignCheckView, CampaignListView, CampaignRow, CheckView, Lang};

pub(in crate::web) use self::report::page as report;
use crate::{web::shell::encoded, words};

/// Shows all campaigns.
pub(in crate::web) fn list(view: &CampaignListView, lang: Lang) -> Markup {
    html! {
        header.head { h1 { (lang.pick("Campaigns", "Kampagnen")) } }
        @if view.campaigns.is_empty() {
            div.notice {
                p { (lang.pick(
                    "No campaign yet. A campaign ends; it is worth what it leaves to the programme.",
                    "Noch keine Kampagne. Eine Kampagne endet; wert ist sie, was sie dem Programm lässt.",
                )) }
                p { (lang.pick("Plan one: ", "Eine planen: ")) code { "rin campaign new NAME" } }
            }
        } @else {
            ol.cards { @for row in &view.campaigns { (card(row, lang)) } }
        }
    }
}

fn card(row: &CampaignRow, lang: Lang) -> Markup {
    let has_page = row.state != "unreadable";
    html! {
        li.sheet.stack-tight {
            h2 {
                @if has_page { a href={ "/campaigns/" (encoded(&row.id)) } { (row.name) } }
                @else { (row.name) }
            }
            p {
                span class={ "state is-" (row.state) } { (words::campaign_state(row.state, lang)) }
                @if let (Some(from), Some(until)) = (&row.from, &row.until) {
                    " " (lang.shown(from)) " – " (lang.shown(until))
                }
            }
            @if let Some(until) = &row.aftercare_until {
                p.faint { (lang.pick("aftercare until ", "Nachsorge bis ")) (lang.shown(until)) }
            }
            @if let Some(minutes) = row.minutes {
                p.faint {
                    (lang.number(minutes)) " min"
                    @if let Some(money) = row.money {
                        (lang.pick(", money ", ", Geld ")) (lang.number(money))
                    }
                }
            }
            @if let Some(why) = &row.despite {
                p.faint { (lang.pick("Started although the check said stop: ", "Begonnen, obwohl die Prüfung abriet: ")) (why) }
            }
            @if let Some(problem) = &row.problem { p.warn { (problem) } }
        }
    }
}

/// Shows whether a campaign may start.
pub(in crate::web) fn check(view: &CampaignCheckView, lang: Lang) -> Markup {
    let class = match view.verdict {
        "ok" => "notice",
        "warn" => "notice look",
        _ => "notice bad",
    };
    html! {
        (head(&view.name, (&view.from, &view.until), lang))
        div.stack {
            p class=(class) { strong { (view.said) } }
            section aria-labelledby="checks" {
                h2 #checks { (lang.pick("Is it ready?", "Ist sie bereit?")) }
                ul.checks { @for one in &view.checks { (answer(one, lang)) } }
            }
            @for problem in &view.problems { p.warn { (problem) } }
            @if view.verdict != "stop" {
                p { (lang.pick("Start it: ", "Beginnen: ")) code { "rin campaign start " (view.id) } }
            }
        }
    }
}

fn answer(one: &CheckView, lang: Lang) -> Markup {
    html! {
        li class={ "check is-" (one.verdict) } {
            span.mark-of { (words::verdict(one.verdict, lang)) }
            div {
                p { (one.said) }
                @if let Some(remedy) = &one.remedy { p.faint { (remedy) } }
            }
        }
    }
}

/// The head of one campaign's page.
fn head(name: &str, (from, until): (&str, &str), lang: Lang) -> Markup {
    html! {
        header.head { div {
            p.small { a href="/campaigns" { (lang.pick("All campaigns", "Alle Kampagnen")) } }
            h1 { (name) }
            p.faint { (lang.shown(from)) " – " (lang.shown(until)) }
        } }
    }
}
