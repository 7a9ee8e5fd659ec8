//! Both halves of the boundary in one program: what a host calls through an entry reaches a plugin and comes back.
//!
//! No library is opened, so an interpreter that watches every pointer can run all of it.
#![expect(unsafe_code, reason = "an entry is checked through a pointer")]

use std::sync::{Arc, Mutex};

use rin_abi::{
    Fault,
    host::{Entry, Instance, Odd, Services, TakeProposals, TakeRecords},
};
use rin_core::{ColumnData, ColumnRequest, Rule, Values};

use super::*;
use crate::{
    prelude::*,
    testing::{MemorySource, Recorder},
};

/// Answers with what it was asked, so that whatever goes astray on the way is seen.
struct Echo {
    prefix: String,
    calls: u32,
}

impl Plugin for Echo {
    const MANIFEST: &'static str = r#"
        id = "org.example.echo"
        version = "0.1.0"
        name = "Echo"
        license = "MIT"
        platform = "example"
        abi = 1
        provides = ["reader", "strategy"]
        columns = ["silence-days", "name?"]
        permissions = ["name"]
        param = [{ key = "prefix", type = "text", default = "", en = "Prefix", de = "Vorsatz" }]
        kind = [{ id = "hello", en = "Say hello", de = "Sich melden" }]
        reason = [{ id = "silent", en = "Silent.", de = "Still." }]
        [[norm]]
        id = "cooldown"
        kinds = ["hello"]
        rule = "cooldown-days"
        value = 14
        source = "https://example.org/rules"
        en = "At most once in 14 days."
        de = "Höchstens alle 14 Tage."
    "#;

    fn new(params: &Params) -> Result<Self, PluginError> {
        let prefix = params.text("prefix").unwrap_or_default().to_owned();
        if prefix == "refused" {
            return Err(PluginError { key: "prefix".into(), what: "is refused".into() });
        }
        Ok(Self { prefix, calls: 0 })
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        self.calls += 1;
        let silence = batch.f32(Column::SilenceDays)?;
        for row in 0..batch.rows() {
            let name = batch.text(Column::Name, row).unwrap_or("?");
            assert_ne!(name, "boom", "a panic of the plugin's own");
            let minutes = silence.get(row).unwrap_or_default();
            let note = format!("{}{name}{}", self.prefix, self.calls);
            sink.push(&Proposal { row, minutes, note: &note, ..Proposal::default() })?;
        }
        Ok(())
    }

    fn review(&mut self, brief: &Brief) -> Vec<Remark> {
        let text = Text { en: "Too many.".into(), de: "Zu viele.".into() };
        let (found, norm) = (brief.posts_per_week, "cooldown".into());
        vec![Remark { verdict: Verdict::Warn, norm, found, limit: 3.0, text }; 2]
    }

    fn probe(&mut self, source: &dyn Source) -> Probe {
        if source.entries().is_empty() { Probe::NO } else { Probe::LIKELY }
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        for (at, entry) in source.entries().iter().enumerate() {
            let mut buffer = [0; 8];
            let n = source.read_at(at, 0, &mut buffer).unwrap_or_default();
            let label = std::str::from_utf8(buffer.get(..n).unwrap_or_default());
            let Ok(label) = label else { return Err(unreadable(&entry.name)) };
            everything(&entry.name, label, sink)?;
            sink.progress(at as u64 + 1, source.entries().len() as u64);
        }
        Ok(())
    }
}

fn unreadable(file: &str) -> ReadError {
    let (en, de) = ("No text.".into(), "Kein Text.".into());
    ReadError::Unreadable { code: "no-text", file: file.to_owned(), place: 7, en, de }
}

/// Reports one record of each kind.
fn everything(name: &str, label: &str, sink: &mut dyn RecordSink) -> Result<(), Stop> {
    let (start, end) = (TieStart::Unknown, TieEnd::Open);
    let tie = TieRecord { from: "me", to: name, kind: TieKind::Follow, start, end, label };
    let at = Moment::from_unix_ms(5);
    let kind = InteractionKind::Message;
    let finding = Finding {
        severity: Severity::Note,
        code: "gap",
        file: name,
        place: 3,
        count: 1,
        en: "A gap.",
        de: "Eine Lücke.",
    };
    sink.record(Record::Account(AccountRecord { id: name, name: label, ..Default::default() }))?;
    sink.record(Record::Tie(tie))?;
    let interaction = InteractionRecord { id: label, at, from: "me", to: name, kind, labels: "" };
    sink.record(Record::Interaction(interaction))?;
    sink.record(Record::Coverage(CoverageRecord { account: name, ..Default::default() }))?;
    sink.record(Record::Finding(finding))
}

impl Exported for Echo {
    fn place() -> &'static Place {
        static PLACE: Place = Place::new();
        &PLACE
    }
}

static ENTRY: RawEntry = entry::<Echo>();

/// A host that keeps the lines it is sent.
#[derive(Default)]
struct Memory(Mutex<Vec<String>>);

impl Services for Memory {
    fn log(&self, _: LogLevel, target: &str, message: &str) {
        self.0.lock().unwrap().push(format!("{target}: {message}"));
    }

    fn is_cancelled(&self) -> bool {
        false
    }

    fn max_level(&self) -> Option<LogLevel> {
        Some(LogLevel::Error)
    }
}

/// Takes so many proposals and no more.
struct UpTo {
    left: usize,
    taken: Vec<(usize, f32, String)>,
}

impl UpTo {
    fn of(left: usize) -> Self {
        Self { left, taken: Vec::new() }
    }
}

impl TakeProposals for UpTo {
    fn take(&mut self, proposal: Result<Proposal<'_>, Fault>) -> Status {
        let proposal = proposal.unwrap();
        if self.left == 0 {
            return Status::CANCELLED;
        }
        self.left -= 1;
        self.taken.push((proposal.row, proposal.minutes, proposal.note.to_owned()));
        Status::OK
    }
}

#[derive(Default)]
struct Heard(Recorder, String);

impl TakeRecords for Heard {
    fn record(&mut self, record: Result<Record<'_>, Odd>) -> Status {
        self.0.record(record.unwrap()).map_or(Status::CANCELLED, |()| Status::OK)
    }

    fn progress(&mut self, done: u64, total: u64) -> Status {
        self.0.progress(done, total);
        Status::OK
    }

    fn fail(&mut self, why: Finding<'_>) -> Status {
        self.1 = format!("{} {}:{}", why.code, why.file, why.place);
        Status::OK
    }
}

fn checked() -> Entry {
    // SAFETY: the entry is a static of this program.
    unsafe { Entry::check(&raw const ENTRY) }.unwrap()
}

fn create(prefix: &str) -> (Result<Instance, Status>, Arc<Memory>) {
    let memory = Arc::new(Memory::default());
    (checked().create(&[ParamValue::Text(prefix.to_owned())], memory.clone()), memory)
}

/// Asks about relationships with these names.
fn ask(instance: &mut Instance, names: &[&str], take: &mut UpTo) -> Status {
    let bytes = names.concat();
    let lengths = names.iter().map(|name| i32::try_from(name.len()).unwrap());
    let ends = lengths.scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    let offsets: Vec<_> = std::iter::once(0).chain(ends).collect();
    let silence = vec![1.5; names.len()];
    let text = Values::Utf8 { offsets: &offsets, bytes: bytes.as_bytes() };
    let columns = [
        ColumnData { column: Column::SilenceDays, values: Values::F32(&silence), validity: None },
        ColumnData { column: Column::Name, values: text, validity: None },
    ];
    let batch = Batch::new(names.len(), Moment::from_unix_ms(0), 0, &columns).unwrap();
    let asked =
        [ColumnRequest::required(Column::SilenceDays), ColumnRequest::optional(Column::Name)];
    instance.propose(&batch, &asked, take).unwrap()
}

#[test]
fn proposals_cross_in_several_pushes_and_stop_when_the_host_wants_no_more() {
    let mut instance = create(">").0.unwrap();
    let names = vec!["Ann"; 600];
    let mut all = UpTo::of(usize::MAX);
    assert_eq!(ask(&mut instance, &names, &mut all), Status::OK);
    assert!((0..600).map(|row| (row, 1.5, ">Ann1".to_owned())).eq(all.taken));
    let mut few = UpTo::of(300);
    assert_eq!(ask(&mut instance, &names, &mut few), Status::CANCELLED);
    assert_eq!(few.taken.len(), 300);
    assert_eq!(instance.reset(), Status::OK);
    let mut again = UpTo::of(1);
    assert_eq!(ask(&mut instance, &["Ben"], &mut again), Status::OK);
    assert_eq!(again.taken, [(0, 1.5, ">Ben1".to_owned())]);
}

#[test]
fn records_of_every_kind_cross_and_so_does_why_there_are_none() {
    let mut instance = create("").0.unwrap();
    let none = MemorySource::new();
    assert_eq!(instance.probe(&none), 0);
    let source = none.with_file("a.txt", b"x").with_file("b.txt", "grün".as_bytes());
    assert_eq!(instance.probe(&source), 70);
    let mut heard = Heard::default();
    assert_eq!(instance.read(&source, &mut heard), Status::OK);
    heard.0.lines.sort();
    let expected = [
        "account a.txt alias= handle= name=x flags=0",
        "account b.txt alias= handle= name=grün flags=0",
        "coverage a.txt sent=0 received=0 held=0 to=0 since=? until=?",
        "coverage b.txt sent=0 received=0 held=0 to=0 since=? until=?",
        "follow me -> a.txt start=? label=x",
        "follow me -> b.txt start=? label=grün",
        "gap note a.txt:3 ×1",
        "gap note b.txt:3 ×1",
        "message me -> a.txt at=5 id=x",
        "message me -> b.txt at=5 id=grün",
    ];
    assert_eq!(
        (heard.0.lines.as_slice(), heard.0.progress),
        (expected.map(str::to_owned).as_slice(), (2, 2))
    );
    let mut failed = Heard::default();
    let broken = source.with_file("c.txt", b"\xff");
    assert_eq!(instance.read(&broken, &mut failed), Status::SOURCE);
    assert_eq!((failed.0.lines.len(), failed.1.as_str()), (10, "no-text c.txt:7"));
}

#[test]
fn what_it_is_its_norms_and_its_remarks_cross() {
    let manifest = Manifest::parse("plugin.toml", Echo::MANIFEST).unwrap();
    let declared = rin_abi::host::Description::of(&manifest);
    assert_eq!(checked().describe().unwrap().difference(&declared), None);
    let mut instance = create("").0.unwrap();
    assert!(instance.is_reader() && instance.is_strategy());
    let (norms, unknown) = instance.norms().unwrap().unwrap();
    assert_eq!((norms.len(), norms[0].rule, unknown), (1, Rule::CooldownDays(14.0), 0));
    let brief = Brief {
        window: Window::new(Moment::from_unix_ms(0), Moment::from_unix_ms(1)),
        posts_per_week: 9.0,
        strangers_per_week: 0.0,
        messages_per_week: 0.0,
        minutes_per_week: Minutes::new(60.0),
        team: 1,
        automated: false,
    };
    let mut remarks = Vec::new();
    let status = instance.review(&brief, &mut |remark| {
        remarks.push(remark.unwrap());
        Status::OK
    });
    assert_eq!((status, remarks.len(), remarks[1].found), (Status::OK, 2, 9.0));
}

#[test]
fn a_panic_costs_the_instance_and_a_wrong_parameter_makes_none() {
    let (instance, memory) = create("");
    let mut instance = instance.unwrap();
    let mut take = UpTo::of(10);
    assert_eq!(ask(&mut instance, &["Ann", "boom"], &mut take), Status::PANIC);
    assert_eq!(ask(&mut instance, &["Ann"], &mut take), Status::PANIC);
    assert_eq!(instance.reset(), Status::PANIC);
    drop(instance);
    assert!(memory.0.lock().unwrap()[0].starts_with("panic: panicked at"));

    let (refused, memory) = create("refused");
    assert_eq!(refused.unwrap_err(), Status::CONFIG);
    assert_eq!(*memory.0.lock().unwrap(), ["rin_plugin: parameter prefix: is refused"]);
    assert_eq!(checked().create(&[], memory).unwrap_err(), Status::ARG);
}
