//! Why a whole file is of no use, in words that say what to do about it.

use rin_plugin::prelude::ReadError;

use crate::car::{CarError, Foreign, INFLATED_MAX, MAX_BLOCKS};

/// Why a whole file is of no use.
pub(super) struct Failure {
    code: &'static str,
    en: String,
    de: String,
}

impl Failure {
    fn new(code: &'static str, en: &str, de: &str) -> Self {
        Self { code, en: en.to_owned(), de: de.to_owned() }
    }

    /// Returns it as the error of `file`.
    pub(super) fn of(self, file: &str) -> ReadError {
        ReadError::Unreadable {
            code: self.code,
            file: file.to_owned(),
            place: 0,
            en: self.en,
            de: self.de,
        }
    }

    /// No file of the source is a repository.
    pub(super) fn no_repository() -> Self {
        Self::new(
            "no-repository",
            "no repository export (a .car file) was found; download yours in Bluesky under Settings, Account, Export my data",
            "kein Repository-Export (eine .car-Datei) gefunden; herunterladen in Bluesky unter Einstellungen, Konto, Meine Daten exportieren",
        )
    }

    /// The file ends too early for anything to be read.
    pub(super) fn truncated() -> Self {
        Self::new(
            "truncated",
            "the file ends before its first useful block; download the export again",
            "die Datei endet vor ihrem ersten brauchbaren Block; bitte den Export neu herunterladen",
        )
    }

    /// The first length is impossible.
    pub(super) fn bad_length() -> Self {
        Self::new(
            "bad-length",
            "a block claims a length that cannot be, and nothing useful stands before it; download the export again",
            "ein Block nennt eine unmögliche Länge, und davor steht nichts Brauchbares; bitte den Export neu herunterladen",
        )
    }

    /// The file is a header without blocks.
    pub(super) fn empty_difference() -> Self {
        Self::new(
            "empty-difference",
            "the file is a difference that holds nothing, because the repository had not changed; download the whole repository, without `since`",
            "die Datei ist ein leerer Unterschied, weil sich das Repository nicht geändert hatte; bitte das ganze Repository ohne `since` herunterladen",
        )
    }

    /// The block that says whose repository it is is not there or damaged.
    pub(super) fn no_commit() -> Self {
        Self::new(
            "no-commit",
            "the block that says whose repository this is is missing or damaged; download the whole repository again, without `since`",
            "der Block, der sagt, wessen Repository das ist, fehlt oder ist beschädigt; bitte das ganze Repository ohne `since` neu herunterladen",
        )
    }

    /// The first block cannot be understood.
    pub(super) fn bad_commit() -> Self {
        Self::new(
            "bad-commit",
            "the first block is not the commit of a repository; choose the file Bluesky's account export gives",
            "der erste Block ist nicht der Commit eines Repositorys; bitte die Datei wählen, die der Kontoexport von Bluesky liefert",
        )
    }

    /// The file is no readable CAR.
    pub(super) fn car(error: &CarError) -> Self {
        match error {
            CarError::Read(cause) => Self {
                code: "unreadable",
                en: format!("the file could not be read ({cause})"),
                de: format!("die Datei konnte nicht gelesen werden ({cause})"),
            },
            CarError::Empty => Self::new(
                "empty-file",
                "the file is empty; download the export again",
                "die Datei ist leer; bitte den Export neu herunterladen",
            ),
            CarError::Foreign(foreign) => Self::foreign(*foreign),
            CarError::CutHeader => Self::truncated(),
            CarError::Header => Self::new(
                "bad-header",
                "the header of the file is damaged; download the export again",
                "der Kopf der Datei ist beschädigt; bitte den Export neu herunterladen",
            ),
            CarError::Version(version) => Self {
                code: "car-version",
                en: format!("the file is a CAR of version {version}; Bluesky exports version 1"),
                de: format!(
                    "die Datei ist ein CAR der Version {version}; Bluesky exportiert Version 1"
                ),
            },
            CarError::TooManyBlocks => Self {
                code: "too-large",
                en: format!(
                    "the file holds more than {MAX_BLOCKS} blocks, which is the most that is read"
                ),
                de: format!(
                    "die Datei enthält mehr als {MAX_BLOCKS} Blöcke, mehr werden nicht gelesen"
                ),
            },
            CarError::Inflated => {
                let limit = INFLATED_MAX >> 20;
                Self {
                    code: "gzip-too-large",
                    en: format!(
                        "the gzip file holds more than {limit} MB; unpack it and import the .car inside"
                    ),
                    de: format!(
                        "die gzip-Datei enthält mehr als {limit} MB; bitte entpacken und die .car-Datei darin importieren"
                    ),
                }
            }
        }
    }

    fn foreign(foreign: Foreign) -> Self {
        match foreign {
            Foreign::WebPage => Self::new(
                "web-page",
                "the file is a web page, not an export; sign in and download the export again",
                "die Datei ist eine Webseite, kein Export; bitte anmelden und den Export neu herunterladen",
            ),
            Foreign::Json => Self::new(
                "server-answer",
                "the file is a server's answer in JSON, probably an error, not an export; open it to see what the server says and download the export again",
                "die Datei ist eine Antwort des Servers in JSON, vermutlich ein Fehler, kein Export; bitte darin nachsehen und den Export neu herunterladen",
            ),
            Foreign::Unknown => Self::new(
                "no-car",
                "the file is no repository export (CAR); choose the .car file Bluesky's account export gives",
                "die Datei ist kein Repository-Export (CAR); bitte die .car-Datei wählen, die der Kontoexport von Bluesky liefert",
            ),
        }
    }
}
