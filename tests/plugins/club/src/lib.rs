//! A club's visitors' book.
#![forbid(unsafe_code)]

use rin_plugin::{
    archive::{Archive, Fault, Limits},
    prelude::*,
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
        let mut findings = archive.findings().clone();
        let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        sink.record(Record::Account(AccountRecord { id: "club", flags, ..Default::default() }))?;
        let mut seen = Seen::default();
        archive.rows("visits.csv", 16 << 20, ["day", "member"], |line, [day, member]| {
            let Some(ms) = day.parse().ok().filter(|_| !member.is_empty()) else {
                let en = "A row without a day as a number or without a member is left out.";
                let de = "Eine Zeile ohne Tag als Zahl oder ohne Mitglied bleibt weg.";
                findings.warn("visits.csv", Fault::new("bad-row", en, de).at(line));
                return Ok(());
            };
            let at = Moment::from_unix_ms(ms);
            seen.add(at);
            sink.record(Record::Interaction(InteractionRecord {
                id: &format!("{day}/{member}"),
                at,
                from: "club",
                to: member,
                kind: InteractionKind::Visit,
                labels: "",
            }))?;
            Ok(())
        })?;
        sink.record(Record::Coverage(CoverageRecord {
            account: "club",
            sent: InteractionKinds::of(&[InteractionKind::Visit]),
            since: seen.since,
            until: seen.until,
            ..Default::default()
        }))?;
        findings.send(sink)?;
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
    fn visits_are_read_and_bad_rows_are_counted() {
        let table = b"day,member\n1000,ann\nyesterday,ben\n2000,\n";
        let source = MemorySource::new().with_file("visits.csv", table);
        let mut seen = Recorder::default();
        Compiled::<Club>::new().unwrap().read(&source, &mut seen).unwrap();
        assert_eq!(seen.of("visit").collect::<Vec<_>>(), ["visit club -> ann at=1000 id=1000/ann"]);
        assert_eq!(seen.lines.last().unwrap(), "bad-row warning visits.csv:3 ×2");
    }

    #[test]
    fn the_examples_of_the_manifest_hold() {
        assert_eq!(Compiled::<Club>::check_examples(), Ok(1));
    }

    fn read(table: &str) -> Recorder {
        let source = MemorySource::new().with_file("visits.csv", table.as_bytes());
        let mut seen = Recorder::default();
        Compiled::<Club>::new().unwrap().read(&source, &mut seen).unwrap();
        seen
    }

    #[test]
    fn what_was_seen_ends_with_the_last_visit() {
        let seen = read("day,member\n2000,ann\n1000,ben\n");
        let coverage: Vec<_> = seen.of("coverage").collect();
        assert!(matches!(coverage[..], [line] if line.ends_with("since=1000 until=2000")));
    }

    #[test]
    fn any_number_of_bad_rows_is_one_finding() {
        let seen = read(&format!("day,member\n{}1000,ann\n", "yesterday,ben\n".repeat(120_000)));
        assert_eq!((seen.count("visit"), seen.count("bad-row")), (1, 1));
        assert_eq!(seen.lines.last().unwrap(), "bad-row warning visits.csv:2 ×120000");
    }

    #[test]
    fn a_table_that_is_cut_off_anywhere_is_read() {
        let whole = "day,member\n1000,ann\n\"2000\",\"b,en\"\n";
        for end in "day,member".len()..whole.len() {
            assert!(read(&whole[..end]).count("visit") <= 2);
        }
        assert_eq!(read(whole).count("visit"), 2);
    }

    #[test]
    fn a_folder_without_the_table_is_told_so() {
        let (source, mut seen) = (MemorySource::new(), Recorder::default());
        let error = Compiled::<Club>::new().unwrap().read(&source, &mut seen).unwrap_err();
        assert!(error.to_string().starts_with("visits.csv: The file is not there."), "{error}");
    }

    #[test]
    fn the_tests_that_the_chapter_shows_are_these() {
        let chapter = include_str!("../../../../docs/PLUGINS.md");
        let shown = chapter.split("```rust\n").nth(2).and_then(|rest| rest.split("```").next());
        assert!(include_str!("lib.rs").contains(shown.unwrap().trim_end()));
    }
}
