//! Why a text is no filter, in both languages, with the place marked.

use rin_core::{FilterError, FilterFault, Text};

use crate::{Lang, people::clean};

/// Why a text is no filter.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("filter: {error}")]
pub struct FilterTextError {
    /// The text.
    text: String,
    /// Where it goes wrong, and how.
    error: FilterError,
}

impl FilterTextError {
    pub(super) fn new(text: &str, error: FilterError) -> Self {
        Self { text: text.to_owned(), error }
    }

    /// Returns what is wrong, as one clause.
    pub fn message(&self, lang: Lang) -> String {
        lang.pick(format!("filter: {}", self.error), format!("Filter: {}", german(&self.error)))
    }

    /// Returns the place, from 1, in characters.
    pub const fn at(&self) -> usize {
        self.error.at
    }

    pub(crate) fn remedy(&self) -> Text {
        let around: String =
            self.text.chars().skip(self.error.at.saturating_sub(9)).take(24).collect();
        let around = clean(&around);
        // Whoever types a mere word most likely means a name.
        let name = match &self.error.fault {
            FilterFault::UnknownWord { word, .. } => clean(word),
            _ => "Ada".to_owned(),
        };
        Text {
            en: format!(
                "Look near `{around}`; a name stands in quotation marks: \"{name}\"; for example: platform:linkedin alive<0.5 (tag:press or waiting) -kind:bot"
            ),
            de: format!(
                "Bei `{around}` nachsehen; ein Name steht in Anführungszeichen: \"{name}\"; zum Beispiel: platform:linkedin alive<0.5 (tag:press or waiting) -kind:bot"
            ),
        }
    }
}

fn german(error: &FilterError) -> String {
    let at = error.at;
    let perhaps = |nearest: Option<&str>| {
        nearest.map_or_else(String::new, |nearest| format!(", vielleicht `{nearest}`"))
    };
    match &error.fault {
        FilterFault::TooLong { longest } => format!("er hat höchstens {longest} Zeichen"),
        FilterFault::TooDeep { deepest } => {
            format!("mehr als {deepest} Klammern ineinander an Zeichen {at}")
        }
        FilterFault::OpenQuote => {
            format!("das Anführungszeichen an Zeichen {at} wird nie geschlossen")
        }
        FilterFault::OpenParenthesis => format!("die Klammer an Zeichen {at} wird nie geschlossen"),
        FilterFault::StrayParenthesis => format!("die Klammer an Zeichen {at} schließt nichts"),
        FilterFault::NoTerm { found } if found.is_empty() => {
            "am Ende fehlt, wonach zu suchen ist".to_owned()
        }
        FilterFault::NoTerm { found } => {
            format!("vor `{found}` an Zeichen {at} fehlt, wonach zu suchen ist")
        }
        FilterFault::UnknownWord { word, nearest } => {
            let perhaps = perhaps(*nearest);
            format!("`{word}` an Zeichen {at} ist kein Wort der Filtersprache{perhaps}")
        }
        FilterFault::NoComparison { name } => {
            format!(
                "`{name}` an Zeichen {at} wird mit <, <=, >, >= oder = mit einer Zahl verglichen"
            )
        }
        FilterFault::NoValue { name, allowed } => {
            let allowed = allowed.join(", ");
            let colon = if allowed.is_empty() { "" } else { ": " };
            format!(
                "`{name}` an Zeichen {at} braucht gleich nach einem Doppelpunkt ein Wort{colon}{allowed}"
            )
        }
        FilterFault::UnknownValue { name, value, allowed, nearest } => {
            let (allowed, perhaps) = (allowed.join(", "), perhaps(*nearest));
            format!(
                "`{value}` an Zeichen {at} passt nicht zu {name}; möglich sind {allowed}{perhaps}"
            )
        }
        FilterFault::NotANumber { name, value, example } => {
            let example = example.replace(" or ", " oder ");
            format!("`{value}` an Zeichen {at} ist keine Zahl für {name}, wie etwa {example}")
        }
        FilterFault::NotADay { name, value } => format!(
            "`{value}` an Zeichen {at} ist keine Zeit für {name}, wie etwa 2026, 2026-03, 2026-03-05 oder 2026-01..2026-03"
        ),
        _ => error.to_string(),
    }
}
