//! Extension `rin.review/1`: what a platform's norms mean for a planned campaign.
#![expect(unsafe_code, reason = "lends structs as pointers and takes them back")]

use std::ffi::c_void;

use crate::raw::{Plain, RawStr, RawText, Sized32};

/// Name of the extension.
pub const EXT_REVIEW: &str = "rin.review/1";

/// `rin_brief`: a campaign as a strategy sees it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawBrief {
    pub(crate) size: u32,
    pub(crate) team: u32,
    pub(crate) start_ms: i64,
    pub(crate) end_ms: i64,
    pub(crate) posts_per_week: f64,
    pub(crate) strangers_per_week: f64,
    pub(crate) messages_per_week: f64,
    pub(crate) minutes_per_week: f64,
    pub(crate) automated: u32,
    pub(crate) reserved: u32,
}

/// `rin_remark`: one thing said about it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawRemark {
    pub(crate) verdict: u32,
    pub(crate) reserved: u32,
    pub(crate) norm: RawStr,
    pub(crate) found: f64,
    pub(crate) limit: f64,
    pub(crate) text: RawText,
}

/// `rin_remark_sink`: where remarks go.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawRemarkSink {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) ctx: *mut c_void,
    pub(crate) push: Option<unsafe extern "C" fn(*mut c_void, *const RawRemark, u64, u64) -> i32>,
}

/// `rin_review`: the extension.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawReview {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) review:
        Option<unsafe extern "C" fn(*mut c_void, *const RawBrief, *const RawRemarkSink) -> i32>,
}

// SAFETY: begins with its size; numbers only.
unsafe impl Sized32 for RawBrief {}
// SAFETY: numbers and pointers only.
unsafe impl Plain for RawRemark {}
// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawRemarkSink {}
// SAFETY: begins with its size; null and 0 are values of every field.
unsafe impl Sized32 for RawReview {}

/// The asking side.
pub(crate) mod host {
    use std::ffi::c_void;

    use rin_core::{Brief, Remark, Verdict};

    use super::{RawBrief, RawRemark, RawRemarkSink};
    use crate::{
        Fault, Status,
        guard::Guard,
        raw::{MAX_TEXT, Rows, size32},
    };

    /// Hears of every remark, or of what is wrong with it; another answer than [`Status::OK`] stops the review.
    pub type TakeRemark<'a> = &'a mut dyn FnMut(Result<Remark, Fault>) -> Status;

    pub(crate) fn with_brief<R>(
        brief: &Brief,
        take: TakeRemark<'_>,
        body: impl FnOnce(&RawBrief, &RawRemarkSink) -> R,
    ) -> R {
        let mut guard = Guard::new(take);
        let ctx = guard.context();
        let push = Some(push as _);
        let sink = RawRemarkSink { size: size32::<RawRemarkSink>(), reserved: 0, ctx, push };
        let brief = RawBrief {
            size: size32::<RawBrief>(),
            team: brief.team,
            start_ms: brief.window.start().unix_ms(),
            end_ms: brief.window.end().unix_ms(),
            posts_per_week: brief.posts_per_week,
            strangers_per_week: brief.strangers_per_week,
            messages_per_week: brief.messages_per_week,
            minutes_per_week: brief.minutes_per_week.get(),
            automated: brief.automated.into(),
            reserved: 0,
        };
        let answer = body(&brief, &sink);
        let _ = guard.finish();
        answer
    }

    unsafe extern "C" fn push(
        ctx: *mut c_void,
        first: *const RawRemark,
        n: u64,
        stride: u64,
    ) -> i32 {
        let body = |take: &mut TakeRemark<'_>| {
            // SAFETY: the plugin lends the rows for this call.
            let rows = match unsafe { Rows::new("the remarks", first, n, stride) } {
                Ok(rows) => rows,
                Err(fault) => return take(Err(fault)),
            };
            // SAFETY: as above, with the texts in them.
            Status::first_not_ok(rows.map(|row| take(unsafe { remark(row) })))
        };
        // SAFETY: a plugin passes back the ctx it was given, during the call it was given for.
        unsafe { Guard::enter(ctx, body) }
    }

    /// # Safety
    /// The texts are null or good for their lengths.
    unsafe fn remark(raw: RawRemark) -> Result<Remark, Fault> {
        let verdict = match raw.verdict {
            0 => Verdict::Ok,
            2 => Verdict::Stop,
            // A verdict that this version does not know is at least worth a thought.
            _ => Verdict::Warn,
        };
        Ok(Remark {
            verdict,
            // SAFETY: the caller's promise.
            norm: unsafe { raw.norm.read("a remark", MAX_TEXT) }?.to_owned(),
            found: raw.found,
            limit: raw.limit,
            // SAFETY: as above.
            text: unsafe { raw.text.read_owned("a remark") }?,
        })
    }
}

/// The answering side.
pub(crate) mod plugin {
    use rin_core::{Brief, Minutes, Moment, Remark, Window};

    use super::{RawBrief, RawRemark, RawRemarkSink};
    use crate::{
        Fault, Status,
        raw::{RawStr, RawText, sized},
    };

    /// Reads the campaign.
    ///
    /// # Errors
    /// [`Fault`] if it is null or too short.
    ///
    /// # Safety
    /// `brief` is null or what a host passes to `review`.
    pub unsafe fn read_brief(brief: *const RawBrief) -> Result<Brief, Fault> {
        // SAFETY: the caller's promise.
        let raw = unsafe { sized("the brief", brief) }?;
        Ok(Brief {
            window: Window::new(
                Moment::from_unix_ms(raw.start_ms),
                Moment::from_unix_ms(raw.end_ms),
            ),
            posts_per_week: raw.posts_per_week,
            strangers_per_week: raw.strangers_per_week,
            messages_per_week: raw.messages_per_week,
            minutes_per_week: Minutes::new(raw.minutes_per_week),
            team: raw.team,
            automated: raw.automated != 0,
        })
    }

    /// Hands over the remarks.
    ///
    /// # Errors
    /// [`Fault`] if the sink is null or too short.
    ///
    /// # Safety
    /// `sink` is null or what a host passes to `review`, during that call.
    pub unsafe fn push_remarks(
        sink: *const RawRemarkSink,
        remarks: &[Remark],
    ) -> Result<Status, Fault> {
        // SAFETY: the caller's promise.
        let sink = unsafe { sized("the remark sink", sink) }?;
        let push = sink.push.ok_or(Fault::Null { what: "push" })?;
        let rows: Vec<_> = remarks.iter().map(raw_remark).collect();
        let (n, stride) = (rows.len() as u64, size_of::<RawRemark>() as u64);
        // SAFETY: the host's sink lives during the call; the rows are lent for this push.
        Ok(Status::from_code(unsafe { push(sink.ctx, rows.as_ptr(), n, stride) }))
    }

    fn raw_remark(remark: &Remark) -> RawRemark {
        RawRemark {
            verdict: remark.verdict as u32,
            reserved: 0,
            norm: RawStr::new(&remark.norm),
            found: remark.found,
            limit: remark.limit,
            text: RawText::new(&remark.text.en, &remark.text.de),
        }
    }
}
