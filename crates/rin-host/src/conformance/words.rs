//! What a case has to say, in both languages: its author reads the result of a check in the language of the program.
//!
//! Names, figures and rows are the same in both, and so are the words of others: an error of the host and what a
//! plugin says about itself are in English wherever they are shown.

use std::fmt::Display;

use rin_core::Text;

use crate::{CallFault, Confinement, call::seconds};

/// Makes a text of an English and a German format.
macro_rules! say {
    ($en:literal, $de:literal $(,)?) => {
        rin_core::Text { en: format!($en), de: format!($de) }
    };
}
pub(super) use say;

/// Returns what reads the same in both languages.
pub(super) fn same(words: impl Display) -> Text {
    let words = words.to_string();
    Text { en: words.clone(), de: words }
}

/// Joins two texts by `between`.
pub(super) fn joined(first: &Text, between: &str, second: &Text) -> Text {
    Text {
        en: format!("{}{between}{}", first.en, second.en),
        de: format!("{}{between}{}", first.de, second.de),
    }
}

/// Says how far a worker is shut in.
pub(super) fn confinement(how: Confinement) -> Text {
    let parts = [
        (how.limits, "Grenzen für Zeit und Dateien"),
        (how.memory, "Grenze für Speicher"),
        (how.files, "Sperre für Dateien und Verbindungen (Landlock)"),
        (how.calls, "Filter für Systemaufrufe (seccomp)"),
    ];
    let missing: Vec<_> = parts.iter().filter(|(has, _)| !has).map(|(_, name)| *name).collect();
    let de = if !how.process {
        "in diesem Prozess".to_owned()
    } else if missing.is_empty() {
        "ganz eingesperrt".to_owned()
    } else {
        let word = if how.files { "eingesperrt" } else { "in einem eigenen Prozess, aber" };
        format!("{word} ohne {}", missing.join(" und "))
    };
    Text { en: how.to_string(), de }
}

/// Says what happened in a call that gave no answer.
pub(super) fn fault(fault: &CallFault) -> Text {
    Text { en: format!("it {fault}"), de: format!("es {}", german(fault)) }
}

fn german(fault: &CallFault) -> String {
    let with = |what: &str, said: &str| match said {
        "" => what.to_owned(),
        said => format!("{what}: {said}"),
    };
    match fault {
        CallFault::Status { code, said } => with(&format!("scheiterte mit Status {code}"), said),
        CallFault::Panicked { said } => with("geriet in Panik", said),
        CallFault::Poisoned => {
            "ist zuvor in Panik geraten und muss neu gestartet werden".to_owned()
        }
        CallFault::Lied { what } => with("übergab etwas Unmögliches", what),
        CallFault::Flooded { what, limit } => format!("übergab mehr als {limit} {what}"),
        CallFault::MissingColumn { name } => format!("braucht die Spalte {name}"),
        CallFault::Unreadable(source) => {
            let place = match (source.file.as_str(), source.place) {
                ("", _) => String::new(),
                (file, 0) => format!("{file}: "),
                (file, place) => format!("{file}:{place}: "),
            };
            format!("kann die Quelle nicht lesen: {place}{}", source.de)
        }
        CallFault::Cancelled => "wurde gebeten aufzuhören".to_owned(),
        CallFault::Crashed { how } => with("stürzte ab", how),
        CallFault::Late { after } => {
            format!("gab binnen {} s keine Antwort und wurde beendet", seconds(*after))
        }
        CallFault::Quarantined { crashes } => {
            format!("ist {crashes}-mal abgestürzt und läuft nicht mehr")
        }
        CallFault::Unsupported { what } => format!("bietet nicht, was verlangt wurde: {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same() {
        let said = String::new();
        let text = fault(&CallFault::Panicked { said });
        assert_eq!((&*text.en, &*text.de), ("it panicked", "es geriet in Panik"));
        let text = confinement(Confinement { files: false, ..Confinement::FULL });
        assert!(text.en.contains("Landlock") && text.de.contains("Landlock"), "{text:?}");
        let n = 3;
        let text = joined(&say!("{n} rows", "{n} Zeilen"), ": ", &same("a = 1"));
        assert_eq!((&*text.en, &*text.de), ("3 rows: a = 1", "3 Zeilen: a = 1"));
    }
}
