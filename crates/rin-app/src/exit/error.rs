//! Why no exit could be thought through, and what to do about it, in both languages.

use std::path::PathBuf;

use rin_core::Text;

use crate::Lang;

/// Why no exit could be thought through.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExitError {
    /// There is nothing from this platform in the network.
    #[error("there is nothing from `{name}` in your network")]
    UnknownPlatform {
        /// As asked.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// No account is known to be ours.
    #[error("it is not known which accounts are yours")]
    NoOwn,
    /// The pause would end before it begins.
    #[error("the pause would end on {until}, and begins on {from}")]
    Backwards {
        /// ISO 8601.
        from: String,
        /// ISO 8601.
        until: String,
    },
    /// The pause is longer than the evidence reaches.
    #[error("the pause would last {days:.0} days, and the evidence reaches {most:.0}")]
    TooLong {
        /// As asked.
        days: f64,
        /// How far it reaches.
        most: f64,
    },
    /// The account is not one of ours.
    #[error("`{query}` is none of your accounts")]
    NotOwn {
        /// As asked.
        query: String,
        /// Which are.
        known: Vec<String>,
    },
    /// Both are the same account.
    #[error("`{name}` cannot hand over to itself")]
    SameAccount {
        /// Its name.
        name: String,
    },
    /// No key to encrypt with.
    #[error("`{text}` is no age recipient")]
    Recipient {
        /// As given.
        text: String,
    },
    /// The passphrase file holds nothing.
    #[error("{} holds no passphrase", path.display())]
    NoPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// The bundle could not be made.
    #[error("cannot encrypt the bundle")]
    Encrypt {
        /// Why not.
        source: std::io::Error,
    },
}

impl ExitError {
    /// Returns what happened.
    pub fn message(&self, lang: Lang) -> String {
        let german = match self {
            Self::UnknownPlatform { name, .. } => {
                format!("in deinem Netz gibt es nichts von `{name}`")
            }
            Self::NoOwn => "es ist nicht bekannt, welche Konten deine sind".to_owned(),
            Self::Backwards { from, until } => format!(
                "die Pause endete am {} und beginnt am {}",
                lang.shown(until),
                lang.shown(from)
            ),
            Self::TooLong { days, most } => format!(
                "die Pause dauerte {days:.0} Tage, und die Belege reichen {most:.0} Tage weit"
            ),
            Self::NotOwn { query, .. } => format!("`{query}` ist keines deiner Konten"),
            Self::SameAccount { name } => {
                format!("`{name}` kann nicht an sich selbst übergeben")
            }
            Self::Recipient { text } => format!("`{text}` ist kein age-Empfänger"),
            Self::NoPassphrase { path } => {
                format!("{} enthält keine Passphrase", path.display())
            }
            Self::Encrypt { .. } => "das Bündel lässt sich nicht verschlüsseln".to_owned(),
        };
        lang.pick(self.to_string(), german)
    }

    /// Returns what to do about it.
    pub(crate) fn remedy(&self) -> Text {
        let known = |known: &[String]| known.join(", ");
        let (en, de) = match self {
            Self::UnknownPlatform { known: there, .. } => (
                format!("There is: {}; or everything: --all", known(there)),
                format!("Es gibt: {}; oder alles: --all", known(there)),
            ),
            Self::NoOwn => (
                "Say which: rin own add HANDLE".to_owned(),
                "Nennen mit: rin own add HANDLE".to_owned(),
            ),
            Self::Backwards { .. } => (
                "Give --until a later day, or leave it out for an exit for ever.".to_owned(),
                "Bei --until einen späteren Tag angeben, oder es weglassen: für immer.".to_owned(),
            ),
            Self::TooLong { .. } => (
                "Give --until an earlier day, or leave it out for an exit for ever.".to_owned(),
                "Bei --until einen früheren Tag angeben, oder es weglassen: für immer.".to_owned(),
            ),
            Self::NotOwn { known: there, .. } => (
                format!("Yours are: {}; add one with: rin own add HANDLE", known(there)),
                format!("Deine sind: {}; hinzufügen mit: rin own add HANDLE", known(there)),
            ),
            Self::SameAccount { .. } => (
                "Name another account of yours or your team's with --to.".to_owned(),
                "Mit --to ein anderes Konto von dir oder deinem Team nennen.".to_owned(),
            ),
            Self::Recipient { .. } => (
                "A recipient begins with age1; age-keygen makes one. Or give --passphrase-file FILE.".to_owned(),
                "Ein Empfänger beginnt mit age1; age-keygen erzeugt einen. Oder --passphrase-file DATEI angeben.".to_owned(),
            ),
            Self::NoPassphrase { .. } => (
                "Write the passphrase into its first line.".to_owned(),
                "Die Passphrase in die erste Zeile schreiben.".to_owned(),
            ),
            Self::Encrypt { .. } => (
                "Try again; nothing was written.".to_owned(),
                "Noch einmal versuchen; geschrieben wurde nichts.".to_owned(),
            ),
        };
        Text { en, de }
    }
}
