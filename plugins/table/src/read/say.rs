//! What a person is told about a table, in both languages: what is so, and what to do about it.

use rin_plugin::{
    archive::{Fault, OwnedFinding},
    prelude::{ReadError, Severity},
};

/// Makes the finding of that code about a place in a file.
pub(super) fn finding(code: &'static str, file: &str, place: u64) -> OwnedFinding {
    let (severity, en, de) = words(code);
    OwnedFinding::new(severity, file, Fault::new(code, en, de).at(place))
}

/// Says that no table was found.
pub(super) fn no_table() -> ReadError {
    let (_, en, de) = words("no-table");
    Fault::new("no-table", en, de).in_file("")
}

/// Says that this build reads no Parquet.
#[cfg(not(feature = "parquet"))]
pub(super) fn no_parquet(file: &rin_plugin::archive::ArchiveFile) -> ReadError {
    Fault::new(
        "no-parquet",
        "This build does not read Parquet. Save the table as CSV, or build the plugin with --features parquet.",
        "Diese Ausgabe liest kein Parquet. Speichere die Tabelle als CSV oder baue das Plugin mit --features parquet.",
    )
    .in_file(file.name())
}

fn words(code: &str) -> (Severity, &'static str, &'static str) {
    match code {
        "no-table" => (
            Severity::Error,
            "The file has no columns that say who and whom, such as from and to, and was not read. Name them in its first row, or in from-column and to-column under [plugin.\"org.rin.table\"] in rin.toml.",
            "Die Datei hat keine Spalten, die sagen, wer und wen, etwa von und an, und wurde nicht gelesen. Nenne sie in ihrer ersten Zeile oder in from-column und to-column unter [plugin.\"org.rin.table\"] in rin.toml.",
        ),
        "other-files" => (
            Severity::Note,
            "Files that are no tables were not read. There is nothing to do.",
            "Dateien, die keine Tabellen sind, wurden nicht gelesen. Du musst nichts tun.",
        ),
        "owner-unknown" => (
            Severity::Warning,
            "Nobody stands in every row, so nothing says whose table this is. Write me = \"NAME\" under [plugin.\"org.rin.table\"] in rin.toml, as the table names you, before you import more.",
            "Niemand steht in jeder Zeile, daher sagt nichts, wem die Tabelle gehört. Schreibe me = \"NAME\" unter [plugin.\"org.rin.table\"] in rin.toml, wie die Tabelle dich nennt, bevor du mehr importierst.",
        ),
        "no-rows" => (
            Severity::Warning,
            "There is a heading and no row between two. Fill in who and whom, or save the table again.",
            "Es gibt eine Überschrift und keine Zeile zwischen zweien. Trage ein, wer und wen, oder speichere die Tabelle noch einmal.",
        ),
        "me-not-there" => (
            Severity::Warning,
            "Who you are, me = … under [plugin.\"org.rin.table\"] in rin.toml, stands in no row. Write it as it stands in the table.",
            "Wer du bist, me = … unter [plugin.\"org.rin.table\"] in rin.toml, steht in keiner Zeile. Schreibe es so, wie es in der Tabelle steht.",
        ),
        code => of_rows(code),
    }
}

/// What is said of rows.
fn of_rows(code: &str) -> (Severity, &'static str, &'static str) {
    match code {
        "bad-row" => (
            Severity::Warning,
            "Rows that are damaged were left out. If they are many, save the table again.",
            "Beschädigte Zeilen wurden ausgelassen. Sind es viele, speichere die Tabelle noch einmal.",
        ),
        "open-quote" => (
            Severity::Warning,
            "A quotation mark is opened in that line and never closed: the rows behind it have run together and are missing. Close it, or save the table again.",
            "In dieser Zeile wird ein Anführungszeichen geöffnet und nie geschlossen: die Zeilen dahinter sind verschmolzen und fehlen. Schließe es oder speichere die Tabelle noch einmal.",
        ),
        "no-side" => (
            Severity::Warning,
            "Rows that do not say who or whom were left out. Fill in both.",
            "Zeilen, die nicht sagen, wer oder wen, wurden ausgelassen. Trage beides ein.",
        ),
        "own-row" => (
            Severity::Note,
            "Rows in which both sides are the same were left out. There is nothing to do.",
            "Zeilen, in denen beide Seiten dieselbe sind, wurden ausgelassen. Du musst nichts tun.",
        ),
        "no-kind" => (
            Severity::Error,
            "Rows without a kind were left out. Write kind = \"message\", or what they are, under [plugin.\"org.rin.table\"] in rin.toml, and import again.",
            "Zeilen ohne Art wurden ausgelassen. Schreibe kind = \"message\", oder was sie sind, unter [plugin.\"org.rin.table\"] in rin.toml, und importiere noch einmal.",
        ),
        "unknown-kind" => (
            Severity::Warning,
            "Rows of a kind that is not known were left out. Use words such as message, reply, like, visit, follow or friend.",
            "Zeilen einer unbekannten Art wurden ausgelassen. Verwende Wörter wie message, reply, like, visit, follow oder friend.",
        ),
        "no-date" => (
            Severity::Warning,
            "Rows without a possible date, or with one of two meanings such as 02/08/2026, were left out. Write dates as 2026-08-02 or 2.8.2026.",
            "Zeilen ohne mögliches Datum oder mit einem zweideutigen wie 02/08/2026 wurden ausgelassen. Schreibe Daten als 2026-08-02 oder 2.8.2026.",
        ),
        "no-zone" => (
            Severity::Note,
            "Times stand there without a zone and were taken as UTC. Write a zone behind them if the hour matters.",
            "Zeiten stehen dort ohne Zone und gelten als UTC. Schreibe eine Zone dahinter, wenn es auf die Stunde ankommt.",
        ),
        _ => (
            Severity::Warning,
            "Something could not be used. Save the table again.",
            "Etwas war nicht verwendbar. Speichere die Tabelle noch einmal.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_used_has_words() {
        let source = include_str!("../read.rs");
        let quoted =
            ["finding(\"", "Ok(Some(\"", "Some(\"", "{ \""].map(|call| source.split(call).skip(1));
        let codes = quoted.into_iter().flatten().filter_map(|rest| rest.split('"').next());
        let mut checked = 0;
        for code in codes.filter(|code| code.contains('-')) {
            let (_, en, de) = words(code);
            assert_ne!(en, words("").1, "{code}");
            assert!(en.ends_with('.') && de.ends_with('.'), "{code}");
            checked += 1;
        }
        assert!(8 <= checked, "{checked}");
    }
}
