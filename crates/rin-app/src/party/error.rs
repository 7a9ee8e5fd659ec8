//! Why nobody, or not just one, is meant by what was asked.

use rin_core::Text;

/// Why no party could be shown.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PartyError {
    /// Nobody fits.
    #[error("nobody is called `{query}`")]
    Nobody {
        /// What was looked for.
        query: String,
    },
    /// Several fit.
    #[error("`{query}` fits {n}: {}", names.join(", "))]
    Several {
        /// What was looked for.
        query: String,
        /// How many fit.
        n: usize,
        /// The first of them with their numbers.
        names: Vec<String>,
    },
}

impl PartyError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Nobody { .. } => {
                ("See who is there with: rin party list", "Wer da ist, zeigt: rin party list")
            }
            Self::Several { .. } => (
                "Name one by its number, for example: rin party show 12",
                "Eine mit ihrer Nummer nennen, zum Beispiel: rin party show 12",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}
