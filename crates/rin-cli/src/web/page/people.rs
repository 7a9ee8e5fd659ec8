//! Whom we know: the list, with a search.

use maud::{Markup, html};
use rin_app::{Lang, PartyListView, PartyRow};

use super::{part, words};

/// What the list shows.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct People<'a> {
    /// The relationships.
    pub(in crate::web) list: &'a PartyListView,
    /// What was searched for.
    pub(in crate::web) text: &'a str,
    /// The level asked for; empty for all.
    pub(in crate::web) level: &'a str,
}

/// Shows the list.
pub(in crate::web) fn page(people: &People<'_>, lang: Lang) -> Markup {
    let list = people.list;
    html! {
        div.head {
            div {
                h1 { (lang.pick("People", "Menschen")) }
                p.faint role="status" { (found(people, lang)) }
            }
            (search(people, lang))
        }
        @if !list.parties.is_empty() { (table(list, lang)) }
    }
}

fn found(people: &People<'_>, lang: Lang) -> String {
    let (total, shown) = (people.list.total, people.list.parties.len());
    let one = ("relationship", "Beziehung");
    let all = lang.count(total as u64, one, ("relationships", "Beziehungen"));
    if shown < total {
        return lang
            .pick(format!("{all}, the first {shown}"), format!("{all}, die ersten {shown}"));
    }
    all
}

fn search(people: &People<'_>, lang: Lang) -> Markup {
    let levels = lang.pick(
        [("", "all"), ("fading", "fading"), ("alive", "alive"), ("lapsed", "lapsed")],
        [("", "alle"), ("fading", "verblassend"), ("alive", "lebendig"), ("lapsed", "verfallen")],
    );
    html! {
        form.row method="get" action="/people" role="search" {
            label.hidden for="text" { (lang.pick("Name or handle", "Name oder Adresse")) }
            input #text type="search" name="text" value=(people.text)
                placeholder=(lang.pick("Name or handle", "Name oder Adresse"));
            label.hidden for="level" { (lang.pick("How it stands", "Stand")) }
            select #level name="level" {
                @for (value, word) in levels {
                    option value=(value) selected[people.level == value] { (word) }
                }
            }
            button { (lang.pick("Find", "Finden")) }
        }
    }
}

fn table(list: &PartyListView, lang: Lang) -> Markup {
    let titles = lang.pick(
        ["Who", "Alive", "Stands", "Where", "Lapses", "Last contact", "Days of contact"],
        ["Wer", "Lebendig", "Stand", "Wo", "Verfällt", "Letzter Kontakt", "Kontakttage"],
    );
    html! {
        div.wide.sheet tabindex="0" role="group" aria-label=(lang.pick("People", "Menschen")) {
            table {
                thead { tr { @for title in titles { th scope="col" { (title) } } } }
                tbody { @for row in &list.parties { (one(row, lang)) } }
            }
        }
    }
}

fn one(row: &PartyRow, lang: Lang) -> Markup {
    html! {
        tr {
            th scope="row" { a href={ "/people/" (row.party) } { (part::breakable(&row.name)) } }
            td { (words::probability(row.alive, lang.pick("alive", "lebendig"))) }
            td { span class={ "level " (row.level) } { (words::level(row.level, lang)) } }
            td { @for platform in &row.platforms { (words::platform(platform)) " " } }
            td.number { (lang.shown(&row.lapse)) }
            td.number { (lang.shown(&row.last)) }
            td.number { (row.contact_days) }
        }
    }
}
