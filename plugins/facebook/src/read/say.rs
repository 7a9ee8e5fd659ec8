//! What a person is told about an export, in both languages: what is so, and what to do about it.

use std::collections::BTreeSet;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault, OwnedFinding},
    prelude::{ReadError, Severity},
};

/// How many files an error names.
const NAMED: usize = 3;
/// Where an export is asked for, in English and German.
const REQUEST: [&str; 2] = [
    "Request it in the Accounts Center under Your information and permissions, Export your information, in the format JSON and for all time",
    "Fordere ihn in der Kontenübersicht unter Deine Informationen und Berechtigungen, Deine Informationen exportieren, im Format JSON und für die gesamte Zeit an",
];

/// What one code means: how grave it is, in English, in German.
type Words = (Severity, &'static str, &'static str);

/// Makes the finding of that code about a place in a file.
pub(super) fn finding(code: &'static str, file: &str, place: u64) -> OwnedFinding {
    let (severity, en, de) = words(code);
    OwnedFinding::new(severity, file, Fault::new(code, en, de).at(place))
}

/// Makes the same for `count` rows.
pub(super) fn counted(code: &'static str, file: &str, count: u64) -> OwnedFinding {
    OwnedFinding { count, ..finding(code, file, 0) }
}

/// Says that nothing shows whose export it is.
pub(super) fn no_owner(file: &ArchiveFile) -> ReadError {
    Fault::new(
        "no-owner",
        "Nothing here says whose export this is. Request it with the profile information, or write me = \"YOUR NAME\", as Facebook shows it, under [plugin.\"org.rin.facebook\"] in rin.toml.",
        "Nichts hier sagt, wessen Export das ist. Fordere ihn mit den Profilangaben an, oder schreibe me = \"DEIN NAME\", wie Facebook ihn zeigt, unter [plugin.\"org.rin.facebook\"] in die rin.toml.",
    )
    .in_file(file.name())
}

/// Says that profiles of several owners lie in one source.
pub(super) fn several_owners(names: &BTreeSet<String>) -> ReadError {
    let names = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    Fault::new(
        "several-owners",
        format!("Exports of several people lie here: {names}. Import them one by one."),
        format!("Hier liegen Exporte mehrerer Personen: {names}. Importiere sie einzeln."),
    )
    .in_file("")
}

/// Says why no export was found among the files.
pub(super) fn no_export(archive: &Archive<'_>) -> ReadError {
    let [en, de] = REQUEST;
    if let Some(page) = archive.files().iter().find(|file| is_page(file)) {
        return Fault::new(
            "html-export",
            format!("These are web pages (HTML), which Meta gives out unless asked otherwise, and they are not read. {en}."),
            format!("Das sind Webseiten (HTML), die Meta ausgibt, wenn nichts anderes gewählt ist, und sie werden nicht gelesen. {de}."),
        )
        .in_file(page.name());
    }
    let names: Vec<&str> = archive.files().iter().take(NAMED).map(ArchiveFile::name).collect();
    let names = names.join(", ");
    let (only_en, only_de) = if names.is_empty() {
        (", nor any readable file".to_owned(), " und auch keine lesbare Datei".to_owned())
    } else {
        (format!(", only {names}"), format!(", nur {names}"))
    };
    Fault::new(
        "no-archive",
        format!("No Facebook export was found{only_en}. {en}."),
        format!("Es war kein Facebook-Export zu finden{only_de}. {de}."),
    )
    .in_file("")
}

/// Whether a file is a page of a Facebook export in HTML, by its place.
pub(super) fn is_page_of_export(file: &ArchiveFile) -> bool {
    let path = file.path();
    let places =
        ["friends_and_followers/", "your_facebook_activity/", "your_activity_across_facebook/"];
    is_page(file) && places.iter().any(|place| path.contains(place))
}

fn is_page(file: &ArchiveFile) -> bool {
    let base = file.base().to_ascii_lowercase();
    [".html", ".htm"].iter().any(|ending| base.ends_with(ending))
}

fn words(code: &str) -> Words {
    about_export(code)
        .or_else(|| about_rows(code))
        .or_else(|| about_people(code))
        .or_else(|| about_messages(code))
        .unwrap_or((
            Severity::Warning,
            "Something could not be used. Download the export again.",
            "Etwas war nicht verwendbar. Lade den Export neu herunter.",
        ))
}

fn about_export(code: &str) -> Option<Words> {
    Some(match code {
        "received-not-covered" => (
            Severity::Note,
            "A Facebook export shows neither who liked or commented your posts nor who follows you. It stays unknown, since Facebook gives it to nobody.",
            "Ein Facebook-Export zeigt weder, wer deine Beiträge gelikt oder kommentiert hat, noch, wer dir folgt. Es bleibt unbekannt, denn Facebook gibt es niemandem heraus.",
        ),
        "messages-not-covered" => (
            Severity::Note,
            "There are no messages here that could all be read, so who wrote to whom is unknown. Request the export again with messages in the format JSON.",
            "Es gibt hier keine Nachrichten, die alle lesbar waren, daher ist unbekannt, wer wem schrieb. Fordere den Export noch einmal mit Nachrichten im Format JSON an.",
        ),
        "encrypted-missing" => (
            Severity::Warning,
            "Encrypted conversations, the usual since December 2023, are a download of their own and are not here, so later silence is unknown. In Messenger under Privacy and safety, End-to-end encrypted chats, Message storage, download them and put both into one folder.",
            "Verschlüsselte Unterhaltungen, seit Dezember 2023 das Übliche, sind ein eigener Download und fehlen hier, daher ist späteres Schweigen unbekannt. Lade sie im Messenger unter Privatsphäre und Sicherheit, Ende-zu-Ende-verschlüsselte Chats, Nachrichtenspeicher herunter und lege beide in einen Ordner.",
        ),
        "encrypted-alone" => (
            Severity::Note,
            "Only encrypted conversations are here, and those before December 2023 are not. Put the export itself into the same folder.",
            "Hier liegen nur verschlüsselte Unterhaltungen, und die vor Dezember 2023 fehlen. Lege den eigentlichen Export in denselben Ordner.",
        ),
        "period-unknown" => (
            Severity::Note,
            "Nothing in the export is older than three years, so it may be of some last period only, and nobody missing from its lists is taken to have left. Request it for all time.",
            "Nichts im Export ist älter als drei Jahre, er kann also nur für einen letzten Zeitraum gelten, und niemand, der in den Listen fehlt, gilt als gegangen. Fordere ihn für die gesamte Zeit an.",
        ),
        "older-copy" => (
            Severity::Note,
            "A newer download of the same list was read instead of this one. To compare the two, import them one after the other.",
            "Statt dieser wurde eine neuere Fassung derselben Liste gelesen. Importiere beide nacheinander, wenn sie verglichen werden sollen.",
        ),
        "bad-profile" => (
            Severity::Error,
            "The file says no name in JSON, so it does not tell whose export it is. Download the export again.",
            "Die Datei nennt keinen Namen in JSON, sagt also nicht, wessen Export das ist. Lade den Export neu herunter.",
        ),
        _ => return None,
    })
}

fn about_rows(code: &str) -> Option<Words> {
    Some(match code {
        "bad-row" => (
            Severity::Warning,
            "A row is no valid JSON and was left out. If there are many, download the export again.",
            "Eine Zeile ist kein gültiges JSON und blieb weg. Lade den Export neu herunter, wenn es viele sind.",
        ),
        "too-long-row" => (
            Severity::Warning,
            "A row is longer than 1 MiB and was left out. If it matters, look at it in the file.",
            "Eine Zeile ist länger als 1 MiB und blieb weg. Sieh in der Datei nach, wenn sie wichtig ist.",
        ),
        "no-rows" => (
            Severity::Warning,
            "The file holds no list of rows where one should be. Download the export again, and tell us if it stays so.",
            "Die Datei enthält keine Liste, wo eine stehen sollte. Lade den Export neu herunter, und sag uns Bescheid, wenn es dabei bleibt.",
        ),
        "no-date" => (
            Severity::Warning,
            "A row has no date, or one before 2004, and was left out. If there are many, download the export again.",
            "Eine Zeile hat kein Datum oder eines vor 2004 und blieb weg. Lade den Export neu herunter, wenn es viele sind.",
        ),
        "undated-tie" => (
            Severity::Note,
            "Since when somebody is on the list is not said. Nothing needs to be done.",
            "Seit wann jemand auf der Liste steht, ist nicht gesagt. Es ist nichts zu tun.",
        ),
        "future-date" => (
            Severity::Warning,
            "A row is dated after the import, and its date was not used. Check this computer's clock.",
            "Eine Zeile trägt ein Datum nach dem Import, und das Datum wurde nicht verwendet. Prüfe die Uhr dieses Rechners.",
        ),
        "duplicate-row" => (
            Severity::Note,
            "A row stands on the list twice and was read once. Nothing needs to be done.",
            "Eine Zeile steht zweimal auf der Liste und wurde einmal gelesen. Es ist nichts zu tun.",
        ),
        "requests" => (
            Severity::Note,
            "Requests to be friends are no ties and were not read. Nothing needs to be done.",
            "Freundschaftsanfragen sind keine Bindungen und wurden nicht gelesen. Es ist nichts zu tun.",
        ),
        _ => return None,
    })
}

fn about_people(code: &str) -> Option<Words> {
    Some(match code {
        "bad-name" => (
            Severity::Warning,
            "A row of a list names nobody and was left out, so the list does not count as complete. If there are many, download the export again.",
            "Eine Zeile einer Liste nennt niemanden und blieb weg, daher gilt die Liste nicht als vollständig. Lade den Export neu herunter, wenn es viele sind.",
        ),
        "namesake" => (
            Severity::Warning,
            "Two people on the list show the same name, and Facebook gives out nothing to tell them apart, so they count as one. Keep it in mind when it comes to them.",
            "Zwei Personen auf der Liste heißen gleich, und Facebook gibt nichts heraus, was sie unterscheidet, also gelten sie als eine. Denke daran, wenn es um sie geht.",
        ),
        "deleted-account" => (
            Severity::Note,
            "An account was deleted, so nobody can say whose it was. Nothing needs to be done.",
            "Ein Konto wurde gelöscht, daher kann niemand sagen, wessen es war. Es ist nichts zu tun.",
        ),
        "target-unknown" => (
            Severity::Note,
            "Whose post was commented or liked stands in a sentence only, and in this one nobody known could be found. Set Facebook to English or German and request the export again.",
            "Wessen Beitrag kommentiert oder gelikt wurde, steht nur in einem Satz, und in diesem war niemand Bekanntes zu finden. Stelle Facebook auf Deutsch oder Englisch und fordere den Export noch einmal an.",
        ),
        "own-post" => (
            Severity::Note,
            "Likes and comments of one's own posts are contact with nobody and were counted only. Nothing needs to be done.",
            "Likes und Kommentare eigener Beiträge sind kein Kontakt und wurden nur gezählt. Es ist nichts zu tun.",
        ),
        _ => return None,
    })
}

fn about_messages(code: &str) -> Option<Words> {
    Some(match code {
        "own-name-unknown" => (
            Severity::Error,
            "Which of the names in the conversations is the owner's is not clear, so no message was read. Request the export again with the profile information.",
            "Welcher der Namen in den Unterhaltungen der eigene ist, ist nicht klar, daher wurde keine Nachricht gelesen. Fordere den Export noch einmal mit den Profilangaben an.",
        ),
        "big-group" => (
            Severity::Note,
            "A conversation of more than sixteen others speaks to nobody in particular and was not read. Nothing needs to be done.",
            "Eine Unterhaltung mit mehr als sechzehn anderen spricht niemanden im Besonderen an und wurde nicht gelesen. Es ist nichts zu tun.",
        ),
        "no-sender" => (
            Severity::Warning,
            "A message names no sender and was left out. If there are many, download the export again.",
            "Eine Nachricht nennt keinen Absender und blieb weg. Lade den Export neu herunter, wenn es viele sind.",
        ),
        "unsent" => (
            Severity::Note,
            "Messages that were taken back were counted only. Nothing needs to be done.",
            "Zurückgenommene Nachrichten wurden nur gezählt. Es ist nichts zu tun.",
        ),
        "comings" => (
            Severity::Note,
            "Who came into a group or left it is no message and was counted only. Nothing needs to be done.",
            "Wer in eine Gruppe kam oder sie verließ, ist keine Nachricht und wurde nur gezählt. Es ist nichts zu tun.",
        ),
        "strangers-messages" => (
            Severity::Note,
            "Message requests that were not accepted are mostly advertising and were not read. Accept those you mean to answer and request the export again.",
            "Nicht angenommene Nachrichtenanfragen sind meist Werbung und wurden nicht gelesen. Nimm die an, die du beantworten willst, und fordere den Export noch einmal an.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 26] = [
        "received-not-covered",
        "messages-not-covered",
        "encrypted-missing",
        "encrypted-alone",
        "period-unknown",
        "older-copy",
        "bad-profile",
        "bad-row",
        "too-long-row",
        "no-rows",
        "no-date",
        "undated-tie",
        "future-date",
        "duplicate-row",
        "requests",
        "bad-name",
        "namesake",
        "deleted-account",
        "target-unknown",
        "own-post",
        "own-name-unknown",
        "big-group",
        "no-sender",
        "unsent",
        "comings",
        "strangers-messages",
    ];

    #[test]
    fn every_code_says_what_is_so_and_what_to_do_and_says_du() {
        let fallback = words("").1;
        for code in CODES {
            let (_, en, de) = words(code);
            assert_ne!(en, fallback, "{code}");
            for text in [en, de] {
                assert!(text.starts_with(char::is_uppercase) && text.ends_with('.'), "{text}");
                assert_eq!(text.matches(". ").count(), 1, "{text}");
            }
            for formal in ["Ihnen", "Ihre", "bitte", "Bitte", " Sie "] {
                assert!(!de.contains(formal), "{de}");
            }
        }
    }
}
