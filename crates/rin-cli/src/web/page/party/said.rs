//! What the user says of a party: words, notes, and which of its accounts are somebody else's.

use maud::{Markup, html};
use rin_app::{AccountPlaceView, KnownPersonView, Lang, NoteRow, PartyPortraitView};

use super::words;

/// Shows their tags, and lets them be given and taken away.
pub(super) fn tags(party: u32, tags: &[String], lang: Lang) -> Markup {
    html! {
        section.sheet {
            h2 { (lang.pick("Your words for them", "Deine Wörter dafür")) }
            ul.plain {
                @for tag in tags {
                    li.row {
                        span { (tag) }
                        form method="post" action="/people/untag" data-soft {
                            input type="hidden" name="party" value=(party);
                            input type="hidden" name="tag" value=(tag);
                            button.quiet { (lang.pick("Remove", "Entfernen")) span.hidden { ": " (tag) } }
                        }
                    }
                }
            }
            form.row method="post" action="/people/tag" data-soft {
                input type="hidden" name="party" value=(party);
                label.hidden for="tag" { (lang.pick("A word", "Ein Wort")) }
                input #tag name="tag" maxlength="60" required
                    placeholder=(lang.pick("patron", "Förderer"));
                button { (lang.pick("Add", "Dazu")) }
            }
        }
    }
}

/// Shows notes about them, and lets them be written and taken away.
pub(super) fn notes(party: u32, notes: &[NoteRow], lang: Lang) -> Markup {
    html! {
        section.sheet {
            h2 { (lang.pick("Your notes about them", "Deine Notizen dazu")) }
            ul.plain {
                @for note in notes {
                    li.row {
                        p { span.faint.small { (lang.shown(&note.day)) } " " (note.text) }
                        // There is no way back, so that it takes two steps.
                        details.sure {
                            summary { (lang.pick("Remove", "Entfernen")) span.hidden { ": " (note.text) } }
                            form method="post" action="/people/unnote" data-soft {
                                input type="hidden" name="party" value=(party);
                                input type="hidden" name="note" value=(note.note);
                                button.quiet { (lang.pick("For good", "Endgültig")) span.hidden { ": " (note.text) } }
                            }
                        }
                    }
                }
            }
            form.row method="post" action="/people/note" data-soft {
                input type="hidden" name="party" value=(party);
                label.hidden for="note" { (lang.pick("A note", "Eine Notiz")) }
                input.long #note name="text" maxlength="4000" required
                    placeholder=(lang.pick("Likes to be asked about the archive", "Fragt gern nach dem Archiv"));
                label.hidden for="day" { (lang.pick("The day it is about", "Der Tag, um den es geht")) }
                input #day type="date" name="day";
                button { (lang.pick("Add", "Dazu")) }
            }
        }
    }
}

/// Shows where they are and why that is one party, and lets an account be taken out.
pub(super) fn accounts(known: &PartyPortraitView, lang: Lang) -> Markup {
    let may_part = 1 < known.places.len() && !known.party.is_own;
    html! {
        section.sheet {
            h2 { (lang.pick("Who that is", "Wer das ist")) }
            ul.plain {
                @for place in &known.places {
                    li.row {
                        span { (words::platform(&place.platform)) " " (place.name) }
                        @if may_part { (part(place, lang)) }
                    }
                }
            }
            @if let Some(identity) = &known.identity { (facts(identity, lang)) }
        }
    }
}

fn part(place: &AccountPlaceView, lang: Lang) -> Markup {
    html! {
        form method="post" action="/people/part" data-soft {
            input type="hidden" name="account" value=(place.account);
            button.quiet {
                (lang.pick("Is somebody else", "Ist jemand anderes"))
                span.hidden { ": " (place.name) ", " (place.platform) }
            }
        }
    }
}

fn facts(identity: &KnownPersonView, lang: Lang) -> Markup {
    html! {
        @if !identity.facts.is_empty() {
            dl.facts {
                @for fact in &identity.facts { div {
                    dt { (fact.label) } dd { (fact.text) " " span.faint.small { (words::platform(&fact.platform)) } }
                } }
            }
        }
        @if !identity.words.is_empty() {
            ul.plain.small.faint { @for word in &identity.words { li { (word) } } }
        } @else if 1 < identity.joined.accounts.len() {
            p.small.faint { (lang.pick("One source says that these are one.", "Eine Quelle sagt, dass das eins ist.")) }
        }
    }
}

/// Says whom a party was just taken apart into, with the way back.
pub(super) fn apart(party: u32, apart: &[(u32, String)], lang: Lang) -> Markup {
    let numbers: Vec<String> = apart.iter().map(|(number, _)| number.to_string()).collect();
    html! {
        div.said role="status" {
            @if 1 < apart.len() {
                div.notice.row tabindex="-1" data-focus {
                    p {
                        (lang.pick("From now on these are different, and they are not proposed as one again: ", "Von jetzt an sind das Verschiedene, und sie werden nicht wieder als eins vorgeschlagen: "))
                        @for (at, (number, name)) in apart.iter().enumerate() {
                            @if 0 < at { ", " }
                            @if *number == party { (name) } @else { a href={ "/people/" (number) } { (name) } }
                        }
                    }
                    form method="post" action="/people/join" data-soft {
                        input type="hidden" name="parties" value=(numbers.join(","));
                        button.quiet { (lang.pick("Undo", "Zurück")) }
                    }
                }
            }
        }
    }
}
