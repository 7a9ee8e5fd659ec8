//! What a strategy hands back: rows of actions, pushed in batches.
#![expect(unsafe_code, reason = "lends rows as pointers and takes them back")]

use std::ffi::c_void;

use crate::raw::{Plain, RawStr, Sized32};

/// `rin_action`: one concrete thing to do for one row of a batch.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawAction {
    pub(crate) row: u64,
    pub(crate) kind: u32,
    pub(crate) reason: u32,
    pub(crate) minutes: f32,
    pub(crate) effect: f32,
    pub(crate) earliest_days: f32,
    pub(crate) due_days: f32,
    pub(crate) confidence: f32,
    pub(crate) reserved: u32,
    pub(crate) note: RawStr,
}

/// `rin_sink`: where a strategy pushes them.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawSink {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) ctx: *mut c_void,
    pub(crate) push: Option<unsafe extern "C" fn(*mut c_void, *const RawAction, u64, u64) -> i32>,
}

// SAFETY: numbers and pointers only.
unsafe impl Plain for RawAction {}
// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawSink {}

/// The taking side.
pub(crate) mod host {
    use std::ffi::c_void;

    use rin_core::Proposal;

    use super::{RawAction, RawSink};
    use crate::{
        Fault, Status,
        guard::Guard,
        raw::{MAX_NOTE, Rows, size32},
    };

    /// Hears what a strategy proposes. Static, because it is asked once for every row.
    pub trait TakeProposals {
        /// Takes a proposal, or hears what is wrong with it; another answer than [`Status::OK`] stops the strategy.
        fn take(&mut self, proposal: Result<Proposal<'_>, Fault>) -> Status;
    }

    /// Makes a sink for the time of `body`.
    pub(crate) fn with_sink<T: TakeProposals, R>(
        take: &mut T,
        body: impl FnOnce(&RawSink) -> R,
    ) -> R {
        let mut guard = Guard::new(take);
        let ctx = guard.context();
        let push = Some(push::<T> as _);
        let sink = RawSink { size: size32::<RawSink>(), reserved: 0, ctx, push };
        let answer = body(&sink);
        let _ = guard.finish();
        answer
    }

    unsafe extern "C" fn push<T: TakeProposals>(
        ctx: *mut c_void,
        first: *const RawAction,
        n: u64,
        stride: u64,
    ) -> i32 {
        // SAFETY: the plugin lends the rows for this call.
        let body = |taker: &mut _| unsafe { take_all::<T>(taker, first, n, stride) };
        // SAFETY: a plugin passes back the ctx it was given, during the call it was given for.
        unsafe { Guard::<&mut T>::enter(ctx, |taker| body(*taker)) }
    }

    /// # Safety
    /// As [`Rows::new`], with the notes in the rows.
    unsafe fn take_all<T: TakeProposals>(
        taker: &mut T,
        first: *const RawAction,
        n: u64,
        stride: u64,
    ) -> Status {
        // SAFETY: the caller's promise.
        let rows = match unsafe { Rows::new("the actions", first, n, stride) } {
            Ok(rows) => rows,
            Err(fault) => return taker.take(Err(fault)),
        };
        // SAFETY: as above, with the notes in them.
        Status::first_not_ok(rows.map(|row| taker.take(unsafe { proposal(row) })))
    }

    /// # Safety
    /// The note is null or good for its length during `'a`.
    unsafe fn proposal<'a>(action: RawAction) -> Result<Proposal<'a>, Fault> {
        // SAFETY: the caller's promise.
        let note = unsafe { action.note.read("a note", MAX_NOTE) }?;
        let row = usize::try_from(action.row);
        Ok(Proposal {
            row: row.map_err(|_| Fault::Number { what: "a row", number: action.row })?,
            kind: action.kind,
            reason: action.reason,
            minutes: action.minutes,
            effect: action.effect,
            earliest_days: action.earliest_days,
            due_days: action.due_days,
            confidence: action.confidence,
            note,
        })
    }
}

/// The proposing side.
pub(crate) mod plugin {
    use std::fmt;

    use rin_core::{Proposal, ProposalSink, Stop};

    use super::{RawAction, RawSink};
    use crate::{Fault, Status, pack::Pack, plugin::HostRef, raw::sized};

    /// Where an instance collects proposals; kept from call to call, so that a batch costs no allocation.
    pub struct ActionBuffer(Pack<RawAction>);

    impl ActionBuffer {
        /// Makes an empty one.
        pub const fn new() -> Self {
            Self(Pack::new())
        }
    }

    impl Default for ActionBuffer {
        fn default() -> Self {
            Self::new()
        }
    }

    impl fmt::Debug for ActionBuffer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("ActionBuffer").finish_non_exhaustive()
        }
    }

    /// Collects proposals and pushes them to the host some hundred at a time.
    pub struct ActionSink<'a> {
        sink: RawSink,
        host: &'a HostRef,
        pack: &'a mut Pack<RawAction>,
        status: Status,
    }

    impl<'a> ActionSink<'a> {
        /// Takes what `propose` was given.
        ///
        /// # Errors
        /// [`Fault`] if it is null or too short.
        ///
        /// # Safety
        /// `sink` is null or what a host passes to `propose`; the value is dropped before that call returns.
        pub unsafe fn new(
            sink: *const RawSink,
            host: &'a HostRef,
            buffer: &'a mut ActionBuffer,
        ) -> Result<Self, Fault> {
            // SAFETY: the caller's promise.
            let sink = unsafe { sized("the sink", sink) }?;
            let pack = &mut buffer.0;
            pack.clear();
            Ok(Self { sink, host, pack, status: Status::OK })
        }

        /// Pushes what is left and returns what the host said first that was not yes.
        pub fn finish(mut self) -> Status {
            if self.status.is_ok() {
                self.flush();
            }
            self.status
        }

        fn flush(&mut self) {
            let Some(push) = self.sink.push else {
                self.status = Status::ARG;
                return;
            };
            let ctx = self.sink.ctx;
            // SAFETY: the host's sink lives during the call; the rows are lent for this push.
            let code = self.pack.lend(|first, n, stride| unsafe { push(ctx, first, n, stride) });
            self.status = Status::from_code(code);
            if self.status.is_ok() && self.host.is_cancelled() {
                self.status = Status::CANCELLED;
            }
        }
    }

    impl fmt::Debug for ActionSink<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("ActionSink").field("status", &self.status).finish_non_exhaustive()
        }
    }

    impl ProposalSink for ActionSink<'_> {
        fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop> {
            if self.status.is_ok() && !self.pack.has_room(proposal.note.len()) {
                self.flush();
            }
            self.status.go_on()?;
            let note = self.pack.text(proposal.note);
            self.pack.push(RawAction {
                row: proposal.row as u64,
                kind: proposal.kind,
                reason: proposal.reason,
                minutes: proposal.minutes,
                effect: proposal.effect,
                earliest_days: proposal.earliest_days,
                due_days: proposal.due_days,
                confidence: proposal.confidence,
                reserved: 0,
                note,
            });
            Ok(())
        }
    }
}
