//! What a person is told about an export, in both languages: what is so, and what to do about it.

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

/// Says why no export was found among the files.
pub(super) fn no_export(archive: &Archive<'_>) -> ReadError {
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
        "no-export",
        format!("No LinkedIn export was found{en}. Request it on LinkedIn under Settings, Data privacy, Get a copy of your data, and import its zip file."),
        format!("Es war kein LinkedIn-Export zu finden{de}. Fordere ihn auf LinkedIn unter Einstellungen, Datenschutz, Kopie Ihrer Daten anfordern an und importiere dessen Zip-Datei."),
    )
    .in_file("")
}

fn words(code: &str) -> Words {
    about_export(code)
        .or_else(|| about_coverage(code))
        .or_else(|| about_message(code))
        .or_else(|| about_people(code))
        .or_else(|| about_table(code))
        .unwrap_or((
            Severity::Warning,
            "Something could not be used. Download the export again.",
            "Etwas war nicht verwendbar. Lade den Export neu herunter.",
        ))
}

fn about_export(code: &str) -> Option<Words> {
    Some(match code {
        "owner-unknown" => (
            Severity::Warning,
            "Nothing says whose export this is, so it counts as that of an own account called \"me\". Put Profile.csv and Invitations.csv beside the files, or write profile = \"NAME-IN-ADDRESS\" under [plugin.\"org.rin.linkedin\"] in rin.toml, before you import more.",
            "Nichts sagt, wem dieser Export gehört, daher gilt er als der eines eigenen Kontos namens \u{201e}me\u{201c}. Lege Profile.csv und Invitations.csv neben die Dateien oder schreibe profile = \"NAME-IN-DER-ADRESSE\" unter [plugin.\"org.rin.linkedin\"] in rin.toml, bevor du mehr importierst.",
        ),
        "owner-by-name" => (
            Severity::Note,
            "The export gives the owner's name but not the address of the profile, so the account is known by name. Export the invitations and messages as well.",
            "Der Export nennt den Namen des Inhabers, aber nicht die Adresse des Profils, daher ist das Konto nach dem Namen benannt. Exportiere auch Einladungen und Nachrichten.",
        ),
        "older-export" => (
            Severity::Note,
            "A newer export of this account lies beside it, and its contacts were read. To see who left, import one export after the other, the oldest first.",
            "Daneben liegt ein neuerer Export dieses Kontos, dessen Kontakte gelesen wurden. Um zu sehen, wer gegangen ist, importiere die Exporte nacheinander, den ältesten zuerst.",
        ),
        "other-files" => (
            Severity::Note,
            "Files of the export about other things than people, such as jobs and advertising, were not read. There is nothing to do.",
            "Dateien des Exports über anderes als Menschen, etwa Stellen und Werbung, wurden nicht gelesen. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

fn about_coverage(code: &str) -> Option<Words> {
    Some(match code {
        "targets-not-covered" => (
            Severity::Note,
            "A LinkedIn export shows messages, invitations and contacts, but not whose posts were commented, liked or shared, nor who did so with yours. There is nothing to do.",
            "Ein LinkedIn-Export zeigt Nachrichten, Einladungen und Kontakte, aber nicht, wessen Beiträge kommentiert, gelikt oder geteilt wurden, noch, wer das mit deinen tat. Du musst nichts tun.",
        ),
        "no-messages" => (
            Severity::Note,
            "There is no messages.csv, so whether there were messages is not known. Request the larger data archive, which takes up to a day.",
            "Es gibt keine messages.csv, daher ist nicht bekannt, ob es Nachrichten gab. Fordere das größere Datenarchiv an, das bis zu einem Tag braucht.",
        ),
        "no-contacts" => (
            Severity::Note,
            "There is no readable Connections.csv, so contacts are not known. Request the export with connections.",
            "Es gibt keine lesbare Connections.csv, daher sind Kontakte nicht bekannt. Fordere den Export mit Kontakten an.",
        ),
        "reactions-without-target" | "comments-without-target" | "shares-without-target" => (
            Severity::Note,
            "Reactions, comments and shares stand in the export without whom they were for and were only counted. There is nothing to do.",
            "Reaktionen, Kommentare und geteilte Beiträge stehen ohne ihren Adressaten im Export und wurden nur gezählt. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

fn about_message(code: &str) -> Option<Words> {
    Some(match code {
        "draft" => (
            Severity::Note,
            "Drafts were never sent and were left out. There is nothing to do.",
            "Entwürfe wurden nie gesendet und sind ausgelassen. Du musst nichts tun.",
        ),
        "spam" => (
            Severity::Note,
            "Messages in the spam folder were left out. There is nothing to do.",
            "Nachrichten im Spam-Ordner wurden ausgelassen. Du musst nichts tun.",
        ),
        "sponsored" => (
            Severity::Note,
            "Sponsored messages come from nobody and were left out. There is nothing to do.",
            "Gesponserte Nachrichten kommen von niemandem und wurden ausgelassen. Du musst nichts tun.",
        ),
        "side-unknown" => (
            Severity::Error,
            "Nothing says which side of the messages is yours, so they were not read. Put Profile.csv beside them, or write profile = \"NAME-IN-ADDRESS\" under [plugin.\"org.rin.linkedin\"] in rin.toml, and import again.",
            "Nichts sagt, welche Seite der Nachrichten deine ist, daher wurden sie nicht gelesen. Lege Profile.csv daneben oder schreibe profile = \"NAME-IN-DER-ADRESSE\" unter [plugin.\"org.rin.linkedin\"] in rin.toml und importiere noch einmal.",
        ),
        _ => return None,
    })
}

fn about_people(code: &str) -> Option<Words> {
    Some(match code {
        "hidden-contact" => (
            Severity::Note,
            "Contacts who hide their profile stand in the list as a date alone and were only counted; nobody missing from such a list counts as gone. There is nothing to do.",
            "Kontakte, die ihr Profil verbergen, stehen nur als Datum in der Liste und wurden nur gezählt; wer in einer solchen Liste fehlt, gilt nicht als gegangen. Du musst nichts tun.",
        ),
        "gone" => (
            Severity::Note,
            "Rows about accounts that were deleted, called LinkedIn Member, were only counted. There is nothing to do.",
            "Zeilen über gelöschte Konten, genannt LinkedIn Member, wurden nur gezählt. Du musst nichts tun.",
        ),
        "namesakes" => (
            Severity::Warning,
            "Rows name somebody by a name that several people in the export have, without an address; they count for that name alone. Export again, newer exports give addresses.",
            "Zeilen nennen jemanden mit einem Namen, den mehrere im Export haben, ohne Adresse; sie zählen nur für diesen Namen. Exportiere neu, neuere Exporte nennen Adressen.",
        ),
        "no-name" => (
            Severity::Warning,
            "Rows that name nobody were left out. If they are many, download the export again.",
            "Zeilen, die niemanden nennen, wurden ausgelassen. Sind es viele, lade den Export neu herunter.",
        ),
        "own-row" => (
            Severity::Note,
            "Rows that name the owner as a contact were left out. Check that the list belongs to the export.",
            "Zeilen, die den Inhaber als Kontakt nennen, wurden ausgelassen. Prüfe, ob die Liste zum Export gehört.",
        ),
        _ => return None,
    })
}

fn about_table(code: &str) -> Option<Words> {
    Some(match code {
        "no-date" => (
            Severity::Warning,
            "Rows without a possible date were left out. If they are many, download the export again.",
            "Zeilen ohne mögliches Datum wurden ausgelassen. Sind es viele, lade den Export neu herunter.",
        ),
        "no-zone" => (
            Severity::Note,
            "Times stand there without a zone, so only their day was kept. There is nothing to do.",
            "Zeiten stehen dort ohne Zone, daher wurde nur ihr Tag behalten. Du musst nichts tun.",
        ),
        "resaved" => (
            Severity::Note,
            "A spreadsheet saved the file again and changed its dates. Download the export again if days look wrong.",
            "Eine Tabellenkalkulation hat die Datei neu gespeichert und ihre Daten geändert. Lade den Export neu herunter, wenn Tage falsch aussehen.",
        ),
        "localised" => (
            Severity::Note,
            "Dates have their month in another language; they were read all the same. Check that the days are right.",
            "Daten nennen den Monat in einer anderen Sprache; sie wurden trotzdem gelesen. Prüfe, ob die Tage stimmen.",
        ),
        "localised-heading" => (
            Severity::Warning,
            "The heading of the contacts is not in English, so its columns were taken by their order. Check that names and days are right.",
            "Die Überschrift der Kontakte ist nicht englisch, daher wurden die Spalten nach ihrer Reihenfolge genommen. Prüfe, ob Namen und Tage stimmen.",
        ),
        "unknown-heading" => (
            Severity::Error,
            "The file has no heading that is known, so nothing in it was read. Set LinkedIn to English and download the export again.",
            "Die Datei hat keine bekannte Überschrift, daher wurde nichts darin gelesen. Stelle LinkedIn auf Englisch um und lade den Export neu herunter.",
        ),
        "open-quote" => (
            Severity::Warning,
            "A quotation mark is never closed, so rows may have run together. Download the export again.",
            "Ein Anführungszeichen wird nie geschlossen, daher können Zeilen verschmolzen sein. Lade den Export neu herunter.",
        ),
        "bad-row" => (
            Severity::Warning,
            "Rows that are cut off or damaged were left out. If they are many, download the export again.",
            "Abgeschnittene oder beschädigte Zeilen wurden ausgelassen. Sind es viele, lade den Export neu herunter.",
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
            include_str!("contacts.rs"),
            include_str!("desk.rs"),
            include_str!("messages.rs"),
            include_str!("sheet.rs"),
            include_str!("signs.rs"),
        ];
        let calls = ["note(\"", "finding(\"", "counted(\"", "Some(\""];
        let of_source = |source: &'static str| calls.map(|call| source.split(call).skip(1));
        let rests = sources.into_iter().flat_map(of_source).flatten();
        let mut codes = 0;
        for code in rests.filter_map(|rest| rest.split('"').next()) {
            let (_, en, de) = words(code);
            assert_ne!(en, words("").1, "{code}");
            assert!(en.ends_with('.') && de.ends_with('.'), "{code}");
            codes += 1;
        }
        assert!(20 <= codes, "{codes}");
    }
}
