//! What a person is told about mail, in both languages: what is so, and what to do about it.

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

/// Says why no mail was found among the files.
pub(super) fn no_mail(archive: &Archive<'_>) -> ReadError {
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
        "no-mail",
        format!("No mailbox, letter or address book was found{en}. Export mail as mbox and contacts as vCard, and import these files."),
        format!("Es war kein Postfach, kein Brief und kein Adressbuch zu finden{de}. Exportiere Mail als mbox und Kontakte als vCard und importiere diese Dateien."),
    )
    .in_file("")
}

fn words(code: &str) -> Words {
    about_owner(code)
        .or_else(|| about_coverage(code))
        .or_else(|| about_no_contact(code))
        .or_else(|| about_letter(code))
        .or_else(|| about_card(code))
        .unwrap_or((
            Severity::Warning,
            "Something could not be used. Export the mail again.",
            "Etwas war nicht verwendbar. Exportiere die Mail noch einmal.",
        ))
}

fn about_owner(code: &str) -> Option<Words> {
    Some(match code {
        "side-unknown" => (
            Severity::Error,
            "Nothing says whose mailbox this is, so its letters were not read. Import the folder of sent mail with it, or write address = \"you@example.org\" under [plugin.\"org.rin.mail\"] in rin.toml, and import again.",
            "Nichts sagt, wessen Postfach das ist, daher wurden seine Briefe nicht gelesen. Importiere den Ordner der gesendeten Mail mit, oder schreibe address = \"du@example.org\" unter [plugin.\"org.rin.mail\"] in rin.toml, und importiere noch einmal.",
        ),
        "owner-unknown" => (
            Severity::Warning,
            "Nothing says whose address book this is, so it counts as that of an own account called \"me\". Import mail with it, or write address = \"you@example.org\" under [plugin.\"org.rin.mail\"] in rin.toml, before you import more.",
            "Nichts sagt, wessen Adressbuch das ist, daher gilt es als das eines eigenen Kontos namens \u{201e}me\u{201c}. Importiere Mail mit, oder schreibe address = \"du@example.org\" unter [plugin.\"org.rin.mail\"] in rin.toml, bevor du mehr importierst.",
        ),
        "owner-proven" => (
            Severity::Note,
            "No folder of sent mail was found; the one who takes part in nearly every letter counts as the owner. If that is wrong, write address = \"you@example.org\" under [plugin.\"org.rin.mail\"] in rin.toml and import again.",
            "Es war kein Ordner gesendeter Mail zu finden; wer an fast jedem Brief beteiligt ist, gilt als Inhaber. Ist das falsch, schreibe address = \"du@example.org\" unter [plugin.\"org.rin.mail\"] in rin.toml und importiere noch einmal.",
        ),
        _ => return None,
    })
}

fn about_coverage(code: &str) -> Option<Words> {
    Some(match code {
        "no-letters" => (
            Severity::Note,
            "There are cards only, so whether letters were exchanged is not known. Export mail as mbox as well.",
            "Es gibt nur Karten, daher ist nicht bekannt, ob Briefe gewechselt wurden. Exportiere auch die Mail als mbox.",
        ),
        "no-sent" => (
            Severity::Note,
            "No letter of the owner's is among them, so what was sent is not known. Export the folder of sent mail as well.",
            "Kein Brief des Inhabers ist darunter, daher ist nicht bekannt, was gesendet wurde. Exportiere auch den Ordner der gesendeten Mail.",
        ),
        "no-received" => (
            Severity::Note,
            "Only letters of the owner's are among them, so what was received is not known. Export the inbox as well.",
            "Nur Briefe des Inhabers sind darunter, daher ist nicht bekannt, was ankam. Exportiere auch den Posteingang.",
        ),
        "other-files" => (
            Severity::Note,
            "Files that are neither mailbox, letter nor address book were not read. There is nothing to do.",
            "Dateien, die weder Postfach, Brief noch Adressbuch sind, wurden nicht gelesen. Du musst nichts tun.",
        ),
        "no-mailbox" => (
            Severity::Error,
            "The file is called a mailbox, a letter or an address book, but does not begin like one and was not read. Export it again.",
            "Die Datei heißt wie ein Postfach, ein Brief oder ein Adressbuch, beginnt aber nicht so und wurde nicht gelesen. Exportiere sie noch einmal.",
        ),
        _ => return None,
    })
}

fn about_no_contact(code: &str) -> Option<Words> {
    Some(match code {
        "draft" => (
            Severity::Note,
            "Drafts were never sent and were left out. There is nothing to do.",
            "Entwürfe wurden nie gesendet und sind ausgelassen. Du musst nichts tun.",
        ),
        "spam" => (
            Severity::Note,
            "Letters in the spam folder were left out. There is nothing to do.",
            "Briefe im Spam-Ordner wurden ausgelassen. Du musst nichts tun.",
        ),
        "automatic" => (
            Severity::Note,
            "Newsletters, notices of absence and other letters of programs were only counted. There is nothing to do.",
            "Rundschreiben, Abwesenheitsnotizen und andere Briefe von Programmen wurden nur gezählt. Du musst nichts tun.",
        ),
        "list" | "to-list" => (
            Severity::Note,
            "Letters through a mailing list are for nobody in particular and were only counted. There is nothing to do.",
            "Briefe über eine Mailingliste richten sich an niemanden im Besonderen und wurden nur gezählt. Du musst nichts tun.",
        ),
        "circular" => (
            Severity::Note,
            "Letters to more than twenty people are circulars and were only counted. There is nothing to do.",
            "Briefe an mehr als zwanzig Leute sind Rundbriefe und wurden nur gezählt. Du musst nichts tun.",
        ),
        "copy" => (
            Severity::Note,
            "Letters of which the owner only got a copy were only counted. There is nothing to do.",
            "Briefe, die der Inhaber nur in Kopie bekam, wurden nur gezählt. Du musst nichts tun.",
        ),
        "to-nobody" => (
            Severity::Note,
            "Letters to oneself, or without a recipient, were only counted. There is nothing to do.",
            "Briefe an sich selbst oder ohne Empfänger wurden nur gezählt. Du musst nichts tun.",
        ),
        "second-copy" => (
            Severity::Note,
            "Letters that lie in several folders were taken once. There is nothing to do.",
            "Briefe, die in mehreren Ordnern liegen, wurden einmal genommen. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

fn about_letter(code: &str) -> Option<Words> {
    Some(match code {
        "no-sender" => (
            Severity::Warning,
            "Letters without a sender's address were left out. If they are many, export the mail again.",
            "Briefe ohne Adresse des Absenders wurden ausgelassen. Sind es viele, exportiere die Mail noch einmal.",
        ),
        "no-date" => (
            Severity::Warning,
            "Letters without a possible date were left out. If they are many, export the mail again.",
            "Briefe ohne mögliches Datum wurden ausgelassen. Sind es viele, exportiere die Mail noch einmal.",
        ),
        "odd-date" => (
            Severity::Note,
            "The writer's date is missing or impossible, so that of the delivery was used. Check this computer's clock if they are many.",
            "Das Datum des Absenders fehlt oder ist unmöglich, daher gilt das der Zustellung. Prüfe die Uhr dieses Rechners, wenn es viele sind.",
        ),
        "bad-letter" => (
            Severity::Warning,
            "Letters whose header cannot be read were left out. If they are many, export the mail again.",
            "Briefe, deren Kopf nicht lesbar ist, wurden ausgelassen. Sind es viele, exportiere die Mail noch einmal.",
        ),
        "cut-letter" => (
            Severity::Warning,
            "The file ends in the header of a letter, which was left out: the export is not complete. Export the mail again.",
            "Die Datei endet im Kopf eines Briefs, der ausgelassen wurde: Der Export ist unvollständig. Exportiere die Mail noch einmal.",
        ),
        _ => return None,
    })
}

fn about_card(code: &str) -> Option<Words> {
    Some(match code {
        "cut-card" => (
            Severity::Warning,
            "The file ends inside a card, which was left out: the export is not complete. Export the address book again.",
            "Die Datei endet in einer Karte, die ausgelassen wurde: Der Export ist unvollständig. Exportiere das Adressbuch noch einmal.",
        ),
        "bad-card" => (
            Severity::Warning,
            "Damaged cards were left out. If they are many, export the address book again.",
            "Beschädigte Karten wurden ausgelassen. Sind es viele, exportiere das Adressbuch noch einmal.",
        ),
        "empty-card" => (
            Severity::Warning,
            "Cards without address, number and name were left out. Give them a name in the address book.",
            "Karten ohne Adresse, Nummer und Namen wurden ausgelassen. Gib ihnen im Adressbuch einen Namen.",
        ),
        "group-card" => (
            Severity::Note,
            "Cards of groups, places and devices are nobody's and were only counted. There is nothing to do.",
            "Karten von Gruppen, Orten und Geräten sind niemandes und wurden nur gezählt. Du musst nichts tun.",
        ),
        "own-card" => (
            Severity::Note,
            "The owner's own card is no contact. There is nothing to do.",
            "Die eigene Karte des Inhabers ist kein Kontakt. Du musst nichts tun.",
        ),
        "shared-address" => (
            Severity::Note,
            "Cards of different people have the same address; each is known by what is its own. Check whether one of them is out of date.",
            "Karten verschiedener Leute haben dieselbe Adresse; jede gilt für das, was sie allein hat. Prüfe, ob eine davon veraltet ist.",
        ),
        "too-many-cards" => (
            Severity::Error,
            "There are more than 200,000 cards; the rest was not read. Import the address books one by one.",
            "Es sind mehr als 200.000 Karten; der Rest wurde nicht gelesen. Importiere die Adressbücher einzeln.",
        ),
        "profiles" => (
            Severity::Note,
            "Profiles and messengers on other platforms stand in cards and were only counted. Join the accounts by hand where they are one person.",
            "Profile und Messenger anderer Plattformen stehen in Karten und wurden nur gezählt. Führe die Konten von Hand zusammen, wo sie ein Mensch sind.",
        ),
        "relations" => (
            Severity::Note,
            "Relations that name somebody without an address were only counted. There is nothing to do.",
            "Beziehungen, die jemanden ohne Adresse nennen, wurden nur gezählt. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_used_has_words() {
        let sources =
            [include_str!("../read.rs"), include_str!("letters.rs"), include_str!("contacts.rs")];
        let calls = ["note(\"", "finding(\"", "counted(\"", "Ok(Some(\""];
        let of_source = |source: &'static str| calls.map(|call| source.split(call).skip(1));
        let rests = sources.into_iter().flat_map(of_source).flatten();
        let named = rests.filter_map(|rest| rest.split('"').next());
        let chosen = ["owner-unknown", "side-unknown", "to-nobody", "to-list"];
        let mut codes = 0;
        for code in named.chain(chosen) {
            let (_, en, de) = words(code);
            assert_ne!(en, words("").1, "{code}");
            assert!(en.ends_with('.') && de.ends_with('.'), "{code}");
            codes += 1;
        }
        assert!(30 <= codes, "{codes}");
    }
}
