//! Plugins: which are there and how they stand; of one, how far it is shut in, and its norms with their sources.

use maud::{Markup, html};
use rin_app::{Lang, NormView, PluginListView, PluginRow, PluginView};

use super::words;

/// Shows the list.
pub(in crate::web) fn list(view: &PluginListView, lang: Lang) -> Markup {
    html! {
        div.head {
            div {
                h1 { (lang.pick("Plugins", "Plugins")) }
                p.faint { (lang.pick(
                    "What reads exports and knows the platforms' rules. Each runs in a process of its own.",
                    "Was Exporte liest und die Regeln der Plattformen kennt. Jedes läuft in einem eigenen Prozess.",
                )) }
            }
        }
        div.stack {
            @for problem in &view.problems { div.notice.look { p { (problem) } } }
            @if view.plugins.is_empty() {
                div.notice.look {
                    p { (lang.pick("There are none. Looked in:", "Es gibt keine. Gesucht in:")) }
                    @for dir in &view.searched { p { code { (dir) } } }
                }
            } @else {
                div.wide.sheet tabindex="0" role="group" aria-label=(lang.pick("Plugins", "Plugins")) {
                    table {
                        thead { tr {
                            th scope="col" { (lang.pick("Platform", "Plattform")) }
                            th scope="col" { (lang.pick("Plugin", "Plugin")) }
                            th scope="col" { (lang.pick("Version", "Version")) }
                            th scope="col" { (lang.pick("Stands", "Stand")) }
                            th scope="col" { (lang.pick("Sees of people", "Sieht von Menschen")) }
                        } }
                        tbody { @for row in &view.plugins { (one(row, lang)) } }
                    }
                }
            }
        }
    }
}

fn one(row: &PluginRow, lang: Lang) -> Markup {
    html! {
        tr {
            td { (words::platform(&row.platform)) }
            th scope="row" { a href={ "/plugins/" (row.id) } { (row.id) } }
            td { (row.version) }
            td { span class={ "level " (if row.may_run { "alive" } else { "fading" }) } { (row.status) } }
            td {
                @if row.permissions.is_empty() { span.faint { (lang.pick("nothing personal", "nichts Persönliches")) } }
                @else { (row.permissions.join(", ")) }
            }
        }
    }
}

/// Shows one.
pub(in crate::web) fn page(view: &PluginView, lang: Lang) -> Markup {
    html! {
        div.head {
            div {
                h1 { (view.name) }
                p.where { (words::platform(&view.platform)) " " span.faint { (view.id) " " (view.version) " · " (view.license) } }
            }
        }
        div.stack {
            @if let Some(problem) = &view.problem { div.notice.bad { p { (problem) } } }
            section.sheet {
                h2 { (lang.pick("How it stands", "Wie es steht")) }
                dl.facts { @for (word, value) in standing(view, lang) { div { dt { (word) } dd { (value) } } } }
                @if matches!(view.standing, "unknown" | "changed") {
                    p.small { (lang.pick("Let it run with: ", "Laufen lassen mit: ")) code { "rin plugin approve " (view.id) } }
                }
            }
            (norms(&view.norms, lang))
            (examples(view, lang))
            (params(view, lang))
        }
    }
}

fn standing(view: &PluginView, lang: Lang) -> Vec<(&'static str, String)> {
    let nothing = lang.pick("nothing personal", "nichts Persönliches");
    let list = |columns: &[String]| {
        if columns.is_empty() { nothing.to_owned() } else { columns.join(", ") }
    };
    let confined = view.confinement.clone();
    let not_started = lang.pick("not started", "nicht gestartet");
    vec![
        (lang.pick("May run", "Darf laufen"), view.status.clone()),
        (
            lang.pick("Shut in", "Eingeschlossen"),
            confined.unwrap_or_else(|| not_started.to_owned()),
        ),
        (lang.pick("Asks to see", "Möchte sehen"), list(&view.asks)),
        (lang.pick("Sees", "Sieht"), list(&view.permissions)),
        (lang.pick("Figures it is given", "Zahlen, die es bekommt"), view.columns.join(", ")),
        ("SHA-256", view.sha256.clone().unwrap_or_else(|| "–".to_owned())),
    ]
}

fn norms(norms: &[NormView], lang: Lang) -> Markup {
    html! {
        @if !norms.is_empty() {
            section.sheet {
                h2 { (lang.pick("Limits and customs", "Grenzen und Sitten")) }
                ul.plain {
                    @for norm in norms {
                        li {
                            p { (norm.text) }
                            p.small.faint { (lang.pick("Source: ", "Quelle: ")) (source(&norm.source)) }
                        }
                    }
                }
            }
        }
    }
}

/// Shows a source; where it is nothing but an address, as a link.
fn source(text: &str) -> Markup {
    let is_address = text.starts_with("https://") && !text.contains(char::is_whitespace);
    html! {
        @if is_address { a href=(text) target="_blank" rel="noopener noreferrer" { (text) } }
        @else { (text) }
    }
}

fn examples(view: &PluginView, lang: Lang) -> Markup {
    html! {
        @if !view.examples.is_empty() {
            section.sheet {
                h2 { (lang.pick("What it does, by examples", "Was es tut, an Beispielen")) }
                ul.plain {
                    @for example in &view.examples {
                        li {
                            p { (example.text) }
                            p.small.faint {
                                @for (column, value) in &example.row { (column) " " (value) " · " }
                                "→ "
                                @match &example.kind {
                                    Some(kind) => (kind),
                                    None => (lang.pick("nothing", "nichts")),
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn params(view: &PluginView, lang: Lang) -> Markup {
    html! {
        @if !view.params.is_empty() {
            section.sheet {
                h2 { (lang.pick("What can be set in rin.toml", "Was sich in rin.toml setzen lässt")) }
                div.wide tabindex="0" role="group" aria-label=(lang.pick("Settings", "Einstellungen")) {
                    table {
                        thead { tr {
                            th scope="col" { (lang.pick("Key", "Schlüssel")) }
                            th scope="col" { (lang.pick("What it does", "Was er tut")) }
                            th.number scope="col" { (lang.pick("Default", "Vorgabe")) }
                            th.number scope="col" { (lang.pick("Range", "Bereich")) }
                        } }
                        tbody {
                            @for param in &view.params {
                                tr {
                                    th scope="row" { code { (param.key) } }
                                    td { (param.text) }
                                    td.number { (param.default) }
                                    td.number { (param.range) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
