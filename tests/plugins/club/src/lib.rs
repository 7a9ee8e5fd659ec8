//! A club's visitors' book.
#![forbid(unsafe_code)]

use rin_plugin::{
    archive::{Archive, Limits},
    prelude::*,
    text,
};

/// A club's visitors' book.
struct Club;

impl Plugin for Club {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    fn new(_: &Params) -> Result<Self, PluginError> {
        Ok(Self)
    }

    fn probe(&mut self, source: &dyn Source) -> Probe {
        let is_ours = |entry: &SourceEntry| entry.name.ends_with("visits.csv");
        if source.entries().iter().any(is_ours) { Probe::LIKELY } else { Probe::NO }
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        let archive = Archive::open(source, &Limits::default())?;
        let Some(file) = archive.by_name("visits.csv") else { return Ok(()) };
        let bytes = archive.bytes(file, 16 << 20)?;
        let decoded = text::decode(&bytes);
        let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        sink.record(Record::Account(AccountRecord { id: "club", flags, ..Default::default() }))?;
        for row in text::Table::new(&decoded.text, b',').skip(1) {
            let (day, member) = (row.get(0), row.get(1));
            let Ok(ms) = day.parse() else {
                sink.record(Record::Finding(Finding {
                    severity: Severity::Warning,
                    code: "no-date",
                    file: "visits.csv",
                    place: row.line(),
                    count: 1,
                    en: "The day is no number; the visit is left out.",
                    de: "Der Tag ist keine Zahl; der Besuch bleibt weg.",
                }))?;
                continue;
            };
            sink.record(Record::Interaction(InteractionRecord {
                id: &format!("{day}/{member}"),
                at: Moment::from_unix_ms(ms),
                from: "club",
                to: member,
                kind: InteractionKind::Visit,
            }))?;
        }
        Ok(())
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let silence = batch.f32(Column::SilenceDays)?;
        for row in 0..batch.rows() {
            if silence.get(row).is_some_and(|days| 30.0 < days) {
                sink.push(&Proposal { row, minutes: 30.0, effect: 0.9, ..Proposal::default() })?;
            }
        }
        Ok(())
    }
}

rin_plugin::export!(Club);

#[cfg(test)]
mod tests {
    use rin_plugin::{
        Compiled,
        testing::{MemorySource, Recorder},
    };

    use super::*;

    #[test]
    fn visits_are_read_and_bad_days_are_found() {
        let table = b"day,member\n1000,ann\nyesterday,ben\n";
        let source = MemorySource::new().with_file("visits.csv", table);
        let mut seen = Recorder::default();
        Compiled::<Club>::new().unwrap().read(&source, &mut seen).unwrap();
        assert_eq!((seen.count("visit"), seen.count("no-date")), (1, 1));
    }

    #[test]
    fn the_examples_of_the_manifest_hold() {
        assert_eq!(Compiled::<Club>::check_examples(), Ok(1));
    }
}
