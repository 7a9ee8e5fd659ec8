//! A pause or an exit thought through: what it costs by date of coming back, whom to meet elsewhere, who can be handed over.

use maud::{Markup, html};
use rin_app::{
    ConcentrationView, ElsewhereView, ExitPointView, ExitView, HandoverRow, HandoverView, Lang,
    LeftView, OwnView, UpkeepView,
};

use super::{part, words};
use crate::picture;

/// Contacts of upkeep that are shown unfolded.
const LISTED: usize = 12;

/// What the form asks, as it was filled in.
#[derive(Clone, PartialEq, Debug, Default)]
pub(in crate::web) struct Asked {
    pub(in crate::web) platform: String,
    /// ISO 8601.
    pub(in crate::web) from: String,
    /// ISO 8601; empty for never coming back.
    pub(in crate::web) until: String,
}

/// Shows an exit thought through.
pub(in crate::web) fn page(view: &ExitView, asked: &Asked, own: &[OwnView], lang: Lang) -> Markup {
    html! {
        header.head { div {
            h1 { (lang.pick("A pause, or an exit", "Eine Pause oder ein Ausstieg")) }
            p.faint { (lang.pick(
                "What it costs before you do it, and how to leave well.",
                "Was es kostet, bevor du es tust, und wie man gut geht.",
            )) }
        } }
        div.stack {
            (form(asked, own, lang))
            div.notice { (part::sentences(&view.told)) }
            @if 0 < view.ties { (curves(view, lang)) }
            @if let Some(upkeep) = view.upkeep.as_ref().filter(|one| !one.touches.is_empty()) {
                (kept(upkeep, lang))
            }
            @if !view.elsewhere.is_empty() { (elsewhere(view, lang)) }
            @if let Some(spread) = &view.concentration { (spread_of(spread, lang)) }
            @if 1 < own.len() { (handover_form(own, lang)) }
            (part::notes(&view.assumed, lang))
        }
    }
}

fn form(asked: &Asked, own: &[OwnView], lang: Lang) -> Markup {
    let mut platforms: Vec<&str> = own.iter().map(|one| one.platform.as_str()).collect();
    platforms.sort_unstable();
    platforms.dedup();
    html! {
        form.asking action="/exit" method="get" {
            label { span { (lang.pick("Leave", "Verlassen")) }
                select name="platform" {
                    option value="" { (lang.pick("all platforms", "alle Plattformen")) }
                    @for name in platforms {
                        option value=(name) selected[asked.platform == name] { (name) }
                    }
                }
            }
            label { span { (lang.pick("from", "ab")) }
                input type="date" name="from" value=(asked.from);
            }
            label { span { (lang.pick("back on (empty: never)", "zurück am (leer: nie)")) }
                input type="date" name="until" value=(asked.until);
            }
            button.first { (lang.pick("Think it through", "Durchdenken")) }
        }
    }
}

fn curves(view: &ExitView, lang: Lang) -> Markup {
    let title = lang.pick("By date of coming back", "Nach dem Tag der Rückkehr");
    html! {
        section.sheet.stack-tight aria-labelledby="by-date" {
            h2 #by-date { (title) }
            (part::chart(picture::exit::on_page(view, lang), title))
            details open {
                summary { (lang.pick("As a table", "Als Tabelle")) }
                div.wide tabindex="0" role="group" aria-label=(lang.pick("By date of coming back", "Nach dem Tag der Rückkehr")) { table {
                    thead { tr {
                        th scope="col" { (lang.pick("date", "Datum")) }
                        th.number scope="col" { (lang.pick("going on", "weitermachen")) }
                        th.number scope="col" { (lang.pick("coming back then", "dann zurückkommen")) }
                        th.number scope="col" { (lang.pick("never", "nie")) }
                        th.number scope="col" { (lang.pick("the pause costs", "die Pause kostet")) }
                        th.number scope="col" { (lang.pick("minutes to be back", "Minuten zum Aufholen")) }
                    } }
                    tbody { @for point in &view.points { (row(point, lang)) } }
                } }
            }
        }
    }
}

fn row(point: &ExitPointView, lang: Lang) -> Markup {
    let cost = &point.cost_of_pause;
    html! {
        tr {
            th.day scope="row" { (lang.shown(&point.date)) }
            td.number { (left(&point.engaged)) }
            td.number { (left(&point.returned)) }
            td.number { (left(&point.silent)) }
            td.number { (crate::words::cost_of_pause(cost, lang)) }
            td.number {
                @if let Some(minutes) = point.re_entry.minutes { (format!("{minutes:.0}")) }
                @else { span.faint { (lang.pick("not with one contact each", "nicht mit je einem Kontakt")) } }
            }
        }
    }
}

/// Returns a number with its interval: `12 (7–18)`.
fn left(view: &LeftView) -> String {
    format!("{:.0} ({:.0}–{:.0})", view.expected, view.range[0], view.range[1])
}

fn kept(upkeep: &UpkeepView, lang: Lang) -> Markup {
    let (without, with) = (Lang::percent(upkeep.share_without), Lang::percent(upkeep.share_with));
    let (minutes, n) = (lang.number(upkeep.minutes), upkeep.touches.len());
    let rows = |from: usize, to: usize| {
        html! { @for touch in upkeep.touches.iter().take(to).skip(from) { tr {
            td.day { time datetime=(touch.date) { (lang.shown(&touch.date)) } }
            th scope="row" { a href={ "/people/" (touch.party) } { (touch.name) } }
            td.number { (lang.number(touch.minutes)) " min" }
        } } }
    };
    html! {
        section.sheet.stack-tight aria-labelledby="upkeep" {
            h2 #upkeep { (lang.pick("The least that keeps it through the pause", "Das Wenigste, was es durch die Pause bringt")) }
            p { (lang.pick(
                format!("{n} contacts in {minutes} minutes keep {with} of what going on would keep; without any {without} stay."),
                format!("{n} Kontakte in {minutes} Minuten halten {with} dessen, was Weitermachen hielte; ohne bleiben {without}."),
            )) }
            div.wide tabindex="0" role="group" aria-label=(lang.pick("Whom to keep through the pause", "Wen durch die Pause halten")) { table { tbody { (rows(0, LISTED)) } } }
            @if LISTED < n {
                details {
                    summary { (lang.pick("All of them", "Alle")) }
                    div.wide tabindex="0" role="group" aria-label=(lang.pick("All of them", "Alle")) { table { tbody { (rows(LISTED, n)) } } }
                }
            }
        }
    }
}

fn elsewhere(view: &ExitView, lang: Lang) -> Markup {
    html! {
        section.sheet.stack-tight aria-labelledby="elsewhere" {
            h2 #elsewhere { (lang.pick("Meet them elsewhere first, in this order", "Zuerst anderswo treffen, in dieser Reihenfolge")) }
            @if let Some(n) = view.reachable {
                p.faint { (lang.pick(
                    format!("{n} of {} can be met on another platform.", view.ties),
                    format!("{n} von {} sind auf einer anderen Plattform zu treffen.", view.ties),
                )) }
            }
            div.wide tabindex="0" role="group" aria-label=(lang.pick("Whom to meet elsewhere", "Wen anderswo treffen")) { table {
                thead { tr {
                    th scope="col" { (lang.pick("Who", "Wer")) }
                    th scope="col" { (lang.pick("Where", "Wo")) }
                    th.number scope="col" { (lang.pick("alive if you stay", "lebendig, wenn du bleibst")) }
                    th.number scope="col" { (lang.pick("lost otherwise", "sonst verloren")) }
                } }
                tbody { @for one in &view.elsewhere { (met(one)) } }
            } }
        }
    }
}

fn met(one: &ElsewhereView) -> Markup {
    html! { tr {
        th scope="row" { a href={ "/people/" (one.party) } { (one.name) } }
        td { @for name in &one.platforms { (words::platform(name)) " " } }
        td.number { (Lang::percent(one.alive)) }
        td.number { (Lang::percent(one.lost)) }
    } }
}

fn spread_of(spread: &ConcentrationView, lang: Lang) -> Markup {
    html! {
        section.sheet.stack-tight aria-labelledby="spread" {
            h2 #spread { (lang.pick("On how few accounts it hangs", "An wie wenigen Konten es hängt")) }
            p { (crate::words::concentrated(spread, lang)) }
            dl.pairs { @for (name, share) in &spread.shares {
                dt { (name) } dd { (Lang::percent(*share)) }
            } }
        }
    }
}

/// Asks who hands over to whom.
fn handover_form(own: &[OwnView], lang: Lang) -> Markup {
    let options = |chosen: usize| {
        html! { @for (at, one) in own.iter().enumerate() {
            @let handle = one.handle.as_deref().unwrap_or(&one.name);
            option value=(handle) selected[at == chosen] { (handle) " (" (one.platform) ")" }
        } }
    };
    html! {
        section.sheet.stack-tight aria-labelledby="handover" {
            h2 #handover { (lang.pick("Hand the relationships over", "Die Beziehungen übergeben")) }
            form.asking action="/exit/handover" method="get" {
                label { span { (lang.pick("Who leaves", "Wer geht")) } select name="from" { (options(0)) } }
                label { span { (lang.pick("Who takes over", "Wer übernimmt")) } select name="to" { (options(1)) } }
                button { (lang.pick("Judge it", "Beurteilen")) }
            }
        }
    }
}

/// Shows a handover judged.
pub(in crate::web) fn handover(view: &HandoverView, lang: Lang) -> Markup {
    let class = if view.is_sound == Some(true) { "notice" } else { "notice look" };
    html! {
        header.head { div {
            p.small { a href="/exit" { (lang.pick("A pause, or an exit", "Eine Pause oder ein Ausstieg")) } }
            h1 { (lang.pick("Handover", "Übergabe")) }
            p.faint { (view.from) " → " (view.to) " · " (lang.shown(&view.day)) }
        } }
        div.stack {
            div class=(class) { (part::sentences(&view.told)) }
            section.sheet.stack-tight aria-labelledby="list" {
                h2 #list { (lang.pick("Whom, and what first", "Wen, und was zuerst")) }
                ul.checks { @for row in &view.ties { (handed(row, lang)) } }
                @if 0 < view.dormant {
                    p.faint.small { (lang.pick(
                        format!("{} more have been silent for over a year and are left out.", view.dormant),
                        format!("{} weitere sind seit über einem Jahr still und nicht aufgeführt.", view.dormant),
                    )) }
                }
            }
            p.faint.small { (lang.pick("The list to pass on, encrypted: ", "Die Liste zum Weitergeben, verschlüsselt: "))
                code { "rin exit handover --bundle" } }
        }
    }
}

fn handed(row: &HandoverRow, lang: Lang) -> Markup {
    let (mark, class) = match row.readiness {
        "ready" => (lang.pick("ready", "bereit"), "ok"),
        "answer-first" => (lang.pick("answer first", "erst antworten"), "stop"),
        "introduce" => (lang.pick("introduce", "vorstellen"), "warn"),
        "held" => (lang.pick("held already", "schon gehalten"), "ok"),
        _ => (lang.pick("lapsed", "verfallen"), "off"),
    };
    html! {
        li class={ "check is-" (class) } {
            span.mark-of { (mark) }
            div {
                p {
                    a href={ "/people/" (row.party) } { strong { (row.name) } }
                    @if let Some(handle) = &row.handle { " " span.faint { (handle) } }
                }
                p { (row.why) }
                @if let Some(text) = &row.introduction { p.faint { (text) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_keeps_what_was_asked_and_names_are_text() {
        let own = |platform: &str, name: &str| OwnView {
            platform: platform.to_owned(),
            name: name.to_owned(),
            handle: None,
            covered: String::new(),
            missing: String::new(),
        };
        let own = [own("mail", "us"), own("wall", "<b>\"us\""), own("mail", "us too")];
        let asked = Asked {
            platform: "wall".to_owned(),
            from: "2026-08-17".to_owned(),
            until: String::new(),
        };
        let shown = form(&asked, &own, Lang::De).into_string();
        assert_eq!(shown.matches("<option").count(), 3, "{shown}");
        assert!(shown.contains("<option value=\"wall\" selected>wall</option>"), "{shown}");
        assert!(shown.contains("name=\"from\" value=\"2026-08-17\""), "{shown}");
        let shown = handover_form(&own, Lang::En).into_string();
        assert!(!shown.contains("<b>") && shown.matches(" selected").count() == 2, "{shown}");
    }
}
