//! Why nothing could be lived through, and what to do about it, in both languages.

use rin_core::Text;

use crate::{Lang, LogFileError};

/// Why nothing could be lived through.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SimulateError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] LogFileError),
    /// No account is known to be ours.
    #[error("it is not known which accounts are yours")]
    NoOwn,
    /// Nobody is left to be planned for.
    #[error(
        "nobody in {name} was heard of twice and within the last year ({dormant} silent for longer)"
    )]
    Nobody {
        /// The folder or file.
        name: String,
        /// Who has been silent for too long.
        dormant: usize,
    },
}

impl SimulateError {
    /// Returns what went wrong, as one clause.
    pub fn message(&self, lang: Lang) -> String {
        let german = match self {
            Self::File(error) => error.to_string(),
            Self::NoOwn => "es ist nicht bekannt, welche Konten deine sind".to_owned(),
            Self::Nobody { name, dormant } => format!(
                "von niemandem in {name} wurde zweimal und im letzten Jahr gehört ({dormant} schweigen länger)"
            ),
        };
        lang.pick(self.to_string(), german)
    }

    /// Returns what to do about it.
    pub fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::File(error) => return error.remedy(),
            Self::NoOwn => (
                "Say which are yours with: rin own add HANDLE, or try a made-up network: rin simulate policy --generated 500",
                "Die eigenen nennen mit: rin own add HANDLE, oder ein erfundenes Netz probieren: rin simulate policy --generated 500",
            ),
            Self::Nobody { .. } => (
                "Import a newer export, look back with --now, or try a made-up network: rin simulate policy --generated 500",
                "Einen neueren Export einlesen, mit --now zurückblicken, oder ein erfundenes Netz probieren: rin simulate policy --generated 500",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}
