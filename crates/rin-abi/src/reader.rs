//! Extension `rin.reader/1`: how a reader sees the user's files and reports what stands in them.
#![expect(unsafe_code, reason = "calls through the function pointers of the other side")]

use std::ffi::c_void;

use crate::{
    raw::{RawStr, Sized32},
    record::{RawAccount, RawCoverage, RawFinding, RawInteraction, RawTie},
};

/// Name of the extension.
pub const EXT_READER: &str = "rin.reader/1";

/// `rin_entry_info`: one file of a source.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawEntryInfo {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) name: RawStr,
    pub(crate) n_bytes: u64,
    pub(crate) modified_ms: i64,
}

/// `rin_source`: the files the user named.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawSource {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) n_entries: u64,
    pub(crate) ctx: *mut c_void,
    pub(crate) now_ms: i64,
    pub(crate) entry: Option<unsafe extern "C" fn(*mut c_void, u64, *mut RawEntryInfo) -> i32>,
    pub(crate) read_at: Option<unsafe extern "C" fn(*mut c_void, u64, u64, *mut u8, u64) -> i64>,
}

type Push<T> = Option<unsafe extern "C" fn(*mut c_void, *const T, u64, u64) -> i32>;

/// `rin_record_sink`: where a reader reports.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawRecordSink {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) ctx: *mut c_void,
    pub(crate) accounts: Push<RawAccount>,
    pub(crate) ties: Push<RawTie>,
    pub(crate) interactions: Push<RawInteraction>,
    pub(crate) coverage: Push<RawCoverage>,
    pub(crate) findings: Push<RawFinding>,
    pub(crate) progress: Option<unsafe extern "C" fn(*mut c_void, u64, u64) -> i32>,
    pub(crate) fail: Option<unsafe extern "C" fn(*mut c_void, *const RawFinding) -> i32>,
}

/// `rin_reader`: the extension.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawReader {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) probe: Option<unsafe extern "C" fn(*mut c_void, *const RawSource) -> i32>,
    pub(crate) read:
        Option<unsafe extern "C" fn(*mut c_void, *const RawSource, *const RawRecordSink) -> i32>,
}

// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawEntryInfo {}
// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawSource {}
// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawRecordSink {}
// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawReader {}

/// The side that owns the files and takes the records.
pub(crate) mod host {
    use std::{ffi::c_void, io, slice};

    use rin_core::{Finding, Moment, Record};

    use super::{RawEntryInfo, RawReader, RawRecordSink, RawSource};
    pub use crate::record::host::Odd;
    use crate::{
        Fault, NO_MOMENT, Source, Status,
        guard::Guard,
        raw::{RawStr, Rows, size32},
        record::{
            RawFinding,
            host::{Row, finding},
        },
    };

    /// Hears what a reader reports. Another answer than [`Status::OK`] stops it.
    pub trait TakeRecords {
        /// Takes a record, or hears what is odd about it.
        fn record(&mut self, record: Result<Record<'_>, Odd>) -> Status;

        /// Hears how far the reading is.
        fn progress(&mut self, done: u64, total: u64) -> Status;

        /// Hears why the source as a whole is unreadable.
        fn fail(&mut self, why: Finding<'_>) -> Status;
    }

    /// Lends a source for the time of `body`.
    pub(crate) fn with_source<R>(source: &dyn Source, body: impl FnOnce(&RawSource) -> R) -> R {
        let mut guard = Guard::new(source);
        let raw = RawSource {
            size: size32::<RawSource>(),
            reserved: 0,
            n_entries: source.entries().len() as u64,
            ctx: guard.context(),
            now_ms: source.now().unix_ms(),
            entry: Some(entry),
            read_at: Some(read_at),
        };
        let answer = body(&raw);
        let _ = guard.finish();
        answer
    }

    /// Makes a sink for the time of `body`.
    pub(crate) fn with_sink<R>(
        take: &mut dyn TakeRecords,
        body: impl FnOnce(&RawRecordSink) -> R,
    ) -> R {
        let mut guard = Guard::new(take);
        let raw = RawRecordSink {
            size: size32::<RawRecordSink>(),
            reserved: 0,
            ctx: guard.context(),
            accounts: Some(push),
            ties: Some(push),
            interactions: Some(push),
            coverage: Some(push),
            findings: Some(push),
            progress: Some(progress),
            fail: Some(fail),
        };
        let answer = body(&raw);
        let _ = guard.finish();
        answer
    }

    /// Calls `probe`.
    ///
    /// # Safety
    /// `reader` and `instance` belong to the same living instance.
    pub(crate) unsafe fn probe(
        reader: &RawReader,
        instance: *mut c_void,
        source: &dyn Source,
    ) -> i32 {
        let Some(probe) = reader.probe else { return Status::UNSUPPORTED.code() };
        // SAFETY: the caller's promise; the source is lent for the call.
        with_source(source, |source| unsafe { probe(instance, source) })
    }

    /// Calls `read`.
    ///
    /// # Safety
    /// As [`probe`].
    pub(crate) unsafe fn read(
        reader: &RawReader,
        instance: *mut c_void,
        source: &dyn Source,
        take: &mut dyn TakeRecords,
    ) -> Status {
        let Some(read) = reader.read else { return Status::UNSUPPORTED };
        let body = |source: &RawSource| {
            // SAFETY: the caller's promise; source and sink are lent for the call.
            with_sink(take, |sink| unsafe { read(instance, source, sink) })
        };
        Status::from_code(with_source(source, body))
    }

    unsafe extern "C" fn entry(ctx: *mut c_void, index: u64, out: *mut RawEntryInfo) -> i32 {
        let body = |source: &mut &dyn Source| {
            let index = usize::try_from(index).unwrap_or(usize::MAX);
            let Some(entry) = source.entries().get(index) else { return Status::ARG };
            if out.is_null() || !out.is_aligned() {
                return Status::ARG;
            }
            // SAFETY: not null, aligned, and it begins with the size the plugin has set.
            let size = unsafe { out.cast::<u32>().read() };
            if size < size32::<RawEntryInfo>() {
                return Status::ARG;
            }
            let info = RawEntryInfo {
                size,
                reserved: 0,
                name: RawStr::new(&entry.name),
                n_bytes: entry.size,
                modified_ms: entry.modified.map_or(NO_MOMENT, Moment::unix_ms),
            };
            // SAFETY: the plugin lends at least that many bytes.
            unsafe { out.write(info) };
            Status::OK
        };
        // SAFETY: a plugin passes back the ctx it was given, during the call it was given for.
        unsafe { Guard::enter(ctx, body) }
    }

    unsafe extern "C" fn read_at(
        ctx: *mut c_void,
        index: u64,
        offset: u64,
        buffer: *mut u8,
        len: u64,
    ) -> i64 {
        let mut answer = 0;
        let body = |source: &mut &dyn Source| {
            let index = usize::try_from(index).unwrap_or(usize::MAX);
            let len = usize::try_from(len).ok().filter(|&len| isize::try_from(len).is_ok());
            let (false, Some(len)) = (buffer.is_null(), len) else { return Status::ARG };
            // SAFETY: the plugin lends that many bytes for this call.
            let buffer = unsafe { slice::from_raw_parts_mut(buffer, len) };
            match source.read_at(index, offset, buffer) {
                Ok(n) => {
                    answer = i64::try_from(n).unwrap_or(i64::MAX);
                    Status::OK
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => Status::ARG,
                Err(_) => Status::SOURCE,
            }
        };
        // SAFETY: a plugin passes back the ctx it was given, during the call it was given for.
        let status = unsafe { Guard::enter(ctx, body) };
        if Status::from_code(status).is_ok() { answer } else { status.into() }
    }

    type Take<'a> = &'a mut dyn TakeRecords;

    unsafe extern "C" fn push<T: Row>(
        ctx: *mut c_void,
        first: *const T,
        n: u64,
        stride: u64,
    ) -> i32 {
        let body = |take: &mut Take<'_>| {
            // SAFETY: the plugin lends the rows for this call.
            let rows = match unsafe { Rows::new(T::WHAT, first, n, stride) } {
                Ok(rows) => rows,
                Err(fault) => return take.record(Err(fault.into())),
            };
            // SAFETY: as above, with the texts in them.
            Status::first_not_ok(rows.map(|row| take.record(unsafe { row.record() })))
        };
        // SAFETY: a plugin passes back the ctx it was given, during the call it was given for.
        unsafe { Guard::enter(ctx, body) }
    }

    unsafe extern "C" fn progress(ctx: *mut c_void, done: u64, total: u64) -> i32 {
        // SAFETY: a plugin passes back the ctx it was given, during the call it was given for.
        unsafe { Guard::enter(ctx, |take: &mut Take<'_>| take.progress(done, total)) }
    }

    unsafe extern "C" fn fail(ctx: *mut c_void, why: *const RawFinding) -> i32 {
        let body = |take: &mut Take<'_>| {
            if why.is_null() || !why.is_aligned() {
                let what = "the reason of a failure";
                return take.record(Err(Fault::Null { what }.into()));
            }
            // SAFETY: not null and aligned; the plugin lends it for this call.
            let why = unsafe { why.read() };
            // SAFETY: as above, with the texts in it.
            match unsafe { finding(why) } {
                Ok(finding) => take.fail(finding),
                Err(fault) => take.record(Err(fault.into())),
            }
        };
        // SAFETY: a plugin passes back the ctx it was given, during the call it was given for.
        unsafe { Guard::enter(ctx, body) }
    }
}

pub(crate) mod plugin;
