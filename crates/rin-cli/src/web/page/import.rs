//! Importing: where exports are dropped, how far the reading is, and what it brought.

use std::path::Path;

use maud::{Markup, html};
use rin_app::{FindingView, ImportView, ImportedView, Lang, StatusView};

use super::words;

/// Shows where exports are dropped, and what the network stands on so far.
pub(in crate::web) fn begin(status: &StatusView, lang: Lang) -> Markup {
    html! {
        div.head { h1 { (lang.pick("Import", "Import")) } }
        div.stack {
            section.drop data-drop {
                h2 { (lang.pick("Drop an export here", "Einen Export hierher ziehen")) }
                p.faint { (lang.pick(
                    "Archives or folders, as the platform handed them out. They are read on this machine and kept nowhere else.",
                    "Archive oder Ordner, wie die Plattform sie herausgab. Gelesen wird auf diesem Rechner, behalten nirgends sonst.",
                )) }
                div.row {
                    button.first type="button" data-opens="#files" { (lang.pick("Choose files", "Dateien wählen")) }
                    button type="button" data-opens="#folder" { (lang.pick("Choose a folder", "Einen Ordner wählen")) }
                }
                input #files type="file" multiple hidden;
                input #folder type="file" webkitdirectory hidden;
                progress hidden max="1" value="0" aria-label=(lang.pick("Taken in", "Entgegengenommen")) {}
                p role="status" data-says {}
            }
            form.sheet.row method="post" action="/import/path" {
                label for="path" { (lang.pick("Or where it lies on this machine:", "Oder wo er auf diesem Rechner liegt:")) }
                input #path.long name="path" required placeholder="/home/anna/Downloads/archive.zip" autocomplete="off";
                button { (lang.pick("Read it", "Lesen")) }
            }
            (ours(status, lang))
            (sources(status, lang))
        }
    }
}

fn ours(status: &StatusView, lang: Lang) -> Markup {
    html! {
        @if !status.own.is_empty() {
            section.sheet {
                h2 { (lang.pick("Your accounts", "Deine Konten")) }
                ul.plain {
                    @for own in &status.own {
                        li {
                            p { (words::platform(&own.platform)) " " strong { (own.handle.as_deref().unwrap_or(&own.name)) } }
                            p.small.faint { (lang.pick("seen: ", "zu sehen: ")) (own.covered) }
                            @if !own.missing.is_empty() {
                                p.small.warn { (lang.pick("not seen: ", "nicht zu sehen: ")) (own.missing) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn sources(status: &StatusView, lang: Lang) -> Markup {
    html! {
        @if !status.sources.is_empty() {
            section.sheet {
                h2 { (lang.pick("Imported so far", "Bisher importiert")) }
                div.wide tabindex="0" role="group" aria-label=(lang.pick("Imported so far", "Bisher importiert")) {
                    table {
                        thead { tr {
                            th scope="col" { (lang.pick("Where from", "Woher")) }
                            th scope="col" { (lang.pick("Name", "Name")) }
                            th scope="col" { (lang.pick("Imported", "Importiert")) }
                            th scope="col" { (lang.pick("Reaches to", "Reicht bis")) }
                            th.number scope="col" { (lang.pick("Findings", "Befunde")) }
                        } }
                        tbody {
                            @for source in &status.sources {
                                tr {
                                    td { (words::platform(&source.platform)) }
                                    th scope="row" { (source.name) }
                                    td { (lang.shown(&source.imported)) }
                                    td { (source.until.as_deref().map_or_else(|| "–".to_owned(), |day| lang.shown(day))) }
                                    td.number { (source.findings) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Shows that an import runs; the script fills in how far it is.
pub(in crate::web) fn running(number: u64, lang: Lang) -> Markup {
    html! {
        div.head { h1 { (lang.pick("Reading", "Wird gelesen")) } }
        section.sheet.stack data-import={ "/import/events/" (number) } {
            progress aria-label=(lang.pick("Read so far", "Bisher gelesen")) {}
            p role="status" data-says {}
            p.small.faint { (lang.pick(
                "Everything else can be looked at meanwhile. Without a script, load this page again.",
                "Alles andere lässt sich derweil ansehen. Ohne Skript diese Seite neu laden.",
            )) }
        }
    }
}

/// Shows what an import brought.
pub(in crate::web) fn report(view: &ImportView, lang: Lang) -> Markup {
    let title = match (view.is_complete, view.is_any) {
        (true, _) => lang.pick("Imported", "Importiert"),
        (false, true) => lang.pick("Imported in part", "Zum Teil importiert"),
        (false, false) => lang.pick("Nothing could be imported", "Nichts ließ sich importieren"),
    };
    html! {
        div.head { h1 tabindex="-1" data-focus { (title) } }
        div.stack {
            @for problem in &view.problems { div.notice.bad { p { (problem) } } }
            @for source in &view.sources { (one(source, lang)) }
            @if let Some(calibration) = &view.calibration { p.faint { (calibration.told) } }
            @for note in &view.notes { p.small.faint { (note) } }
            p.row {
                a.button.first href="/week" { (lang.pick("To this week", "Zu dieser Woche")) }
                a.button href="/import" { (lang.pick("Import more", "Mehr importieren")) }
            }
        }
    }
}

fn one(source: &ImportedView, lang: Lang) -> Markup {
    let path = Path::new(&source.path);
    let name = path.file_name().map_or(source.path.as_str().into(), |name| name.to_string_lossy());
    html! {
        section.sheet.stack {
            div {
                h2 { (name) }
                @if !source.platform.is_empty() {
                    p.where { (words::platform(&source.platform))
                        @if source.was_known { " " span.faint { (lang.pick("imported before", "schon einmal importiert")) } } }
                }
            }
            @match &source.error {
                Some(error) => div.notice.bad { p { (lang.pick("Not imported: ", "Nicht importiert: ")) (error) } },
                None => { (counts(source, lang)) (owners(source, lang)) },
            }
            (findings(&source.findings, lang))
        }
    }
}

fn counts(source: &ImportedView, lang: Lang) -> Markup {
    let rows = [
        (lang.pick("Accounts", "Konten"), source.accounts),
        (lang.pick("Ties", "Verbindungen"), source.ties),
        (lang.pick("Interactions", "Interaktionen"), source.interactions),
    ];
    html! {
        table {
            thead { tr {
                td {}
                th.number scope="col" { (lang.pick("new", "neu")) }
                th.number scope="col" { (lang.pick("known before", "schon bekannt")) }
            } }
            tbody {
                @for (word, (new, known)) in rows {
                    tr { th scope="row" { (word) } td.number { (new) } td.number { (known) } }
                }
            }
        }
        @if !source.covered.is_empty() { p.small { (lang.pick("seen: ", "zu sehen: ")) (source.covered) } }
        @if !source.missing.is_empty() { p.small.warn { (lang.pick("not seen: ", "nicht zu sehen: ")) (source.missing) } }
    }
}

fn owners(source: &ImportedView, lang: Lang) -> Markup {
    html! {
        @for (name, is_own) in &source.owners {
            div.row {
                p { strong { (name) } " "
                    @if *is_own { (lang.pick("is yours", "ist deines")) }
                    @else { (lang.pick("made this export", "hat diesen Export gemacht")) } }
                @if !is_own {
                    form method="post" action="/own" {
                        input type="hidden" name="account" value=(name);
                        button { (lang.pick("That is me", "Das bin ich")) span.hidden { ": " (name) } }
                    }
                }
            }
        }
    }
}

fn findings(findings: &[FindingView], lang: Lang) -> Markup {
    html! {
        @if !findings.is_empty() {
            details open[findings.iter().any(|one| one.severity == "error")] {
                summary { (lang.count(findings.len() as u64, ("finding", "Befund"), ("findings", "Befunde"))) }
                ul.plain {
                    @for finding in findings {
                        li.small.warn[finding.severity != "note"] {
                            @if !finding.file.is_empty() {
                                code { (finding.file) @if 0 < finding.place { ":" (finding.place) } } " "
                            }
                            (finding.text)
                            @if 1 < finding.count { " (" (finding.count) " ×)" }
                        }
                    }
                }
            }
        }
    }
}
