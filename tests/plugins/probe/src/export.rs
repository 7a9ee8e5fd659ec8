//! Every way in which a reader can behave.

use rin_plugin::prelude::{
    AccountFlags, AccountRecord, CoverageRecord, Finding, InteractionKind, InteractionKinds,
    InteractionRecord, Moment, ReadError, Record, RecordSink, Severity, Source, TieEnd, TieKind,
    TieKinds, TieRecord, TieStart,
};

/// Reports what the mode says.
pub(crate) fn read(
    mode: &str,
    source: &dyn Source,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    super::bad::panic_if(mode, "panic-read");
    match mode {
        "unreadable" => Err(unreadable(source)),
        "abort" => std::process::abort(),
        "spin" => loop {
            sink.progress(0, 1);
            sink.record(Record::Account(AccountRecord::default()))?;
        },
        "spin-reading" => loop {
            let mut buffer = [0; 8];
            // A reader that does not care about errors is stopped all the same.
            drop(source.read_at(0, 0, &mut buffer));
            if sink.record(Record::Account(AccountRecord::default())).is_err() {
                return Ok(());
            }
        },
        "long" => {
            let name = "n".repeat(70_000);
            for _ in 0..3 {
                sink.record(Record::Account(AccountRecord { name: &name, ..account() }))?;
            }
            sink.record(Record::Finding(Finding { en: &name, ..finding(1) }))?;
            Ok(())
        }
        "many" => many(100_000, sink),
        "hasty" => {
            // Whoever indexes without looking panics where a file ends early.
            assert!(!(1..5).contains(&source.entries().first().map_or(0, |entry| entry.size)));
            everything(source, sink)
        }
        "forgetful" => {
            let id = super::odd::once_more().to_string();
            sink.record(Record::Account(AccountRecord { id: &id, ..account() }))?;
            Ok(())
        }
        "stubborn" => many(2_000, sink).inspect_err(|_| super::odd::busy()),
        "trusting" => {
            let size = source.entries().iter().map(|entry| entry.size).max().unwrap_or_default();
            let room = Vec::<u8>::with_capacity(usize::try_from(size).unwrap_or(usize::MAX));
            std::hint::black_box(&room);
            everything(source, sink)
        }
        "findings" => {
            for _ in 0..120_000 {
                sink.record(Record::Finding(finding(1)))?;
            }
            sink.record(Record::Account(account()))?;
            Ok(())
        }
        _ => everything(source, sink),
    }
}

fn unreadable(source: &dyn Source) -> ReadError {
    ReadError::Unreadable {
        code: "truncated",
        file: source.entries().first().map(|entry| entry.name.clone()).unwrap_or_default(),
        place: 7,
        en: "The file ends early; download it again.".into(),
        de: "Die Datei endet zu früh; lade sie noch einmal herunter.".into(),
    }
}

fn account() -> AccountRecord<'static> {
    AccountRecord {
        id: "https://a.example/users/ann",
        alias: "acct:ann@a.example",
        handle: "ann@a.example",
        name: "Ann Übel",
        flags: AccountFlags::OWNER.with(AccountFlags::PERSON),
        seen: Some(Moment::from_unix_ms(-5)),
        facts: "mail ann@a.example",
    }
}

fn finding(count: u64) -> Finding<'static> {
    Finding {
        severity: Severity::Note,
        code: "no-date",
        file: "likes.json",
        place: 3,
        count,
        en: "Likes have no date.",
        de: "Likes haben kein Datum.",
    }
}

/// One record of every kind and every shape, and the first file's bytes as a count.
fn everything(source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
    let at = Moment::from_unix_ms;
    sink.record(Record::Account(account()))?;
    sink.record(Record::Account(AccountRecord { id: "b", ..AccountRecord::default() }))?;
    let tie = TieRecord {
        from: "a",
        to: "b",
        kind: TieKind::Follow,
        start: TieStart::Unknown,
        end: TieEnd::Open,
        label: "",
    };
    let exact = TieStart::Exact(at(1));
    let between = TieEnd::Between { after: at(3), by: at(4) };
    sink.record(Record::Tie(tie))?;
    sink.record(Record::Tie(TieRecord { start: exact, end: TieEnd::Exact(at(2)), ..tie }))?;
    sink.record(Record::Tie(TieRecord {
        start: TieStart::AtOrBefore(at(9)),
        end: between,
        kind: TieKind::Mute,
        label: "Liste",
        ..tie
    }))?;
    sink.record(Record::Interaction(InteractionRecord {
        id: "e1",
        at: at(1_700_000_000_000),
        from: "a",
        to: "b",
        kind: InteractionKind::Visit,
        labels: "",
    }))?;
    sink.record(Record::Coverage(CoverageRecord {
        account: "a",
        sent: InteractionKinds::ALL,
        received: InteractionKinds::of(&[InteractionKind::Message]),
        ties_held: TieKinds::of(&[TieKind::Follow]),
        ties_to: TieKinds::NONE,
        since: None,
        until: Some(source.now()),
    }))?;
    sink.record(Record::Finding(finding(count(source))))?;
    sink.progress(1, 1);
    Ok(())
}

/// Sums the first file's bytes, read three at a time.
fn count(source: &dyn Source) -> u64 {
    let (mut sum, mut offset, mut buffer) = (0, 0, [0; 3]);
    while let Ok(n @ 1..) = source.read_at(0, offset, &mut buffer) {
        sum += buffer.iter().take(n).map(|byte| u64::from(*byte)).sum::<u64>();
        offset += n as u64;
    }
    sum
}

fn many(records: i64, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
    for n in 0..records {
        let id = format!("event {n}");
        sink.record(Record::Interaction(InteractionRecord {
            id: &id,
            at: Moment::from_unix_ms(n),
            from: "a",
            to: "b",
            kind: InteractionKind::Reply,
            labels: "",
        }))?;
    }
    Ok(())
}
