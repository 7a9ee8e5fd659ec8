//! The reading side: the host's files as a [`Source`], and a sink that pushes records some hundred at a time.
//!
//! Every kind of record has rows of its own, so their order across kinds is not kept; the store needs none.
#![expect(unsafe_code, reason = "calls through the host's function pointers")]

use std::{cell::Cell, fmt, io};

use rin_core::{Finding, Moment, Record, RecordSink, Severity, Stop};

use super::{Push, RawEntryInfo, RawRecordSink, RawSource};
use crate::{
    Fault, NO_MOMENT, Source, SourceEntry, Status,
    pack::Pack,
    plugin::HostRef,
    raw::{MAX_TEXT, RawStr, size32, sized},
    record::{RawAccount, RawCoverage, RawFinding, RawInteraction, RawTie, plugin::Report},
};

/// Files a source may have; more is a mistake of the host's.
const MAX_ENTRIES: u64 = 10_000_000;
/// Records between two looks at the host's wish to stop.
const LOOK_EVERY: u32 = 256;

/// The host's files.
pub struct HostSource<'a> {
    raw: RawSource,
    entries: Vec<SourceEntry>,
    host: &'a HostRef,
    cancelled: Cell<bool>,
}

impl fmt::Debug for HostSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostSource").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl<'a> HostSource<'a> {
    /// Takes what `probe` or `read` was given.
    ///
    /// # Errors
    /// [`Fault`] if it is unusable.
    ///
    /// # Safety
    /// `source` is null or what a host passes to that call; the value is dropped before the call returns.
    pub unsafe fn new(source: *const RawSource, host: &'a HostRef) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        let raw = unsafe { sized("the source", source) }?;
        if MAX_ENTRIES < raw.n_entries {
            let what = "the source";
            return Err(Fault::TooLong { what, len: raw.n_entries, max: MAX_ENTRIES });
        }
        let mut entries = Vec::new();
        for index in 0..raw.n_entries {
            entries.push(entry(&raw, index)?);
        }
        Ok(Self { raw, entries, host, cancelled: Cell::new(false) })
    }

    /// Whether a read was refused because the host wants no more.
    pub const fn was_cancelled(&self) -> bool {
        self.cancelled.get()
    }
}

fn entry(raw: &RawSource, index: u64) -> Result<SourceEntry, Fault> {
    let what = "a file of the source";
    let ask = raw.entry.ok_or(Fault::Null { what })?;
    let mut info = RawEntryInfo {
        size: size32::<RawEntryInfo>(),
        reserved: 0,
        name: RawStr::EMPTY,
        n_bytes: 0,
        modified_ms: NO_MOMENT,
    };
    // SAFETY: the host's source lives during the call; `info` is as long as it says.
    let status = unsafe { ask(raw.ctx, index, &raw mut info) };
    if !Status::from_code(status).is_ok() {
        return Err(Fault::Number { what, number: index });
    }
    // SAFETY: the host lends the name for the call.
    let name = unsafe { info.name.read(what, MAX_TEXT) }?.to_owned();
    let modified =
        (info.modified_ms != NO_MOMENT).then_some(Moment::from_unix_ms(info.modified_ms));
    Ok(SourceEntry { name, size: info.n_bytes, modified })
}

impl Source for HostSource<'_> {
    fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        if self.host.is_cancelled() {
            self.cancelled.set(true);
            return Err(io::Error::other("the host asked to stop"));
        }
        let read = self.raw.read_at.ok_or_else(|| io::Error::other("the host reads nothing"))?;
        let len = buffer.len() as u64;
        // SAFETY: the host's source lives during the call; the buffer is lent for it.
        let n = unsafe { read(self.raw.ctx, entry as u64, offset, buffer.as_mut_ptr(), len) };
        match usize::try_from(n) {
            Ok(n) if n <= buffer.len() => Ok(n),
            Ok(_) => Err(io::Error::other("the host says it has read more than fits")),
            Err(_) if n == i64::from(Status::ARG.code()) => Err(io::ErrorKind::NotFound.into()),
            Err(_) => Err(io::Error::other("the host cannot read the file")),
        }
    }

    fn now(&self) -> Moment {
        Moment::from_unix_ms(self.raw.now_ms)
    }
}

/// Collects records and pushes them to the host, each kind some hundred at a time.
pub struct HostRecords<'a> {
    sink: RawRecordSink,
    host: &'a HostRef,
    accounts: Pack<RawAccount>,
    ties: Pack<RawTie>,
    interactions: Pack<RawInteraction>,
    coverage: Pack<RawCoverage>,
    findings: Pack<RawFinding>,
    until_look: u32,
    too_long: u64,
    status: Status,
}

impl fmt::Debug for HostRecords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostRecords").field("status", &self.status).finish_non_exhaustive()
    }
}

impl<'a> HostRecords<'a> {
    /// Takes what `read` was given.
    ///
    /// # Errors
    /// [`Fault`] if it is unusable.
    ///
    /// # Safety
    /// As [`HostSource::new`].
    pub unsafe fn new(sink: *const RawRecordSink, host: &'a HostRef) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        let sink = unsafe { sized("the record sink", sink) }?;
        Ok(Self {
            sink,
            host,
            accounts: Pack::new(),
            ties: Pack::new(),
            interactions: Pack::new(),
            coverage: Pack::new(),
            findings: Pack::new(),
            until_look: LOOK_EVERY,
            too_long: 0,
            status: Status::OK,
        })
    }

    /// Pushes what is left and returns what the host said first that was not yes.
    pub fn finish(mut self) -> Status {
        self.flush();
        self.status
    }

    /// Says why the source as a whole is unreadable; what was reported before is pushed first.
    pub fn fail(mut self, why: &Finding<'_>) -> Status {
        self.flush();
        let Some(fail) = self.sink.fail.filter(|_| self.status.is_ok()) else { return self.status };
        let (file, en, de) = (cut(why.file), cut(why.en), cut(why.de));
        Finding { file, en, de, ..*why }.pack(&mut self.findings);
        let ctx = self.sink.ctx;
        // SAFETY: the host's sink lives during the call; the one row is lent for it.
        let code = self.findings.lend(|why, _, _| unsafe { fail(ctx, why) });
        let status = Status::from_code(code);
        if status.is_ok() { Status::SOURCE } else { status }
    }

    fn flush(&mut self) {
        if self.too_long != 0 {
            let finding = too_long(self.too_long);
            self.too_long = 0;
            // The answer stands in the status as well, where the caller looks.
            let _ = self.record(Record::Finding(finding));
        }
        let ctx = Context(self.sink.ctx);
        let Self { sink, status, .. } = self;
        push(&mut self.accounts, sink.accounts, &ctx, status);
        push(&mut self.ties, sink.ties, &ctx, status);
        push(&mut self.interactions, sink.interactions, &ctx, status);
        push(&mut self.coverage, sink.coverage, &ctx, status);
        push(&mut self.findings, sink.findings, &ctx, status);
    }

    fn look(&mut self) {
        self.until_look -= 1;
        if self.until_look == 0 {
            self.until_look = LOOK_EVERY;
            if self.status.is_ok() && self.host.is_cancelled() {
                self.status = Status::CANCELLED;
            }
        }
    }
}

/// The host's context pointer, so that it is not mistaken for another.
struct Context(*mut std::ffi::c_void);

fn push<T: crate::pack::Texts>(
    pack: &mut Pack<T>,
    push: Push<T>,
    ctx: &Context,
    status: &mut Status,
) {
    if pack.is_empty() || !status.is_ok() {
        return;
    }
    let Some(push) = push else {
        *status = Status::ARG;
        return;
    };
    // SAFETY: the host's sink lives during the call; the rows are lent for this push.
    let code = pack.lend(|first, n, stride| unsafe { push(ctx.0, first, n, stride) });
    *status = Status::from_code(code);
}

fn add<R: Report>(
    record: &R,
    pack: &mut Pack<R::Row>,
    to: Push<R::Row>,
    ctx: &Context,
    status: &mut Status,
) {
    if !pack.has_room(record.bytes()) {
        push(pack, to, ctx, status);
    }
    if status.is_ok() {
        record.pack(pack);
    }
}

/// Texts beyond the boundary's limit come out of the user's files: a finding, not the plugin's fault.
const fn too_long(count: u64) -> Finding<'static> {
    Finding {
        severity: Severity::Warning,
        code: "text-too-long",
        file: "",
        place: 0,
        count,
        en: "Records with an id, a name or a label of more than 64 KiB were left out.",
        de: "Datensätze mit einer Kennung, einem Namen oder einer Bezeichnung von mehr als 64 KiB wurden ausgelassen.",
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_TEXT)).unwrap_or(text)
}

fn texts<'a>(record: &Record<'a>) -> [&'a str; 4] {
    match record {
        Record::Account(r) => [r.id, r.alias, r.handle, r.name],
        Record::Tie(r) => [r.from, r.to, r.label, ""],
        Record::Interaction(r) => [r.id, r.from, r.to, ""],
        Record::Coverage(r) => [r.account, "", "", ""],
        // A finding is cut instead, because it may be the only word about something.
        _ => [""; 4],
    }
}

impl RecordSink for HostRecords<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        self.look();
        if texts(&record).into_iter().any(|text| MAX_TEXT < text.len()) {
            self.too_long += 1;
            return Ok(());
        }
        let ctx = Context(self.sink.ctx);
        let Self { sink: to, status, .. } = self;
        status.go_on()?;
        match record {
            Record::Account(row) => add(&row, &mut self.accounts, to.accounts, &ctx, status),
            Record::Tie(row) => add(&row, &mut self.ties, to.ties, &ctx, status),
            Record::Interaction(row) => {
                add(&row, &mut self.interactions, to.interactions, &ctx, status);
            }
            Record::Coverage(row) => add(&row, &mut self.coverage, to.coverage, &ctx, status),
            Record::Finding(row) => {
                let (code, file) = (cut(row.code), cut(row.file));
                let row = Finding { code, file, en: cut(row.en), de: cut(row.de), ..row };
                add(&row, &mut self.findings, to.findings, &ctx, status);
            }
            // A kind of record this version of the boundary cannot carry must not vanish.
            _ => *status = Status::INTERNAL,
        }
        status.go_on()
    }

    fn progress(&mut self, done: u64, total: u64) {
        let Some(progress) = self.sink.progress.filter(|_| self.status.is_ok()) else { return };
        // SAFETY: the host's sink lives during the call.
        self.status = Status::from_code(unsafe { progress(self.sink.ctx, done, total) });
    }
}
