//! The network: the picture, the words that narrow it, the facts of whoever is pointed at, and a table with the same facts.
//!
//! The picture itself is drawn by a script from `/network/picture`; what is here reads without it.

mod picture;

use maud::{Markup, html};
use rin_app::{Lang, NetworkPartView, NetworkPointView, NetworkView};

pub(in crate::web) use self::picture::Picture;
use super::{part, words};
use crate::web::{asset, shell::encoded};

/// Rows of the table.
const ROWS: usize = 100;

/// Shows the network.
pub(in crate::web) fn page(view: &NetworkView, lang: Lang) -> Markup {
    html! {
        script defer src=(asset::network()) {}
        header.head {
            div {
                h1 { (lang.pick("Network", "Netz")) }
                p.faint { (scope(view, lang)) }
            }
            (levels(view, lang))
        }
        (form((&view.filter, view.group), lang))
        div.network {
            (figure(view, lang))
            section.beside aria-labelledby="who" {
                h2 #who { (lang.pick("Who", "Wer")) }
                @for remark in &view.remarks { p.faint.small { (remark) } }
                (table(view, lang))
            }
        }
    }
}

/// Shows that a filter was not understood, with the way to mend it.
pub(in crate::web) fn not_understood(
    asked: (&str, Option<usize>),
    (what, remedy): (&str, &str),
    lang: Lang,
) -> Markup {
    html! {
        header.head { h1 { (lang.pick("Network", "Netz")) } }
        (form(asked, lang))
        div.notice.bad role="alert" { p { (what) } p { (remedy) } }
    }
}

/// Returns where a part of the network is shown.
fn address(part: &NetworkPartView) -> String {
    format!("/network{}", query(&part.filter, part.group))
}

fn query(filter: &str, group: Option<usize>) -> String {
    let group = group.map_or_else(String::new, |group| format!("&group={group}"));
    format!("?filter={}{group}", encoded(filter))
}

fn scope(view: &NetworkView, lang: Lang) -> String {
    let (total, fitting) = (view.total, view.fitting);
    let known = view.covered_until.as_deref().map_or_else(String::new, |day| {
        let day = lang.shown(day);
        lang.pick(format!(", known until {day}"), format!(", bekannt bis {day}"))
    });
    let people =
        lang.count(total as u64, ("relationship", "Beziehung"), ("relationships", "Beziehungen"));
    if fitting == total {
        return format!("{people}{known}");
    }
    lang.pick(
        format!("{fitting} of {people}{known}"),
        format!("{fitting} von {total} Beziehungen{known}"),
    )
}

fn levels(view: &NetworkView, lang: Lang) -> Markup {
    let of = &view.levels;
    let all = [
        ("alive", of.alive, lang.pick("alive", "lebendig")),
        ("fading", of.fading, lang.pick("fading", "verblassend")),
        ("lapsed", of.lapsed, lang.pick("lapsed", "verfallen")),
        ("unseen", of.no_contact, lang.pick("no contact seen", "kein Kontakt zu sehen")),
    ];
    html! {
        dl.tallies { @for (level, n, name) in all {
            div class={ "tally is-" (level) } {
                dt { a href={ "/network?filter=" (level) } { (name) } }
                dd { (n) }
            }
        } }
    }
}

fn form((filter, group): (&str, Option<usize>), lang: Lang) -> Markup {
    let hint = "\"Ann B\", platform:mastodon, fading …";
    html! {
        form.filter action="/network" method="get" role="search" {
            label.grow { span.hidden { (lang.pick("Filter", "Filter")) }
                input #filter type="search" name="filter" value=(filter) placeholder=(hint)
                    autocomplete="off" spellcheck="false" aria-describedby="filter-said";
            }
            button { (lang.pick("Narrow", "Eingrenzen")) }
            @if let Some(group) = group { input type="hidden" name="group" value=(group); }
            @if !filter.is_empty() || group.is_some() { a.button.plain href="/network" { (lang.pick("All", "Alle")) } }
            p.small.warn #filter-said role="status" hidden {}
            (help(lang))
        }
    }
}

/// Examples of the filter language, and what they mean in English and German; its page is `docs/FILTER.md`.
const EXAMPLES: [(&str, &str, &str); 9] = [
    ("\"Ann B\"", "who is called so, in quotation marks", "wer so heißt, in Anführungszeichen"),
    ("platform:mastodon", "who has an account there", "wer dort ein Konto hat"),
    (
        "fading",
        "how they stand: alive, fading, lapsed, or unseen (no contact seen)",
        "wie es steht: alive (lebendig), fading (verblassend), lapsed (verfallen) oder unseen (kein Kontakt zu sehen)",
    ),
    ("tag:press", "who bears that tag of yours", "wer dieses Schlagwort von dir trägt"),
    ("tier:inner", "inner, close, regular, loose", "inner, close, regular, loose"),
    ("alive<50%", "probability of being alive", "Wahrscheinlichkeit, lebendig zu sein"),
    (
        "silent>90d lapses<2w",
        "time since the last contact; time until it lapses",
        "Zeit seit dem letzten Kontakt; Zeit bis zum Verfall",
    ),
    ("waiting", "who waits for an answer of yours", "wer auf eine Antwort von dir wartet"),
    (
        "-lapsed (tag:press or tag:radio)",
        "a minus turns a word round; or, parentheses",
        "ein Minus kehrt ein Wort um; or heißt oder; Klammern",
    ),
];

fn help(lang: Lang) -> Markup {
    html! {
        details.help {
            summary { (lang.pick("What can be asked", "Was man fragen kann")) }
            dl.pairs { @for (words, en, de) in EXAMPLES {
                dt { code { (words) } } dd { (lang.pick(en, de)) }
            } }
            p.faint.small { (lang.pick(
                "It is the language of every list; docs/FILTER.md has all its words.",
                "Es ist die Sprache aller Listen; docs/FILTER.md hat alle ihre Wörter.",
            )) }
        }
    }
}

fn figure(view: &NetworkView, lang: Lang) -> Markup {
    let name = lang.pick(
        "Picture of the network; the table has the same facts. Arrow keys move it, plus and minus scale it, N and P go from one to the next, Enter opens, 0 shows all.",
        "Bild des Netzes; die Tabelle sagt dasselbe. Pfeiltasten verschieben, Plus und Minus vergrößern, N und P gehen von einem zum nächsten, Eingabe öffnet, 0 zeigt alles.",
    );
    let source = format!("/network/picture{}", query(&view.filter, view.group));
    html! {
        figure.sheet.weave {
            div.tools {
                div.choice role="group" aria-label=(lang.pick("Picture", "Bild")) {
                    button #weave type="button" aria-pressed="true" { (lang.pick("Weave", "Geflecht")) }
                    button #circles type="button" aria-pressed="false" { (lang.pick("Circles", "Kreise")) }
                }
                div.zoom role="group" aria-label=(lang.pick("Scale", "Maßstab")) {
                    button #closer type="button" aria-label=(lang.pick("Larger", "Größer")) { "+" }
                    button #farther type="button" aria-label=(lang.pick("Smaller", "Kleiner")) { "−" }
                    button #whole type="button" { (lang.pick("All", "Alles")) }
                }
            }
            canvas #network tabindex="0" role="application" aria-label=(name) data-source=(source)
                data-lang=(lang.pick("en", "de")) data-words=(script_words(lang)) {}
            div.facts-of #facts role="status" hidden {}
            noscript { p.notice { (lang.pick("The picture needs the page's own script; the table does not.", "Das Bild braucht das Skript der Seite; die Tabelle nicht.")) } }
            figcaption {
                ul.legend #legend { @for (at, one) in view.platforms.iter().enumerate() {
                    li data-platform=(at) { (words::platform(&one.name)) " " span.faint { (one.parties) } }
                } }
                p.faint.small #legend-weave { (lang.pick(
                    "Who is in contact with each other stands together; of whom that is not known, by platform. Size: strength. Filled: alive. Ring: fading or lapsed.",
                    "Wer miteinander in Kontakt ist, steht beisammen; von wem das nicht bekannt ist, nach Plattform. Größe: Stärke. Gefüllt: lebendig. Ring: verblassend oder verfallen.",
                )) }
                p.faint.small #legend-circles hidden { (circles_legend(view, lang)) }
            }
        }
    }
}

fn circles_legend(view: &NetworkView, lang: Lang) -> String {
    let days = lang.number(view.horizon_days);
    lang.pick(
        format!("The nearer to the middle, the more probable another contact within {days} days. On the rim: no source shows any contact."),
        format!("Je näher der Mitte, desto wahrscheinlicher ein weiterer Kontakt binnen {days} Tagen. Am Rand: keine Quelle zeigt einen Kontakt."),
    )
}

/// The words the script needs, as it reads them.
fn script_words(lang: Lang) -> String {
    let words = lang.pick(
        serde_json::json!({
            "alive": "alive", "fading": "fading", "lapsed": "lapsed", "unknown": "no contact seen",
            "last": "last contact", "lapse": "lapses", "lapsedOn": "lapsed", "links": "known contacts in the network",
            "open": "Open", "members": "people", "show": "Show them", "within": "alive",
        }),
        serde_json::json!({
            "alive": "lebendig", "fading": "verblassend", "lapsed": "verfallen", "unknown": "kein Kontakt zu sehen",
            "last": "letzter Kontakt", "lapse": "verfällt", "lapsedOn": "verfiel", "links": "bekannte Kontakte im Netz",
            "open": "Öffnen", "members": "Personen", "show": "Zeigen", "within": "lebendig",
        }),
    );
    words.to_string()
}

fn table(view: &NetworkView, lang: Lang) -> Markup {
    let more = view.listed.len().saturating_sub(ROWS);
    html! {
        @if view.listed.is_empty() {
            p.faint { @if view.total == 0 {
                (lang.pick("Nobody yet: import an export first.", "Noch niemand: zuerst einen Export importieren."))
            } @else { (lang.pick("Nobody fits.", "Niemand passt.")) } }
        } @else {
            div.people role="group" tabindex="0" aria-labelledby="who" { table #people {
                thead { tr {
                    th scope="col" { (lang.pick("Name", "Name")) }
                    th scope="col" { (lang.pick("alive", "lebendig")) }
                } }
                tbody { @for at in view.listed.iter().take(ROWS) {
                    @if let Some(point) = view.points.get(*at) { (row(*at, point, view, lang)) }
                } }
            } }
            @if 0 < more { p.faint.small { (lang.pick(
                format!("and {more} more: narrow them down above"),
                format!("und {more} weitere: oben eingrenzen"),
            )) } }
        }
    }
}

fn row(at: usize, point: &NetworkPointView, view: &NetworkView, lang: Lang) -> Markup {
    let first = point.platforms.first().and_then(|number| view.platforms.get(*number));
    let class = first.map_or_else(|| "platform".to_owned(), |one| part::platform_class(&one.name));
    html! {
        tr data-at=(at) {
            th scope="row" {
                span class=(class) {
                    @if let Some(party) = point.party { a href={ "/people/" (party) } { (part::breakable(&point.name)) } }
                    @else if let Some(opens) = &point.opens {
                        a href=(address(opens)) { (point.name) }
                    }
                }
                @if let Some(one) = first { span.hidden { ", " (one.name) } }
                span.faint.small.block { (state(point, lang)) }
            }
            td { (part::alive(point.alive, lang)) }
        }
    }
}

/// Says how somebody stands, and until when.
fn state(point: &NetworkPointView, lang: Lang) -> String {
    let level = part::level(point.level, lang);
    let Some(lapse) = point.lapse.as_deref().map(|day| lang.shown(day)) else {
        return level.to_owned();
    };
    match point.level {
        Some("lapsed") => lang.pick(format!("lapsed on {lapse}"), format!("verfallen am {lapse}")),
        _ => lang
            .pick(format!("{level}, lapses on {lapse}"), format!("{level}, verfällt am {lapse}")),
    }
}

#[cfg(test)]
mod tests;
