//! What a person is told about an archive, in both languages: what is so, and what to do about it.

use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault, OwnedFinding},
    prelude::{ReadError, Severity},
};

/// How many files an error names.
const NAMED: usize = 3;

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

/// Says why no archive was found among the files.
pub(super) fn no_archive(archive: &Archive<'_>) -> ReadError {
    let names: Vec<&str> = archive.files().iter().take(NAMED).map(ArchiveFile::name).collect();
    let more = archive.files().len() - names.len();
    let names = names.join(", ");
    let (en, de) = match (names.is_empty(), more) {
        (true, _) => {
            (", nor any readable file".to_owned(), " und auch keine lesbare Datei".to_owned())
        }
        (_, 0) => (format!(", only {names}"), format!(", nur {names}")),
        (_, more) => {
            (format!(", only {names} and {more} more"), format!(", nur {names} und {more} weitere"))
        }
    };
    Fault::new(
        "no-archive",
        format!("No X archive was found{en}. Request it on X under Settings, Your account, Download an archive of your data, and import its zip file."),
        format!("Es war kein X-Archiv zu finden{de}. Fordere es auf X unter Einstellungen, Dein Account, Ein Archiv mit deinen Daten herunterladen an und importiere dessen Zip-Datei."),
    )
    .in_file("")
}

fn words(code: &str) -> Words {
    about_archive(code)
        .or_else(|| about_coverage(code))
        .or_else(|| about_post(code))
        .or_else(|| about_message(code))
        .or_else(|| about_list(code))
        .unwrap_or((
            Severity::Warning,
            "Something could not be used. Download the archive again.",
            "Etwas war nicht verwendbar. Lade das Archiv neu herunter.",
        ))
}

fn about_archive(code: &str) -> Option<Words> {
    Some(match code {
        "owner-unknown" => (
            Severity::Warning,
            "Nothing says whose files these are, so they count as those of an own account called \"me\". Put account.js or user_details.js beside them, or write account-id = \"NUMBER\" under [plugin.\"org.rin.x\"] in rin.toml, before you import more.",
            "Nichts sagt, wem diese Dateien gehören, daher gelten sie als die eines eigenen Kontos namens \u{201e}me\u{201c}. Lege account.js oder user_details.js daneben oder schreibe account-id = \"NUMMER\" unter [plugin.\"org.rin.x\"] in rin.toml, bevor du mehr importierst.",
        ),
        "owner-proven" => (
            Severity::Note,
            "Whose posts these are follows from their answers to each other. Put account.js or user_details.js beside them for the account's name.",
            "Wem diese Posts gehören, folgt aus ihren Antworten aufeinander. Lege account.js oder user_details.js daneben, damit auch der Name des Kontos bekannt ist.",
        ),
        "bad-account" => (
            Severity::Error,
            "The file does not describe an account as JSON. Download the archive again.",
            "Die Datei beschreibt kein Konto in JSON. Lade das Archiv neu herunter.",
        ),
        "partial-archive" => (
            Severity::Warning,
            "The archive says that it is partial, so nobody missing from it counts as gone. Request a whole one.",
            "Das Archiv sagt von sich, dass es unvollständig ist; wer darin fehlt, gilt daher nicht als gegangen. Fordere ein ganzes an.",
        ),
        "missing-file" => (
            Severity::Error,
            "The archive's manifest names files that are not there. Put all parts of the download into one folder and import the folder, or download it again.",
            "Das Verzeichnis des Archivs nennt Dateien, die nicht da sind. Lege alle Teile des Downloads in einen Ordner und importiere den Ordner, oder lade es neu herunter.",
        ),
        "missing-entries" => (
            Severity::Error,
            "The file has fewer entries than the archive's manifest says. Download the archive again.",
            "Die Datei hat weniger Einträge, als das Verzeichnis des Archivs angibt. Lade das Archiv neu herunter.",
        ),
        "older-archive" => (
            Severity::Note,
            "A newer archive of this account lies beside it, and its lists were read. To see who went, import one archive after the other, the oldest first.",
            "Daneben liegt ein neueres Archiv dieses Kontos, dessen Listen gelesen wurden. Um zu sehen, wer gegangen ist, importiere die Archive nacheinander, das älteste zuerst.",
        ),
        "other-files" => (
            Severity::Note,
            "Files of the archive about other things than people, such as advertising and settings, were not read. There is nothing to do.",
            "Dateien des Archivs über anderes als Menschen, etwa Werbung und Einstellungen, wurden nicht gelesen. Du musst nichts tun.",
        ),
        "table-passed" => (
            Severity::Note,
            "The table tweets.csv was passed over, because the scripts beside it say more of the same posts. There is nothing to do.",
            "Die Tabelle tweets.csv wurde übergangen, weil die Skripte daneben mehr über dieselben Posts sagen. Du musst nichts tun.",
        ),
        "open-quote" => (
            Severity::Warning,
            "A quotation mark in the table is never closed, so rows may have run together. Download the archive again.",
            "Ein Anführungszeichen in der Tabelle wird nie geschlossen, daher können Zeilen verschmolzen sein. Lade das Archiv neu herunter.",
        ),
        _ => return None,
    })
}

fn about_coverage(code: &str) -> Option<Words> {
    Some(match code {
        "received-not-covered" => (
            Severity::Note,
            "An X archive shows what you posted, but neither who answered, liked or shared it, nor since when anybody follows. Only private messages stand there in both directions.",
            "Ein X-Archiv zeigt, was du gepostet hast, aber weder, wer antwortete, likte oder teilte, noch, seit wann jemand folgt. Nur private Nachrichten stehen in beiden Richtungen darin.",
        ),
        "no-posts" => (
            Severity::Note,
            "There are no posts among the files, so nothing is known of what was posted. Import the whole archive.",
            "Unter den Dateien sind keine Posts, daher ist nicht bekannt, was gepostet wurde. Importiere das ganze Archiv.",
        ),
        "headers-only" => (
            Severity::Note,
            "Of the posts only their times are there, not whom they address. Import the whole archive with tweets.js.",
            "Von den Posts sind nur die Zeiten da, nicht, wen sie ansprechen. Importiere das ganze Archiv mit tweets.js.",
        ),
        "no-messages" => (
            Severity::Note,
            "There are no private messages among the files, so whether there were any is not known. Archives until 2018 never hold them; a newer one does.",
            "Unter den Dateien sind keine privaten Nachrichten; ob es welche gab, ist daher nicht bekannt. Archive bis 2018 enthalten nie welche, neuere schon.",
        ),
        "likes-without-author" => (
            Severity::Note,
            "Likes stand in the archive without date and author and were only counted. There is nothing to do.",
            "Likes stehen ohne Datum und Urheber im Archiv und wurden nur gezählt. Du musst nichts tun.",
        ),
        "long-texts" => (
            Severity::Note,
            "Long posts have a second part that does not say which post it belongs to; who is named only there is not known. There is nothing to do.",
            "Lange Posts haben einen zweiten Teil, der nicht sagt, zu welchem Post er gehört; wer nur dort genannt wird, ist nicht bekannt. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

fn about_post(code: &str) -> Option<Words> {
    Some(match code {
        "bad-item" => (
            Severity::Warning,
            "Entries that are no readable post or conversation were left out. If they are many, download the archive again.",
            "Einträge, die weder als Post noch als Unterhaltung lesbar sind, wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "mended" => (
            Severity::Note,
            "Entries held characters that no JSON may hold; they were read all the same. There is nothing to do.",
            "Einträge enthielten Zeichen, die in JSON nicht stehen dürfen; sie wurden trotzdem gelesen. Du musst nichts tun.",
        ),
        "too-long-item" => (
            Severity::Error,
            "Entries that are longer than any post or conversation were left out. Check that the file is the archive's and download it again.",
            "Einträge, die länger sind als jeder Post und jede Unterhaltung, wurden ausgelassen. Prüfe, ob die Datei aus dem Archiv stammt, und lade es neu herunter.",
        ),
        "no-date" => (
            Severity::Warning,
            "Entries without a possible date, neither written nor in their number, were left out. If they are many, download the archive again.",
            "Einträge ohne mögliches Datum, weder geschrieben noch in ihrer Nummer, wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "odd-date" => (
            Severity::Note,
            "Posts are dated before the platform began or after today; the date in their number was used. If they are many, check this computer's clock.",
            "Posts sind auf eine Zeit vor Beginn der Plattform oder nach heute datiert; verwendet wurde das Datum in ihrer Nummer. Sind es viele, prüfe die Uhr dieses Rechners.",
        ),
        "own-post" => (
            Severity::Note,
            "Answers to, shares and quotes of one's own posts are no contact and were only counted. There is nothing to do.",
            "Antworten auf eigene Posts, ihr Teilen und ihr Zitieren sind kein Kontakt und wurden nur gezählt. Du musst nichts tun.",
        ),
        "gone" => (
            Severity::Note,
            "Posts name accounts that no longer exist and have no number; they were only counted. There is nothing to do.",
            "Posts nennen Konten, die es nicht mehr gibt und die keine Nummer haben; sie wurden nur gezählt. Du musst nichts tun.",
        ),
        "reply-author-unknown" => (
            Severity::Warning,
            "Answers whose archive does not say whom they answer count for nobody but those they name. There is nothing to do.",
            "Antworten, bei denen das Archiv nicht sagt, wem sie gelten, zählen nur für die darin Genannten. Du musst nichts tun.",
        ),
        "by-name" => (
            Severity::Note,
            "Posts quoted or shared whose author the archive gives only by handle, not by number; they count for an account of that handle alone. There is nothing to do.",
            "Zitierte oder geteilte Posts, deren Urheber das Archiv nur mit Namen nennt, nicht mit Nummer, zählen für ein Konto allein dieses Namens. Du musst nichts tun.",
        ),
        "too-many-names" => (
            Severity::Warning,
            "There are more quotes than can be kept until their authors are known; the rest was left out. Import the parts of the archive one by one.",
            "Es gibt mehr Zitate, als sich aufheben lassen, bis ihre Urheber bekannt sind; der Rest wurde ausgelassen. Importiere die Teile des Archivs einzeln.",
        ),
        _ => return None,
    })
}

fn about_message(code: &str) -> Option<Words> {
    Some(match code {
        "bad-message" => (
            Severity::Warning,
            "Messages without number or sender were left out. If they are many, download the archive again.",
            "Nachrichten ohne Nummer oder Absender wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "foreign-message" => (
            Severity::Warning,
            "Messages between two others were left out. Check that account.js and the messages are of the same archive.",
            "Nachrichten zwischen zwei anderen wurden ausgelassen. Prüfe, ob account.js und die Nachrichten aus demselben Archiv stammen.",
        ),
        "to-nobody" => (
            Severity::Note,
            "Messages to groups of which the archive names nobody else were only counted. There is nothing to do.",
            "Nachrichten an Gruppen, von denen das Archiv sonst niemanden nennt, wurden nur gezählt. Du musst nichts tun.",
        ),
        "message-reactions" => (
            Severity::Note,
            "Reactions to private messages were only counted. There is nothing to do.",
            "Reaktionen auf private Nachrichten wurden nur gezählt. Du musst nichts tun.",
        ),
        "messages-owner-unknown" => (
            Severity::Error,
            "Nothing says which side of the private messages is yours, so they were not read. Put account.js beside them and import again.",
            "Nichts sagt, welche Seite der privaten Nachrichten deine ist, daher wurden sie nicht gelesen. Lege account.js daneben und importiere noch einmal.",
        ),
        _ => return None,
    })
}

fn about_list(code: &str) -> Option<Words> {
    Some(match code {
        "bad-entry" => (
            Severity::Warning,
            "Entries without an account's number were left out, and the list does not count as complete. Download the archive again.",
            "Einträge ohne Nummer eines Kontos wurden ausgelassen, und die Liste gilt nicht als vollständig. Lade das Archiv neu herunter.",
        ),
        "own-entry" => (
            Severity::Note,
            "Entries that name the account itself were left out. Check that the list belongs to the archive.",
            "Einträge, die das Konto selbst nennen, wurden ausgelassen. Prüfe, ob die Liste zum Archiv gehört.",
        ),
        "duplicate-entry" => (
            Severity::Note,
            "Accounts that stand in a list twice count once. There is nothing to do.",
            "Konten, die doppelt in einer Liste stehen, zählen einmal. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_used_has_words() {
        let sources = [
            include_str!("../read.rs"),
            include_str!("desk.rs"),
            include_str!("export.rs"),
            include_str!("lists.rs"),
            include_str!("messages.rs"),
            include_str!("posts.rs"),
            include_str!("table.rs"),
        ];
        let calls = ["note(\"", "finding(\"", "counted(\""];
        let of_source = |source: &'static str| calls.map(|call| source.split(call).skip(1));
        let rests = sources.into_iter().flat_map(of_source).flatten();
        let mut codes = 0;
        for code in rests.filter_map(|rest| rest.split('"').next()) {
            let (_, en, de) = words(code);
            assert_ne!(en, words("").1, "{code}");
            assert!(en.ends_with('.') && de.ends_with('.'), "{code}");
            codes += 1;
        }
        assert!(30 <= codes, "{codes}");
    }
}
