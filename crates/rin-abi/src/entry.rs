//! The one exported symbol and what it makes: how a library becomes a plugin and a plugin an instance.
//!
//! What is compared first is what makes everything after it readable: magic, major version, layout, size. Nothing in
//! a library is called before all four fit.
#![expect(unsafe_code, reason = "calls through the function pointers of the other side")]

use std::ffi::c_void;

use crate::{
    action::RawSink,
    columns::RawBatch,
    describe::RawDescriptor,
    raw::{Plain, RawStr, Sized32},
    services::RawHost,
};

/// Name of the one exported symbol.
pub const ENTRY_SYMBOL: &str = "rin_plugin_entry";

/// `rin_value`: the value of one parameter.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawValue {
    pub(crate) number: f64,
    pub(crate) text: RawStr,
}

/// `rin_entry`: the one exported symbol.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawEntry {
    pub(crate) magic: u32,
    pub(crate) size: u32,
    pub(crate) abi_major: u16,
    pub(crate) abi_minor: u16,
    pub(crate) flags: u32,
    pub(crate) layout: u32,
    pub(crate) reserved: u32,
    pub(crate) describe: Option<unsafe extern "C" fn() -> *const RawDescriptor>,
    pub(crate) create:
        Option<unsafe extern "C" fn(*const RawHost, *const RawValue, u64, *mut RawInstance) -> i32>,
}

/// `rin_instance`: what `create` fills.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawInstance {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) this: *mut c_void,
    pub(crate) propose:
        Option<unsafe extern "C" fn(*mut c_void, *const RawBatch, *const RawSink) -> i32>,
    pub(crate) reset: Option<unsafe extern "C" fn(*mut c_void) -> i32>,
    pub(crate) get_extension: Option<unsafe extern "C" fn(*mut c_void, RawStr) -> *const c_void>,
    pub(crate) destroy: Option<unsafe extern "C" fn(*mut c_void) -> i32>,
}

// SAFETY: numbers and pointers only.
unsafe impl Plain for RawValue {}
// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawInstance {}

pub(crate) mod host;
pub(crate) mod plugin;
