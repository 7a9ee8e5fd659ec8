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
            "There is no repository export (a .car file) here. Download yours in Bluesky under Settings, Account, Export my data.",
            "Hier liegt kein Repository-Export (eine .car-Datei). Lade deinen in Bluesky unter Einstellungen, Konto, Meine Daten exportieren herunter.",
        )
    }

    /// The repository lies inside an archive.
    pub(super) fn packed() -> Self {
        Self::new(
            "no-repository",
            "The repository export (.car) lies inside an archive, where it is not read. Unpack it first and import the .car file.",
            "Der Repository-Export (.car) liegt in einem Archiv und wird dort nicht gelesen. Entpacke es zuerst und importiere die .car-Datei.",
        )
    }

    /// The file ends too early for anything to be read.
    pub(super) fn truncated() -> Self {
        Self::new(
            "truncated",
            "The file ends before its first useful block. Download the export again.",
            "Die Datei endet vor ihrem ersten brauchbaren Block. Lade den Export neu herunter.",
        )
    }

    /// The first length is impossible.
    pub(super) fn bad_length() -> Self {
        Self::new(
            "bad-length",
            "A block claims a length that cannot be, and nothing useful stands before it. Download the export again.",
            "Ein Block nennt eine unmögliche Länge, und davor steht nichts Brauchbares. Lade den Export neu herunter.",
        )
    }

    /// The file is a header without blocks.
    pub(super) fn empty_difference() -> Self {
        Self::new(
            "empty-difference",
            "The file holds no records, because the repository had not changed since the revision asked for. Download the whole repository, without `since`.",
            "Die Datei enthält keine Einträge, weil sich das Repository seit der angefragten Revision nicht geändert hatte. Lade das ganze Repository herunter, ohne `since`.",
        )
    }

    /// The block that says whose repository it is is not there or damaged.
    pub(super) fn no_commit() -> Self {
        Self::new(
            "no-commit",
            "The block that says whose repository this is is missing or damaged. Download the whole repository again, without `since`.",
            "Der Block, der sagt, wessen Repository das ist, fehlt oder ist beschädigt. Lade das ganze Repository neu herunter, ohne `since`.",
        )
    }

    /// The first block cannot be understood.
    pub(super) fn bad_commit() -> Self {
        Self::new(
            "bad-commit",
            "The first block does not say whose repository this is. Choose the .car file that Bluesky gives under Export my data.",
            "Der erste Block sagt nicht, wessen Repository das ist. Wähle die .car-Datei, die Bluesky unter Meine Daten exportieren ausgibt.",
        )
    }

    /// The file is no readable CAR.
    pub(super) fn car(error: &CarError) -> Self {
        match error {
            CarError::Read(cause) => Self {
                code: "unreadable",
                en: format!(
                    "The file could not be read ({cause}). Check the disk and the permissions and import it again."
                ),
                de: format!(
                    "Die Datei war nicht lesbar ({cause}). Prüfe Datenträger und Rechte und importiere sie noch einmal."
                ),
            },
            CarError::Empty => Self::new(
                "empty-file",
                "The file is empty. Download the export again.",
                "Die Datei ist leer. Lade den Export neu herunter.",
            ),
            CarError::Foreign(foreign) => Self::foreign(*foreign),
            CarError::CutHeader => Self::truncated(),
            CarError::Header => Self::new(
                "bad-header",
                "The header of the file is damaged. Download the export again.",
                "Der Kopf der Datei ist beschädigt. Lade den Export neu herunter.",
            ),
            CarError::Version(version) => Self {
                code: "car-version",
                en: format!(
                    "The file is a CAR of version {version}, and only version 1 is read. Choose the .car file that Bluesky gives under Export my data."
                ),
                de: format!(
                    "Die Datei ist ein CAR der Version {version}, gelesen wird nur Version 1. Wähle die .car-Datei, die Bluesky unter Meine Daten exportieren ausgibt."
                ),
            },
            CarError::TooManyBlocks => Self {
                code: "too-large",
                en: format!(
                    "The file holds more than {MAX_BLOCKS} blocks, more than any known repository. Check that it is the export of one account and download it again."
                ),
                de: format!(
                    "Die Datei enthält mehr als {MAX_BLOCKS} Blöcke, mehr als jedes bekannte Repository. Prüfe, ob sie der Export eines einzelnen Kontos ist, und lade sie neu herunter."
                ),
            },
            CarError::Inflated => {
                let limit = INFLATED_MAX >> 20;
                Self {
                    code: "gzip-too-large",
                    en: format!(
                        "The gzip file holds more than {limit} MB. Unpack it and import the .car file inside."
                    ),
                    de: format!(
                        "Die gzip-Datei enthält mehr als {limit} MB. Entpacke sie und importiere die .car-Datei darin."
                    ),
                }
            }
        }
    }

    fn foreign(foreign: Foreign) -> Self {
        match foreign {
            Foreign::WebPage => Self::new(
                "web-page",
                "The file is a web page and no export. Sign in and download the export again.",
                "Die Datei ist eine Webseite und kein Export. Melde dich an und lade den Export neu herunter.",
            ),
            Foreign::Json => Self::new(
                "server-answer",
                "The file is a server's answer in JSON, probably an error, and no export. Open it to see what the server says and download the export again.",
                "Die Datei ist die Antwort eines Servers in JSON, vermutlich ein Fehler, und kein Export. Sieh nach, was darin steht, und lade den Export neu herunter.",
            ),
            Foreign::Packed => Self::new(
                "no-car",
                "The file is an archive and no repository export (CAR) itself. Unpack it first and import the .car file inside.",
                "Die Datei ist ein Archiv und nicht selbst ein Repository-Export (CAR). Entpacke sie zuerst und importiere die .car-Datei darin.",
            ),
            Foreign::Unknown => Self::new(
                "no-car",
                "The file is no repository export (CAR). Choose the .car file that Bluesky gives under Export my data.",
                "Die Datei ist kein Repository-Export (CAR). Wähle die .car-Datei, die Bluesky unter Meine Daten exportieren ausgibt.",
            ),
        }
    }
}
