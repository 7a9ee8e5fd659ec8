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
pub(crate) fn finding(code: &'static str, file: &str, place: u64) -> OwnedFinding {
    let (severity, en, de) = words(code);
    OwnedFinding::new(severity, file, Fault::new(code, en, de).at(place))
}

/// Makes the same for `count` rows.
pub(crate) fn counted(code: &'static str, file: &str, count: u64) -> OwnedFinding {
    OwnedFinding { count, ..finding(code, file, 0) }
}

/// Says that a list has no owner.
pub(crate) fn no_owner(list: &ArchiveFile) -> ReadError {
    Fault::new(
        "no-owner",
        "A list alone does not say whose it is. Put the archive, or its actor.json, beside it and import the folder.",
        "Eine Liste allein sagt nicht, wem sie gehört. Lege das Archiv oder dessen actor.json daneben und importiere den Ordner.",
    )
    .in_file(list.name())
}

/// Says why no archive of an account was found among the files.
pub(crate) fn no_archive(archive: &Archive<'_>) -> ReadError {
    if let Some(outbox) = archive.by_name("outbox.json") {
        return Fault::new(
            "no-archive",
            "The outbox holds no item that says whose it is, and no actor.json lies beside it. Put the archive's actor.json beside it and import the folder.",
            "Der Postausgang enthält keinen Eintrag, der sagt, wem er gehört, und es liegt keine actor.json daneben. Lege die actor.json des Archivs daneben und importiere den Ordner.",
        )
        .in_file(outbox.name());
    }
    let has_json = archive.files().iter().any(|file| has_ending(file, &["json"]));
    if let Some(page) = archive.files().iter().find(|file| !has_json && is_page(file)) {
        return Fault::new(
            "no-archive",
            "These are web pages (HTML), perhaps another platform's export or a page for signing in, and no Mastodon archive. Request the archive in Mastodon under Preferences, Import and export, and import its zip file.",
            "Das sind Webseiten (HTML), vielleicht der Export einer anderen Plattform oder eine Anmeldeseite, und kein Mastodon-Archiv. Fordere das Archiv in Mastodon unter Einstellungen, Importieren und Exportieren an und importiere dessen Zip-Datei.",
        )
        .in_file(page.name());
    }
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
        format!("No Mastodon archive was found{en}. Request it in Mastodon under Preferences, Import and export, and import its zip file."),
        format!("Es war kein Mastodon-Archiv zu finden{de}. Fordere es in Mastodon unter Einstellungen, Importieren und Exportieren an und importiere dessen Zip-Datei."),
    )
    .in_file("")
}

/// Whether a file is a web page, by its name.
pub(crate) fn is_page(file: &ArchiveFile) -> bool {
    has_ending(file, &["html", "htm"])
}

fn has_ending(file: &ArchiveFile, endings: &[&str]) -> bool {
    let ending = file.base().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

fn words(code: &str) -> Words {
    about_archive(code)
        .or_else(|| about_item(code))
        .or_else(|| about_people(code))
        .or_else(|| about_table(code))
        .unwrap_or((
            Severity::Warning,
            "Something could not be used. Download the archive again.",
            "Etwas war nicht verwendbar. Lade das Archiv neu herunter.",
        ))
}

fn about_archive(code: &str) -> Option<Words> {
    Some(match code {
        "received-not-covered" => (
            Severity::Note,
            "A Mastodon archive shows what you wrote, but neither who wrote to you nor who follows you. If your software gives out a followers.csv, put it beside the archive.",
            "Ein Mastodon-Archiv zeigt, was du geschrieben hast, aber weder, wer dir schrieb, noch, wer dir folgt. Lege eine followers.csv neben das Archiv, wenn deine Software eine ausgibt.",
        ),
        "following-not-covered" => (
            Severity::Note,
            "Whom you follow, mute and block is not in the archive, and no complete list of whom you follow was imported with it. Download the CSV files under Preferences, Import and export, put them and the archive into one folder, and import the folder.",
            "Wem du folgst, wen du stummschaltest und blockierst, steht nicht im Archiv, und eine vollständige Liste der Gefolgten kam nicht mit. Lade die CSV-Dateien unter Einstellungen, Importieren und Exportieren herunter, lege sie mit dem Archiv in einen Ordner und importiere den Ordner.",
        ),
        "no-outbox" => (
            Severity::Note,
            "There is no outbox.json, so nothing is known of what was written. Request the archive under Preferences, Import and export.",
            "Es gibt keine outbox.json, daher ist nicht bekannt, was geschrieben wurde. Fordere das Archiv unter Einstellungen, Importieren und Exportieren an.",
        ),
        "no-actor" => (
            Severity::Warning,
            "There is no readable actor.json, so whose archive it is was taken from the outbox. Put actor.json beside it for name and kind of the account.",
            "Es gibt keine lesbare actor.json, daher stammt aus dem Postausgang, wem das Archiv gehört. Lege actor.json daneben, damit Name und Art des Kontos bekannt sind.",
        ),
        "bad-actor" => (
            Severity::Error,
            "The file does not describe an account in JSON. Download the archive again.",
            "Die Datei beschreibt kein Konto in JSON. Lade das Archiv neu herunter.",
        ),
        "likes-without-date" => (
            Severity::Note,
            "Favourites stand in the archive without date and author and were only counted. There is nothing to do.",
            "Favoriten stehen ohne Datum und Urheber im Archiv und wurden nur gezählt. Du musst nichts tun.",
        ),
        "bookmarks-without-date" => (
            Severity::Note,
            "Bookmarks stand in the export without date and author and were only counted. There is nothing to do.",
            "Lesezeichen stehen ohne Datum und Urheber im Export und wurden nur gezählt. Du musst nichts tun.",
        ),
        "also-known-as" => (
            Severity::Note,
            "The account names other accounts as the same person's; they were not joined. Import their archives too and join them by hand.",
            "Das Konto nennt weitere Konten derselben Person; sie wurden nicht verbunden. Importiere auch deren Archive und verbinde sie von Hand.",
        ),
        "part-of-collection" => (
            Severity::Warning,
            "The file is one page of a longer collection, or says only how many there are, so what is missing from it is unknown. Save every page beside it, or use the export of your server.",
            "Die Datei ist eine Seite einer längeren Sammlung oder sagt nur, wie viele es sind, daher ist unbekannt, was darin fehlt. Lege jede Seite daneben oder nimm den Export deines Servers.",
        ),
        "moved" => (
            Severity::Note,
            "The account has moved to another one. Import that account's archive too.",
            "Das Konto ist zu einem anderen umgezogen. Importiere auch dessen Archiv.",
        ),
        _ => return None,
    })
}

fn about_item(code: &str) -> Option<Words> {
    Some(match code {
        "bad-item" => (
            Severity::Warning,
            "Items of the outbox that are no readable post or boost were left out. If they are many, download the archive again.",
            "Einträge des Postausgangs, die weder als Beitrag noch als Teilen lesbar sind, wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "no-items" => (
            Severity::Error,
            "The outbox holds no list of items. Download the archive again.",
            "Der Postausgang enthält keine Liste von Einträgen. Lade das Archiv neu herunter.",
        ),
        "too-long-item" => (
            Severity::Warning,
            "Items of the outbox that are longer than any post were left out. If they are many, download the archive again.",
            "Einträge des Postausgangs, die länger sind als jeder Beitrag, wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "foreign-item" => (
            Severity::Warning,
            "Items of the outbox by another account were left out. Check that outbox.json and actor.json are of the same archive.",
            "Einträge des Postausgangs von einem anderen Konto wurden ausgelassen. Prüfe, ob outbox.json und actor.json aus demselben Archiv stammen.",
        ),
        "unknown-item" => (
            Severity::Warning,
            "Items of the outbox that are neither a post nor a boost were left out. There is nothing to do.",
            "Einträge des Postausgangs, die weder Beitrag noch geteilter Beitrag sind, wurden ausgelassen. Du musst nichts tun.",
        ),
        "no-date" => (
            Severity::Warning,
            "Items of the outbox without a readable date were left out. If they are many, download the archive again.",
            "Einträge des Postausgangs ohne lesbares Datum wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "future-date" => (
            Severity::Warning,
            "Items of the outbox that are dated in the future were left out. Check this computer's clock and import the archive again.",
            "Einträge des Postausgangs mit einem Datum in der Zukunft wurden ausgelassen. Prüfe die Uhr dieses Rechners und importiere das Archiv noch einmal.",
        ),
        _ => return None,
    })
}

fn about_people(code: &str) -> Option<Words> {
    Some(match code {
        "reply-author-unknown" => (
            Severity::Warning,
            "Whom some replies answer cannot be told, because the archive holds only the address of the post answered; those named in them count as mentioned. There is nothing to do.",
            "Wem manche Antworten gelten, ist nicht erkennbar, weil im Archiv nur die Adresse des beantworteten Beitrags steht; wer darin genannt ist, gilt als erwähnt. Du musst nichts tun.",
        ),
        "boost-author-unknown" => (
            Severity::Warning,
            "Whose posts some boosts share cannot be told, because neither the addressees nor the post's address show it. There is nothing to do.",
            "Wessen Beiträge manchmal geteilt wurden, ist nicht erkennbar, weil weder die Adressaten noch die Adresse des Beitrags es zeigen. Du musst nichts tun.",
        ),
        "quote-author-unknown" => (
            Severity::Warning,
            "Whose posts were quoted cannot always be told, because the post's address shows no name. There is nothing to do.",
            "Wessen Beiträge zitiert wurden, ist nicht immer erkennbar, weil die Adresse des Beitrags keinen Namen zeigt. Du musst nichts tun.",
        ),
        "own-post" => (
            Severity::Note,
            "Replies to your own posts, and boosts and quotes of them, are no contact with anybody and were only counted. There is nothing to do.",
            "Antworten auf eigene Beiträge sowie deren Teilen und Zitieren sind kein Kontakt und wurden nur gezählt. Du musst nichts tun.",
        ),
        "to-nobody" => (
            Severity::Note,
            "Posts addressed to nobody, such as notes to yourself or to deleted accounts, were only counted. There is nothing to do.",
            "Beiträge ohne Empfänger, etwa Notizen an dich selbst oder an gelöschte Konten, wurden nur gezählt. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

fn about_table(code: &str) -> Option<Words> {
    Some(match code {
        "bad-address" => (
            Severity::Warning,
            "Rows without an address like name@server were left out, so the list does not count as complete. Download the list again.",
            "Zeilen ohne eine Adresse wie name@server wurden ausgelassen, daher gilt die Liste nicht als vollständig. Lade die Liste neu herunter.",
        ),
        "duplicate-row" => (
            Severity::Note,
            "Rows that name an account once more were left out. There is nothing to do.",
            "Zeilen, die ein Konto noch einmal nennen, wurden ausgelassen. Du musst nichts tun.",
        ),
        "own-row" => (
            Severity::Warning,
            "A row that names the account itself was left out, so the list does not count as complete. Check that it belongs to this archive.",
            "Eine Zeile, die das Konto selbst nennt, wurde ausgelassen, daher gilt die Liste nicht als vollständig. Prüfe, ob sie zu diesem Archiv gehört.",
        ),
        "open-quote" => (
            Severity::Warning,
            "A quotation mark is never closed, so rows may have run together and the list does not count as complete. Download the list again.",
            "Ein Anführungszeichen wird nie geschlossen, daher können Zeilen verschmolzen sein und die Liste gilt nicht als vollständig. Lade die Liste neu herunter.",
        ),
        "empty-list" => (
            Severity::Note,
            "The list holds no address and no heading that says what it is, so it does not count as complete. If you expected entries, download it again.",
            "Die Liste enthält keine Adresse und keine Überschrift, die sagt, was sie ist, daher gilt sie nicht als vollständig. Lade sie neu herunter, wenn du Einträge erwartest.",
        ),
        "older-copy" => (
            Severity::Note,
            "There is a newer download of the same list, so this one was not read. There is nothing to do.",
            "Es gibt einen neueren Download derselben Liste, daher wurde dieser nicht gelesen. Du musst nichts tun.",
        ),
        "domains-not-people" => (
            Severity::Note,
            "Blocked servers are no accounts and were only counted. There is nothing to do.",
            "Blockierte Server sind keine Konten und wurden nur gezählt. Du musst nichts tun.",
        ),
        "list-owner-unknown" => (
            Severity::Error,
            "Archives of several accounts lie here, and nothing shows whose list this is. Put it into one folder with its archive.",
            "Hier liegen Archive mehrerer Konten, und nichts zeigt, wessen Liste dies ist. Lege sie mit ihrem Archiv in einen Ordner.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 30] = [
        "part-of-collection",
        "received-not-covered",
        "following-not-covered",
        "no-outbox",
        "no-actor",
        "bad-actor",
        "likes-without-date",
        "bookmarks-without-date",
        "also-known-as",
        "moved",
        "bad-item",
        "no-items",
        "too-long-item",
        "foreign-item",
        "unknown-item",
        "no-date",
        "future-date",
        "reply-author-unknown",
        "boost-author-unknown",
        "quote-author-unknown",
        "own-post",
        "to-nobody",
        "bad-address",
        "duplicate-row",
        "own-row",
        "open-quote",
        "empty-list",
        "older-copy",
        "domains-not-people",
        "list-owner-unknown",
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
