//! What a person is told about an export, in both languages: what is so, and what to do about it.

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
        "Nothing here says whose lists these are. Import the archive under the name it was downloaded with (instagram-NAME-…), or write me = \"NAME\" under [plugin.\"org.rin.instagram\"] in rin.toml.",
        "Nichts hier sagt, wessen Listen das sind. Importiere das Archiv unter dem Namen, mit dem es heruntergeladen wurde (instagram-NAME-…), oder schreibe me = \"NAME\" unter [plugin.\"org.rin.instagram\"] in die rin.toml.",
    )
    .in_file(file.name())
}

/// Says that an export is of the years before 2021.
pub(super) fn old_format(file: &ArchiveFile) -> ReadError {
    let (_, en, de) = words("old-format");
    Fault::new("old-format", en, de).in_file(file.name())
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
        format!("No Instagram export was found{only_en}. {en}."),
        format!("Es war kein Instagram-Export zu finden{only_de}. {de}."),
    )
    .in_file("")
}

/// Whether a file is a page of an Instagram export in HTML, by its place.
pub(super) fn is_page_of_export(file: &ArchiveFile) -> bool {
    let path = file.path();
    let places = ["followers_and_following/", "your_instagram_activity/"];
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
            "An Instagram export shows neither who liked or commented your posts nor who named you. It stays unknown, since Instagram gives it to nobody.",
            "Ein Instagram-Export zeigt weder, wer deine Beiträge gelikt oder kommentiert hat, noch, wer dich erwähnt hat. Es bleibt unbekannt, denn Instagram gibt es niemandem heraus.",
        ),
        "messages-not-covered" => (
            Severity::Note,
            "There are no messages here that could all be read, so who wrote to whom is unknown. Request the export again with messages in the format JSON.",
            "Es gibt hier keine Nachrichten, die alle lesbar waren, daher ist unbekannt, wer wem schrieb. Fordere den Export noch einmal mit Nachrichten im Format JSON an.",
        ),
        "lists-not-covered" => (
            Severity::Note,
            "A complete list of followers or of those followed is missing, so nobody missing from it is taken to have left. Request the export again with followers and following in the format JSON.",
            "Eine vollständige Liste der Follower oder der Gefolgten fehlt, daher gilt niemand, der darin fehlt, als gegangen. Fordere den Export noch einmal mit Followern und Gefolgten im Format JSON an.",
        ),
        "period-unknown" => (
            Severity::Note,
            "Nothing in the export is older than three years, so it may be of some last period only, and nobody missing from its lists is taken to have left. Request it for all time, with the information on the sign-up.",
            "Nichts im Export ist älter als drei Jahre, er kann also nur für einen letzten Zeitraum gelten, und niemand, der in den Listen fehlt, gilt als gegangen. Fordere ihn für die gesamte Zeit an, mit den Angaben zur Registrierung.",
        ),
        "old-format" => (
            Severity::Warning,
            "The file is of the format that Instagram wrote until 2020, which is not read. Request a new export; it reaches back as far.",
            "Die Datei hat das Format, das Instagram bis 2020 schrieb und das hier nicht gelesen wird. Fordere einen neuen Export an; er reicht ebenso weit zurück.",
        ),
        "older-copy" => (
            Severity::Note,
            "A newer download of the same list was read instead of this one. To compare the two, import them one after the other.",
            "Statt dieser wurde eine neuere Fassung derselben Liste gelesen. Importiere beide nacheinander, wenn sie verglichen werden sollen.",
        ),
        "missing-part" => (
            Severity::Warning,
            "A part of the list is missing, as its numbers show. Put all parts of the download into one folder and import that.",
            "Ein Teil der Liste fehlt, wie die Nummern zeigen. Lege alle Teile des Downloads in einen Ordner und importiere ihn.",
        ),
        "list-owner-unknown" => (
            Severity::Error,
            "Exports of several accounts lie here, and nothing shows whose file this is. Put it into one folder with its export.",
            "Hier liegen Exporte mehrerer Konten, und nichts zeigt, wessen Datei dies ist. Lege sie mit ihrem Export in einen Ordner.",
        ),
        "bad-profile" => (
            Severity::Error,
            "The file is no valid JSON, so nothing of it was used. Download the export again.",
            "Die Datei ist kein gültiges JSON, daher wurde nichts davon verwendet. Lade den Export neu herunter.",
        ),
        "no-user-name" => (
            Severity::Warning,
            "The profile says no user name in a language known here. Import the archive under the name it was downloaded with, or set me in rin.toml.",
            "Das Profil nennt keinen Nutzernamen in einer hier bekannten Sprache. Importiere das Archiv unter dem Namen, mit dem es heruntergeladen wurde, oder setze me in der rin.toml.",
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
            "An account stands on the list more than once, whatever its spelling, and was read once. Nothing needs to be done.",
            "Ein Konto steht mehr als einmal auf der Liste, gleich in welcher Schreibung, und wurde einmal gelesen. Es ist nichts zu tun.",
        ),
        "own-row" => (
            Severity::Warning,
            "A row names the owner of the export and was left out. Check that the list belongs to this export.",
            "Eine Zeile nennt die Person, der der Export gehört, und blieb weg. Prüfe, ob die Liste zu diesem Export gehört.",
        ),
        "requests" => (
            Severity::Note,
            "Requests to follow that have not been answered are no ties and were not read. Nothing needs to be done.",
            "Anfragen zum Folgen, die nicht beantwortet sind, sind keine Bindungen und wurden nicht gelesen. Es ist nichts zu tun.",
        ),
        _ => return None,
    })
}

fn about_people(code: &str) -> Option<Words> {
    Some(match code {
        "bad-name" => (
            Severity::Warning,
            "A row of a list names no account and was left out, so the list does not count as complete. If there are many, download the export again.",
            "Eine Zeile einer Liste nennt kein Konto und blieb weg, daher gilt die Liste nicht als vollständig. Lade den Export neu herunter, wenn es viele sind.",
        ),
        "deleted-account" => (
            Severity::Note,
            "An account was deleted, so nobody can say whose it was. Nothing needs to be done.",
            "Ein Konto wurde gelöscht, daher kann niemand sagen, wessen es war. Es ist nichts zu tun.",
        ),
        "author-unnamed" => (
            Severity::Note,
            "Whose post was liked or commented is not said, as with one's own and with deleted ones. Nothing needs to be done.",
            "Wessen Beitrag gelikt oder kommentiert wurde, ist nicht gesagt, so bei eigenen und gelöschten. Es ist nichts zu tun.",
        ),
        "author-unclear" => (
            Severity::Warning,
            "What is the author and what the text cannot be told apart in this language, and the row was left out. Set the app to English or German and request the export again.",
            "Was Name und was Text ist, lässt sich in dieser Sprache nicht unterscheiden, und die Zeile blieb weg. Stelle die App auf Deutsch oder Englisch und fordere den Export noch einmal an.",
        ),
        "own-post" => (
            Severity::Note,
            "Likes and comments of one's own posts are contact with nobody and were counted only. Nothing needs to be done.",
            "Likes und Kommentare eigener Beiträge sind kein Kontakt und wurden nur gezählt. Es ist nichts zu tun.",
        ),
        "reply-author-unknown" => (
            Severity::Note,
            "A post on Threads is a reply, and the export does not say to whom; those it names count as named. Nothing needs to be done.",
            "Ein Beitrag auf Threads ist eine Antwort, und der Export sagt nicht, an wen; wen er nennt, gilt als erwähnt. Es ist nichts zu tun.",
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

    const CODES: [&str; 30] = [
        "received-not-covered",
        "messages-not-covered",
        "lists-not-covered",
        "period-unknown",
        "old-format",
        "older-copy",
        "missing-part",
        "list-owner-unknown",
        "bad-profile",
        "no-user-name",
        "bad-row",
        "too-long-row",
        "no-rows",
        "no-date",
        "undated-tie",
        "future-date",
        "duplicate-row",
        "own-row",
        "requests",
        "bad-name",
        "deleted-account",
        "author-unnamed",
        "author-unclear",
        "own-post",
        "reply-author-unknown",
        "own-name-unknown",
        "big-group",
        "no-sender",
        "unsent",
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
