//! The kit for plugin authors: one trait, one line of export, no unsafe.
//!
//! A plugin is one platform. Its manifest says what it is, [`Plugin::read`] turns an export into records, and
//! [`Plugin::propose`] says what may be done for whom. Here is a whole one, for a platform whose export is a table of
//! letters, together with its tests; [`Compiled`] runs it without a library, as a test does:
//!
//! ```
//! use rin_plugin::{
//!     Compiled,
//!     archive::{Archive, Fault, Limits},
//!     prelude::*,
//!     testing::{MemorySource, Recorder, Rows},
//!     text,
//! };
//!
//! /// Letters, and who has waited for one too long.
//! struct Letters {
//!     after_days: f32,
//! }
//!
//! impl Plugin for Letters {
//!     // In a crate of its own: include_str!("../plugin.toml").
//!     const MANIFEST: &'static str = r#"
//!         id = "org.example.letters"
//!         version = "0.1.0"
//!         name = "Letters"
//!         license = "MIT"
//!         platform = "letters"
//!         abi = 1
//!         provides = ["reader", "strategy"]
//!         columns = ["silence-days", "contact-days"]
//!
//!         [[param]]
//!         key = "after-days"
//!         type = "number"
//!         min = 1
//!         max = 365
//!         default = 30
//!         en = "Days of silence before a letter"
//!         de = "Tage Stille vor einem Brief"
//!
//!         [[kind]]
//!         id = "write"
//!         en = "Write them a letter"
//!         de = "Ihnen einen Brief schreiben"
//!
//!         [[reason]]
//!         id = "silent"
//!         en = "No letter for {days} days."
//!         de = "Seit {days} Tagen kein Brief."
//!
//!         [[norm]]
//!         id = "one-letter"
//!         rule = "cooldown-days"
//!         value = 21
//!         source = "the post: a letter takes three weeks there and back"
//!         en = "At most one letter in three weeks."
//!         de = "Höchstens ein Brief in drei Wochen."
//!
//!         [[example]]
//!         en = "Two months of silence: write."
//!         de = "Zwei Monate Stille: schreiben."
//!         row = { silence-days = 60.0, contact-days = 4 }
//!         expect = { kind = "write", reason = "silent" }
//!     "#;
//!
//!     fn new(params: &Params) -> Result<Self, PluginError> {
//!         Ok(Self { after_days: params.number("after-days").unwrap_or(30.0) as f32 })
//!     }
//!
//!     fn probe(&mut self, source: &dyn Source) -> Probe {
//!         let is_ours = |entry: &SourceEntry| entry.name.ends_with("letters.csv");
//!         if source.entries().iter().any(is_ours) { Probe::LIKELY } else { Probe::NO }
//!     }
//!
//!     fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
//!         let archive = Archive::open(source, &Limits::default())?;
//!         let mut findings = archive.findings().clone();
//!         let letters = archive.text("letters.csv", 16 << 20)?;
//!         sink.record(Record::Account(AccountRecord {
//!             id: "me",
//!             flags: AccountFlags::OWNER,
//!             ..Default::default()
//!         }))?;
//!         let mut seen = Seen::default();
//!         let mut table = text::Table::new(&letters, b',');
//!         let [id, sent, to] =
//!             table.columns(["id", "sent", "to"]).map_err(|fault| fault.in_file("letters.csv"))?;
//!         for row in table {
//!             let Ok(ms) = row.get(sent).parse() else {
//!                 let fault = Fault::new("no-moment", "A letter without a moment is left out.",
//!                     "Ein Brief ohne Zeitpunkt bleibt weg.");
//!                 findings.warn("letters.csv", fault.at(row.line()));
//!                 continue;
//!             };
//!             let at = Moment::from_unix_ms(ms);
//!             seen.add(at);
//!             let (id, to, kind) = (row.get(id), row.get(to), InteractionKind::Message);
//!             sink.record(Record::Interaction(InteractionRecord { id, at, from: "me", to, kind, labels: "" }))?;
//!         }
//!         // The table shows what was sent. What came is not in it, so it stays unknown.
//!         sink.record(Record::Coverage(CoverageRecord {
//!             account: "me",
//!             sent: InteractionKinds::of(&[InteractionKind::Message]),
//!             since: seen.since,
//!             until: seen.until,
//!             ..Default::default()
//!         }))?;
//!         findings.send(sink)?;
//!         Ok(())
//!     }
//!
//!     fn propose(&mut self, batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), StrategyError> {
//!         let (silence, days) = (batch.f32(Column::SilenceDays)?, batch.u32(Column::ContactDays)?);
//!         for row in 0..batch.rows() {
//!             let (Some(silence), Some(days)) = (silence.get(row), days.get(row)) else { continue };
//!             if self.after_days <= silence {
//!                 let effect = answer_probability(f64::from(silence), f64::from(days)) as f32;
//!                 sink.push(&Proposal { row, minutes: 30.0, effect, ..Proposal::default() })?;
//!             }
//!         }
//!         Ok(())
//!     }
//! }
//!
//! // In a crate of its own: rin_plugin::export!(Letters);
//!
//! let table = b"id,sent,to\nl1,1000,ann\nl2,soon,ben\n";
//! let source = MemorySource::new().with_file("letters.csv", table);
//! let mut letters = Compiled::<Letters>::new()?;
//! assert_eq!(letters.probe(&source), Probe::LIKELY);
//! let mut seen = Recorder::default();
//! letters.read(&source, &mut seen)?;
//! assert_eq!(seen.of("message").collect::<Vec<_>>(), ["message me -> ann at=1000 id=l1"]);
//! assert_eq!(seen.lines.last().unwrap(), "no-moment warning letters.csv:3 ×1");
//!
//! let said = Rows::default()
//!     .with_row(&[(Column::SilenceDays, 12.0_f32.into()), (Column::ContactDays, 4_u32.into())])
//!     .with_row(&[(Column::SilenceDays, 40.0_f32.into()), (Column::ContactDays, 4_u32.into())])
//!     .ask(&mut letters)?;
//! assert_eq!((said.len(), said[0].row, said[0].kind.as_str()), (1, 1, "write"));
//! assert_eq!(Compiled::<Letters>::check_examples()?, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The rest of the way (writing a crate, working on it, checking and handing it out) is told in `docs/PLUGINS.md`.

pub mod archive;
#[doc(hidden)]
pub mod bridge;
mod compiled;
mod export;
mod log;
mod plugin;
pub mod rules;
mod seen;
pub mod testing;
pub mod text;

pub use rin_abi::{ExampleValue, Manifest, ManifestError, ParamValue, Source, SourceEntry};
pub use tracing;

pub use self::{
    compiled::{Compiled, CompiledError},
    plugin::{Params, Plugin, PluginError, Probe, ReadError},
    seen::Seen,
};

/// Everything a plugin needs, to import at once.
pub mod prelude {
    pub use rin_abi::{Source, SourceEntry};
    pub use rin_core::{
        AccountFlags, AccountRecord, Batch, Brief, Column, CoverageRecord, FactKind, Finding,
        InteractionKind, InteractionKinds, InteractionRecord, Minutes, Moment, Proposal,
        ProposalSink, Record, RecordSink, Remark, Severity, Stop, StrategyError, Text, TieEnd,
        TieKind, TieKinds, TieRecord, TieStart, Verdict, Window, answer_probability, normal_fact,
    };

    pub use crate::{Params, Plugin, PluginError, Probe, ReadError, Seen};
}
