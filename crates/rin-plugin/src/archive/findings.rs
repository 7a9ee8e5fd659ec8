//! What could not be used, counted: one finding for each kind and file, however many rows it stands for.
//!
//! Findings are collected because a damaged export repeats one fault a million times, and a person wants to read it
//! once with its number and its first place.

use rin_core::{Finding, Record, RecordSink, Severity, Stop};

use super::Fault;
use crate::ReadError;

/// A finding that owns its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnedFinding {
    /// How grave.
    pub severity: Severity,
    /// A short stable name, e.g. `no-date`.
    pub code: &'static str,
    /// The file inside the source; empty for the source as a whole.
    pub file: String,
    /// Line, item or byte of the first one, counted from 1; 0 if it has none.
    pub place: u64,
    /// How many rows it stands for.
    pub count: u64,
    /// What is so and what to do, in English.
    pub en: String,
    /// The same in German.
    pub de: String,
}

impl OwnedFinding {
    /// Makes a finding about one row or file.
    pub fn new(severity: Severity, file: &str, fault: Fault) -> Self {
        Self {
            severity,
            code: fault.code,
            file: file.to_owned(),
            place: fault.place,
            count: 1,
            en: fault.en,
            de: fault.de,
        }
    }

    /// Returns it as the record a sink takes.
    pub fn as_finding(&self) -> Finding<'_> {
        Finding {
            severity: self.severity,
            code: self.code,
            file: &self.file,
            place: self.place,
            count: self.count,
            en: &self.en,
            de: &self.de,
        }
    }
}

/// Findings, in the order of their first occurrence.
#[derive(Clone, Default, Debug)]
pub struct Findings {
    list: Vec<(String, OwnedFinding)>,
}

impl Findings {
    /// Adds a finding; one of the same code in the same file is counted and keeps its first place and words.
    pub fn add(&mut self, finding: OwnedFinding) {
        let group = finding.file.clone();
        self.add_under(&group, finding);
    }

    /// Adds a warning: a row of `file` was left out and the reading goes on.
    ///
    /// # Example
    /// ```
    /// use rin_plugin::archive::{Fault, Findings};
    ///
    /// let mut findings = Findings::default();
    /// for line in [3, 9] {
    ///     let fault = Fault::new("no-date", "A row without a date is left out.", "Eine Zeile ohne Datum bleibt weg.");
    ///     findings.warn("visits.csv", fault.at(line));
    /// }
    /// let told = findings.get("no-date").unwrap();
    /// assert_eq!((told.place, told.count), (3, 2));
    /// ```
    pub fn warn(&mut self, file: &str, fault: Fault) {
        self.add(OwnedFinding::new(Severity::Warning, file, fault));
    }

    /// Adds a note: something about `file` that is good to know, such as what it cannot show.
    pub fn note(&mut self, file: &str, fault: Fault) {
        self.add(OwnedFinding::new(Severity::Note, file, fault));
    }

    /// Adds a finding that is counted together with others of its code in `group`, whatever file each one names.
    pub fn add_under(&mut self, group: &str, finding: OwnedFinding) {
        let same =
            |(g, known): &&mut (String, OwnedFinding)| g == group && known.code == finding.code;
        match self.list.iter_mut().find(same) {
            Some((_, known)) => known.count = known.count.saturating_add(finding.count),
            None => self.list.push((group.to_owned(), finding)),
        }
    }

    /// Adds the error of one file, for a source whose other files can still be read.
    pub fn add_error(&mut self, error: &ReadError) {
        if let ReadError::Unreadable { code, file, place, en, de } = error {
            let fault = Fault::new(code, en.clone(), de.clone()).at(*place);
            self.add(OwnedFinding::new(Severity::Error, file, fault));
        }
    }

    /// Returns the first grave one as an error: why something that is missed may be missing.
    pub fn failure(&self) -> Option<ReadError> {
        let grave = self.iter().find(|finding| finding.severity == Severity::Error)?;
        Some(ReadError::Unreadable {
            code: grave.code,
            file: grave.file.clone(),
            place: grave.place,
            en: grave.en.clone(),
            de: grave.de.clone(),
        })
    }

    /// Returns them.
    pub fn iter(&self) -> impl Iterator<Item = &OwnedFinding> {
        self.list.iter().map(|(_, finding)| finding)
    }

    /// Returns the first finding of this code.
    pub fn get(&self, code: &str) -> Option<&OwnedFinding> {
        self.iter().find(|finding| finding.code == code)
    }

    /// Hands all of them to the sink.
    ///
    /// # Errors
    /// [`Stop`] when the sink wants no more.
    pub fn send(&self, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        self.iter().try_for_each(|finding| sink.record(Record::Finding(finding.as_finding())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_fault_in_the_same_file_is_counted() {
        let mut findings = Findings::default();
        for (file, place) in [("a", 3), ("a", 9), ("b", 1)] {
            let fault = Fault::new("no-date", "No date.", "Kein Datum.").at(place);
            findings.add(OwnedFinding::new(Severity::Warning, file, fault));
        }
        let seen: Vec<_> = findings.iter().map(|f| (f.file.as_str(), f.place, f.count)).collect();
        assert_eq!(seen, [("a", 3, 2), ("b", 1, 1)]);
    }
}
