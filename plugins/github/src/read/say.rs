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
        "no-archive",
        format!("No GitHub archive was found{en}. Request it on GitHub under Settings, Account, Export account data, and import the file it sends."),
        format!("Es war kein GitHub-Archiv zu finden{de}. Fordere es auf GitHub unter Settings, Account, Export account data an und importiere die Datei, die du bekommst."),
    )
    .in_file("")
}

fn words(code: &str) -> Words {
    about_archive(code).or_else(|| about_record(code)).unwrap_or((
        Severity::Warning,
        "Something could not be used. Download the archive again.",
        "Etwas war nicht verwendbar. Lade das Archiv neu herunter.",
    ))
}

fn about_archive(code: &str) -> Option<Words> {
    Some(match code {
        "own-repositories-only" => (
            Severity::Note,
            "An archive shows what happened in its own repositories, not what its owner wrote in others, nor stars and followers. There is nothing to do.",
            "Ein Archiv zeigt, was in seinen eigenen Repositorys geschah, nicht was der Inhaber anderswo schrieb, noch Sterne und Follower. Du musst nichts tun.",
        ),
        "owner-unknown" => (
            Severity::Warning,
            "Nothing says whose archive this is, so it counts as that of an own account called \"me\". Write login = \"LOGIN\" under [plugin.\"org.rin.github\"] in rin.toml, before you import more.",
            "Nichts sagt, wem dieses Archiv gehört, daher gilt es als das eines eigenen Kontos namens \u{201e}me\u{201c}. Schreibe login = \"LOGIN\" unter [plugin.\"org.rin.github\"] in rin.toml, bevor du mehr importierst.",
        ),
        "no-schema" => (
            Severity::Note,
            "There is no schema.json beside the lists, so it is not known whether they are all of an archive, and what is missing counts as unknown. Import the archive as it was downloaded.",
            "Neben den Listen liegt keine schema.json, daher ist nicht bekannt, ob sie ein ganzes Archiv sind, und was fehlt, gilt als unbekannt. Importiere das Archiv so, wie es heruntergeladen wurde.",
        ),
        "older-archive" => (
            Severity::Note,
            "A newer archive of this account lies beside it, and its members were read. To see who left, import one archive after the other, the oldest first.",
            "Daneben liegt ein neueres Archiv dieses Kontos, dessen Mitglieder gelesen wurden. Um zu sehen, wer gegangen ist, importiere die Archive nacheinander, das älteste zuerst.",
        ),
        "missing-part" => (
            Severity::Error,
            "Numbered parts of this list are missing. Put all parts of the archive into one folder, or download it again.",
            "Von dieser Liste fehlen nummerierte Teile. Lege alle Teile des Archivs in einen Ordner oder lade es neu herunter.",
        ),
        "too-many" => (
            Severity::Warning,
            "The archive holds more issues and comments than can be joined at once, so some lack whom they were for. Export fewer repositories at a time.",
            "Das Archiv hat mehr Issues und Kommentare, als auf einmal zu verbinden sind, daher fehlt manchen der Adressat. Exportiere weniger Repositorys auf einmal.",
        ),
        "other-files" => (
            Severity::Note,
            "Lists about other things than who wrote to whom, such as releases and milestones, were not read. There is nothing to do.",
            "Listen über anderes als wer wem schrieb, etwa Veröffentlichungen und Meilensteine, wurden nicht gelesen. Du musst nichts tun.",
        ),
        _ => return None,
    })
}

fn about_record(code: &str) -> Option<Words> {
    Some(match code {
        "bad-item" => (
            Severity::Warning,
            "Records that are damaged or lead nowhere were left out. If they are many, download the archive again.",
            "Beschädigte Einträge und solche, die nirgendwohin führen, wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "too-long-item" => (
            Severity::Error,
            "Records are longer than any known one and were left out. Check the file and download the archive again.",
            "Einträge sind länger als jeder bekannte und wurden ausgelassen. Prüfe die Datei und lade das Archiv neu herunter.",
        ),
        "no-date" => (
            Severity::Warning,
            "Records without a possible date were left out. If they are many, download the archive again.",
            "Einträge ohne mögliches Datum wurden ausgelassen. Sind es viele, lade das Archiv neu herunter.",
        ),
        "gone" => (
            Severity::Note,
            "Records of or for accounts that were deleted were only counted. There is nothing to do.",
            "Einträge von gelöschten Konten oder für sie wurden nur gezählt. Du musst nichts tun.",
        ),
        "own-post" => (
            Severity::Note,
            "What the owner of a repository wrote there to nobody in particular is no contact and was only counted. There is nothing to do.",
            "Was der Inhaber eines Repositorys dort an niemand Bestimmten schrieb, ist kein Kontakt und wurde nur gezählt. Du musst nichts tun.",
        ),
        "target-unknown" => (
            Severity::Warning,
            "Comments stand under issues that are not in the archive, so whom they answer is not known. Import all parts of the archive together.",
            "Kommentare stehen unter Issues, die nicht im Archiv sind, daher ist nicht bekannt, wem sie antworten. Importiere alle Teile des Archivs zusammen.",
        ),
        "draft" => (
            Severity::Note,
            "Reviews that were never sent were left out. There is nothing to do.",
            "Nie abgesendete Reviews wurden ausgelassen. Du musst nichts tun.",
        ),
        "frame" => (
            Severity::Note,
            "Reviews without words of their own only hold comments together, which were read, and do not count twice. There is nothing to do.",
            "Reviews ohne eigene Worte halten nur Kommentare zusammen, die gelesen wurden, und zählen nicht doppelt. Du musst nichts tun.",
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
            [include_str!("../read.rs"), include_str!("people.rs"), include_str!("written.rs")];
        let calls = ["note(\"", "finding(\"", "counted(\"", "Some(\"", "then_some(\""];
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
