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
        format!("No TikTok export was found{en}. Request it in the app under Settings and privacy, Account, Download your data, as JSON, and import its zip file."),
        format!("Es war kein TikTok-Export zu finden{de}. Fordere ihn in der App unter Einstellungen und Datenschutz, Konto, Deine Daten herunterladen als JSON an und importiere dessen Zip-Datei."),
    )
    .in_file("")
}

fn words(code: &str) -> Words {
    about_export(code).or_else(|| about_row(code)).unwrap_or((
        Severity::Warning,
        "Something could not be used. Download the export again.",
        "Etwas war nicht verwendbar. Lade den Export neu herunter.",
    ))
}

fn about_export(code: &str) -> Option<Words> {
    Some(match code {
        "received-not-covered" => (
            Severity::Note,
            "An export shows follows and messages, but not who liked or commented what its owner posted. There is nothing to do.",
            "Ein Export zeigt, wer wem folgt, und Nachrichten, aber nicht, wer Beiträge des Inhabers likte oder kommentierte. Du musst nichts tun.",
        ),
        "owner-unknown" => (
            Severity::Warning,
            "Nothing says whose export this is, so it counts as that of an own account called \"me\". Export the profile as well, or write name = \"NAME\" under [plugin.\"org.rin.tiktok\"] in rin.toml, before you import more.",
            "Nichts sagt, wem dieser Export gehört, daher gilt er als der eines eigenen Kontos namens \u{201e}me\u{201c}. Exportiere auch das Profil oder schreibe name = \"NAME\" unter [plugin.\"org.rin.tiktok\"] in rin.toml, bevor du mehr importierst.",
        ),
        "older-export" => (
            Severity::Note,
            "A newer export of this account lies beside it, and its lists were read. To see who left, import one export after the other, the oldest first.",
            "Daneben liegt ein neuerer Export dieses Kontos, dessen Listen gelesen wurden. Um zu sehen, wer gegangen ist, importiere die Exporte nacheinander, den ältesten zuerst.",
        ),
        "no-followers" => (
            Severity::Note,
            "There is no list of followers, or it is empty in the way that unselected ones are, so followers are not known. Choose all data when you request the export.",
            "Es gibt keine Liste der Follower, oder sie ist leer wie eine nicht gewählte, daher sind Follower nicht bekannt. Wähle alle Daten, wenn du den Export anforderst.",
        ),
        "no-following" => (
            Severity::Note,
            "There is no list of followed accounts, or it is empty in the way that unselected ones are, so they are not known. Choose all data when you request the export.",
            "Es gibt keine Liste der gefolgten Konten, oder sie ist leer wie eine nicht gewählte, daher sind sie nicht bekannt. Wähle alle Daten, wenn du den Export anforderst.",
        ),
        "no-messages" => (
            Severity::Note,
            "There are no messages, or their list is empty in the way that unselected ones are, so messages are not known. Choose all data when you request the export.",
            "Es gibt keine Nachrichten, oder ihre Liste ist leer wie eine nicht gewählte, daher sind Nachrichten nicht bekannt. Wähle alle Daten, wenn du den Export anforderst.",
        ),
        "malformed" => (
            Severity::Error,
            "From this line on the file is no valid JSON and was read no further. Download the export again.",
            "Ab dieser Zeile ist die Datei kein gültiges JSON, weiter wurde sie nicht gelesen. Lade den Export neu herunter.",
        ),
        _ => return None,
    })
}

fn about_row(code: &str) -> Option<Words> {
    Some(match code {
        "likes-without-author" => (
            Severity::Note,
            "Likes name a video and not whose it is and were only counted. There is nothing to do.",
            "Likes nennen ein Video und nicht, wessen es ist, und wurden nur gezählt. Du musst nichts tun.",
        ),
        "comments-without-target" => (
            Severity::Note,
            "Comments do not say under which video they stand and were only counted. There is nothing to do.",
            "Kommentare sagen nicht, unter welchem Video sie stehen, und wurden nur gezählt. Du musst nichts tun.",
        ),
        "group-message" => (
            Severity::Note,
            "Messages in groups do not say who was there and were only counted. There is nothing to do.",
            "Nachrichten in Gruppen sagen nicht, wer dabei war, und wurden nur gezählt. Du musst nichts tun.",
        ),
        "no-day" => (
            Severity::Note,
            "Follows without a possible date count as older than the export. There is nothing to do.",
            "Follower ohne mögliches Datum gelten als älter als der Export. Du musst nichts tun.",
        ),
        "no-date" => (
            Severity::Warning,
            "Entries without a possible date were left out. If they are many, download the export again.",
            "Einträge ohne mögliches Datum wurden ausgelassen. Sind es viele, lade den Export neu herunter.",
        ),
        "no-name" => (
            Severity::Warning,
            "Entries that name nobody, as those of deleted accounts, were left out, and their list does not count as complete. There is nothing to do.",
            "Einträge, die niemanden nennen, wie die gelöschter Konten, wurden ausgelassen, und ihre Liste gilt nicht als vollständig. Du musst nichts tun.",
        ),
        "own-row" => (
            Severity::Note,
            "Entries that name the owner were left out. Check that the file belongs to the export.",
            "Einträge, die den Inhaber nennen, wurden ausgelassen. Prüfe, ob die Datei zum Export gehört.",
        ),
        "bad-entry" => (
            Severity::Warning,
            "Entries stand where none should and were left out. If they are many, download the export again.",
            "Einträge stehen, wo keine sein sollten, und wurden ausgelassen. Sind es viele, lade den Export neu herunter.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_used_has_words() {
        let sources = [include_str!("../read.rs"), include_str!("desk.rs")];
        let calls = ["note(\"", "finding(\""];
        let of_source = |source: &'static str| calls.map(|call| source.split(call).skip(1));
        let rests = sources.into_iter().flat_map(of_source).flatten();
        let mut codes = 0;
        for code in rests.filter_map(|rest| rest.split('"').next()).filter(|code| !code.is_empty())
        {
            let (_, en, de) = words(code);
            assert_ne!(en, words("").1, "{code}");
            assert!(en.ends_with('.') && de.ends_with('.'), "{code}");
            codes += 1;
        }
        assert!(10 <= codes, "{codes}");
    }
}
