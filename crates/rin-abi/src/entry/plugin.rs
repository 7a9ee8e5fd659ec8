//! The loaded side: what a plugin exports, and how it reads what `create` is given.
#![expect(unsafe_code, reason = "reads and writes what the host lends")]

use std::ffi::c_void;

use super::{RawEntry, RawInstance, RawValue};
use crate::{
    ABI_MAJOR, ABI_MINOR, FLAG_UNWINDS_CAUGHT, Fault, LAYOUT, MAGIC, Param, ParamKind, ParamValue,
    RawBatch, RawDescriptor, RawHost, RawReader, RawReview, RawSink,
    raw::{MAX_TEXT, RawStr, array, size32},
    reader::{RawRecordSink, RawSource},
    review::{RawBrief, RawRemarkSink},
};

/// The functions of a plugin, as the host calls them.
#[derive(Clone, Copy, Debug)]
pub struct EntryCalls {
    /// Hands out the descriptor.
    pub describe: unsafe extern "C" fn() -> *const RawDescriptor,
    /// Makes an instance.
    pub create: unsafe extern "C" fn(*const RawHost, *const RawValue, u64, *mut RawInstance) -> i32,
}

/// The functions of an instance, as the host calls them.
#[derive(Clone, Copy, Debug)]
pub struct InstanceCalls {
    /// Proposes actions; none if it is only a reader.
    pub propose: Option<unsafe extern "C" fn(*mut c_void, *const RawBatch, *const RawSink) -> i32>,
    /// Makes it as if just created.
    pub reset: unsafe extern "C" fn(*mut c_void) -> i32,
    /// Finds an extension.
    pub get_extension: unsafe extern "C" fn(*mut c_void, RawStr) -> *const c_void,
    /// Ends it.
    pub destroy: unsafe extern "C" fn(*mut c_void) -> i32,
}

/// Looks at what `probe` is given and answers in percent.
pub type ProbeCall = unsafe extern "C" fn(*mut c_void, *const RawSource) -> i32;
/// Reads a source.
pub type ReadCall =
    unsafe extern "C" fn(*mut c_void, *const RawSource, *const RawRecordSink) -> i32;
/// Reviews a campaign.
pub type ReviewCall =
    unsafe extern "C" fn(*mut c_void, *const RawBrief, *const RawRemarkSink) -> i32;

/// Makes the entry of a plugin that was built with these functions.
pub const fn entry(calls: EntryCalls) -> RawEntry {
    RawEntry {
        magic: MAGIC,
        size: size32::<RawEntry>(),
        abi_major: ABI_MAJOR,
        abi_minor: ABI_MINOR,
        flags: if cfg!(panic = "unwind") { FLAG_UNWINDS_CAUGHT } else { 0 },
        layout: LAYOUT,
        reserved: 0,
        describe: Some(calls.describe),
        create: Some(calls.create),
    }
}

/// Makes the extension `rin.reader/1`.
pub const fn reader(probe: ProbeCall, read: ReadCall) -> RawReader {
    RawReader { size: size32::<RawReader>(), reserved: 0, probe: Some(probe), read: Some(read) }
}

/// Makes the extension `rin.review/1`.
pub const fn review(review: ReviewCall) -> RawReview {
    RawReview { size: size32::<RawReview>(), reserved: 0, review: Some(review) }
}

/// Fills in what `create` hands out.
///
/// # Errors
/// [`Fault`] if there is no room.
///
/// # Safety
/// `out` is null or what a host passes to `create`.
pub unsafe fn fill(
    out: *mut RawInstance,
    this: *mut c_void,
    calls: &InstanceCalls,
) -> Result<(), Fault> {
    let what = "the instance";
    if out.is_null() || !out.is_aligned() {
        return Err(Fault::Null { what });
    }
    // SAFETY: not null, aligned, and it begins with the size the host has set.
    let size = unsafe { out.cast::<u32>().read() };
    if size < size32::<RawInstance>() {
        return Err(Fault::Short { what, size, needed: size_of::<RawInstance>() });
    }
    let raw = RawInstance {
        size,
        reserved: 0,
        this,
        propose: calls.propose,
        reset: Some(calls.reset),
        get_extension: Some(calls.get_extension),
        destroy: Some(calls.destroy),
    };
    // SAFETY: the host lends at least that many bytes.
    unsafe { out.write(raw) };
    Ok(())
}

/// Reads the values that `create` is given, one for each declared parameter.
///
/// # Errors
/// [`Fault`] if there are more or fewer, or a text is unreadable.
///
/// # Safety
/// `values` is null or good for `n` values during the call.
pub unsafe fn read_values(
    values: *const RawValue,
    n: u64,
    params: &[Param],
) -> Result<Vec<ParamValue>, Fault> {
    let what = "the parameters";
    if n != params.len() as u64 {
        return Err(Fault::Number { what: "the number of parameters", number: n });
    }
    // SAFETY: the caller's promise.
    let rows = unsafe { array(what, values, n, n) }?;
    let value = |(row, param): (RawValue, &Param)| match param.kind {
        ParamKind::Text { .. } => {
            // SAFETY: the host lends the text for the call.
            Ok(ParamValue::Text(unsafe { row.text.read(what, MAX_TEXT) }?.to_owned()))
        }
        ParamKind::Number { .. } | ParamKind::Switch { .. } => Ok(ParamValue::Number(row.number)),
    };
    rows.zip(params).map(value).collect()
}

/// Reads the id of an extension the host asks for; an unreadable one is none.
///
/// # Safety
/// As [`RawStr::read`].
pub unsafe fn extension_id<'a>(id: RawStr) -> &'a str {
    // SAFETY: the caller's promise.
    unsafe { id.read("an extension's id", MAX_TEXT) }.unwrap_or_default()
}
