//! What the host offers every instance: a place for its log lines, and the wish that it should stop.
#![expect(unsafe_code, reason = "calls through the function pointers of the other side")]

use std::ffi::c_void;

use crate::raw::{RawStr, Sized32};

/// `rin_host`: what a plugin may call at any time.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawHost {
    pub(crate) size: u32,
    pub(crate) abi_major: u16,
    pub(crate) abi_minor: u16,
    pub(crate) ctx: *mut c_void,
    pub(crate) max_log_level: u32,
    pub(crate) reserved: u32,
    pub(crate) log: Option<unsafe extern "C" fn(*mut c_void, u32, RawStr, RawStr)>,
    pub(crate) cancelled: Option<unsafe extern "C" fn(*mut c_void) -> i32>,
    pub(crate) get_extension: Option<unsafe extern "C" fn(*mut c_void, RawStr) -> *const c_void>,
}

// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawHost {}

/// How grave a log line is, as at the boundary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u32)]
pub enum LogLevel {
    /// A person must act.
    Error = 1,
    /// The result may be off.
    Warn = 2,
    /// One line a step.
    Info = 3,
    /// Decisions.
    Debug = 4,
    /// Every record.
    Trace = 5,
}

impl LogLevel {
    /// Returns its number at the boundary.
    pub const fn number(self) -> u32 {
        self as u32
    }

    /// Returns the level of that number; beyond the finest it is the finest, 0 is none.
    pub const fn from_number(number: u32) -> Option<Self> {
        match number {
            0 => None,
            1 => Some(Self::Error),
            2 => Some(Self::Warn),
            3 => Some(Self::Info),
            4 => Some(Self::Debug),
            _ => Some(Self::Trace),
        }
    }
}

/// The offering side.
pub(crate) mod host {
    use std::{
        ffi::c_void,
        panic::{AssertUnwindSafe, catch_unwind},
        ptr,
        rc::Rc,
        sync::Arc,
    };

    use super::{LogLevel, RawHost};
    use crate::{
        ABI_MAJOR, ABI_MINOR,
        raw::{MAX_TEXT, RawStr, size32},
    };

    /// What a host does when an instance calls it. Called from any thread.
    pub trait Services: Send + Sync {
        /// Takes a log line; target and message are checked text of at most 64 KiB, nothing more.
        fn log(&self, level: LogLevel, target: &str, message: &str);

        /// Whether the instance should stop.
        fn is_cancelled(&self) -> bool;

        /// Returns the finest level worth sending.
        fn max_level(&self) -> Option<LogLevel>;
    }

    /// A `rin_host` and what it points at, at fixed places.
    ///
    /// Counted pointers because moving one leaves pointers to its inside good, which a box does not promise. Neither
    /// is ever cloned.
    pub(crate) struct Offer {
        raw: Rc<RawHost>,
        _services: Rc<Arc<dyn Services>>,
    }

    // SAFETY: nobody else holds the two counters; the services are Send + Sync and the raw struct is constant.
    unsafe impl Send for Offer {}

    impl Offer {
        pub(crate) fn new(services: Arc<dyn Services>) -> Self {
            let max_log_level = services.max_level().map_or(0, LogLevel::number);
            let services = Rc::new(services);
            let raw = RawHost {
                size: size32::<RawHost>(),
                abi_major: ABI_MAJOR,
                abi_minor: ABI_MINOR,
                ctx: Rc::as_ptr(&services).cast_mut().cast(),
                max_log_level,
                reserved: 0,
                log: Some(log),
                cancelled: Some(cancelled),
                get_extension: Some(get_extension),
            };
            Self { raw: Rc::new(raw), _services: services }
        }

        pub(crate) fn raw(&self) -> *const RawHost {
            Rc::as_ptr(&self.raw)
        }
    }

    /// # Safety
    /// `ctx` is null or the `ctx` of a living [`Offer`].
    unsafe fn services<'a>(ctx: *mut c_void) -> Option<&'a dyn Services> {
        // SAFETY: the caller's promise.
        let services: Option<&Arc<dyn Services>> =
            unsafe { ctx.cast_const().cast::<Arc<dyn Services>>().as_ref() };
        services.map(|services| &**services)
    }

    unsafe extern "C" fn log(ctx: *mut c_void, level: u32, target: RawStr, message: RawStr) {
        // SAFETY: a plugin passes back the ctx it was given, while its instance lives.
        let Some(services) = (unsafe { services(ctx) }) else { return };
        let Some(level) = LogLevel::from_number(level) else { return };
        // SAFETY: a plugin lends both strings for this call.
        let target = unsafe { target.read("a log target", MAX_TEXT) };
        // SAFETY: as above.
        let message = unsafe { message.read("a log message", MAX_TEXT) };
        let target = target.unwrap_or("unreadable");
        let message = message.unwrap_or("a message that is too long or not UTF-8");
        // A panic in the host's own log must not unwind into the plugin; there is nowhere to report it.
        drop(catch_unwind(AssertUnwindSafe(|| services.log(level, target, message))));
    }

    unsafe extern "C" fn cancelled(ctx: *mut c_void) -> i32 {
        // SAFETY: a plugin passes back the ctx it was given, while its instance lives.
        let Some(services) = (unsafe { services(ctx) }) else { return 1 };
        catch_unwind(AssertUnwindSafe(|| services.is_cancelled())).map_or(1, i32::from)
    }

    /// Version 1.0 offers no extension; a plugin asks and is told so.
    const unsafe extern "C" fn get_extension(_: *mut c_void, _: RawStr) -> *const c_void {
        ptr::null()
    }
}

/// The calling side.
pub(crate) mod plugin {
    use super::{LogLevel, RawHost};
    use crate::{
        Fault,
        raw::{RawStr, sized},
    };

    /// The host as an instance sees it. Good until `destroy` returns; the kit never keeps it longer.
    #[derive(Clone, Copy, Debug)]
    pub struct HostRef(RawHost);

    // SAFETY: every function in it is callable from every thread at once by the header's rule 5.
    unsafe impl Send for HostRef {}

    impl HostRef {
        /// Takes what `create` was given.
        ///
        /// # Errors
        /// [`Fault`] if it is null or too short.
        ///
        /// # Safety
        /// `host` is null or a host's, and the value is not used after `destroy` has returned.
        pub unsafe fn new(host: *const RawHost) -> Result<Self, Fault> {
            // SAFETY: the caller's promise.
            unsafe { sized("the host", host) }.map(Self)
        }

        /// Returns the finest level worth sending.
        pub const fn max_level(&self) -> Option<LogLevel> {
            LogLevel::from_number(self.0.max_log_level)
        }

        /// Sends a log line.
        pub fn log(&self, level: LogLevel, target: &str, message: &str) {
            if self.0.max_log_level < level.number() {
                return;
            }
            let Some(log) = self.0.log else { return };
            // SAFETY: the host promised to live; both texts are lent for the call.
            unsafe { log(self.0.ctx, level.number(), RawStr::new(target), RawStr::new(message)) }
        }

        /// Whether the host wants the instance to stop.
        pub fn is_cancelled(&self) -> bool {
            let Some(cancelled) = self.0.cancelled else { return false };
            // SAFETY: the host promised to live.
            unsafe { cancelled(self.0.ctx) != 0 }
        }

        /// Whether the host offers the extension of that id.
        pub fn offers(&self, extension: &str) -> bool {
            let Some(get_extension) = self.0.get_extension else { return false };
            // SAFETY: the host promised to live; the id is lent for the call.
            let found = unsafe { get_extension(self.0.ctx, RawStr::new(extension)) };
            !found.is_null()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    struct Memory(Mutex<Vec<String>>);

    impl host::Services for Memory {
        fn log(&self, level: LogLevel, target: &str, message: &str) {
            self.0.lock().unwrap().push(format!("{level:?} {target}: {message}"));
            assert_ne!(message, "boom", "a panic of the host's own");
        }

        fn is_cancelled(&self) -> bool {
            true
        }

        fn max_level(&self) -> Option<LogLevel> {
            Some(LogLevel::Info)
        }
    }

    #[test]
    fn log_lines_reach_the_host_up_to_its_level_and_a_panic_there_stays_there() {
        let memory = Arc::new(Memory(Mutex::default()));
        let offer = host::Offer::new(memory.clone());
        // SAFETY: the offer outlives the reference.
        let host = unsafe { plugin::HostRef::new(offer.raw()) }.unwrap();
        host.log(LogLevel::Info, "rules", "12 rows");
        host.log(LogLevel::Debug, "rules", "too fine");
        host.log(LogLevel::Error, "rules", "boom");
        host.log(LogLevel::Warn, "rules", &"x".repeat(crate::raw::MAX_TEXT + 1));
        assert!(host.is_cancelled());
        assert!(!host.offers("rin.anything/1"));
        let tail = "Warn rules: a message that is too long or not UTF-8";
        let lines = memory.0.lock().unwrap();
        assert_eq!(*lines, ["Info rules: 12 rows", "Error rules: boom", tail]);
    }
}
