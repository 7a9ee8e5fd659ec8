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
        format!("No YouTube export was found{en}. Request it on takeout.google.com, choose YouTube with comments, subscriptions and history, and import its zip files."),
        format!("Es war kein YouTube-Export zu finden{de}. Fordere ihn auf takeout.google.com an, wähle YouTube mit Kommentaren, Abos und Verlauf, und importiere dessen Zip-Dateien."),
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
            "An export shows what its owner wrote and subscribed to, not who answered or subscribed. There is nothing to do.",
            "Ein Export zeigt, was sein Inhaber schrieb und abonnierte, nicht, wer antwortete oder abonnierte. Du musst nichts tun.",
        ),
        "owner-unknown" => (
            Severity::Warning,
            "Nothing says whose export this is, so it counts as that of an own account called \"me\". Export your channel or comments as well, or write channel = \"UC…\" under [plugin.\"org.rin.youtube\"] in rin.toml, before you import more.",
            "Nichts sagt, wem dieser Export gehört, daher gilt er als der eines eigenen Kontos namens \u{201e}me\u{201c}. Exportiere auch deinen Kanal oder Kommentare oder schreibe channel = \"UC…\" unter [plugin.\"org.rin.youtube\"] in rin.toml, bevor du mehr importierst.",
        ),
        "missing-part" => (
            Severity::Error,
            "This zip is one of several, and the next or the one before is not there. Put all parts of the export into one folder and import that.",
            "Dieses Zip ist eines von mehreren, und das nächste oder vorige fehlt. Lege alle Teile des Exports in einen Ordner und importiere diesen.",
        ),
        "older-export" => (
            Severity::Note,
            "A newer export lies beside it, and its subscriptions were read. To see which ended, import one export after the other, the oldest first.",
            "Daneben liegt ein neuerer Export, dessen Abos gelesen wurden. Um zu sehen, welche endeten, importiere die Exporte nacheinander, den ältesten zuerst.",
        ),
        "no-subscriptions" => (
            Severity::Note,
            "There is no list of subscriptions, so they are not known. Choose subscriptions when you request the export.",
            "Es gibt keine Liste der Abos, daher sind sie nicht bekannt. Wähle Abos aus, wenn du den Export anforderst.",
        ),
        "no-comments" => (
            Severity::Note,
            "There is no table of comments, so whether there were any is not known. Choose comments when you request the export.",
            "Es gibt keine Tabelle der Kommentare, daher ist nicht bekannt, ob es welche gab. Wähle Kommentare aus, wenn du den Export anforderst.",
        ),
        "comments-page" => (
            Severity::Warning,
            "Comments stand there as a web page of an older export, which is not read. Request the export again, newer ones hold a table.",
            "Kommentare stehen dort als Webseite eines älteren Exports, die nicht gelesen wird. Fordere den Export neu an, neuere enthalten eine Tabelle.",
        ),
        "other-files" => (
            Severity::Note,
            "Tables about other things than people, such as playlists, were not read. There is nothing to do.",
            "Tabellen über anderes als Menschen, etwa Playlists, wurden nicht gelesen. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

fn about_row(code: &str) -> Option<Words> {
    Some(match code {
        "comments-without-target" => (
            Severity::Note,
            "Comments name a video, and nothing in the export says whose it is; they were only counted. Request the export with the watch history, which says it for what was watched.",
            "Kommentare nennen ein Video, und nichts im Export sagt, wessen es ist; sie wurden nur gezählt. Fordere den Export mit dem Wiedergabeverlauf an, der es für Gesehenes sagt.",
        ),
        "answers-without-target" => (
            Severity::Note,
            "Answers to comments do not say whom they answer and were only counted. There is nothing to do.",
            "Antworten auf Kommentare sagen nicht, wem sie gelten, und wurden nur gezählt. Du musst nichts tun.",
        ),
        "own-video" => (
            Severity::Note,
            "Comments on own videos are no contact and were only counted. There is nothing to do.",
            "Kommentare zu eigenen Videos sind kein Kontakt und wurden nur gezählt. Du musst nichts tun.",
        ),
        "other-channel" => (
            Severity::Warning,
            "Comments were written by another channel than the owner's and were only counted. Import the export of each channel by itself.",
            "Kommentare stammen von einem anderen Kanal als dem des Inhabers und wurden nur gezählt. Importiere den Export jedes Kanals für sich.",
        ),
        "no-date" => (
            Severity::Warning,
            "Rows without a possible date were left out. If they are many, download the export again.",
            "Zeilen ohne mögliches Datum wurden ausgelassen. Sind es viele, lade den Export neu herunter.",
        ),
        "bad-row" => (
            Severity::Warning,
            "Rows that are cut off or damaged were left out. If they are many, download the export again.",
            "Abgeschnittene oder beschädigte Zeilen wurden ausgelassen. Sind es viele, lade den Export neu herunter.",
        ),
        "open-quote" => (
            Severity::Warning,
            "A quotation mark is never closed, so rows may have run together. Download the export again.",
            "Ein Anführungszeichen wird nie geschlossen, daher können Zeilen verschmolzen sein. Lade den Export neu herunter.",
        ),
        "too-many" => (
            Severity::Error,
            "There are more comments than can be held at once, and the rest was left out. Import the tables one by one.",
            "Es sind mehr Kommentare, als auf einmal zu halten sind, und der Rest wurde ausgelassen. Importiere die Tabellen einzeln.",
        ),
        "own-row" => (
            Severity::Note,
            "Rows that name the owner as a subscription were left out. Check that the list belongs to the export.",
            "Zeilen, die den Inhaber als Abo nennen, wurden ausgelassen. Prüfe, ob die Liste zum Export gehört.",
        ),
        "duplicate" => (
            Severity::Note,
            "Rows that stand there twice were read once. There is nothing to do.",
            "Doppelte Zeilen wurden einmal gelesen. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_used_has_words() {
        let sources = [include_str!("../read.rs"), include_str!("subscriptions.rs")];
        let calls = ["note(\"", "finding(\"", "counted(\"", "=> \""];
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
        assert!(15 <= codes, "{codes}");
    }
}
