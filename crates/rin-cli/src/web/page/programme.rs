//! The programme: what each period has and what was spent of it, who tends the network, what the budget keeps alive.

use maud::{Markup, html};
use rin_app::{
    BudgetPointView, BudgetView, EstimateView, Lang, MemberView, PeriodView, ProgrammeView,
};

use super::{part, words};
use crate::picture;

/// Shows a programme.
pub(in crate::web) fn page(view: &ProgrammeView, lang: Lang) -> Markup {
    html! {
        header.head {
            div {
                h1 { (view.name) }
                p.faint { (view.said) }
            }
            @if !view.others.is_empty() { (others(view, lang)) }
        }
        div.stack {
            @for remark in &view.remarks { p.notice.look { (remark.text) } }
            @if !view.goals.is_empty() { (goals(view, lang)) }
            section.sheet.stack-tight aria-labelledby="periods" {
                h2 #periods { (lang.pick("Budget by period", "Budget nach Zeitraum")) }
                (periods(view, lang))
            }
            (keeps(view, lang))
            section.sheet.stack-tight aria-labelledby="team" {
                h2 #team { (lang.pick("Team", "Team")) }
                (team(view, lang))
            }
            section.sheet.stack-tight aria-labelledby="history" {
                h2 #history { (lang.pick("History", "Verlauf")) }
                ol.steps { @for step in &view.history {
                    li {
                        time datetime=(step.at) { (lang.shown(&step.at)) } " " (step.said)
                        @if let Some(note) = &step.note { p.faint { (note) } }
                    }
                } }
            }
        }
    }
}

/// Says that there is none yet, and how to begin one.
pub(in crate::web) fn none(lang: Lang) -> Markup {
    html! {
        header.head { h1 { (lang.pick("Programme", "Programm")) } }
        div.notice {
            p { (lang.pick(
                "There is no programme yet: a lasting commitment with a budget of minutes that is renewed.",
                "Es gibt noch kein Programm: ein dauerndes Versprechen mit einem Budget an Minuten, das erneuert wird.",
            )) }
            p { (lang.pick("Begin one: ", "Eines beginnen: ")) code { (lang.pick(
                "rin programme new NAME --member ANNA=120",
                "rin programme new NAME --member ANNA=120",
            )) } }
        }
    }
}

fn others(view: &ProgrammeView, lang: Lang) -> Markup {
    html! {
        nav.others aria-label=(lang.pick("Other programmes", "Andere Programme")) {
            @for name in &view.others {
                a.button href={ "/programme?name=" (crate::web::shell::encoded(name)) } { (name) }
            }
        }
    }
}

fn goals(view: &ProgrammeView, lang: Lang) -> Markup {
    html! {
        section aria-labelledby="goals" {
            h2 #goals { (lang.pick("Goals", "Ziele")) }
            ul { @for goal in &view.goals { li { (goal) } } }
            @if !view.platforms.is_empty() {
                p { @for name in &view.platforms { (words::platform(name)) " " } }
            }
        }
    }
}

fn periods(view: &ProgrammeView, lang: Lang) -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label=(lang.pick("Budget by period", "Budget nach Zeitraum")) { table {
            thead { tr {
                th scope="col" { (lang.pick("Period", "Zeitraum")) }
                th.number scope="col" { (lang.pick("min a week", "min je Woche")) }
                th scope="col" { (lang.pick("spent", "verbraucht")) }
                th.number scope="col" { (lang.pick("minutes", "Minuten")) }
                th.number scope="col" { (lang.pick("money", "Geld")) }
                th scope="col" { (lang.pick("left", "übrig")) }
            } }
            tbody { @for period in &view.periods { (row(period, lang)) } }
        } }
        p.faint.small { (lang.pick(
            "The mark in a bar is what the days gone by would have allowed.",
            "Der Strich im Balken ist, was die vergangenen Tage erlaubt hätten.",
        )) }
    }
}

fn row(period: &PeriodView, lang: Lang) -> Markup {
    let (from, until) = (lang.shown(&period.from), lang.shown(&period.until));
    let (spent, minutes) = (lang.number(period.spent_minutes), lang.number(period.minutes));
    let left = period.days_left.map_or_else(
        || match period.state {
            "past" => lang.pick("over", "vorbei").to_owned(),
            _ => lang.pick("to come", "kommt").to_owned(),
        },
        |left| lang.count(left.into(), ("day", "Tag"), ("days", "Tage")),
    );
    html! {
        tr.running[period.state == "running"] {
            th.day scope="row" { (from) " – " (until) }
            td.number { (lang.number(period.minutes_per_week)) }
            td { (bar(period, lang)) }
            td.number { (spent) " / " (minutes) }
            td.number { @if let Some(money) = period.money { (lang.number(money)) } @else { "–" } }
            td { (left) }
        }
    }
}

/// Draws what was spent of a period, and a mark where it would be if spent evenly.
fn bar(period: &PeriodView, lang: Lang) -> Markup {
    let width = |minutes: f64| 100.0 * (minutes / period.minutes.max(1.0)).clamp(0.0, 1.0);
    let (spent, due) = (width(period.spent_minutes), width(period.due_minutes));
    let share = Lang::percent(period.spent_minutes / period.minutes.max(1.0));
    let name = lang.pick(format!("{share} spent"), format!("{share} verbraucht"));
    html! {
        svg.spent-bar viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(name) {
            rect.whole width="100" height="10" {}
            rect.spent width=(format!("{spent:.1}")) height="10" {}
            @if period.state == "running" {
                rect.due x=(format!("{:.1}", (due - 0.5).max(0.0))) width="1" height="10" {}
            }
        }
    }
}

fn team(view: &ProgrammeView, lang: Lang) -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label=(lang.pick("Team", "Team")) { table {
            thead { tr {
                th scope="col" { (lang.pick("Who", "Wer")) }
                th.number scope="col" { (lang.pick("min a week", "min je Woche")) }
                th.number scope="col" { (lang.pick("spent", "verbraucht")) }
                th scope="col" { (lang.pick("Platforms", "Plattformen")) }
                th scope="col" { (lang.pick("until", "bis")) }
            } }
            tbody { @for member in &view.team { (member_row(member, lang)) } }
        } }
    }
}

fn member_row(member: &MemberView, lang: Lang) -> Markup {
    html! {
        tr.gone[!member.is_there] {
            th scope="row" { (member.name) }
            td.number { (lang.number(member.minutes_per_week)) }
            td.number {
                @if let Some(minutes) = member.spent_minutes { (lang.number(minutes)) } @else { "–" }
            }
            td {
                @if member.platforms.is_empty() { span.faint { (lang.pick("all", "alle")) } }
                @for name in &member.platforms { (words::platform(name)) " " }
            }
            td { @if let Some(until) = &member.until { (lang.shown(until)) } }
        }
    }
}

/// What the budget keeps alive, or the way to ask: a year lived through several times takes seconds.
fn keeps(view: &ProgrammeView, lang: Lang) -> Markup {
    let title = lang.pick("What the budget keeps alive", "Was das Budget am Leben hält");
    let ask = format!("/programme?budget=yes&name={}", crate::web::shell::encoded(&view.name));
    html! {
        section.sheet.stack-tight #keeps aria-labelledby="keeps-title" {
            h2 #keeps-title { (title) }
            @if let Some(budget) = &view.budget {
                (part::sentences(&budget.said))
                @if !budget.curve.is_empty() {
                    (part::chart(picture::budget::on_page(budget, lang), title))
                    details {
                        summary { (lang.pick("As a table", "Als Tabelle")) }
                        (curve(budget, lang))
                    }
                }
                (part::notes(&budget.notes, lang))
            } @else {
                p { (lang.pick(
                    "What half an hour more or less a week would change: your network is lived through for a year, several times. That takes some seconds.",
                    "Was eine halbe Stunde mehr oder weniger je Woche ändern würde: dein Netz wird ein Jahr lang durchlebt, mehrmals. Das dauert einige Sekunden.",
                )) }
                p { a.button href=(ask) { (lang.pick("Live through a year", "Ein Jahr durchleben")) } }
            }
        }
    }
}

fn curve(budget: &BudgetView, lang: Lang) -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label=(lang.pick("What a budget keeps alive", "Was ein Budget am Leben hält")) { table {
            thead { tr {
                th.number scope="col" { (lang.pick("min a week", "min je Woche")) }
                th.number scope="col" { (lang.pick("alive", "leben")) }
                th.number scope="col" { (lang.pick("against today", "gegen heute")) }
                th.number scope="col" { (lang.pick("contacts", "Kontakte")) }
            } }
            tbody { @for point in &budget.curve { (budget_row(point, lang)) } }
        } }
    }
}

fn budget_row(point: &BudgetPointView, lang: Lang) -> Markup {
    html! {
        tr.running[point.is_budget] {
            th.number scope="row" { (lang.number(point.minutes_a_week)) }
            td.number { (estimate(&point.alive, lang)) }
            td.number {
                @if point.is_budget { "·" } @else { (lang.signed(point.changed.value)) }
                @if let (false, Some(range)) = (point.is_budget, point.changed.interval) {
                    span.faint { " (" (lang.signed(range.low)) " – " (lang.signed(range.high)) ")" }
                }
            }
            td.number { (lang.number(point.touches)) }
        }
    }
}

fn estimate(estimate: &EstimateView, lang: Lang) -> String {
    part::ranged(estimate.value, estimate.interval.map(|range| (range.low, range.high)), lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(state: &'static str, spent_minutes: f64) -> PeriodView {
        PeriodView {
            from: "2026-01-05".to_owned(),
            until: "2027-01-05".to_owned(),
            state,
            minutes: 4_000.0,
            minutes_per_week: 77.0,
            money: None,
            spent_minutes,
            due_minutes: 2_000.0,
            days_left: (state == "running").then_some(141),
        }
    }

    #[test]
    fn a_bar_ends_with_the_budget_and_marks_today_while_it_runs() {
        let running = bar(&period("running", 1_000.0), Lang::De).into_string();
        assert!(running.contains("width=\"25.0\"") && running.contains("x=\"49.5\""), "{running}");
        assert!(running.contains("aria-label=\"25 % verbraucht\""), "{running}");
        let over = bar(&period("past", 9_000.0), Lang::En).into_string();
        assert!(
            over.contains("class=\"spent\" width=\"100.0\"") && !over.contains("due"),
            "{over}"
        );
        assert!(over.contains("225 % spent"), "{over}");
    }

    #[test]
    fn what_is_left_of_a_period_is_days_or_its_state() {
        let row = |one: &PeriodView, lang| row(one, lang).into_string();
        assert!(row(&period("running", 0.0), Lang::En).contains("141 days"));
        assert!(row(&period("past", 0.0), Lang::De).contains("vorbei"));
        assert!(row(&period("to come", 0.0), Lang::De).contains("kommt"));
    }
}
