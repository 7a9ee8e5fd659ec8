//! What a campaign brought: whether what it won lasts, what that cost, and who was left standing.

use maud::{Markup, html};
use rin_app::{AliveView, BasketView, CampaignAnswerView, CampaignReportView, Lang, SeriesView};

use super::head;
use crate::{
    picture,
    web::page::{part, words},
};

/// Shows it.
pub(in crate::web) fn page(view: &CampaignReportView, lang: Lang) -> Markup {
    let curves = lang.pick("How long its ties last", "Wie lange ihre Beziehungen halten");
    html! {
        (head(&view.name, (&view.from, &view.until), lang))
        div.stack {
            @for (sentence, answer) in view.verdict.iter().zip([&view.lasting, &view.influx]) {
                p class=(class_of(answer)) { strong { (sentence) } }
            }
            section.sheet.stack-tight aria-labelledby="lives" {
                h2 #lives { (curves) }
                @if view.won.curve.is_empty() && view.otherwise.curve.is_empty() {
                    p.faint { (lang.pick("No tie has ended yet that could be shown.", "Noch ist keine Beziehung geendet, die zu zeigen wäre.")) }
                } @else {
                    (part::chart(picture::lives::on_page(view, lang), curves))
                    p.faint.small { (lang.pick(
                        "The bands hold the truth in 95 of 100 cases; lives are known until ",
                        "Die Bänder enthalten die Wahrheit in 95 von 100 Fällen; bekannt bis ",
                    )) (lang.shown(&view.lives_known_until)) "." }
                }
                details open {
                    summary { (lang.pick("As a table", "Als Tabelle")) }
                    (lives(view, lang))
                }
                @if let Some(mean) = view.mean {
                    p { (mean_lives(mean, lang)) }
                }
            }
            div.halves {
                section.sheet.stack-tight aria-labelledby="influx" {
                    h2 #influx { (lang.pick("Did it bring more?", "Kam mehr?")) }
                    (series(&view.new_ties, lang))
                    (series(&view.interactions, lang))
                }
                section.sheet.stack-tight aria-labelledby="cost" {
                    h2 #cost { (lang.pick("What it cost", "Was sie kostete")) }
                    (cost(view, lang))
                }
            }
            (basket(view.basket.as_ref(), lang))
            (part::notes(&view.notes, lang))
        }
    }
}

fn class_of(answer: &CampaignAnswerView) -> &'static str {
    match answer.is {
        "better" => "notice",
        "worse" => "notice bad",
        _ => "notice look",
    }
}

fn lives(view: &CampaignReportView, lang: Lang) -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label=(lang.pick("How long its ties last", "Wie lange ihre Beziehungen halten")) { table {
            thead { tr {
                th scope="col" { (lang.pick("alive after", "noch da nach")) }
                th.number scope="col" { (lang.pick("won by it", "gewonnen")) }
                th.number scope="col" { (lang.pick("won otherwise", "sonst gewonnen")) }
                th.number scope="col" { (lang.pick("forecast, won by it", "Vorhersage, gewonnen")) }
                th.number scope="col" { (lang.pick("forecast, otherwise", "Vorhersage, sonst")) }
            } }
            tbody {
                @for (won, otherwise) in view.won.alive.iter().zip(&view.otherwise.alive) {
                    tr {
                        th scope="row" { (won.days) " " (lang.pick("days", "Tagen")) }
                        td.number { (seen(won, lang)) }
                        td.number { (seen(otherwise, lang)) }
                        td.number { (forecast(won, lang)) }
                        td.number { (forecast(otherwise, lang)) }
                    }
                }
                tr {
                    th scope="row" { (lang.pick("ties", "Beziehungen")) }
                    td.number { (view.won.ties) }
                    td.number { (view.otherwise.ties) }
                    td {} td {}
                }
            }
        } }
    }
}

fn mean_lives(mean: rin_app::MeanView, lang: Lang) -> String {
    let (difference, days) = (lang.number(mean.difference.abs()), lang.number(mean.within_days));
    let (low, high) = (lang.signed(mean.low), lang.signed(mean.high));
    let than = if 0.0 <= mean.difference { ("longer", "länger") } else { ("shorter", "kürzer") };
    lang.pick(
        format!(
            "Within {days} days they live {difference} days {} on average ({low} to {high}).",
            than.0
        ),
        format!(
            "Binnen {days} Tagen leben sie im Mittel {difference} Tage {} ({low} bis {high}).",
            than.1
        ),
    )
}

fn seen(one: &AliveView, lang: Lang) -> String {
    range((one.share, one.share_low, one.share_high), lang)
}

fn forecast(one: &AliveView, lang: Lang) -> String {
    range((one.forecast, one.forecast_low, one.forecast_high), lang)
}

/// Shows a share with its interval, or a dash where nothing is known.
fn range((share, low, high): (Option<f64>, Option<f64>, Option<f64>), lang: Lang) -> String {
    let shown = share.zip(low).zip(high).map(|((share, low), high)| {
        format!("{} ({:.0}–{:.0})", lang.share(share), 100.0 * low, 100.0 * high)
    });
    shown.unwrap_or_else(|| "–".to_owned())
}

fn series(series: &SeriesView, lang: Lang) -> Markup {
    let what = match series.counted {
        "new ties" => lang.pick("New ties a week", "Neue Beziehungen je Woche"),
        "received" => lang.pick("Interactions received a week", "Erhaltene Interaktionen je Woche"),
        _ => lang.pick("Interactions a week", "Interaktionen je Woche"),
    };
    let number =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| lang.number(value));
    let change = |one: rin_app::SeriesChangeView| {
        format!("{} ({} – {})", lang.signed(one.value), lang.signed(one.low), lang.signed(one.high))
    };
    html! {
        h3 { (what) }
        @if let Some(problem) = &series.problem { p.faint { (problem) } } @else {
            dl.pairs {
                dt { (lang.pick("seen", "gesehen")) } dd { (number(series.seen)) }
                dt { (lang.pick("to be expected", "zu erwarten")) } dd { (number(series.expected)) }
                @if let Some(during) = series.during {
                    dt { (lang.pick("difference", "Unterschied")) } dd { (change(during)) }
                }
                @if let Some(after) = series.after {
                    dt { (lang.pick("half a year after", "im halben Jahr danach")) } dd { (change(after)) }
                }
            }
        }
    }
}

fn cost(view: &CampaignReportView, lang: Lang) -> Markup {
    let cost = &view.cost;
    if cost.minutes.is_none() {
        return html! { p.faint { (lang.pick(
            "That is not written down: rin campaign end keeps it.",
            "Das ist nicht aufgeschrieben: rin campaign end hält es fest.",
        )) } };
    }
    let cell =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| lang.number(value));
    let rows = [
        (lang.pick("in all", "insgesamt").to_owned(), cost.minutes, cost.money),
        (
            lang.pick(
                format!("each of {} won", view.won.ties),
                format!("je gewonnene von {}", view.won.ties),
            ),
            cost.minutes_per_won,
            cost.money_per_won,
        ),
        (
            lang.pick(
                format!("each of {} still alive", view.alive),
                format!("je noch lebende von {}", view.alive),
            ),
            cost.minutes_per_alive,
            cost.money_per_alive,
        ),
    ];
    html! {
        div.wide tabindex="0" role="group" aria-label=(lang.pick("What it cost", "Was sie kostete")) { table {
            thead { tr {
                th scope="col" { span.hidden { (lang.pick("For", "Für")) } }
                th.number scope="col" { (lang.pick("minutes", "Minuten")) }
                th.number scope="col" { (lang.pick("money", "Geld")) }
            } }
            tbody { @for (name, minutes, money) in &rows {
                tr { th scope="row" { (name) } td.number { (cell(*minutes)) } td.number { (cell(*money)) } }
            } }
        } }
    }
}

fn basket(basket: Option<&BasketView>, lang: Lang) -> Markup {
    html! {
        section.sheet.stack-tight aria-labelledby="basket" {
            h2 #basket { (lang.pick("The basket", "Der Korb")) }
            @match basket {
                None => p.faint { (lang.pick(
                    "Who was never tended is not known: the sources do not show what you did.",
                    "Wer nie gepflegt wurde, ist nicht bekannt: Die Quellen zeigen nicht, was du tatest.",
                )) },
                Some(basket) if basket.ties == 0 => p { (lang.pick(
                    "It is empty: everybody it won has been tended since.",
                    "Er ist leer: Alle, die sie gewann, wurden seither gepflegt.",
                )) },
                Some(basket) => (left_standing(basket, lang)),
            }
        }
    }
}

fn left_standing(basket: &BasketView, lang: Lang) -> Markup {
    let (ties, n, minutes) = (basket.ties, basket.lines.len(), lang.number(basket.minutes));
    html! {
        p { (lang.pick(
            format!("{ties} of those it won have heard nothing from you since it ended. {n} can be tended this week in {minutes} minutes."),
            format!("{ties} der Gewonnenen haben seit ihrem Ende nichts von dir gehört. {n} lassen sich diese Woche in {minutes} Minuten pflegen."),
        )) }
        @if !basket.lines.is_empty() {
            div.wide tabindex="0" role="group" aria-label=(lang.pick("The basket", "Der Korb")) { table {
                thead { tr {
                    th scope="col" { (lang.pick("Who", "Wer")) }
                    th scope="col" { (lang.pick("Where", "Wo")) }
                    th scope="col" { (lang.pick("What", "Was")) }
                    th.number scope="col" { "min" }
                    th.number scope="col" { (lang.pick("alive, then after", "lebendig, danach")) }
                } }
                tbody { @for line in &basket.lines { tr {
                    th scope="row" { a href={ "/people/" (line.party) } { (line.name) } }
                    td { (words::platform(&line.platform)) }
                    td { (line.what) }
                    td.number { (lang.number(line.minutes)) }
                    td.number { (Lang::percent(line.alive)) " → " (Lang::percent(line.alive_after)) }
                } } }
            } }
        }
        @if !basket.others.is_empty() {
            details {
                summary { (lang.pick(
                    format!("{} for whom nothing is proposed this week", basket.others.len()),
                    format!("{}, für die diese Woche nichts vorgeschlagen wird", basket.others.len()),
                )) }
                p { (basket.others.join(", ")) }
            }
        }
    }
}
