//! The findings of one import: what the reader reports, and what the store itself refuses.
//!
//! The store's own are summed up by cause, with the number of the first record concerned, and the reader's have a
//! limit: beyond it they are counted in one more finding, so that a broken source cannot fill the disk with complaints.

use std::collections::BTreeMap;

use rin_core::{Finding, Severity};
use rusqlite::Connection;

use super::MAX_TEXT;

/// Findings kept of one source.
const KEPT: u64 = 10_000;

/// Why the store refused, shortened or left out a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Cause {
    NoId,
    LongId,
    BadDate,
    LongText,
    ManyOwners,
    ManyCoverage,
    MoreFindings,
    UnknownRecord,
    Forgotten,
}

impl Cause {
    const fn code(self) -> &'static str {
        match self {
            Self::NoId => "no-id",
            Self::LongId => "long-id",
            Self::BadDate => "bad-date",
            Self::LongText => "long-text",
            Self::ManyOwners => "many-owners",
            Self::ManyCoverage => "many-coverage",
            Self::MoreFindings => "more-findings",
            Self::UnknownRecord => "unknown-record",
            Self::Forgotten => "forgotten",
        }
    }

    /// What the user wanted so is no warning.
    const fn severity(self) -> Severity {
        match self {
            Self::Forgotten => Severity::Note,
            _ => Severity::Warning,
        }
    }

    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::NoId => (
                "Records without an id were left out, because they could not be told apart.",
                "Einträge ohne Kennung wurden ausgelassen, weil sie nicht zu unterscheiden wären.",
            ),
            Self::LongId => (
                "Records with an id of more than 2048 bytes were left out.",
                "Einträge mit einer Kennung von mehr als 2048 Bytes wurden ausgelassen.",
            ),
            Self::BadDate => (
                "Dates outside the years 1970 to 2200 were not used; an interaction or an ended tie with one was left out.",
                "Daten außerhalb der Jahre 1970 bis 2200 wurden nicht verwendet; eine Interaktion oder beendete Verbindung damit wurde ausgelassen.",
            ),
            Self::LongText => (
                "Names of more than 2048 bytes were cut.",
                "Namen von mehr als 2048 Bytes wurden gekürzt.",
            ),
            Self::ManyOwners => (
                "The source names more than 256 owners; the rest was not considered.",
                "Die Quelle nennt mehr als 256 Inhaber; die übrigen wurden nicht betrachtet.",
            ),
            Self::ManyCoverage => (
                "The source says more than 16 times what it covers of one account; the rest was left out.",
                "Die Quelle sagt mehr als 16-mal, was sie von einem Konto abdeckt; der Rest wurde ausgelassen.",
            ),
            Self::MoreFindings => (
                "There are more findings than are kept; the first ones are listed.",
                "Es gibt mehr Befunde, als aufbewahrt werden; die ersten sind aufgeführt.",
            ),
            Self::UnknownRecord => (
                "Records of a sort that this version does not know were left out.",
                "Einträge einer Art, die diese Version nicht kennt, wurden ausgelassen.",
            ),
            Self::Forgotten => (
                "Records about people you have erased were left out.",
                "Einträge über Menschen, die du gelöscht hast, wurden ausgelassen.",
            ),
        }
    }
}

/// How often a cause showed and where first.
#[derive(Debug)]
struct Cases {
    first: u64,
    count: u64,
}

/// The findings of one import.
#[derive(Debug)]
pub(super) struct Findings {
    source: i64,
    own: BTreeMap<Cause, Cases>,
    /// Rows written.
    pub(super) kept: u64,
}

impl Findings {
    pub(super) const fn new(source: i64) -> Self {
        Self { source, own: BTreeMap::new(), kept: 0 }
    }

    /// Counts a case of the store's own; `record` is its number in the source from 1.
    pub(super) fn note(&mut self, cause: Cause, record: u64) {
        self.note_many(cause, record, 1);
    }

    fn note_many(&mut self, cause: Cause, record: u64, count: u64) {
        let cases = self.own.entry(cause).or_insert(Cases { first: record, count: 0 });
        cases.count = cases.count.saturating_add(count);
    }

    /// Keeps a finding of the reader.
    pub(super) fn take(
        &mut self,
        connection: &Connection,
        finding: &Finding<'_>,
        record: u64,
    ) -> rusqlite::Result<()> {
        if KEPT <= self.kept {
            self.note_many(Cause::MoreFindings, record, finding.count.max(1));
            return Ok(());
        }
        self.write(connection, finding)
    }

    fn write(&mut self, connection: &Connection, finding: &Finding<'_>) -> rusqlite::Result<()> {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        connection
            .prepare_cached(
                "INSERT INTO finding (source, severity, code, file, place, count, en, de)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute((
                self.source,
                finding.severity as u8,
                cut(finding.code),
                cut(finding.file),
                number(finding.place),
                number(finding.count.max(1)),
                cut(finding.en),
                cut(finding.de),
            ))?;
        self.kept += 1;
        Ok(())
    }

    /// Writes the store's own findings.
    pub(super) fn finish(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        for (cause, cases) in std::mem::take(&mut self.own) {
            let (en, de) = cause.texts();
            self.write(
                connection,
                &Finding {
                    severity: cause.severity(),
                    code: cause.code(),
                    file: "",
                    place: cases.first,
                    count: cases.count,
                    en,
                    de,
                },
            )?;
        }
        Ok(())
    }
}

/// Returns the text, cut to the longest allowed at the end of a character.
pub(super) fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_TEXT)).unwrap_or_default()
}
