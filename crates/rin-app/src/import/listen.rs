//! Hears what a reader finds while the store takes its records.
//!
//! A source that is given up leaves nothing in the store, its findings neither; but they are why it was given up.

use rin_core::{Record, RecordSink, Stop};

use super::{FINDINGS, FindingView};
use crate::Lang;

/// Passes every record on and keeps the first findings.
pub(super) struct Listening<'a> {
    pub(super) sink: &'a mut dyn RecordSink,
    pub(super) lang: Lang,
    pub(super) heard: &'a mut Vec<FindingView>,
}

impl RecordSink for Listening<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if let Record::Finding(finding) = &record
            && self.heard.len() < FINDINGS
        {
            self.heard.push(FindingView {
                severity: finding.severity.name(),
                code: finding.code.to_owned(),
                file: finding.file.to_owned(),
                place: finding.place,
                count: finding.count,
                text: self.lang.pick(finding.en, finding.de).to_owned(),
            });
        }
        self.sink.record(record)
    }

    fn progress(&mut self, done: u64, total: u64) {
        self.sink.progress(done, total);
    }
}
