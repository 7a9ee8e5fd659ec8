//! How a plugin stands and how far it is shut in, in words.

use rin_core::Column;
use rin_host::{Confinement, Standing};

use crate::Lang;

/// Says how a build stands.
pub(super) fn standing(standing: &Standing, lang: Lang) -> String {
    match standing {
        Standing::Shipped => lang.pick("came with the program", "kam mit dem Programm").to_owned(),
        Standing::Approved => lang.pick("approved by you", "von dir genehmigt").to_owned(),
        Standing::Changed { version, .. } => lang.pick(
            format!("changed since you approved {version}"),
            format!("geändert, seit du {version} genehmigt hast"),
        ),
        Standing::Revoked => lang.pick("revoked by you", "von dir widerrufen").to_owned(),
        Standing::Quarantined { crashes } => lang.pick(
            format!("crashed {crashes} times, not run any more"),
            format!("{crashes}-mal abgestürzt, läuft nicht mehr"),
        ),
        _ => lang.pick("not approved", "nicht genehmigt").to_owned(),
    }
}

/// Says how far a plugin is shut in.
pub(super) fn confinement(reached: Confinement, lang: Lang) -> String {
    if lang == Lang::En {
        return reached.to_string();
    }
    if !reached.process {
        return "in diesem Prozess".to_owned();
    }
    let parts = [
        (reached.limits, "Grenzen für Zeit und Dateien"),
        (reached.memory, "Grenze für Speicher"),
        (reached.files, "Sperre für Dateien und Verbindungen (Landlock)"),
        (reached.calls, "Filter für Systemaufrufe (seccomp)"),
    ];
    let missing: Vec<_> = parts.iter().filter(|(has, _)| !has).map(|(_, name)| *name).collect();
    if missing.is_empty() {
        return "ganz eingesperrt".to_owned();
    }
    let word = if reached.files { "eingesperrt" } else { "in einem eigenen Prozess, aber" };
    format!("{word} ohne {}", missing.join(" und "))
}

/// Names columns.
pub(super) fn columns(columns: &[Column]) -> Vec<String> {
    columns.iter().map(|column| column.name().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_name_everything_that_is_missing() {
        let mut none = Confinement::FULL;
        assert_eq!(confinement(none, Lang::De), "ganz eingesperrt");
        assert_eq!(confinement(Confinement::NONE, Lang::De), "in diesem Prozess");
        (none.limits, none.memory, none.files, none.calls) = (false, false, false, false);
        for lang in [Lang::De, Lang::En] {
            let text = confinement(none, lang);
            assert!(text.contains("Landlock") && text.contains("seccomp"), "{text}");
            assert!(!text.contains("confined") && !text.contains("eingesperrt"), "{text}");
            assert_eq!(none.missing().count(), 4);
        }
    }
}
