//! What stands between a [`Plugin`] and the C boundary: null checks, caught panics, instances.
//!
//! Every function here that the host can call does three things in this order: it refuses what is null, it catches
//! every panic, and after one it gives the instance up, since nobody knows what state it was left in.
#![expect(unsafe_code, reason = "the functions the host calls take and return raw pointers")]

mod calls;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    ptr,
    sync::OnceLock,
};

use rin_abi::{
    LogLevel, Manifest, Param, ParamValue, RawDescriptor, RawHost, RawInstance, RawValue, Status,
    plugin::{ActionBuffer, Constants, EntryCalls, HostRef, InstanceCalls, fill, read_values},
};

pub use rin_abi::RawEntry;

use crate::{Params, Plugin, log};

/// A plugin with a place for its constants; [`export!`](crate::export) writes this.
pub trait Exported: Plugin {
    /// Returns the place.
    fn place() -> &'static Place;
}

/// Where a plugin's constants are kept once its manifest has been read.
#[derive(Debug, Default)]
pub struct Place(OnceLock<Option<Constants>>);

impl Place {
    /// Makes an empty one.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }
}

/// Returns the constants of a plugin; `None` if its manifest is wrong.
fn constants<P: Exported>() -> Option<&'static Constants> {
    let read = || Manifest::parse("plugin.toml", P::MANIFEST).ok().map(Constants::leak);
    P::place().0.get_or_init(read).as_ref()
}

/// Makes the symbol that [`export!`](crate::export) exports.
pub const fn entry<P: Exported>() -> RawEntry {
    rin_abi::plugin::entry(EntryCalls { describe: describe::<P>, create: create::<P> })
}

unsafe extern "C" fn describe<P: Exported>() -> *const RawDescriptor {
    let constants = catch_unwind(constants::<P>).ok().flatten();
    constants.map_or(ptr::null(), Constants::descriptor)
}

/// A living plugin as the host's `self` pointer sees it.
struct Instance<P> {
    /// None after a panic.
    plugin: Option<P>,
    params: Params,
    actions: ActionBuffer,
    host: HostRef,
    constants: &'static Constants,
}

unsafe extern "C" fn create<P: Exported>(
    host: *const RawHost,
    values: *const RawValue,
    n_values: u64,
    out: *mut RawInstance,
) -> i32 {
    // SAFETY: the host's promise; the reference is dropped with the instance, in `destroy`.
    let Ok(host) = (unsafe { HostRef::new(host) }) else { return Status::ARG.code() };
    let body = || {
        log::install(&host);
        let Some(constants) = constants::<P>() else { return Status::INTERNAL };
        let declared = &constants.manifest().params;
        // SAFETY: the host lends the values for this call.
        let values = match unsafe { read_values(values, n_values, declared) } {
            Ok(values) => values,
            Err(fault) => return refuse(&host, &fault, Status::ARG),
        };
        let params = params(declared, values);
        let plugin = match P::new(&params) {
            Ok(plugin) => plugin,
            Err(error) => return refuse(&host, &error, Status::CONFIG),
        };
        let instance = Instance {
            plugin: Some(plugin),
            params,
            actions: ActionBuffer::new(),
            host,
            constants,
        };
        // SAFETY: `out` is the host's, for this call.
        unsafe { hand_out(instance, out) }
    };
    guarded(host, body).unwrap_or(Status::PANIC).code()
}

/// # Safety
/// `out` is null or what a host passes to `create`.
unsafe fn hand_out<P: Exported>(instance: Instance<P>, out: *mut RawInstance) -> Status {
    let host = instance.host;
    let is_strategy = instance.constants.manifest().provides.strategy;
    let calls = InstanceCalls {
        propose: if is_strategy { Some(calls::propose::<P>) } else { None },
        reset: calls::reset::<P>,
        get_extension: calls::get_extension::<P>,
        destroy: calls::destroy::<P>,
    };
    let place = Box::into_raw(Box::new(instance));
    // SAFETY: the caller's promise.
    match unsafe { fill(out, place.cast(), &calls) } {
        Ok(()) => Status::OK,
        Err(fault) => {
            // SAFETY: made by `into_raw` above and handed to nobody.
            drop(unsafe { Box::from_raw(place) });
            refuse(&host, &fault, Status::ARG)
        }
    }
}

/// Runs what may panic; `None` if it did. What it logs goes to `host`.
fn guarded<R>(host: HostRef, body: impl FnOnce() -> R) -> Option<R> {
    // What a panic leaves half done belongs to the instance, which is given up.
    catch_unwind(AssertUnwindSafe(|| log::within(host, body))).ok()
}

/// Tells the host in words why the status is what it is.
fn refuse(host: &HostRef, why: &dyn std::error::Error, status: Status) -> Status {
    host.log(LogLevel::Error, "rin_plugin", &why.to_string());
    status
}

/// Joins values with the names under which the manifest declares them.
pub(crate) fn params(declared: &[Param], values: Vec<ParamValue>) -> Params {
    let named = declared.iter().zip(values);
    named.fold(Params::default(), |params, (param, value)| match value {
        ParamValue::Number(number) => params.with_number(&param.key, number),
        ParamValue::Text(text) => params.with_text(&param.key, &text),
    })
}

#[cfg(test)]
mod tests;
