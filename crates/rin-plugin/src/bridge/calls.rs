//! The functions of an instance as the host calls them.
#![expect(unsafe_code, reason = "the functions the host calls take and return raw pointers")]

use std::{error::Error, ffi::c_void, ptr};

use rin_abi::{
    EXT_NORMS, EXT_READER, EXT_REVIEW, RawBatch, RawBrief, RawReader, RawRecordSink, RawRemarkSink,
    RawReview, RawSink, RawSource, RawStr, Status,
    plugin::{
        ActionBuffer, ActionSink, HostRecords, HostRef, HostSource, extension_id, push_remarks,
        read_brief, reader, review as review_extension, with_batch,
    },
};
use rin_core::StrategyError;

use super::{Exported, Instance, guarded, refuse};
use crate::ReadError;

/// The extensions of a plugin, as constants that live for ever.
struct Extensions<P>(P);

impl<P: Exported> Extensions<P> {
    const READER: &'static RawReader = &reader(probe::<P>, read::<P>);
    const REVIEW: &'static RawReview = &review_extension(review::<P>);
}

/// Runs `body` on the plugin behind `this`; after a panic the plugin is gone and every call says so.
///
/// # Safety
/// `this` is null or what `create` of the same plugin has handed out and `destroy` not yet taken back.
unsafe fn enter<P: Exported>(
    this: *mut c_void,
    body: impl FnOnce(&mut P, &HostRef) -> Result<i32, Status>,
) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { enter_with(this, |plugin, _, host| body(plugin, host)) }
}

/// The same for a call that collects proposals.
///
/// # Safety
/// As [`enter`].
unsafe fn enter_with<P: Exported>(
    this: *mut c_void,
    body: impl FnOnce(&mut P, &mut ActionBuffer, &HostRef) -> Result<i32, Status>,
) -> i32 {
    // SAFETY: the caller's promise; the host never enters an instance twice at once.
    let instance = unsafe { this.cast::<Instance<P>>().as_mut() };
    let Some(instance) = instance else { return Status::ARG.code() };
    let Some(plugin) = &mut instance.plugin else { return Status::PANIC.code() };
    let (host, actions) = (instance.host, &mut instance.actions);
    if let Some(answer) = guarded(host, || body(plugin, actions, &host)) {
        return answer.unwrap_or_else(Status::code);
    }
    let spent = instance.plugin.take();
    // A second panic while clearing up changes nothing.
    let _ = guarded(host, || drop(spent));
    Status::PANIC.code()
}

/// Says why an argument was refused.
fn bad_argument(host: &HostRef) -> impl Fn(rin_abi::Fault) -> Status {
    move |fault| refuse(host, &fault, Status::ARG)
}

pub(super) unsafe extern "C" fn propose<P: Exported>(
    this: *mut c_void,
    batch: *const RawBatch,
    sink: *const RawSink,
) -> i32 {
    let body = |plugin: &mut P, actions: &mut ActionBuffer, host: &HostRef| {
        // SAFETY: the host lends the sink for this call.
        let sink = unsafe { ActionSink::new(sink, host, actions) };
        let mut sink = sink.map_err(bad_argument(host))?;
        // SAFETY: the host lends the batch for this call.
        let outcome = unsafe { with_batch(batch, |batch| plugin.propose(batch, &mut sink)) };
        let outcome = outcome.map_err(bad_argument(host))?;
        let pushed = sink.finish();
        let own = match outcome {
            Ok(()) => Status::OK,
            Err(StrategyError::Stopped) => Status::CANCELLED,
            Err(error @ StrategyError::MissingColumn { .. }) => refuse(host, &error, Status::ARG),
            Err(error) => refuse(host, &error, Status::INTERNAL),
        };
        // What the host said to the sink is why the strategy stopped, so it comes first.
        Ok(if pushed.is_ok() { own } else { pushed }.code())
    };
    // SAFETY: the host's promise about `this`.
    unsafe { enter_with::<P>(this, body) }
}

pub(super) unsafe extern "C" fn reset<P: Exported>(this: *mut c_void) -> i32 {
    // SAFETY: the host's promise about `this`.
    let params = unsafe { this.cast::<Instance<P>>().as_ref() }.map(|i| i.params.clone());
    let body = |plugin: &mut P, host: &HostRef| {
        let fresh = P::new(&params.unwrap_or_default());
        *plugin = fresh.map_err(|error| refuse(host, &error, Status::CONFIG))?;
        Ok(Status::OK.code())
    };
    // SAFETY: as above; the reference from before is gone.
    unsafe { enter::<P>(this, body) }
}

pub(super) unsafe extern "C" fn get_extension<P: Exported>(
    this: *mut c_void,
    id: RawStr,
) -> *const c_void {
    // SAFETY: the host's promise about `this`.
    let instance = unsafe { this.cast::<Instance<P>>().as_ref() };
    let Some(instance) = instance else { return ptr::null() };
    let provides = instance.constants.manifest().provides;
    // SAFETY: the host lends the id for this call.
    match unsafe { extension_id(id) } {
        EXT_READER if provides.reader => ptr::from_ref(Extensions::<P>::READER).cast(),
        EXT_REVIEW if provides.strategy => ptr::from_ref(Extensions::<P>::REVIEW).cast(),
        EXT_NORMS if provides.strategy => instance.constants.norms().cast(),
        _ => ptr::null(),
    }
}

pub(super) unsafe extern "C" fn destroy<P: Exported>(this: *mut c_void) -> i32 {
    if this.is_null() {
        return Status::ARG.code();
    }
    // SAFETY: the host's promise: made by `create`, and this is the last call.
    let mut instance = unsafe { Box::from_raw(this.cast::<Instance<P>>()) };
    let plugin = instance.plugin.take();
    let dropped = guarded(instance.host, || drop(plugin));
    if dropped.is_some() { Status::OK.code() } else { Status::PANIC.code() }
}

unsafe extern "C" fn probe<P: Exported>(this: *mut c_void, source: *const RawSource) -> i32 {
    let body = |plugin: &mut P, host: &HostRef| {
        // SAFETY: the host lends the source for this call.
        let source = unsafe { HostSource::new(source, host) }.map_err(bad_argument(host))?;
        let probe = plugin.probe(&source);
        if source.was_cancelled() {
            return Err(Status::CANCELLED);
        }
        Ok(probe.percent().into())
    };
    // SAFETY: the host's promise about `this`.
    unsafe { enter::<P>(this, body) }
}

unsafe extern "C" fn read<P: Exported>(
    this: *mut c_void,
    source: *const RawSource,
    sink: *const RawRecordSink,
) -> i32 {
    let body = |plugin: &mut P, host: &HostRef| {
        // SAFETY: the host lends the source for this call.
        let source = unsafe { HostSource::new(source, host) }.map_err(bad_argument(host))?;
        // SAFETY: the host lends the sink for this call.
        let mut sink = unsafe { HostRecords::new(sink, host) }.map_err(bad_argument(host))?;
        let outcome = plugin.read(&source, &mut sink);
        if source.was_cancelled() {
            return Err(Status::CANCELLED);
        }
        Ok(finish(outcome, sink, host).code())
    };
    // SAFETY: the host's promise about `this`.
    unsafe { enter::<P>(this, body) }
}

/// Pushes what is left, says why the source is unreadable if it is, and returns the status of the whole.
fn finish(outcome: Result<(), ReadError>, sink: HostRecords<'_>, host: &HostRef) -> Status {
    let error = match outcome {
        Ok(()) => return sink.finish(),
        Err(error) => error,
    };
    let Some(why) = error.as_finding() else {
        let pushed = sink.finish();
        return if pushed.is_ok() { Status::CANCELLED } else { pushed };
    };
    let status = sink.fail(&why);
    if status == Status::SOURCE {
        return status;
    }
    let why: &dyn Error = &error;
    refuse(host, why, status)
}

unsafe extern "C" fn review<P: Exported>(
    this: *mut c_void,
    brief: *const RawBrief,
    sink: *const RawRemarkSink,
) -> i32 {
    let body = |plugin: &mut P, host: &HostRef| {
        // SAFETY: the host lends the brief for this call.
        let brief = unsafe { read_brief(brief) }.map_err(bad_argument(host))?;
        let remarks = plugin.review(&brief);
        // SAFETY: the host lends the sink for this call.
        let pushed = unsafe { push_remarks(sink, &remarks) }.map_err(bad_argument(host))?;
        Ok(pushed.code())
    };
    // SAFETY: the host's promise about `this`.
    unsafe { enter::<P>(this, body) }
}
