//! How a C callback finds its way back into the host: a context pointer, and a place for a panic.
//!
//! The host's own sinks may panic (they are the embedder's). Nothing may unwind through a foreign plugin, so the
//! panic is kept, the plugin is told to stop, and it goes on once the plugin has returned.
#![expect(unsafe_code, reason = "turns the context pointer back into what it was made of")]

use std::{
    any::Any,
    ffi::c_void,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use crate::Status;

/// Something of the host's that callbacks work on during one call into a plugin.
pub(crate) struct Guard<T> {
    inner: T,
    panic: Option<Box<dyn Any + Send>>,
}

impl<T> Guard<T> {
    pub(crate) const fn new(inner: T) -> Self {
        Self { inner, panic: None }
    }

    /// Returns what the plugin hands back to its callbacks.
    pub(crate) const fn context(&mut self) -> *mut c_void {
        (&raw mut *self).cast()
    }

    /// Ends the call: a panic kept meanwhile goes on.
    pub(crate) fn finish(self) -> T {
        match self.panic {
            Some(panic) => resume_unwind(panic),
            None => self.inner,
        }
    }

    /// Runs a callback's body on what `context` stands for.
    ///
    /// # Safety
    /// `context` is null or what [`Guard::context`] of a `Guard<T>` has returned that is alive and not in use.
    pub(crate) unsafe fn enter(context: *mut c_void, body: impl FnOnce(&mut T) -> Status) -> i32 {
        let guard = context.cast::<Self>();
        // SAFETY: the caller's promise; null becomes `None`.
        let Some(guard) = (unsafe { guard.as_mut() }) else { return Status::ARG.code() };
        if guard.panic.is_some() {
            return Status::INTERNAL.code();
        }
        match catch_unwind(AssertUnwindSafe(|| body(&mut guard.inner))) {
            Ok(status) => status.code(),
            Err(panic) => {
                guard.panic = Some(panic);
                Status::INTERNAL.code()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_waits_until_the_plugin_has_returned() {
        let mut guard = Guard::new(0);
        let context = guard.context();
        // SAFETY: the guard lives and nobody else uses it.
        let first = unsafe { Guard::<i32>::enter(context, |_| panic!("in the host")) };
        // SAFETY: as above.
        let second = unsafe { Guard::<i32>::enter(context, |_| Status::OK) };
        assert_eq!((first, second), (Status::INTERNAL.code(), Status::INTERNAL.code()));
        let goes_on = catch_unwind(AssertUnwindSafe(|| guard.finish()));
        assert_eq!(goes_on.unwrap_err().downcast_ref(), Some(&"in the host"));
    }
}
